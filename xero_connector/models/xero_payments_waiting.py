"""Payments and credits in Xero on documents of ours that cannot be booked yet: kept,
and said.

Each is a part that settles nothing, whose link is stopped by a note. It is looked at
again when its document changes, when its cause is mended, and when a person decides;
Odoo sends nothing of its own meanwhile that may be the same money (T43, S211).
"""

from odoo import fields, models

from ..lib import wire
from .xero_assessment import Assessment

#: Why each outcome waits.
CAUSES = {
    "draft": "payment_on_draft",
    "owned": "payment_owned",
    "no_journal": "payment_no_journal",
    "elsewhere": "payment_elsewhere",
    "refused": "payment_not_booked",
}


class XeroPart(models.Model):
    _inherit = "xero.part"

    waits = fields.Selection(
        [
            ("payment_on_draft", "Its document is a draft"),
            ("payment_owned", "Its account is recorded in Odoo first"),
            ("payment_no_journal", "Its account belongs to no journal"),
            ("payment_elsewhere", "Odoo has it on another account"),
            ("payment_not_booked", "Odoo did not accept it"),
            ("credit_waits", "It cannot be set against it in Odoo"),
        ],
        "Not Booked Because",
        readonly=True,
        index="btree_not_null",
    )
    choice = fields.Selection(
        [("same", "The same payment"), ("other", "Another payment")],
        "Decided",
        readonly=True,
        help="What a person said of Odoo's payment on another account.",
    )

    # === PLAN === #

    def _xero_facts(self, connection):
        facts = super()._xero_facts(connection)
        facts.waiting = self.sudo().search(
            [
                ("connection_id", "=", connection.id),
                ("document_id", "in", self.document_id.ids),
                ("waits", "!=", False),
                ("choice", "!=", "other"),
            ]
        )
        return facts

    def _xero_assess_out_of_scope(self, connection, link):
        """One that waits is not for Xero; it is read again meanwhile."""
        if not self.waits:
            return super()._xero_assess_out_of_scope(connection, link)
        if link.note_id.state == "open":
            return Assessment(self, link, "blocked", note=link.note_id)
        return Assessment(self, link, "nothing")

    def _xero_assess(self, facts, link):
        """Nothing goes that may be the same money as one that waits."""
        found = super()._xero_assess(facts, link)
        waiting = self.browse()
        if found.action == "create":
            waiting = self._xero_waiting_like(facts)
        if not waiting:
            return found
        links = self.env["xero.link"].sudo()
        there = links._live_for(waiting, self.connection_id)[waiting.id]
        if waiting.waits == "payment_elsewhere" and there.note_id.state == "open":
            return Assessment(self, link, "blocked", note=there.note_id)
        return Assessment(self, link, "wait", waiting_for="look")

    def _xero_waiting_like(self, facts):
        """A payment or credit of Xero's that is not booked and may be this one."""
        credit = facts.documents.get(self.counterpart_move_id.id)
        near = facts.waiting.filtered(
            lambda part: (
                part.kind == self.kind
                and part.document_id == self.document_id
                and (
                    self._xero_is_near(part)
                    if self.kind == "payment"
                    else credit and part.on_account == credit.xero_id
                )
            )
        )
        links = self.env["xero.link"].sudo()._live_for(near, facts.connection)
        return near.filtered(lambda part: links[part.id].state != "skipped")[:1]

    # === DECIDE === #

    def action_same_payment(self):
        """It is what Odoo has on another account: link the two."""
        return self._decide("same")

    def action_other_payment(self):
        """It is money of its own: book it."""
        return self._decide("other")

    def _decide(self, choice):
        self.ensure_one()
        self._xero_claimed_link()
        self.sudo().choice = choice
        self.connection_id.sudo()._read_arrivals(self.sudo(), by_user=True)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_leave_payment(self):
        """Leave it in Xero only (S211)."""
        self.ensure_one()
        link = self._xero_claimed_link()
        link.env["xero.note"]._settle(link)
        link.write({"state": "skipped", "skipped_by_id": self.env.uid})
        link.connection_id._wake_plan(by_user=True)
        return {"type": "ir.actions.client", "tag": "soft_reload"}


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    # === KEEP === #

    def _keep_waiting(self, arrival, document, link, resource="payment"):
        """Say why a payment or a credit is not booked, once.

        :param link: of what waits already
        :param resource: ``payment`` or ``allocation``
        """
        cause = CAUSES[arrival.outcome] if resource == "payment" else "credit_waits"
        part = self.env["xero.part"].sudo().browse(link and link.res_id)
        if link and part.waits == cause and link.note_id.state == "open":
            return
        if not part:
            part = part.create(
                self._waiting_values(arrival.element, document, resource)
            )
            link = self._link_arrival(part, resource, arrival.element)
        part.waits = cause
        link.write({"state": "blocked", "waiting_for": False})
        problem = self._waiting_problem(arrival, part, cause)
        self.env["xero.note"].sudo()._raise(self, [(link, problem, None)])
        arrival.part = part

    def _waiting_values(self, element, document, resource):
        journal = self._journal_of(element) if resource == "payment" else document
        return {
            "connection_id": self.id,
            "document_id": document.id,
            "kind": resource,
            "currency_id": document.currency_id.id,
            "amount": float(element["Amount"]),
            "date": wire.parse_date(element["Date"]),
            "reference": element.get("Reference"),
            "on_account": element.get("OnAccount"),
            "journal_id": journal.id if resource == "payment" else False,
            "wanted": False,
        }

    def _waiting_problem(self, arrival, part, cause):
        key = (arrival.element.get("Account") or {}).get("AccountID")
        account = (
            self.env["xero.account"]
            .sudo()
            .search([("connection_id", "=", self.id), ("key", "=", key)], limit=1)
        )
        shared = cause == "payment_no_journal"
        return part._xero_problem(
            cause,
            key=f"account:{key}" if shared else None,
            date=part._xero_day(part.date),
            account=account.name or part.env._("money on account"),
            journal=part.journal_id.name or "",
            credit=part.reference or "",
            reason=arrival.message,
        )

    def _forget_waiting(self, link):
        """It is booked, linked or gone: what stood for it meanwhile ends.

        :param link: of a payment or allocation, or None
        """
        part = self.env["xero.part"].sudo().browse(link and link.res_id).exists()
        if part.waits:
            link.env["xero.note"]._settle(link)
            link.unlink()
            part.unlink()

    def _settled_payments(self, elements):
        """Ids of those that are known and wait for nothing."""
        known = self._known_payments(elements)
        links = self.env["xero.link"].sudo().union(*known.values())
        parts = self.env["xero.part"].sudo().browse(links.mapped("res_id")).exists()
        waiting = set(parts.filtered("waits").ids)
        return {key for key, link in known.items() if link.res_id not in waiting}

    # === AGAIN === #

    def _fold(self, records, by_user):
        """What waits on these documents may be booked now."""
        result = super()._fold(records, by_user)
        domain = [("connection_id", "=", self.id), ("waits", "!=", False)]
        if records._name == "account.move":
            domain += [("document_id", "in", records.ids)]
        elif records._name == "xero.part":
            domain += [("id", "in", records.ids)]
        else:
            return result
        self._read_arrivals(self.env["xero.part"].sudo().search(domain), by_user)
        return result

    def _fold_deleted(self, records):
        """Nothing waits for a document that is gone."""
        result = super()._fold_deleted(records)
        if records and records._name == "account.move":
            domain = [("connection_id", "=", self.id), ("waits", "!=", False)]
            domain += [("document_id", "=", False)]
            self._read_arrivals(self.env["xero.part"].sudo().search(domain))
        return result

    def _read_arrivals(self, parts, by_user=False):
        """Have these payments read once more."""
        links = self.env["xero.link"].sudo()._live_for(parts, self)
        again = {}
        for part in parts.filtered(lambda each: links[each.id].state != "skipped"):
            for name in self._lists_of(part):
                xero_id = part.on_account or links[part.id].xero_id
                again.setdefault(name, set()).add(xero_id)
        for name, xero_ids in again.items():
            self.env["xero.cursor"].sudo()._of(self, name)._read_again(xero_ids)
        if again:
            self._wake_events(by_user=by_user)

    def _lists_of(self, part):
        """Where it is read: nobody says which of the two money on account is."""
        if part.kind == "allocation":
            return ("credit_note",)
        return ("prepayment", "overpayment") if part.on_account else ("payment",)

    def _retry_arrivals(self, *causes):
        """Look again at what waits for one of these causes."""
        domain = [("connection_id", "in", self.ids), ("waits", "in", causes)]
        parts = self.env["xero.part"].sudo().search(domain)
        for connection, found in parts.grouped("connection_id").items():
            connection.sudo()._read_arrivals(found, by_user=True)
