"""Purchase orders have activities of their own on the supplier (S216)."""

from odoo import models


class XeroNote(models.Model):
    _inherit = "xero.note"

    def _activity_types(self):
        kind = self.env.ref("xero_connector_purchase.activity_type_purchase_order")
        return super()._activity_types() | {"purchase_order": kind}
