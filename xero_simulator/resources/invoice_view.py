"""How a sales invoice or bill looks on the wire.

Lists show stubs of contact and payments; the answer to a write tells less than a GET
(spec: Objects, wire basics).
"""

from .. import money, wire

HEADER = (
    "Type",
    "InvoiceID",
    "InvoiceNumber",
    "Reference",
    "Url",
    "Status",
    "LineAmountTypes",
    "SubTotal",
    "TotalTax",
    "Total",
    "TotalDiscount",
    "CurrencyCode",
    "CurrencyRate",
    "SentToContact",
    "BrandingThemeID",
    "ExpectedPaymentDate",
    "PlannedPaymentDate",
    "FullyPaidOnDate",
    "UpdatedDateUTC",
)


def due(invoice):
    """What is still to be paid; nothing on a voided or deleted document."""
    if invoice["Status"] in ("VOIDED", "DELETED"):
        return money.ZERO
    return invoice["Total"] - invoice["AmountPaid"] - invoice["AmountCredited"]


def _header(invoice):
    row = {name: invoice.get(name) for name in HEADER}
    row |= {
        "Date": invoice["Date"],
        "DateString": wire.date_string(invoice["Date"]),
        "DueDate": invoice.get("DueDate"),
        "DueDateString": wire.date_string(invoice.get("DueDate")),
        "UpdatedDateUTCString": wire.utc_string(invoice["UpdatedDateUTC"]),
        "IsDiscounted": bool(invoice.get("TotalDiscount")),
        "HasErrors": False,
    }
    if invoice["Type"] == "ACCPAY":
        row["Reference"] = ""
    return wire.without_none(row)


def row(call, invoice, detailed=True, is_summary=False):
    """As a list shows it.

    :param detailed: with lines; False in a list without ``page``
    :param is_summary: ``summaryOnly``: neither lines nor payments
    """
    shown = _header(invoice)
    shown |= {
        "Contact": contact_stub(call.organisation, invoice),
        "AmountDue": due(invoice),
        "AmountPaid": invoice["AmountPaid"],
        "AmountCredited": invoice["AmountCredited"],
        "HasAttachments": False,
    }
    if is_summary:
        return shown
    shown |= {
        "Payments": payment_stubs(call.organisation, invoice),
        "CreditNotes": [],
        "Prepayments": [],
        "Overpayments": [],
        "LineItems": lines(call, invoice) if detailed else [],
    }
    return shown


def written(call, invoice):
    """As the answer to a write shows it: a void still claims its amount due."""
    shown = _header(invoice)
    amount_due = invoice["Total"] - invoice["AmountPaid"] - invoice["AmountCredited"]
    shown |= {
        "LineItems": lines(call, invoice),
        "AmountDue": amount_due,
        "AmountPaid": invoice["AmountPaid"],
    }
    return shown


def truth(call, invoice):
    """Everything there is, in one row."""
    return {**row(call, invoice), "CreatedBy": invoice["CreatedBy"]}


def contact_stub(organisation, invoice):
    """Nested contacts are stubs."""
    contact = organisation.contacts.get(invoice["ContactID"])
    return {
        "ContactID": contact["ContactID"],
        "Name": contact["Name"],
        "Addresses": [],
        "Phones": [],
        "ContactGroups": [],
        "ContactPersons": [],
        "HasValidationErrors": False,
    }


def payment_stubs(organisation, invoice):
    """Payments inside an invoice do not say from which account."""
    payments = organisation.payments.find("invoice", invoice["InvoiceID"])
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


def lines(call, invoice):
    """The lines, unit prices with 2 decimals, or 4 with ``unitdp=4``."""
    return [line_row(call, line) for line in invoice["LineItems"]]


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
