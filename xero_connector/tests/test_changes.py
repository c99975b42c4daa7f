"""Documents changed after they went: the same one in Xero is changed, or it is said."""

from unittest.mock import patch

from odoo import Command

from .test_stuck import StuckCase


class ChangesCase(StuckCase):
    def there(self, invoice):
        """The document in Xero behind this one, by its id."""
        [found] = [
            each
            for each in self.in_xero("invoices")
            if each["InvoiceID"] == invoice._xero_link().xero_id
        ]
        return found

    def change(self, invoice, **values):
        """Reset to draft, change the first line, post again."""
        invoice.button_draft()
        invoice.invoice_line_ids[0].write(values)
        invoice.action_post()
        self.settle()

    def in_xero_changed(self, invoice, **values):
        """An accountant changes the first line in Xero."""
        there = self.there(invoice)
        lines = [
            {"LineItemID": line["LineItemID"]} | (values if not place else {})
            for place, line in enumerate(there["LineItems"])
        ]
        self.xero.update("invoices", there["InvoiceID"], {"LineItems": lines})

    def conflict(self):
        """What the note's button opens."""
        note = self.note(cause="changed_in_xero").with_user(self.accountant)
        model = self.env["xero.conflict"].with_user(self.accountant)
        return model.browse(note.action_mend()["res_id"])

    def last_sent(self):
        """The element of the last write."""
        call = [
            call
            for call in self.xero.calls(kind="api", payloads=True)
            if call["method"] == "POST"
        ][-1]
        [element] = call["payload"]["Invoices"]
        return element

    def reads(self):
        return [call for call in self.xero.calls(kind="api") if call["method"] == "GET"]


class TestChanges(ChangesCase):
    def test_posted_again_it_is_the_same_document_with_the_same_lines(self):
        """N12: the invoice and each line keep their ids."""
        invoice = self.invoice({}, {"name": "Travel", "price_unit": 10})
        self.work()
        before = self.there(invoice)
        self.change(invoice, price_unit=250)
        after = self.there(invoice)
        self.assertEqual(float(after["Total"]), invoice.amount_total)
        self.assertEqual(
            [line["LineItemID"] for line in after["LineItems"]],
            [line["LineItemID"] for line in before["LineItems"]],
        )
        self.assert_once(invoice)

    def test_only_what_changed_in_the_head_is_sent(self):
        """N12, T62: no lines go with a new reference, so none can be lost."""
        invoice = self.first_invoice()
        invoice.ref = "PO 12"
        self.settle()
        self.assertEqual(self.there(invoice)["Reference"], "PO 12")
        self.assertNotIn("LineItems", self.last_sent())

    def test_a_rate_that_was_corrected_goes(self):
        """N12: the foreign amounts are the same, the books are not."""
        usd = self.env.ref("base.USD")
        usd.active = True
        values = {"currency_id": usd.id, "name": "2026-07-01", "rate": 1.25}
        self.env["res.currency.rate"].create(values | {"company_id": self.company.id})
        invoice = self.first_invoice(currency_id=usd.id)
        invoice.button_draft()
        invoice.invoice_currency_rate = 1.2
        invoice.action_post()
        self.settle()
        self.assertEqual(float(self.there(invoice)["CurrencyRate"]), 1.2)

    def test_a_private_share_given_later_goes(self):
        """N12, T25: the totals are the same, what may be claimed is not."""
        self.connection.send_bills = True
        self.map_tax(self.connection, self.purchase_tax, "INPUT2")
        bill = self.document("in_invoice")
        self.settle()
        private = bill.journal_id.non_deductible_account_id
        self.map_account(
            self.connection, private or bill.journal_id.default_account_id, "429"
        )
        self.change(bill, deductible_amount=60)
        self.assertEqual(float(self.there(bill)["TotalTax"]), 12)
        self.assertEqual(float(self.there(bill)["Total"]), 120)

    def test_what_is_typed_into_a_posted_one_goes(self):
        """N12: the payment reference, where that is Xero's reference."""
        self.connection.reference_source = "payment"
        invoice = self.first_invoice()
        invoice.payment_reference = "RF18 5390"
        self.settle()
        self.assertEqual(self.there(invoice)["Reference"], "RF18 5390")

    def test_a_value_that_is_cleared_is_cleared_in_xero(self):
        """N12: leaving it out would leave it there."""
        invoice = self.invoice({"discount": 10}, ref="PO 12")
        self.work()
        invoice.ref = False
        self.change(invoice, discount=0)
        there = self.there(invoice)
        self.assertFalse(there.get("Reference"))
        self.assertEqual(float(there["Total"]), 120)

    def test_lines_added_removed_and_moved(self):
        """N12: those that stay keep their ids, in the new order."""
        invoice = self.invoice({"name": "One"}, {"name": "Two"}, {"name": "Three"})
        self.work()
        ids = {
            line["Description"]: line["LineItemID"]
            for line in self.there(invoice)["LineItems"]
        }
        invoice.button_draft()
        one, two, three = invoice.invoice_line_ids
        invoice.write(
            {
                "invoice_line_ids": [
                    Command.delete(two.id),
                    Command.update(one.id, {"sequence": 90}),
                    Command.update(three.id, {"sequence": 80}),
                    Command.create(self._line({"name": "Four", "sequence": 85})),
                ]
            }
        )
        invoice.action_post()
        self.settle()
        lines = self.there(invoice)["LineItems"]
        texts = [line["Description"] for line in lines]
        self.assertEqual(texts, ["Three", "Four", "One"])
        self.assertEqual(lines[0]["LineItemID"], ids["Three"])
        self.assertEqual(lines[2]["LineItemID"], ids["One"])

    def test_a_new_number_renames_it_in_xero(self):
        """S155: found by its id, never sent a second time under the new number."""
        invoice = self.first_invoice()
        invoice.name = "INV/2026/09999"
        self.settle()
        self.assertEqual(self.there(invoice)["InvoiceNumber"], "INV/2026/09999")
        self.assertEqual(invoice.xero_number, "INV/2026/09999")
        self.assert_once(invoice)

    def test_a_new_number_that_xero_has_already_is_said(self):
        """S155, S158: refused there; nothing else is touched."""
        invoice = self.first_invoice()
        invoice.name = "INV/2026/09999"
        self.document_in_xero(invoice, "ACCREC")
        self.settle()
        self.note(cause="invoice_number_taken")
        self.assertEqual(len(self.in_xero("invoices")), 2)

    def test_a_choice_in_mapping_recodes_nothing_that_is_approved(self):
        """T64: another account holds for what comes, whatever is touched."""
        invoice = self.first_invoice()
        writes = self.xero.writes()
        self.map_income(self.connection, "260")
        invoice.is_move_sent = True
        self.settle()
        self.assertEqual(self.xero.writes(), writes)

    def test_a_draft_of_the_trial_follows_its_mapping_and_is_approved(self):
        """N12, N33: mended after it went; Go live approves what it has become."""
        self.connection.mode = "trial"
        invoice = self.invoice()
        self.work()
        self.map_income(self.connection, "260")
        self.settle()
        there = self.there(invoice)
        self.assertEqual(there["LineItems"][0]["AccountCode"], "260")
        self.assertEqual(there["Status"], "DRAFT")
        self.connection.with_user(self.accountant)._go_live(True)
        self.settle()
        self.assertEqual(self.there(invoice)["Status"], "AUTHORISED")

    def test_a_draft_that_was_changed_there_is_not_approved_unseen(self):
        """N33, I15: going live approves what Odoo sent; the rest a person decides."""
        self.connection.mode = "trial"
        invoice = self.invoice()
        self.work()
        self.in_xero_changed(invoice, AccountCode="260")
        self.connection.with_user(self.accountant)._go_live(True)
        self.settle()
        self.assertEqual(self.there(invoice)["Status"], "DRAFT")
        self.conflict().action_nothing()
        self.settle()
        there = self.there(invoice)
        self.assertEqual(there["Status"], "AUTHORISED")
        self.assertEqual(there["LineItems"][0]["AccountCode"], "260")

    def test_a_draft_changed_before_going_live_is_changed_and_approved_at_once(self):
        """N12, N33."""
        self.connection.mode = "trial"
        invoice = self.invoice()
        self.work()
        self.connection.mode = "live"
        self.change(invoice, price_unit=250)
        there = self.there(invoice)
        self.assertEqual((there["Status"], float(there["Total"])), ("AUTHORISED", 300))

    def test_one_look_for_all_changes_of_a_call(self):
        """I15, I11: forty documents are read in one call."""
        invoices = self.env["account.move"].union(*(self.invoice() for _n in range(3)))
        self.settle()
        self.xero.clear_calls()
        for invoice in invoices:
            invoice.ref = "PO 12"
        self.settle()
        self.assertEqual((len(self.reads()), self.xero.writes()), (1, 1))

    def test_sent_again_only_when_it_changed(self):
        """S142, I5: a click on Send changes nothing that is in step."""
        invoice = self.first_invoice()
        writes = self.xero.writes()
        invoice.with_user(self.accountant).action_xero_send()
        self.settle()
        self.assertEqual(self.xero.writes(), writes)


class TestForbidden(ChangesCase):
    def test_paid_in_xero_it_is_not_changed(self):
        """S142, N12: the note and the draft say so, and offer a credit note."""
        invoice = self.first_invoice()
        self.xero.pay(invoice._xero_link().xero_id, 50)
        self.change(invoice, price_unit=250)
        note = self.note(cause="paid_in_xero")
        self.assertEqual(float(self.there(invoice)["Total"]), 120)
        action = note.with_user(self.accountant).action_mend()
        self.assertEqual(action["res_model"], "account.move.reversal")
        invoice.button_draft()
        self.settle()
        alert = invoice.with_user(self.accountant)._get_alerts()["xero_connector"]
        self.assertIn("is paid in Xero", alert["message"])

    def test_a_payment_alone_is_no_reason_to_ask(self):
        """I15, S166: money does not touch what the document says."""
        invoice = self.first_invoice()
        self.xero.pay(invoice._xero_link().xero_id, 50)
        writes = self.xero.writes()
        invoice._xero_touch()
        self.settle()
        self.assertEqual(self.xero.writes(), writes)
        self.assertEqual(invoice.xero_state, "synced")

    def test_neither_date_may_lie_in_a_locked_period(self):
        """T8, I16: moving it out of the period would change the period."""
        invoice = self.first_invoice()
        self.xero.set_lock_date("2026-07-31")
        self.connection.with_user(self.accountant).action_refresh_reference_data()
        invoice.button_draft()
        alert = invoice.with_user(self.accountant)._get_alerts()["xero_connector"]
        self.assertIn("locked up to", alert["message"])
        invoice.invoice_date = "2026-08-05"
        invoice.action_post()
        self.settle()
        self.note(cause="locked_in_xero")
        self.assertIn("2026-07-03", self.there(invoice)["DateString"])

    def test_a_draft_says_that_posting_changes_xero(self):
        """S138, N12: no lock, but said before anything is lost."""
        invoice = self.first_invoice()
        invoice.button_draft()
        alert = invoice.with_user(self.accountant)._get_alerts()["xero_connector"]
        self.assertEqual(alert["level"], "info")
        self.assertIn(invoice.name, alert["message"])

    def test_a_look_that_fails_settles_nothing(self):
        """I9, I4: unread, nothing is sent; later it goes."""
        invoice = self.first_invoice()
        self.xero.fault("server_error", path="/Invoices", method="GET")
        invoice.ref = "PO 12"
        self.work()
        self.assertEqual(self.there(invoice).get("Reference"), None)
        self.settle()
        self.assertEqual(self.there(invoice)["Reference"], "PO 12")

    def test_voided_in_xero_it_is_not_made_again(self):
        """S157, N11: shown as voided there; the change goes nowhere."""
        invoice = self.first_invoice()
        self.xero.update(
            "invoices", self.there(invoice)["InvoiceID"], {"Status": "VOIDED"}
        )
        self.change(invoice, price_unit=250)
        self.assertEqual((invoice.xero_state, invoice.xero_mark), ("gone", "voided"))
        self.assertEqual(len(self.in_xero("invoices")), 1)
        invoice.with_user(self.accountant).action_xero_send()
        self.settle()
        self.assertEqual(len(self.in_xero("invoices")), 1)


class TestConflict(ChangesCase):
    def recoded(self):
        """Recoded in Xero, then another quantity in Odoo."""
        invoice = self.first_invoice()
        self.in_xero_changed(invoice, AccountCode="260")
        self.change(invoice, quantity=3)
        return invoice

    def test_recoded_in_xero_it_waits_for_a_choice(self):
        """T64, I15, S156: nothing is sent; it is said what changed there."""
        invoice = self.recoded()
        note = self.note(cause="changed_in_xero")
        self.assertIn("Account 200 → 260", note.message)
        self.assertEqual(float(self.there(invoice)["Total"]), 120)
        rows = {
            (row.name, row.before, row.ours, row.theirs)
            for row in self.conflict().row_ids
        }
        self.assertIn(("Account", "200", "200", "260"), rows)
        self.assertIn(("Quantity", "1", "3", ""), rows)

    def test_keep_xeros_and_send_mine(self):
        """T64, I15: their account, our quantity; for later changes, too."""
        invoice = self.recoded()
        self.conflict().action_merge()
        self.settle()
        [line] = self.there(invoice)["LineItems"]
        self.assertEqual((line["AccountCode"], float(line["Quantity"])), ("260", 3))
        self.assertEqual(invoice.xero_state, "synced")
        self.assertEqual(float(self.there(invoice)["Total"]), invoice.amount_total)
        self.change(invoice, quantity=4)
        [line] = self.there(invoice)["LineItems"]
        self.assertEqual((line["AccountCode"], float(line["Quantity"])), ("260", 4))

    def test_overwrite_xero(self):
        """T64: Odoo's version counts, by name."""
        invoice = self.recoded()
        self.conflict().action_overwrite()
        self.settle()
        [line] = self.there(invoice)["LineItems"]
        self.assertEqual((line["AccountCode"], float(line["Quantity"])), ("200", 3))
        link = invoice._xero_link()
        self.assertEqual(link.conflict_by_id, self.accountant)
        messages = invoice.message_ids.filtered(lambda m: "Decided" in m.body)
        self.assertIn("Overwrite Xero", messages.body)
        self.assertEqual(messages.author_id, self.accountant.partner_id)

    def test_do_nothing(self):
        """T64, I6: both stay; totals that differ stay flagged."""
        self.recoded()
        writes = self.xero.writes()
        self.conflict().action_nothing()
        self.settle()
        self.assertEqual(self.xero.writes(), writes)
        self.note(cause="invoice_total_differs")

    def test_do_nothing_about_the_same_totals(self):
        """T64, I5: in step again, until the next change."""
        invoice = self.first_invoice()
        self.in_xero_changed(invoice, AccountCode="260")
        self.change(invoice, name="Advice")
        self.conflict().action_nothing()
        self.settle()
        self.assertEqual(invoice.xero_state, "synced")
        self.change(invoice, name="Good advice")
        [line] = self.there(invoice)["LineItems"]
        self.assertEqual(line["Description"], "Good advice")
        self.assertEqual(line["AccountCode"], "260")

    def test_changed_once_more_it_is_asked_once_more(self):
        """T64, I15: a choice is about what was seen."""
        invoice = self.recoded()
        shown = self.conflict()
        self.xero.clock.advance(60)
        self.in_xero_changed(invoice, Description="Recoded again")
        with self.assertRaisesRegex(Exception, "Look once more"):
            shown.action_overwrite()
        self.conflict().action_merge()
        self.xero.clock.advance(60)
        self.in_xero_changed(invoice, Description="And again")
        self.settle()
        self.assertIn("And again", self.note(cause="changed_in_xero").message)

    def test_the_same_change_on_both_sides_is_none(self):
        """I15, I5: nobody is asked, nothing is sent."""
        invoice = self.first_invoice()
        self.xero.update(
            "invoices", self.there(invoice)["InvoiceID"], {"Reference": "PO 12"}
        )
        writes = self.xero.writes()
        invoice.ref = "PO 12"
        self.settle()
        self.assertEqual(invoice.xero_state, "synced")
        self.assertEqual(self.xero.writes(), writes)

    def test_only_the_changed_one_of_a_call_is_held(self):
        """I8: the others of the same call go."""
        self.first_invoice()
        held, good = self.invoice(), self.invoice()
        self.settle()
        self.in_xero_changed(held, AccountCode="260")
        held.ref = good.ref = "PO 12"
        self.settle()
        self.assertEqual((held.xero_state, good.xero_state), ("blocked", "synced"))
        self.assertEqual(self.there(good)["Reference"], "PO 12")
        outcomes = self.env["xero.request.line"].search(
            [("link_id", "in", (held._xero_link() | good._xero_link()).ids)]
        )
        self.assertEqual(
            sorted(outcomes.mapped("outcome")),
            ["created", "created", "held", "updated"],
        )


class TestFiled(ChangesCase):
    def confirm(self, note, user=None):
        """Send anyway, as a manager."""
        action = note.with_user(user or self.accountant).action_mend()
        model = self.env["xero.filed"].with_user(user or self.accountant)
        wizard = model.with_context(**action["context"]).create({"reason": "agreed"})
        wizard.action_send()

    def test_a_manager_lets_one_invoice_into_a_filed_period(self):
        """T9, N27: recorded with name and reason."""
        self.connection.filed_up_to = "2026-07-31"
        invoice = self.invoice()
        self.settle()
        self.confirm(self.note(cause="filed_period"))
        self.settle()
        self.assertEqual(invoice.xero_state, "synced")
        link = invoice._xero_link()
        self.assertEqual(link.filed_confirmed_by_id, self.accountant)
        self.assertEqual(link.filed_reason, "agreed")

    def test_each_change_of_a_filed_invoice_is_confirmed(self):
        """T9, I16: one confirmation is for one change."""
        invoice = self.first_invoice()
        self.connection.filed_up_to = "2026-07-31"
        self.change(invoice, price_unit=250)
        self.confirm(self.note())
        self.settle()
        self.assertEqual(float(self.there(invoice)["Total"]), 300)
        self.change(invoice, price_unit=300)
        self.assertEqual(float(self.there(invoice)["Total"]), 300)
        self.assertEqual(invoice.xero_state, "blocked")

    def test_only_managers_confirm(self):
        """T9, S15: a user may not."""
        self.connection.filed_up_to = "2026-07-31"
        self.invoice()
        self.settle()
        self.accountant.group_ids -= self.env.ref("xero_connector.group_manager")
        self.accountant.group_ids += self.env.ref("xero_connector.group_user")
        with self.assertRaisesRegex(Exception, "not allowed|Administrator"):
            self.confirm(self.note(cause="filed_period"))


class TestCost(ChangesCase):
    def queries_of_a_look(self, count):
        """Queries to sort out what Xero has of so many changed invoices."""
        invoices = self.env["account.move"].union(
            *(self.invoice() for _n in range(count))
        )
        self.settle()
        invoices.ref = f"PO {count}"
        model, counted = type(self.env["xero.request"]), []
        original = model._meet

        def counting(request, there):
            request.env.flush_all()
            request.env.invalidate_all()
            before = request.env.cr.sql_log_count
            going = original(request, there)
            request.env.flush_all()
            counted.append(request.env.cr.sql_log_count - before)
            return going

        with patch.object(model, "_meet", counting):
            self.settle()
        [queries] = counted
        return queries

    def test_a_look_costs_the_same_for_few_and_many(self):
        """I11: constant SQL per batch."""
        self.first_invoice()
        self.assertEqual(self.queries_of_a_look(2), self.queries_of_a_look(12))
