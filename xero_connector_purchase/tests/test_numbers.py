"""Xero's traps with order numbers, and answers that get lost."""

from odoo.exceptions import UserError

from .common import OrderCase


class TestNumbers(OrderCase):
    def next_number(self):
        """The number that the next order will have."""
        sequence = self.env["ir.sequence"].search([("code", "=", "purchase.order")])
        return sequence[:1].get_next_char(sequence[:1].number_next_actual)

    def test_an_order_of_somebody_else_is_never_touched(self):
        """S154: Xero would take ours for a change of theirs, without a word."""
        theirs = self.made_there(self.next_number())
        order = self.order()
        self.assertEqual(order.name, theirs["PurchaseOrderNumber"])
        note = self.refused(order, "order_of_others")
        self.assertIn("Somebody Else", note.message)
        self.assertEqual(note.category, "purchase_order")
        [now] = self.in_xero("purchase_orders")
        self.assertEqual(now["UpdatedDateUTC"], theirs["UpdatedDateUTC"])
        self.assertEqual(now["LineItems"][0]["Description"], "Theirs")

    def test_others_of_the_same_call_go_on(self):
        """I8: the one whose number is taken stops alone."""
        self.made_there(self.next_number())
        first, second = self.order(), self.order()
        self.refused(first, "order_of_others")
        self.assertEqual(second.xero_state, "synced")
        self.assertEqual(len(self.in_xero("purchase_orders")), 2)

    def test_made_there_after_our_first_order(self):
        """The copy is brought up to date before each creation, not once."""
        self.sent(self.order())
        self.made_there(self.next_number())
        self.long_ago()
        self.refused(self.order(), "order_of_others")

    def test_a_deleted_number_is_burnt(self):
        """Said before sending; Xero never gives a number free."""
        theirs = self.made_there(self.next_number())
        self.xero.delete_order(theirs["PurchaseOrderID"])
        self.refused(self.order(), "order_number_burnt")
        self.assertFalse(
            [
                call
                for call in self.xero.calls(kind="api")
                if call["method"] == "PUT" and "PurchaseOrders" in call["path"]
            ]
        )

    def test_two_orders_of_ours_with_one_number(self):
        """Xero would merge the second into the first: it stops here."""
        first = self.order()
        self.sent(first)
        second = self.order(name=first.name)
        self.stopped(second, "order_twice")
        self.assertEqual(len(self.in_xero("purchase_orders")), 1)

    def test_a_person_links_only_the_same_suppliers_order(self):
        """N12: someone else's order is not ours, whoever says so."""
        theirs = self.made_there(self.next_number())
        order = self.order()
        self.refused(order, "order_of_others")
        link = order._xero_link()
        [candidate] = link.sudo()._find_in_xero(order.name)
        with self.assertRaisesRegex(UserError, "Somebody Else"):
            link.sudo()._link_by_hand(candidate["element"], "same number")
        self.assertEqual(candidate["xero_id"], theirs["PurchaseOrderID"])

    def test_the_same_order_made_by_hand_is_linked_by_a_person(self):
        """N12: the supplier is the same, somebody typed it twice."""
        self.sent(self.order())
        number = self.next_number()
        self.xero.create(
            "purchase_orders",
            {
                "PurchaseOrderNumber": number,
                "Contact": {"ContactID": self.customer.xero_id},
                "Date": "2026-07-03",
                "LineItems": [
                    {"Description": "Chair", "Quantity": 2, "UnitAmount": 50}
                ],
            },
        )
        self.long_ago()
        order = self.order()
        self.refused(order, "order_of_others")
        link = order._xero_link().sudo()
        [candidate] = link._find_in_xero(number)
        link._link_by_hand(candidate["element"], "typed twice")
        self.assertEqual(order.xero_id, candidate["xero_id"])
        self.assertFalse(link.note_id)


class TestFaults(OrderCase):
    def once(self, order):
        self.settle()
        self.assertEqual(order.xero_state, "synced")
        self.assertEqual(len(self.in_xero("purchase_orders")), 1)

    def test_a_lost_answer_is_found_again(self):
        """I4: read back, and adopted as our own."""
        self.xero.fault("answer_lost", path="/PurchaseOrders", method="PUT")
        order = self.order()
        self.once(order)
        lines = self.env["xero.request.line"].search(
            [("link_id", "=", order._xero_link().id)]
        )
        self.assertEqual(lines.mapped("outcome"), ["adopted"])

    def test_a_request_that_never_arrived_goes_again(self):
        """I4: surely not there, so with a new key."""
        self.xero.fault("dropped", path="/PurchaseOrders", method="PUT")
        self.once(self.order())

    def test_an_error_after_the_work_was_done(self):
        """I4: whatever Xero says, what is there counts."""
        self.xero.fault("server_error", path="/PurchaseOrders", committed=True)
        self.once(self.order())

    def test_numbers_that_cannot_be_read_are_not_free(self):
        """I9: nothing is created before it was looked at."""
        self.sent(self.order())
        self.long_ago()
        self.xero.fault("unavailable", path="/PurchaseOrders", method="GET")
        order = self.order()
        self.work()
        self.assertEqual(len(self.in_xero("purchase_orders")), 1)
        self.settle()
        self.assertEqual(order.xero_state, "synced")

    def test_a_lost_answer_to_a_change(self):
        """I4: the change is there, so it counts."""
        order = self.order()
        self.sent(order)
        self.xero.fault("answer_lost", path="/PurchaseOrders", method="POST")
        order.order_line.product_qty = 9
        self.once(order)
        [there] = self.in_xero("purchase_orders")
        self.assertEqual(float(there["LineItems"][0]["Quantity"]), 9)
