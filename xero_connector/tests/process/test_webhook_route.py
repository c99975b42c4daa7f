"""Webhooks reach a real server with a job runner, also while it is killed."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from xero_simulator.control import Control
from xero_simulator.webhook_delivery import signature

KEY = "a key of forty letters that Xero shows us"


@pytest.fixture
def told(company):
    """A company that Xero tells of changes."""
    company.admin.call(
        "xero.connection", "write", [company.connection_id], {"webhook_key": KEY}
    )
    company.xero.subscribe(f"{company.server.url}/xero/webhook", KEY)
    return company


def test_a_payment_is_seen_within_moments(told):
    """N9, S147: delivered, written down, read by a job; no poll is involved."""
    ids = told.invoice()
    told.wait_quiet()
    [there] = [
        each
        for each in told.xero.documents("invoices")
        if each["InvoiceNumber"]
        in told.database.values("SELECT name FROM account_move WHERE id = %s", ids[0])
    ]
    told.xero.pay(there["InvoiceID"])

    sent = told.xero.deliver()

    assert not [each["violations"] for each in sent if each["violations"]]
    Control.wait_for(lambda: due(told, ids) == [0], 30, "the payment in Odoo")
    told.wait_quiet()
    told.assert_in_xero(ids)


def due(company, ids):
    shown = company.anna.read("account.move", [("id", "in", ids)], "xero_amount_due")
    return [each["xero_amount_due"] for each in shown]


def test_what_was_accepted_survives_a_kill(told):
    """N9, N1: 8 senders at once, ``kill -9`` in the middle; what was answered with 200
    is there, and what was not comes again."""
    tenant = told.database.value("SELECT tenant_id FROM xero_connection")
    ids = [str(uuid.uuid4()) for _each in range(10_000)]
    posts = [body(tenant, ids[start : start + 100]) for start in range(0, 10_000, 100)]

    with ThreadPoolExecutor(8) as senders:
        sending = [senders.submit(post, told, each) for each in posts]
        Control.wait_for(lambda: sum(map(good, sending)) >= 10, 60, "ten posts")
        told.server.kill()
    accepted = [
        each for each, future in zip(posts, sending, strict=True) if good(future)
    ]
    assert 10 <= len(accepted) < len(posts)
    assert kept(told) >= ids_of(accepted)

    told.start_again()
    for each in posts:
        assert post(told, each) == 200
    told.drive()
    Control.wait_for(lambda: not pending(told), 300, "all events")
    assert kept(told) == set(ids)


def body(tenant, ids):
    events = [
        {
            "resourceId": each,
            "tenantId": tenant,
            "eventCategory": "INVOICE",
            "eventType": "UPDATE",
            "eventDateUtc": "2026-11-22T10:00:00.000",
        }
        for each in ids
    ]
    return json.dumps({"events": events}).encode()


def post(company, content):
    """The status of the answer; None where there was none."""
    try:
        return requests.post(
            f"{company.server.url}/xero/webhook",
            data=content,
            headers={"x-xero-signature": signature(content, KEY)},
            timeout=30,
        ).status_code
    except requests.RequestException:
        return None


def good(future):
    return future.done() and future.result() == 200


def ids_of(posts):
    return {
        event["resourceId"] for each in posts for event in json.loads(each)["events"]
    }


def kept(company):
    found = company.database.values(
        "SELECT xero_id FROM xero_event WHERE happened_at = %s",
        "2026-11-22T10:00:00.000",
    )
    return set(found)


def pending(company):
    return company.database.value(
        "SELECT count(*) FROM xero_event WHERE done_at IS NULL"
    )
