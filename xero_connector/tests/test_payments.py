"""Payments from Odoo to Xero: the money that reached the bank, once."""

from decimal import Decimal

from odoo import Command

from .common import XeroCase


class PaymentCase(XeroCase):
    """A bank that is read in Odoo, paid from outstanding accounts."""

    def setUp(self):
        super().setUp()
        self.connection = self.connect()
        self.bank = self.journal("Business Bank", "090")
        self.xero.clear_calls()

    def journal(self, name, code, owner="odoo", **values):
        """A bank journal with its account in Xero and its owner."""
        journal = self.env["account.journal"].create(
            {"name": name, "type": "bank", "code": name[:5].upper()} | values
        )
        if code:
            row = self.env["xero.mapping"]._ensure(self.connection, "journal", journal)
            row.xero_account_id = self.xero_account(self.connection, code)
        if owner:
            journal.xero_money_owner = owner
        return journal

    def write_off(self, account, action, code):
        """Choose what becomes of what is written off to an account."""
        row = self.env["xero.mapping"]._ensure(self.connection, "write_off", account)
        row.write(
            {
                "write_off_action": action,
                "xero_account_id": self.xero_account(self.connection, code).id,
            }
        )

    def register(self, documents, amount=None, journal=None, **values):
        """Register a payment as people do."""
        values = {
            "journal_id": (journal or self.bank).id,
            "payment_date": "2026-07-10",
        } | values
        if amount is not None:
            values["amount"] = amount
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=documents.ids)
            .create(values)
        )
        return wizard._create_payments()

    def payments(self, *statuses):
        """Payments in Xero, as (amount, date, account code, reference)."""
        accounts = {a["AccountID"]: a.get("Code") for a in self.in_xero("accounts")}
        return [
            (
                each["Amount"],
                each["Date"][:10],
                accounts[each["Account"]["AccountID"]],
            )
            for each in self.in_xero("payments")
            if each["Status"] in (statuses or ("AUTHORISED",))
        ]

    def due(self, document):
        """What Xero says is owed."""
        link = document._xero_link()
        return next(
            each["AmountDue"]
            for each in self.in_xero("invoices")
            if each["InvoiceID"] == link.xero_id
        )

    def writes(self, path):
        return [
            call
            for call in self.xero.calls(kind="api")
            if call["method"] in ("PUT", "POST", "DELETE") and path in call["path"]
        ]

    def assert_cash(self):
        """I13: what Xero's accounts got is what Odoo's bank lines say."""
        entries = self.env["account.move"].search(
            [
                ("journal_id", "=", self.bank.id),
                ("move_type", "=", "entry"),
                ("state", "=", "posted"),
            ]
        )
        money = self.bank.default_account_id | entries.origin_payment_id.mapped(
            "outstanding_account_id"
        )
        lines = entries.line_ids.filtered(lambda line: line.account_id in money)
        by_entry = lines.grouped("move_id").values()
        cash = sum(abs(sum(each.mapped("balance"))) for each in by_entry)
        there = sum(amount for amount, _day, code in self.payments() if code == "090")
        self.assertAlmostEqual(float(there), cash, 2)


class TestPaymentsOut(PaymentCase):
    def test_paid_in_full(self):
        """S188, S189: one payment, to the bank, on its day; nothing is owed."""
        invoice = self.invoice()
        self.register(invoice)
        self.settle()
        self.assertEqual(self.payments(), [(Decimal("120.00"), "2026-07-10", "090")])
        self.assertEqual(self.due(invoice), 0)
        self.assert_cash()

    def test_part_payments(self):
        """S190: each part once."""
        invoice = self.invoice()
        self.register(invoice, 50)
        self.settle()
        self.register(invoice, 70)
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [50, 70])
        self.assertEqual(self.due(invoice), 0)

    def test_two_equal_payments_on_one_day(self):
        """I4: two equal part payments are two payments."""
        invoice = self.invoice()
        self.register(invoice, 60)
        self.register(invoice, 60)
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [60, 60])

    def test_a_lost_answer(self):
        """I4: equal payments whose answer is lost are found by counting them."""
        invoice = self.invoice()
        self.settle()
        self.register(invoice, 60)
        self.register(invoice, 60)
        self.xero.fault("answer_lost", path="/Payments", method="PUT")
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [60, 60])
        self.assertEqual(len(self.writes("/Payments")), 1)
        parts = self.env["xero.part"].search([])
        self.assertEqual(set(parts.mapped("xero_state")), {"synced"})

    def test_a_payment_that_never_arrived(self):
        """I4: surely absent, it goes again."""
        invoice = self.invoice()
        self.settle()
        self.register(invoice)
        self.xero.fault("dropped", path="/Payments", method="PUT")
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [120])

    def test_instalments_paid_at_once(self):
        """S190: two partials of one entry are one payment."""
        terms = self.env["account.payment.term"].create(
            {
                "name": "30/70",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": part, "nb_days": days}
                    )
                    for part, days in ((30, 0), (70, 30))
                ],
            }
        )
        invoice = self.invoice(invoice_payment_term_id=terms.id)
        self.register(invoice, 120)
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [120])

    def test_taken_apart_and_put_together_again(self):
        """S190: unreconciled and reconciled before the next plan: no call."""
        invoice = self.invoice()
        payment = self.register(invoice)
        self.settle()
        self.xero.clear_calls()
        lines = (invoice | payment.move_id).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        lines.remove_move_reconcile()
        lines.reconcile()
        self.settle()
        self.assertEqual(self.xero.calls(kind="api"), [])

    def test_unreconciled_is_deleted_there(self):
        """S206, T56: undone in Odoo, unreconciled in Xero: deleted, and made anew when
        it is reconciled again."""
        invoice = self.invoice()
        payment = self.register(invoice)
        self.settle()
        lines = (invoice | payment.move_id).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        lines.remove_move_reconcile()
        self.settle()
        self.assertEqual(self.payments(), [])
        self.assertEqual(self.due(invoice), 120)
        lines.reconcile()
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [120])

    def test_what_is_due_in_xero_is_known_at_once(self):
        """S147, I7: our own payment needs no reading; what was read since is not
        counted twice."""
        invoice = self.invoice()
        self.register(invoice, 50)
        self.settle()
        self.assert_shown(invoice, due=70, paid=50, status="AUTHORISED")
        rest = self.register(invoice, 70)
        self.xero.fault("answer_lost", path="/Payments", method="PUT")
        self.work()
        self.fetch()
        self.assert_shown(invoice, due=0, paid=120, status="PAID")
        self.settle()
        self.assert_shown(invoice, due=0, paid=120, status="PAID")
        self.xero.clear_calls()
        rest.action_draft()
        rest.action_cancel()
        self.settle()
        self.assert_shown(invoice, due=70, paid=50, status="AUTHORISED")
        read = [each for each in self.xero.calls() if "/Invoices" in each["path"]]
        self.assertFalse(read)

    def test_what_is_due_in_xero_after_another_amount(self):
        """S147, S206: what was sent is taken out, not what the payment says by now."""
        invoice = self.invoice()
        payment = self.register(invoice, 100)
        self.settle()
        payment.action_draft()
        payment.amount = 60
        payment.action_post()
        lines = (invoice | payment.move_id).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        lines.reconcile()
        self.settle()
        self.assertEqual(self.due(invoice), 60)
        self.assert_shown(invoice, due=60, paid=60, status="AUTHORISED")

    def test_what_is_left_of_a_credit_is_known_at_once(self):
        """S147: money given back leaves less of a credit note."""
        credit = self.document("out_refund")
        self.settle()
        self.register(credit, 50)
        self.settle()
        link = credit._xero_link()
        self.assertEqual(link.xero_amount_due, 70)
        self.assertEqual(link.xero_amount_credited, 50)

    def assert_shown(self, invoice, due, paid, status):
        """What the invoice's own page says of Xero."""
        invoice.invalidate_recordset()
        shown = invoice.xero_amount_due, invoice.xero_amount_paid, invoice.xero_status
        self.assertEqual(shown, (due, paid, status))

    def test_reconciled_there_is_left(self):
        """T57: what the bank has confirmed is not deleted; a note says why."""
        invoice = self.invoice()
        payment = self.register(invoice)
        self.settle()
        [there] = self.in_xero("payments")
        self.xero.reconcile(there["PaymentID"])
        payment.action_draft()
        payment.action_cancel()
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [120])
        self.note(cause="payment_reconciled")

    def test_undone_while_it_is_on_its_way(self):
        """I4, S206: cancelled while its answer is awaited: taken out of Xero then."""
        invoice = self.invoice()
        self.settle()
        payment = self.register(invoice)
        self.xero.fault("answer_lost", path="/Payments", method="PUT")
        self.work()
        payment.action_draft()
        payment.action_cancel()
        self.settle()
        self.assertEqual(self.payments(), [])
        self.assertEqual(self.due(invoice), 120)

    def test_payment_in_draft_is_held(self):
        """S206: reset to draft nothing happens; with another date it is made anew."""
        invoice = self.invoice()
        payment = self.register(invoice)
        self.settle()
        payment.action_draft()
        self.settle()
        self.assertEqual([p[1] for p in self.payments()], ["2026-07-10"])
        payment.date = "2026-07-12"
        payment.action_post()
        self.settle()
        self.assertEqual([p[1] for p in self.payments()], ["2026-07-12"])
        self.assertEqual(len(self.in_xero("payments")), 2)

    def test_account_that_xero_owns(self):
        """T44, I14: noted in Odoo, not sent."""
        invoice = self.invoice()
        self.register(invoice, journal=self.journal("Feed", "090", owner="xero"))
        self.settle()
        self.assertEqual(self.payments(), [])
        part = self.env["xero.part"].search([])
        self.assertEqual(part.amount, 120)

    def test_owner_by_default(self):
        """N25: banks are Xero's; cash is Odoo's once it has an account there."""
        bank = self.journal("Plain", None, owner=None)
        cash = self.env["account.journal"].create(
            {"name": "Till", "type": "cash", "code": "TILL"}
        )
        self.assertEqual(bank.xero_money_owner, "xero")
        self.assertEqual(cash.xero_money_owner, "none")
        row = self.env["xero.mapping"]._ensure(self.connection, "journal", cash)
        row.xero_account_id = self.xero_account(self.connection, "090")
        cash.invalidate_recordset()
        self.assertEqual(cash.xero_money_owner, "odoo")

    def test_already_paid_there(self):
        """T43, I14: a bookkeeper was faster; that payment is linked, said, and never
        taken out of Xero by Odoo."""
        invoice = self.invoice()
        self.settle()
        self.xero.pay(invoice._xero_link().xero_id, date="2026-07-12")
        payment = self.register(invoice)
        self.settle()
        self.assertEqual(len(self.in_xero("payments")), 1)
        part = self.env["xero.part"].search([])
        self.assertEqual(part.xero_state, "synced")
        words = "was already paid in Xero on 07/12/2026"
        self.assertTrue(invoice.message_ids.filtered(lambda m: words in m.body))
        payment.action_draft()
        payment.action_cancel()
        self.settle()
        self.assertEqual(self.payments()[0][0], 120)
        note = self.note(cause="payment_undone_here")
        [there] = self.in_xero("payments")
        self.xero.remove_payment(there["PaymentID"])
        self.fetch()
        self.assertEqual(note.state, "done")

    def test_already_paid_there_from_another_account(self):
        """T43: Xero's is not linked silently, and nothing is sent a second time."""
        invoice = self.invoice()
        self.settle()
        there = invoice._xero_link().xero_id
        self.xero.pay(there, account="091", date="2026-07-12")
        self.register(invoice)
        self.settle()
        self.assertEqual(len(self.in_xero("payments")), 1)
        self.note(cause="payment_exceeds")
        self.fetch()
        part = self.env["xero.part"].search([("waits", "=", "payment_elsewhere")])
        part.with_user(self.accountant).action_same_payment()
        self.settle()
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))
        self.assertEqual(len(self.in_xero("payments")), 1)

    def test_more_than_is_owed(self):
        """S193: Xero refuses; a note says so."""
        invoice = self.invoice()
        self.settle()
        self.xero.pay(invoice._xero_link().xero_id, amount=50, date="2026-07-12")
        self.register(invoice)
        self.settle()
        self.note(cause="payment_exceeds")

    def test_what_was_refused_is_tried_when_somebody_touches_it(self):
        """S193, I5, I8: not when somebody touches a credit that was used on the same
        invoice."""
        invoice = self.invoice()
        refund = self.document("out_refund", {"price_unit": 20})
        (invoice | refund).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ).reconcile()
        self.settle()
        self.xero.pay(invoice._xero_link().xero_id, amount=50, date="2026-07-12")
        self.register(invoice)
        self.settle()
        self.note(cause="payment_exceeds")
        self.xero.clear_calls()
        refund._xero_touch()
        self.settle()
        self.assertFalse(self.writes("Payments"))
        invoice._xero_touch()
        self.settle()
        self.assertTrue(self.writes("Payments"))

    def test_document_not_in_xero(self):
        """S191, S208, T1: too early for Xero: said, not sent."""
        invoice = self.invoice(invoice_date="2025-12-01")
        self.register(invoice)
        self.settle()
        self.assertEqual(self.payments(), [])
        self.note(cause="payment_unlinked")

    def test_locked_period(self):
        """S207, I16: dated in a locked period it waits."""
        invoice = self.invoice()
        self.settle()
        self.xero.set_lock_date("2026-07-31")
        self.connection.action_refresh_reference_data()
        self.register(invoice)
        self.settle()
        self.assertEqual(self.payments(), [])
        self.note(cause="locked_period")

    def test_draft_in_xero_waits(self):
        """S192: in a trial documents are drafts; payments follow their approval."""
        self.connection.mode = "trial"
        invoice = self.invoice()
        self.register(invoice)
        self.settle()
        self.assertEqual(self.payments(), [])
        link = self.env["xero.part"].search([])._xero_link()
        self.assertEqual(link.waiting_for, "approval")

    def test_reference(self):
        """S212: what identifies the money goes as reference."""
        invoice = self.invoice()
        self.register(invoice, communication="pi_3Nx")
        self.settle()
        self.assertEqual(self.in_xero("payments")[0]["Reference"], "pi_3Nx")

    def test_unmapped_journal(self):
        """S197: without an account it stops; the choice frees it."""
        invoice = self.invoice()
        journal = self.journal("New", None)
        self.register(invoice, journal=journal)
        self.settle()
        self.note(cause="journal_unmapped")
        row = self.env["xero.mapping"]._ensure(self.connection, "journal", journal)
        row.xero_account_id = self.xero_account(self.connection, "090")
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [120])

    def test_bills_that_are_not_sent(self):
        """S151: payments of documents that do not go to Xero are nobody's business."""
        bill = self.document("in_invoice")
        self.register(bill)
        self.settle()
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))
        self.assertEqual(self.payments(), [])

    def test_document_that_a_person_sends_later(self):
        """S191: the payment waits for its document, and follows it."""
        self.connection.trigger = "manual"
        invoice = self.invoice()
        self.register(invoice)
        self.settle()
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))
        self.assertEqual(self.in_xero("invoices"), [])
        invoice.with_user(self.accountant).action_xero_send()
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [120])

    def test_queries_do_not_grow(self):
        """I11: parts of ten documents cost as many queries as those of two."""

        def cost(count):
            invoices = self.env["account.move"]
            for _each in range(count):
                invoices |= self.invoice()
            self.settle()
            for invoice in invoices:
                self.register(invoice)
            self.commit()
            self.env.invalidate_all()
            connection, parts = self.connection, self.env["xero.part"].sudo()
            before = self.env.cr.sql_log_count
            found = parts._refresh(connection, invoices)
            self.env.flush_all()
            links = self.env["xero.link"].sudo()._live_for(found, connection)
            resource = self.env["xero.resource"]._get("payment")
            connection._assess_links(
                resource, links[found[0].id].union(*links.values())
            )
            return self.env.cr.sql_log_count - before

        cost(1)
        self.assertEqual(cost(2), cost(10))

    def test_payments_are_not_sent_where_switched_off(self):
        """S198: sending is an option of its own."""
        self.connection.export_payments = False
        self.register(self.invoice())
        self.settle()
        self.assertEqual(self.payments(), [])
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))

    def test_opened_in_xero(self):
        """S213: a payment opens its page in Xero."""
        self.register(self.invoice())
        self.settle()
        part = self.env["xero.part"].search([]).with_user(self.accountant)
        self.assertIn(part.xero_id, part.action_xero_open()["url"])
        payment = part.payment_id or part.counterpart_move_id.origin_payment_id
        self.assertIn(part.xero_id, payment.action_xero_open()["url"])

    def test_the_payment_says_where_its_money_is(self):
        """T42, T44, N7: sent or not, matched with the bank or not, and what to do."""
        payment = self.register(self.invoice()).with_user(self.accountant)
        self.settle()
        payment.invalidate_recordset()
        self.assertIn("press OK on the green match", payment.xero_words)
        [there] = self.in_xero("payments")
        self.xero.reconcile(there["PaymentID"])
        self.fetch()
        payment.invalidate_recordset()
        self.assertIn("is reconciled with the bank", payment.xero_words)

        feed = self.journal("Feed", "091", owner="xero")
        expected = self.register(self.invoice(), journal=feed)
        self.settle()
        expected.invalidate_recordset()
        self.assertIn("Feed is read in Xero, so this payment", expected.xero_words)
        self.assertFalse(expected.xero_is_there)

    def test_a_payment_that_xero_never_hears_of_says_nothing(self):
        """N7: money for no document; a new payment; an account without a bank feed."""
        payments = self.env["account.payment"]
        self.register(self.invoice(), journal=self.journal("Clearing", "855"))
        self.settle()
        [sent] = payments.search([("journal_id.name", "=", "Clearing")])
        self.assertEqual(sent.xero_words, "In Xero on Clearing.")
        values = {"partner_id": self.customer.id, "amount": 5, "memo": "On account"}
        self.assertFalse(payments.create(values).xero_words)
        self.assertFalse(payments.new(values).xero_words)
        self.assertFalse(self.connection.unreconciled_words)

    def test_a_payment_says_what_it_waits_for(self):
        """N7, T1: its document is a draft in Xero."""
        self.connection.invoice_status = "DRAFT"
        payment = self.register(self.invoice())
        self.settle()
        self.assertIn("until its document is approved in Xero", payment.xero_words)

    def test_a_payment_says_what_stops_it(self):
        """S191, N7: in the words of its note."""
        payment = self.register(self.invoice(), journal=self.journal("New", None))
        self.settle()
        self.assertEqual(payment.xero_words, self.note().message)

    def test_account_of_the_payment_method(self):
        """S197: the method's account comes before the journal's."""
        lines = self.bank.inbound_payment_method_line_ids
        row = self.env["xero.mapping"]._ensure(self.connection, "method", lines[:1])
        row.xero_account_id = self.xero_account(self.connection, "091")
        self.register(self.invoice(), payment_method_line_id=lines[:1].id)
        self.settle()
        self.assertEqual([p[2] for p in self.payments()], ["091"])

    def test_default_account(self):
        """S188: a journal without an account of its own uses the one for all others."""
        account = self.xero_account(self.connection, "091")
        self.connection.payment_account_id = account
        self.register(self.invoice(), journal=self.journal("New", None))
        self.settle()
        self.assertEqual([p[2] for p in self.payments()], ["091"])

    def test_account_that_takes_no_payments(self):
        """S197: Xero takes payments on banks, and where they are enabled."""
        self.connection.payment_account_id = self.xero_account(self.connection, "200")
        self.register(self.invoice(), journal=self.journal("New", None))
        self.settle()
        self.note(cause="payment_account")

    def test_filed_period(self):
        """I16, T9: dated on a filed return: stopped until someone confirms."""
        invoice = self.invoice()
        self.settle()
        self.connection.filed_up_to = "2026-07-31"
        self.register(invoice)
        self.settle()
        self.assertEqual(self.payments(), [])
        self.note(cause="filed_period")

    def test_deletion_behind_a_lock_date(self):
        """I16, T56: what lies in a locked period is not deleted either."""
        invoice = self.invoice()
        payment = self.register(invoice)
        self.settle()
        self.xero.set_lock_date("2026-07-31")
        self.connection.action_refresh_reference_data()
        payment.action_draft()
        payment.action_cancel()
        self.settle()
        self.assertEqual(len(self.payments()), 1)
        self.note(cause="locked_in_xero")

    def test_invoice_whose_totals_differ(self):
        """I6: no payment goes on a document that is not the same in Xero."""
        invoice = self.invoice()
        self.settle()
        link = invoice._xero_link()
        link.snapshot = dict(
            link.snapshot, differs={"net": "99.00", "tax": "20.00", "total": "119.00"}
        )
        self.register(invoice)
        self.settle()
        self.assertEqual(self.payments(), [])

    def test_each_fault_once(self):
        """I4: whatever happens to the call, the payment is there once."""
        for kind, options in (
            ("server_error", {"committed": True}),
            ("server_error", {"committed": False}),
            ("bad_gateway", {"committed": True}),
            ("not_json", {}),
            ("key_reused", {}),
        ):
            with self.subTest(kind=kind, **options):
                invoice = self.invoice()
                self.settle()
                self.register(invoice)
                self.xero.fault(kind, path="/Payments", method="PUT", **options)
                self.settle()
                self.assertEqual(self.due(invoice), 0)
                link = invoice._xero_link()
                there = [
                    each
                    for each in self.in_xero("payments")
                    if each["Invoice"]["InvoiceID"] == link.xero_id
                ]
                self.assertEqual(len(there), 1)
