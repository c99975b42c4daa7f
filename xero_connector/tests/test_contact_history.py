"""What Odoo did to a contact is told in its history in Xero, by option (S51)."""

import uuid

from .test_contacts import ContactCase


class TestContactHistory(ContactCase):
    def setUp(self):
        super().setUp()
        self.connect_contacts(contact_history=True, contact_update_policy="full")

    def told(self, partner):
        """What Odoo told of a contact, the oldest first."""
        answer = self.connection._call("get_contact_history", partner.xero_id)
        return [
            each["Details"]
            for each in reversed(answer.elements("HistoryRecords"))
            if "from Odoo" in each["Details"]
        ]

    def tries(self):
        """Calls that told something, or tried to."""
        calls = self.xero.calls(kind="api")
        return [each for each in calls if each["path"].endswith("/History")]

    def change(self, partner, **values):
        partner.with_user(self.accountant).write(values)
        self.work()

    def waiting(self):
        self.env.invalidate_all()
        return self.env["xero.history.note"].search([("waiting", "!=", False)])

    def tomorrow(self):
        """The next day has come."""
        self.env["xero.history.note"].search([]).next_on = "2026-01-01"

    def test_who_created_it_and_when(self):
        """S51: in the words of the sync, once the contact is there."""
        partner = self.env["res.partner"].with_user(self.accountant)
        partner = partner.create({"name": "Darlington", "is_company": True})
        self.send(partner)
        [told] = self.told(partner)
        self.assertIn(f"Created from Odoo by {self.accountant.name}", told)
        self.assertIn(f"{partner.create_date:%Y-%m-%d %H:%M} UTC", told)

    def test_what_was_changed(self):
        """S51: the fields in people's words."""
        self.send(self.customer)
        self.tomorrow()
        self.change(self.customer, email="new@azure.example", phone="0113 496 0000")
        told = self.told(self.customer)[-1]
        self.assertIn(f"Updated from Odoo by {self.accountant.name}", told)
        self.assertIn("E-mail", told)
        self.assertIn("Phone", told)

    def test_off_unless_chosen(self):
        """S51: it costs calls, so nobody has it without asking for it."""
        fields = self.env["xero.connection"].default_get(["contact_history"])
        self.assertFalse(fields.get("contact_history"))
        self.connection.contact_history = False
        self.send(self.customer)
        self.change(self.customer, phone="0113 496 0000")
        self.assertFalse(self.tries())

    def test_one_call_a_contact_and_day(self):
        """S51, I11: what happens later that day goes as one with the next day's."""
        other = self.partner("Other")
        self.send(self.customer, other)
        self.assertEqual(len(self.tries()), 2)
        for number in range(3):
            self.change(self.customer, phone=f"0113 496 000{number}")
        self.assertEqual(len(self.tries()), 2)
        self.tomorrow()
        self.work()
        self.assertEqual(len(self.tries()), 3)
        self.assertEqual(self.told(self.customer)[-1].count("Updated from Odoo"), 3)
        self.assertFalse(self.waiting())

    def test_nothing_is_told_of_what_did_not_go(self):
        """S51: a change that Xero does not take, or has already, is no news."""
        self.send(self.customer)
        self.tomorrow()
        self.change(self.customer, comment="Only for us")
        self.assertEqual(len(self.tries()), 1)

    def test_it_waits_at_the_reserve(self):
        """S51, I12: the last calls of the day are kept for people."""
        self.send(self.customer)
        self.tomorrow()
        self.change(self.customer, phone="0113 496 0000")
        tries = len(self.tries())
        self.tomorrow()
        budget = self.connection.budget_ids
        self.env["xero.history.note"]._collect(
            self.connection, {self.customer._xero_link(): "Updated from Odoo"}
        )
        budget.day_left = budget.reserve
        self.work()
        self.assertEqual(len(self.tries()), tries)
        self.assertTrue(self.waiting())
        budget.day_left = budget.day_limit
        self.work()
        self.assertEqual(len(self.tries()), tries + 1)

    def test_a_lost_answer_is_not_asked_for(self):
        """S51: the note may be there or not; the contact and its documents are."""
        self.xero.fault("answer_lost", path="/History", times=20)
        invoice = self.invoice()
        self.settle()
        self.assertEqual(invoice.xero_state, "synced")
        self.assertEqual(self.customer.xero_state, "synced")
        self.assertEqual(len(self.tries()), 1)
        self.assertFalse(self.waiting())

    def test_what_xero_refuses_is_not_tried_again(self):
        """S51, I8: no note is raised over it, and nothing waits."""
        self.send(self.customer)
        self.tomorrow()
        link = self.customer._xero_link()
        link.xero_id = str(uuid.uuid4())
        self.env["xero.history.note"]._collect(self.connection, {link: "Updated"})
        self.settle()
        self.assertEqual(len(self.tries()), 2)
        self.assertFalse(self.waiting())
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))

    def test_while_xero_takes_nothing_it_waits_for_the_next_day(self):
        """S51: a week at most, then it is forgotten."""
        self.xero.fault("unavailable", path="/History", times=20)
        self.send(self.customer)
        self.settle()
        self.assertEqual(len(self.tries()), 1)
        self.assertEqual(self.customer.xero_state, "synced")
        self.env["xero.history.note"]._gc_stale()
        self.waiting().since = "2026-01-01"
        self.env["xero.history.note"]._gc_stale()
        self.assertFalse(self.waiting())

    def test_a_long_story_is_cut(self):
        """S51: Xero takes 2,500 characters."""
        self.send(self.customer)
        self.tomorrow()
        self.env["xero.history.note"]._collect(
            self.connection, {self.customer._xero_link(): "Updated from Odoo " * 200}
        )
        self.work()
        self.assertEqual(len(self.told(self.customer)[-1]), 2500)
