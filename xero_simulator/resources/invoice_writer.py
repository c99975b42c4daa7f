"""Builds the new version of a sales invoice or bill from a request."""

import urllib.parse
from decimal import Decimal

from .. import fields, money
from ..errors import Complaints, Refused
from ..organisation import lower, new_id
from .contacts import contact_of_document
from .currencies import check_subscribed
from .invoice_lines import LineReader, check_described
from .invoice_rules import (
    APPROVED,
    CREATABLE,
    STALE,
    check_settled,
    is_quiet_change,
    is_settled,
)

LINE_AMOUNT_TYPES = ("Exclusive", "Inclusive", "NoTax")
TEXT_LIMITS = {"InvoiceNumber": 255, "Reference": 255}
SUSPICIOUS_RATE = Decimal(2)


class InvoiceWriter:
    """One write. ``record`` is the outcome, ``complaints`` what is wrong with it.

    :param kind: ACCREC or ACCPAY
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
            "InvoiceID": new_id(),
            "Type": self.kind,
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
            raise Refused("Invoice not of valid status for creation")
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
            raise Refused(f"Invoice status '{status}' is not valid for creation")
        self.record["Status"] = status
        is_new = not self.existing or self.existing["Status"] not in APPROVED
        if status == "AUTHORISED" and is_new:
            self._check_approval_limit()

    def _check_approval_limit(self):
        """Old plans cap the documents approved."""
        limit = self.organisation.options["approval_limit"]
        if limit is None:
            return
        everyone = self.organisation.invoices.all()
        approved = [i for i in everyone if i["Status"] in APPROVED]
        if len(approved) >= limit:
            self.complaints.add(
                "You have reached the limit of invoices you can approve"
            )

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
        own = "ExpectedPaymentDate" if self.kind == "ACCREC" else "PlannedPaymentDate"
        for name in ("DueDate", own):
            value = fields.day(self.element, name)
            if value:
                record[name] = value

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
        """Number and the few fields that belong to one kind of document only."""
        element, record = self.element, self.record
        fields.too_long(element, TEXT_LIMITS, self.complaints)
        if fields.text(element, "InvoiceNumber"):
            record["InvoiceNumber"] = fields.text(element, "InvoiceNumber")
        if "Url" in element:
            record["Url"] = self._checked_url()
        if self.kind == "ACCREC":
            self._set_sales_texts()
        wants_sent = fields.boolean(element, "SentToContact")
        if wants_sent is not None and record["Status"] in APPROVED:
            record["SentToContact"] = wants_sent

    def _set_sales_texts(self):
        element, record = self.element, self.record
        if "Reference" in element:
            record["Reference"] = fields.text(element, "Reference")
        theme = fields.identifier(element, "BrandingThemeID")
        if theme and self.organisation.branding_themes.get(theme) is None:
            self.complaints.add("Branding theme could not be found.")
        if theme:
            record["BrandingThemeID"] = theme
        if not record.get("InvoiceNumber"):
            record["InvoiceNumber"] = self._next_number()

    def _next_number(self):
        def is_taken(number):
            return self.organisation.invoices.find("number", ("ACCREC", lower(number)))

        return self.organisation.next_number("INV-", is_taken)

    def _checked_url(self):
        """Absolute, https, and not Xero's own."""
        url = fields.text(self.element, "Url")
        if not url:
            return None
        parts = urllib.parse.urlsplit(url)
        if parts.scheme != "https" or not parts.netloc or "xero" in url.lower():
            self.complaints.add("Url must be a valid absolute https URL.")
        return url

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
            self.call, self.kind, types, contact, self._is_strict, self.complaints
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
            self.complaints.add("The total of an invoice cannot be negative.")

    # Checks

    def _check_complete(self):
        record, complaints = self.record, self.complaints
        if not self._is_strict:
            return
        if not record["LineItems"]:
            complaints.add("One or more line items must be specified")
        check_described(record["LineItems"], complaints)
        if self.kind == "ACCREC" and not record.get("DueDate"):
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


def _content(line):
    return {key: value for key, value in line.items() if key != "LineItemID"}
