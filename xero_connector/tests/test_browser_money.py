"""Money without a document, in a real browser."""

from odoo.tests import tagged

from .test_browser import BrowserCase
from .test_overpayments import OverpaymentCase


@tagged("post_install", "-at_install")
class TestUnappliedMoney(BrowserCase, OverpaymentCase):
    def test_from_the_payment_to_xero(self):
        """T50, N13: said on the payment, created with its button, and listed."""
        self.connection.send_overpayments = True
        self.consent(self.connection.with_user(self.accountant))
        self.connection.send_overpayments = False
        payment = self.pay(50)
        self.pay(60)
        self.work()
        self.tour(f"/odoo/account.payment/{payment.id}", "xero_create_overpayment")
        self.settle()
        self.assertEqual(self.overpayments(), [("RECEIVE-OVERPAYMENT", 50, 50)])
        action = self.env.ref("xero_connector.xero_overpayment_action")
        self.tour(f"/odoo/action-{action.id}", "xero_unapplied_money")
