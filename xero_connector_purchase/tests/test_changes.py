"""Orders that Xero has: edited, cancelled, billed, and what is locked."""

from decimal import Decimal

from odoo import Command
from odoo.exceptions import UserError

from .common import OrderCase


class TestEdits(OrderCase):
    def setUp(self):
        super().setUp()
        self.zero_tax = self.purchase_tax.copy({"name": "0% ours", "amount": 0})
        self.map_tax(self.connection, self.zero_tax, "ZERORATEDINPUT")
        self.one = self.order({}, {"name": "Stool", "product_qty": 1})
        self.before = self.sent(self.one)

    def test_lines_can_be_edited(self):
        """S183: text, quantity, price and tax; the lines stay the same ones."""
        line = self.one.order_line[0]
        line.write(
            {
                "name": "Chair, beech",
                "product_qty": 4,
                "price_unit": 45.5,
                "tax_ids": [Command.set(self.zero_tax.ids)],
            }
        )
        now = self.sent(self.one)["LineItems"]
        self.assertEqual(
            [each["LineItemID"] for each in now],
            [each["LineItemID"] for each in self.before["LineItems"]],
        )
        self.assertEqual(now[0]["Description"], "Chair, beech")
        self.assertEqual(Decimal(str(now[0]["Quantity"])), 4)
        self.assertEqual(Decimal(str(now[0]["UnitAmount"])), Decimal("45.5"))
        self.assertEqual(now[0]["TaxType"], "ZERORATEDINPUT")

    def test_another_product_is_another_code(self):
        """S183: the code follows."""
        table = self.product("TABLE")
        self.one.order_line[0].write({"product_id": table.id, "name": "Table"})
        [first, _second] = self.sent(self.one)["LineItems"]
        self.assertEqual(first["ItemCode"], "TABLE")

    def test_lines_can_be_added(self):
        """S184: the others keep their identity."""
        self.one.order_line = [Command.create(self._order_line({"name": "Desk"}))]
        now = self.sent(self.one)["LineItems"]
        self.assertEqual(
            [each["Description"] for each in now], ["Chair, oak", "Stool", "Desk"]
        )
        self.assertEqual(
            [each["LineItemID"] for each in now[:2]],
            [each["LineItemID"] for each in self.before["LineItems"]],
        )

    def test_one_line_remains(self):
        """S184: a quantity of zero takes a line out, but not the last one."""
        self.one.order_line[0].product_qty = 0
        self.assertEqual(Decimal(str(self.sent(self.one)["SubTotal"])), 50)
        with self.assertRaisesRegex(UserError, "at least one line"):
            self.one.order_line[1].product_qty = 0

    def test_number_and_supplier_are_locked(self):
        """S185: refused with the reason, and without asking Xero."""
        self.xero.clear_calls()
        other = self.customer.copy({"name": "Other"})
        with self.assertRaisesRegex(UserError, "its supplier cannot change"):
            self.one.partner_id = other
        with self.assertRaisesRegex(UserError, "its number cannot change"):
            self.one.name = "P-NEW"
        self.one.write({"name": self.one.name, "partner_ref": "Q-9"})
        self.assertEqual(self.xero.calls(), [])
        self.assertIn("supplier can no longer change", self._words())

    def test_a_buyer_works_as_before(self):
        """S15, S185: without any right in Xero or in the books; the lock holds."""
        order = self.order(confirm=False).with_user(self.buyer)
        order.button_confirm()
        self.sent(order.sudo())
        order.order_line.product_qty = 3
        self.assertEqual(float(self.sent(order.sudo())["LineItems"][0]["Quantity"]), 3)
        self.assertFalse(order.xero_words)
        with self.assertRaisesRegex(UserError, "its number cannot change"):
            order.name = "P-NEW"

    def _words(self):
        return self.one.with_user(self.accountant).xero_words

    def test_what_someone_changed_there_is_kept(self):
        """I15: two sides changed it, so a person chooses."""
        line = self.before["LineItems"][0]
        self.xero.update(
            "purchase_orders",
            self.before["PurchaseOrderID"],
            {"Reference": "Called them", "LineItems": self.before["LineItems"][:1]}
            | {"LineItems": [dict(line, Description="Chair, theirs")]},
        )
        self.one.order_line[1].name = "Stool, ours"
        note = self.stopped(self.one, "changed_in_xero")
        self.assertIn("Chair, theirs", note.message)

    def test_cancelled_is_deleted_there(self):
        """S164: where it can be; the number is gone with it."""
        self.one.button_cancel()
        self.work()
        [there] = self.in_xero("purchase_orders")
        self.assertEqual(there["Status"], "DELETED")
        self.assertEqual(self.one.xero_state, "gone")

    def test_unchanged_it_does_not_go_again(self):
        """I5: touched, looked at, nothing to do."""
        self.xero.clear_calls()
        self.one._xero_touch()
        self.work()
        self.assertEqual(self.xero.calls(), [])


class TestWhatXeroSays(OrderCase):
    def setUp(self):
        super().setUp()
        self.one = self.order()
        self.there = self.sent(self.one)["PurchaseOrderID"]

    def test_billed_is_shown(self):
        """S186, S187: by the poll, as there is no event; it is not changed any more."""
        self.xero.bill_order(self.there)
        self.poll()
        self.assertEqual(self.one._xero_link().xero_status, "BILLED")
        self.assertIn("Billed in Xero", self.one.message_ids[:1].body)
        words = self.one.with_user(self.accountant).xero_words
        self.assertIn("Billed in Xero", words)
        self.one.order_line.product_qty = 3
        self.stopped(self.one, "order_billed")

    def test_billed_meanwhile_is_left_alone(self):
        """S186: found by the look before the change goes."""
        self.xero.bill_order(self.there)
        self.one.order_line.product_qty = 3
        self.stopped(self.one, "order_billed")
        [there] = self.in_xero("purchase_orders")
        self.assertEqual(float(there["LineItems"][0]["Quantity"]), 2)

    def test_billed_is_not_deleted_by_cancelling(self):
        """S186: somebody works with that bill."""
        self.xero.bill_order(self.there)
        self.one.button_cancel()
        self.stopped(self.one, "order_billed")

    def test_deleted_is_shown(self):
        """N11: and never made again by itself."""
        self.xero.delete_order(self.there)
        self.poll()
        self.assertEqual(self.one.xero_state, "gone")
        self.assertIn("Deleted in Xero", self.one.message_ids[:1].body)
        self.one.order_line.product_qty = 3
        self.work()
        self.assertEqual(len(self.in_xero("purchase_orders")), 1)

    def test_our_own_order_coming_back_is_no_news(self):
        """I7: the poll changes nothing and sends nothing."""
        link = self.one._xero_link()
        before = (link.snapshot, link.fingerprint, link.xero_status, link.state)
        writes = self.xero.writes()
        self.poll()
        self.work()
        self.assertEqual(
            (link.snapshot, link.fingerprint, link.xero_status, link.state), before
        )
        self.assertEqual(self.xero.writes(), writes)

    def test_moved_to_another_day_it_is_still_found(self):
        """I9: Xero lists orders by day only; one is read by itself then."""
        self.xero.update("purchase_orders", self.there, {"Date": "2026-06-01"})
        self.one.order_line.product_qty = 3
        note = self.stopped(self.one, "changed_in_xero")
        self.assertIn("Date", note.message)
