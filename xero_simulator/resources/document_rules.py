"""Which status may follow which, and what may change when money is on a document."""

from .. import fields
from ..errors import Refused
from .contacts import ARCHIVED
from .document_kinds import kind_of

STALE = {"VOIDED", "DELETED"}
CREATABLE = ("DRAFT", "SUBMITTED", "AUTHORISED")
APPROVED = ("AUTHORISED", "PAID")
SETTLED = (
    "This document cannot be edited as it has a payment or credit note allocated to it."
)
HEADER = ("Date", "LineAmountTypes", "CurrencyCode", "CurrencyRate")
WITH_CONTACT = ("ContactID", *HEADER)
LINE = ("Description", "AccountID", "Tracking")
LINE_MONEY = (
    "ItemCode",
    "Quantity",
    "UnitAmount",
    "TaxType",
    "TaxAmount",
    "LineAmount",
    "DiscountRate",
    "DiscountAmount",
)
QUIET = {"DueDate", "SentToContact"}
"""Changes of these on part-paid documents do not touch UpdatedDateUTC."""

NEXT = {
    "DRAFT": {"DRAFT", "SUBMITTED", "AUTHORISED", "DELETED"},
    "SUBMITTED": {"DRAFT", "SUBMITTED", "AUTHORISED", "DELETED"},
    "AUTHORISED": {"AUTHORISED", "VOIDED"},
    "PAID": {"PAID", "AUTHORISED", "VOIDED"},
}


def is_settled(document):
    """Whether a payment, or a credit note or invoice, stands on it."""
    return bool(document["AmountPaid"] or document["AmountCredited"])


def not_valid(kind, purpose="modification"):
    """What Xero says of a status that cannot follow."""
    return f"{kind.noun.capitalize()} not of valid status for {purpose}"


def check_transition(call, existing, element):
    """Whether an existing document may go where the element sends it.

    :raise Refused: with Xero's words
    """
    kind = kind_of(existing)
    wanted = fields.text(element, "Status") or existing["Status"]
    contact = call.organisation.contacts.get(existing["ContactID"])
    if contact["ContactStatus"] != "ACTIVE" and not call.by_user:
        raise Refused(ARCHIVED)
    if existing["Status"] in STALE:
        raise Refused(not_valid(kind))
    if is_settled(existing) and wanted != existing["Status"] and wanted != "DELETED":
        raise Refused(
            f"The status {wanted} cannot be applied to the {kind.noun} because it has "
            "payments or credit notes allocated to it."
        )
    if wanted not in NEXT[existing["Status"]]:
        raise Refused(not_valid(kind))


def check_settled(existing, record):
    """What may still change once money is on a document.

    Sales and credit notes: nothing financial. Bills, since 19 March 2026: number,
    dates of payment, the contact unless credit is applied, and a line's text, account
    and tracking too.

    :raise Refused: with Xero's words
    """
    is_bill = existing["Type"] == "ACCPAY"
    header = HEADER if is_bill and not existing["AmountCredited"] else WITH_CONTACT
    if any(existing.get(name) != record.get(name) for name in header):
        raise Refused(SETTLED)
    names = LINE_MONEY if is_bill else LINE_MONEY + LINE
    if _lines(existing, names) != _lines(record, names):
        raise Refused(SETTLED)


def _lines(record, names):
    return [tuple(line.get(name) for name in names) for line in record["LineItems"]]


def is_quiet_change(existing, record):
    """Whether a change leaves UpdatedDateUTC as it is (a known gap of Xero)."""
    changed = {k for k in {*existing, *record} if existing.get(k) != record.get(k)}
    return is_settled(existing) and bool(changed) and changed <= QUIET
