"""Open documents from before the start date (N28)."""

from .test_document_kinds import KindsCase


class TestOpening(KindsCase):
    def old(self, kind="out_invoice", **values):
        values = {"invoice_date": "2025-11-03", "date": "2025-11-03"} | values
        return self.document(kind, **values)

    def in_xero_already(self, document, **values):
        """Typed into Xero when the books were moved there."""
        contact = {"Name": document.commercial_partner_id.name}
        kinds = {
            "out_invoice": ("invoices", "ACCREC", "InvoiceNumber"),
            "in_invoice": ("invoices", "ACCPAY", "InvoiceNumber"),
            "out_refund": ("creditnotes", "ACCRECCREDIT", "CreditNoteNumber"),
        }
        table, kind, number = kinds[document.move_type]
        line = {"Description": "Opening", "Quantity": 1, "UnitAmount": 70}
        return self.xero.create(
            table,
            {
                "Type": kind,
                "Status": "AUTHORISED",
                number: document._xero_opening_number(),
                "Contact": contact,
                "Date": "2025-11-03",
                "DueDate": "2025-12-03",
                "LineItems": [line | {"AccountCode": "200", "TaxType": "NONE"}],
            }
            | values,
        )

    def look(self):
        self.connection.with_user(self.accountant).action_link_opening()
        self.work()

    def test_open_documents_are_linked_and_never_sent(self):
        """N28, T1, T3: found by number, whatever total was typed there."""
        documents = [self.old(kind) for kind in ("out_invoice", "in_invoice")]
        documents.append(self.old("out_refund"))
        for document in documents:
            self.in_xero_already(document)
        absent = self.old()
        self.xero.clear_calls()
        self.look()
        for document in documents:
            link = document._xero_link()
            self.assertEqual((link.kind, link.state), ("opening", "synced"))
        self.assertFalse(absent._xero_link())
        self.assertEqual(self.xero.reads(), 3)
        self.settle()
        self.assertFalse([c for c in self.xero.calls() if c["method"] != "GET"])

    def test_their_content_is_never_changed(self):
        """T3, I15: neither an edit nor a cancellation here goes there."""
        invoice = self.old()
        self.in_xero_already(invoice)
        self.look()
        invoice.ref = "new"
        self.settle()
        invoice.button_draft()
        invoice.button_cancel()
        self.settle()
        [there] = self.in_xero("invoices")
        self.assertEqual(there["Status"], "AUTHORISED")
        self.assertEqual(invoice._xero_link().state, "synced")

    def test_a_bill_with_the_number_of_another_supplier(self):
        """N28: numbers of bills repeat; only the supplier's own is linked."""
        bill = self.old("in_invoice", ref="0042")
        self.in_xero_already(bill, Contact={"Name": "Somebody Else"})
        self.look()
        self.assertFalse(bill._xero_link())

    def test_voided_ones_are_not_found(self):
        """N28: what is voided there owes nothing."""
        invoice = self.old()
        there = self.in_xero_already(invoice)
        self.xero.void(there["InvoiceID"])
        self.look()
        self.assertFalse(invoice._xero_link())

    def test_paid_ones_are_left_alone(self):
        """N28: nothing of theirs comes later."""
        invoice = self.old()
        self.in_xero_already(invoice)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({}).action_create_payments()
        self.look()
        self.assertFalse(invoice._xero_link())

    def test_money_that_came_before_they_were_linked(self):
        """N28, S200, T3: what was paid after the start date is booked, what both books
        knew before is not."""
        invoice = self.old()
        there = self.in_xero_already(invoice)
        self.connection.payment_journal_id = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        self.xero.pay(there["InvoiceID"], amount=30, date="2025-12-20")
        self.xero.pay(there["InvoiceID"], amount=10, date="2026-07-12")
        self.fetch()
        self.look()
        self.settle()
        self.assertEqual(invoice.amount_residual, 110)
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))
