"""The same money in Odoo already: on its way to Xero, or entered on both sides."""

from datetime import timedelta

from odoo import models

from ..lib import wire
from .xero_arrival import is_taken

#: The same payment entered on both sides has dates this far apart at most (S209).
_NEAR = timedelta(days=7)


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
        week; nearest day first."""
        parts = self._parts_of(
            document, [("wanted", "=", True), ("obstacle", "=", False)]
        )
        links = self.env["xero.link"].sudo()._live_for(parts, self)
        day = wire.parse_date(element["Date"])
        same = parts.filtered(
            lambda part: (
                not (part.id in links and is_taken(links[part.id]))
                and _is_amount(part, element["Amount"])
                and abs(part.date - day) <= _NEAR
            )
        )
        return same.sorted(lambda part: (abs(part.date - day), part.id))[:1]

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
