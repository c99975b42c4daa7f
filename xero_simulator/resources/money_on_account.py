"""Prepayments and overpayments: money of a contact that no document used yet."""

from .. import wire
from . import document_view as view
from . import history
from .allocations import Allocations, allocations_of
from .contacts import Contacts
from .document_kinds import kind_of
from .endpoint import Endpoint, names

NAMES = (
    "Type",
    "Date",
    "Status",
    "LineAmountTypes",
    "SubTotal",
    "TotalTax",
    "Total",
    "Reference",
    "CurrencyCode",
    "CurrencyRate",
    "UpdatedDateUTC",
)
ROUTES = {
    ("GET", ""): "listed",
    ("GET", "/<key>"): "read",
    ("GET", "/<key>/History"): "history",
    ("PUT", "/<key>/History"): "add_history",
}


class MoneyOnAccount(Endpoint):
    """Read here, made by a bank transaction, used by allocations and refunds.

    :cvar reference_filter: the parameter that narrows a list to some references
    """

    scopes = ("accounting.payments",)
    has_modified_since = True
    has_paging = True
    routes = ROUTES
    reference_filter = ""
    known_fields = names(
        "PrepaymentID OverpaymentID Type Contact Date Status Reference SubTotal "
        "TotalTax Total RemainingCredit AppliedAmount CurrencyCode CurrencyRate "
        "UpdatedDateUTC"
    )

    def chosen(self, records):
        wanted = self.call.query.get(self.reference_filter)
        if not wanted:
            return records
        references = {part.strip().lower() for part in wanted.split(",")}
        return [r for r in records if (r["Reference"] or "").lower() in references]

    def facts(self, record):
        return self.row(record)

    def read(self, key):
        """A single read has the whole contact in it."""
        record = self.found(key)
        contact = self.organisation.contacts.get(record["ContactID"])
        whole = {"Contact": Contacts(self.call).row(contact)}
        return self.envelope([{**self.row(record), **whole}])

    def row(self, record, detailed=True):
        """As a list shows it, without lines when it has no ``page``."""
        id_field = kind_of(record).id_field
        row = {name: record.get(name) for name in (id_field, *NAMES)}
        row |= {
            "DateString": wire.date_string(record["Date"]),
            "UpdatedDateUTCString": wire.utc_string(record["UpdatedDateUTC"]),
            "Contact": view.contact_stub(self.organisation, record),
            "RemainingCredit": view.due(record),
            "AppliedAmount": record["AmountCredited"],
            "HasAttachments": False,
            "Payments": view.payment_stubs(self.organisation, record),
            "Allocations": allocations_of(self.organisation, record),
            "LineItems": view.lines(self.call, record) if detailed else [],
        }
        return wire.without_none(row)

    def history(self, key):
        """GET the history."""
        return history.listed(self, key)

    def add_history(self, key):
        """PUT a note."""
        return history.added(self, key)


class Prepayments(MoneyOnAccount):
    """``/Prepayments``: paid before there is an invoice, with tax."""

    plural = "Prepayments"
    table_name = "prepayments"
    reference_filter = "InvoiceNumbers"
    known_fields = MoneyOnAccount.known_fields | {"InvoiceNumber"}

    def row(self, record, detailed=True):
        """The reference is also called the number of an invoice."""
        row = super().row(record, detailed)
        number = {"InvoiceNumber": record["Reference"]}
        return {**row, **wire.without_none(number)}


class Overpayments(MoneyOnAccount):
    """``/Overpayments``: more than was due, without tax."""

    plural = "Overpayments"
    table_name = "overpayments"
    reference_filter = "References"


class PrepaymentAllocations(Allocations):
    """``/Prepayments/{id}/Allocations``."""

    stem = "Prepayment"
    root = "Prepayments/<note>/Allocations"
    scopes = ("accounting.payments",)


class OverpaymentAllocations(Allocations):
    """``/Overpayments/{id}/Allocations``."""

    stem = "Overpayment"
    root = "Overpayments/<note>/Allocations"
    scopes = ("accounting.payments",)
