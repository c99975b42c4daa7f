"""Builds a bank transaction that puts money on a contact's account."""

from decimal import Decimal

from .. import fields, money
from ..errors import Complaints, Refused
from ..organisation import new_id
from .contacts import contact_of_document
from .document_kinds import KINDS, is_sale
from .document_lines import LineReader, check_described
from .payments import Payments

TYPES = tuple(name for name in KINDS if name.startswith(("RECEIVE-", "SPEND-")))
LINE_AMOUNT_TYPES = ("Exclusive", "Inclusive", "NoTax")
TAXED_OVERPAYMENT = "The LineAmountTypes of an overpayment must be NoTax."


class OverpaymentLineReader(LineReader):
    """Lines of an overpayment stand on debtors or creditors and bear no tax."""

    def _account(self, row, details, line):
        system = "DEBTORS" if is_sale(self.kind) else "CREDITORS"
        account = self.organisation.accounts.first("system", system)
        code = fields.text(row, "AccountCode") or account["Code"]
        if code != account["Code"]:
            self.complaints.add(
                f"Account code '{code}' is not a valid code for this document."
            )
        line["AccountID"] = account["AccountID"]
        return account

    def _tax_rate(self, row, details, account, line):
        line["TaxType"] = self.organisation.tax_free_type
        return Decimal(0)


class BankTransactionWriter:
    """One new transaction. ``record`` is the outcome, ``complaints`` what is wrong.

    :raise Refused: what ends the matter at once
    """

    def __init__(self, call, element):
        self.call = call
        self.organisation = call.organisation
        self.element = element
        self.complaints = Complaints()
        self.type = fields.text(element, "Type")
        if self.type not in TYPES:
            raise Refused(f"Bank transaction type '{self.type}' is not played.")
        self.record = self._blank()
        contact = contact_of_document(call, element, self.complaints)
        self.record["ContactID"] = contact and contact["ContactID"]
        self._set_currency(self._set_account())
        self._set_lines(contact)
        self._check()

    @property
    def is_overpayment(self):
        """Whether it has neither account nor tax of its own."""
        return self.type.endswith("-OVERPAYMENT")

    def _blank(self):
        element = self.element
        return {
            "BankTransactionID": new_id(),
            "Type": self.type,
            "Status": "AUTHORISED",
            "Date": fields.day(element, "Date") or self.organisation.today(),
            "Reference": fields.text(element, "Reference"),
            "IsReconciled": fields.boolean(element, "IsReconciled") or False,
            "CreatedBy": self.call.app.client_id if self.call.app else None,
        }

    def _set_account(self):
        """The bank account, whose currency is that of the transaction."""
        block = fields.nested(self.element, "BankAccount")
        account = Payments(self.call).account_of({"Account": block})
        if account["Type"] != "BANK":
            raise Refused("The bank account must be of type BANK.")
        self.record["BankAccount"] = account["AccountID"]
        return account

    def _set_currency(self, account):
        base = self.organisation.base_currency
        currency = account.get("CurrencyCode") or base
        told = fields.text(self.element, "CurrencyCode") or currency
        if told != currency:
            self.complaints.add(
                "The currency of a bank transaction is that of its bank account."
            )
        rate = fields.number(self.element, "CurrencyRate", 6)
        if currency == base:
            rate = Decimal("1.000000")
        self.record["CurrencyCode"] = currency
        self.record["CurrencyRate"] = rate or self.organisation.day_rate(currency)

    def _set_lines(self, contact):
        rows = fields.rows(self.element, "LineItems") or []
        types = self._line_amount_types()
        reader = OverpaymentLineReader if self.is_overpayment else LineReader
        lines = reader(
            self.call, self.type, types, contact, True, self.complaints
        ).read(rows, [])
        if not lines:
            self.complaints.add("One or more line items must be specified")
        if not self.is_overpayment:
            check_described(lines, self.complaints)
        self.record |= {"LineAmountTypes": types, "LineItems": lines}
        self.record |= money.totals(lines, types)

    def _line_amount_types(self):
        usual = "NoTax" if self.is_overpayment else "Exclusive"
        types = fields.text(self.element, "LineAmountTypes") or usual
        if types not in LINE_AMOUNT_TYPES:
            raise Refused(f"LineAmountTypes '{types}' is not valid.")
        if self.is_overpayment and types != "NoTax":
            self.complaints.add(TAXED_OVERPAYMENT)
        return types

    def _check(self):
        fields.too_long(self.element, {"Reference": 255}, self.complaints)
        if self.record["Total"] <= 0:
            self.complaints.add("The total must be greater than zero.")
        locked = self.organisation.lock_complaint(self.record["Date"])
        if locked:
            self.complaints.add(locked)
