"""Lines of a document: what is read, filled in, checked and computed."""

from decimal import Decimal

from .. import fields, money
from ..errors import Refused
from ..organisation import new_id
from .accounts import account_for_line
from .document_kinds import is_sale, takes_discounts
from .tax_rates import charged_percent, tax_for_line
from .tracking import tags_of_line

KEPT = (
    "Description",
    "Quantity",
    "UnitAmount",
    "ItemCode",
    "AccountCode",
    "AccountID",
    "TaxType",
    "DiscountRate",
    "DiscountAmount",
    "Tracking",
)
MONEY_FIELDS = ("Quantity", "UnitAmount", "LineAmount", "ItemCode")
LONGEST_DESCRIPTION = 4000
NO_DISCOUNTS = "Discounts are not supported on bills and credit notes."


class LineReader:
    """Turns the lines of a request into lines of a document.

    :param kind: ``Type`` of the document, e.g. ACCREC or ACCPAYCREDIT
    :param types: Exclusive, Inclusive or NoTax
    :param is_strict: the document is more than a draft, so that lines must be complete
    """

    def __init__(self, call, kind, types, contact, is_strict, complaints):
        self.call = call
        self.organisation = call.organisation
        self.kind = kind
        self.types = types
        self.contact = contact
        self.is_strict = is_strict
        self.complaints = complaints

    def read(self, rows, old_lines):
        """All lines. Those without a known LineItemID are new, with a new id."""
        old = {line["LineItemID"]: line for line in old_lines}
        return [self._line(place, row, old) for place, row in enumerate(rows)]

    def _line(self, place, row, old):
        line_id = fields.identifier(row, "LineItemID")
        before = old.get(line_id)
        if before:
            row = {**_resent(before), **row}
        line = {"LineItemID": before["LineItemID"] if before else new_id()}
        line["Description"] = self._description(place, row)
        if not any(name in row for name in MONEY_FIELDS):
            return line
        line["Tracking"] = tags_of_line(
            self.organisation, fields.rows(row, "Tracking") or [], self.complaints
        )
        details = self._item_details(row, line)
        self._price(row, details, line)
        account = self._account(row, details, line)
        rate = self._tax_rate(row, details, account, line)
        self._tax_amount(row, rate, line)
        return line

    def _description(self, place, row):
        description = fields.text(row, "Description")
        if len(description or "") > LONGEST_DESCRIPTION:
            self.complaints.at("LineItems", place).add(
                f"Description must have at most {LONGEST_DESCRIPTION} characters."
            )
        return description

    def _item_details(self, row, line):
        """Sales or purchase details of the line's item, for what is left out."""
        code = fields.text(row, "ItemCode")
        if not code:
            return {}
        item = self.organisation.items.first("code", code)
        if item is None:
            self.complaints.add(f"Item code '{code}' is not valid")
            return {}
        line["ItemCode"] = code
        side = is_sale(self.kind)
        if not item["IsSold" if side else "IsPurchased"]:
            verb = "sold" if side else "purchased"
            self.complaints.add(f"Item code '{code}' is not {verb}.")
        text = "Description" if side else "PurchaseDescription"
        line["Description"] = line["Description"] or item.get(text)
        return item["SalesDetails" if side else "PurchaseDetails"]

    # Price

    def _price(self, row, details, line):
        quantity = fields.number(row, "Quantity", 4)
        unit = fields.number(row, "UnitAmount", self.call.unit_places)
        told = fields.number(row, "LineAmount", 2)
        unit = details.get("UnitPrice") if unit is None and told is None else unit
        quantity = Decimal(1) if quantity is None else quantity
        rate, amount = self._discount(row, line)
        if unit is None:
            unit = self._unit_of(told, quantity)
        expected = money.line_amount(quantity, unit, rate, amount)
        if told is not None and told != expected:
            self.complaints.add(
                f"The line total {told} does not match "
                f"the expected line total {expected}"
            )
        line |= {"Quantity": quantity, "UnitAmount": unit, "LineAmount": expected}

    def _unit_of(self, told, quantity):
        if told is None or not quantity:
            return Decimal(0)
        return money.rounded(told / quantity, self.call.unit_places)

    def _discount(self, row, line):
        """Rate and amount of a discount, on sales invoices only."""
        rate = fields.number(row, "DiscountRate", 4)
        amount = fields.number(row, "DiscountAmount", 2)
        if not rate and not amount:
            return None, None
        if not takes_discounts(self.kind):
            self.complaints.add(NO_DISCOUNTS)
            return None, None
        if rate and amount:
            self.complaints.add(
                "Only one of DiscountRate and DiscountAmount may be set."
            )
        line |= {"DiscountRate": rate} if rate else {"DiscountAmount": amount}
        return rate, None if rate else amount

    # Account and tax

    def _account(self, row, details, line):
        code = fields.text(row, "AccountCode") or None
        account_id = fields.identifier(row, "AccountID")
        if code is None and account_id is None:
            code = details.get("AccountCode")
        if code is None and account_id is None:
            if self.is_strict:
                self.complaints.add("Account code must be specified.")
            return None
        try:
            account = account_for_line(self.organisation, code, account_id)
        except Refused as refusal:
            self.complaints.add(str(refusal))
            return None
        line["AccountID"] = account["AccountID"]
        return account

    def _tax_rate(self, row, details, account, line):
        tax_type = fields.text(row, "TaxType") or self._default_tax(details, account)
        if self.types == "NoTax":
            tax_type = self.organisation.tax_free_type
        if tax_type is None:
            if self.is_strict and account:
                self.complaints.add("Tax type must be specified.")
            return Decimal(0)
        try:
            rate = tax_for_line(self.organisation, tax_type, account)
        except Refused as refusal:
            self.complaints.add(str(refusal))
            return Decimal(0)
        line["TaxType"] = tax_type
        return charged_percent(rate)

    def _default_tax(self, details, account):
        """Without a tax type the item's counts, then the contact's, the account's."""
        side = "Receivable" if is_sale(self.kind) else "Payable"
        contact_tax = (self.contact or {}).get(f"Accounts{side}TaxType")
        account_tax = account and account.get("TaxType")
        return details.get("TaxType") or contact_tax or account_tax

    def _tax_amount(self, row, rate, line):
        """Computed, unless the request overrides it."""
        told = fields.number(row, "TaxAmount", 2)
        computed = money.line_tax(line["LineAmount"], rate, self.types)
        is_override = told is not None and self.types != "NoTax"
        line["TaxAmount"] = told if is_override else computed

    def recomputed(self, lines):
        """The same lines under another LineAmountTypes."""
        return [self._recomputed(line) for line in lines]

    def _recomputed(self, line):
        if "LineAmount" not in line:
            return line
        line = dict(line)
        account = self.organisation.accounts.get(line.get("AccountID"))
        rate = self._tax_rate(line, {}, account, line)
        line["TaxAmount"] = money.line_tax(line["LineAmount"], rate, self.types)
        return line


def _resent(line):
    """An existing line as if it were sent again, without what is computed."""
    return {key: value for key, value in line.items() if key in KEPT}


def check_described(lines, complaints):
    """Every line of a document that is more than a draft needs a text."""
    if any(not line.get("Description") for line in lines):
        complaints.add(
            "Description must be at least 1 character long for each line item."
        )
