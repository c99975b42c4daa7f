"""What may no longer change once Xero has the order (S184, S185)."""

from odoo import models
from odoo.exceptions import UserError


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    def write(self, vals):
        self._xero_check_locked(vals)
        return super().write(vals)

    def _xero_there(self):
        """Those of these orders that are in Xero."""
        if not self.env["xero.connection"]._live_ids():
            return self.browse()
        links = (
            self.env["xero.link"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("xero_id", "!=", False),
                    ("superseded_by_id", "=", False),
                    ("state", "!=", "gone"),
                ]
            )
        )
        return self.browse(links.mapped("res_id"))

    def _xero_check_locked(self, vals):
        """Number and supplier are what Xero knows the order by.

        :raises UserError: an order that Xero has would get others
        """
        if not {"name", "partner_id"} & set(vals):
            return
        for order in self._xero_there():
            if "name" in vals and vals["name"] != order.name:
                what = self.env._("number")
            elif "partner_id" in vals and vals["partner_id"] != order.partner_id.id:
                what = self.env._("supplier")
            else:
                continue
            raise UserError(
                self.env._(
                    "%(order)s is in Xero, which knows it by its number and supplier:"
                    " its %(what)s cannot change any more. Cancel it and make a new"
                    " order instead.",
                    order=order.name,
                    what=what,
                )
            )

    def _xero_check_one_line_remains(self):
        """An order in Xero has at least one line.

        :raises UserError: one of these has none left
        """
        for order in self._xero_there():
            lines = order._xero_base_records()
            if not any(line.product_qty for line in lines):
                raise UserError(
                    self.env._(
                        "%s is in Xero, where an order has at least one line. Cancel"
                        " the order if nothing of it is wanted any more.",
                        order.name,
                    )
                )


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    def write(self, vals):
        result = super().write(vals)
        if "product_qty" in vals:
            self.order_id._xero_check_one_line_remains()
        return result

    def unlink(self):
        orders = self.order_id
        result = super().unlink()
        orders._xero_check_one_line_remains()
        return result
