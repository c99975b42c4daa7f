"""The row of purchase orders in the connector's map (N21)."""

from odoo import api, models

from odoo.addons.xero_connector.models.xero_resource import Resource


class XeroResource(models.AbstractModel):
    _inherit = "xero.resource"

    @api.model
    def _get_resources(self):
        order = Resource(
            name="purchase_order",
            one=self.env._("purchase order"),
            many=self.env._("purchase orders"),
            model="purchase.order",
            endpoint="PurchaseOrders",
            id_field="PurchaseOrderID",
            number_field="PurchaseOrderNumber",
            number_taken="order_of_others",
            create="create_purchase_orders",
            update="update_or_create_purchase_orders",
            read="get_purchase_orders",
            history="get_purchase_order_history",
            category="purchase_order",
            sequence=35,
            document=True,
        )
        return super()._get_resources() | {order.name: order}
