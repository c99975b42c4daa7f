"""The questions after connecting, and settings that refuse what makes no sense."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import XeroCase


@tagged("post_install", "-at_install")
class TestQuestions(XeroCase):
    def setUp(self):
        super().setUp()
        self.connection = self.connect(live=False)

    def questions(self):
        action = self.connection.with_user(self.accountant).action_ask()
        model = self.env["xero.questions"].with_user(self.accountant)
        return Form(model.with_context(**action["context"]))

    def test_they_come_first_and_are_asked_once(self):
        """S3: after connecting, from when and what; then never again."""
        self.assertEqual(self.connection.next_action, "questions")
        form = self.questions()
        form.send_bills = True
        form.date_from = "2026-07-01"
        form.save().action_answer()
        self.connection.invalidate_recordset()
        self.assertNotEqual(self.connection.next_action, "questions")
        self.assertTrue(self.connection.send_bills)
        self.assertEqual(str(self.connection.date_from), "2026-07-01")

    def test_answers_are_counted_while_they_are_given(self):
        """S152: how many go, and how many are too early."""
        self.invoice(), self.invoice()
        self.invoice(invoice_date="2026-02-01", date="2026-02-01")
        form = self.questions()
        before = form.words
        form.date_from = "2026-07-01"
        self.assertNotEqual(form.words, before)
        form.send_invoices = False
        self.assertIn("will be sent: 0.", form.words)

    def test_open_documents_from_before_are_looked_for(self):
        """N28: in the background, unless they are to be left alone."""
        self.job_runner_on_duty()
        self.invoice(invoice_date="2025-12-01", date="2025-12-01")
        form = self.questions()
        self.assertEqual(form.open_count, 1)
        form.opening = "leave"
        form.save().action_answer()
        self.assertFalse(self.looking())
        self.questions().save().action_answer()
        self.assertEqual(len(self.looking()), 1)

    def looking(self):
        """Jobs that look for them in Xero."""
        return self.env["queue.job"].search([("method_name", "=", "_job_link_opening")])

    def job_runner_on_duty(self):
        """Hold the lock by which the connector knows that jobs are run."""
        key = [2293787760715711918]
        self.env.cr.execute("SELECT pg_advisory_lock(%s)", key)
        self.addCleanup(self.env.cr.execute, "SELECT pg_advisory_unlock(%s)", key)

    def test_the_date_follows_the_last_filed_return(self):
        """G5: the day after Xero's lock date, or what is typed."""
        self.xero.set_lock_date("2026-03-31")
        self.connection.with_user(self.accountant).action_refresh_reference_data()
        self.env.invalidate_all()
        form = self.questions()
        self.assertEqual(str(form.filed_up_to), "2026-03-31")
        self.assertEqual(str(form.date_from), "2026-04-01")
        form.filed_up_to = "2026-06-30"
        self.assertEqual(str(form.date_from), "2026-07-01")

    def test_where_the_bank_is_reconciled(self):
        """N25: the answer gives every bank its owner; cash begins in Odoo."""
        journals = self.connection._money_journals()
        bank = journals.filtered(lambda journal: journal.type == "bank")[:1]
        form = self.questions()
        form.money = "odoo"
        form.save().action_answer()
        journals.invalidate_recordset()
        self.assertEqual(bank.xero_money_owner, "odoo")
        form = self.questions()
        self.assertEqual(form.money, "odoo")
        form.money = "account"
        with form.journal_ids.edit(journals.ids.index(bank.id)) as line:
            line.owner = "none"
        form.save().action_answer()
        journals.invalidate_recordset()
        self.assertEqual(bank.xero_money_owner, "none")

    def test_clerks_are_not_asked(self):
        """S15: only managers answer."""
        with self.assertRaises(AccessError):
            self.connection.with_user(self.clerk).action_ask()


@tagged("post_install", "-at_install")
class TestSettings(XeroCase):
    def setUp(self):
        super().setUp()
        self.connection = self.connect()

    def test_senseless_pairs_are_refused_in_words(self):
        """S83: no item with its account, a plan missing, no parts."""
        for values, words in (
            ({"item_source": "none", "account_source": "item"}, "Without an item"),
            ({"item_source": "analytic"}, "analytic plan"),
            ({"account_source": "segments"}, "at least one part"),
        ):
            with (
                self.subTest(values),
                self.assertRaisesRegex(UserError, words),
                self.env.cr.savepoint(),
            ):
                self.connection.write(values)
        part = {"source": "fixed", "text": "A"}
        self.connection.write(
            {"account_source": "segments", "segment_ids": [(0, 0, part)]}
        )

    def test_what_is_sent_is_said_in_one_sentence(self):
        """S20: kinds, trigger and status."""
        self.assertEqual(
            self.connection.sends_words,
            "Sales invoices and credit notes, when they are posted, approved",
        )
        self.connection.write({"send_bills": True, "trigger": "sent"})
        self.assertEqual(
            self.connection.sends_words,
            "Sales invoices and credit notes, bills and supplier credits, when they are"
            " marked as sent, approved",
        )
        self.connection.write({"send_bills": False, "send_invoices": False})
        self.assertIn("Nothing", self.connection.sends_words)

    def test_options_are_shown_only_where_they_make_sense(self):
        """S174: without documents, none of their options is asked for."""
        with Form(self.connection) as form:
            form.send_invoices = False
            for name in ("trigger", "invoice_status", "number_policy", "bill_status"):
                self.assertTrue(form._get_modifier(name, "invisible"), name)
            form.send_bills = True
            self.assertFalse(form._get_modifier("bill_status", "invisible"))
            self.assertTrue(form._get_modifier("invoice_status", "invisible"))

    def test_every_option_is_on_the_screen_with_its_default(self):
        """S174, S20: each document option has its line in the settings."""
        arch = self.connection.get_view(view_type="form")["arch"]
        from ..models.xero_connection_options import _OPTIONS

        for name in _OPTIONS:
            self.assertIn(f'name="{name}"', arch, name)

    def test_a_condition_keeps_documents_out(self):
        """S151: what does not match neither goes nor appears; erased, it does."""
        self.connection.document_domain = "[('ref', '!=', 'private')]"
        kept = self.invoice(ref="private")
        preview = self.env["xero.preview"].with_user(self.accountant)
        moves = preview.browse(self.preview_id(preview)).line_ids.move_id
        self.assertNotIn(kept, moves)
        self.connection.document_domain = "[]"
        moves = preview.browse(self.preview_id(preview)).line_ids.move_id
        self.assertIn(kept, moves)

    def preview_id(self, preview):
        return preview.action_open_all()["context"]["xero_preview_id"]
