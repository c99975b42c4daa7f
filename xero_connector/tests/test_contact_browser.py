"""Contacts in a real browser: comparing, linking, bringing them from Xero."""

from odoo.tests import tagged

from .test_browser import BrowserCase
from .test_contacts_in import InCase


@tagged("post_install", "-at_install")
class TestContactScreens(BrowserCase, InCase):
    def form(self, partner):
        return f"/odoo/contacts/{partner.id}"

    def test_both_sides_are_compared(self):
        """S52: what differs is seen, chosen and saved."""
        self.both()
        self.send(self.customer)
        values = {"EmailAddress": "xero@azure.example"}
        self.xero.update("contacts", self.customer.xero_id, values)
        self.tour(self.form(self.customer), "xero_compare_contact")
        self.assertEqual(self.customer.email, "xero@azure.example")

    def test_a_contact_is_linked(self):
        """S54, S67: looked for by words, chosen, linked."""
        self.connect_contacts()
        xero_id = self.stranger("Thames Ltd")
        partner = self.partner("River Thames")
        self.tour(self.form(partner), "xero_link_contact")
        self.assertEqual(partner.xero_id, xero_id)

    def test_contacts_are_brought_from_xero(self):
        """S33: listed, ticked, brought; the reason of those that stayed."""
        self.connect_contacts(contact_default_category_id=self.group.id)
        self.stranger("Thames Ltd", AccountNumber="T1")
        self.stranger("Trent Ltd")
        self.fetch()
        self.tour("/odoo/xero-connections", "xero_import_contacts")
        self.assertTrue(self.partners("Thames Ltd"))
