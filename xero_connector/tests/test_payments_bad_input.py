"""Payments that cannot be: nothing is sent or booked, and a sentence says why."""

from odoo import Command

from .test_payments import PaymentCase


class TestSent(PaymentCase):
    """Registered in Odoo, refused before or by Xero."""

    def said(self, cause):
        """What the one note says, after the work; Xero has got nothing."""
        self.settle()
        self.assertEqual(self.payments(), [])
        return self.note(cause=cause).message

    def dollars(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        return self.invoice({"tax_ids": [Command.clear()]}, currency_id=usd.id)

    def test_more_than_is_owed_there(self):
        """S193: somebody set a credit against it in Xero."""
        invoice, refund = self.invoice(), self.document("out_refund")
        self.settle()
        self.xero.allocate(refund._xero_link().xero_id, invoice._xero_link().xero_id)
        self.register(invoice)
        words = "The payment is more than is still owed in Xero."
        self.assertEqual(self.said("payment_exceeds"), words)

    def test_on_a_draft_there(self):
        """S192: it waits, and says for what."""
        self.connection.mode = "trial"
        self.register(self.invoice())
        self.settle()
        link = self.env["xero.part"].search([])._xero_link()
        waiting = dict(link._fields["waiting_for"]._description_selection(self.env))
        self.assertEqual(
            waiting[link.waiting_for], "Waits until its document is approved in Xero"
        )
        self.assertEqual(self.payments(), [])

    def test_from_a_bank_in_a_third_currency(self):
        """S194, T48: neither the document's nor that of the books."""
        self.env.ref("base.EUR").active = True
        self.xero_account(self.connection, "090").currency_code = "EUR"
        invoice = self.dollars()
        self.register(invoice, currency_id=invoice.currency_id.id)
        words = f"{invoice.name} is in USD, the bank account in EUR, the books in GBP."
        self.assertEqual(self.said("payment_third_currency"), words)

    def test_made_in_a_third_currency(self):
        """S194: euros settle dollars."""
        eur = self.env.ref("base.EUR")
        eur.active = True
        invoice = self.dollars()
        payment = self.register(invoice, currency_id=eur.id)
        words = f"{payment.move_id.name} pays {invoice.name} in a third currency, EUR."
        self.assertEqual(self.said("payment_currency"), words)

    def test_into_an_account_that_takes_none(self):
        """S197: an income account."""
        self.connection.payment_account_id = self.xero_account(self.connection, "200")
        self.register(self.invoice(), journal=self.journal("New", None))
        words = "Xero takes no payments on this account."
        self.assertEqual(self.said("payment_account"), words)

    def test_in_a_locked_period(self):
        """S207, I16: it stays in Odoo until the lock moves."""
        invoice = self.invoice()
        self.settle()
        self.xero.set_lock_date("2026-07-31")
        self.connection.action_refresh_reference_data()
        self.register(invoice)
        message = self.said("locked_period")
        self.assertIn("is dated 07/10/2026. Xero is locked up to 07/31/2026.", message)

    def test_for_an_invoice_that_is_not_linked(self):
        """S191, S208: too early for Xero."""
        invoice = self.invoice(invoice_date="2025-12-01")
        self.register(invoice)
        message = self.said("payment_unlinked")
        self.assertIn(f"is for {invoice.name}, which is not linked to Xero.", message)


class TestBrought(PaymentCase):
    """Made in Xero, and not for Odoo to book: the import says why."""

    def setUp(self):
        super().setUp()
        self.bank.xero_money_owner = "xero"
        self.ours = self.invoice()
        self.settle()
        self.there = self.ours._xero_link().xero_id

    def said(self):
        """What the import says of the one payment; nothing is booked."""
        wizard = self.env["xero.payment.import"].with_user(self.accountant)
        found = wizard.create({"connection_id": self.connection.id})
        found.action_look_up()
        found.line_ids.chosen = True
        found.action_import()
        booked = self.env["account.payment"].search(
            [("journal_id", "=", self.bank.id), ("date", "=", "2026-07-12")]
        )
        self.assertFalse(booked)
        return found.line_ids.message

    def test_more_than_is_owed_here(self):
        """S193, S211: a credit note took the rest in Odoo only."""
        refund = self.document("out_refund", {"price_unit": 50})
        self.connection.send_allocations = False
        (self.ours | refund).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ).reconcile()
        self.xero.pay(self.there, date="2026-07-12")
        self.assertEqual(self.said(), f"{self.ours.name} owes less than this in Odoo.")

    def test_on_a_draft_here(self):
        """S211: somebody changes the invoice just now."""
        self.xero.pay(self.there, date="2026-07-12")
        self.ours.button_draft()
        words = f"{self.ours.display_name} is a draft in Odoo."
        self.assertEqual(self.said(), words)

    def test_into_an_account_without_a_journal(self):
        """S199: nobody said where such money is booked."""
        self.xero.pay(self.there, account="091", date="2026-07-12")
        words = "Its account in Xero belongs to no journal."
        self.assertEqual(self.said(), words)

    def test_into_an_account_that_odoo_owns(self):
        """I14: said and left."""
        self.bank.xero_money_owner = "odoo"
        self.xero.pay(self.there, date="2026-07-12")
        words = f"{self.bank.name} is recorded in Odoo first."
        self.assertEqual(self.said(), words)

    def test_in_a_period_that_odoo_has_locked(self):
        """S207, S211: Odoo books it on its first open day, never in the period."""
        self.company.fiscalyear_lock_date = "2026-07-31"
        self.xero.pay(self.there, date="2026-07-12")
        self.fetch()
        entry = self.env["xero.part"].search([]).counterpart_move_id
        self.assertEqual(entry.state, "posted")
        self.assertGreater(str(entry.date), "2026-07-31")
        self.assertEqual(self.ours.payment_state, "paid")

    def test_on_an_invoice_that_is_not_ours(self):
        """S201: made in Xero."""
        self.xero.create(
            "invoices",
            {
                "Type": "ACCREC",
                "Contact": {"ContactID": self.customer.xero_id},
                "Status": "AUTHORISED",
                "Date": "2026-07-01",
                "DueDate": "2026-07-01",
                "LineItems": [
                    {"Description": "x", "UnitAmount": 10, "AccountCode": "200"}
                ],
            },
        )
        foreign = self.in_xero("invoices")[-1]
        self.xero.pay(foreign["InvoiceID"], date="2026-07-12")
        words = "Not on a document that Odoo sent or that is linked."
        self.assertEqual(self.said(), words)
