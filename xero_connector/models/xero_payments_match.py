"""The same money in Odoo already: on its way to Xero, or entered on both sides."""

from datetime import timedelta

from odoo import models

from ..lib import wire
from .xero_arrival import is_taken

#: The same payment entered on both sides has dates this far apart at most (S209).
NEAR = timedelta(days=7)


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _is_on_its_way(self, element, document):
        """Whether this may be one whose answer we do not have yet: look again later."""
        parts = self._parts_of(document, [])
        links = self.env["xero.link"].sudo()._live_for(parts, self)
        return any(
            part.id in links
            and links[part.id].request_id
            and _is_amount(part, element["Amount"])
            for part in parts
        )

    def _part_for(self, element, document):
        """The same money in Odoo already: same document, amount, currency, within a
        week; on the same account and nearest day first.

        :return: the part, and whether it is on the account that Xero says
        """
        parts = self._parts_of(
            document, [("wanted", "=", True), ("obstacle", "=", False)]
        )
        links = self.env["xero.link"].sudo()._live_for(parts, self)
        day = wire.parse_date(element["Date"])
        same = parts.filtered(
            lambda part: (
                not (part.id in links and is_taken(links[part.id]))
                and _is_amount(part, element["Amount"])
                and abs(part.date - day) <= NEAR
            )
        )
        here = same & self._parts_on(same, element)
        found = (here or same).sorted(lambda part: (abs(part.date - day), part.id))
        return found[:1], bool(here)

    def _parts_on(self, parts, element):
        """Those of these parts whose money is on the account that Xero says; money on
        account does not say which, and a journal without an account may be any that no
        other has."""
        key = (element.get("Account") or {}).get("AccountID")
        if not key or not parts:
            return parts
        facts = parts._xero_facts(self)
        owner = self._own_journal_of(key)
        return parts.filtered(
            lambda part: (
                part._xero_account(facts).key == key
                or (not part._xero_account(facts) and not owner)
            )
        )

    def _parts_of(self, document, condition):
        """Payments that settle a document."""
        domain = [
            ("connection_id", "=", self.id),
            ("document_id", "=", document.id),
            ("kind", "=", "payment"),
        ]
        return self.env["xero.part"].sudo().search(domain + condition)


def _is_amount(part, amount):
    return not part.currency_id.compare_amounts(part.amount, float(amount))


class XeroPart(models.Model):
    _inherit = "xero.part"

    def _xero_is_near(self, other):
        """Whether another part may be the same money."""
        same = not self.currency_id.compare_amounts(self.amount, other.amount)
        return same and abs(self.date - other.date) <= NEAR
