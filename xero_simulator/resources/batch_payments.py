"""Payments of several documents that are one line on the bank statement."""

from .. import fields, money, wire
from ..errors import Complaints, NotFound, Refused
from ..organisation import new_id
from . import history
from .endpoint import ROUTES, Endpoint, names
from .payments import Payments

TYPES = {"ACCREC": "RECBATCH", "ACCPAY": "PAYBATCH"}
TEXT_LIMITS = {
    "Reference": 255,
    "Particulars": 12,
    "Code": 12,
    "Details": 255,
    "Narrative": 18,
}
RECONCILED = "This batch payment has been reconciled and cannot be deleted"
ONLY_DELETED = "Batch payments can only be deleted, not updated."


class BatchPayments(Endpoint):
    """``/BatchPayments``: PUT creates, POST deletes; lists are never paged."""

    plural = "BatchPayments"
    table_name = "batch_payments"
    scopes = ("accounting.payments",)
    has_modified_since = True
    known_fields = names(
        "BatchPaymentID Date Type Status TotalAmount Reference Account IsReconciled "
        "UpdatedDateUTC"
    )
    date_fields = names("Date")
    routes = ROUTES

    def facts(self, record):
        return self.row(record)

    def row(self, record, detailed=True):
        """A batch; a deleted one has no payments any more."""
        account = self.organisation.accounts.get(record["Account"])
        shown_names = ("AccountID", "Code", "CurrencyCode")
        row = {
            **record,
            "Account": wire.without_none({n: account.get(n) for n in shown_names}),
            "DateString": wire.date_string(record["Date"]),
            "Payments": [self._payment(one) for one in self._payments(record)],
        }
        row.pop("CreatedBy")
        return wire.without_none(row)

    def _payments(self, record):
        payments = self.organisation.payments.find("batch", record["BatchPaymentID"])
        return [one for one in payments if one["Status"] == "AUTHORISED"]

    def _payment(self, payment):
        invoice = self.organisation.invoices.get(payment["DocumentID"])
        stub = {
            "InvoiceID": invoice["InvoiceID"],
            "InvoiceNumber": invoice.get("InvoiceNumber"),
            "CurrencyCode": invoice["CurrencyCode"],
            "Payments": [],
            "CreditNotes": [],
            "Prepayments": [],
            "Overpayments": [],
            "HasErrors": False,
            "IsDiscounted": False,
            "LineItems": [],
        }
        shown = {"Invoice": wire.without_none(stub)}
        for name in ("PaymentID", "Reference", "Amount", "BankAmount"):
            shown[name] = payment.get(name)
        return wire.without_none(shown)

    # Writes

    def save(self, element, mode):
        if mode == "create":
            return self._created(element)
        batch_id = fields.identifier(element, "BatchPaymentID")
        existing = self.table.get(batch_id) if batch_id else None
        if existing is None:
            raise NotFound
        return self._deleted(existing, element)

    def _created(self, element):
        complaints = Complaints()
        rows = fields.rows(element, "Payments") or []
        if not rows:
            raise Refused("A batch payment must have at least one payment.")
        fields.too_long(element, TEXT_LIMITS, complaints)
        account = self._account(element)
        record = self._blank(element, account)
        payments = [
            self._paid(place, row, record, complaints) for place, row in enumerate(rows)
        ]
        complaints.check()
        record["Type"] = self._type(payments)
        record["TotalAmount"] = sum((p["BankAmount"] for p in payments), money.ZERO)
        record = self.table.put(self.organisation.stamp(record))
        self.log(record, "Created", f"{len(payments)} payments")
        return record

    def _account(self, element):
        account = Payments(self.call).account_of(element)
        if account["Type"] != "BANK":
            raise Refused("Batch payments need a bank account.")
        return account

    def _blank(self, element, account):
        texts = {name: fields.text(element, name) for name in TEXT_LIMITS}
        return {
            "BatchPaymentID": new_id(),
            "Account": account["AccountID"],
            "Date": fields.day(element, "Date") or self.organisation.today(),
            **texts,
            "Status": "AUTHORISED",
            "IsReconciled": False,
            "CreatedBy": self.call.app.client_id if self.call.app else None,
        }

    def _paid(self, place, row, batch, complaints):
        """One payment of a batch, on the batch's date and account."""
        names = ("Invoice", "Amount", "BankAmount", "CurrencyRate", "Reference")
        element = {name: row[name] for name in names if name in row}
        element["Account"] = {"AccountID": batch["Account"]}
        element["Date"] = batch["Date"]
        try:
            payment = Payments(self.call).save(element, "create")
        except Refused as refusal:
            complaints.at(
                "Payments", place
            ).messages += refusal.complaints.all_messages()
            return None
        batch_id = {"BatchPaymentID": batch["BatchPaymentID"]}
        return self.organisation.payments.put({**payment, **batch_id})

    def _type(self, payments):
        """A batch pays bills or collects sales invoices, each of them once."""
        documents = [p["DocumentID"] for p in payments]
        types = {self.organisation.invoices.get(d)["Type"] for d in documents}
        if len(types) > 1:
            raise Refused("All payments in a batch must be of the same type.")
        if len(set(documents)) < len(documents):
            raise Refused("A document can be paid only once in a batch.")
        return TYPES[types.pop()]

    def _deleted(self, existing, element):
        complaints = Complaints()
        if fields.text(element, "Status") != "DELETED":
            complaints.add(ONLY_DELETED)
        if existing["Status"] == "DELETED":
            complaints.add("This batch payment has already been deleted.")
        if existing["IsReconciled"] and not self.call.by_user:
            complaints.add(RECONCILED)
        locked = self.organisation.lock_complaint(existing["Date"])
        if locked:
            complaints.add(locked)
        complaints.check()
        for payment in self._payments(existing):
            Payments(self.call).removed(payment)
        deleted = {**existing, "Status": "DELETED", "IsReconciled": False}
        self.log(existing, "Deleted")
        return self.table.put(self.organisation.stamp(deleted))

    def history(self, key):
        """GET the history."""
        return history.listed(self, key)

    def add_history(self, key):
        """PUT a note."""
        return history.added(self, key)
