"""Currencies that the organisation has switched on."""

from .. import fields
from ..errors import Refused
from .endpoint import Endpoint

NAMES = {
    "GBP": "British Pound",
    "EUR": "Euro",
    "USD": "United States Dollar",
    "NZD": "New Zealand Dollar",
    "AUD": "Australian Dollar",
    "CAD": "Canadian Dollar",
    "SGD": "Singapore Dollar",
    "ZAR": "South African Rand",
    "CHF": "Swiss Franc",
    "JPY": "Japanese Yen",
    "KWD": "Kuwaiti Dinar",
}


class Currencies(Endpoint):
    """``/Currencies``: list and add; a currency is never deleted by the API."""

    plural = "Currencies"
    table_name = "currencies"
    one_per_request = True
    known_fields = frozenset(("Code", "Description"))
    routes = {("GET", ""): "listed", ("PUT", ""): "create"}

    def row(self, record, detailed=True):
        return record

    def save(self, element, mode):
        code = fields.text(element, "Code") or ""
        if len(code) != 3 or not code.isalpha() or not code.isupper():
            raise Refused(f"Currency code '{code}' is not valid")
        if self.table.get(code):
            raise Refused(f"Organisation is already subscribed to currency {code}")
        return self.table.put(currency(code))


def currency(code):
    """A currency record."""
    return {"Code": code, "Description": NAMES.get(code, code)}


def check_subscribed(organisation, code):
    """A document's currency must be switched on.

    :raise Refused: with Xero's words
    """
    if organisation.currencies.get(code) is None:
        raise Refused(f"Organisation is not subscribed to currency {code}")
