"""Money that belongs to no document: listed, and by option an overpayment in Xero."""

from decimal import Decimal

from odoo import Command, fields

from .test_payments import PaymentCase


class OverpaymentCase(PaymentCase):
    def pay(self, amount, kind="inbound", partner="customer", **values):
        """A payment without a document."""
        payment = self.env["account.payment"].create(
            {
                "payment_type": kind,
                "partner_type": partner,
                "partner_id": self.customer.id,
                "journal_id": self.bank.id,
                "amount": amount,
                "date": "2026-07-10",
            }
            | values
        )
        payment.action_post()
        return payment

    def lines(self, *records):
        """Lines of these on the customer's or supplier's account."""
        moves = self.env["account.move"].union(
            *(getattr(each, "move_id", each) for each in records)
        )
        return moves.line_ids.filtered(
            lambda line: (
                line.account_id.account_type
                in ("asset_receivable", "liability_payable")
            )
        )

    def use(self, payment, document):
        """Set what is left of a payment against a document."""
        self.lines(payment, document).filtered(
            lambda line: not line.reconciled
        ).reconcile()

    def unapplied(self):
        return self.env["xero.part"].search(
            [("kind", "=", "overpayment"), ("wanted", "=", True)]
        )

    def overpayments(self):
        """Overpayments in Xero: (type, total, left)."""
        return [
            (each["Type"], each["Total"], each["RemainingCredit"])
            for each in self.in_xero("overpayments")
            if each["Status"] != "VOIDED"
        ]

    def allocated(self):
        """What overpayments gave to documents."""
        return [each["Amount"] for each in self.in_xero("allocations")]


class TestUnapplied(OverpaymentCase):
    """Without the option."""

    def test_what_is_too_much_is_listed_and_stays(self):
        """T50, S193: the invoice's share goes; the rest is listed, with its words."""
        invoice = self.invoice()
        payment = self.register(invoice, 140)
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [120])
        self.assertEqual(self.overpayments(), [])
        part = self.unapplied()
        self.assertEqual((part.amount, part.partner_id), (20, self.customer))
        self.assertFalse(part.xero_state)
        shown = payment.with_user(self.accountant)
        self.assertIn("20.00", shown.xero_unapplied_words)
        self.assertIn(payment.move_id.name, shown.xero_unapplied_words)
        self.assertIn("belongs to no invoice", shown.xero_unapplied_words)
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))

    def test_a_payment_without_any_document_is_listed(self):
        """T50: all of it belongs to no invoice, until it is used."""
        payment = self.pay(50)
        self.settle()
        self.assertEqual(self.unapplied().amount, 50)
        invoice = self.invoice()
        self.use(payment, invoice)
        self.settle()
        self.assertFalse(self.unapplied())
        self.assertEqual([p[0] for p in self.payments()], [50])

    def test_who_may_not_see_xero_sees_nothing(self):
        """S15, T50: a clerk's payment says nothing of Xero."""
        payment = self.pay(50)
        self.settle()
        self.assertFalse(payment.with_user(self.clerk).xero_unapplied_id)

    def test_paid_back_without_a_credit_note(self):
        """T55: it stops, and goes on the credit note once it is there."""
        payment = self.pay(24, kind="outbound")
        self.settle()
        note = self.note(cause="refund_unmatched")
        self.assertIn("needs a credit note", note.advice)
        refund = self.document("out_refund", {"price_unit": 20})
        self.use(payment, refund)
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [24])
        self.assertEqual(note.state, "done")

    def test_account_that_xero_owns(self):
        """T50, I14: money on an account that Xero records first is never created."""
        self.connection.send_overpayments = True
        self.bank.xero_money_owner = "xero"
        self.pay(50)
        self.settle()
        self.assertEqual(self.overpayments(), [])
        self.assertFalse(self.unapplied().xero_state)


class TestOverpaymentsOut(OverpaymentCase):
    """With the option."""

    def setUp(self):
        super().setUp()
        self.xero.reset()
        self.connection.unlink()
        self.connection = self.connect(send_overpayments=True)
        row = self.env["xero.mapping"]._ensure(self.connection, "journal", self.bank)
        row.xero_account_id = self.xero_account(self.connection, "090")
        self.xero.clear_calls()

    def test_what_is_too_much_goes_as_overpayment(self):
        """T50, N13: 120.00 on the invoice, 20.00 as an overpayment without tax."""
        invoice = self.invoice()
        self.register(invoice, 140)
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [120])
        self.assertEqual(self.overpayments(), [("RECEIVE-OVERPAYMENT", 20, 20)])
        [there] = self.in_xero("banktransactions")
        self.assertEqual(there["TotalTax"], 0)
        self.assertEqual(there["Date"][:10], "2026-07-10")
        self.assertEqual(self.unapplied().xero_state, "synced")

    def test_used_later_it_is_an_allocation(self):
        """N13, T58: used on another invoice in Odoo, so it is in Xero; no new money."""
        payment = self.register(self.invoice(), 140)
        self.settle()
        second = self.invoice()
        self.use(payment, second)
        self.settle()
        self.assertEqual(self.due(second), 100)
        self.assertEqual([p[0] for p in self.payments()], [120])
        self.assertEqual(self.overpayments(), [("RECEIVE-OVERPAYMENT", 20, 0)])
        self.assertEqual(self.allocated(), [20])
        self.assertEqual(len(self.writes("/Overpayments/")), 1)
        self.lines(second).remove_move_reconcile()
        self.settle()
        self.assertEqual(self.due(second), 120)
        self.assertEqual(self.overpayments(), [("RECEIVE-OVERPAYMENT", 20, 20)])

    def test_used_on_several_documents(self):
        """N13: each use is one allocation; what is left stays."""
        payment = self.pay(300)
        self.settle()
        invoices = [self.invoice(), self.invoice()]
        for invoice in invoices:
            self.use(payment, invoice)
        self.settle()
        self.assertEqual([self.due(each) for each in invoices], [0, 0])
        self.assertEqual(self.payments(), [])
        self.assertEqual(self.overpayments(), [("RECEIVE-OVERPAYMENT", 300, 60)])

    def test_used_before_it_went(self):
        """T50: what was used meanwhile is an ordinary payment."""
        payment = self.pay(50)
        self.use(payment, self.invoice())
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [50])
        self.assertEqual(self.overpayments(), [])

    def test_less_applied_than_before(self):
        """S206: the invoice's payment is taken back: all of it is an overpayment."""
        invoice = self.invoice()
        payment = self.register(invoice, 140)
        self.settle()
        self.lines(invoice).remove_move_reconcile()
        self.settle()
        self.assertEqual(self.payments(), [])
        self.assertEqual(self.overpayments(), [("RECEIVE-OVERPAYMENT", 140, 140)])
        self.use(payment, invoice)
        self.settle()
        self.assertEqual(self.due(invoice), 0)
        self.assertEqual(self.payments(), [])
        self.assertEqual(self.overpayments(), [("RECEIVE-OVERPAYMENT", 140, 20)])

    def test_changed_while_it_is_used(self):
        """T50: what is used in Xero is not taken from under its document, but said."""
        invoice, second = self.invoice(), self.invoice()
        payment = self.register(invoice, 140)
        self.settle()
        self.use(payment, second)
        self.settle()
        self.lines(invoice).remove_move_reconcile()
        self.settle()
        note = self.note(cause="overpayment_used")
        self.assertEqual(self.overpayments(), [("RECEIVE-OVERPAYMENT", 20, 0)])
        third = self.invoice()
        self.use(payment, third)
        self.settle()
        self.assertEqual(note.state, "done")
        self.assertEqual([p[0] for p in self.payments()], [120])
        self.assertEqual(self.overpayments(), [("RECEIVE-OVERPAYMENT", 20, 0)])
        self.assertEqual([self.due(e) for e in (invoice, second, third)], [120, 100, 0])

    def test_moved_at_once(self):
        """N13: what was an invoice's payment becomes another's, the rest stays."""
        invoice, second, third = (self.invoice() for _each in range(3))
        payment = self.register(invoice, 140)
        self.settle()
        self.lines(invoice).remove_move_reconcile()
        self.use(payment, second)
        self.use(payment, third)
        self.settle()
        self.assertEqual([self.due(e) for e in (invoice, second, third)], [120, 0, 100])
        self.assertEqual([p[0] for p in self.payments()], [120])
        self.assertEqual(self.overpayments(), [("RECEIVE-OVERPAYMENT", 20, 0)])

    def test_document_in_draft(self):
        """N12, S206: reset to draft, its use and the overpayment stay as they are."""
        payment, invoice = self.pay(300), self.invoice()
        self.settle()
        self.use(payment, invoice)
        self.settle()
        self.xero.clear_calls()
        invoice.button_draft()
        payment.move_id._xero_touch()
        self.settle()
        self.assertEqual(self.xero.writes(), 0)
        self.assertEqual(self.unapplied().amount, 300)
        self.assertEqual(self.overpayments(), [("RECEIVE-OVERPAYMENT", 300, 180)])

    def test_undone(self):
        """S206: a payment undone in Odoo takes its overpayment and its use along."""
        invoice = self.invoice()
        payment = self.pay(300)
        self.settle()
        self.use(payment, invoice)
        self.settle()
        payment.action_draft()
        payment.action_cancel()
        self.settle()
        self.assertEqual(self.overpayments(), [])
        self.assertEqual(self.due(invoice), 120)

    def test_deleted(self):
        """S206: a payment deleted in Odoo does the same."""
        payment = self.pay(30)
        self.settle()
        payment.action_draft()
        self.settle()
        self.assertEqual(self.overpayments(), [("RECEIVE-OVERPAYMENT", 30, 30)])
        payment.unlink()
        self.settle()
        self.assertEqual(self.overpayments(), [])

    def test_lost_answers(self):
        """I4: whichever answer is lost, everything is there once."""
        payment = self.pay(50)
        self.pay(50)
        self.xero.fault("answer_lost", path="/BankTransactions", method="PUT")
        self.settle()
        self.assertEqual(len(self.overpayments()), 2)
        self.assertEqual(len(self.writes("/BankTransactions")), 1)
        self.assertEqual(set(self.unapplied().mapped("xero_state")), {"synced"})
        invoice = self.invoice()
        self.settle()
        self.use(payment, invoice)
        self.xero.fault("answer_lost", path="/Allocations", method="PUT")
        self.settle()
        self.assertEqual(self.allocated(), [50])
        self.assertEqual(len(self.writes("/Overpayments/")), 1)
        self.assertEqual(self.due(invoice), 70)
        self.lines(invoice).remove_move_reconcile()
        self.xero.fault("answer_lost", path="/Allocations/", method="DELETE")
        self.settle()
        self.assertEqual(self.due(invoice), 120)
        payment.action_draft()
        payment.action_cancel()
        self.xero.fault("answer_lost", path="/BankTransactions", method="POST")
        self.settle()
        self.assertEqual(self.overpayments(), [("RECEIVE-OVERPAYMENT", 50, 50)])

    def test_one_that_never_arrived(self):
        """I4: surely absent, it goes again."""
        self.pay(50)
        self.xero.fault("dropped", path="/BankTransactions", method="PUT")
        self.settle()
        self.assertEqual(self.overpayments(), [("RECEIVE-OVERPAYMENT", 50, 50)])

    def test_nothing_changes_when_looked_at_again(self):
        """I5, I7: looked at again, nothing is sent."""
        payment = self.register(self.invoice(), 140)
        self.settle()
        self.xero.clear_calls()
        payment.move_id._xero_touch()
        self.settle()
        self.assertEqual(self.xero.calls(kind="api"), [])

    def test_to_a_supplier(self):
        """T50: money spent without a bill stands with the supplier."""
        self.connection.send_bills = True
        self.map_tax(self.connection, self.purchase_tax, "INPUT2")
        payment = self.pay(200, kind="outbound", partner="supplier")
        self.settle()
        self.assertEqual(self.overpayments(), [("SPEND-OVERPAYMENT", 200, 200)])
        bill = self.document("in_invoice")
        self.use(payment, bill)
        self.settle()
        self.assertEqual(self.due(bill), 0)
        self.assertEqual(self.payments(), [])

    def test_from_the_banks_line(self):
        """T50: a line of the bank, matched to an invoice and the rest on account."""
        invoice = self.invoice()
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": "2026-07-10",
                "amount": 140,
                "partner_id": self.customer.id,
                "payment_ref": "INV and more",
            }
        )
        suspense = line.move_id.line_ids.filtered(
            lambda each: each.account_id == self.bank.suspense_account_id
        )
        suspense.account_id = self.lines(invoice).account_id
        (suspense | self.lines(invoice)).reconcile()
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [120])
        self.assertEqual(self.overpayments(), [("RECEIVE-OVERPAYMENT", 20, 20)])
        [there] = self.in_xero("banktransactions")
        self.assertEqual(there["Reference"], "INV and more")

    def test_foreign_money(self):
        """S195, T50: on an account in its own currency, at the bank's rate."""
        eur = self.env.ref("base.EUR")
        eur.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": eur.id, "name": "2026-07-01", "rate": 1.25}
        )
        journal = self.journal("Euro", "092", currency_id=eur.id)
        self.pay(100, journal_id=journal.id, currency_id=eur.id)
        self.settle()
        [there] = self.in_xero("banktransactions")
        self.assertEqual((there["CurrencyCode"], there["Total"]), ("EUR", 100))
        self.assertEqual(there["CurrencyRate"], Decimal("1.25"))

    def test_foreign_money_on_an_account_of_another_currency(self):
        """T48, T50: Xero cannot keep it there; it is said."""
        eur = self.env.ref("base.EUR")
        eur.active = True
        self.pay(100, currency_id=eur.id)
        self.settle()
        self.assertEqual(self.overpayments(), [])
        self.note(cause="overpayment_account")

    def test_among_other_amounts(self):
        """T40, T50: a fee beside it: what reached the bank cannot be told."""
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": "2026-07-10",
                "amount": 95,
                "partner_id": self.customer.id,
                "payment_ref": "100 less 5",
            }
        )
        suspense = line.move_id.line_ids.filtered(
            lambda each: each.account_id == self.bank.suspense_account_id
        )
        receivable = self.customer.property_account_receivable_id
        line.move_id.with_context(skip_readonly_check=True).write(
            {
                "line_ids": [
                    Command.update(
                        suspense.id,
                        {"account_id": receivable.id, "balance": -100},
                    ),
                    Command.create(
                        {"account_id": self.expense.id, "balance": 5, "name": "Fee"}
                    ),
                ]
            }
        )
        self.settle()
        self.assertEqual(self.overpayments(), [])
        self.note(cause="overpayment_mixed")

    def test_in_a_locked_period(self):
        """S207, I16: dated in a locked period it waits."""
        self.xero.set_lock_date("2026-07-31")
        self.connection.action_refresh_reference_data()
        self.pay(50)
        self.settle()
        self.assertEqual(self.overpayments(), [])
        self.note(cause="locked_period")

    def test_reconciled_there_is_left(self):
        """T57: what the bank has confirmed is not deleted."""
        payment = self.pay(50)
        self.settle()
        [there] = self.in_xero("banktransactions")
        self.xero.reconcile(there["BankTransactionID"])
        payment.action_draft()
        payment.action_cancel()
        self.settle()
        self.note(cause="payment_reconciled")
        self.assertEqual(len(self.overpayments()), 1)

    def test_before_the_start_date(self):
        """T50, S208: older money is not created in Xero."""
        self.pay(50, date="2025-12-01")
        self.settle()
        self.assertEqual(self.overpayments(), [])

    def test_what_comes_back_is_known(self):
        """I7: our own overpayment and its use, read from Xero, book nothing."""
        payment = self.pay(50)
        self.settle()
        invoice = self.invoice()
        self.use(payment, invoice)
        self.settle()
        count = self.env["account.payment"].search_count([])
        self.xero.clear_calls()
        self.fetch()
        self.settle()
        self.assertEqual(self.outcomes(), ["known"])
        self.assertEqual(self.env["account.payment"].search_count([]), count)
        self.assertEqual(invoice.amount_residual, 70)
        self.assertEqual(self.xero.writes(), 0)

    def outcomes(self):
        """What becomes of the overpayments that Xero has."""
        worker = self.connection._as_worker()
        ids = [each["OverpaymentID"] for each in self.in_xero("overpayments")]
        found = worker._read_by_id(worker._overpayments_resource(), ids)
        return [each.outcome for each in worker._apply_money_on_account(found)]

    def test_used_by_a_bookkeeper(self):
        """N13, T58: what is used in Xero is used in Odoo, and is never sent again."""
        self.pay(50)
        invoice = self.invoice()
        self.settle()
        [credit] = self.in_xero("overpayments")
        there = self.sent(invoice)
        self.xero.allocate(credit["OverpaymentID"], there["InvoiceID"], 30)
        self.fetch()
        self.settle()
        self.assertEqual(invoice.amount_residual, 90)
        self.assertEqual(self.due(invoice), 90)
        self.assertEqual(self.allocated(), [30])
        self.assertEqual(self.payments(), [])
        self.assertEqual(self.unapplied().amount, 50)
        self.assertEqual(self.outcomes(), ["known"])

    def test_taken_back_by_a_bookkeeper(self):
        """S205, N13: by the setting Odoo lets go of the invoice; the money stays."""
        self.connection.payment_deleted = "undo"
        payment, invoice = self.pay(50), self.invoice()
        self.settle()
        self.use(payment, invoice)
        self.settle()
        [use] = self.in_xero("allocations")
        self.xero.remove_allocation(use["AllocationID"])
        self.fetch()
        self.settle()
        self.assertEqual(invoice.amount_residual, 120)
        self.assertEqual(payment.move_id.state, "posted")
        self.assertEqual(self.allocated(), [])
        self.assertEqual(self.overpayments(), [("RECEIVE-OVERPAYMENT", 50, 50)])

    def test_queries_do_not_grow(self):
        """I11: a page of them is assessed in as many queries as a few."""
        for _each in range(2):
            self.pay(50)
        few = self.queries()
        for _each in range(12):
            self.pay(50)
        self.assertLessEqual(self.queries(), few + 12)

    def queries(self):
        self.commit()
        worker = self.connection._as_worker()
        moves = self.env["account.payment"].search([]).move_id
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        worker.env["xero.part"].sudo()._refresh(worker, moves.sudo())
        self.env.flush_all()
        return self.env.cr.sql_log_count - before


class TestPermission(OverpaymentCase):
    def test_it_is_asked_for_with_the_option_only(self):
        """S20, T50: the permission for bank transactions goes with the option."""
        self.assertNotIn("banktransactions", self.connection._wanted_scopes())
        self.connection.send_overpayments = True
        self.assertIn("accounting.banktransactions", self.connection._wanted_scopes())

    def test_without_the_permission_nothing_goes(self):
        """T50: it stops, and the connection stays as it is."""
        self.connection.send_overpayments = True
        self.pay(50)
        self.settle()
        self.note(cause="overpayment_permission")
        self.assertEqual(self.connection.state, "connected")
        self.connection.send_overpayments = True
        self.consent(self.connection.with_user(self.accountant))
        self.settle()
        self.assertEqual(self.overpayments(), [("RECEIVE-OVERPAYMENT", 50, 50)])

    def test_a_person_creates_one(self):
        """T50: the button sends this one, without the option for all."""
        self.connection.send_overpayments = True
        self.consent(self.connection.with_user(self.accountant))
        self.connection.send_overpayments = False
        first, second = self.pay(50), self.pay(60)
        self.settle()
        self.assertEqual(self.overpayments(), [])
        shown = first.with_user(self.accountant)
        self.assertTrue(shown.xero_may_create)
        shown.action_xero_create_overpayment()
        self.settle()
        self.assertEqual(self.overpayments(), [("RECEIVE-OVERPAYMENT", 50, 50)])
        self.assertTrue(second.with_user(self.accountant).xero_may_create)
        shown.invalidate_recordset()
        self.assertFalse(shown.xero_may_create)
        self.assertIn("is an overpayment in Xero", shown.xero_unapplied_words)


class TestOwnerSince(PaymentCase):
    """The journal's money is recorded elsewhere, then in Odoo."""

    def test_older_payments_are_left_to_xero(self):
        """N25, T44, I14: what Xero recorded before the change is never sent, also when
        its document is touched; what comes after is."""
        self.bank.xero_money_owner = "xero"
        invoice = self.invoice()
        self.register(invoice, 50)
        self.settle()
        self.bank.xero_money_owner = "odoo"
        self.assertEqual(self.bank.xero_money_since, fields.Date.today())
        invoice._xero_touch(by_user=True)
        self.settle()
        self.assertEqual(self.payments(), [])
        self.register(invoice, 70, payment_date=fields.Date.today())
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [70])

    def test_the_day_may_be_emptied(self):
        """N25: somebody who knows that they are not in Xero sends them too."""
        self.bank.xero_money_owner = "none"
        self.register(self.invoice(), 50)
        self.settle()
        self.bank.xero_money_owner = "odoo"
        self.settle()
        self.assertEqual(self.payments(), [])
        self.bank.xero_money_since = False
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [50])

    def test_money_met_under_the_default(self):
        """N25: a bank is Xero's by default; that counts as well."""
        journal = self.journal("Feed", "090", owner=None)
        self.register(self.invoice(), journal=journal)
        self.settle()
        journal.xero_money_owner = "odoo"
        self.assertEqual(journal.xero_money_since, fields.Date.today())

    def test_a_journal_that_was_never_used(self):
        """N25: the first choice leaves nothing behind."""
        self.assertFalse(self.journal("New", None).xero_money_since)
