"""A bill that came to Xero by another way is not created there a second time."""

import uuid

from .test_inbound import InboundCase


class TestDoubleBills(InboundCase):
    def connect(self, **values):
        return super().connect(**{"send_bills": True} | values)

    def setUp(self):
        super().setUp()
        first = self.document("in_invoice", {"price_unit": 900})
        self.settle()
        self.assertEqual(first.xero_mark, "synced")

    def bill_there(self, number="0042", total=120, date="2026-07-04", **values):
        """Hubdoc, Dext or a person brings a bill of our supplier to Xero."""
        return self.xero.create(
            "invoices",
            {
                "Type": "ACCPAY",
                "Status": "AUTHORISED",
                "InvoiceNumber": number,
                "Contact": {"ContactID": self.customer.xero_id},
                "Date": date,
                "DueDate": "2026-08-02",
                "LineAmountTypes": "NoTax",
                "LineItems": [
                    {
                        "Description": "By another way",
                        "UnitAmount": total,
                        "AccountCode": "429",
                        "TaxType": "NONE",
                    }
                ],
            }
            | values,
        )

    def bill(self, **values):
        bill = self.document("in_invoice", **values)
        self.pass_time()
        self.settle()
        return bill

    def pass_time(self):
        """A while has passed since Xero's bills were read and suppliers created."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE xero_cursor SET read_at = read_at - interval '6 minutes';"
            " UPDATE xero_request SET sent_at = sent_at - interval '6 minutes'"
        )
        self.env.invalidate_all()

    def bills_there(self):
        return [each for each in self.in_xero("invoices") if each["Type"] == "ACCPAY"]

    def test_the_same_money_within_three_days_stops_it(self):
        """N30, T61, T71: nothing is sent; the sentence says which one it may be."""
        self.bill_there(number="HD-9")
        bill = self.bill()
        note = bill._xero_link().note_id
        self.assertEqual((bill.xero_state, note.cause), ("blocked", "bill_there"))
        self.assertIn("number HD-9. Is it this one?", note.message)
        self.assertEqual(len(self.bills_there()), 2)

    def test_the_same_number_typed_otherwise_stops_it(self):
        """T61: without punctuation and leading zeros, whatever date and amount."""
        self.bill_there(number="inv 0042", total=7, date="2026-02-01")
        bill = self.bill(ref="INV-42")
        self.assertEqual(bill._xero_link().note_id.cause, "bill_there")

    def test_other_money_another_day_or_void_does_not_stop_it(self):
        """T61: near misses go."""
        self.bill_there(number="A", total=121)
        self.bill_there(number="B", date="2026-07-07")
        self.xero.void(self.bill_there(number="C")["InvoiceID"])
        bill = self.bill()
        self.assertEqual(bill.xero_mark, "synced", bill._xero_link().why)

    def test_link_it(self):
        """T61: the one there becomes ours; no second one is created."""
        there = self.bill_there(number="HD-9")
        bill = self.bill()
        link = bill._xero_link().with_user(self.accountant)
        wizard = link.env["xero.link.existing"].create({"link_id": link.id})
        self.assertEqual(wizard.candidate_ids.mapped("xero_id"), [there["InvoiceID"]])
        wizard.candidate_ids.action_choose()
        self.settle()
        self.assertEqual(bill.xero_id, there["InvoiceID"])
        self.assertEqual(len(self.bills_there()), 2)

    def test_only_what_may_be_the_same_is_offered(self):
        """T61: no sales invoice of the same company, nothing void."""
        line = {"Description": "Sold", "UnitAmount": 120, "AccountCode": "200"}
        self.bill_there(number="HD-9", Type="ACCREC", LineItems=[line])
        self.xero.void(self.bill_there(number="HD-9", total=7)["InvoiceID"])
        there = self.bill_there(number="HD-9")
        link = self.bill()._xero_link().with_user(self.accountant)
        found = link._candidates(
            each for each in self.in_xero("invoices") if each["InvoiceNumber"] == "HD-9"
        )
        self.assertEqual([each["xero_id"] for each in found], [there["InvoiceID"]])

    def test_link_one_that_cannot_go_yet(self):
        """T61, N6: it is linked, and says what it lacks."""
        there = self.bill_there(number="HD-9")
        tax = self.purchase_tax.copy({"name": "Another"})
        bill = self.bill()
        bill.button_draft()
        bill.invoice_line_ids.tax_ids = tax
        bill.action_post()
        self.settle()
        link = bill._xero_link().with_user(self.accountant)
        wizard = link.env["xero.link.existing"].create({"link_id": link.id})
        wizard.words = "HD-9"
        wizard.action_look_up()
        wizard.candidate_ids.filtered(
            lambda each: each.xero_id == there["InvoiceID"]
        ).action_choose()
        self.settle()
        self.assertEqual(bill.xero_id, there["InvoiceID"])
        self.note(cause="tax_unmapped")

    def test_no_send(self):
        """T61: a person says that it is another one; it goes, and stays there."""
        self.bill_there(number="HD-9")
        bill = self.bill()
        link = bill._xero_link().with_user(self.accountant)
        wizard = link.env["xero.link.existing"].create({"link_id": link.id})
        self.assertTrue(wizard.can_deny)
        wizard.action_none()
        self.settle()
        self.assertEqual(bill.xero_mark, "synced")
        self.assertEqual(len(self.bills_there()), 3)

    def test_one_reading_for_all_bills_of_a_plan(self):
        """T61, N8: fresh within minutes, else one call before any is created."""
        calls = len(self.reads())
        self.document("in_invoice")
        self.bill(ref="X-1")
        self.assertEqual(len(self.reads()), calls + 1)
        self.document("in_invoice")
        self.settle()
        self.assertEqual(len(self.reads()), calls + 1)

    def test_suppliers_created_just_now_have_no_bills_to_read(self):
        """T61, N8: with only such suppliers nothing is read; one of before will do."""
        self.pass_time()
        new = self.supplier_sent_now()
        calls = len(self.reads())
        bill = self.document("in_invoice", partner_id=new.id)
        self.settle()
        self.assertEqual(bill.xero_mark, "synced")
        self.assertEqual(len(self.reads()), calls)
        self.document("in_invoice")
        self.settle()
        self.assertEqual(len(self.reads()), calls + 1)

    def test_a_supplier_merged_since_has_the_past_of_the_other(self):
        """T61: created just now, and yet there are bills of years."""
        new = self.supplier_sent_now()
        other = self.xero.create("contacts", {"Name": "Of Old"})["ContactID"]
        self.xero.merge_contacts(new.xero_id, other)
        self.fetch()
        self.assertEqual(new.xero_id, other)
        self.bill_there(number="HD-9", Contact={"ContactID": other})
        self.env["xero.cursor"].search([]).write({"read_at": "2026-01-01"})
        bill = self.document("in_invoice", partner_id=new.id)
        self.settle()
        self.assertEqual(bill._xero_link().note_id.cause, "bill_there")

    def supplier_sent_now(self):
        """One that was created in Xero with a first document, just now."""
        new = self.env["res.partner"].create({"name": "Just Now", "is_company": True})
        self.document("in_refund", partner_id=new.id)
        self.settle()
        self.assertTrue(new.xero_id)
        return new

    def test_the_reading_is_counted_before_anything_is_sent(self):
        """N8, T61: the preview says one call more where Xero's bills are old news."""
        self.pass_time()
        self.document("in_invoice")
        user = self.connection.with_user(self.accountant)
        context = user.action_preview()["context"]
        preview = user.env["xero.preview"].browse(context["xero_preview_id"])
        self.assertEqual(preview.get_summary()["calls"], 2)

    def test_nothing_is_created_while_xero_cannot_be_read(self):
        """T61, I9: a reading that fails says nothing about what is there."""
        self.xero.fault("server_error", method="GET", path="/Invoices", times=20)
        bill = self.bill()
        self.assertEqual(bill._xero_link().waiting_for, "look")
        self.assertEqual(len(self.bills_there()), 1)
        self.xero.clear_faults()
        self.settle()
        self.assertEqual(bill.xero_mark, "synced")

    def repeated_there(self, partner):
        """Xero makes an invoice of 120.00 for them every month; it was read."""
        there = self.xero.create(
            "invoices",
            {
                "Type": "ACCREC",
                "Status": "DRAFT",
                "Contact": {"ContactID": partner.xero_id},
                "Date": "2026-07-01",
                "LineAmountTypes": "NoTax",
                "LineItems": [
                    {
                        "Description": "Every month",
                        "UnitAmount": 120,
                        "AccountCode": "200",
                        "TaxType": "NONE",
                    }
                ],
            },
        )
        self.xero.come_from_repeating(there["InvoiceID"], str(uuid.uuid4()))
        self.fetch()

    def test_a_repeating_invoice_in_xero_is_warned_of(self):
        """T72: said with the document, which goes all the same."""
        first = self.sent_invoice()
        self.repeated_there(first.partner_id)
        invoice = self.sent_invoice()
        self.assertTrue(
            invoice.message_ids.filtered(lambda m: "repeating invoice" in m.body)
        )
        self.assertFalse(
            first.message_ids.filtered(lambda m: "repeating invoice" in m.body)
        )

    def test_a_repeating_invoice_is_warned_of_before_anything_goes(self):
        """T72: in what would happen; another amount is another matter."""
        self.repeated_there(self.customer)
        same, other = self.invoice(), self.invoice({"price_unit": 7})
        user = self.connection.with_user(self.accountant)
        context = user.action_preview()["context"]
        rows = user.env["xero.preview"].browse(context["xero_preview_id"]).line_ids
        words = {row.res_id: row.words or "" for row in rows if row.is_document}
        self.assertIn("from a repeating invoice", words[same.id])
        self.assertNotIn("repeating", words[other.id])
