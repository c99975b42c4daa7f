"""Builds the new version of a purchase order from a request."""

from decimal import Decimal

from .. import fields, money
from ..errors import Complaints, Refused
from ..organisation import lower, new_id
from .contacts import ARCHIVED, find_existing
from .currencies import check_subscribed
from .document_lines import LineReader, check_described
from .order_rules import APPROVED, CREATABLE, NO_SUCH_CHANGE
from .order_view import total_discount

LINE_AMOUNT_TYPES = {
    "exclusive": "Exclusive",
    "inclusive": "Inclusive",
    "notax": "NoTax",
}
TEXT_LIMITS = {
    "PurchaseOrderNumber": 255,
    "Reference": 4000,
    "DeliveryAddress": 4000,
    "AttentionTo": 255,
    "Telephone": 50,
    "DeliveryInstructions": 500,
}
NO_CONTACT = "A Contact must be specified for this type of transaction."
UNKNOWN_CONTACT = "The contact could not be found."
SENT_TOO_EARLY = (
    "Only AUTHORISED and BILLED purchase orders may have SentToContact updated."
)


class OrderLineReader(LineReader):
    """Lines of an order: those of a bill, but a discount rate is possible."""

    def _discount(self, row, line):
        if fields.number(row, "DiscountAmount", 2):
            self.complaints.add("Purchase orders take a DiscountRate only.")
        rate = fields.number(row, "DiscountRate", 4)
        if rate:
            line["DiscountRate"] = rate
        return rate or None, None


class OrderWriter:
    """One write. ``record`` is the outcome, ``complaints`` what is wrong with it.

    :param existing: the order before, or None
    :raise Refused: what ends the matter at once
    """

    def __init__(self, call, existing, element):
        self.call = call
        self.organisation = call.organisation
        self.existing = existing
        self.element = element
        self.complaints = Complaints()
        self.record = dict(existing or self._blank())
        self.record.pop("Warnings", None)
        self._set_status()
        if self.record["Status"] != "DELETED":
            self._write()

    def _blank(self):
        return {
            "PurchaseOrderID": new_id(),
            "Type": "PURCHASEORDER",
            "PurchaseOrderNumber": None,
            "Status": "DRAFT",
            "LineAmountTypes": "Exclusive",
            "LineItems": [],
            "SentToContact": False,
            "CreatedBy": self.call.app.client_id if self.call.app else None,
        }

    def _set_status(self):
        status = fields.text(self.element, "Status") or self.record["Status"]
        if not self.existing and status not in CREATABLE:
            raise Refused(NO_SUCH_CHANGE)
        self.record["Status"] = status

    def _write(self):
        contact = self._set_contact()
        self._set_dates()
        self._set_currency()
        self._set_texts()
        self._set_sent()
        self._set_lines(contact)

    @property
    def _is_strict(self):
        """Whether lines must be complete."""
        return self.record["Status"] != "DRAFT"

    def _set_contact(self):
        """A contact that exists; it is neither made nor changed."""
        table = self.organisation.contacts
        block = fields.nested(self.element, "Contact")
        if self.existing and not block:
            return table.get(self.existing["ContactID"])
        contact = find_existing(self.organisation, block) if block else None
        if contact is None:
            raise Refused(UNKNOWN_CONTACT if block else NO_CONTACT)
        if contact["ContactStatus"] != "ACTIVE":
            raise Refused(ARCHIVED)
        self.record["ContactID"] = contact["ContactID"]
        return contact

    def _set_dates(self):
        for name in ("Date", "DeliveryDate", "ExpectedArrivalDate"):
            day = fields.day(self.element, name)
            if day:
                self.record[name] = day
        self.record.setdefault("Date", self.organisation.today())

    def _set_currency(self):
        """Units of the order's currency per unit of the base; the day's if not told."""
        record, before = self.record, self.record.get("CurrencyCode")
        code = fields.text(self.element, "CurrencyCode") or before
        code = code or self.organisation.base_currency
        try:
            check_subscribed(self.organisation, code)
        except Refused as refusal:
            self.complaints.add(str(refusal))
        told = fields.number(self.element, "CurrencyRate", 6)
        record["CurrencyCode"] = code
        if code == self.organisation.base_currency:
            record["CurrencyRate"] = Decimal("1.000000")
        elif told or code != before:
            record["CurrencyRate"] = told or self.organisation.day_rate(code)

    def _set_texts(self):
        element, record = self.element, self.record
        fields.too_long(element, TEXT_LIMITS, self.complaints)
        for name in TEXT_LIMITS:
            if name in element:
                record[name] = fields.text(element, name) or None
        if not record["PurchaseOrderNumber"]:
            record["PurchaseOrderNumber"] = self._number()
        theme = fields.identifier(element, "BrandingThemeID")
        if theme and self.organisation.branding_themes.get(theme) is None:
            self.complaints.add("Branding theme could not be found.")
        if theme:
            record["BrandingThemeID"] = theme

    def _number(self):
        """The number it had, or the next of the sequence."""
        if self.existing:
            return self.existing["PurchaseOrderNumber"]
        table = self.organisation.purchase_orders
        return self.organisation.next_number(
            "PO-", lambda number: table.find("number", lower(number))
        )

    def _set_sent(self):
        sent = fields.boolean(self.element, "SentToContact")
        if sent is None or sent == self.record["SentToContact"]:
            return
        if self.record["Status"] not in APPROVED:
            self.complaints.add(SENT_TOO_EARLY)
        self.record["SentToContact"] = sent

    # Lines

    def _set_lines(self, contact):
        record, types = self.record, self._line_amount_types()
        reader = OrderLineReader(
            self.call, "ACCPAY", types, contact, self._is_strict, self.complaints
        )
        rows, old = fields.rows(self.element, "LineItems"), record["LineItems"]
        if rows:
            record["LineItems"] = reader.read(rows, old)
        elif types != record["LineAmountTypes"]:
            record["LineItems"] = reader.recomputed(old)
        record["LineAmountTypes"] = types
        record |= money.totals(record["LineItems"], types)
        record["TotalDiscount"] = total_discount(record["LineItems"])
        self._check_lines(is_kept=not rows)

    def _check_lines(self, is_kept):
        """Every order has lines; those of a submitted one are complete."""
        lines = self.record["LineItems"]
        if not lines:
            self.complaints.add("One or more line items must be specified")
        if not self._is_strict:
            return
        check_described(lines, self.complaints)
        if is_kept and any(
            "LineAmount" in line and not line.get("AccountID") for line in lines
        ):
            self.complaints.add("Account code must be specified.")

    def _line_amount_types(self):
        told = fields.text(self.element, "LineAmountTypes")
        types = told or self.record["LineAmountTypes"]
        if types.lower() not in LINE_AMOUNT_TYPES:
            raise Refused(f"LineAmountTypes '{types}' is not valid.")
        return LINE_AMOUNT_TYPES[types.lower()]
