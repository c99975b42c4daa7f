"""Purchase orders of a connected company."""

from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.xero_connector.tests.common import XeroCase


class OrderCase(XeroCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chair = cls.env["product.product"].create(
            {
                "name": "Chair",
                "default_code": "CHAIR",
                "type": "consu",
                "property_account_expense_id": cls.expense.id,
            }
        )
        cls.buyer = new_test_user(cls.env, "xero_buyer", "purchase.group_purchase_user")

    def setUp(self):
        super().setUp()
        self.connection = self.connect(**self.options())

    def options(self):
        """Options of the connection, for a class to add to."""
        return {"send_orders": True, "date_from": "2026-01-01"}

    def order(self, *lines, confirm=True, **values):
        """A purchase order; lines are dicts, by default two chairs at 50.00 + 20 %."""
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.customer.id,
                "date_planned": "2026-07-20 10:00:00",
                "order_line": [
                    Command.create(self._order_line(line)) for line in lines or ({},)
                ],
            }
            | values
        )
        if confirm:
            order.button_confirm()
            order.date_approve = "2026-07-03 09:00:00"
        return order

    def _order_line(self, line):
        return {
            "product_id": self.chair.id,
            "name": "Chair, oak",
            "product_qty": 2,
            "price_unit": 50,
            "date_planned": "2026-07-20 10:00:00",
            "tax_ids": [Command.set(self.purchase_tax.ids)],
        } | line

    def sent(self, document):
        """The order as Xero has it, after the work."""
        self.work()
        link = document._xero_link()
        self.assertTrue(link.xero_id, link.note_id.message or link.waiting_for)
        return next(
            each
            for each in self.in_xero("purchase_orders")
            if each["PurchaseOrderID"] == link.xero_id
        )

    def refused(self, document, cause):
        """The note on an order that was looked at just before it would have gone."""
        self.work()
        link = document._xero_link()
        self.assertEqual((link.state, link.note_id.cause), ("error", cause))
        return link.note_id

    def poll(self):
        """The hourly look at what changed in Xero."""
        self.fetch()

    def made_there(self, number, contact="Somebody Else", **values):
        """An order that somebody made in Xero by hand."""
        contact_id = self.xero.create("contacts", {"Name": contact})["ContactID"]
        return self.xero.create(
            "purchase_orders",
            {
                "PurchaseOrderNumber": number,
                "Contact": {"ContactID": contact_id},
                "Date": "2026-07-01",
                "LineItems": [
                    {"Description": "Theirs", "Quantity": 1, "UnitAmount": 7}
                ],
            }
            | values,
        )

    def long_ago(self):
        """The orders in Xero were read an hour ago."""
        self.env.cr.execute(
            "UPDATE xero_cursor SET read_at = read_at - interval '1 hour'"
        )
        self.env.invalidate_all()
