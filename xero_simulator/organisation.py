"""One organisation: its settings, its tables and the few rules that all share."""

import datetime
import random
import uuid
from collections import Counter
from decimal import Decimal

from .tables import Journal, Table

RATES = {
    "GBP": Decimal("1"),
    "EUR": Decimal("1.17"),
    "USD": Decimal("1.28"),
    "NZD": Decimal("2.17"),
    "AUD": Decimal("1.97"),
    "CAD": Decimal("1.76"),
    "SGD": Decimal("1.71"),
    "ZAR": Decimal("23.6"),
    "CHF": Decimal("1.12"),
    "JPY": Decimal("192"),
    "KWD": Decimal("0.39"),
}
"""Units per British pound, standing in for the day's rates."""


def lower(value):
    """Key of an index that does not care about case."""
    return value.lower() if value else None


def new_id():
    """A fresh identifier."""
    return str(uuid.uuid4())


class Organisation:
    """The books of one tenant.

    :param profile: fields of Organisation on the wire
    :param options: ``unique_account_numbers`` (strict by default; Xero may not insist),
        ``approval_limit`` (documents that may be approved, as on old plans),
        ``adviser`` (whoever connected may post before the period lock date),
        ``shared_numbers`` (sales invoices and credit notes share their numbers; not
        known of Xero, therefore strict by default), ``allocation_ids`` (whether the
        answer to a new allocation tells its id)
    """

    def __init__(self, clock, profile):
        self.clock = clock
        self.tenant_id = new_id()
        self.profile = {"OrganisationID": self.tenant_id, **profile}
        self.profile.setdefault("ShortCode", short_code())
        self.options = {
            "unique_account_numbers": True,
            "approval_limit": None,
            "adviser": False,
            "shared_numbers": True,
            "allocation_ids": True,
        }
        self.journal = Journal()
        self._sequences = Counter()
        self._make_tables()

    def _make_tables(self):
        self.accounts = self._table(
            "AccountID",
            code=lambda a: a.get("Code"),
            system=lambda a: a.get("SystemAccount"),
        )
        self.tax_rates = self._table("TaxType")
        self.currencies = self._table("Code")
        self.tracking_categories = self._table("TrackingCategoryID")
        self.branding_themes = self._table("BrandingThemeID")
        self.items = self._table("ItemID", code=lambda i: i["Code"])
        self._make_document_tables()

    def _make_document_tables(self):
        self.contacts = self._table(
            "ContactID",
            active_name=active_name,
            name=lambda c: lower(c["Name"]),
            number=lambda c: c.get("ContactNumber"),
            account_number=lambda c: c.get("AccountNumber"),
        )
        self.invoices = self._table(
            "InvoiceID",
            number=lambda i: (i["Type"], lower(i.get("InvoiceNumber"))),
            contact=lambda i: i["ContactID"],
        )
        self.credit_notes = self._table(
            "CreditNoteID",
            number=lambda c: (c["Type"], lower(c.get("CreditNoteNumber"))),
            contact=lambda c: c["ContactID"],
        )
        self.allocations = self._table(
            "AllocationID",
            invoice=lambda a: a["InvoiceID"],
            source=lambda a: a["SourceID"],
        )
        self.payments = self._table(
            "PaymentID",
            document=lambda p: p["DocumentID"],
            account=lambda p: p["Account"],
            batch=lambda p: p.get("BatchPaymentID"),
        )
        self.batch_payments = self._table("BatchPaymentID")
        self.bank_transactions = self._on_account("BankTransactionID")
        self.prepayments = self._on_account("PrepaymentID")
        self.overpayments = self._on_account("OverpaymentID")
        self.purchase_orders = self._table(
            "PurchaseOrderID",
            number=lambda o: lower(o["PurchaseOrderNumber"]),
            contact=lambda o: o["ContactID"],
        )
        self.attachments = self._table("AttachmentID", subject=lambda a: a["SubjectID"])
        self.history = self._table("HistoryID", subject=lambda h: h["SubjectID"])

    def _on_account(self, id_field):
        """A table of money that belongs to a contact."""
        return self._table(id_field, contact=lambda m: m["ContactID"])

    def _table(self, id_field, **indexes):
        return Table(self.journal, id_field, **indexes)

    def tables_by(self, index):
        """The tables whose records can be found by an index, e.g. ``contact``."""
        tables = (value for value in vars(self).values() if isinstance(value, Table))
        return [table for table in tables if table.has_index(index)]

    @property
    def base_currency(self):
        """ISO code of the books."""
        return self.profile["BaseCurrency"]

    @property
    def tax_free_type(self):
        """TaxType of what is outside the tax: NONE, but BASEXCLUDED in Australia."""
        return "NONE" if self.tax_rates.get("NONE") else "BASEXCLUDED"

    @property
    def name(self):
        """The organisation's name."""
        return self.profile["Name"]

    def documents(self):
        """Every document with lines."""
        tables = self.tables_by("contact")
        return [document for table in tables for document in table.all()]

    def today(self):
        """Today (the simulator's organisations live in UTC)."""
        return self.clock.today()

    def stamp(self, record):
        """The record, modified now."""
        return {**record, "UpdatedDateUTC": self.clock.now()}

    def next_number(self, prefix, is_taken):
        """The next free number of a sequence, e.g. ``INV-0001``."""
        while True:
            self._sequences[prefix] += 1
            number = f"{prefix}{self._sequences[prefix]:04d}"
            if not is_taken(number):
                return number

    def day_rate(self, currency):
        """Units of ``currency`` per one unit of the base currency."""
        one = Decimal(1)
        rate = RATES.get(currency, one) / RATES.get(self.base_currency, one)
        return rate.quantize(Decimal("0.000001"))

    def lock_date(self):
        """``(date, name)`` of the later lock date that holds, or None."""
        names = {"EndOfYearLockDate": "end of year lock date"}
        if not self.options["adviser"]:
            names["PeriodLockDate"] = "period lock date"
        set_dates = [
            (self.profile[field], name)
            for field, name in names.items()
            if self.profile.get(field)
        ]
        return max(set_dates, default=None)

    def lock_complaint(self, *days):
        """What Xero says when a date lies in a locked period, or None."""
        locked = self.lock_date()
        if locked is None or not any(day and day <= locked[0] for day in days):
            return None
        date_text = locked[0].strftime("%d %B %Y").lstrip("0")
        return (
            f"The document date cannot be before the {locked[1]}, "
            f"currently set at {date_text}"
        )

    def log(self, subject_id, changes, details, user):
        """Append a history record to a document or contact."""
        record = {
            "HistoryID": new_id(),
            "SubjectID": subject_id,
            "Changes": changes,
            "DateUTC": self.clock.now(),
            "User": user,
            "Details": details,
        }
        return self.history.put(record)


def active_name(contact):
    """Names are unique among active contacts only."""
    return lower(contact["Name"]) if contact["ContactStatus"] == "ACTIVE" else None


def short_code():
    """A deep-link short code such as ``!Qj35V``."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789"
    return "!" + "".join(random.choices(letters, k=5))


def long_ago():
    """Demo data carries an UpdatedDateUTC of 2010, as recorded."""
    return datetime.datetime(2010, 1, 1, 11, 20, tzinfo=datetime.timezone.utc)
