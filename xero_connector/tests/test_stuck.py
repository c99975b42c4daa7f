"""One record never stops another, what is there is found, nothing waits too long."""

from contextlib import suppress
from unittest.mock import patch

from psycopg2.pool import PoolError

from odoo import fields

from ..lib import wire
from .test_engine import EngineCase


class StuckCase(EngineCase):
    def bystander(self):
        """An invoice of somebody who has no part in the trouble."""
        partner = self.env["res.partner"].create({"name": "Bystander"})
        return self.invoice(partner_id=partner.id)

    def first_invoice(self, **values):
        """One that is in Xero, so that its customer is no longer in the way."""
        invoice = self.invoice(**values)
        self.work()
        self.assertEqual(invoice.xero_state, "synced")
        return invoice

    def sent(self, invoice):
        """What Xero has of this sales invoice."""
        [found] = [
            each
            for each in self.in_xero("invoices")
            if (each["Type"], each["InvoiceNumber"]) == ("ACCREC", invoice.name)
        ]
        return found

    def work_until_answered(self):
        """Work, and be killed between storing Xero's answer and applying it."""
        request = type(self.env["xero.request"])
        with (
            patch.object(request, "_apply_stored", side_effect=KeyboardInterrupt),
            suppress(KeyboardInterrupt),  # assertRaises would roll all of it back
        ):
            self.work()
        self.env.invalidate_all()
        return self.env["xero.request"].search([("state", "=", "answered")])

    def document_in_xero(self, invoice, kind):
        """Somebody else's document there, under the number of ours."""
        other = self.xero.create("contacts", {"Name": "Somebody Else"})
        return self.xero.create(
            "invoices",
            {
                "Type": kind,
                "Status": "AUTHORISED",
                "InvoiceNumber": invoice.name,
                "Contact": {"ContactID": other["ContactID"]},
                "Date": "2026-07-01",
                "DueDate": "2026-07-31",
                "LineItems": [
                    {"Description": "x", "UnitAmount": 7, "AccountCode": "429"}
                ],
            },
        )


class TestOneStopsNoOther(StuckCase):
    def test_a_document_too_large_for_one_call_stops_only_itself(self):
        """I8, N7: measured before it is written down, and said."""
        self.first_invoice()
        big = self.invoice(*[{"name": "漢" * 4000} for _each in range(160)])
        good = self.invoice()
        self.settle()
        self.assertEqual((big.xero_state, good.xero_state), ("blocked", "synced"))
        self.note(cause="too_large")

    def test_a_document_that_the_sync_user_may_not_read_stops_only_itself(self):
        """I8, S18: a record rule of one's own hides one invoice."""
        hidden = self.invoice()
        self.env["ir.rule"].create(
            {
                "name": "all but one",
                "model_id": self.env["ir.model"]._get_id("account.move"),
                "domain_force": f"[('id', '!=', {hidden.id})]",
            }
        )
        good = self.invoice()
        self.settle()
        self.assertEqual(good.xero_state, "synced")
        self.note(cause="no_access", link_count=1)

    def test_an_archived_contact_under_our_number_stops_only_its_own(self):
        """I8, S47: found where Xero lists no archived contact."""
        number = self.customer._xero_contact_number(self.connection)
        made = self.xero.create(
            "contacts", {"Name": "Azure Interior", "ContactNumber": number}
        )
        self.xero.archive_contact(made["ContactID"])
        self.invoice()
        self.settle()
        good = self.bystander()
        self.settle()
        self.assertEqual(good.xero_state, "synced")

    def test_a_branch_that_the_sync_user_may_not_enter_stops_nothing(self):
        """I8, N10: a company made after connecting is nobody's yet."""
        self.env["res.company"].create(
            {"name": "New Branch", "parent_id": self.company.id}
        )
        invoice = self.invoice()
        self.settle()
        self.assertEqual(invoice.xero_state, "synced")

    def test_a_refusal_about_a_payment_lets_the_rest_of_the_answer_through(self):
        """I8, S150: a category that has no activity of its own."""
        self.first_invoice()
        bad, good = self.invoice(), self.invoice()
        request = self.work_until_answered()
        answer = wire.loads(request.answer)
        words = "The account is not a valid account for this payment term"
        for element in answer["Invoices"]:
            if element["InvoiceNumber"] == bad.name:
                element["StatusAttributeString"] = "ERROR"
                element["HasErrors"] = True
                element["ValidationErrors"] = [{"Message": words}]
        request.answer = wire.dumps(answer)
        self.settle()
        self.assertEqual((bad.xero_state, good.xero_state), ("error", "synced"))

    def test_a_document_deleted_before_its_answer_is_applied_stops_only_itself(self):
        """I8, N11: the others of the same call are marked; its own is voided."""
        self.first_invoice()
        good, deleted = self.invoice(), self.invoice()
        self.work_until_answered()
        deleted.button_draft()
        deleted.unlink()
        self.settle()
        self.assertEqual(good.xero_state, "synced")
        statuses = sorted(each["Status"] for each in self.in_xero("invoices"))
        self.assertEqual(statuses, ["AUTHORISED", "AUTHORISED", "VOIDED"])

    def test_a_full_connection_pool_only_delays(self):
        """I3, N1: nothing was claimed, so nothing is in doubt."""
        token = type(self.env["xero.token"])
        original, calls = token._access_token, []

        def full_once(record, rejected=None):
            calls.append(rejected)
            if len(calls) == 1:
                raise PoolError("The Connection Pool Is Full")
            return original(record, rejected)

        invoice = self.invoice()
        with (
            patch.object(token, "_access_token", full_once),
            self.assertLogs("odoo.addons.xero_connector", "ERROR"),
        ):
            self.settle()
        self.settle()
        self.assert_once(invoice)


class TestFoundAgain(StuckCase):
    def test_a_bill_with_our_number_is_not_our_invoice(self):
        """I4, S154: our call never arrived, so the invoice goes again."""
        invoice = self.invoice()
        self.document_in_xero(invoice, "ACCPAY")
        self.xero.fault("dropped", path="/Invoices", method="PUT")
        self.settle()
        self.assertEqual(invoice.xero_state, "synced")
        self.assertEqual(float(self.sent(invoice)["Total"]), 120)

    def test_a_bill_with_our_number_hides_nothing(self):
        """I4, N1: our call did arrive; the invoice is found beside the bill."""
        invoice = self.invoice()
        self.xero.fault("answer_lost", path="/Invoices", method="PUT")
        self.work()
        self.document_in_xero(invoice, "ACCPAY")
        self.settle()
        self.assertEqual(invoice.xero_state, "synced")
        self.assertEqual(float(self.sent(invoice)["Total"]), 120)

    def test_a_number_with_commas(self):
        """I4, I9: a list of numbers cannot carry it; it is found all the same."""
        self.first_invoice()
        invoice = self.invoice(post=False)
        invoice.name = "INV,2026,777"
        invoice.action_post()
        self.xero.fault("answer_lost", path="/Invoices", method="PUT")
        self.settle()
        self.assertEqual(invoice.xero_state, "synced")
        self.assertEqual(len(self.writes("/Invoices")), 2)

    def test_an_invoice_made_anew_under_the_number_of_a_deleted_one(self):
        """I1, T74: Xero keeps the number of the voided one, which is said."""
        deleted = self.first_invoice()
        name = deleted.name
        deleted.button_draft()
        deleted.unlink()
        self.work()
        again = self.invoice()
        self.assertEqual(again.name, name)
        self.settle()
        [there] = self.in_xero("invoices")
        self.assertEqual(there["Status"], "VOIDED")
        self.note(cause="invoice_number_taken")

    def test_a_product_made_anew_under_the_code_of_a_deleted_one(self):
        """S99: a code is held by living products only."""
        product = self.product("SAME")
        first = self.invoice({"product_id": product.id})
        self.work()
        first.button_draft()
        first.invoice_line_ids.product_id = False
        product.unlink()
        again = self.invoice({"product_id": self.product("SAME").id})
        self.settle()
        self.assertEqual(again.xero_state, "synced")
        self.assertEqual(len(self.in_xero("items")), 1)


class TestWaitsTooLong(StuckCase):
    def waiting_invoice(self):
        """Written down, but Xero wants a moment before it goes."""
        self.first_invoice()
        self.xero.fault("minute_limit", retry_after=30, path="/Invoices")
        invoice = self.invoice()
        self.work()
        return invoice

    def at_the_reserve(self):
        """Calls are left for people only, and what was begun ran out of time."""
        self.env.flush_all()
        now = fields.Datetime.now()
        self.env.cr.execute(
            "UPDATE xero_budget SET day_left = 99, day_seen = 1000, told_at = %s", [now]
        )
        self.env.cr.execute(
            "UPDATE xero_request SET deadline_at = %s WHERE deadline_at IS NOT NULL",
            [now],
        )
        self.env.invalidate_all()

    def test_what_waited_as_a_draft_goes_live_with_the_rest(self):
        """N33: a request not sent yet is planned again when someone goes live."""
        self.connection.mode = "trial"
        self.waiting_invoice()
        self.connection.with_user(self.accountant)._go_live(True)
        self.settle()
        statuses = [each["Status"] for each in self.in_xero("invoices")]
        self.assertEqual(statuses, ["AUTHORISED"] * 2)

    def test_what_waited_goes_with_the_account_chosen_meanwhile(self):
        """I3, S68: what was written down but not sent is not yet said."""
        invoice = self.waiting_invoice()
        self.map_income(self.connection, "260")
        self.settle()
        [line] = self.sent(invoice)["LineItems"]
        self.assertEqual(line["AccountCode"], "260")

    def test_a_persons_document_passes_those_in_the_background(self):
        """I12, N8: at the reserve it does not queue behind what may not go."""
        self.fetch()
        self.at_the_reserve()
        waiting = self.invoice()
        self.work()
        partner = self.env["res.partner"].create({"name": "Urgent"})
        urgent = self.invoice(partner_id=partner.id)
        urgent.with_user(self.accountant).action_xero_send()
        for _round in range(4):
            self.work()
            self.at_the_reserve()
        self.assertEqual((urgent.xero_state, waiting.xero_state), ("synced", "pending"))

    def test_what_waited_goes_to_the_organisation_connected_instead(self):
        """S10, T76: it never went to the first one, so nothing is lost."""
        self.xero.add_organisation("uk")
        second_id = self.xero.organisations()[1]["OrganisationID"]
        self.xero.disconnect()
        invoice = self.invoice()
        self.work()
        shown = self.consent(
            self.connection.with_user(self.accountant), organisation=second_id
        )
        shown.sudo().mode = "live"
        self.map_income(shown)
        self.settle()
        self.assertEqual(invoice.xero_state, "synced")
        self.assertEqual(invoice._xero_link().connection_id, shown)

    def test_a_moment_without_access_is_a_moment(self):
        """S12: the first try again comes soon, not after the longest pause."""
        self.fetch()
        self.env.cr.execute("UPDATE xero_token SET expires_at = '2020-01-01'")
        self.xero.fault("refresh_lost")
        self.invoice()
        self.work()
        request = self.env["xero.request"].search([("state", "=", "ready")])
        wait = (request.retry_at - fields.Datetime.now()).total_seconds()
        self.assertLess(wait, 170)
