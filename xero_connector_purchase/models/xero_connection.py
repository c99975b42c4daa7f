"""Whether purchase orders go to Xero, and how they arrive there."""

from odoo import api, fields, models

from odoo.addons.xero_connector.models.xero_connection_options import STATUSES


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    send_orders = fields.Boolean("Purchase Orders", tracking=True)
    order_status = fields.Selection(
        STATUSES,
        "Purchase Orders Arrive As",
        default="AUTHORISED",
        required=True,
        tracking=True,
    )
    order_delivery = fields.Selection(
        [
            ("planned", "The order's expected arrival"),
            ("days", "Days after the order"),
        ],
        "Delivery Date",
        default="planned",
        required=True,
        tracking=True,
    )
    order_days = fields.Integer("Days Until Delivery", default=14, tracking=True)
    order_link = fields.Boolean("Link in the Delivery Instructions", tracking=True)

    @api.model
    def _deciding_fields(self):
        return super()._deciding_fields() | {
            "send_orders",
            "order_status",
            "order_delivery",
            "order_days",
            "order_link",
        }
