"""The engine: each document once, whatever the answer; settled by reading only."""

from datetime import timedelta

from odoo import fields

from .common import XeroCase


class EngineCase(XeroCase):
    def setUp(self):
        super().setUp()
        self.connection = self.connect()
        self.xero.clear_calls()

    def assert_once(self, *invoices):
        """Each invoice exactly once, equal totals, nothing in flight (I1, I4)."""
        there = [each["InvoiceNumber"] for each in self.in_xero("invoices")]
        self.assertEqual(sorted(there), sorted(each.name for each in invoices))
        self.assertEqual({each.xero_state for each in invoices}, {"synced"})
        unfinished = self.env["xero.request"].search(
            [("state", "not in", ("done", "failed"))]
        )
        self.assertFalse(unfinished)

    def writes(self, path):
        calls = self.xero.calls(kind="api")
        return [
            call
            for call in calls
            if call["method"] in ("PUT", "POST") and path in call["path"]
        ]


class TestOnce(EngineCase):
    def test_posting_makes_no_call(self):
        """I2: whatever a user's transaction does, Xero is not called in it."""
        self.invoice()
        self.commit()
        self.assertEqual(self.xero.calls(), [])

    def test_nothing_goes_before_it_is_written_down(self):
        """I3: the request is committed as sending before the call reaches Xero."""
        self.invoice()
        self.work()
        for request in self.env["xero.request"].search([("direction", "=", "out")]):
            self.assertTrue(request.sent_at and request.deadline_at)
            self.assertEqual(request.attempt, 1)

    def test_the_background_sends_and_updates_while_the_connection_is_valid(self):
        """S149, S9: nobody presses anything; without access all waits, then goes."""
        first = self.invoice()
        self.work()
        self.assert_once(first)
        first.ref = "PO 7"
        self.work()
        [there] = self.in_xero("invoices")
        self.assertEqual(there["Reference"], "PO 7")
        token = self.connection.token_id
        token._refuse("revoked")
        self.env.invalidate_all()
        calls = len(self.xero.calls(kind="api"))
        second = self.invoice()
        self.settle()
        self.assertEqual(len(self.xero.calls(kind="api")), calls)
        self.assertEqual(second.xero_state or "pending", "pending")
        self.consent(self.connection.with_user(self.accountant))
        self.settle()
        self.assert_once(first, second)

    def test_the_same_state_goes_once(self):
        """I5: touched again without a change, nothing is sent."""
        invoice = self.invoice()
        self.work()
        before = self.xero.writes()
        invoice._xero_touch()
        self.customer._xero_touch()
        self.work()
        self.assertEqual(self.xero.writes(), before)
        self.assertEqual(invoice.xero_state, "synced")

    def test_an_answer_that_is_lost(self):
        """I4, N1: committed in Xero, unknown here: found by reading, not sent again."""
        invoice = self.invoice()
        self.xero.fault("answer_lost", path="/Invoices", method="PUT")
        self.settle()
        self.assert_once(invoice)
        self.assertEqual(len(self.writes("/Invoices")), 1)
        line = self.env["xero.request.line"].search([("outcome", "=", "adopted")])
        self.assertEqual(line.link_id, invoice._xero_link())

    def test_a_request_that_never_arrived(self):
        """I4, N1: surely absent after reading: it goes again with a new key."""
        invoice = self.invoice()
        self.xero.fault("dropped", path="/Invoices", method="PUT")
        self.settle()
        self.assert_once(invoice)
        keys = {call["idempotency_key"] for call in self.writes("/Invoices")}
        self.assertEqual(len(keys), len(self.writes("/Invoices")))

    def test_a_500_that_committed(self):
        """I4: remembered under the key, so the truth is read."""
        invoice = self.invoice()
        self.xero.fault("server_error", path="/Invoices", committed=True)
        self.settle()
        self.assert_once(invoice)

    def test_a_500_that_did_not(self):
        """I4: absent after reading; a new key gets through."""
        invoice = self.invoice()
        self.xero.fault("server_error", path="/Contacts", committed=False)
        self.settle()
        self.assert_once(invoice)

    def test_a_gateway_that_gave_up(self):
        """I4: 502 and 504 say nothing about the effect."""
        invoices = [self.invoice(), self.invoice()]
        self.xero.fault("bad_gateway", path="/Invoices", status=504, committed=True)
        self.settle()
        self.assert_once(*invoices)

    def test_an_answer_that_is_not_one(self):
        """I9: 200 with HTML is no answer."""
        invoice = self.invoice()
        self.xero.fault("not_json", path="/Invoices", method="PUT")
        self.settle()
        self.assert_once(invoice)

    def test_could_not_read_is_not_absent(self):
        """I9: while Xero cannot be read, nothing is sent again."""
        invoice = self.invoice()
        self.xero.fault("answer_lost", path="/Invoices", method="PUT")
        self.xero.fault("unavailable", path="/Invoices", method="GET", times=2)
        self.settle()
        self.assert_once(invoice)
        self.assertEqual(len(self.writes("/Invoices")), 1)

    def test_a_key_used_with_another_body(self):
        """I4: a 400 that says nothing about the effect."""
        invoice = self.invoice()
        self.xero.fault("key_reused", path="/Invoices", method="PUT")
        self.settle()
        self.assert_once(invoice)

    def test_contacts_and_items_lost_on_the_way(self):
        """I4, S163: their documents wait and follow."""
        invoice = self.invoice({"product_id": self.product("LOST").id})
        self.xero.fault("answer_lost", path="/Contacts", method="PUT")
        self.xero.fault("answer_lost", path="/Items", method="PUT")
        self.settle()
        self.assert_once(invoice)
        self.assertEqual(len(self.in_xero("contacts")), 1)
        self.assertEqual(len(self.in_xero("items")), 1)

    def test_a_stored_answer_is_applied_without_the_wire(self):
        """I3: killed between storing and applying; nothing is called again."""
        invoice = self.invoice()
        self.work()
        request = (
            invoice._xero_link()
            .env["xero.request.line"]
            .search([("link_id", "=", invoice._xero_link().id)])
            .request_id
        )
        link = invoice._xero_link()
        link.sudo().write({"state": "pending", "xero_id": False, "request_id": request})
        request.state = "answered"
        request.line_ids.outcome = False
        self.xero.clear_calls()
        self.work()
        self.assertEqual(self.xero.calls(), [])
        self.assert_once(invoice)

    def test_a_user_commits_while_its_record_is_in_flight(self):
        """I5: the change stays until the request is settled, then it is looked at."""
        self.xero.fault("minute_limit", retry_after=30, path="/Contacts")
        invoice = self.invoice()
        self.work()
        self.customer.write({"city": "York"})
        self.commit()
        self.assertTrue(self.env["xero.change"].search([]))
        self.settle()
        self.assert_once(invoice)
        self.assertFalse(self.env["xero.change"].search([]))

    def test_edited_before_it_went(self):
        """N12: reset, changed and posted again while it waited: the new state goes."""
        self.invoice()
        self.work()
        self.xero.fault("minute_limit", retry_after=30, path="/Invoices")
        invoice = self.invoice()
        self.work()
        invoice.button_draft()
        invoice.invoice_line_ids.price_unit = 250
        invoice.action_post()
        self.commit()
        self.settle()
        self.assertEqual(invoice.xero_state, "synced")
        [sent] = [
            each
            for each in self.in_xero("invoices")
            if each["InvoiceNumber"] == invoice.name
        ]
        self.assertEqual(float(sent["Total"]), invoice.amount_total)

    def test_cancelled_before_it_went(self):
        """S136: it leaves no trace in Xero."""
        self.invoice()
        self.work()
        self.xero.fault("minute_limit", retry_after=30, path="/Invoices")
        invoice = self.invoice()
        self.work()
        invoice.button_draft()
        invoice.button_cancel()
        self.settle()
        self.assertFalse(invoice.xero_state)
        self.assertEqual(len(self.in_xero("invoices")), 1)


class TestJobs(EngineCase):
    def test_a_failed_job_leaves_its_work_in_the_ledger(self):
        """I3: it is retired, as a copied database must hold no unfinished job."""
        self.connection._as_worker().with_delay()._job_plan()
        job = self.env["queue.job"].search([("model_name", "=", "xero.connection")])
        job.write({"state": "failed"})
        invoice = self.invoice()
        self.work()
        self.assertEqual(set(job.mapped("state")), {"cancelled"})
        self.assert_once(invoice)


class TestBudget(EngineCase):
    def left(self, day):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE xero_budget SET day_left = %s, day_seen = 1000, told_at = %s",
            [day, fields.Datetime.now()],
        )
        self.env.invalidate_all()

    def test_calls_left_are_shown(self):
        """N8, S224: as Xero's answers tell."""
        self.invoice()
        self.work()
        self.assertGreater(self.connection.day_calls_left, 4000)
        self.assertEqual(self.connection.day_calls_limit, 5000)
        self.assertEqual(self.connection.day_calls_reserve, 500)

    def test_background_work_stops_at_the_reserve(self):
        """I12, N8: a person's click still finds calls."""
        self.left(99)
        invoice = self.invoice()
        self.work()
        self.assertEqual(self.xero.writes(), 0)
        self.assertIn("kept for people", self.connection.paused)
        invoice.with_user(self.accountant).action_xero_send()
        self.connection.with_user(self.accountant).action_push()
        self.settle()
        self.assert_once(invoice)

    def test_background_work_looks_again_later(self):
        """I12: one call an hour finds out whether Xero's day has turned."""
        self.left(99)
        invoice = self.invoice()
        self.work()
        self.env.cr.execute("UPDATE xero_budget SET told_at = '2020-01-01'")
        self.later()
        self.settle()
        self.assert_once(invoice)

    def test_the_minute_limit_waits_as_long_as_xero_says(self):
        """S224: Retry-After, nothing lost, the same key."""
        self.xero.fault("minute_limit", retry_after=26, method="PUT")
        invoice = self.invoice()
        self.work()
        request = self.env["xero.request"].search([("state", "=", "ready")])
        wait = (request.retry_at - fields.Datetime.now()).total_seconds()
        self.assertTrue(20 < wait <= 26, wait)
        self.settle()
        self.assert_once(invoice)

    def test_the_day_limit(self):
        """S224, N8: paused until Xero's day turns; the screen says so."""
        self.xero.fault("day_limit", retry_after=3600)
        invoice = self.invoice()
        self.work()
        self.assertIn("no more calls before", self.connection.paused)
        self.settle()
        self.assert_once(invoice)

    def test_too_many_at_once(self):
        """S224: a moment later."""
        self.xero.fault("concurrent_limit")
        invoice = self.invoice()
        self.settle()
        self.assert_once(invoice)


class TestHistory(EngineCase):
    def test_each_send_is_a_row_with_its_number(self):
        """S178, S222, S223, S181: job number, what became of each record."""
        invoice = self.invoice()
        self.work()
        line = self.env["xero.request.line"].search(
            [("link_id", "=", invoice._xero_link().id)]
        )
        self.assertEqual(line.outcome, "created")
        self.assertRegex(line.request_id.name, r"^XJ/\d{4}/\d{5}$")
        self.assertTrue(line.request_id.correlation_id)
        self.assertEqual(line.request_id.status_code, 200)

    def test_a_refusal_keeps_xeros_words(self):
        """S177, S222: and the support text holds no secret."""
        self.fetch()
        self.xero.create("contacts", {"Name": "Azure Interior"})
        self.invoice()
        self.work()
        line = self.env["xero.request.line"].search([("outcome", "=", "refused")])
        self.assertIn("already assigned", line.message)
        text = line.request_id.support_text
        self.assertIn(line.request_id.name, text)
        self.assertNotIn("Bearer", text)

    def test_reads_that_changed_something_are_rows(self):
        """S222: reading without news leaves none."""
        rows = self.env["xero.request"].search([("direction", "=", "in")])
        self.assertEqual(len(rows), 6)
        self.connection.with_user(self.accountant).action_refresh_reference_data()
        self.assertEqual(
            self.env["xero.request"].search([("direction", "=", "in")]), rows
        )

    def test_what_was_sent_is_forgotten_after_a_month(self):
        """S222: the row stays, the content goes."""
        self.invoice()
        self.work()
        requests = self.env["xero.request"].search([("direction", "=", "out")])
        requests.settled_at = fields.Datetime.now() - timedelta(days=31)
        self.env["xero.request"]._gc_payloads()
        self.assertEqual(requests.mapped("payload"), [False] * len(requests))
        self.assertTrue(requests.exists())

    def test_the_chatter_tells(self):
        """N22: what was sent, and by which job."""
        invoice = self.invoice()
        self.work()
        self.assertIn("In Xero as", invoice.message_ids[0].body)
