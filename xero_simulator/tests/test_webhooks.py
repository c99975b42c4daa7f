"""Webhooks: what is queued, how it is sent, and what a receiver must answer."""

import datetime

import pytest

from xero_simulator import webhook_delivery
from xero_simulator.control import XeroRefused

from .client import Client, an_invoice
from .receiver import KEY, Receiver

SOMETHING = "6f0a9f60-0000-4000-8000-000000000000"


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.stop()


@pytest.fixture(autouse=True)
def subscription(xero, control, receiver):
    control.subscribe(receiver.url, KEY)


def kinds(events):
    return [(event["eventCategory"], event["eventType"]) for event in events]


class TestQueue:
    def test_our_own_writes_come_back(self, xero, contact, control):
        """The echo of what was sent."""
        invoice = xero.invoice(contact)
        events = control.webhook_events()
        assert kinds(events) == [("CONTACT", "CREATE"), ("INVOICE", "CREATE")]
        assert events[1]["resourceId"] == invoice["InvoiceID"]
        xero.post("Contacts", {"ContactID": contact, "TaxNumber": "1"})
        assert kinds(control.webhook_events())[2:] == [("CONTACT", "UPDATE")]

    def test_what_a_person_does_comes_too(self, xero, contact, control):
        control.drop_events()
        control.archive_contact(contact)
        assert kinds(control.webhook_events()) == [("CONTACT", "UPDATE")]

    def test_a_credit_note_tells_type_and_status(self, xero, contact, control):
        note = an_invoice(contact, Type="ACCRECCREDIT", Status="DRAFT")
        note.pop("DueDate")
        xero.create("CreditNotes", note)
        event = control.webhook_events()[-1]
        assert event["eventCategory"] == "CREDITNOTE"
        assert event["data"] == {"Type": "ACCRECCREDIT", "Status": "DRAFT"}

    def test_items_orders_and_payments_have_no_events(self, xero, contact, control):
        control.subscribe("http://localhost:1/", KEY, payment_events=False)
        invoice = xero.invoice(contact)
        control.drop_events()
        xero.create("Items", {"Code": "x"})
        control.pay(invoice["InvoiceID"], 1)
        assert control.webhook_events() == []

    def test_a_payment_changes_its_invoice(self, xero, contact, control):
        invoice = xero.invoice(contact)
        control.drop_events()
        payment = control.pay(invoice["InvoiceID"], 1)
        control.remove_payment(payment["PaymentID"])
        assert kinds(control.webhook_events()) == [("INVOICE", "UPDATE")] * 2

    def test_what_is_refused_is_no_event(self, xero, contact, control):
        control.drop_events()
        xero.put("Contacts", [{"Name": "New"}, {"Name": "Bright Windows Ltd"}])
        assert control.webhook_events() == []
        rows = [{"Name": "New"}, {"Name": "Bright Windows Ltd"}]
        xero.put("Contacts?summarizeErrors=false", rows)
        assert len(control.webhook_events()) == 1

    def test_a_change_without_a_new_timestamp_is_no_event(self, xero, contact, control):
        invoice = xero.invoice(contact)
        control.pay(invoice["InvoiceID"], 1)
        control.drop_events()
        path = f"Invoices/{invoice['InvoiceID']}"
        xero.post(path, {"DueDate": "2026-12-24"})
        assert control.webhook_events() == []

    def test_a_stopped_clock_stops_no_events(self, xero, contact, control):
        control.clock.freeze()
        xero.post("Contacts", {"ContactID": contact, "TaxNumber": "1"})
        assert len(control.webhook_events()) == 2

    def test_only_the_categories_that_were_chosen_come(
        self, xero, contact, control, receiver
    ):
        control.subscribe(receiver.url, KEY, categories=["INVOICE"])
        control.drop_events()
        xero.create("Contacts", {"Name": "New"})
        xero.invoice(contact)
        assert kinds(control.webhook_events()) == [("INVOICE", "CREATE")]

    def test_only_connected_organisations_count(self, control, xero, contact):
        tenant = control.add_organisation("nz")
        control.drop_events()
        control.create("contacts", {"Name": "Kiwi"}, tenant)
        assert control.webhook_events() == []
        control.disconnect()
        control.archive_contact(contact)
        assert control.webhook_events() == []

    def test_each_application_has_its_own(self, control, xero, receiver):
        """While a key is replaced there are two applications."""
        control.register_app("second", "secret")
        control.grant(client_id="second")
        control.subscribe(receiver.url, "key-2", "second")
        control.drop_events()
        xero.create("Contacts", {"Name": "New"})
        assert len(control.webhook_events("second")) == 1
        control.unsubscribe("second")
        with pytest.raises(ValueError, match="no webhook"):
            control.webhook_events("second")


class TestDelivery:
    def test_is_signed_json_with_everything_in_it(self, contact, control, receiver):
        (sent,) = control.deliver()
        assert sent["status"] == 200 and sent["violations"] == []
        ((headers, raw),) = receiver.requests
        assert headers["Content-Type"] == "application/json; charset=utf-8"
        assert headers["x-xero-signature"] == webhook_delivery.signature(raw, KEY)
        (body,) = receiver.bodies
        assert set(body) == {
            "events",
            "firstEventSequence",
            "lastEventSequence",
            "entropy",
        }
        (event,) = body["events"]
        moment = datetime.datetime.fromisoformat(event.pop("eventDateUtc"))
        assert moment.tzinfo is None
        assert event == {
            "resourceUrl": f"https://api.xero.com/api.xro/2.0/Contacts/{contact}",
            "resourceId": contact,
            "tenantId": control.tenant_id(),
            "tenantType": "ORGANISATION",
            "eventCategory": "CONTACT",
            "eventType": "CREATE",
        }
        assert control.webhook()["pending"] == 0
        assert control.deliver() == []

    def test_numbers_go_on(self, xero, control, receiver):
        for name in "abc":
            xero.create("Contacts", {"Name": name})
        control.deliver(limit=2)
        control.deliver()
        numbers = [
            (body["firstEventSequence"], body["lastEventSequence"])
            for body in receiver.bodies
        ]
        assert numbers == [(1, 2), (3, 3)]

    def test_may_come_twice(self, contact, control, receiver):
        assert len(control.deliver(times=2)) == 2
        assert receiver.requests[0][1] == receiver.requests[1][1]

    def test_may_come_late_and_out_of_order(self, xero, control, receiver):
        for name in "abc":
            xero.create("Contacts", {"Name": name})
        waiting = [event["resourceId"] for event in control.webhook_events()]
        control.clock.advance(3600)
        control.deliver(order="reversed", one_by_one=True)
        assert [e["resourceId"] for e in receiver.events] == waiting[::-1]
        assert len(receiver.requests) == 3

    def test_one_request_holds_many_organisations_and_categories(
        self, control, contact, receiver
    ):
        """Also of a category that nobody knows yet."""
        tenant = control.add_organisation("nz")
        control.grant(tenant=tenant)
        control.create("contacts", {"Name": "Kiwi"}, tenant)
        control.queue_event("QUOTE", SOMETHING, tenant)
        control.deliver()
        (body,) = receiver.bodies
        assert len({event["tenantId"] for event in body["events"]}) == 2
        assert body["events"][-1]["eventCategory"] == "QUOTE"

    def test_wrongly_signed_it_expects_a_401_and_goes_on_waiting(
        self, contact, control, receiver
    ):
        (sent,) = control.deliver_wrongly_signed()
        assert (sent["status"], sent["violations"]) == (401, [])
        assert control.webhook()["pending"] == 1
        receiver.status = 200
        (sent,) = control.deliver_wrongly_signed()
        assert sent["violations"] == ["answered 200 instead of 401"]

    def test_the_receiver_may_call_xero_meanwhile(
        self, contact, xero, control, receiver, in_thread
    ):
        receiver.gate.clear()
        delivery = in_thread(control.deliver)
        control.wait_for(lambda: receiver.requests)
        assert xero.get("Contacts").status == 200
        receiver.gate.set()
        assert delivery.result()[0]["status"] == 200

    @pytest.mark.parametrize(
        ("fault", "violation"),
        [
            ({"status": 500}, "answered 500 instead of 200"),
            ({"status": 302}, "answered 302 instead of 200"),
            ({"body": b"OK"}, "answered with a body"),
            ({"cookie": "session_id=1"}, "set a cookie"),
        ],
    )
    def test_a_wrong_answer_is_a_violation(
        self, contact, control, receiver, fault, violation
    ):
        vars(receiver).update(fault)
        first, again = control.deliver()
        assert first["violations"] == again["violations"] == [violation]
        assert control.webhook()["pending"] == 1

    def test_a_slow_answer_is_a_violation(
        self, contact, control, receiver, monkeypatch
    ):
        monkeypatch.setattr(webhook_delivery, "MOST_SECONDS", 0.2)
        receiver.gate.clear()
        first, again = control.deliver()
        assert first["status"] is None
        assert first["violations"][0].startswith("no answer")

    def test_nobody_there_is_a_violation(self, contact, control):
        control.subscribe("http://localhost:1/", KEY)
        first, again = control.deliver()
        assert first["violations"][0].startswith("no answer")

    @pytest.mark.parametrize("how", [{"order": "odd"}, {"client_id": "nobody"}])
    def test_mistakes_are_value_errors(self, control, how):
        with pytest.raises(ValueError):
            control.deliver(**how)


class TestRetries:
    def test_a_failure_is_tried_again_at_once_and_after_15_minutes(
        self, contact, control, receiver
    ):
        receiver.status = 500
        assert len(control.deliver()) == 2
        assert control.deliver_due() == []
        receiver.reset()
        control.clock.advance(15 * 60)
        assert control.deliver_due()[0]["status"] == 200
        state = control.webhook()
        assert state["failing_since"] is None and state["pending"] == 0

    def test_after_a_day_of_failures_it_is_disabled(
        self, xero, contact, control, receiver
    ):
        receiver.status = 500
        for _ in range(2):
            control.deliver()
            assert control.webhook()["state"] == "active"
            control.clock.advance(12 * 3600 + 1)
        control.deliver()
        assert control.webhook()["state"] == "disabled"
        with pytest.raises(XeroRefused, match="disabled"):
            control.deliver()

    def test_what_happened_meanwhile_is_played_after_a_new_intent(
        self, xero, contact, control, receiver
    ):
        receiver.status = 500
        control.deliver()
        control.clock.advance(25 * 3600)
        control.deliver()
        control.create("contacts", {"Name": "New"})
        receiver.reset()
        receiver.requests.clear()
        assert control.intent_to_receive()["passed"] is True
        control.deliver()
        assert len(receiver.events) == 2

    def test_after_31_days_events_are_gone(self, contact, control):
        control.clock.advance(31 * 24 * 3600)
        assert control.deliver() == []


class TestIntentToReceive:
    def test_tries_right_and_wrong_signatures(self, control, receiver):
        control.subscribe(receiver.url, KEY, state="unverified")
        with pytest.raises(XeroRefused, match="unverified"):
            control.deliver()
        assert control.intent_to_receive()["passed"] is True
        assert control.webhook()["state"] == "active"
        for body in receiver.bodies:
            assert body["events"] == []
            assert body["firstEventSequence"] == body["lastEventSequence"] == 0
        statuses = {receiver.right_status(*request) for request in receiver.requests}
        assert statuses == {200, 401}

    def test_fails_when_everything_is_accepted(self, control, receiver):
        receiver.status = 200
        assert control.intent_to_receive()["passed"] is False
        assert control.webhook()["state"] == "unverified"

    def test_fails_when_the_key_is_another(self, control, receiver):
        receiver.key = "another"
        assert control.intent_to_receive()["passed"] is False


def test_the_receiver_of_two_organisations_sees_both(simulator, control, receiver):
    tenant = control.add_organisation("nz")
    kiwi = Client(simulator.url, control.grant(tenant=tenant))
    kiwi.create("Contacts", {"Name": "Kiwi"})
    control.deliver()
    assert receiver.events[0]["tenantId"] == tenant
