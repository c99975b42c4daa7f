"""Mending frees what was stopped; what cannot go on says so."""

from unittest.mock import patch

from ..lib import errors
from ..lib.client import Client
from .test_stuck import StuckCase


class MendingCase(StuckCase):
    def rate(self, tax_type):
        return self.env["xero.tax.rate"].search([("tax_type", "=", tax_type)], limit=1)

    def account(self, code):
        return self.env["xero.account"].search([("code", "=", code)], limit=1)

    def lock(self, date):
        """Close the books in Xero up to a date, and read that."""
        self.xero.set_lock_date(date)
        self.connection.with_user(self.accountant).action_refresh_reference_data()


class TestMendingFrees(MendingCase):
    def test_another_account_frees_what_an_archived_one_stopped(self):
        """N6, S68: no click on each document."""
        self.xero.archive_account("200")
        invoice = self.invoice()
        self.work()
        self.note(cause="account_archived")
        row = self.env["xero.mapping"].search(
            [("account_id", "=", self.income.id), ("kind", "=", "account")]
        )
        row.with_user(self.accountant).xero_account_id = self.account("260")
        self.settle()
        self.assertEqual(invoice.xero_state, "synced")

    def test_a_default_account_frees_what_had_none(self):
        """N6, S73: an option of the connection mends as a mapping does."""
        account = self.income.copy({"name": "Odd income", "code": "409999"})
        invoice = self.invoice({"account_id": account.id})
        self.work()
        self.note(cause="account_unmapped")
        manager = self.connection.with_user(self.accountant)
        manager.default_sale_account_id = self.account("260")
        self.settle()
        self.assertEqual(invoice.xero_state, "synced")

    def test_a_mended_document_that_waits_for_going_live_has_no_note(self):
        """N33, S227: it waits for a person, not for a mend."""
        self.connection.mode = "trial"
        for _each in range(10):
            self.invoice()
        self.work()
        tax = self.tax.copy({"name": "odd"})
        invoice = self.invoice({"tax_ids": tax.ids})
        self.work()
        note = self.note(cause="tax_unmapped")
        row = self.env["xero.mapping"]._ensure(self.connection, "tax", tax)
        row.xero_tax_rate_id = self.rate("OUTPUT2")
        self.work()
        self.assertEqual(invoice._xero_link().waiting_for, "go_live")
        self.assertEqual(note.state, "done")

    def test_totals_that_agree_again_free_the_document(self):
        """I6, N7: trying again reads what Xero has now."""
        invoice = self.first_invoice()
        link = invoice._xero_link()
        theirs = {"net": "99.00", "tax": "20.00", "total": "119.00"}
        link.snapshot = dict(link.snapshot, differs=theirs)
        invoice._xero_touch()
        self.work()
        self.note(cause="invoice_total_differs").action_try_again()
        self.settle()
        self.assertEqual(invoice.xero_state, "synced")


class TestSaysSo(MendingCase):
    def test_a_document_linked_by_hand_with_another_total_says_so(self):
        """I6, S158: 7.00 there and 120.00 here is not in step."""
        invoice = self.invoice()
        made = self.document_in_xero(invoice, "ACCREC")
        self.work()
        wizard = self.env["xero.link.existing"].with_user(self.accountant)
        wizard = wizard.create({"link_id": invoice._xero_link().id})
        wizard.candidate_ids.filtered(
            lambda each: each.xero_id == made["InvoiceID"]
        ).action_choose()
        self.settle()
        self.assertEqual(invoice.xero_state, "blocked")
        self.note(cause="invoice_total_differs")

    def test_documents_of_a_skipped_customer_say_so(self):
        """S176, S227: they do not wait for ever without a word."""
        self.customer.email = "a, b"
        invoice = self.invoice()
        self.work()
        wizard = self.env["xero.skip"].with_user(self.accountant)
        links = self.customer._xero_link().ids
        wizard.create({"link_ids": links, "reason": "paper only"}).action_skip()
        self.settle()
        self.assertEqual(invoice.xero_state, "blocked")
        self.note(cause="dependency_failed")

    def test_access_that_xero_no_longer_accepts_says_so(self):
        """S9: an access refused twice is lost, not tried for ever."""
        revoked = errors.AccessRevoked(status=401)
        with patch.object(Client, "call", side_effect=revoked):
            self.invoice()
            self.work()
        self.assertEqual(self.connection.state, "broken")


class TestLockedPeriods(MendingCase):
    def test_a_lock_stops_changes_to_what_is_in_xero_and_nothing_else(self):
        """I16, T8: marked as sent it stays in step; a new reference is stopped."""
        invoice = self.first_invoice()
        self.lock("2026-07-31")
        writes = self.xero.writes()
        invoice.is_move_sent = True
        self.work()
        self.assertEqual(invoice.xero_state, "synced")
        invoice.ref = "PO 12"
        self.work()
        self.assertEqual(invoice.xero_state, "blocked")
        self.assertEqual(self.xero.writes(), writes)

    def test_connecting_again_leaves_nothing_out_that_a_lock_stopped(self):
        """S160, S227: the start date chosen once stays; it still says why it waits."""
        start = self.connection.date_from
        invoice = self.invoice()
        self.lock("2026-07-31")
        self.work()
        self.assertEqual(invoice.xero_state, "blocked")
        self.xero.disconnect()
        self.consent(self.connection.with_user(self.accountant))
        self.settle()
        self.assertEqual(self.connection.date_from, start)
        self.assertEqual(invoice.xero_state, "blocked")
        self.note(cause="locked_period")
