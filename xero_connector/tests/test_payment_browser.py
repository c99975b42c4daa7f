"""Money in a real browser: registered here, made in Xero, balances read."""

from odoo.tests import tagged

from .test_browser import BrowserCase
from .test_payments import PaymentCase


@tagged("post_install", "-at_install")
class TestPaymentScreens(BrowserCase, PaymentCase):
    def form(self, invoice):
        return f"/odoo/customer-invoices/{invoice.id}"

    def test_registered_here_and_seen_in_xero(self):
        """S189, S200, T46: registered on the invoice; in the list of payments it says
        In Xero."""
        invoice = self.invoice()
        self.settle()
        self.env["account.journal"].search(
            [("type", "in", ("bank", "cash")), ("id", "!=", self.bank.id)]
        ).active = False
        self.tour(self.form(invoice), "xero_register_payment")
        self.settle()
        self.assertEqual(self.due(invoice), 0)
        payments = "/odoo/action-xero_connector.xero_part_action"
        self.tour(payments, "xero_payment_in_xero")

    def test_made_in_xero_and_paid_here(self):
        """S144, S147, T46: asked for on the invoice, which is Paid afterwards."""
        self.bank.xero_money_owner = "xero"
        invoice = self.invoice()
        self.settle()
        self.xero.pay(invoice._xero_link().xero_id, date="2026-07-12")
        self.tour(self.form(invoice), "xero_update_invoice")
        self.settle()
        self.tour(self.form(invoice), "xero_paid_in_xero")

    def test_balances_are_read_while_one_does_something_else(self):
        """S145: the page says how far it is, and may be left."""
        self.invoice()
        self.settle()
        calls = len(self.xero.calls(kind="api"))
        self.tour("/odoo/xero-connections", "xero_update_balances")
        self.assertEqual(len(self.xero.calls(kind="api")), calls)
