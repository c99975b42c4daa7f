"""What buyers and managers see and do, in a real browser."""

from urllib.request import urlopen

from odoo.tests import tagged

from odoo.addons.xero_connector.tests.test_browser import BrowserCase

from .common import OrderCase


@tagged("post_install", "-at_install")
class TestOrders(BrowserCase, OrderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant.group_ids += cls.env.ref("purchase.group_purchase_user")

    def test_from_the_confirmation_to_the_change_in_xero(self):
        """S182, S183, S185, S139: confirmed, ticked, edited, changed there; the reason
        why the supplier stays is on the order."""
        order = self.order(confirm=False)
        path = f"/odoo/purchase-orders/{order.id}"
        self.tour(path, "xero_confirm_order")
        order.date_approve = "2026-07-03 09:00:00"
        self.assertEqual(float(self.sent(order)["LineItems"][0]["Quantity"]), 2)
        self.tour(path, "xero_edit_order")
        self.assertEqual(float(self.sent(order)["LineItems"][0]["Quantity"]), 7)
        self.tour("/odoo/purchase-orders", "xero_order_list")
        with urlopen(self.simulator.url, timeout=10) as page:
            shown = page.read().decode()
        self.assertIn(order.name, shown)
        self.assertIn("<td class='amount'>7", shown)

    def test_a_missing_filter_is_named_and_applied(self):
        """S168, S169, S170, S171: the dialog of invoices, on the list of orders."""
        self.order(), self.order()
        self.tour("/odoo/purchase-orders", "xero_send_all")

    def test_orders_are_switched_on(self):
        """S20, S118: with their settings on a page of their own."""
        self.connection.send_orders = False
        self.tour("/odoo/xero-connections", "xero_order_settings")
        self.assertTrue(self.connection.send_orders)
        self.assertEqual(
            (self.connection.order_delivery, self.connection.order_days), ("days", 10)
        )
