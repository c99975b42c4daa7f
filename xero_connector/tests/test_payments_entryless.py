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

    def open_causes(self):
        return self.env["xero.note"].search([("state", "=", "open")]).mapped("cause")

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

    def test_a_batch_of_which_the_bank_got_a_part(self):
        """T41, T45: one line of the bank is for two of three; the batch stays."""
        documents = self.invoice() | self.invoice() | self.invoice()
        self.entryless(documents, 360)
        self.settle()
        self.bank_line(240, documents[0], documents[1])
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [120, 120, 120])
        self.assertEqual(self.open_causes(), ["payment_in_batch"])

    def test_a_rate_that_comes_later_changes_nothing(self):
        """T41, I7: what was sent stays, whatever the day's rate turns out to be."""
        usd = self.env.ref("base.USD")
        usd.active = True
        rates = self.env["res.currency.rate"]
        values = {"currency_id": usd.id, "company_id": self.company.id}
        rates.create(values | {"name": "2026-07-01", "rate": 1.25})
        invoice = self.invoice(currency_id=usd.id)
        payment = self.entryless(invoice, 120)
        payment.currency_id = usd
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [120])
        rates.create(values | {"name": "2026-07-10", "rate": 1.2})
        self.xero.clear_calls()
        invoice.invoice_date_due = "2026-09-01"
        invoice._xero_touch()
        self.settle()
        self.assertEqual(self.writes("/Payments"), [])

    def test_several_documents_and_another_amount(self):
        """T41: Odoo has not said how much of each: it waits for the bank."""
        documents = self.invoice() | self.invoice({"price_unit": 50})
        self.entryless(documents, 100)
        self.settle()
        self.assertEqual(self.payments(), [])
        self.assertEqual(set(self.open_causes()), {"payment_unshared"})

    def test_matched_before_anybody_looked(self):
        """T41, I4: announced and at the bank between two plans: one payment."""
        invoice = self.invoice()
        self.entryless(invoice, 60)
        self.bank_line(60, invoice)
        self.assertEqual(invoice.amount_residual, 60)
        self.settle()
        self.assertEqual([p[:2] for p in self.payments()], [(60, "2026-07-12")])

    def test_matched_before_anybody_looked_with_less(self):
        """T41: what was announced cannot stand beside what the bank got."""
        invoice = self.invoice()
        self.entryless(invoice, 120)
        self.bank_line(100, invoice)
        self.settle()
        self.assertEqual([p[:2] for p in self.payments()], [(100, "2026-07-12")])
        self.assertFalse(self.open_causes())

    def test_several_matched_before_anybody_looked(self):
        """T41: one line for all that was announced: nothing is left to be said."""
        documents = self.invoice() | self.invoice({"price_unit": 50})
        self.entryless(documents, 180)
        self.bank_line(180, *documents)
        self.settle()
        self.assertEqual(sorted(p[0] for p in self.payments()), [60, 120])
        self.assertFalse(self.open_causes())

    def test_other_money_is_not_what_was_announced(self):
        """T41: another amount that leaves room for both: two payments."""
        invoice = self.invoice()
        self.entryless(invoice, 60)
        self.bank_line(50, invoice)
        self.settle()
        self.assertEqual(sorted(p[0] for p in self.payments()), [50, 60])

    def test_the_bank_says_how_much_of_each(self):
        """T41: the line is matched: its money goes, and the question is settled."""
        documents = self.invoice() | self.invoice({"price_unit": 50})
        self.entryless(documents, 100)
        self.settle()
        self.bank_line(100, documents[0])
        self.settle()
        self.assertEqual([p[:2] for p in self.payments()], [(100, "2026-07-12")])
        self.assertFalse(self.open_causes())

    def test_another_amount(self):
        """S206, T41: announced anew with another amount, it is made anew."""
        invoice = self.invoice()
        payment = self.entryless(invoice, 60)
        self.settle()
        for amount in (20, 110):
            payment.action_draft()
            payment.amount = amount
            payment.action_post()
            self.settle()
            self.assertEqual([p[0] for p in self.payments()], [amount])

    def test_announced_again_and_matched(self):
        """T41, S206: taken back, announced again and at the bank before the next plan:
        one payment."""
        invoice = self.invoice()
        payment = self.entryless(invoice, 60)
        self.settle()
        payment.action_draft()
        self.settle()
        payment.action_post()
        self.bank_line(60, invoice)
        self.settle()
        self.assertEqual([p[0] for p in self.payments()], [60])

    def test_document_in_draft_is_held(self):
        """S206: reset to draft and posted again, the bank's money stays what it is."""
        invoice = self.invoice()
        self.entryless(invoice, 60)
        self.bank_line(60, invoice)
        self.settle()
        self.xero.clear_calls()
        invoice.button_draft()
        self.settle()
        invoice.action_post()
        self.settle()
        self.assertEqual([p[:2] for p in self.payments()], [(60, "2026-07-12")])
        self.assertEqual(self.writes("Payments"), [])

    def test_one_of_several_is_touched(self):
        """T41, I7: what was concluded of all stays, whichever is looked at."""
        documents = self.invoice() | self.invoice({"price_unit": 50})
        self.entryless(documents, 180)
        self.settle()
        self.xero.clear_calls()
        documents[1]._xero_touch()
        self.settle()
        self.assertEqual(sorted(p[0] for p in self.payments()), [60, 120])
        self.assertEqual(self.writes("Payments"), [])

    def test_looked_at_from_a_credit_note(self):
        """T41, I8: what pays the invoice is not concluded on where only the credit note
        that stands against it is looked at."""
        invoice, credit = (
            self.invoice(),
            self.document("out_refund", {"price_unit": 20}),
        )
        self.entryless(invoice, 60)
        line = self.bank_line(60, invoice)
        (invoice | credit).line_ids.filtered(
            lambda each: each.account_id.account_type == "asset_receivable"
        ).reconcile()
        self.settle()
        part = self.env["xero.part"].search([("kind", "=", "payment")])
        credit._xero_touch()
        self.settle()
        self.assertEqual(part.counterpart_move_id, line.move_id)
        self.assertEqual([p[:2] for p in self.payments()], [(60, "2026-07-12")])
