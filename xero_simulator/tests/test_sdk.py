"""Every answer deserialises with xero-python's own models.

``UNREADABLE`` lists what the SDK cannot read, with the reason; a connector must.
"""

import pytest
from xero_python.accounting import models
from xero_python.api_client import ModelFinder
from xero_python.api_client.deserializer import deserialize

from .client import Client
from .story import SCOPES, told

MODELS = {
    "Organisation": "Organisations",
    "TrialBalance": "ReportWithRows",
    "Organisation/Actions": "Actions",
    "OnlineInvoice": "OnlineInvoices",
    "History": "HistoryRecords",
    "Options": "TrackingOptions",
}

UNREADABLE = {
    "a currency newer than the SDK": "an unknown enum value loses the whole list",
    "a 503": "plain text instead of JSON",
    "a 404": "no body at all",
    "a 429": "no body at all",
}


@pytest.fixture
def visits(simulator, control):
    control.set_limits(minute=1000)
    return told(Client(simulator.url, control.grant(scopes=SCOPES)))


def model_of(visit):
    """Name of the model that the SDK uses for an answer."""
    if visit.status >= 400:
        return "Error"
    path = visit.path.split("?")[0]
    last = next((m for end, m in MODELS.items() if path.endswith(end)), None)
    if "/Options" in path:
        last = "TrackingOptions"
    if "/Attachments" in path:
        last = "Attachments"
    if "/Allocations" in path:
        last = "Allocation" if visit.method == "DELETE" else "Allocations"
    return last or visit.resource


def test_all_answers_but_the_listed_ones_can_be_read(visits):
    """N18: what the simulator answers is what Xero's SDK understands."""
    finder = ModelFinder(models)
    for visit in visits:
        if visit.body is None:
            continue
        parsed = deserialize(model_of(visit), visit.body, finder)
        assert parsed.to_dict(), str(visit)


@pytest.mark.parametrize("what", UNREADABLE)
def test_the_listed_answers_cannot_be_read(xero, control, what):
    answers = {
        "a currency newer than the SDK": lambda: xero.put(
            "Currencies", {"Code": "XCG"}
        ),
        "a 503": lambda: control.fault("unavailable") and xero.get("Currencies"),
        "a 404": lambda: xero.get("Accounts/6f0a9f60-0000-0000-0000-000000000000"),
        "a 429": lambda: control.fault("minute_limit") and xero.get("Currencies"),
    }
    answer = answers[what]()
    with pytest.raises(ValueError):
        deserialize("Currencies", answer.body, ModelFinder(models))


def test_rows_keep_their_content(visits):
    finder = ModelFinder(models)
    page = next(v for v in visits if v.path.startswith("Invoices?page=1&unitdp"))
    invoices = deserialize("Invoices", page.body, finder)
    assert invoices.pagination.item_count == len(invoices.invoices)
    sale = next(i for i in invoices.invoices if i.invoice_number == "A1")
    row = next(r for r in page.body["Invoices"] if r.get("InvoiceNumber") == "A1")
    assert sale.total == row["Total"] and sale.currency_code.value == "EUR"
    assert len(sale.line_items) == 2 and sale.contact.name == "Acme Ltd"


def test_credit_notes_keep_their_allocations(visits):
    finder = ModelFinder(models)
    page = next(v for v in visits if v.path.startswith("CreditNotes?page=1"))
    notes = deserialize("CreditNotes", page.body, finder).credit_notes
    note = next(n for n in notes if n.credit_note_number == "R1")
    (allocation,) = note.allocations
    assert (allocation.amount, allocation.invoice.invoice_number) == (50, "INV-0002")
    assert (note.remaining_credit, note.applied_amount) == (50, 50)
    assert len(note.payments) == 1 and len(note.line_items) == 1


def test_the_story_visits_every_endpoint(visits):
    seen = {(visit.method, visit.resource) for visit in visits}
    for resource in (
        "Contacts",
        "Invoices",
        "CreditNotes",
        "Items",
        "Payments",
        "BatchPayments",
        "BankTransactions",
        "PurchaseOrders",
    ):
        assert {("GET", resource), ("PUT", resource), ("POST", resource)} <= seen
    for resource in ("Prepayments", "Overpayments"):
        assert {("GET", resource), ("PUT", resource), ("DELETE", resource)} <= seen
    statuses = {visit.status for visit in visits}
    assert statuses == {200, 204, 400}
