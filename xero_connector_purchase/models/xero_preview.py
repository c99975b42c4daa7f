"""Purchase orders in 'What would happen', and sending a whole list of them."""

from odoo import api, fields, models
from odoo.fields import Domain

#: Orders that one preview looks at.
MOST = 1000


class XeroPreview(models.TransientModel):
    _inherit = "xero.preview"

    order_domain = fields.Json(readonly=True)

    def _others(self):
        """Orders asked for, or all that are not in Xero."""
        found = super()._others()
        connection = self.connection_id
        domain = Domain(self.order_domain or [(0, "=", 1)])
        if self.everything:
            domain |= self._domain_of_all_orders()
        if not connection.send_orders or domain.is_false():
            return found
        domain &= Domain("company_id", "in", connection._company_ids())
        orders = self.env["purchase.order"]
        return [*found, orders.search(domain, order="date_approve, id", limit=MOST)]

    def _unseen(self):
        """Numbers of orders are looked at before each creation anyway."""
        return super()._unseen().filtered(lambda row: row.resource != "purchase_order")

    def _domain_of_all_orders(self):
        """Confirmed orders that Xero does not have, or that may have changed since."""
        connection = self.connection_id
        changed = self.env["xero.change"].sudo()
        changed = changed.search(
            [
                ("connection_id", "=", connection.id),
                ("res_model", "=", "purchase.order"),
            ]
        )
        confirmed = Domain("state", "=", "purchase") & Domain(
            "xero_state", "not in", ["synced", "gone"]
        )
        if connection.date_from:
            start = connection.date_from.isoformat()
            confirmed &= Domain("date_approve", ">=", start)
        return confirmed | Domain("id", "in", changed.mapped("res_id"))


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    @api.model
    def _xero_list_action(self, move_type):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "purchase.purchase_form_action"
        )
        return action, {}

    @api.model
    def _xero_preview_of(self, connection, domain):
        """Orders come beside what is asked for of invoices: nothing."""
        return self.env["xero.preview"]._open(
            connection, [(0, "=", 1)], asked=True, order_domain=list(domain)
        )

    def _xero_preview_values(self):
        return {
            "delivery_id": self.dest_address_id.id,
            "date": self._xero_day(),
        }

    def _xero_why_out(self, connection):
        """Why this one order does not go."""
        self.ensure_one()
        start = connection.date_from
        if self.state not in ("purchase", "cancel"):
            return self._xero_problem("draft_here")
        if start and self._xero_day() < start:
            return self._xero_problem("dated_early", start=connection._day_words())
        if not any(line.price_unit and line.product_qty for line in self.order_line):
            return self._xero_problem("all_zero")
        return None
