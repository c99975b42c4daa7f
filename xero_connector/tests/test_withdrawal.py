"""Documents cancelled or deleted in Odoo: deleted or voided in Xero, or it is said."""

from .test_changes import ChangesCase


class TestWithdrawal(ChangesCase):
    def cancel(self, invoice):
        invoice.button_draft()
        invoice.button_cancel()
        self.settle()

    def status(self, invoice):
        return self.there(invoice)["Status"]

    def test_a_draft_is_deleted_there(self):
        """S164, T65."""
        self.connection.mode = "trial"
        invoice = self.first_invoice()
        self.cancel(invoice)
        self.assertEqual(self.status(invoice), "DELETED")
        self.assertEqual(invoice.xero_mark, "deleted")

    def test_an_approved_one_that_nobody_has_seen_is_voided(self):
        """S164, T65, N11: and the chatter says so."""
        invoice = self.first_invoice()
        self.cancel(invoice)
        self.assertEqual(self.status(invoice), "VOIDED")
        self.assertEqual((invoice.xero_state, invoice.xero_mark), ("gone", "voided"))
        self.assertIn("Voided in Xero", invoice.message_ids[0].body)
        self.assertNotIn("LineItems", self.last_sent())

    def test_what_never_went_leaves_no_trace(self):
        """S127: nothing to take back."""
        invoice = self.invoice(post=False)
        invoice.button_cancel()
        self.settle()
        self.assertFalse(invoice.xero_state)
        self.assertEqual(self.xero.writes(), 0)

    def test_one_that_the_customer_has_needs_a_credit_note(self):
        """T65, S164: no void of what was sent."""
        invoice = self.first_invoice()
        invoice.is_move_sent = True
        self.cancel(invoice)
        self.assertEqual(self.status(invoice), "AUTHORISED")
        self.note(cause="withdrawal_sent")

    def test_one_that_xero_sent_to_the_customer_needs_a_credit_note(self):
        """T65: Xero's own mark counts as well."""
        invoice = self.first_invoice()
        self.xero.update(
            "invoices", invoice._xero_link().xero_id, {"SentToContact": True}
        )
        self.cancel(invoice)
        self.assertEqual(self.status(invoice), "AUTHORISED")
        self.note(cause="withdrawal_sent")

    def test_a_paid_one_needs_a_person(self):
        """T65: undo the payment, or a credit note."""
        invoice = self.first_invoice()
        self.xero.pay(invoice._xero_link().xero_id, 50)
        self.cancel(invoice)
        self.note(cause="withdrawal_paid")

    def test_a_locked_one_stays(self):
        """T65, I16, T8."""
        invoice = self.first_invoice()
        self.xero.set_lock_date("2026-07-31")
        self.connection.with_user(self.accountant).action_refresh_reference_data()
        self.cancel(invoice)
        self.assertEqual(self.status(invoice), "AUTHORISED")
        self.note(cause="locked_in_xero")

    def test_a_filed_one_is_voided_when_a_manager_confirms(self):
        """T65, T9."""
        invoice = self.first_invoice()
        self.connection.filed_up_to = "2026-07-31"
        self.cancel(invoice)
        self.assertEqual(self.status(invoice), "AUTHORISED")
        self.note(cause="filed_in_xero")
        invoice._xero_link().sudo().with_user(self.accountant).sudo()._confirm_filed(
            "x"
        )
        self.settle()
        self.assertEqual(self.status(invoice), "VOIDED")

    def test_one_voided_there_already_is_fine(self):
        """S164: both sides agree; nothing is sent."""
        invoice = self.first_invoice()
        self.xero.update("invoices", invoice._xero_link().xero_id, {"Status": "VOIDED"})
        writes = self.xero.writes()
        self.cancel(invoice)
        self.assertEqual(invoice.xero_mark, "voided")
        self.assertEqual(self.xero.writes(), writes)

    def test_a_draft_that_someone_approved_there_is_voided(self):
        """T65: what counts is what Xero has, not what we last saw."""
        self.connection.mode = "trial"
        invoice = self.first_invoice()
        self.xero.update(
            "invoices", invoice._xero_link().xero_id, {"Status": "AUTHORISED"}
        )
        self.cancel(invoice)
        self.assertEqual(self.status(invoice), "VOIDED")

    def test_one_recoded_there_is_voided_only_by_choice(self):
        """T64, T65, I15: the accountant's work is not thrown away silently."""
        invoice = self.first_invoice()
        self.in_xero_changed(invoice, AccountCode="260")
        self.cancel(invoice)
        shown = self.conflict()
        self.assertTrue(shown.is_cancelled)
        shown.action_overwrite()
        self.settle()
        self.assertEqual(self.status(invoice), "VOIDED")

    def test_one_recoded_there_may_be_left(self):
        """T64: do nothing; it stays and nobody is asked again."""
        invoice = self.first_invoice()
        self.in_xero_changed(invoice, AccountCode="260")
        self.cancel(invoice)
        self.conflict().action_nothing()
        self.settle()
        invoice._xero_touch()
        self.settle()
        self.assertEqual(self.status(invoice), "AUTHORISED")
        self.assertEqual(invoice.xero_state, "synced")

    def test_posted_again_before_the_void_went_it_stays(self):
        """S164: the withdrawal is dropped."""
        invoice = self.first_invoice()
        self.xero.fault("minute_limit", retry_after=30, method="GET", path="/Invoices")
        invoice.button_draft()
        invoice.button_cancel()
        self.work()
        self.assertTrue(invoice._xero_link().request_id)
        invoice.button_draft()
        invoice.action_post()
        self.settle()
        self.assertEqual(self.status(invoice), "AUTHORISED")
        self.assertEqual(invoice.xero_state, "synced")

    def test_a_void_whose_answer_is_lost(self):
        """I4, I5: read by its id, not sent again."""
        invoice = self.first_invoice()
        self.xero.fault("answer_lost", path="/Invoices", method="POST")
        self.cancel(invoice)
        self.assertEqual(
            (self.status(invoice), invoice.xero_mark), ("VOIDED", "voided")
        )
        posts = [call for call in self.writes("/Invoices") if call["method"] == "POST"]
        self.assertEqual(len(posts), 1)


class TestDeleted(ChangesCase):
    def delete(self, invoice):
        link = invoice._xero_link()
        invoice.button_draft()
        invoice.unlink()
        self.settle()
        return link

    def test_deleted_here_it_is_voided_there(self):
        """S164, S165, N11: the link outlives the record, whoever deletes it."""
        link = self.delete(self.first_invoice())
        [there] = self.in_xero("invoices")
        self.assertEqual((there["Status"], link.state), ("VOIDED", "gone"))

    def test_deleted_here_but_seen_by_the_customer(self):
        """T65: as last seen, since the record cannot be asked any more."""
        invoice = self.first_invoice()
        invoice.is_move_sent = True
        self.settle()
        name = invoice.name
        self.delete(invoice)
        self.assertIn(name, self.note(cause="withdrawal_sent").message)
        [there] = self.in_xero("invoices")
        self.assertEqual(there["Status"], "AUTHORISED")


class TestAgain(ChangesCase):
    def gone(self, status):
        """Voided or deleted by somebody in Xero, then changed here."""
        self.connection.mode = "trial" if status == "DELETED" else "live"
        invoice = self.first_invoice()
        self.xero.update("invoices", invoice.xero_id, {"Status": status})
        self.change(invoice, price_unit=250)
        self.assertEqual(invoice.xero_state, "gone")
        return invoice.with_user(self.accountant)

    def again(self, invoice):
        """The button of the alert."""
        alert = invoice._get_alerts()["xero_connector"]
        self.assertEqual(alert["action_text"], "Create again")
        model, method, ids = alert["action_call"]
        getattr(self.env[model].with_user(self.accountant).browse(ids), method)()
        self.settle()

    def test_deleted_there_it_is_made_again_when_asked(self):
        """S157, N11: a new document; the old link stays, superseded."""
        invoice = self.gone("DELETED")
        before = invoice.xero_id
        self.again(invoice)
        self.assertEqual(invoice.xero_state, "synced")
        self.assertNotEqual(invoice.xero_id, before)
        self.assertEqual(len(invoice.sudo().xero_link_ids), 2)

    def test_voided_there_it_needs_a_new_number(self):
        """T74, S157: Xero keeps the number."""
        invoice = self.gone("VOIDED")
        with self.assertRaisesRegex(Exception, "Give it a new number"):
            self.again(invoice)
        invoice.sudo().name = "INV/2026/09999"
        self.again(invoice)
        self.assertEqual(invoice.xero_state, "synced")
