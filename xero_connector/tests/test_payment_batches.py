"""One payment over many documents: one batch in Xero, one line at the bank."""

from decimal import Decimal

from .test_payments import PaymentCase


class TestBatches(PaymentCase):
    def setUp(self):
        super().setUp()
        self.documents = self.invoice() | self.invoice() | self.invoice()
        self.settle()
        self.xero.clear_calls()

    def pay_together(self):
        payment = self.register(self.documents, group_payment=True)
        self.settle()
        return payment

    def batches(self, status="AUTHORISED"):
        found = self.in_xero("batch_payments")
        return [each for each in found if each["Status"] == status]

    def test_one_batch(self):
        """N29, T45: one batch with three payments, in one call."""
        payment = self.pay_together()
        self.assertIn(
            "one batch of 3, £ 360.00", payment.xero_words.replace("\xa0", " ")
        )
        self.assertIn("Undoing it undoes all 3", payment.xero_words)
        [batch] = self.batches()
        self.assertEqual(batch["TotalAmount"], Decimal(360))
        self.assertEqual(len(self.payments()), 3)
        self.assertEqual(len(self.writes("Payments")), 1)
        for document in self.documents:
            self.assertEqual(self.due(document), 0)
        self.assert_cash()

    def test_a_lost_answer(self):
        """I4, N29: the payments of a batch are found like any others."""
        self.xero.fault("answer_lost", path="/BatchPayments", method="PUT")
        self.pay_together()
        self.assertEqual(len(self.batches()), 1)
        self.assertEqual(len(self.payments()), 3)
        parts = self.env["xero.part"].search([])
        self.assertEqual(set(parts.mapped("xero_state")), {"synced"})

    def test_undone_as_a_whole(self):
        """T45: the payment is cancelled: the batch is deleted, in one call."""
        payment = self.pay_together()
        payment.action_draft()
        payment.action_cancel()
        self.settle()
        self.assertEqual(self.batches(), [])
        self.assertEqual(self.payments(), [])
        self.assertEqual(len(self.writes("BatchPayments")), 2)
        due = self.documents.mapped("xero_amount_due")
        self.assertEqual(due, [120, 120, 120])

    def test_found_after_a_lost_answer_is_undone_as_a_whole(self):
        """T45, I4: what was adopted knows its batch."""
        self.xero.fault("answer_lost", path="/BatchPayments", method="PUT")
        payment = self.pay_together()
        payment.action_draft()
        payment.action_cancel()
        self.settle()
        self.assertEqual(self.payments(), [])

    def test_changed_as_a_whole(self):
        """S206, T45: another day: the batch is deleted and made anew, a call each."""
        payment = self.pay_together()
        payment.action_draft()
        payment.date = "2026-07-14"
        self.settle()
        self.assertEqual(len(self.payments()), 3)
        payment.action_post()  # reconciles again
        self.settle()
        [batch] = self.batches()
        self.assertEqual(batch["DateString"][:10], "2026-07-14")
        self.assertEqual(batch["TotalAmount"], Decimal(360))
        self.assertEqual(len(self.writes("BatchPayments")), 3)
        self.assertEqual([self.due(each) for each in self.documents], [0, 0, 0])
        self.assertFalse(self.env["xero.note"].search([]))

    def test_one_undone_after_the_account_was_chosen_anew(self):
        """T45: the others stand in Xero as they were sent; they are not taken out."""
        self.pay_together()
        row = self.env["xero.mapping"]._ensure(self.connection, "journal", self.bank)
        row.xero_account_id = self.xero_account(self.connection, "091")
        self.documents[0].line_ids.remove_move_reconcile()
        self.settle()
        self.assertEqual(len(self.payments()), 3)
        note = self.note(cause="payment_in_batch")
        payment = self.documents[1].matched_payment_ids
        self.assertEqual(payment.xero_words, note.message)

        payment.action_draft()  # now the others, too: nothing stays
        payment.action_cancel()
        self.settle()
        self.assertEqual(self.payments(), [])
        self.assertEqual(note.state, "done")

    def test_who_cannot_go_again_goes_with_the_batch(self):
        """S206, I8: deleted with the others, it waits for its own document."""
        payment = self.pay_together()
        self.documents[0]._xero_link().state = "skipped"
        payment.action_draft()
        payment.date = "2026-07-14"
        payment.action_post()
        self.settle()
        [batch] = self.batches()
        self.assertEqual(batch["TotalAmount"], Decimal(240))
        parts = self.env["xero.part"].search([("wanted", "=", True)])
        states = {each.document_id: each.xero_state for each in parts}
        self.assertEqual(states[self.documents[1]], "synced")
        self.assertNotEqual(states[self.documents[0]], "synced")

    def test_one_of_a_batch_is_left(self):
        """T45: one of three undone in Odoo: said, as Xero would undo all."""
        self.pay_together()
        self.documents[0].line_ids.remove_move_reconcile()
        self.settle()
        self.assertEqual(len(self.payments()), 3)
        self.note(cause="payment_in_batch")

    def test_somebody_paid_one_of_them_in_xero(self):
        """T43, N29: that payment is linked, the others go as a batch of their own."""
        first = self.documents[0]
        self.xero.pay(first._xero_link().xero_id, date="2026-07-12")
        self.pay_together()
        [batch] = self.batches()
        self.assertEqual(batch["TotalAmount"], Decimal(240))
        self.assertEqual([each[0] for each in self.payments()], [120, 120, 120])
        parts = self.env["xero.part"].search([])
        self.assertEqual(set(parts.mapped("xero_state")), {"synced"})
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))

    def test_somebody_paid_a_part_of_one_in_xero(self):
        """S193, N29: that one is said; it keeps the others not back."""
        first = self.documents[0]
        self.xero.pay(first._xero_link().xero_id, amount=50, date="2026-07-12")
        self.pay_together()
        [batch] = self.batches()
        self.assertEqual(batch["TotalAmount"], Decimal(240))
        self.note(cause="payment_exceeds")
