"""Builds the new version of a document from a request, whatever its type."""

from decimal import Decimal

from .. import fields, money
from ..errors import Complaints, Refused
from ..organisation import lower, new_id
from .contacts import contact_of_document
from .currencies import check_subscribed
from .document_kinds import KINDS
from .document_lines import LineReader, check_described
from .document_rules import (
    APPROVED,
    CREATABLE,
    STALE,
    check_settled,
    is_quiet_change,
    is_settled,
    not_valid,
)

LINE_AMOUNT_TYPES = ("Exclusive", "Inclusive", "NoTax")
LONGEST_TEXT = 255
SUSPICIOUS_RATE = Decimal(2)


class DocumentWriter:
    """One write. ``record`` is the outcome, ``complaints`` what is wrong with it.

    Subclasses add what one kind of document has of its own (``set_own``).

    :param kind: a :class:`~.document_kinds.Kind`
    :param existing: the document before, or None
    :raise Refused: what ends the matter at once
    """

    def __init__(self, call, kind, existing, element):
        self.call = call
        self.organisation = call.organisation
        self.kind = kind
        self.existing = existing
        self.element = element
        self.complaints = Complaints()
        self.warnings = []
        self.record = dict(existing or self._blank())
        self.record.pop("Warnings", None)
        if fields.text(element, "Status") in STALE:
            self._end()
        else:
            self._write()

    def _blank(self):
        return {
            self.kind.id_field: new_id(),
            "Type": self.kind.name,
            "Status": "DRAFT",
            "LineAmountTypes": "Exclusive",
            "LineItems": [],
            "SentToContact": False,
            "AmountPaid": money.ZERO,
            "AmountCredited": money.ZERO,
            "CreatedBy": self.call.app.client_id if self.call.app else None,
        }

    def stamped(self):
        """The record, settled at once when it is worth nothing, and with its time."""
        record = dict(self.record)
        if record["Status"] == "PAID" and not is_settled(record):
            record |= {"Status": "AUTHORISED", "FullyPaidOnDate": None}
        is_nothing = record["Total"] == 0 and record["Status"] == "AUTHORISED"
        if is_nothing and any("LineAmount" in line for line in record["LineItems"]):
            record |= {"Status": "PAID", "FullyPaidOnDate": record["Date"]}
        if self.warnings:
            record["Warnings"] = self.warnings
        if self.existing and is_quiet_change(self.existing, record):
            return record
        return self.organisation.stamp(record)

    # Ending

    def _end(self):
        """Void or delete: everything else that was sent is ignored."""
        if not self.existing:
            raise Refused(not_valid(self.kind, "creation"))
        self.record["Status"] = fields.text(self.element, "Status")
        if self.record["Status"] == "VOIDED":
            self._check_lock_dates()

    # Writing

    def _write(self):
        self._set_status()
        contact = self._set_contact()
        self._set_dates()
        self._set_currency()
        self._set_texts()
        self.set_own()
        self._set_lines(contact)
        self._check_complete()
        self._check_lock_dates()
        if self.existing and is_settled(self.existing):
            check_settled(self.existing, self.record)

    @property
    def _is_strict(self):
        """Whether lines must be complete."""
        return self.record["Status"] != "DRAFT"

    def _set_status(self):
        status = fields.text(self.element, "Status") or self.record["Status"]
        if status not in CREATABLE and not self.existing:
            noun = self.kind.noun.capitalize()
            raise Refused(f"{noun} status '{status}' is not valid for creation")
        self.record["Status"] = status

    def _set_contact(self):
        if self.existing and "Contact" not in self.element:
            return self.organisation.contacts.get(self.existing["ContactID"])
        contact = contact_of_document(self.call, self.element, self.complaints)
        self.record["ContactID"] = contact and contact["ContactID"]
        return contact

    def _set_dates(self):
        record = self.record
        today = self.organisation.today()
        record["Date"] = fields.day(self.element, "Date") or record.get("Date") or today
        self.set_days("DueDate")

    def set_days(self, *names):
        """Take over the dates that were sent."""
        for name in names:
            value = fields.day(self.element, name)
            if value:
                self.record[name] = value

    def _set_currency(self):
        code = fields.text(self.element, "CurrencyCode")
        before = self.record.get("CurrencyCode")
        code = code or before or self.organisation.base_currency
        try:
            check_subscribed(self.organisation, code)
        except Refused as refusal:
            self.complaints.add(str(refusal))
        is_approved = self.existing and self.existing["Status"] in APPROVED
        if is_approved and code != before:
            self.complaints.add("Currency cannot be changed after approval.")
        self.record["CurrencyCode"] = code
        self._set_rate(code, is_new=code != before)

    def _set_rate(self, code, is_new):
        """Foreign units per unit of the base currency; the day's when not told."""
        usual = self.organisation.day_rate(code)
        told = fields.number(self.element, "CurrencyRate", 6)
        if code == self.organisation.base_currency:
            self.record["CurrencyRate"] = Decimal("1.000000")
            return
        if told:
            self._warn_about_rate(told, usual)
        elif not is_new:
            return
        self.record["CurrencyRate"] = told or usual

    def _warn_about_rate(self, told, usual):
        if not usual / SUSPICIOUS_RATE < told < usual * SUSPICIOUS_RATE:
            self.warnings.append(
                f"The currency rate {told} differs much from the rate of the day, "
                f"{usual}."
            )

    def _set_texts(self):
        """Number, and what only the customer's side has."""
        element, record = self.element, self.record
        number_field = self.kind.number_field
        limits = dict.fromkeys((number_field, "Reference"), LONGEST_TEXT)
        fields.too_long(element, limits, self.complaints)
        if fields.text(element, number_field) and self.kind.keeps_number:
            record[number_field] = fields.text(element, number_field)
        if self.kind.is_sale:
            self._set_sales_texts()

    def _set_sales_texts(self):
        element, record = self.element, self.record
        if "Reference" in element:
            record["Reference"] = fields.text(element, "Reference")
        theme = fields.identifier(element, "BrandingThemeID")
        if theme and self.organisation.branding_themes.get(theme) is None:
            self.complaints.add("Branding theme could not be found.")
        if theme:
            record["BrandingThemeID"] = theme
        if not record.get(self.kind.number_field):
            record[self.kind.number_field] = self._next_number()

    def _next_number(self):
        def is_taken(number):
            return number_holder(self.organisation, self.kind, number)

        return self.organisation.next_number(self.kind.prefix, is_taken)

    def set_own(self):
        """Set what documents of this kind alone have."""

    # Lines

    def _set_lines(self, contact):
        record = self.record
        types = self._line_amount_types()
        rows = fields.rows(self.element, "LineItems")
        is_same = rows is None and types == record["LineAmountTypes"]
        record["LineAmountTypes"] = types
        if is_same and self.existing:
            self._check_kept_lines()
            return
        reader = LineReader(
            self.call, self.kind.name, types, contact, self._is_strict, self.complaints
        )
        old = record["LineItems"]
        lines = reader.recomputed(old) if rows is None else reader.read(rows, old)
        record["LineItems"] = self._with_kept_ids(lines)
        self._set_totals()

    def _line_amount_types(self):
        types = fields.text(self.element, "LineAmountTypes")
        types = types or self.record["LineAmountTypes"]
        by_lower = {known.lower(): known for known in LINE_AMOUNT_TYPES}
        if types.lower() not in by_lower:
            raise Refused(f"LineAmountTypes '{types}' is not valid.")
        return by_lower[types.lower()]

    def _check_kept_lines(self):
        """Approving a draft by its status alone still needs complete lines."""
        for line in self.record["LineItems"]:
            if self._is_strict and "LineAmount" in line and not line.get("AccountID"):
                self.complaints.add("Account code must be specified.")

    def _with_kept_ids(self, lines):
        """A settled document whose lines come back unchanged keeps its line ids."""
        if not self.existing or not is_settled(self.existing):
            return lines
        old = self.existing["LineItems"]
        if [_content(line) for line in lines] == [_content(line) for line in old]:
            return old
        return lines

    def _set_totals(self):
        lines, types = self.record["LineItems"], self.record["LineAmountTypes"]
        self.record |= money.totals(lines, types)
        discount = sum((money.line_discount(line) for line in lines), money.ZERO)
        self.record["TotalDiscount"] = discount or None
        if self.record["Total"] < 0:
            self.complaints.add(f"The total of {self.kind.title} cannot be negative.")

    # Checks

    def _check_complete(self):
        record, complaints = self.record, self.complaints
        if not self._is_strict:
            return
        if not record["LineItems"]:
            complaints.add("One or more line items must be specified")
        check_described(record["LineItems"], complaints)
        if self.kind.name == "ACCREC" and not record.get("DueDate"):
            complaints.add("DueDate is required for an approved invoice.")

    def _check_lock_dates(self):
        """Approved documents neither move into a locked period nor change in one."""
        if self.record["Status"] in ("DRAFT", "SUBMITTED"):
            return
        before = self.existing and self.existing["Status"] in APPROVED
        days = [self.record["Date"], *([self.existing["Date"]] if before else [])]
        complaint = self.organisation.lock_complaint(*days)
        if complaint:
            self.complaints.add(complaint)


def number_holder(organisation, kind, number):
    """Who holds a number of the customer's side, or None.

    Credit notes number themselves, yet by default (``shared_numbers``) neither takes
    a number of the other kind. A voided document keeps its number, a deleted one not.
    """
    names = [kind.name]
    if organisation.options["shared_numbers"]:
        names = ["ACCREC", "ACCRECCREDIT"]
    for name in names:
        table = KINDS[name].table(organisation)
        for holder in table.find("number", (name, lower(number))):
            if holder["Status"] != "DELETED":
                return holder
    return None


def _content(line):
    return {key: value for key, value in line.items() if key != "LineItemID"}
