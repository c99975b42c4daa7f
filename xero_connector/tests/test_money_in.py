"""Money in Xero comes by itself: by the list, by what a document tells, once."""

import re
from ast import literal_eval
from unittest.mock import patch

from ..models import xero_poll
from .test_payments import PaymentCase

#: What may never change without news.
_TABLES = (
    "xero_link",
    "xero_mirror",
    "xero_part",
    "xero_event",
    "xero_change",
    "xero_note",
    "xero_request",
    "account_payment",
)


class MoneyInCase(PaymentCase):
    """A bank that is read in Xero, and an invoice that Xero has."""

    def setUp(self):
        super().setUp()
        self.bank.xero_money_owner = "xero"
        self.sent_one = self.invoice()
        self.settle()
        self.there = self.sent_one._xero_link().xero_id

    def booked(self):
        return self.env["account.payment"].search(
            [("journal_id", "=", self.bank.id), ("state", "!=", "canceled")]
        )

    def told(self, *xero_ids, category="INVOICE"):
        """Xero tells that these changed, and it is read."""
        events = [
            {
                "resourceId": xero_id,
                "tenantId": self.connection.tenant_id,
                "eventCategory": category,
                "eventType": "UPDATE",
                "eventDateUtc": "2026-11-22T10:00:00.000",
            }
            for xero_id in xero_ids
        ]
        self.env["xero.event"]._keep(self.connection, events)
        self.work()

    def lists(self):
        """What was read since the calls were forgotten."""
        return [
            call["path"].rsplit("/", 1)[-1]
            for call in self.xero.calls(kind="api")
            if call["method"] == "GET"
        ]

    def rows(self):
        self.env.flush_all()
        found = {}
        for table in _TABLES:
            self.env.cr.execute(f"SELECT * FROM {table} ORDER BY id")
            found[table] = self.env.cr.fetchall()
        return found

    def cursor_of(self, resource):
        return self.env["xero.cursor"].search([("resource", "=", resource)])

    def refund(self, price=20):
        note = self.document("out_refund", {"price_unit": price})
        self.settle()
        return note

    def foreign(self, **values):
        """An invoice that somebody made in Xero."""
        return self.xero.create(
            "invoices",
            {
                "Type": "ACCREC",
                "Status": "AUTHORISED",
                "Contact": {"ContactID": self.customer.xero_id},
                "Date": "2026-07-03",
                "DueDate": "2026-08-02",
                "LineItems": [
                    {
                        "Description": "x",
                        "Quantity": 1,
                        "UnitAmount": 100,
                        "AccountCode": "200",
                        "TaxType": "OUTPUT2",
                    }
                ],
            }
            | values,
        )


class TestByTheList(MoneyInCase):
    def test_paid_in_xero_is_paid_in_odoo(self):
        """S200, S203, T46, N9: by the list of payments, without anybody asking; its
        reference stays its memo."""
        self.xero.pay(self.there, date="2026-07-12", Reference="BACS 7")
        self.fetch()
        self.assertEqual(self.sent_one.payment_state, "paid")
        self.assertEqual(self.booked().memo, "BACS 7")
        self.settle()
        self.assertEqual(len(self.in_xero("payments")), 1)

    def test_nothing_new_costs_a_call_a_list_and_writes_no_row(self):
        """I7, N9: payments of both sides, a credit set against an invoice and money on
        account come back and change nothing."""
        other, refund = self.invoice(), self.refund()
        self.xero.pay(self.there, amount=50, date="2026-07-12")
        self.xero.allocate(refund._xero_link().xero_id, self.there, amount=10)
        money = self.xero.put_on_account(self.customer.xero_id, 30, Date="2026-07-12")
        self.xero.allocate(money["OverpaymentID"], self.there)
        self.register(other, journal=self.journal("Till", "091"))
        self.settle()
        self.fetch()
        self.settle()
        self.fetch()
        self.settle()
        self.assertEqual(self.sent_one.amount_residual, 30)
        before = self.rows()
        self.xero.clear_calls()

        self.fetch()
        self.work()

        self.assertEqual(self.rows(), before)
        wanted = ["Contacts", "Invoices", "CreditNotes", "Payments"]
        self.assertEqual(self.lists(), wanted)

    def test_a_page_costs_the_same_whatever_is_known_on_it(self):
        """I11, N20: queries do not grow with payments that are known or not ours."""

        def queries():
            self.connection.env["xero.cursor"].search([]).write({"watermark": False})
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.fetch()
            return self.env.cr.sql_log_count - before

        def pay(count):
            ours = self.env["account.move"].union(
                *(self.invoice() for _each in range(count))
            )
            self.settle()
            for invoice in ours:
                self.xero.pay(invoice._xero_link().xero_id, date="2026-07-12")
                self.xero.pay(self.foreign()["InvoiceID"], date="2026-07-12")
                refund, open_one = self.refund(), self.invoice()
                self.settle()
                self.xero.allocate(
                    refund._xero_link().xero_id, open_one._xero_link().xero_id
                )
            self.fetch()
            self.settle()
            self.fetch()

        pay(2)
        few = queries()
        pay(4)
        self.assertEqual(queries(), few)

    def test_a_reading_that_breaks_off_goes_on_where_it_was(self):
        """N9, I9: page by page, each kept; none is booked twice, none is missed."""
        invoices = self.env["account.move"].union(
            *(self.invoice() for _each in range(7))
        )
        self.settle()
        for invoice in invoices:
            self.xero.pay(invoice._xero_link().xero_id, date="2026-07-12")
        with patch.object(xero_poll, "PAGE", 3):
            self.xero.fault("server_error", method="GET", path="/Payments", after=1)
            self.fetch()
            self.assertEqual(invoices.mapped("payment_state").count("paid"), 3)
            self.assertEqual(self.cursor_of("payment").page, 2)
            self.fetch()
        self.assertEqual(set(invoices.mapped("payment_state")), {"paid"})
        self.assertEqual(len(self.booked()), 7)

    def test_payments_are_not_brought_where_nobody_wants_them(self):
        """S147, T42, S205: nothing is booked; what Odoo sent is followed all the same.

        Once they are wanted, those that passed come."""
        self.connection.import_payments = False
        till = self.journal("Till", "091")
        sent = self.invoice()
        self.register(sent, journal=till)
        self.settle()
        [there] = self.in_xero("payments")
        self.xero.pay(self.there, date="2026-07-12")
        self.xero.reconcile(there["PaymentID"])
        self.fetch()
        self.assertEqual(self.sent_one.payment_state, "not_paid")
        part = self.env["xero.part"].search([("document_id", "=", sent.id)])
        self.assertTrue(part.reconciled)

        self.xero.remove_payment(there["PaymentID"])
        self.fetch()
        self.note(cause="payment_deleted_there")

        self.connection.import_payments = True
        self.fetch()
        self.assertEqual(self.sent_one.payment_state, "paid")

    def test_one_that_may_be_our_own_is_read_again(self):
        """I4, S209: while our answer is missing nothing is booked; then it is ours."""
        self.bank.xero_money_owner = "odoo"
        self.register(self.sent_one)
        self.xero.fault("answer_lost", path="/Payments", method="PUT")
        self.work()
        [there] = self.in_xero("payments")
        self.fetch()
        self.assertEqual(self.cursor_of("payment").again, [there["PaymentID"]])
        self.settle()
        self.assertFalse(self.cursor_of("payment").again)
        self.assertEqual(len(self.booked()), 1)
        self.assertEqual(len(self.in_xero("payments")), 1)

    def test_a_payment_that_passed_before_its_invoice_was_linked(self):
        """S201, S200: not ours when it was read; found when a person links it."""
        invoice = self.invoice(post=False)
        invoice.name = "INV/2026/07777"
        there = self.foreign(InvoiceNumber="INV/2026/07777")
        self.xero.pay(there["InvoiceID"], date="2026-07-12")
        self.fetch()
        self.assertFalse(self.booked())
        invoice.action_post()
        self.settle()
        link = invoice._xero_link().with_user(self.accountant).sudo()
        link._link_by_hand(there, "The same one")
        self.settle()
        self.assertEqual(invoice.payment_state, "paid")

    def test_a_payment_that_passed_while_our_invoice_was_in_doubt(self):
        """S200, I4: paid in Xero before we knew that the invoice had arrived."""
        invoice = self.invoice()
        self.xero.fault("answer_lost", path="/Invoices", method="PUT")
        self.work()
        [there] = [
            each
            for each in self.in_xero("invoices")
            if each["InvoiceNumber"] == invoice.name
        ]
        self.xero.pay(there["InvoiceID"], date="2026-07-12")
        self.fetch()
        self.assertEqual(invoice.payment_state, "not_paid")
        self.settle()
        self.assertEqual(invoice.payment_state, "paid")


class TestByTheDocument(MoneyInCase):
    def test_an_event_of_the_invoice_brings_its_payments(self):
        """N9, S147: one call for the invoices, one for all payments on them."""
        other = self.invoice()
        self.settle()
        self.xero.pay(self.there, amount=50, date="2026-07-12")
        self.xero.pay(self.there, date="2026-07-13")
        self.xero.pay(other._xero_link().xero_id, date="2026-07-12")
        self.xero.clear_calls()
        self.told(self.there, other._xero_link().xero_id)
        self.assertEqual(self.sent_one.payment_state, "paid")
        self.assertEqual(other.payment_state, "paid")
        self.assertEqual(len(self.booked()), 3)
        self.assertEqual(self.lists(), ["Invoices", "Payments"])

    def test_a_refund_comes_with_its_credit_note(self):
        """T55, N9: the same for credit notes."""
        refund = self.refund()
        xero_id = refund._xero_link().xero_id
        self.xero.pay(xero_id, date="2026-07-12")
        self.told(xero_id, category="CREDITNOTE")
        self.assertEqual(refund.payment_state, "paid")

    def test_deleted_there_is_seen_by_the_event(self):
        """S205, I9: the invoice lacks it, which alone proves nothing; it is read."""
        self.connection.payment_deleted = "undo"
        there = self.xero.pay(self.there, date="2026-07-12")
        self.told(self.there)
        self.xero.remove_payment(there["PaymentID"])
        self.xero.fault("server_error", method="GET", path="/Payments")
        self.told(self.there)
        self.assertEqual(self.sent_one.payment_state, "paid")
        self.assertEqual(self.cursor_of("payment").again, [there["PaymentID"]])
        self.work()
        self.assertEqual(self.sent_one.payment_state, "not_paid")

    def test_many_are_read_by_the_list(self):
        """N8: a thousand in a call are cheaper than forty."""
        invoices = [self.sent_one, self.invoice(), self.invoice()]
        self.settle()
        self.fetch()
        for invoice in invoices:
            self.xero.pay(invoice._xero_link().xero_id, date="2026-07-12")
        self.xero.clear_calls()
        with patch("odoo.addons.xero_connector.models.xero_event._MANY", 2):
            self.told(*(invoice._xero_link().xero_id for invoice in invoices))
        [call] = [c for c in self.xero.calls(kind="api") if "Payments" in c["path"]]
        self.assertNotIn("where", call["query"])
        self.assertEqual({each.payment_state for each in invoices}, {"paid"})


class TestCredits(MoneyInCase):
    def setUp(self):
        super().setUp()
        self.credit = self.refund()
        self.credit_there = self.credit._xero_link().xero_id

    def test_a_credit_set_against_an_invoice_comes_with_either(self):
        """N13, T58: by the list, by the credit note's event, by the invoice's."""
        ways = (
            self.fetch,
            lambda: self.told(self.credit_there, category="CREDITNOTE"),
            lambda: self.told(self.there),
        )
        for count, way in enumerate(ways, 1):
            self.xero.allocate(self.credit_there, self.there, amount=5)
            way()
            self.assertEqual(self.sent_one.amount_residual, 120 - 5 * count)
            self.assertEqual(self.credit.amount_residual, 24 - 5 * count)
            self.settle()
            self.fetch()
        self.assertEqual(len(self.in_xero("allocations")), 3)
        self.assertFalse(self.env["xero.note"].search([]))

    def test_one_of_ours_that_is_on_its_way_is_not_doubled(self):
        """I4, N13: its answer is missing; it is looked at again and is ours."""
        lines = (self.sent_one | self.credit).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        lines.reconcile()
        self.xero.fault("answer_lost", path="/Allocations", method="PUT")
        self.work()
        self.assertEqual(len(self.in_xero("allocations")), 1)
        self.fetch()
        link = self.env["xero.link"].search([("resource", "=", "allocation")])
        self.assertTrue(link.request_id)
        self.assertFalse(link.xero_id)
        self.assertEqual(self.cursor_of("credit_note").again, [self.credit_there])
        self.settle()
        self.assertEqual(self.sent_one.amount_residual, 96)
        self.assertEqual(len(self.in_xero("allocations")), 1)

    def test_one_of_ours_is_the_same_seen_from_either_document(self):
        """I7: each of the two has a reference of its own, the allocation has none."""
        self.sent_one.ref, self.credit.ref = "PO 1", "PO 2"
        lines = (self.sent_one | self.credit).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        lines.reconcile()
        self.settle()
        parts = self.env["xero.part"].sudo()
        for document in (self.sent_one, self.credit, self.sent_one | self.credit):
            self.assertFalse(parts._refresh(self.connection, document))

    def test_taken_off_there_lets_go_of_that_invoice_only(self):
        """S205, N13: the rest of the credit note stays where it is."""
        other = self.invoice()
        self.settle()
        self.connection.payment_deleted = "undo"
        made = self.xero.allocate(self.credit_there, self.there, amount=10)
        self.xero.allocate(self.credit_there, other._xero_link().xero_id, amount=14)
        self.fetch()
        self.assertEqual(self.credit.payment_state, "paid")
        self.xero.remove_allocation(made["AllocationID"])
        self.fetch()
        self.assertEqual(self.sent_one.amount_residual, 120)
        self.assertEqual(
            (other.amount_residual, self.credit.amount_residual), (106, 10)
        )

    def test_instalments_take_a_credit_in_their_order(self):
        """N13, T58: a part of a credit that is more than the first instalment."""
        self.sent_one.button_draft()
        self.sent_one.invoice_payment_term_id = self.env["account.payment.term"].create(
            {
                "name": "10/90",
                "line_ids": [
                    (0, 0, {"value": "percent", "value_amount": part, "nb_days": days})
                    for part, days in ((10, 0), (90, 30))
                ],
            }
        )
        self.sent_one.action_post()
        self.settle()
        self.xero.allocate(self.credit_there, self.there, amount=20)
        self.fetch()
        self.assertEqual(self.sent_one.amount_residual, 100)
        self.assertEqual(self.credit.amount_residual, 4)

    def test_a_part_of_a_credit_makes_its_tax_due(self):
        """N13, T58: tax that is due once it is paid moves for the part that is set."""
        transition = self.income.copy({"code": "299999", "reconcile": True})
        self.company.tax_exigibility = True
        self.tax.write(
            {
                "tax_exigibility": "on_payment",
                "cash_basis_transition_account_id": transition.id,
            }
        )
        for document in (self.sent_one, self.credit):
            document.button_draft()
            lines = document.invoice_line_ids
            lines.tax_ids = False
            lines.tax_ids = self.tax
            document.action_post()
        self.settle()
        self.xero.allocate(self.credit_there, self.there, amount=12)
        self.fetch()
        self.assertEqual(self.sent_one.amount_residual, 108)
        origins = ("tax_cash_basis_origin_move_id", "in", self.sent_one.ids)
        [moved] = self.env["account.move"].search([origins])
        due = moved.line_ids.filtered("tax_repartition_line_id")
        self.assertEqual(abs(sum(due.mapped("balance"))), 2)

    def test_one_that_odoo_has_no_room_for(self):
        """N13, S211: said; done when there is room; nothing to say when it is gone."""
        till = self.journal("Till", "091", "none")
        payment = self.register(self.sent_one, journal=till)
        made = self.xero.allocate(self.credit_there, self.there)
        for _time in range(2):
            self.fetch()
            self.settle()
        note = self.note(cause="credit_waits")
        self.assertIn(self.credit.name, note.message)
        payment.action_draft()
        payment.action_cancel()
        self.settle()
        self.assertEqual(self.sent_one.amount_residual, 96)
        self.assertEqual(note.state, "done")
        self.assertEqual(len(self.in_xero("allocations")), 1)
        self.connection.payment_deleted = "undo"
        self.xero.remove_allocation(made["AllocationID"])
        self.fetch()
        self.assertEqual(self.sent_one.amount_residual, 120)

    def test_a_draft_takes_its_credit_when_it_is_posted(self):
        """N13, S211: nothing is lost while one of the two is a draft, and taken off
        meanwhile there is nothing to do."""
        self.sent_one.button_draft()
        made = self.xero.allocate(self.credit_there, self.there, amount=5)
        self.xero.allocate(self.credit_there, self.there, amount=7)
        self.fetch()
        self.settle()
        self.xero.remove_allocation(made["AllocationID"])
        self.fetch()
        self.sent_one.action_post()
        self.settle()
        self.assertEqual(self.sent_one.amount_residual, 113)
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))

    def test_credits_stay_where_nobody_wants_them(self):
        """N13: with payments from Xero off, nothing is set against anything."""
        self.connection.import_payments = False
        self.xero.allocate(self.credit_there, self.there, amount=5)
        self.fetch()
        self.assertEqual(self.sent_one.amount_residual, 120)


class TestMoneyOnAccount(MoneyInCase):
    def put(self, amount, kind="RECEIVE-OVERPAYMENT"):
        values = {"Date": "2026-07-12"}
        if "PREPAYMENT" in kind:
            line = {"Description": "Deposit", "Quantity": 1, "UnitAmount": amount}
            values["LineItems"] = [line | {"AccountCode": "620", "TaxType": "NONE"}]
        found = self.xero.put_on_account(self.customer.xero_id, amount, kind, **values)
        return found.get("OverpaymentID") or found["PrepaymentID"]

    def test_what_an_invoice_got_of_it_is_booked_once(self):
        """T58, S210, N13: read only because the invoice says so."""
        for kind in ("RECEIVE-OVERPAYMENT", "RECEIVE-PREPAYMENT"):
            money = self.put(200, kind)
            self.xero.clear_calls()
            self.xero.allocate(money, self.there, amount=50)
            self.told(self.there)
            name = kind.split("-")[1].title() + "s"
            self.assertEqual(self.lists(), ["Invoices", name])
        self.assertEqual(self.booked().mapped("amount"), [50, 50])
        self.assertEqual({str(each.date) for each in self.booked()}, {"2026-07-12"})
        self.settle()
        self.fetch()
        self.xero.clear_calls()
        self.told(self.there)
        self.assertEqual(self.lists(), ["Invoices"])
        self.assertEqual(len(self.booked()), 2)

    def test_taken_off_the_invoice_there(self):
        """T58, S205: what it gave is undone by the setting; a failed read undoes
        nothing."""
        self.connection.payment_deleted = "undo"
        made = self.xero.allocate(self.put(50), self.there)
        self.fetch()
        self.work()
        self.assertEqual(self.sent_one.amount_residual, 70)
        self.xero.remove_allocation(made["AllocationID"])
        self.xero.fault("server_error", method="GET", path="/Overpayments")
        self.fetch()
        self.work()
        self.assertEqual(self.sent_one.amount_residual, 70)
        self.work()
        self.assertEqual(self.sent_one.amount_residual, 120)


class TestWaiting(MoneyInCase):
    """What cannot be booked is kept with its document, and booked once it can be."""

    def part(self):
        [part] = self.env["xero.part"].search([("waits", "!=", False)])
        return part

    def decide(self, choice):
        note = self.env["xero.note"].search([("cause", "!=", False)])
        opened = note.with_user(self.accountant).action_mend()
        part = self.env["xero.part"].with_user(self.accountant)
        getattr(part.browse(opened["res_id"]), choice)()
        self.settle()

    def test_an_account_without_a_journal(self):
        """S199, S211: said once for all payments on it; booked when it is chosen."""
        other = self.invoice()
        self.settle()
        self.xero.pay(self.there, account="091", date="2026-07-12")
        self.xero.pay(other._xero_link().xero_id, account="091", date="2026-07-12")
        for _time in range(2):
            self.fetch()
            self.settle()
        model = self.env["xero.payment.import"].with_user(self.accountant)
        wizard = model.create({"connection_id": self.connection.id})
        wizard.action_look_up()
        self.assertEqual(len(wizard.line_ids), 2)
        note = self.note(cause="payment_no_journal")
        self.assertEqual(len(note.link_ids), 2)
        till = self.journal("Till", None, "xero")
        row = self.env["xero.mapping"]._ensure(self.connection, "journal", till)
        row.xero_account_id = self.xero_account(self.connection, "091")
        self.settle()
        self.assertEqual(self.sent_one.payment_state, "paid")
        self.assertEqual(other.payment_state, "paid")
        self.assertEqual(note.state, "done")
        self.assertFalse(self.env["xero.part"].search([("waits", "!=", False)]))

    def test_looked_at_again_it_writes_nothing(self):
        """I7: the same answer to the same payment is no news."""
        self.xero.pay(self.there, account="091", date="2026-07-12")
        self.fetch()
        self.settle()
        before = self.rows()
        self.fetch()
        self.work()
        self.assertEqual(self.rows(), before)

    def test_a_draft_is_paid_when_it_is_posted(self):
        """S211: reset to draft in Odoo, paid in Xero meanwhile."""
        self.sent_one.button_draft()
        self.xero.pay(self.there, date="2026-07-12")
        self.fetch()
        self.settle()
        self.assertEqual(self.part().waits, "payment_on_draft")
        self.sent_one.action_post()
        self.settle()
        self.assertEqual(self.sent_one.payment_state, "paid")
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))

    def test_its_document_is_deleted_here(self):
        """S211: a payment waits for nothing any more, and is not ours."""
        self.sent_one.button_draft()
        self.xero.pay(self.there, date="2026-07-12")
        self.fetch()
        self.settle()
        self.assertTrue(self.part())
        self.sent_one.with_context(force_delete=True).unlink()
        self.settle()
        self.assertFalse(self.env["xero.part"].search([("waits", "!=", False)]))

    def test_an_account_that_odoo_owns(self):
        """I14, T43: Xero's payment waits; the same registered in Odoo is linked and
        not sent."""
        self.bank.xero_money_owner = "odoo"
        self.xero.pay(self.there, amount=50, date="2026-07-12")
        self.fetch()
        self.settle()
        self.assertFalse(self.booked())
        self.note(cause="payment_owned")
        self.register(self.sent_one, 50)
        self.settle()
        self.assertEqual(len(self.in_xero("payments")), 1)
        self.assertEqual(self.sent_one.amount_residual, 70)
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))

    def test_deleted_there_while_it_waits(self):
        """S205, S211: nothing is left to decide."""
        there = self.xero.pay(self.there, account="091", date="2026-07-12")
        self.fetch()
        self.assertTrue(self.part())
        self.xero.remove_payment(there["PaymentID"])
        self.fetch()
        self.settle()
        self.assertFalse(self.env["xero.part"].search([]))
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))

    def elsewhere(self, amount=None):
        """Registered in Odoo on one bank account, paid in Xero from another."""
        other = self.journal("Savings", "091", "odoo")
        self.register(self.sent_one, amount, journal=other)
        self.xero.pay(self.there, amount=amount, date="2026-07-12")
        self.fetch()
        self.settle()
        self.note(cause="payment_elsewhere")
        self.assertEqual(len(self.in_xero("payments")), 1)
        return other

    def test_on_another_account_is_not_linked_silently(self):
        """T43, T44, N25: a person says that it is the same; nothing is sent."""
        self.elsewhere()
        self.decide("action_same_payment")
        self.assertEqual(len(self.in_xero("payments")), 1)
        self.assertFalse(self.booked())
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))
        self.assertEqual(self.env["xero.part"].search([]).xero_state, "synced")

    def test_on_another_account_it_may_be_other_money(self):
        """T43, S209: then it is booked, and Odoo's own goes."""
        self.elsewhere(60)
        self.decide("action_other_payment")
        self.assertEqual(len(self.in_xero("payments")), 2)
        self.assertEqual(self.sent_one.amount_residual, 0)
        self.assertEqual(self.booked().amount, 60)
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))

    def test_left_in_xero_only(self):
        """S211: a person leaves one; it keeps no other back and is not asked again."""
        self.xero.pay(self.there, account="091", amount=20, date="2026-07-12")
        self.xero.pay(self.there, amount=50, date="2026-07-13")
        self.fetch()
        self.settle()
        self.assertEqual(self.sent_one.amount_residual, 70)
        part = self.part().with_user(self.accountant)
        part.action_leave_payment()
        self.settle()
        self.fetch()
        self.settle()
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))
        self.assertEqual(self.sent_one.amount_residual, 70)


class TestUnreconciled(MoneyInCase):
    def test_what_was_sent_and_is_not_matched_is_said(self):
        """T42: count and total by bank, until the bank has them; Xero's own are not
        counted."""
        till = self.journal("Till", "091")
        for amount in (50, 30):
            self.register(self.sent_one, amount, journal=till)
        self.settle()
        self.xero.pay(self.there, amount=20, date="2026-07-12")
        self.fetch()
        shown = self.connection.with_user(self.accountant)
        words = shown.unreconciled_words
        self.assertIn("2 payments sent to Till are not reconciled in Xero yet", words)
        self.assertIn("80.00", words)
        self.assertNotIn("Business Bank", words)
        account = self.xero_account(self.connection, "091")
        self.assertIn(account.key, shown.action_open_bank()["url"])
        for there in self.in_xero("payments"):
            self.xero.reconcile(there["PaymentID"])
        self.fetch()
        shown.invalidate_recordset()
        self.assertFalse(shown.unreconciled_words)

    def test_the_list_of_what_is_not_reconciled_in_xero(self):
        """T42: the filter of the list of payments, also of those that Xero recorded."""
        self.xero.pay(self.there, amount=20, date="2026-07-12")
        there = self.xero.pay(self.there, amount=30, date="2026-07-13")
        self.xero.reconcile(there["PaymentID"])
        self.fetch()
        action = self.connection.with_user(self.accountant).action_show_unreconciled()
        self.assertEqual(action["context"], {"search_default_unreconciled": 1})
        arch = self.env.ref("xero_connector.xero_part_view_search").arch
        [shown] = re.findall(r'name="unreconciled".*?domain="(.*?)"', arch, re.S)
        parts = self.env["xero.part"].with_user(self.accountant)
        self.assertEqual(parts.search(literal_eval(shown)).amount, 20)


class TestTheirs(MoneyInCase):
    """What Xero recorded first and people change in Odoo is said, never sent."""

    def test_another_amount_set_against_an_invoice(self):
        """N13, I14: 24.00 in Odoo, 10.00 in Xero, at once: a person decides."""
        credit = self.refund()
        lines = (self.sent_one | credit).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        lines.reconcile()
        self.xero.allocate(credit._xero_link().xero_id, self.there, amount=10)
        self.fetch()
        self.settle()
        note = self.note(cause="money_differs")
        self.assertIn("24.00", note.message)
        self.assertIn("10.00", note.message)
        self.assertEqual(len(self.in_xero("allocations")), 1)
        self.xero.allocate(credit._xero_link().xero_id, self.there, amount=14)
        self.fetch()
        self.settle()
        self.assertEqual(note.state, "done")
        self.assertEqual(self.sent_one.amount_residual, 96)
        self.assertEqual(len(self.in_xero("allocations")), 2)


class TestWriteOffs(MoneyInCase):
    """The credit of a write-off that somebody takes off its invoice in Xero."""

    def setUp(self):
        super().setUp()
        self.bank.xero_money_owner = "odoo"
        discount = self.env["account.account"].create(
            {"name": "Discount", "code": "99400", "account_type": "expense"}
        )
        self.write_off(discount, "credit_note", "404")
        self.payment = self.register(
            self.sent_one,
            115,
            payment_difference_handling="reconcile",
            writeoff_account_id=discount.id,
        )
        self.settle()
        [self.use] = self.in_xero("allocations")

    def test_taken_off_there_is_said(self):
        """S205, T40: the payment stays as it is on both sides, whatever is undone by
        itself otherwise."""
        self.connection.payment_deleted = "undo"
        self.fetch()
        self.assertFalse(self.env["xero.note"].search([]))
        self.xero.remove_allocation(self.use["AllocationID"])
        self.fetch()
        self.settle()
        self.assertIn("5.00", self.note(cause="payment_deleted_there").message)
        self.assertNotEqual(self.payment.state, "canceled")
        self.assertEqual([paid for paid, _day, _code in self.payments()], [115])
        self.assertFalse(self.in_xero("allocations"))

    def test_its_credit_is_ours(self):
        """T61: read from Xero's list it is nobody else's document."""
        self.fetch()
        there = self.env["xero.mirror"].search([("resource", "=", "credit_note")])
        self.assertFalse(there)

    def test_taken_off_there_is_set_again(self):
        """S205, T40: by the setting."""
        self.connection.payment_deleted = "send"
        self.xero.remove_allocation(self.use["AllocationID"])
        self.fetch()
        self.settle()
        [again] = self.in_xero("allocations")
        self.assertEqual(again["Amount"], 5)
        self.assertEqual(self.due(self.sent_one), 0)
