"""The simulator's answers and sample requests against Xero's OpenAPI document."""

import json
import os
from pathlib import Path

import pytest

from xero_simulator.seeds import KNOWN
from xero_simulator.server import serve
from xero_simulator.tests.client import Client, a_line, an_invoice
from xero_simulator.tests.receiver import KEY, Receiver
from xero_simulator.tests.story import SCOPES, told

from .documents import (
    document,
    operation,
    parameter_errors,
    response_errors,
    validate_request,
    webhook_errors,
)


@pytest.fixture(scope="module")
def visits():
    with serve() as simulator:
        simulator.control.set_limits(minute=1000)
        yield told(Client(simulator.url, simulator.control.grant(scopes=SCOPES)))


def test_every_answer_fits_the_document(visits):
    """N18: the wire format is Xero's, not ours."""
    problems = {}
    for visit in visits:
        errors = response_errors(
            visit.method, f"/{visit.path}", visit.status, visit.body
        )
        if errors:
            problems[str(visit)] = errors
    assert not problems, json.dumps(problems, indent=1)


def test_every_request_of_the_story_fits_the_document(visits):
    problems = {}
    for visit in visits:
        is_allocation = visit.path.endswith("/Allocations")
        if visit.payload is None or visit.path.count("/") > 1 and not is_allocation:
            continue
        if visit.resource in ("Payments", "BatchPayments") and "/" in visit.path:
            continue
        resource = "Allocations" if is_allocation else visit.resource
        errors = validate_request(resource, visit.payload)
        if errors:
            problems[str(visit)] = errors
    assert not problems, json.dumps(problems, indent=1, default=str)


def test_every_path_and_parameter_is_in_the_document(visits):
    for visit in visits:
        path, _, query = visit.path.partition("?")
        names = [part.partition("=")[0] for part in query.split("&") if part]
        assert operation(visit.method, f"/{path}")
        assert not parameter_errors(visit.method, f"/{path}", names), str(visit)


def test_samples_that_a_client_sends_fit_the_document():
    """Files ``<Resource>*.json`` in the folder that SAMPLES names, if it is set."""
    folder = os.environ.get("SAMPLES")
    for path in sorted(Path(folder).glob("*.json")) if folder else ():
        resource = path.stem.partition(".")[0]
        assert not validate_request(resource, json.loads(path.read_text())), path.name


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"DueDat": "2026-01-01"}, "DueDat"),
        ({"Status": "APPROVED"}, "APPROVED"),
        ({"CurrencyRate": "12"}, "'12' is not of type 'number'"),
        ({"Total": 12}, "read-only"),
        ({"InvoiceID": "7"}, "'7' is not a 'uuid'"),
    ],
)
def test_a_wrong_request_is_found(changes, error):
    invoice = an_invoice("6f0a9f60-0000-4000-8000-000000000000", a_line(), **changes)
    errors = validate_request("Invoices", {"Invoices": [invoice]})
    assert len(errors) == 1 and error in errors[0]


def test_webhooks_fit_their_document():
    with serve() as simulator:
        control = simulator.control
        receiver = Receiver()
        xero = Client(simulator.url, control.grant())
        control.subscribe(receiver.url, KEY)
        contact = xero.create("Contacts", {"Name": "Acme"})["ContactID"]
        xero.invoice(contact)
        note = an_invoice(contact, Type="ACCRECCREDIT")
        xero.create("CreditNotes", note)
        control.deliver(one_by_one=True)
        receiver.stop()
    schemas = ("WebhookEvent", "WebhookEvent", "CreditNoteWebhookEvent")
    for schema, body in zip(schemas, receiver.bodies, strict=True):
        assert not webhook_errors(schema, body)
    assert webhook_errors("WebhookEvent", {"events": []})


def test_a_wrong_answer_is_found():
    body = {"Contacts": [{"Nmae": "x"}]}
    assert response_errors("GET", "/Contacts", 200, body)


def test_the_document_is_the_one_we_know():
    assert document()["info"]["version"].startswith("16.")


@pytest.mark.parametrize("code", KNOWN)
@pytest.mark.parametrize("path", ["Organisation", "Accounts", "TaxRates", "Currencies"])
def test_every_country_fits_the_document(code, path):
    with serve(organisations=(code,)) as simulator:
        answer = Client(simulator.url, simulator.control.grant()).get(path)
        assert not response_errors("GET", f"/{path}", 200, answer.body)
