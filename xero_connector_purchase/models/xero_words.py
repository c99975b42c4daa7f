"""What people call the fields that only orders have."""

from odoo import api, models


class XeroLink(models.Model):
    _inherit = "xero.link"

    def _difference_label(self, name):
        label = self.connection_id._xero_order_label(name)
        return label or super()._difference_label(name)


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    @api.model
    def _xero_field_label(self, name):
        return self._xero_order_label(name) or super()._xero_field_label(name)

    @api.model
    def _xero_order_label(self, name):
        """The word for a field of an order's head, or None."""
        return {
            "AttentionTo": self.env._("Attention"),
            "DeliveryAddress": self.env._("Delivery address"),
            "DeliveryDate": self.env._("Delivery date"),
            "DeliveryInstructions": self.env._("Delivery instructions"),
            "PurchaseOrderNumber": self.env._("Number"),
            "Telephone": self.env._("Telephone"),
        }.get(name)
