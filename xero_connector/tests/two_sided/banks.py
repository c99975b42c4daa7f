"""Every bank's money, entry by entry, from the lines of Odoo's ledger (I13, I14)."""

from .reasons import HALF_A_CENT


class Banks:
    """What reached the banks is what Xero's accounts got."""

    def check_bank(self, journal):
        """I13: each entry's money is what its parts say, and each part's what Xero's
        account got."""
        parts = self.parts.filtered(
            lambda part: (
                part.journal_id == journal
                and part.kind == "payment"
                and not part.account_id
                and self.is_here(part)
            )
        )
        for entry in self.entries(journal) | parts.counterpart_move_id:
            some = parts.filtered(lambda part, of=entry: part.counterpart_move_id == of)
            self.check_entry(journal, entry, some)
        code = self.case.codes[journal]
        for part in parts.filtered(self.is_there):
            self.check_money(part, self.live[self.link_of_part[part.id].xero_id], code)

    def entries(self, journal):
        """Posted entries of payments, whatever they settle."""
        return self.all_payments().move_id.filtered(
            lambda move: move.journal_id == journal and move.state == "posted"
        )

    def check_entry(self, journal, entry, parts):
        """What is not on a document is left on the entry."""
        liquid = entry.line_ids.filtered(
            lambda line: line.account_id in self.case.liquidity(journal)
        )
        owed = self.owed(entry, every=True)
        whole = sum(owed.mapped("balance")) or 1
        left = sum(owed.mapped("amount_residual")) / whole
        money = abs(sum(liquid.mapped("balance"))) * (1 - left)
        told = sum(parts.mapped("company_amount"))
        if abs(money - told) > HALF_A_CENT + 0.01 * bool(left):
            self.fail_with(f"{entry.name}: {money} at the bank, {told} in its parts")

    def check_money(self, part, there, code):
        link = self.link_of_part[part.id]
        theirs = bool((link.snapshot or {}).get("theirs"))
        known = (part.amount, part.company_amount, code)
        found = (
            float(there["Amount"]),
            float(there["BankAmount"]),
            self.code_of(there),
        )
        if known != found and not (theirs and known[0] == found[0]):
            self.fail_with(f"{part.display_name}: {known} here, {found} there")

    def check_owner(self):
        """I14: nobody records money first in the other's account."""
        feed = self.case.xero_account(self.case.connection, "091").key
        for call in self.calls():
            if call["method"] == "PUT" and feed in str(call["payload"]):
                self.fail_with("paid from an account that Xero owns")
        booked = self.all_payments().filtered(
            lambda payment: (
                payment.journal_id == self.case.bank and payment not in self.payments
            )
        )
        if booked:
            self.fail_with("booked on an account that Odoo owns")
