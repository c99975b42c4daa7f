"""Sending a whole list, the unpaid, or by due date: all of it through one preview."""

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import tagged

from .test_preview import PreviewCase

SALES = ["out_invoice", "out_refund"]
GOOD = [
    ("move_type", "in", ["out_invoice", "out_refund", "out_receipt"]),
    ("move_type", "!=", "out_receipt"),
    ("state", "!=", "cancel"),
    ("xero_state", "not in", ["synced", "gone", "skipped"]),
]


@tagged("post_install", "-at_install")
class TestSendAll(PreviewCase):
    def send_all(self, domain):
        moves = self.as_accountant("account.move")
        return moves.with_context(
            active_domain=domain, default_move_type="out_invoice"
        ).action_xero_send_all()

    def missing(self, *domain):
        moves = self.env["account.move"]
        return moves._xero_missing_filters(self.connection, Domain(list(domain)))

    def test_the_whole_filtered_list_is_looked_at(self):
        """S168, S171: all that the filters let through, not the page; with a count."""
        for _each in range(3):
            self.invoice()
        self.invoice(ref="other")
        domain = [*GOOD, ("ref", "!=", "other")]
        preview = self.opened(self.send_all(domain))
        summary = preview.get_summary()
        self.assertEqual(summary["sendCount"], 3)
        self.assertEqual(summary["calls"], 2)

    def test_selected_documents_are_counted_before_they_go(self):
        """S171, S172: the button on selected ones opens the same preview."""
        chosen = self.invoice() | self.invoice(post=False)
        self.invoice()
        action = chosen.with_user(self.accountant).action_xero_preview()
        preview = self.opened(action)
        self.assertEqual(preview.line_ids.move_id, chosen)
        self.assertEqual(preview.get_summary()["sendCount"], 1)

    def test_missing_filters_are_named(self):
        """S169, S170: which ones, whatever the list happens to hold just now."""
        self.assertEqual(self.missing(*GOOD), [])
        self.assertEqual(self.missing(*GOOD[2:]), ["xero_kinds"])
        self.assertEqual(self.missing(*GOOD[:2], GOOD[3]), ["xero_not_cancelled"])
        self.assertEqual(self.missing(*GOOD[:3]), ["xero_not_there"])
        self.assertEqual(
            self.missing("|", ("state", "=", "posted"), *GOOD[2:3], *GOOD[:2], GOOD[3]),
            [],
        )
        self.assertEqual(
            self.missing("|", ("ref", "=", "x"), *GOOD[2:3], *GOOD[:2], GOOD[3]),
            ["xero_not_cancelled"],
        )

    def test_bills_are_a_kind_only_where_they_are_sent(self):
        """S169: document type among what this connection sends."""
        bills = [("move_type", "=", "in_invoice"), *GOOD[2:]]
        self.assertEqual(self.missing(*bills), ["xero_kinds"])
        self.connection.send_bills = True
        self.assertEqual(self.missing(*bills), [])

    def test_the_button_applies_what_is_missing(self):
        """S170: the same list, with the filters that were missing."""
        action = self.send_all(GOOD[:2])
        self.assertEqual(action["res_model"], "xero.send.all")
        step = self.as_accountant("xero.send.all").browse(action["res_id"])
        self.assertIn("not cancelled", step.words)
        self.assertIn("not in Xero yet", step.words)
        applied = step.action_apply()
        self.assertEqual(applied["res_model"], "account.move")
        self.assertTrue(applied["context"]["search_default_xero_not_there"])
        self.assertTrue(applied["context"]["search_default_xero_not_cancelled"])
        view = self.env["account.move"].get_view(
            self.env.ref("account.view_account_invoice_filter").id, "search"
        )
        for name in ("xero_kinds", "xero_not_cancelled", "xero_not_there"):
            self.assertIn(f'name="{name}"', view["arch"])

    def test_drafts_are_named_with_their_reason(self):
        """S172: what is not approved does not go until it is, and is said."""
        draft = self.invoice(post=False)
        early = self.invoice(invoice_date="2025-12-01", date="2025-12-01")
        preview = self.opened(self.send_all(GOOD))
        self.assertEqual(self.row(preview, draft).action, "attention")
        self.assertIn("draft", self.row(preview, draft).words)
        self.assertIn("dated before", self.row(preview, early).words)
        self.assertEqual(preview.get_summary()["sendCount"], 0)

    def test_all_live_takes_what_is_unpaid(self):
        """S143: posted, owed in full; neither drafts nor paid ones."""
        unpaid, paid = self.invoice(), self.invoice()
        self.invoice(post=False)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=paid.ids
        ).create({}).action_create_payments()
        self.assertIn(paid.payment_state, ("paid", "in_payment"))
        preview = self.preview(preset="live")
        self.assertEqual(preview.line_ids.move_id, unpaid)

    def test_export_by_due_date_within_thirty_days(self):
        """S161, S162: only what was never sent, then by customer, site or number."""
        due = self.invoice(invoice_date_due="2026-08-10")
        self.invoice(invoice_date_due="2026-09-30")
        sent = self.invoice(invoice_date_due="2026-08-10")
        sent.with_user(self.accountant).action_xero_send()
        self.work()
        dates = {"due_from": "2026-08-01", "due_to": "2026-08-31"}
        preview = self.preview(preset="due", **dates)
        self.assertEqual(preview.line_ids.move_id, due)
        self.assertFalse(self.preview(preset="due", words="nobody", **dates).line_ids)
        found = self.preview(preset="due", words=due.name, **dates)
        self.assertEqual(found.line_ids.move_id, due)
        with self.assertRaises(UserError):
            self.preview(preset="due", due_from="2026-08-01", due_to="2026-09-01")

    def test_ready_or_given_to_the_customer(self):
        """S161: posted or sent in Odoo, never in Xero."""
        ready, given = self.invoice(), self.invoice()
        given.is_move_sent = True
        preview = self.preview(preset="ready")
        self.assertEqual(preview.line_ids.move_id, ready | given)

    def test_lists_have_the_buttons_of_what_is_sent(self):
        """S168, S136: bills get button and column once bills are switched on."""
        moves = self.as_accountant("account.move")
        view_id = self.env.ref("account.view_in_invoice_bill_tree").id
        arch = moves.get_view(view_id, "list")["arch"]
        self.assertIn("action_xero_send_all", arch)
        self.assertNotIn("in_invoice'", arch.split("action_xero_send_all")[1][:400])
        self.connection.send_bills = True
        arch = moves.get_view(view_id, "list")["arch"]
        self.assertIn("in_invoice'", arch.split("action_xero_send_all")[1][:400])
