"""Payments on invoices and bills, refunds of what is on account (spec: Payment)."""

from decimal import Decimal

from .. import fields, money, wire
from ..errors import BadRequest, Complaints, NotFound, Refused
from ..organisation import lower, new_id
from . import history
from .accounts import takes_payments
from .contacts import ARCHIVED
from .document_kinds import KINDS, TABLES, kind_of
from .document_view import contact_stub, due
from .endpoint import Endpoint, names
from .settlement import settle

TOO_MUCH = "Payment amount exceeds the amount outstanding on this document"
NOT_APPROVED = "Payments can only be made against Authorised documents"
IN_BATCH = "Payments within a batch cannot be deleted."
WRONG_BANK_AMOUNT = "The bank amount does not agree with amount and currency rate."
CENT = Decimal("0.01")
RATE_TOLERANCE = Decimal("0.0001")
RECONCILED = "This payment has been reconciled and cannot be deleted"
NUMBERED = ("Invoice", "CreditNote")
TYPES = {
    "ACCREC": "ACCRECPAYMENT",
    "ACCPAY": "ACCPAYPAYMENT",
    "ACCRECCREDIT": "ARCREDITPAYMENT",
    "ACCPAYCREDIT": "APCREDITPAYMENT",
    "RECEIVE-PREPAYMENT": "ARPREPAYMENTPAYMENT",
    "SPEND-PREPAYMENT": "APPREPAYMENTPAYMENT",
    "RECEIVE-OVERPAYMENT": "AROVERPAYMENTPAYMENT",
    "SPEND-OVERPAYMENT": "APOVERPAYMENTPAYMENT",
}
"""``PaymentType`` by the type of the document."""


class Payments(Endpoint):
    """``/Payments``: PUT creates several, POST one; there is no update but deletion."""

    plural = "Payments"
    table_name = "payments"
    scopes = ("accounting.payments",)
    error_flag = "HasValidationErrors"
    has_modified_since = True
    has_paging = True
    known_fields = names(
        "PaymentID Date Amount BankAmount Reference Status PaymentType IsReconciled "
        "Invoice CreditNote Prepayment Overpayment Account CurrencyRate UpdatedDateUTC"
    )
    date_fields = names("Date")
    routes = {
        ("GET", ""): "listed",
        ("PUT", ""): "create",
        ("POST", ""): "create_one",
        ("GET", "/<key>"): "read",
        ("POST", "/<key>"): "delete",
        ("GET", "/<key>/History"): "history",
        ("PUT", "/<key>/History"): "add_history",
    }

    def facts(self, record):
        return self.row(record)

    def row(self, record, detailed=True):
        """A payment; deleted ones keep being listed."""
        account = self.organisation.accounts.get(record["Account"])
        names = ("Date", "BankAmount", "Amount", "Reference", "CurrencyRate")
        row = {"PaymentID": record["PaymentID"]}
        row |= {name: record.get(name) for name in names}
        row |= {
            "PaymentType": record["PaymentType"],
            "Status": record["Status"],
            "UpdatedDateUTC": record["UpdatedDateUTC"],
            "UpdatedDateUTCString": wire.utc_string(record["UpdatedDateUTC"]),
            "HasAccount": True,
            "IsReconciled": record["IsReconciled"],
            "Account": wire.without_none(
                {"AccountID": account["AccountID"], "Code": account.get("Code")}
            ),
            record["Document"]: self._document_stub(record),
            **self._batch(record),
            "HasValidationErrors": False,
        }
        return wire.without_none(row)

    def _batch(self, record):
        """The batch that a payment belongs to, if any."""
        batch = self.organisation.batch_payments.get(record.get("BatchPaymentID"))
        if batch is None:
            return {}
        names = ("BatchPaymentID", "Date", "Type", "Status", "TotalAmount")
        shown = {name: batch[name] for name in names}
        return {"BatchPaymentID": batch["BatchPaymentID"], "BatchPayment": shown}

    def document_of(self, record):
        """The document that a payment is on."""
        return getattr(self.organisation, TABLES[record["Document"]]).get(
            record["DocumentID"]
        )

    def _document_stub(self, record):
        document = self.document_of(record)
        kind = kind_of(document)
        names = ("Type", kind.id_field, kind.number_field, "CurrencyCode")
        stub = {name: document.get(name) for name in names}
        stub |= {
            "LineItems": [],
            "Contact": contact_stub(self.organisation, document),
        }
        if kind.stem in NUMBERED:
            stub["HasErrors"] = False
        if kind.stem == "Invoice":
            stub |= {"Payments": [], "CreditNotes": [], "IsDiscounted": False}
        return wire.without_none(stub)

    # Writes

    def create_one(self):
        """POST takes a single payment."""
        elements = self.elements()
        if len(elements) > 1:
            raise BadRequest("Only one payment can be posted at a time", number=17)
        return self.save_all("create", elements)

    def save(self, element, mode):
        document = self._named_document(element)
        account = self.account_of(element)
        complaints = Complaints()
        record = self._built(element, document, account)
        self._check(record, document, account, complaints)
        complaints.check()
        record = self.table.put(self.organisation.stamp(record))
        settle(self.organisation, document)
        number = document.get(kind_of(document).number_field) or ""
        self.log(record, "Created", f"{record['Amount']} on {number}")
        return record

    def _named_document(self, element):
        """The one document that is paid, by its id or by a number of a sale."""
        blocks = [
            (stem, fields.nested(element, stem)) for stem in TABLES if element.get(stem)
        ]
        for stem in NUMBERED:
            number = fields.text(element, f"{stem}Number")
            blocks += [(stem, {f"{stem}Number": number})] if number else []
        if len(blocks) != 1:
            raise Refused("Exactly one document must be specified for a payment.")
        found = self._found_document(*blocks[0])
        if found is None:
            raise Refused("The document with the supplied id was not found.")
        return found

    def _found_document(self, stem, block):
        table = getattr(self.organisation, TABLES[stem])
        document_id = fields.identifier(block, f"{stem}ID")
        if document_id:
            return table.get(document_id)
        number = lower(fields.text(block, f"{stem}Number"))
        if not number or stem not in NUMBERED:
            return None
        sale = next(kind for kind in KINDS.values() if kind.stem == stem)
        return table.first("number", (sale.name, number))

    def account_of(self, element):
        """The account that an element names.

        :raise Refused: none, or one that takes no payments
        """
        block = fields.nested(element, "Account") or {}
        code = fields.text(block, "Code")
        account_id = fields.identifier(block, "AccountID")
        if not code and not account_id:
            raise Refused("An account must be specified for a payment.")
        table = self.organisation.accounts
        account = table.get(account_id) if account_id else table.first("code", code)
        if account is None or not takes_payments(account):
            name = code or account_id
            raise Refused(f"Account '{name}' is not valid for payments.")
        return account

    def _built(self, element, document, account):
        kind = kind_of(document)
        return {
            "PaymentID": new_id(),
            "Document": kind.stem,
            "DocumentID": document[kind.id_field],
            "Account": account["AccountID"],
            "Date": fields.day(element, "Date") or self.organisation.today(),
            **self._amounts(element, document, account),
            "Reference": fields.text(element, "Reference"),
            "IsReconciled": fields.boolean(element, "IsReconciled") or False,
            "Status": "AUTHORISED",
            "PaymentType": TYPES[kind.name],
            "CreatedBy": self.call.app.client_id if self.call.app else None,
        }

    def _amounts(self, element, document, account):
        """In the document's and in the account's currency; the rate between them.

        What is not told follows from the other two, the rate from the document.
        """
        amount = fields.number(element, "Amount", 2) or Decimal(0)
        bank_amount = fields.number(element, "BankAmount", 2)
        rate = fields.number(element, "CurrencyRate", 6)
        is_same = self._currency_of(account) == document["CurrencyCode"]
        if not is_same and not rate and bank_amount:
            rate = money.rounded(amount / bank_amount, 6)
        rate = rate or document["CurrencyRate"]
        expected = amount if is_same else money.rounded(amount / rate)
        if bank_amount is None:
            bank_amount = expected
        tolerance = 0 if is_same else max(CENT, RATE_TOLERANCE * expected)
        if abs(bank_amount - expected) > tolerance:
            raise Refused(WRONG_BANK_AMOUNT)
        return {"Amount": amount, "BankAmount": bank_amount, "CurrencyRate": rate}

    def _currency_of(self, account):
        return account.get("CurrencyCode") or self.organisation.base_currency

    def _check(self, record, document, account, complaints):
        contact = self.organisation.contacts.get(document["ContactID"])
        if contact["ContactStatus"] != "ACTIVE" and not self.call.by_user:
            complaints.add(ARCHIVED)
        if document["Status"] not in ("AUTHORISED", "PAID"):
            complaints.add(NOT_APPROVED)
        elif record["Amount"] > due(document):
            complaints.add(TOO_MUCH)
        if record["Amount"] <= 0:
            complaints.add("The payment amount must be greater than zero")
        known = (self.organisation.base_currency, document["CurrencyCode"])
        if self._currency_of(account) not in known:
            complaints.add(
                "The account's currency must be the base currency or the document's."
            )
        locked = self.organisation.lock_complaint(record["Date"])
        if locked:
            complaints.add(locked)

    def delete(self, key):
        """POST to one payment: only ``{"Status": "DELETED"}`` is possible."""
        record = self.table.get(key)
        if record is None:
            raise NotFound
        element = self.elements()[0]
        return self.save_deleted(record, element)

    def save_deleted(self, record, element):
        """Delete a payment; the document is open again."""
        outcome = self.attempt_deletion(record, element)
        return self.envelope([outcome])

    def attempt_deletion(self, record, element):
        """The row of the deleted payment.

        :raise ValidationFailed: it cannot be deleted
        """
        complaints = Complaints()
        if element.get("Status") != "DELETED":
            complaints.add("Payments can only be deleted, not updated.")
        if record["Status"] == "DELETED":
            complaints.add("This payment has already been deleted.")
        if record.get("BatchPaymentID"):
            complaints.add(IN_BATCH)
        elif record["IsReconciled"]:
            complaints.add(RECONCILED)
        locked = self.organisation.lock_complaint(record["Date"])
        if locked:
            complaints.add(locked)
        self.refuse_if(complaints, element)
        return self.row(self.removed(record))

    def removed(self, record):
        """Delete a payment without asking; its document is open again."""
        changed = self.organisation.stamp({**record, "Status": "DELETED"})
        self.table.put(changed)
        settle(self.organisation, self.document_of(record))
        return changed

    def history(self, key):
        """GET the history."""
        return history.listed(self, key)

    def add_history(self, key):
        """PUT a note."""
        return history.added(self, key)
