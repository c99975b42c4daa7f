"""Changes and cancellations of orders that Xero has, and what Xero says of them."""

from odoo import api, models

from odoo.addons.xero_connector.models.xero_assessment import Assessment
from odoo.addons.xero_connector.models.xero_look import STALE

_OWN = ("name", "partner_ref", "origin", "note", "date_planned", "amount_total")
_OWN_LINE = (
    "id",
    "name",
    "product_qty",
    "price_unit",
    "discount",
    "display_type",
    "analytic_distribution",
)


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    # === CONTENT === #

    def _xero_own_values(self):
        found = [repr(self[name]) for name in _OWN]
        found += [self.partner_id.id, self.currency_id.id, self.dest_address_id.id]
        for line in self.order_line.sorted(lambda line: (line.sequence, line.id)):
            found += [repr(line[name]) for name in _OWN_LINE]
            found += [line.product_id.id, line.tax_ids.ids]
        return found

    @api.model
    def _xero_id_name(self, there):
        return "PurchaseOrderID"

    # === RULES === #

    def _xero_assess_change(self, facts, assessment):
        found = super()._xero_assess_change(facts, assessment)
        billed = assessment.link.xero_status == "BILLED"
        if found.action != "update" or not billed:
            return found
        problems = [assessment.link._problem("order_billed")]
        return Assessment(self, assessment.link, "blocked", problems=problems)

    def _xero_meet(self, link, there, payload, agreed):
        """What was billed in Xero stays as it is (S186)."""
        if there["Status"] == "BILLED":
            return link._problem("order_billed")
        return super()._xero_meet(link, there, payload, agreed)

    def _xero_withdrawal(self, link, status, **fields_of_void):
        """Orders are deleted; nothing was booked that could be voided."""
        return {"PurchaseOrderID": link.xero_id, "Status": "DELETED"} | fields_of_void

    def _xero_withdrawal_problem(self, link, status, day, there=None):
        return link._problem("order_billed") if status == "BILLED" else None

    def _xero_closed_before(self, link):
        """Orders post nothing, so no lock holds them."""
        return None

    # === WHAT XERO SAYS === #

    @api.model
    def _xero_accepted(self, connection, accepted):
        """The copy knows our own orders without reading them again."""
        elements = [element for _line, element in accepted]
        self.env["xero.order.copy"].sudo()._store(connection, elements)
        return super()._xero_accepted(connection, accepted)

    @api.model
    def _xero_apply(self, connection, cursor, elements):
        """A page that the poll read: keep the copy, and show what became of ours.

        :return: how many were new or changed
        """
        news = self.env["xero.order.copy"].sudo()._store(connection, elements)
        there = {each["PurchaseOrderID"]: each["Status"] for each in elements}
        links = self.env["xero.link"].sudo()
        links = links.search(
            [
                ("connection_id", "=", connection.id),
                ("resource", "=", "purchase_order"),
                ("xero_id", "in", list(there)),
                ("request_id", "=", False),
            ]
        )
        for link in links:
            if link.xero_status != there[link.xero_id]:
                self._xero_show_status(link, there[link.xero_id])
        return news

    @api.model
    def _xero_show_status(self, link, status):
        """Billed or deleted there: said in the order's history."""
        if status in STALE:
            link.env["xero.note"]._settle(link)
            link._set_gone(status)
            return
        link.xero_status = status
        if status == "BILLED":
            link._tell(self.env._("Billed in Xero."))
