"""What a contact may hold, and how a write is merged into what is there."""

import re

from .. import fields
from ..errors import Refused
from ..organisation import lower, new_id
from .accounts import account_for_line
from .currencies import check_subscribed
from .tax_rates import tax_for_line

TEXT_LIMITS = {
    "Name": 255,
    "ContactNumber": 50,
    "AccountNumber": 50,
    "FirstName": 255,
    "LastName": 255,
    "EmailAddress": 255,
    "TaxNumber": 50,
    "CompanyNumber": 50,
    "BankAccountDetails": 60,
}
ADDRESS_TYPES = ("STREET", "POBOX")
ADDRESS_LIMITS = {
    **dict.fromkeys(
        ("AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4"), 500
    ),
    "City": 255,
    "Region": 255,
    "PostalCode": 50,
    "Country": 50,
    "AttentionTo": 255,
}
ALWAYS_IN_ADDRESS = ("City", "Region", "PostalCode", "Country")
PHONE_TYPES = ("DDI", "DEFAULT", "FAX", "MOBILE")
PHONE_LIMITS = {"PhoneNumber": 50, "PhoneAreaCode": 10, "PhoneCountryCode": 20}
TERMS = {
    "DAYSAFTERBILLDATE",
    "DAYSAFTERBILLMONTH",
    "OFCURRENTMONTH",
    "OFFOLLOWINGMONTH",
}
OTHER_TEXTS = (
    "AccountsReceivableTaxType",
    "AccountsPayableTaxType",
    "SalesDefaultAccountCode",
    "PurchasesDefaultAccountCode",
    "DefaultCurrency",
    "XeroNetworkKey",
    "SalesDefaultLineAmountType",
    "PurchasesDefaultLineAmountType",
)
MOST_PERSONS = 5
EMAIL = re.compile(
    r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"
)
COUNTRY = re.compile(r"^[^\W\d_][^\d_]*$")


def blank():
    """A contact with its two address and four phone slots empty."""
    return {
        "ContactID": new_id(),
        "ContactStatus": "ACTIVE",
        "Name": None,
        "Addresses": [
            {"AddressType": kind, **dict.fromkeys(ALWAYS_IN_ADDRESS, "")}
            for kind in ADDRESS_TYPES
        ],
        "Phones": [
            {"PhoneType": kind, **dict.fromkeys(PHONE_LIMITS, "")}
            for kind in PHONE_TYPES
        ],
        "ContactPersons": [],
    }


def merged(organisation, existing, element, complaints):
    """The contact after a write; what is not sent stays.

    :param existing: None for a new contact
    """
    record = dict(existing or blank())
    for name in (*TEXT_LIMITS, *OTHER_TEXTS):
        if name in element:
            record[name] = fields.text(element, name) or None
    record["Name"] = record["Name"] or (existing or {}).get("Name")
    fields.too_long(element, TEXT_LIMITS, complaints)
    _check_email(element, complaints)
    _check_unique(organisation, record, existing, complaints)
    _check_references(organisation, element, complaints)
    _merge_slots(record, element, complaints)
    _merge_persons(record, element, complaints)
    _merge_terms(record, element, complaints)
    _merge_status(record, element, complaints)
    return record


def _check_email(element, complaints):
    """One plain ASCII address."""
    email = fields.text(element, "EmailAddress")
    if email and not EMAIL.match(email):
        complaints.add("Email address must be valid.")


def _check_unique(organisation, record, existing, complaints):
    table = organisation.contacts
    name, number = record["Name"], record.get("ContactNumber")
    if _is_other(table.first("active_name", lower(name)), existing):
        complaints.add(
            f"The contact name {name} is already assigned to another contact. "
            "The contact name must be unique across all active contacts."
        )
    if number and _is_other(table.first("number", number), existing):
        complaints.add(
            f"The contact number {number} is already assigned to another contact. "
            "The contact number must be unique across all contacts."
        )
    account_number = record.get("AccountNumber")
    if not account_number or not organisation.options["unique_account_numbers"]:
        return
    holders = table.find("account_number", account_number)
    if any(_is_other(holder, existing) for holder in holders):
        complaints.add(
            f"The account number {account_number} is already assigned to another "
            "contact."
        )


def _is_other(holder, existing):
    mine = existing and existing["ContactID"]
    return holder is not None and holder["ContactID"] != mine


def _check_references(organisation, element, complaints):
    """Currencies, accounts and tax types named by a contact must exist."""
    checks = {
        "DefaultCurrency": lambda code: check_subscribed(organisation, code),
        "SalesDefaultAccountCode": lambda code: account_for_line(
            organisation, code, None
        ),
        "AccountsReceivableTaxType": lambda code: tax_for_line(
            organisation, code, None
        ),
        "AccountsPayableTaxType": lambda code: tax_for_line(organisation, code, None),
    }
    checks["PurchasesDefaultAccountCode"] = checks["SalesDefaultAccountCode"]
    for name, check in checks.items():
        value = fields.text(element, name)
        try:
            value and check(value)
        except Refused as refusal:
            complaints.add(str(refusal))


def _merge_slots(record, element, complaints):
    """Addresses and phones are merged slot by slot; empty text clears."""
    kinds = (
        ("Addresses", "AddressType", ADDRESS_TYPES, ADDRESS_LIMITS),
        ("Phones", "PhoneType", PHONE_TYPES, PHONE_LIMITS),
    )
    for name, type_field, types, limits in kinds:
        slots = {slot[type_field]: slot for slot in record[name]}
        for place, row in enumerate(fields.rows(element, name) or []):
            inner = complaints.at(name, place)
            kind = fields.text(row, type_field)
            if kind not in types:
                inner.add(f"{type_field} '{kind}' is not valid.")
                continue
            fields.too_long(row, limits, inner)
            texts = {key: fields.text(row, key) for key in limits if key in row}
            slots[kind] = _without_empty({**slots[kind], **texts})
            _check_country(texts, inner)
        record[name] = list(slots.values())


def _without_empty(slot):
    """Cleared optional lines vanish; the fixed fields stay as empty text."""
    fixed = (*ALWAYS_IN_ADDRESS, *PHONE_LIMITS)
    return {key: value for key, value in slot.items() if value or key in fixed}


def _check_country(texts, complaints):
    country = texts.get("Country")
    if country and not COUNTRY.match(country):
        complaints.add("Country must contain letters only.")


def _merge_persons(record, element, complaints):
    """The list replaces what is there; five at most."""
    rows = fields.rows(element, "ContactPersons")
    if rows is None:
        return
    if len(rows) > MOST_PERSONS:
        complaints.add(f"A contact can have at most {MOST_PERSONS} contact persons.")
    record["ContactPersons"] = [
        {
            "FirstName": fields.text(row, "FirstName") or "",
            "LastName": fields.text(row, "LastName") or "",
            "EmailAddress": fields.text(row, "EmailAddress") or "",
            "IncludeInEmails": fields.boolean(row, "IncludeInEmails") or False,
        }
        for row in rows
    ]
    for place, person in enumerate(record["ContactPersons"]):
        _check_email(person, complaints.at("ContactPersons", place))


def _merge_terms(record, element, complaints):
    terms = fields.nested(element, "PaymentTerms")
    if terms is None:
        return
    read = {}
    for side in ("Bills", "Sales"):
        term = fields.nested(terms, side)
        if term:
            read[side] = _term(term, complaints)
    record["PaymentTerms"] = {**record.get("PaymentTerms", {}), **read}


def _term(term, complaints):
    day, kind = fields.number(term, "Day"), fields.text(term, "Type")
    if kind not in TERMS:
        complaints.add(f"Payment term type '{kind}' is not valid.")
    return {"Day": int(day or 0), "Type": kind}


def _merge_status(record, element, complaints):
    """Archiving works, with open documents too; nothing else can be set."""
    status = fields.text(element, "ContactStatus") or record["ContactStatus"]
    if status not in ("ACTIVE", "ARCHIVED"):
        complaints.add(f"Contact status '{status}' is not valid.")
    record["ContactStatus"] = status
