"""What people do with money in Odoo, one step at a time."""

from odoo import Command

#: Accounts that only money, or only what is settled, stands on.
OWED = ("asset_receivable", "liability_payable")


class Here:
    """The steps of an Odoo user.

    :ivar case: the test, connected
    :ivar random: decides everything
    :ivar documents: what this history is about
    """

    # === PAY === #

    def pay_here(self):
        """A payment or a refund, whole or in part."""
        document = self.pick(self.open_here())
        if document:
            self.register(document, self.some_of(document.amount_residual))

    def pay_twice_alike_here(self):
        """Two equal part payments on one day are two payments."""
        document = self.pick(self.open_here())
        if document:
            half = round(document.amount_residual / 2 - 0.005, 2)
            for _each in range(2):
                self.register(document, half)

    def pay_together_here(self):
        """One payment over many documents."""
        found = self.open_here(self.random.choice(("out_invoice", "in_invoice")))
        found = found.filtered(
            lambda move: move.currency_id == move.company_currency_id
        )
        if len(found) > 1:
            self.register(found, group_payment=True)

    def pay_short_here(self):
        """The bank kept some of it, or a customer did."""
        found = self.open_pounds().filtered(lambda move: move.amount_residual > 5)
        document = self.pick(found)
        if document:
            self.short |= self.register(
                document,
                document.amount_residual - 5,
                payment_difference_handling="reconcile",
                writeoff_account_id=self.pick(self.case.write_offs).id,
            )

    def expect_here(self):
        """A payment on an account that is read in Xero."""
        document = self.pick(self.open_here())
        if document:
            amount = self.some_of(document.amount_residual)
            self.register(document, amount, journal=self.case.feed)

    def pay_without_entry_here(self):
        """A payment that has no entry before the bank's line is matched."""
        document = self.pick(self.open_pounds() - self.without_entry().invoice_ids)
        if not document:
            return
        payment = self.case.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": document.partner_id.id,
                "journal_id": self.case.bank.id,
                "amount": self.some_of(document.amount_residual),
                "date": self.day(),
                "invoice_ids": [Command.set(document.ids)],
            }
        )
        payment.outstanding_account_id = False
        payment.action_post()
        self.payments |= payment
        self.entryless |= payment

    def match_bank_line_here(self):
        """A line of the bank's statement pays a document, announced or not."""
        payment = self.pick(self.announced())
        document = payment.invoice_ids or self.pick(self.open_pounds())
        if not document:
            return
        line = self.case.env["account.bank.statement.line"].create(
            {
                "journal_id": self.case.bank.id,
                "date": self.day(),
                "payment_ref": "BACS",
                "amount": payment.amount or document.amount_residual,
            }
        )
        _money, suspense, _other = line._seek_for_lines()
        owed = self.owed(document)
        suspense.write(
            {"account_id": owed.account_id.id, "partner_id": document.partner_id.id}
        )
        (suspense | owed).reconcile()
        self.bank_lines[payment.id] = line

    def announced(self):
        """Payments without an entry whose line of the bank may come now."""
        return self.without_entry().filtered(
            lambda payment: (
                payment.id not in self.bank_lines
                and payment.invoice_ids.state == "posted"
                and payment.invoice_ids.amount_residual >= payment.amount
            )
        )

    # === SET OFF === #

    def set_off_here(self):
        """A credit note is used on an invoice or bill."""
        side = self.random.choice(("out", "in"))
        credit = self.pick(self.open_here(f"{side}_refund"))
        if credit:
            found = self.open_here(f"{side}_invoice")
            self.reconcile(
                credit,
                self.pick(
                    found.filtered(lambda move: move.currency_id == credit.currency_id)
                ),
            )

    def reconcile(self, settling, document):
        lines = self.owed(settling) | self.owed(document)
        if document and len(lines.account_id) == 1:
            lines.reconcile()

    # === UNDO === #

    def undo_here(self):
        payment = self.pick(self.live_payments())
        if payment:
            payment.action_draft()
            payment.action_cancel()

    def amend_here(self):
        """A payment gets another day, or another amount."""
        payment = self.pick(self.live_payments())
        if not payment:
            return
        payment.action_draft()
        if self.random.random() < 0.5 and payment not in self.short:
            payment.amount = self.some_of(payment.amount)
        payment.date = self.day()
        payment.action_post()

    def take_apart_here(self):
        document = self.pick(self.documents)
        self.owed(document, every=True).remove_move_reconcile()

    def put_together_here(self):
        """Money that lies around is used on a document."""
        payment = self.pick(
            self.live_payments().filtered(lambda each: self.owed(each.move_id))
        )
        if payment:
            found = self.open_here().filtered(
                lambda move: (
                    move.currency_id == payment.currency_id
                    and self.owed(move).account_id
                    == self.owed(payment.move_id).account_id
                    and (self.owed(move)[:1].balance > 0)
                    != (self.owed(payment.move_id)[:1].balance > 0)
                )
            )
            self.reconcile(payment.move_id, self.pick(found))

    def cancel_here(self):
        """A document that nothing was paid on is cancelled."""
        document = self.pick(
            self.open_here().filtered(
                lambda move: move.amount_residual == move.amount_total
            )
        )
        if document and self.random.random() < 0.5:
            document.button_draft()
            document.button_cancel()

    def post_anew_here(self):
        """A document is reset to draft and posted again, money and all."""
        document = self.pick(self.posted())
        if document:
            document.button_draft()
            if self.random.random() < 0.3:
                self.case.work()
            document.action_post()

    # === WHAT IS THERE === #

    def posted(self):
        return self.documents.filtered(lambda move: move.state == "posted")

    def open_here(self, *types):
        """Posted documents on which something is owed in Odoo."""
        return self.posted().filtered(
            lambda move: move.amount_residual and (not types or move.move_type in types)
        )

    def open_pounds(self):
        """Open invoices in the currency of the books."""
        return self.open_here("out_invoice").filtered(
            lambda move: move.currency_id == move.company_currency_id
        )

    def owed(self, move, every=False):
        """Lines of an entry that settle or are settled."""
        return move.line_ids.filtered(
            lambda line: (
                line.account_id.account_type in OWED and (every or not line.reconciled)
            )
        )

    def live_payments(self):
        return self.all_payments().filtered(lambda each: each.state != "canceled")

    def without_entry(self):
        return self.live_payments().filtered(lambda each: each in self.entryless)

    def all_payments(self):
        """Payments of this history, booked from Xero or registered here."""
        parts = self.case.env["xero.part"].search(
            [("document_id", "in", self.documents.ids)]
        )
        entries = parts.counterpart_move_id.origin_payment_id
        return (self.payments | parts.payment_id | entries).exists()

    def register(self, documents, amount=None, journal=None, **values):
        values = {"payment_date": self.day()} | values
        made = self.case.register(documents, amount, journal, **values)
        self.payments |= made
        return made
