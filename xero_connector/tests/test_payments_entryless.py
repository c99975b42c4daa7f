"""Payments without a journal entry, and the bank's line that comes later (T41)."""

from odoo import Command

from .test_payments import PaymentCase


class TestEntryless(PaymentCase):
    def entryless(self, documents, amount):
        """A payment as Odoo Enterprise makes it: no entry before the bank's line."""
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.customer.id,
                "journal_id": self.bank.id,
                "amount": amount,
                "date": "2026-07-10",
                "invoice_ids": [Command.set(documents.ids)],
            }
        )
        payment.outstanding_account_id = False
        payment.action_post()
        self.assertFalse(payment.move_id)
        return payment

    def bank_line(self, amount, *documents):
        """A line of the bank's statement, matched with documents."""
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": "2026-07-12",
                "payment_ref": "BACS",
                "amount": amount,
            }
        )
        _money, suspense, _other = line._seek_for_lines()
        receivable = documents[0].line_ids.filtered(
            lambda each: each.account_id.account_type == "asset_receivable"
        )
        suspense.write(
            {
                "account_id": receivable.account_id.id,
                "partner_id": self.customer.id,
            }
        )
        for document in documents:
            receivable |= document.line_ids.filtered(
                lambda each: each.account_id.account_type == "asset_receivable"
            )
        (suspense | receivable).reconcile()
        return line

    def test_goes_without_an_entry(self):
        """T41: one document, so Odoo knows how much."""
        invoice = self.invoice()
        self.entryless(invoice, 120)
        self.settle()
        self.assertEqual([p[:2] for p in self.payments()], [(120, "2026-07-10")])

    def test_the_bank_line_is_the_same_money(self):
        """T41: matched later: no second payment, no call."""
        invoice = self.invoice()
        self.entryless(invoice, 120)
        self.settle()
        self.xero.clear_calls()
        self.bank_line(120, invoice)
        self.assertEqual(invoice.amount_residual, 0)
        self.settle()
        self.assertEqual(len(self.in_xero("payments")), 1)
        self.assertEqual(self.writes("/"), [])

    def test_bank_line_without_a_payment(self):
        """S189: matched at the bank only: a payment like any other."""
        invoice = self.invoice()
        self.bank_line(120, invoice)
        self.settle()
        self.assertEqual([p[:2] for p in self.payments()], [(120, "2026-07-12")])

    def test_several_documents_paid_in_full(self):
        """T41: the money is all that they owe: each gets its own."""
        documents = self.invoice() | self.invoice({"price_unit": 50})
        self.entryless(documents, 180)
        self.settle()
        self.assertEqual(sorted(p[0] for p in self.payments()), [60, 120])

    def test_several_documents_and_another_amount(self):
        """T41: Odoo has not said how much of each: it waits for the bank."""
        documents = self.invoice() | self.invoice({"price_unit": 50})
        self.entryless(documents, 100)
        self.settle()
        self.assertEqual(self.payments(), [])
        causes = self.env["xero.note"].search([("state", "=", "open")])
        self.assertEqual(set(causes.mapped("cause")), {"payment_unshared"})
