"""Who sees what, and what is there when Xero is not."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common import XeroCase


class TestWithoutConnection(XeroCase):
    def list_arch(self, user):
        moves = self.env["account.move"].with_user(user)
        return moves.get_view(self.env.ref("account.view_out_invoice_tree").id, "list")[
            "arch"
        ]

    def test_lists_are_as_before_until_someone_connects(self):
        """S1, S14: no column, no 'Send to Xero'; managers find 'Connect to Xero'."""
        arch = self.list_arch(self.accountant)
        self.assertNotIn("xero_state", arch)
        self.assertNotIn("Send to Xero", arch)
        self.assertIn("Connect to Xero", arch)

        self.connect()

        arch = self.list_arch(self.accountant)
        self.assertIn("xero_state", arch)
        self.assertIn("Send to Xero", arch)
        self.assertNotIn("Connect to Xero", arch)

    def test_nothing_is_remembered_for_nobody(self):
        """S1: without a connection a posting leaves no trace of Xero."""
        self.invoice()
        self.commit()
        self.assertFalse(self.env["xero.change"].search([]))

    def test_an_archived_connection_is_inert(self):
        """S2: switched off, nothing is remembered or sent; links stay."""
        connection = self.connect()
        self.invoice()
        self.work()
        connection.active = False
        self.xero.clear_calls()
        self.invoice()
        self.work()
        self.assertEqual(self.xero.calls(), [])
        self.assertEqual(len(self.env["xero.link"].search([])), 2)

    def test_the_form_leads_through_the_set_up(self):
        """S3: what is done, what is next, computed and never typed."""
        connection = self.new_connection()
        self.assertEqual(connection.steps[0]["state"], "now")
        connection = self.consent(connection)
        connection.invalidate_recordset()
        states = [step["state"] for step in connection.steps]
        self.assertEqual(states[0], "done")
        self.assertIn("now", states)
        self.assertTrue(connection.next_step)


class TestRights(XeroCase):
    def test_a_clerk_neither_sends_nor_reads_settings(self):
        """S15, S16: bookkeeping rights alone are not enough."""
        self.connect()
        invoice = self.invoice()
        with self.assertRaises(AccessError):
            invoice.with_user(self.clerk).action_xero_send()
        for model in ("xero.connection", "xero.request", "xero.mapping"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.clerk).search([])

    def test_a_clerk_still_posts_and_sees_invoices(self):
        """I2: what posts an invoice needs no right on anything of Xero."""
        self.connect()
        invoice = self.invoice(post=False)
        invoice.with_user(self.clerk).action_post()
        self.assertTrue(invoice.with_user(self.clerk).read(["name"]))
        self.work()
        self.assertEqual(invoice.xero_state, "synced")

    def test_users_of_xero_see_but_do_not_change(self):
        """S15: links, requests and notes are written by the connector only."""
        connection = self.connect()
        self.invoice()
        self.work()
        user = new_test_user(
            self.env,
            "xero_user_only",
            "account.group_account_invoice,xero_connector.group_user",
        )
        link = self.env["xero.link"].with_user(user).search([], limit=1)
        self.assertTrue(link.state)
        for record, values in (
            (link, {"state": "skipped"}),
            (connection.with_user(user), {"trigger": "manual"}),
            (connection.mapping_ids[:1].with_user(user), {"xero_account_id": False}),
        ):
            with self.assertRaises(AccessError):
                record.write(values)

    def test_another_company_sees_nothing(self):
        """N10: connections, links and history belong to their company."""
        self.connect()
        self.invoice()
        self.work()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        user = new_test_user(
            self.env,
            "xero_elsewhere",
            "account.group_account_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for model in (
            "xero.connection",
            "xero.link",
            "xero.request",
            "xero.mapping",
            "xero.account",
        ):
            self.assertFalse(self.env[model].with_user(user).search([]), model)
