"""How a purchase order looks on the wire, the same in lists and alone."""

import datetime
from zoneinfo import ZoneInfo

from .. import money, wire
from .contacts import Contacts
from .document_view import lines

TEXTS = (
    "Type",
    "PurchaseOrderID",
    "PurchaseOrderNumber",
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
    "DeliveryAddress",
    "AttentionTo",
    "Telephone",
    "DeliveryInstructions",
    "UpdatedDateUTC",
)
DATES = ("Date", "DeliveryDate", "ExpectedArrivalDate")
ZONES = {
    "NEWZEALANDSTANDARDTIME": "Pacific/Auckland",
    "AUSEASTERNSTANDARDTIME": "Australia/Sydney",
    "EASTERNSTANDARDTIME": "America/New_York",
    "GMTSTANDARDTIME": "Europe/London",
    "ROMANCESTANDARDTIME": "Europe/Paris",
    "WEUROPESTANDARDTIME": "Europe/Berlin",
    "SOUTHAFRICASTANDARDTIME": "Africa/Johannesburg",
    "SINGAPORESTANDARDTIME": "Asia/Singapore",
}
"""Xero's names of time zones; any other is taken for UTC."""


def row(call, order):
    """As a read and a write show it."""
    shown = {name: order.get(name) for name in TEXTS}
    for name in DATES:
        shown |= {name: order.get(name)}
        shown |= {f"{name}String": wire.date_string(order.get(name))}
    shown |= {
        "HasErrors": False,
        "HasAttachments": _has_attachments(call.organisation, order),
        "IsDiscounted": bool(order["TotalDiscount"]),
        "TotalDiscount": order["TotalDiscount"],
        "Contact": contact(call, order),
        "LineItems": lines(call, order),
    }
    return wire.without_none(shown)


def contact(call, order):
    """The whole contact, its timestamp in local time but labelled UTC (recorded)."""
    contacts = Contacts(call)
    shown = contacts.row(call.organisation.contacts.get(order["ContactID"]))
    moment = shown["UpdatedDateUTC"]
    return {**shown, "UpdatedDateUTC": moment + _offset(call.organisation, moment)}


def _has_attachments(organisation, order):
    return bool(organisation.attachments.find("subject", order["PurchaseOrderID"]))


def _offset(organisation, moment):
    zone = ZONES.get(organisation.profile.get("Timezone"))
    if zone is None:
        return datetime.timedelta()
    return moment.astimezone(ZoneInfo(zone)).utcoffset()


def total_discount(rows):
    """What all discounts take off."""
    return sum((money.line_discount(line) for line in rows), money.ZERO)
