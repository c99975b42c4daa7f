"""Files that follow their documents to Xero (N14)."""

import base64

from .test_document_kinds import KindsCase


class TestAttachments(KindsCase):
    def file(self, document, name="bill.pdf", content=b"%PDF-1.4 paper"):
        return self.env["ir.attachment"].create(
            {
                "name": name,
                "datas": base64.b64encode(content),
                "mimetype": "application/pdf",
                "res_model": "account.move",
                "res_id": document.id,
            }
        )

    def files(self, document):
        """Names of the files that the document has in Xero."""
        link = document._xero_link()
        kind = "invoice" if link.resource in ("invoice", "bill") else "credit_note"
        answer = self.connection._call(f"get_{kind}_attachments", link.xero_id)
        return [each["FileName"] for each in answer.elements("Attachments")]

    def rows(self, document):
        return self.env["xero.attachment"].search(
            [("link_id", "=", document._xero_link().id)]
        )

    def test_the_suppliers_file_follows_the_bill(self):
        """N14: it is the voucher; the auditor asks for it in Xero."""
        bill = self.document("in_invoice")
        self.file(bill)
        self.settle()
        self.assertEqual(self.files(bill), ["bill.pdf"])
        self.assertEqual(self.rows(bill).state, "sent")

    def test_the_invoice_as_pdf_only_by_option(self):
        """S133, N14: one call each out of a thousand a day."""
        quiet = self.invoice()
        self.settle()
        self.assertFalse(self.rows(quiet))
        self.connection.attach_pdf = True
        invoice, credit = self.invoice(), self.document("out_refund")
        self.settle()
        self.assertEqual(self.files(invoice), [invoice.name.replace("/", "-") + ".pdf"])
        self.assertEqual(len(self.files(credit)), 1)

    def test_a_lost_answer_is_read_before_it_goes_again(self):
        """I4: the file is there once, and only looked up."""
        self.xero.fault("answer_lost", path="/Attachments", method="PUT")
        bill = self.document("in_invoice")
        self.file(bill)
        self.work()
        self.assertEqual(self.rows(bill).state, "uncertain")
        self.xero.clear_calls()
        self.settle()
        row = self.rows(bill)
        self.assertEqual((row.state, row.message), ("sent", False))
        self.assertEqual(self.files(bill), ["bill.pdf"])
        self.assertFalse([c for c in self.xero.calls() if c["method"] == "PUT"])

    def test_a_file_that_xero_refuses_is_said_on_the_document(self):
        """N7: nothing else waits for it."""
        bill = self.document("in_invoice")
        self.file(bill, content=b"x" * (10 * 1024 * 1024 + 1))
        self.settle()
        self.assertEqual(self.rows(bill).state, "refused")
        self.assertEqual(bill.xero_state, "synced")
        self.assertIn("10 MB", bill.message_ids[:1].body)

    def test_a_file_that_cannot_be_made_keeps_no_other_back(self):
        """I8, N7: its invoice was deleted meanwhile; the next file goes."""
        self.connection.attach_pdf = True
        gone, kept = self.invoice(), self.invoice()
        self.xero.fault("server_error", path="/Attachments", method="PUT")
        self.work()
        link = gone._xero_link()
        gone.button_draft()
        gone.with_context(force_delete=True).unlink()
        self.settle()
        rows = self.env["xero.attachment"].search([("link_id", "=", link.id)])
        self.assertEqual(rows.state, "refused")
        self.assertEqual(self.rows(kept).state, "sent")

    def test_files_wait_at_the_reserve(self):
        """I12, N8: the last calls of the day are kept for people."""
        bill = self.document("in_invoice")
        self.work()
        budget = self.connection.budget_ids
        budget.day_left = budget.reserve
        self.file(bill)
        bill.with_user(self.accountant).action_xero_attach()
        self.work()
        self.assertEqual(set(self.rows(bill).mapped("state")), {"waiting"})

    def test_a_person_attaches_later(self):
        """N14: what was attached after the bill went, by the menu of the document."""
        bill = self.document("in_invoice")
        self.work()
        self.file(bill, name="late: 2.pdf")
        bill.with_user(self.accountant).action_xero_attach()
        self.settle()
        self.assertEqual(self.files(bill), ["late- 2.pdf"])
