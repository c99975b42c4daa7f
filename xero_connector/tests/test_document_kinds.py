"""Invoices, credit notes, bills and supplier credits as Xero gets them."""

from decimal import Decimal

from odoo import Command

from .test_invoice_content import InvoiceCase


class KindsCase(InvoiceCase):
    def setUp(self):
        super().setUp()
        self.connection = self.connect(send_bills=True)


class TestKinds(KindsCase):
    def test_a_credit_note_names_its_invoice(self):
        """G1, S126, S154: type, own number, the original invoice as reference; no
        discount rate, which Xero does not know on credit notes."""
        invoice = self.invoice({"price_unit": 80, "discount": 10}, ref="PO 1")
        credit = invoice._reverse_moves([{"invoice_date": "2026-07-05"}])
        credit.action_post()
        sent = self.sent(credit)
        self.assertEqual(sent["Type"], "ACCRECCREDIT")
        self.assertEqual(sent["CreditNoteNumber"], credit.name)
        self.assertEqual(sent["Reference"], invoice.name)
        self.assertEqual(sent["Status"], "PAID")
        [line] = sent["LineItems"]
        self.assertNotIn("DiscountRate", line)
        self.assertEqual(Decimal(str(line["UnitAmount"])), 72)
        self.assert_equal_ledgers(invoice, credit)

    def test_a_bill_carries_its_suppliers_number(self):
        """S113, T62: the supplier's number is what keeps it from being paid twice."""
        bill = self.document("in_invoice", {"price_unit": 50}, ref="SUP-0042")
        sent = self.sent(bill)
        self.assertEqual(sent["Type"], "ACCPAY")
        self.assertEqual(sent["InvoiceNumber"], "SUP-0042")
        self.assertEqual(sent["LineItems"][0]["TaxType"], "INPUT2")
        self.assertEqual(sent["LineItems"][0]["AccountCode"], "429")
        self.assert_equal_ledgers(bill)

    def test_a_bill_without_reference_carries_ours_and_says_so(self):
        """Rent has no number: Odoo's goes, with a remark in the history."""
        bill = self.document("in_invoice", ref=False)
        self.assertEqual(self.sent(bill)["InvoiceNumber"], bill.name)
        self.assertIn("supplier's reference", bill.message_ids[:1].body)

    def test_a_discount_on_a_bill_is_a_net_price(self):
        """S125, S126: Xero knows discounts on sales invoices only."""
        bill = self.document(
            "in_invoice", {"price_unit": 10.01, "quantity": 3, "discount": 12.5}
        )
        [line] = self.sent(bill)["LineItems"]
        self.assertNotIn("DiscountRate", line)
        self.assert_equal_ledgers(bill)

    def test_a_supplier_credit(self):
        """S20: supplier credits follow the bills' switch."""
        credit = self.document("in_refund", {"price_unit": 12})
        sent = self.sent(credit)
        self.assertEqual(sent["Type"], "ACCPAYCREDIT")
        self.assert_equal_ledgers(credit)

    def test_two_suppliers_may_use_one_number(self):
        """T63: the number is unique for nobody but its supplier."""
        other = self.env["res.partner"].create({"name": "Other Supplier"})
        first = self.document("in_invoice", ref="1")
        second = self.document("in_invoice", ref="1", partner_id=other.id)
        self.assert_equal_ledgers(first, second)

    def test_bills_stay_out_unless_switched_on(self):
        """S20: bills reach Xero by other roads too; doubled bills get paid."""
        self.connection.send_bills = False
        bill, credit = self.document("in_invoice"), self.document("in_refund")
        self.work()
        self.assertFalse(bill.xero_state or credit.xero_state)

    def test_receipts_stay_out(self):
        """T70: an employee's expense does not make a supplier of them."""
        receipt = self.document("in_receipt", ref=False)
        self.work()
        self.assertFalse(receipt.xero_state)

    def test_kinds_go_in_requests_of_their_own(self):
        """I11: one call for each kind of document, however many there are."""
        documents = [
            self.document(kind)
            for kind in ("out_invoice", "in_invoice", "out_refund", "in_refund")
            for _each in range(2)
        ]
        self.work()
        self.assertEqual({each.xero_state for each in documents}, {"synced"})
        paths = [
            (call["method"], call["path"].rpartition("/")[2])
            for call in self.xero.calls()
            if call["method"] in ("PUT", "POST") and "api.xro" in call["path"]
        ]
        self.assertEqual(paths.count(("PUT", "Invoices")), 2)
        self.assertEqual(paths.count(("PUT", "CreditNotes")), 2)
        self.assertEqual(len(paths), 5)


class TestDates(KindsCase):
    def lock(self, date):
        self.xero.set_lock_date(date)
        self.connection.with_user(self.accountant).action_refresh_reference_data()

    def test_a_bill_goes_with_the_bill_date(self):
        """T6, T7: not the booking date; another month is said."""
        bill = self.document("in_invoice", invoice_date="2026-06-28", date="2026-07-01")
        self.assertEqual(self.sent(bill)["DateString"][:10], "2026-06-28")
        self.assertIn("another month", bill.message_ids[:1].body)

    def test_a_bill_of_a_closed_period_asks_for_the_date(self):
        """T6, I16: nothing goes before a person chose the booking date."""
        self.lock("2026-06-30")
        bill = self.document("in_invoice", invoice_date="2026-06-28", date="2026-07-01")
        note = self.stopped(bill, "bill_date_closed")
        wizard = self.env["xero.booking.date"].with_user(self.accountant)
        wizard.create({"note_id": note.id}).action_send()
        self.assertEqual(self.sent(bill)["DateString"][:10], "2026-07-01")

    def test_a_bill_that_is_there_is_left_when_its_period_closes(self):
        """T6, I16: nothing changed, so nobody is asked."""
        bill = self.document("in_invoice", invoice_date="2026-06-28", date="2026-07-01")
        self.settle()
        self.lock("2026-06-30")
        bill._xero_touch()
        self.settle()
        self.assertEqual(bill.xero_state, "synced")
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))

    def test_a_locked_document_waits(self):
        """T8, S160, I16: its booking date is no way out, since it is locked too."""
        self.lock("2026-07-31")
        for kind in ("out_invoice", "in_invoice", "out_refund"):
            self.stopped(self.document(kind), "locked_period")


class TestDoubles(KindsCase):
    def test_the_second_bill_with_a_number_stops(self):
        """T63: only the first goes, whichever was posted later."""
        first = self.document("in_invoice", ref="0042")
        second = self.document("in_invoice", ref="0042")
        note = self.stopped(second, "bill_twice")
        self.assertIn(first.name, note.advice)
        self.assertEqual(first.xero_state, "synced")

    def test_a_corrected_number_frees_the_second(self):
        """T63: the note closes by itself."""
        self.document("in_invoice", ref="0042")
        second = self.document("in_invoice", ref="0042")
        self.stopped(second, "bill_twice")
        second.ref = "0043"
        self.sent(second)
        self.assertEqual(second.xero_state, "synced")

    def test_a_credit_note_with_an_invoices_number(self):
        """T73, S128: stopped before Xero refuses it."""
        invoice = self.invoice()
        self.work()
        journal = invoice.journal_id.copy({"code": "CREDIT"})
        credit = self.document("out_refund", post=False, journal_id=journal.id)
        credit.name = invoice.name
        credit.action_post()
        note = self.stopped(credit, "number_of_invoice")
        self.assertEqual(note.category, "credit_note")


class TestMoney(KindsCase):
    def test_cash_rounding_as_a_line(self):
        """T35: "add a line" is a line without tax."""
        rounding = self.env["account.cash.rounding"].create(
            {
                "name": "5p",
                "rounding": 0.05,
                "strategy": "add_invoice_line",
                "profit_account_id": self.income.id,
                "loss_account_id": self.income.id,
            }
        )
        invoice = self.invoice(
            {"price_unit": 10.01}, invoice_cash_rounding_id=rounding.id
        )
        self.assert_equal_ledgers(invoice)

    def test_cash_rounding_of_the_tax(self):
        """T35: "modify tax" changes the tax of a line by a cent."""
        rounding = self.env["account.cash.rounding"].create(
            {"name": "5p", "rounding": 0.05, "strategy": "biggest_tax"}
        )
        invoice = self.invoice(
            {"price_unit": 10.01}, invoice_cash_rounding_id=rounding.id
        )
        self.assert_equal_ledgers(invoice)

    def test_a_discount_for_early_payment_that_reduces_the_tax(self):
        """T36: the tax of the line is lower; the entries for it are not sent."""
        term = self.env["account.payment.term"].create(
            {
                "name": "2 % in 7 days",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 7,
                "early_pay_discount_computation": "mixed",
                "line_ids": [Command.create({"value": "percent", "value_amount": 100})],
            }
        )
        invoice = self.invoice(invoice_payment_term_id=term.id)
        self.assertEqual(invoice.amount_tax, 19.6)
        [line] = self.sent(invoice)["LineItems"]
        self.assertEqual(Decimal(str(line["TaxAmount"])), Decimal("19.6"))
        self.assert_equal_ledgers(invoice)

    def test_the_tax_that_a_person_typed(self):
        """T16: a bill's tax corrected by a cent to match the paper is kept."""
        bill = self.document("in_invoice", {"price_unit": 100.01}, post=False)
        tax_line = bill.line_ids.filtered("tax_repartition_line_id")
        bill.write(
            {
                "line_ids": [
                    Command.update(tax_line.id, {"amount_currency": 20.01}),
                ]
            }
        )
        bill.action_post()
        self.assertEqual(bill.amount_tax, 20.01)
        self.assert_equal_ledgers(bill)

    def test_a_third_decimal_stops(self):
        """T39: Xero keeps two; nothing is rounded behind anybody's back."""
        dinar = self.env.ref("base.KWD")
        dinar.write({"active": True, "rounding": 0.001})
        invoice = self.invoice(
            {"price_unit": 12.345, "tax_ids": False}, currency_id=dinar.id
        )
        note = self.stopped(invoice, "third_decimal")
        self.assertIn("12.345", note.message)

    def test_a_deposit_and_its_final_invoice(self):
        """T51, T52: two ordinary invoices, also when the final total is zero."""
        deposit = self.invoice({"name": "Deposit"})
        final = self.invoice({"name": "Work"}, {"name": "Deposit", "price_unit": -100})
        self.assert_equal_ledgers(deposit, final)
