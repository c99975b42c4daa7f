"""How values look on the wire, and when two of them are the same."""

import datetime
import enum
import inspect
from decimal import Decimal

import pytest
import xero_python.accounting
from xero_python.accounting import (
    Contact,
    Invoice,
    Invoices,
    LineItem,
    Payment,
    PaymentDelete,
    Phone,
)

from lib import wire

UTC = datetime.timezone.utc


# === WRITING === #


def test_a_model_is_written_without_what_was_never_set():
    """Defect 9 of the SDK adds HasAttachments and the like to nested contacts."""
    invoice = Invoice(
        type="ACCREC",
        contact=Contact(contact_id="id-1"),
        date=datetime.date(2026, 9, 14),
        line_items=[LineItem(quantity=Decimal("1.50"), unit_amount=0.1)],
        sent_to_contact=False,
    )
    assert wire.encode(Invoices(invoices=[invoice])) == {
        "Invoices": [
            {
                "Type": "ACCREC",
                "Contact": {"ContactID": "id-1"},
                "LineItems": [
                    {"Quantity": Decimal("1.50"), "UnitAmount": Decimal("0.1")}
                ],
                "Date": "2026-09-14",
                "SentToContact": False,
            }
        ]
    }


def test_a_default_that_means_something_is_kept():
    assert wire.encode(PaymentDelete()) == {"Status": "DELETED"}


def test_an_empty_text_is_kept_as_it_clears_a_field():
    assert wire.encode(Phone(phone_number="")) == {"PhoneNumber": ""}


def test_dictionaries_are_encoded_too():
    class Kind(enum.Enum):
        SALE = "ACCREC"

    value = {
        "Type": Kind.SALE,
        "Due": datetime.datetime(2026, 9, 14, 12, tzinfo=UTC),
        "Nothing": None,
        "Nested": (Payment(amount=1), 2.5, True, None),
    }
    assert wire.encode(value) == {
        "Type": "ACCREC",
        "Due": "2026-09-14T12:00:00",
        "Nested": [{"Amount": 1}, Decimal("2.5"), True, None],
    }


@pytest.mark.parametrize(
    "value, text",
    [
        (Decimal("10.00"), "10.00"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.0000001"), "0.0000001"),
        (Decimal("12345678901234567.89"), "12345678901234567.89"),
        (0.1, "0.1"),
        (1e16, "10000000000000000"),
        (7, "7"),
        (True, "true"),
        (None, "null"),
        ('é"\n', '"\\u00e9\\"\\n"'),
        (datetime.date(2026, 1, 2), '"2026-01-02"'),
        ({"a": [1, {"b": []}], "c": {}}, '{"a":[1,{"b":[]}],"c":{}}'),
    ],
)
def test_json_is_written_digit_by_digit(value, text):
    assert wire.dumps(value) == text


def test_json_is_read_back_exactly():
    value = {"Total": Decimal("24.15"), "Count": 3, "Text": "ü"}
    assert wire.loads(wire.dumps(value)) == value
    assert isinstance(wire.loads('{"Total": 10.5}')["Total"], Decimal)


@pytest.mark.parametrize("value", [Decimal("NaN"), float("inf")])
def test_what_is_not_a_number_is_not_written(value):
    with pytest.raises(ValueError):
        wire.dumps({"Total": value})


def test_what_has_no_form_in_json_is_not_written():
    with pytest.raises(TypeError):
        wire.dumps({"x": object()})


# === COMPARING === #


@pytest.mark.parametrize(
    "one, other",
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({"UnitAmount": 10}, {"UnitAmount": Decimal("10.0")}),
        ({"UnitAmount": "10.00"}, {"UnitAmount": 10}),
        ({"UnitAmount": 10.0}, {"UnitAmount": Decimal("1E+1")}),
        ({"Total": Decimal("-0.00")}, {"Total": 0}),
        ({"a": None}, {}),
        ({"Date": datetime.date(2026, 1, 2)}, {"Date": "2026-01-02"}),
        ({"LineItems": [{"Quantity": "2"}]}, {"LineItems": [{"Quantity": 2}]}),
    ],
)
def test_the_same_content_has_the_same_fingerprint(one, other):
    """I5: the same agreed state is never sent twice."""
    assert wire.canonical(one) == wire.canonical(other)
    assert wire.fingerprint(one) == wire.fingerprint(other)
    assert len(wire.fingerprint(one)) == 64


@pytest.mark.parametrize(
    "one, other",
    [
        ({"AccountCode": "200"}, {"AccountCode": "0200"}),
        ({"AccountCode": "200"}, {"AccountCode": 200}),
        ({"Reference": "1.10"}, {"Reference": "1.1"}),
        ({"lines": [1, 2]}, {"lines": [2, 1]}),
        ({"UnitAmount": 10}, {"UnitAmount": Decimal("10.0001")}),
        ({"a": ""}, {}),
        ({"a": True}, {"a": 1}),
        ({"UnitAmount": "ten"}, {"UnitAmount": 10}),
    ],
)
def test_other_content_has_another_fingerprint(one, other):
    assert wire.fingerprint(one) != wire.fingerprint(other)


def test_a_fingerprint_is_the_same_in_every_process():
    """It is kept in the database: changing it would send everything again."""
    value = {"InvoiceNumber": "INV/1", "Total": Decimal("12.50"), "Paid": False}
    assert (
        wire.canonical(value) == '{"InvoiceNumber":"INV/1","Paid":false,"Total":12.5}'
    )
    assert wire.fingerprint(value).startswith("20259354ff49dd36")


def test_the_fields_that_hold_numbers_are_those_of_the_sdk():
    numeric = set()
    for _name, model in inspect.getmembers(xero_python.accounting, inspect.isclass):
        for attribute, kind in getattr(model, "openapi_types", {}).items():
            if kind == "float":
                numeric.add(model.attribute_map[attribute])
    assert numeric.issuperset(wire.NUMERIC_NAMES)
    sent = set()
    for model in (Invoice, LineItem, Payment, xero_python.accounting.Allocation):
        for attribute, kind in model.openapi_types.items():
            if kind == "float":
                sent.add(model.attribute_map[attribute])
    never_sent = {"CISDeduction", "CISRate", "SalesTaxCodeId"}
    assert sent - never_sent <= wire.NUMERIC_NAMES


# === DATES === #


@pytest.mark.parametrize(
    "value, day",
    [
        ("/Date(1789344000000+0000)/", datetime.date(2026, 9, 14)),
        ("/Date(1789344000000)/", datetime.date(2026, 9, 14)),
        ("/Date(1789344000000+1300)/", datetime.date(2026, 9, 14)),
        ("/Date(-86400000+0000)/", datetime.date(1969, 12, 31)),
        ("2026-09-14T00:00:00", datetime.date(2026, 9, 14)),
        ("2026-09-14", datetime.date(2026, 9, 14)),
        ("", None),
        (None, None),
    ],
)
def test_an_accounting_date_is_a_calendar_day(value, day):
    assert wire.parse_date(value) == day


@pytest.mark.parametrize(
    "value, moment",
    [
        (
            "/Date(1789378199160+0000)/",
            datetime.datetime(2026, 9, 14, 9, 29, 59, 160000, UTC),
        ),
        (
            "/Date(1789378199160)/",
            datetime.datetime(2026, 9, 14, 9, 29, 59, 160000, UTC),
        ),
        ("2026-09-14T09:29:59Z", datetime.datetime(2026, 9, 14, 9, 29, 59, 0, UTC)),
        ("2026-09-14T09:29:59", datetime.datetime(2026, 9, 14, 9, 29, 59, 0, UTC)),
        (
            "2026-09-14T21:29:59+12:00",
            datetime.datetime(2026, 9, 14, 9, 29, 59, 0, UTC),
        ),
        (None, None),
    ],
)
def test_a_moment_is_in_utc(value, moment):
    assert wire.parse_timestamp(value) == moment
    if moment:
        assert wire.parse_timestamp(value).utcoffset() == datetime.timedelta(0)


@pytest.mark.parametrize("read", [wire.parse_date, wire.parse_timestamp])
@pytest.mark.parametrize("value", ["soon", "/Date(x)/", "14/09/2026"])
def test_what_is_no_date_is_not_guessed(read, value):
    with pytest.raises(ValueError):
        read(value)


def test_a_moment_is_written_as_if_modified_since_takes_it():
    eastern = datetime.timezone(datetime.timedelta(hours=12))
    moment = datetime.datetime(2026, 9, 14, 21, 29, 59, 999, eastern)
    assert wire.format_timestamp(moment) == "2026-09-14T09:29:59"
    assert wire.format_timestamp(moment.replace(tzinfo=None)) == "2026-09-14T21:29:59"
