"""Webhooks over HTTP: who is believed, what is kept, what comes of it."""

import json
import random
from contextlib import contextmanager

import requests

from odoo.tests import HttpCase, common, tagged
from odoo.tools import mute_logger

from ..lib import webhooks
from .test_inbound import InboundCase

_KEY = "a key of forty letters that Xero shows us"
_ROUTE = "odoo.addons.xero_connector.controllers.webhook"


class WebhookCase(HttpCase, InboundCase):
    @classmethod
    def setUpClass(cls):
        # Xero's login sends people back to no other plain http address.
        cls.classPatch(common, "HOST", "localhost")
        super().setUpClass()

    @contextmanager
    def enter_registry_test_mode(self):
        """A case with a server is always in it."""
        yield

    def setUp(self):
        super().setUp()
        self.connection.webhook_key = _KEY
        self.xero.subscribe(self.address, _KEY)

    @property
    def address(self):
        return f"{self.base_url()}/xero/webhook"

    def deliver(self, **how):
        """Xero sends what waits, and has nothing to complain about."""
        self.env.flush_all()
        with self.allow_requests(all_requests=True):
            sent = self.xero.deliver(**how)
        self.env.invalidate_all()
        self.assertEqual(
            [each["violations"] for each in sent if each["violations"]], []
        )
        return sent

    def post(self, body, signature=None, **headers):
        """Somebody posts this."""
        self.env.flush_all()
        if signature is None:
            signature = webhooks.signature(body, _KEY)
        headers = {"x-xero-signature": signature} | headers
        with self.allow_requests(all_requests=True):
            answer = requests.post(self.address, data=body, headers=headers, timeout=30)
        self.env.invalidate_all()
        return answer

    def event(self, **values):
        return {
            "resourceId": "11111111-2222-4333-8444-555555555555",
            "tenantId": self.connection.tenant_id,
            "eventCategory": "INVOICE",
            "eventType": "UPDATE",
            "eventDateUtc": "2026-11-22T10:00:00.000",
        } | values

    def body(self, *events):
        return json.dumps({"events": events}).encode()

    def kept(self):
        return self.env["xero.event"].search([])


@tagged("post_install", "-at_install")
class TestRoute(WebhookCase):
    def test_the_intent_to_receive(self):
        """N9: right signatures are answered with 200, wrong ones with 401, bare."""
        self.env.flush_all()
        with self.allow_requests(all_requests=True), mute_logger(_ROUTE):
            self.xero.subscribe(self.address, _KEY, state="unverified")
            outcome = self.xero.intent_to_receive()
        self.assertTrue(outcome["passed"], outcome)
        self.assertFalse(self.kept())

    def test_what_is_wrongly_signed_is_refused(self):
        """N9: 401, without a cookie or a body; it is logged without what it said."""
        body = self.body(self.event())
        right = webhooks.signature(body, _KEY)
        for signature in (
            "",
            "nonsense",
            "ü",
            right[:-2],
            webhooks.signature(body, "other"),
        ):
            with self.assertLogs(_ROUTE, "WARNING") as logs:
                answer = self.post(body, signature.encode())
            self.assertEqual((answer.status_code, answer.content), (401, b""))
            self.assertNotIn("Set-Cookie", answer.headers)
            self.assertNotIn("INVOICE", "".join(logs.output))
        self.assertFalse(self.kept())

    @mute_logger(_ROUTE)
    def test_truncated_forged_and_oversized_bodies(self):
        """N9: 401 or 413, and nothing kept."""
        body = self.body(self.event())
        signature = webhooks.signature(body, _KEY)
        self.assertEqual(self.post(body[:-1], signature).status_code, 401)
        self.assertEqual(self.post(body + b" ", signature).status_code, 401)
        huge = b"x" * 1_000_001
        self.assertEqual(self.post(huge).status_code, 413)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        self.assertEqual(self.post(b"a=b", "x", **form).status_code, 401)
        self.assertFalse(self.kept())

    @mute_logger(_ROUTE)
    def test_without_a_length_nothing_is_read(self):
        """N9: a body of unknown size is not waited for."""
        chunks = iter([b"x" * 10])
        answer = self.post(chunks, "x")
        self.assertEqual(answer.status_code, 413)

    def test_what_is_well_signed_and_no_event_is_dropped(self):
        """N9: other organisations, unknown categories, ids that are none: 200."""
        answer = self.post(
            self.body(
                self.event(tenantId="00000000-0000-4000-8000-000000000000"),
                self.event(eventCategory="SUBSCRIPTION"),
                self.event(resourceId='") OR 1==1'),
                self.event(eventType=None),
                "no event",
            )
        )
        self.assertEqual((answer.status_code, answer.content), (200, b""))
        self.assertEqual(self.post(b"[]").status_code, 200)
        self.assertEqual(self.post(b"no json").status_code, 200)
        self.assertFalse(self.kept())

    def test_doubled_events_are_kept_once(self):
        """N9: within a post, and again; once read, the same may be said anew."""
        for _time in range(2):
            self.post(self.body(self.event(), self.event()))
        self.assertEqual(len(self.kept()), 1)
        self.post(self.body(self.event(eventDateUtc="2026-11-22T10:00:01.000")))
        self.assertEqual(len(self.kept()), 2)
        self.work()
        self.post(self.body(self.event()))
        self.assertEqual(
            self.kept().mapped(lambda each: bool(each.done_at)).count(False), 1
        )

    def test_every_key_opens_its_own_connection_only(self):
        """N9, N14: several organisations in one post are told apart by key and id."""
        company = self.env["res.company"].create({"name": "Other"})
        other = self.env["xero.connection"].create(
            {"company_id": company.id, "webhook_key": "another key"}
        )
        other.sudo().tenant_id = "99999999-2222-4333-8444-555555555555"
        events = [self.event(), self.event(tenantId=other.tenant_id)]
        body = self.body(*events)
        self.assertEqual(
            self.post(body, webhooks.signature(body, "another key")).status_code, 200
        )
        self.assertEqual(self.kept().connection_id, other)
        self.post(body)
        self.assertEqual(self.kept().connection_id, other | self.connection)
        other.webhook_key = _KEY
        body = self.body(*(each | {"eventDateUtc": "later"} for each in events))
        self.post(body)
        self.assertEqual(len(self.kept()), 4)

    def test_no_call_is_made_inside_a_request(self):
        """N9, I2: written down, a job is told, and that is all."""
        invoice = self.sent_invoice()
        self.paid(invoice)
        calls = len(self.api_calls())
        self.deliver()
        self.assertEqual(len(self.api_calls()), calls)
        self.assertEqual(invoice.xero_amount_due, 120)


@tagged("post_install", "-at_install")
class TestEvents(WebhookCase):
    def test_a_payment_in_xero_is_seen_at_once(self):
        """N9, S147: without a poll, in one call for all invoices and one for
        their payments."""
        self.connection.payment_journal_id = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        invoices = self.sent_invoice() | self.sent_invoice()
        self.deliver()
        self.work()
        for invoice in invoices:
            self.paid(invoice)
        calls = len(self.api_calls())
        self.deliver()
        self.work()
        self.assertEqual(invoices.mapped("xero_status"), ["PAID", "PAID"])
        self.assertEqual(len(self.api_calls()), calls + 2)
        self.assertEqual(set(invoices.mapped("payment_state")), {"paid"})

    def test_credit_notes_are_read_by_a_condition(self):
        """N9, S148: their list takes no ids."""
        note = self.document("out_refund")
        self.settle()
        self.xero.pay(note.xero_id)
        self.deliver()
        self.work()
        self.assertEqual(note.xero_amount_due, 0)

    def test_our_own_writes_come_back_and_change_nothing(self):
        """I7, I5: neither a row nor a second call for them."""
        self.sent_invoice()
        self.document("out_refund")
        self.settle()
        self.fetch()
        before = self.rows()
        self.deliver(times=2, order="reversed")
        self.work()
        self.assertEqual(self.rows(), before)
        calls = len(self.api_calls())
        self.work()
        self.assertEqual(len(self.api_calls()), calls)

    def test_a_read_that_fails_loses_no_event(self):
        """I9, N9: they wait for the next time."""
        invoice = self.sent_invoice()
        self.paid(invoice)
        self.deliver()
        self.xero.fault("server_error", method="GET", path="/Invoices")
        self.work()
        self.assertEqual(invoice.xero_amount_due, 120)
        self.work()
        self.assertEqual(invoice.xero_amount_due, 0)

    def test_an_event_of_a_document_on_its_way(self):
        """I4, I7: its own answer comes first; then it is read."""
        invoice = self.sent_invoice()
        self.xero.fault("answer_lost", method="POST", path="/Invoices")
        invoice.button_draft()
        invoice.invoice_line_ids[0].price_unit = 200
        invoice.action_post()
        self.work()
        self.assertTrue(invoice._xero_link().request_id)
        self.deliver()
        self.work()
        self.settle()
        self.paid(invoice, 40)
        self.deliver()
        self.settle()
        self.assertEqual((invoice.xero_mark, invoice.xero_amount_due), ("synced", 200))

    def test_whatever_comes_of_the_events_the_end_is_the_same(self):
        """N9, N11, I7: doubled, shuffled, late or lost, with polls or without."""
        self.xero.set_limits(minute=10_000, app_minute=100_000)
        generator = random.Random(20261122)
        for history in range(8):
            with self.subTest(history=history):
                self.one_history(random.Random(generator.random()))

    def one_history(self, luck):
        moves = self.invoice() | self.invoice() | self.document("out_refund")
        self.settle()
        loses = luck.random() < 0.4
        for _step in range(6):
            self.happen(luck, luck.choice(moves))
            if luck.random() < 0.6:
                self.deliver(
                    times=luck.choice((1, 1, 2)),
                    order=luck.choice(("queued", "reversed")),
                    one_by_one=luck.random() < 0.5,
                )
            elif loses:
                self.xero.drop_events()
            if luck.random() < 0.4:
                self.work()
        if loses:
            self.fetch()
        else:
            self.deliver()
        self.settle()
        self.assert_seen(moves)
        self.assert_quiet()

    def happen(self, luck, move):
        """Somebody does something in Xero, if it lets him."""
        resource = "creditnotes" if move.move_type == "out_refund" else "invoices"
        deeds = [
            lambda: self.xero.pay(move.xero_id, amount=luck.choice((10, 25))),
            lambda: self.xero.void(move.xero_id, resource),
            lambda: self.xero.recode(move.xero_id, luck.choice(("200", "260"))),
        ]
        try:
            luck.choices(deeds, weights=(4, 1, 3))[0]()
        except Exception:  # Xero refuses: paid, voided
            return

    def assert_seen(self, moves):
        there = {}
        for resource, key in (
            ("invoices", "InvoiceID"),
            ("creditnotes", "CreditNoteID"),
        ):
            there |= {each[key]: each for each in self.in_xero(resource)}
        for move in moves:
            found = there[move.xero_id]
            due = found.get("AmountDue", found.get("RemainingCredit"))
            stale = found["Status"] == "VOIDED"
            self.assertEqual(move.xero_status, found["Status"])
            self.assertEqual(move.xero_amount_due, 0 if stale else float(due))
            changed = found["LineItems"][0]["AccountCode"] != "200" and not stale
            self.assertEqual(move.xero_changed, changed)
            self.assertEqual(move.amount_residual, 120)

    def assert_quiet(self):
        """No traffic any more on either side once all is told."""
        self.deliver()
        self.settle()
        calls, before = len(self.api_calls()), self.rows()
        self.deliver()
        self.work()
        self.assertEqual((len(self.api_calls()), self.rows()), (calls, before))
