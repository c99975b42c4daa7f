"""A bill that Xero may have already, by another way: never paid twice (T61).

Compared with the rows of ``xero.mirror``, which are refreshed just before.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, format_amount

from ..lib import numbers

#: The list of bills in Xero may be this old when a bill is created there.
_FRESH = timedelta(minutes=5)

#: Days between the dates of what may be one bill.
_DAYS = 3


class AccountMove(models.Model):
    _inherit = "account.move"

    # === REFRESH === #

    @api.model
    def _xero_prepare(self, connection, links):
        """New bills wait until Xero's were read; one call for all of them."""
        links = super()._xero_prepare(connection, links)
        bills = links.filtered(
            lambda link: link.resource == "bill" and not link.xero_id
        )
        unread = self._xero_suppliers_unread(connection, bills.partner_id)
        bills = bills.filtered(lambda link: link.partner_id in unread)
        bills.waiting_for = "look"
        if bills and connection._runner_alive():
            connection._wake_poll("awaited")
        return links - bills

    @api.model
    def _xero_suppliers_unread(self, connection, suppliers):
        """Those of these suppliers whose bills in Xero were not read lately.

        A supplier whom Xero does not know has no bill there. One whom we created
        there had none then, which is as good as having read them then.
        """
        if not suppliers or self._xero_bills_are_read(connection):
            return suppliers.browse()
        known = self.env["xero.link"].sudo()._live_for(suppliers, connection)
        there = self.env["xero.link"].sudo().union(*known.values()).filtered("xero_id")
        old = there - there._created_since(fields.Datetime.now() - _FRESH)
        return suppliers.browse(old.mapped("res_id"))

    @api.model
    def _xero_bills_are_read(self, connection):
        """Whether all of Xero's bills were read, and lately."""
        lately = [
            ("connection_id", "=", connection.id),
            ("resource", "=", "invoice"),
            ("complete", "=", True),
            ("read_at", ">=", fields.Datetime.now() - _FRESH),
        ]
        return bool(self.env["xero.cursor"].sudo().search_count(lately, limit=1))

    # === FACTS === #

    def _xero_facts(self, connection):
        facts = super()._xero_facts(connection)
        facts.bills_there = self._xero_bills_there(connection, facts.contacts)
        facts.repeating = self._xero_repeating(connection, facts.contacts)
        return facts

    def _xero_bills_there(self, connection, contacts):
        """Bills in Xero that may be one of these, which are not there yet.

        :param contacts: dict of partner id to ContactID
        """
        links = self.env["xero.link"].sudo()
        bills = self.filtered(lambda move: move.move_type == "in_invoice")
        known = links._live_for(bills, connection) if bills else {}
        bills = bills.filtered(lambda move: not known.get(move.id, links).xero_id)
        rows = self.env["xero.mirror"].sudo()
        if bills:
            rows = rows._standing(
                connection,
                "bill",
                bills._xero_contacts(contacts),
                SQL(
                    "m.total = ANY(%s::numeric[]) OR m.number_key = ANY(%s)",
                    [f"{move.amount_total:.2f}" for move in bills],
                    [numbers.key(move.ref) for move in bills if move.ref],
                ),
            )
        found = {}
        for bill in bills if rows else ():
            others = known.get(bill.id, links).not_same_as or ()
            contact = contacts.get(bill.commercial_partner_id.id)
            found[bill.id] = rows.filtered(
                lambda row, bill=bill, contact=contact, others=others: (
                    row.contact == contact
                    and row.xero_id not in others
                    and bill._xero_may_be(row)
                )
            )
        return {bill_id: alike for bill_id, alike in found.items() if alike}

    def _xero_contacts(self, contacts):
        found = {contacts.get(move.commercial_partner_id.id) for move in self}
        return found - {None, False}

    def _xero_may_be(self, row):
        """The same money within three days, or the same number typed otherwise."""
        if self.ref and numbers.key(self.ref) == row.number_key:
            return True
        date = self.invoice_date or self.date
        return (
            f"{self.amount_total:.2f}" == f"{row.total:.2f}"
            and row.currency in (False, self.currency_id.name)
            and bool(date and row.date)
            and abs((date - row.date).days) <= _DAYS
        )

    def _xero_repeating(self, connection, contacts):
        """Which of these invoices Xero also makes by itself."""
        sales = self.filtered(lambda move: move.move_type == "out_invoice")
        if not sales:
            return set()
        rows = (
            self.env["xero.mirror"]
            .sudo()
            ._standing(
                connection,
                "invoice",
                sales._xero_contacts(contacts),
                SQL("m.repeating IS NOT NULL"),
            )
        )
        made = {(row.contact, row.currency, f"{row.total:.2f}") for row in rows}
        return {
            move.id
            for move in sales
            if (
                contacts.get(move.commercial_partner_id.id),
                move.currency_id.name,
                f"{move.amount_total:.2f}",
            )
            in made
        }

    # === CHECK === #

    def _xero_check_there(self, facts):
        """Possibly the same bill as one that came to Xero by another way (T61, T71)."""
        rows = facts.bills_there.get(self.id)
        if not rows:
            return []
        first = rows[0]
        return [
            self._xero_problem(
                "bill_there",
                partner=self.commercial_partner_id.name,
                total=format_amount(self.env, first.total, self.currency_id),
                date=self._xero_day(first.date),
                number=first.number or "–",
                candidates=rows.mapped("xero_id"),
            )
        ]

    # === REMARKS === #

    def _xero_remarks(self, facts, fitted):
        found = super()._xero_remarks(facts, fitted)
        return [*found, "repeating"] if self.id in facts.repeating else found

    def _xero_remark_words(self, code):
        if code != "repeating":
            return super()._xero_remark_words(code)
        return self.env._(
            "Xero also makes an invoice of this amount for this customer by itself,"
            " from a repeating invoice. Stop one of the two."
        )


class XeroLink(models.Model):
    _inherit = "xero.link"

    not_same_as = fields.Json(
        readonly=True, help="Ids of bills in Xero that are others, as a person said."
    )

    def _created_since(self, moment):
        """Those whose record Odoo created in Xero after this moment, and no other way.

        Linked to another one since, or with another one merged into it, it has that
        one's past.
        """
        merged = self.search([("superseded_by_id", "in", self.ids)]).superseded_by_id
        lines = self.env["xero.request.line"].search(
            [
                ("link_id", "in", (self - merged).ids),
                ("outcome", "=", "created"),
                ("request_id.sent_at", ">=", moment),
            ]
        )
        return lines.filtered(
            lambda line: line.link_id.synced_at <= line.request_id.settled_at
        ).link_id

    def _possible_doubles(self):
        """Ids of the bills in Xero that stop this one."""
        note = self.note_id
        if note.state != "open" or note.cause != "bill_there":
            return []
        return (note.values or {}).get("candidates") or []

    def action_not_there(self):
        """None of those in Xero is this bill: it is sent, and not stopped by them."""
        doubles = self._possible_doubles()
        action = super().action_not_there()
        if doubles:
            link = self.sudo()
            link.not_same_as = sorted({*(link.not_same_as or []), *doubles})
        return action
