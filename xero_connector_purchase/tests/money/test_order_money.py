"""Random purchase orders, through the engine into Xero, to the cent.

What Xero must have is what Odoo books with the bill that it makes of the order.
"""

from odoo.tests import tagged

from odoo.addons.xero_connector.tests.money.case import MoneyCase

from .orders import Order, OrderBooks


@tagged("post_install", "-at_install")
class TestOrderMoney(MoneyCase):
    share, generator = 0.25, Order

    def open_books(self, country):
        return OrderBooks(self, country)

    def post(self, documents):
        values = [document.values for document in documents]
        orders = self.books.env["purchase.order"].create(values)
        made = dict(zip(documents, orders, strict=True))
        credits = [each for each, order in made.items() if order.amount_total < 0]
        for document in credits:  # The bill of such an order is a credit note.
            self.counts["credits in all"] += 1
            del made[document]
        orders.union(*made.values()).button_confirm()
        return made

    def booked(self, record):
        record.action_create_invoice()
        bill = record.invoice_ids
        self.assertEqual(bill.amount_total, record.amount_total)
        self.assertEqual(bill.amount_tax, record.amount_tax)
        return bill

    def elements(self):
        return {
            each["PurchaseOrderID"]: each for each in self.in_xero("purchase_orders")
        }

    def test_united_kingdom(self):
        """N3, S182: with reverse charge, fees."""
        self.check("GB")

    def test_australia(self):
        """N3, S182: with import GST, withholding, GST that is cost."""
        self.check("AU")

    def test_new_zealand(self):
        """N3, S182: with import GST."""
        self.check("NZ")

    def test_united_states(self):
        """N3, S182: with rates of the firm's own, pairs of them."""
        self.check("US")

    def test_singapore(self):
        """N3, S182: with reverse charge, 0 % of many kinds."""
        self.check("SG")

    def test_south_africa(self):
        """N3, S182: with old and new rates."""
        self.check("ZA")
