from .common import XeroCase


class TestSendInvoice(XeroCase):
    def test_a_posted_invoice_is_in_xero_once_with_its_contact(self):
        """S136, S137, S102, S26: posting sends; the contact goes with it."""
        self.connect()
        invoice = self.invoice()

        self.work()

        [sent] = self.in_xero("invoices")
        self.assertEqual(sent["InvoiceNumber"], invoice.name)
        self.assertEqual(sent["Status"], "AUTHORISED")
        self.assertEqual(float(sent["Total"]), invoice.amount_total)
        [contact] = self.in_xero("contacts")
        self.assertEqual(contact["Name"], "Azure Interior")
        self.assertEqual(invoice.xero_state, "synced")
