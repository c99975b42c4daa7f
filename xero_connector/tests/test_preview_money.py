"""Money in 'What would happen': payments are said before anything goes."""

from odoo.tests import tagged

from .test_payments import PaymentCase
from .test_preview import PreviewCase


@tagged("post_install", "-at_install")
class TestPreviewMoney(PaymentCase):
    def setUp(self):
        super().setUp()
        self.connection.trigger = "manual"
        self.fees = self.env["account.account"].create(
            {"name": "Bank fees", "code": "990001", "account_type": "expense"}
        )

    preview = PreviewCase.preview
    opened = PreviewCase.opened
    as_accountant = PreviewCase.as_accountant

    def money(self, preview):
        return preview.line_ids.filtered("is_money")

    def row(self, preview, document):
        return preview.line_ids.filtered(
            lambda row: row.is_document and row.res_id == document.id
        )

    def sent_calls(self, preview):
        """How many calls were announced, and how many were made."""
        announced = preview.get_summary()["calls"]
        before = self.xero.writes()
        preview.action_send()
        self.settle()
        return announced, self.xero.writes() - before

    def test_a_payment_goes_with_its_invoice(self):
        """S173, N2, S188: amount, account and what it goes with; nothing is written."""
        invoice = self.invoice()
        self.register(invoice)
        self.commit()
        self.env["xero.change"].search([]).unlink()
        self.xero.clear_calls()
        preview = self.preview()
        row = self.money(preview)
        self.assertEqual((row.action, row.total), ("create", 120), row.words)
        self.assertEqual(row.resource, "payment")
        self.assertIn("Business Bank", row.words)
        self.assertIn(f"goes with {invoice.name}", row.words)
        self.assertEqual(self.xero.calls(), [])
        self.assertFalse(self.env["xero.part"].search([]))
        self.assertFalse(self.env["xero.link"].search([]))
        counts = {c["action"]: c["count"] for c in preview.get_summary()["counts"]}
        self.assertEqual((counts["create"], counts["money"]), (1, 1))

    def test_planned_calls_are_those_that_are_made(self):
        """N8, S171: customer, invoices, one for single payments, one for each batch."""
        several = self.invoice() | self.invoice()
        self.register(several, group_payment=True)
        self.register(self.invoice(), 50)
        self.register(self.invoice(), 60)
        announced, made = self.sent_calls(self.preview())
        self.assertEqual((announced, made), (4, 4))
        self.assertEqual(len(self.payments()), 4)

    def test_write_offs_and_allocations_are_counted(self):
        """T40, N26, N8: payment, credit note and its allocation; a credit note used."""
        self.write_off(self.fees, "credit_note", "404")
        invoice, refund = (
            self.invoice(),
            self.document("out_refund", {"price_unit": 20}),
        )
        other = self.invoice()
        self.register(
            invoice,
            115,
            payment_difference_handling="reconcile",
            writeoff_account_id=self.fees.id,
        )
        (other | refund).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ).reconcile()
        preview = self.preview()
        kinds = sorted(self.money(preview).mapped("resource"))
        self.assertEqual(kinds, ["allocation", "allocation", "payment", "write_off"])
        announced, made = self.sent_calls(preview)
        self.assertEqual(announced, made)
        self.assertEqual([self.due(invoice), self.due(other)], [0, 96])

    def test_one_batch_says_so(self):
        """N29, T45: one payment over several invoices is one batch."""
        self.register(self.invoice() | self.invoice(), group_payment=True)
        words = self.money(self.preview()).mapped("words")
        self.assertEqual(len(words), 2)
        for each in words:
            self.assertIn("one of a batch of 2", each)

    def test_only_the_chosen_invoices_payment_goes(self):
        """S176: a payment ticks with its invoice."""
        first, second = self.invoice(), self.invoice()
        self.register(first)
        self.register(second, 50)
        preview = self.preview()
        row = self.row(preview, second)
        self.assertEqual(preview._calls(row), 3)
        preview.action_send(row.ids)
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [50])
        self.assertFalse(first.xero_state)

    def test_a_write_off_without_a_rule_is_said(self):
        """T40, N2: why not, and the button that mends it."""
        invoice = self.invoice()
        self.register(
            invoice,
            115,
            payment_difference_handling="reconcile",
            writeoff_account_id=self.fees.id,
        )
        preview = self.preview()
        row = self.money(preview)
        self.assertEqual((row.action, row.cause), ("attention", "write_off_unmapped"))
        self.assertIn("5.00", row.words)
        action = row.group_id.action_mend()
        mapping = self.env["xero.mapping"].browse(action["res_id"])
        self.assertEqual(mapping.kind, "write_off")
        self.assertEqual(self.row(preview, invoice).action, "create")

    def test_a_payment_waits_for_what_is_stopped(self):
        """S191, S208: its invoice cannot go, so it does not."""
        tax = self.tax.copy({"name": "20% special"})
        invoice = self.invoice({"tax_ids": tax.ids})
        self.register(invoice)
        preview = self.preview()
        row = self.money(preview)
        self.assertEqual(
            (row.action, row.words), ("wait", f"Waits for {invoice.name}.")
        )
        self.assertEqual(preview.get_summary()["sendCount"], 0)

    def test_a_draft_in_xero_holds_its_payment(self):
        """S192: in a trial documents are drafts; payments follow their approval."""
        self.connection.mode = "trial"
        self.register(self.invoice())
        self.assertEqual(self.money(self.preview()).action, "wait")

    def test_money_of_an_account_that_xero_owns(self):
        """T44, I14: not sent, so not shown."""
        self.bank.xero_money_owner = "xero"
        self.register(self.invoice())
        self.assertFalse(self.money(self.preview()))

    def test_a_payment_of_a_document_that_is_there(self):
        """S188, N2: sent by itself from here."""
        self.connection.export_payments = False
        invoice = self.invoice()
        invoice.with_user(self.accountant).action_xero_send()
        self.register(invoice)
        self.settle()
        self.assertEqual(self.payments(), [])
        self.connection.export_payments = True
        preview = self.opened(invoice.with_user(self.accountant).action_xero_preview())
        row = self.money(preview)
        self.assertTrue(row.is_sendable)
        self.assertEqual(preview.get_summary()["calls"], 1)
        preview.action_send(row.ids)
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [120])

    def test_a_payment_is_skipped_and_taken_back(self):
        """S176, S211: its invoice goes without it; taken back, it follows."""
        invoice = self.invoice()
        self.register(invoice)
        preview = self.preview()
        step = self.money(preview).action_skip()
        skip = self.env["xero.skip"].with_context(**step["context"])
        skip.with_user(self.accountant).create({"reason": "Twice"}).action_skip()
        row = self.money(preview)
        self.assertEqual(
            (row.action, row.words), ("skipped", f"Twice ({self.accountant.name})")
        )
        preview.action_send()
        self.settle()
        self.assertEqual(self.due(invoice), 120)
        preview = self.opened(invoice.with_user(self.accountant).action_xero_preview())
        self.money(preview).action_take_back()
        self.settle()
        self.assertEqual(self.due(invoice), 0)

    def test_what_is_too_much(self):
        """T50, N2: the rest is shown where it goes to Xero, and only there."""
        self.register(self.invoice(), 140)
        self.assertEqual(self.money(self.preview()).mapped("total"), [120])
        self.connection.send_overpayments = True
        self.consent(self.connection.with_user(self.accountant))
        shown = self.money(self.preview())
        self.assertEqual(sorted(shown.mapped("total")), [20, 120])

    def test_everything_has_waiting_payments_too(self):
        """S173: a payment that is stopped is found again, its invoice is in Xero."""
        self.connection.trigger = "post"
        journal = self.journal("New", None)
        self.register(self.invoice(), journal=journal)
        self.settle()
        found = self.opened(self.as_accountant("xero.preview").action_open_all())
        self.assertEqual(self.money(found).cause, "journal_unmapped")

    def test_queries_do_not_grow(self):
        """I11, N2: looking at ten payments costs no more than at three."""
        for _each in range(3):
            self.register(self.invoice())
        few = self.queries()
        for _each in range(7):
            self.register(self.invoice())
        self.assertLessEqual(self.queries(), few + 25)

    def queries(self):
        preview = self.preview()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        preview._look()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
