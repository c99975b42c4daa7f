"""How documents look on the wire: what all types of document share.

Lists show stubs of contact and payments; the answer to a write tells less than a GET
(spec: Objects, wire basics).
"""

from .. import money, wire
from .document_kinds import kind_of

HEADER = (
    "Type",
    "Reference",
    "Status",
    "LineAmountTypes",
    "SubTotal",
    "TotalTax",
    "Total",
    "CurrencyCode",
    "CurrencyRate",
    "SentToContact",
    "BrandingThemeID",
    "FullyPaidOnDate",
    "UpdatedDateUTC",
)


def outstanding(document):
    """Its total less what was paid and credited."""
    return document["Total"] - document["AmountPaid"] - document["AmountCredited"]


def due(document):
    """What is outstanding; nothing on a voided or deleted document."""
    if document["Status"] in ("VOIDED", "DELETED"):
        return money.ZERO
    return outstanding(document)


def header(document, *names):
    """What stands above the lines.

    :param names: fields that this kind of document has beyond ``HEADER``
    """
    row = {name: document.get(name) for name in (*HEADER, *names)}
    row |= {
        "Date": document["Date"],
        "DateString": wire.date_string(document["Date"]),
        "DueDate": document.get("DueDate"),
        "DueDateString": wire.date_string(document.get("DueDate")),
        "UpdatedDateUTCString": wire.utc_string(document["UpdatedDateUTC"]),
        "HasErrors": False,
    }
    if not kind_of(document).is_sale:
        row["Reference"] = ""
    return wire.without_none(row)


def contact_stub(organisation, document):
    """Nested contacts are stubs."""
    contact = organisation.contacts.get(document["ContactID"])
    return {
        "ContactID": contact["ContactID"],
        "Name": contact["Name"],
        "Addresses": [],
        "Phones": [],
        "ContactGroups": [],
        "ContactPersons": [],
        "HasValidationErrors": False,
    }


def payment_stubs(organisation, document):
    """Payments inside a document do not say from which account."""
    document_id = document[kind_of(document).id_field]
    payments = organisation.payments.find("document", document_id)
    return [
        wire.without_none(
            {
                "PaymentID": payment["PaymentID"],
                "Date": payment["Date"],
                "Amount": payment["Amount"],
                "Reference": payment.get("Reference"),
                "CurrencyRate": payment["CurrencyRate"],
                "HasAccount": False,
                "HasValidationErrors": False,
            }
        )
        for payment in payments
        if payment["Status"] == "AUTHORISED"
    ]


def has_attachments(organisation, document):
    """``HasAttachments`` of a document."""
    document_id = document[kind_of(document).id_field]
    return bool(organisation.attachments.find("subject", document_id))


def lines(call, document):
    """The lines, unit prices with 2 decimals, or 4 with ``unitdp=4``."""
    return [line_row(call, line) for line in document["LineItems"]]


def line_row(call, line):
    """One line; a text-only line has neither quantity, price nor tax type."""
    organisation = call.organisation
    account = organisation.accounts.get(line.get("AccountID"))
    shown = {
        "LineItemID": line["LineItemID"],
        "Description": line.get("Description"),
        "ItemCode": line.get("ItemCode"),
        "Quantity": line.get("Quantity"),
        "UnitAmount": _unit(call, line),
        "DiscountRate": line.get("DiscountRate"),
        "DiscountAmount": line.get("DiscountAmount"),
        "LineAmount": line.get("LineAmount", money.ZERO),
        "AccountCode": account and account.get("Code"),
        "AccountID": account and account["AccountID"],
        "TaxType": line.get("TaxType"),
        "TaxAmount": line.get("TaxAmount", money.ZERO),
        "Item": _item(organisation, line),
        "Tracking": [_tag(tag) for tag in line.get("Tracking", ())],
    }
    return wire.without_none(shown)


def _unit(call, line):
    unit = line.get("UnitAmount")
    return None if unit is None else money.rounded(unit, call.unit_places)


def _item(organisation, line):
    item = organisation.items.first("code", line.get("ItemCode"))
    if item is None:
        return None
    shown = {name: item.get(name) for name in ("ItemID", "Name", "Code")}
    return wire.without_none(shown)


def _tag(tag):
    """Recorded answers name the option but never give its id."""
    return {
        "Name": tag["Name"],
        "Option": tag["Option"],
        "TrackingCategoryID": tag["TrackingCategoryID"],
        "Options": [],
    }
