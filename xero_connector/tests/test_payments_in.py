"""Payments from Xero to Odoo: booked once, on the right document, or said."""

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError

from .test_payments import PaymentCase


class TestPaymentsIn(PaymentCase):
    """A bank that is read in Xero."""

    def setUp(self):
        super().setUp()
        self.bank.xero_money_owner = "xero"
        self.invoice_sent = self.invoice()
        self.settle()
        self.there = self.invoice_sent._xero_link().xero_id

    def pull(self):
        """Read every payment and apply it, as poll and import do."""
        self.commit()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            worker = env["xero.connection"].browse(self.connection.id)._as_worker()
            resource = env["xero.resource"]._get("payment")
            found = worker._apply_payments(worker._read_list(resource))
            outcomes = [each.outcome for each in found]
        self.env.invalidate_all()
        return outcomes

    def booked(self):
        return self.env["account.payment"].search(
            [("journal_id", "=", self.bank.id), ("state", "!=", "canceled")]
        )

    def test_switched_on_in_the_middle_of_a_reading(self):
        """S198, I9: earlier pages were read without looking at payments."""
        cursor = self.env["xero.cursor"]._of(self.connection, "payment")
        self.connection.import_payments = False
        cursor.write({"page": 7, "watermark": "2026-07-01 00:00:00"})
        self.connection.import_payments = True
        self.assertEqual((cursor.page, cursor.watermark), (0, False))

    def test_paid_there_is_paid_here(self):
        """S200, T46: booked on the journal's own account, the invoice is Paid."""
        self.xero.pay(self.there, date="2026-07-12", Reference="BACS 7")
        self.assertEqual(self.pull(), ["created"])
        self.assertEqual(self.invoice_sent.payment_state, "paid")
        payment = self.booked()
        self.assertEqual((payment.amount, str(payment.date)), (120, "2026-07-12"))
        self.assertEqual(payment.memo, "BACS 7")
        self.assertEqual(payment.state, "paid")

    def test_again_changes_nothing(self):
        """I7, S209: applied twice, and nothing goes back to Xero."""
        self.xero.pay(self.there, date="2026-07-12")
        self.pull()
        self.settle()
        self.xero.clear_calls()
        self.assertEqual(self.pull(), ["known"])
        self.settle()
        self.assertEqual(len(self.booked()), 1)
        self.assertEqual(self.writes("/"), [])
        self.assertEqual(len(self.in_xero("payments")), 1)

    def test_part_payments(self):
        """S147: partly paid, then paid."""
        self.xero.pay(self.there, amount=50, date="2026-07-12")
        self.pull()
        self.assertEqual(self.invoice_sent.payment_state, "partial")
        self.xero.pay(self.there, date="2026-07-13")
        self.assertEqual(sorted(self.pull()), ["created", "known"])
        self.assertEqual(self.invoice_sent.payment_state, "paid")

    def test_batch_there(self):
        """S199, N29: each payment of a batch goes to its own document."""
        other = self.invoice({"price_unit": 50})
        self.settle()
        self.xero.pay_batch([self.there, other._xero_link().xero_id], date="2026-07-12")
        self.assertEqual(self.pull(), ["created", "created"])
        self.assertEqual(other.payment_state, "paid")
        self.assertEqual(self.invoice_sent.payment_state, "paid")

    def test_entered_on_both_sides(self):
        """T44, S209: expected here, two days later there: linked, not doubled."""
        self.register(self.invoice_sent)
        self.settle()
        self.xero.pay(self.there, date="2026-07-12")
        self.assertEqual(self.pull(), ["linked"])
        self.settle()
        self.assertEqual(len(self.booked()), 1)
        self.assertEqual(len(self.in_xero("payments")), 1)

    def test_the_banks_date_wins_where_xero_owns_the_account(self):
        """T59: Odoo's expected payment takes Xero's day, and says so."""
        payment = self.register(self.invoice_sent)
        self.settle()
        self.xero.pay(self.there, date="2026-07-12")
        self.assertEqual(self.pull(), ["linked"])
        self.assertEqual(str(payment.date), "2026-07-12")
        self.assertEqual(str(payment.move_id.date), "2026-07-12")
        words = "Date changed from 07/10/2026 to 07/12/2026, the bank's date."
        for record in (payment, self.invoice_sent):
            self.assertTrue(record.message_ids.filtered(lambda m: words in m.body))
        self.settle()
        self.assertEqual(self.pull(), ["known"])
        self.assertFalse(self.env["xero.note"].search([]))

    def test_a_locked_period_keeps_its_date(self):
        """T59: what Odoo's lock date keeps is linked all the same, and said."""
        payment = self.register(self.invoice_sent)
        self.settle()
        self.xero.pay(self.there, date="2026-07-12")
        self.company.fiscalyear_lock_date = "2026-07-10"
        self.assertEqual(self.pull(), ["linked"])
        self.assertEqual(str(payment.date), "2026-07-10")
        words = "The bank's date is 07/12/2026; 07/10/2026 was kept."
        self.assertTrue(payment.message_ids.filtered(lambda m: words in m.body))

    def test_not_within_a_week(self):
        """S209: another day, another payment; the document takes no more."""
        self.register(self.invoice_sent, 60)
        self.settle()
        self.xero.pay(self.there, amount=60, date="2026-07-30")
        self.assertEqual(self.pull(), ["created"])
        self.assertEqual(len(self.booked()), 2)

    def test_not_ours(self):
        """S201: on an invoice made in Xero: said and left."""
        contact = self.in_xero("contacts")[0]["ContactID"]
        foreign = self.xero.create(
            "invoices",
            {
                "Type": "ACCREC",
                "Contact": {"ContactID": contact},
                "Status": "AUTHORISED",
                "Date": "2026-07-01",
                "DueDate": "2026-07-01",
                "LineItems": [
                    {
                        "Description": "x",
                        "Quantity": 1,
                        "UnitAmount": 10,
                        "AccountCode": "200",
                    }
                ],
            },
        )
        self.xero.pay(foreign["InvoiceID"])
        self.assertEqual(self.pull(), ["not_ours"])
        self.assertFalse(self.booked())

    def test_deleted_there_asks(self):
        """S205: nothing by itself; a note asks; undone here it is agreed on."""
        there = self.xero.pay(self.there, date="2026-07-12")
        self.pull()
        self.xero.remove_payment(there["PaymentID"])
        self.assertEqual(self.pull(), ["deleted"])
        self.assertEqual(self.invoice_sent.payment_state, "paid")
        self.note(cause="payment_deleted_there")
        part = self.env["xero.part"].search([])
        part.action_undo_here()
        self.settle()
        self.assertEqual(self.invoice_sent.payment_state, "not_paid")
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))
        self.assertEqual(self.pull(), ["known"])
        self.assertFalse(self.booked())

    def test_deleted_there_and_settled_by_two_people(self):
        """S205, I4: who answers second is told; no second payment, nothing undone."""
        self.bank.xero_money_owner = "odoo"
        self.register(self.invoice_sent, 50)
        self.settle()
        [there] = self.in_xero("payments")
        self.xero.remove_payment(there["PaymentID"])
        self.pull()
        part = self.env["xero.part"].search([])
        part.action_send_again()
        self.settle()
        self.assertEqual(len(self.payments()), 1)
        for late in (part.action_send_again, part.action_undo_here):
            with self.assertRaisesRegex(UserError, "not gone"):
                late()
        self.settle()
        self.assertEqual(len(self.payments()), 1)
        self.assertEqual(self.due(self.invoice_sent), 70)

    def test_our_own_removal_in_doubt_is_no_deletion_of_theirs(self):
        """S205, S206, I4: another day, its answer lost, read back meanwhile: the
        payment stays in Odoo and stands in Xero once, with its new day."""
        self.connection.payment_deleted = "undo"
        self.bank.xero_money_owner = "odoo"
        payment = self.register(self.invoice_sent)
        self.settle()
        payment.action_draft()
        payment.date = "2026-07-12"
        payment.action_post()
        self.xero.fault("answer_lost", path="/Payments", method="POST")
        self.work()
        self.assertEqual(self.payments(), [])
        self.assertEqual(self.pull(), ["busy"])
        self.settle()
        self.assertNotEqual(payment.state, "canceled")
        self.assertEqual([day for _a, day, _c in self.payments()], ["2026-07-12"])
        self.assertEqual(self.due(self.invoice_sent), 0)

    def test_one_of_several_deleted_there_leaves_the_others(self):
        """S205, N29: of one payment over two invoices only the one is taken off."""
        self.connection.payment_deleted = "undo"
        clearing = self.journal("Clearing", "855")
        documents = self.invoice_sent | self.invoice()
        self.settle()
        [payment] = self.register(documents, journal=clearing, group_payment=True)
        self.settle()
        self.assertEqual(len(self.payments()), 2)
        gone = next(
            each["PaymentID"]
            for each in self.in_xero("payments")
            if each["Invoice"]["InvoiceID"] == self.there
        )
        self.xero.remove_payment(gone)
        self.pull()
        self.settle()
        self.assertNotEqual(payment.state, "canceled")
        residuals = documents.mapped("amount_residual")
        self.assertEqual(residuals, [120, 0])
        self.assertEqual(len(self.payments()), 1)

    def test_deleted_there_is_undone(self):
        """S205: by the setting, undone in Odoo."""
        self.connection.payment_deleted = "undo"
        there = self.xero.pay(self.there, date="2026-07-12")
        self.pull()
        self.xero.remove_payment(there["PaymentID"])
        self.assertEqual(self.pull(), ["undone"])
        self.assertEqual(self.invoice_sent.payment_state, "not_paid")

    def test_sent_deleted_and_sent_again(self):
        """S205: one that Odoo sent goes again by the setting, once."""
        self.connection.payment_deleted = "send"
        self.bank.xero_money_owner = "odoo"
        self.register(self.invoice_sent)
        self.settle()
        [there] = self.in_xero("payments")
        self.xero.remove_payment(there["PaymentID"])
        self.assertEqual(self.pull(), ["deleted"])
        self.settle()
        self.assertEqual(len(self.payments()), 1)
        self.assertEqual(sorted(self.pull()), ["known", "known"])

    def test_deleted_here_stays_away(self):
        """S204: what was sent and undone in Odoo is never taken for new."""
        self.bank.xero_money_owner = "odoo"
        payment = self.register(self.invoice_sent)
        self.settle()
        payment.action_draft()
        payment.action_cancel()
        self.settle()
        self.bank.xero_money_owner = "xero"
        self.assertEqual(self.pull(), ["known"])
        self.assertFalse(self.booked())

    def test_more_than_odoo_is_owed(self):
        """S211: paid in Odoo at another bank meanwhile: said, nothing is booked."""
        self.register(self.invoice_sent, journal=self.journal("Till", "091"))
        self.xero.pay(self.there, amount=50, date="2026-07-12")
        self.assertEqual(self.pull(), ["refused"])
        self.assertFalse(self.booked())

    def test_reading_sends_nothing_once_more(self):
        """I7, S193: what Xero refused waits for a person, however often we read."""
        self.bank.xero_money_owner = "odoo"
        self.xero.pay(self.there, amount=50, date="2026-06-01")
        self.register(self.invoice_sent)
        self.settle()
        self.xero.pay(self.there, amount=20, date="2026-06-02")
        self.xero.clear_calls()
        self.pull()
        self.settle()
        self.assertEqual(self.writes("/"), [])

    def test_one_whose_answer_is_missing(self):
        """I4: what may be our own, still in doubt, is looked at again later."""
        self.bank.xero_money_owner = "odoo"
        self.register(self.invoice_sent)
        self.xero.fault("answer_lost", path="/Payments", method="PUT")
        self.work()
        self.assertEqual(self.pull(), ["busy"])
        self.settle()
        self.assertEqual(self.pull(), ["known"])

    def test_odoo_owns_the_account(self):
        """I14: a payment made in Xero on an account that Odoo owns is said."""
        self.bank.xero_money_owner = "odoo"
        self.xero.pay(self.there, date="2026-07-12")
        self.assertEqual(self.pull(), ["owned"])
        self.assertFalse(self.booked())

    def test_unknown_account(self):
        """S199: an account without a journal is said; with one for all others it is
        booked there."""
        self.xero.pay(self.there, account="091", date="2026-07-12")
        self.assertEqual(self.pull(), ["no_journal"])
        self.connection.payment_journal_id = self.journal("Paid in Xero", None, "xero")
        self.assertEqual(self.pull(), ["created"])
        self.assertEqual(self.invoice_sent.payment_state, "paid")

    def test_reconciled_there_shows(self):
        """T42: whether the bank has confirmed it is read back."""
        there = self.xero.pay(self.there, date="2026-07-12")
        self.pull()
        part = self.env["xero.part"].search([])
        self.assertFalse(part.reconciled)
        self.xero.reconcile(there["PaymentID"])
        self.pull()
        self.assertTrue(part.reconciled)

    def test_foreign_currency(self):
        """S200: the bank's money in the books is Xero's; Odoo books the difference."""
        usd = self.env.ref("base.USD")
        usd.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": usd.id,
                "name": "2026-07-03",
                "rate": 1.25,
                "company_id": self.company.id,
            }
        )
        invoice = self.invoice({"tax_ids": False}, currency_id=usd.id)
        self.settle()
        self.xero.pay(
            invoice._xero_link().xero_id, date="2026-07-12", CurrencyRate="1.2"
        )
        self.assertEqual(self.pull(), ["created"])
        self.assertEqual(invoice.payment_state, "paid")
        bank = self.booked().move_id.line_ids.filtered("debit")
        self.assertEqual((bank.balance, bank.amount_currency), (83.33, 100))

    def test_bill(self):
        """S202: payments of bills come too."""
        self.connection.send_bills = True
        self.map_tax(self.connection, self.purchase_tax, "INPUT2")
        bill = self.document("in_invoice")
        self.settle()
        self.xero.pay(bill._xero_link().xero_id, date="2026-07-12")
        self.assertEqual(self.pull(), ["created"])
        self.assertEqual(bill.payment_state, "paid")

    def test_refund_there(self):
        """T55: a credit note that was paid back in Xero."""
        refund = self.document("out_refund", {"price_unit": 20})
        self.settle()
        self.xero.pay(refund._xero_link().xero_id, date="2026-07-12")
        self.assertEqual(self.pull(), ["created"])
        self.assertEqual(refund.payment_state, "paid")

    # === CREDITS === #

    def pull_credits(self):
        self.commit()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            worker = env["xero.connection"].browse(self.connection.id)._as_worker()
            resource = env["xero.resource"]._get("credit_note")
            found = worker._apply_allocations(worker._read_list(resource))
            outcomes = [each.outcome for each in found]
        self.env.invalidate_all()
        return outcomes

    def test_credit_set_against_an_invoice_there(self):
        """N13, T58: a part of a credit note used in Xero is used in Odoo, once."""
        refund = self.document("out_refund", {"price_unit": 20})
        self.settle()
        self.xero.allocate(refund._xero_link().xero_id, self.there, amount=10)
        self.assertEqual(self.pull_credits(), ["created"])
        self.assertEqual(self.invoice_sent.amount_residual, 110)
        self.assertEqual(refund.amount_residual, 14)
        self.settle()
        self.assertEqual(self.pull_credits(), ["known"])
        self.assertEqual(len(self.in_xero("allocations")), 1)

    def test_credit_taken_off_there_asks(self):
        """S205, N13: an allocation that was deleted in Xero is said."""
        refund = self.document("out_refund", {"price_unit": 20})
        self.settle()
        made = self.xero.allocate(refund._xero_link().xero_id, self.there)
        self.pull_credits()
        self.assertEqual(self.invoice_sent.amount_residual, 96)
        self.xero.remove_allocation(made["AllocationID"])
        self.assertEqual(self.pull_credits(), ["deleted"])
        self.note(cause="payment_deleted_there")

    def test_money_on_account_used_there(self):
        """T58, S210: of an overpayment only what an invoice of ours got is booked."""
        contact = self.in_xero("contacts")[0]["ContactID"]
        money = self.xero.put_on_account(contact, 200, Date="2026-07-12")
        self.xero.allocate(money["OverpaymentID"], self.there)
        for outcome in ("created", "known"):
            self.assertEqual(self.pull_money(), [outcome])
        self.assertEqual(self.invoice_sent.payment_state, "paid")
        self.assertEqual(self.booked().amount, 120)
        self.assertEqual(str(self.booked().date), "2026-07-12")

    def pull_money(self):
        self.commit()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            worker = env["xero.connection"].browse(self.connection.id)._as_worker()
            answer = worker._call("get_overpayments", page=1)
            found = worker._apply_money_on_account(answer.elements("Overpayments"))
            outcomes = [each.outcome for each in found]
        self.env.invalidate_all()
        return outcomes

    # === IMPORT === #

    def wizard(self, **values):
        wizard = self.env["xero.payment.import"].with_user(self.accountant)
        found = wizard.create({"connection_id": self.connection.id} | values)
        found.action_look_up()
        return found

    def test_import_with_filters(self):
        """S199: days, number, reference and customer narrow what is shown."""
        other = self.invoice({"price_unit": 50}, ref="PO-77")
        self.settle()
        self.xero.pay(self.there, date="2026-07-12")
        self.xero.pay(other._xero_link().xero_id, date="2026-07-20")
        self.assertEqual(len(self.wizard().line_ids), 2)
        for values in (
            {"date_from": "2026-07-15"},
            {"number": other.name},
            {"reference": "po-77"},
        ):
            self.assertEqual(self.wizard(**values).line_ids.document_id, other)
        first = self.wizard(date_to="2026-07-15").line_ids
        self.assertEqual(first.document_id, self.invoice_sent)
        self.assertFalse(self.wizard(contact="Nobody").line_ids)
        self.assertEqual(len(self.wizard(contact="azure").line_ids), 2)

    def test_import_says_what_became_of_each(self):
        """S199, S200, S211: ticked ones are booked; each line has its result."""
        self.xero.pay(self.there, date="2026-07-12")
        wizard = self.wizard()
        wizard.action_import()
        self.assertEqual(wizard.line_ids.mapped("outcome"), ["created"])
        self.env.invalidate_all()
        self.assertEqual(self.invoice_sent.payment_state, "paid")
        self.assertFalse(self.wizard().line_ids)
