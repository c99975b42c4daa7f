"""What must be true in the end, whatever happened.

Both ledgers agree part by part; what only one of them has must say why: these
reasons are all that may keep them apart.
"""

from collections import Counter

from .banks import Banks
from .reasons import EXPECTED, HALF_A_CENT, Reasons

#: After these, money may have come while it was not expected on that document.
_AGAIN = {"amend_here", "post_anew_here", "put_together_here", "take_apart_here"}

#: What Xero says of what is not approved any more.
_GONE = ("VOIDED", "DELETED")


class Checks(Reasons, Banks):
    """The end of a history.

    :ivar declared: what is not the same on both sides: (document, reason)
    """

    def check(self):
        self.look()
        for document in self.documents:
            self.check_document(document)
        for journal in (self.case.bank, self.case.feed):
            self.check_bank(journal)
        self.check_made()
        self.check_owner()
        self.check_still()

    def look(self):
        """What both sides have, read once."""
        env = self.case.env
        env.invalidate_all()
        self.there = {self.id_of(each): each for each in self.in_xero()}
        self.live = {p["PaymentID"]: p for p in self.payments_there()}
        self.live |= {a["AllocationID"]: a for a in self.allocations_there()}
        self.parts = env["xero.part"].search(
            [
                "|",
                ("document_id", "in", self.documents.ids),
                ("counterpart_move_id", "in", self.documents.ids),
            ]
        )
        links = env["xero.link"].search(
            [("res_model", "=", "xero.part"), ("res_id", "in", self.parts.ids)]
        )
        alive = links.filtered(lambda link: not link.superseded_by_id)
        self.link_of_part = {link.res_id: link for link in alive}
        self.link_of_id = {
            key: link
            for link in links
            for key in (link.xero_id, *(link.snapshot or {}).get("more", ()))
        }
        self.declared = []

    # === EACH DOCUMENT === #

    def check_document(self, document):
        """The same is due on both sides, but for what only one of them has."""
        link = document._xero_link()
        there = self.there.get(link.xero_id)
        if document.state != "posted" or not there or there["Status"] in _GONE:
            self.check_withdrawn(document, link, there)
            return
        here_only = self.only_here(document)
        there_only = self.only_there(document)
        ours = document.amount_residual + sum(here_only.mapped("amount"))
        for part in self.in_both(document):
            more_here = part.amount - self.amount_there(part)
            if abs(more_here) > HALF_A_CENT:
                self.declare(document, self.reason_apart(part))
                ours += more_here
        theirs = self.due(there) + sum(float(each["Amount"]) for each in there_only)
        for part in here_only:
            self.declare(document, self.reason_here(part))
        for found in there_only:
            self.declare(document, self.reason_there(found))
        if abs(ours - theirs) > HALF_A_CENT:
            self.fail_with(
                f"{document.name}: {document.amount_residual} due here,"
                f" {self.due(there)} there; only here {here_only.mapped('amount')},"
                f" only there {[each['Amount'] for each in there_only]}"
            )
        self.check_linked(document, here_only, there_only)
        self.check_once(document, here_only, there_only)

    def check_withdrawn(self, document, link, there):
        """Cancelled here it is void there, or a note says why not; voided there it is
        shown and left."""
        gone = not there or there["Status"] in _GONE
        if document.state == "posted" and link.state == "gone":
            self.declare(document, "voided in Xero")
        elif link.note_id.state == "open":
            self.declare(document, link.note_id.cause)
        elif not (gone and document.state == "cancel"):
            self.fail_with(f"{document.name} is {document.state}, {link.state}")

    # === NO PAYMENT TWICE === #

    def check_linked(self, document, here_only, there_only):
        """What was expected in Odoo and arrived in Xero on that account is one payment:
        neither left in Xero nor booked beside it."""
        expected = here_only.filtered(lambda part: self.reason_here(part) == EXPECTED)
        arrived = {
            float(each["Amount"])
            for each in there_only
            if each.get("PaymentID") in self.made_there
            and self.code_of(each) == self.case.codes[self.case.feed]
        }
        if _AGAIN.isdisjoint(self.told):
            first = min(expected.payment_id.ids, default=0)
            arrived |= {
                part.amount
                for part in self.of_document(document).filtered(self.is_here)
                if part.payment_id.id > first and part.payment_id not in self.payments
            }
        if arrived & set(expected.mapped("amount")):
            self.fail_with(f"{document.name}: {arrived} on both sides, not linked")

    def check_made(self):
        """What Odoo takes for Xero's own was made by somebody there (I4)."""
        for key, found in self.live.items():
            link = self.link_of_id.get(key)
            ours = link and not (link.snapshot or {}).get("theirs")
            if not ours and key not in self.made_there:
                self.fail_with(f"nobody made {found['Amount']} of {found['Date'][:10]}")

    def check_once(self, document, here_only, there_only):
        """Payments on both sides, by amount and day, are as many."""
        xero_id = document._xero_link().xero_id
        alone = [each for each in there_only if each.get("PaymentID")]
        there = Counter(
            (float(each["Amount"]), each["Date"][:10])
            for each in self.live.values()
            if each.get("PaymentID")
            and xero_id in self.ids_settled(each)
            and each not in alone
        )
        here = Counter(
            self.as_there(part)
            for part in self.booked_parts(document)
            if part not in here_only
        )
        if here != there:
            self.fail_with(f"{document.name}: {here} here, {there} there")

    def booked_parts(self, document):
        """Parts of the money that Odoo's own ledger has on a document."""
        parts = self.of_document(document).filtered(
            lambda part: self.is_here(part) and part.kind == "payment"
        )
        booked = self.booked(document)
        settled = sum(parts.mapped("amount")) + sum(
            self.of_document(document)
            .filtered(
                lambda part: (
                    self.is_here(part) and part.kind == "allocation" and part.account_id
                )
            )
            .mapped("amount")
        )
        if abs(booked - settled) > HALF_A_CENT:
            self.fail_with(f"{document.name}: {booked} booked, {settled} in parts")
        return parts

    def booked(self, document):
        """What entries of banks settle of a document."""
        found = 0.0
        for line in self.owed(document, every=True):
            for side, other in (("debit", "credit"), ("credit", "debit")):
                for partial in line[f"matched_{other}_ids"]:
                    entry = partial[f"{other}_move_id"].move_id
                    if entry.journal_id.type == "bank":
                        found += partial[f"{side}_amount_currency"]
        return found

    def as_there(self, part):
        """Amount and day; of what Xero recorded first the day is Xero's, and near.

        Where Xero keeps another day of what we sent, an open note says why.
        """
        link, day = self.link_of_part[part.id], str(part.date)
        theirs = self.live[link.xero_id]["Date"][:10]
        if (link.snapshot or {}).get("theirs"):
            if abs(int(theirs[-2:]) - part.date.day) <= 7:
                day = theirs
        elif theirs != day and link.note_id.state == "open":
            self.declare(part.document_id, link.note_id.cause)
            day = theirs
        return part.amount, day

    # === QUIET === #

    def check_still(self):
        """I7: looked at once more, nothing is sent and nothing changes.

        What Xero refused is tried again when somebody touches it.
        """
        before = self.state()
        self.case.xero.clear_calls()
        (self.documents - self.refused())._xero_touch()
        self.work()
        if self.writes() or self.busy() or self.state() != before:
            self.fail_with(f"not quiet: {self.writes()}")

    def refused(self):
        """Documents on which a part waits for a person, or that its entry settles, and
        what is set against one of them."""
        parts = self.parts.filtered(
            lambda part: (
                part.id in self.link_of_part
                and self.link_of_part[part.id].note_id.state == "open"
            )
        )
        entries = parts.counterpart_move_id
        offset = self.parts.filtered(lambda part: part.kind == "allocation")
        parts |= offset.filtered(lambda part: part.document_id in parts.document_id)
        parts |= self.parts.filtered(lambda part: part.counterpart_move_id in entries)
        return parts.document_id | parts.counterpart_move_id

    def state(self):
        links = self.case.env["xero.link"].search([], order="id")
        return [(link.id, link.state, link.xero_id) for link in links]

    def calls(self):
        return self.case.xero.calls(kind="api", payloads=True)

    def writes(self):
        return [call["path"] for call in self.calls() if call["method"] != "GET"]
