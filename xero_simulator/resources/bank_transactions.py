"""Bank transactions that make prepayments and overpayments (spec: Prepayment).

Money spent and received otherwise is not played: nothing that is sent to Xero needs it.
"""

from .. import fields, money, wire
from ..errors import Complaints, NotFound, Refused
from ..organisation import new_id
from . import document_view, history
from .bank_transaction_writer import BankTransactionWriter
from .document_kinds import kind_of
from .endpoint import ROUTES, Endpoint, names

SHARED = (
    "Type",
    "ContactID",
    "Date",
    "Reference",
    "LineAmountTypes",
    "LineItems",
    "SubTotal",
    "TotalTax",
    "Total",
    "CurrencyCode",
    "CurrencyRate",
)
"""What a prepayment or overpayment has from its transaction."""

RECONCILED = "This bank transaction has been reconciled and cannot be deleted"
IN_USE = "This bank transaction cannot be deleted as its money has been allocated"
ONLY_DELETED = "Prepayments and overpayments can only be deleted, not updated."


class BankTransactions(Endpoint):
    """``/BankTransactions``. POST of a known id deletes it, and voids its money."""

    plural = "BankTransactions"
    table_name = "bank_transactions"
    scopes = ("accounting.banktransactions",)
    has_modified_since = True
    has_paging = True
    known_fields = names(
        "BankTransactionID Type Contact Date Reference Status BankAccount IsReconciled "
        "SubTotal TotalTax Total CurrencyCode UpdatedDateUTC PrepaymentID OverpaymentID"
    )
    date_fields = names("Date")
    routes = ROUTES

    def facts(self, record):
        return self.row(record)

    def row(self, record, detailed=True):
        """A transaction, without lines in a list without ``page``."""
        account = self.organisation.accounts.get(record["BankAccount"])
        shown = {**record, "DateString": wire.date_string(record["Date"])}
        shown |= {
            "BankAccount": wire.without_none(
                {name: account.get(name) for name in ("AccountID", "Code", "Name")}
            ),
            "Contact": document_view.contact_stub(self.organisation, record),
            "HasAttachments": False,
            "LineItems": document_view.lines(self.call, record) if detailed else [],
        }
        hidden = ("ContactID", "CreatedBy")
        return wire.without_none({k: v for k, v in shown.items() if k not in hidden})

    # Writes

    def save(self, element, mode):
        transaction_id = fields.identifier(element, "BankTransactionID")
        if transaction_id:
            existing = self.table.get(transaction_id)
            if existing is None:
                raise NotFound
            return self._deleted(existing, element)
        writer = BankTransactionWriter(self.call, element)
        writer.complaints.check()
        record = self._put_on_account(writer.record)
        self.log(record, "Created", f"{record['Total']} {record['Type']}")
        return self.table.put(self.organisation.stamp(record))

    def _put_on_account(self, record):
        """Make the prepayment or overpayment; the transaction names it."""
        kind = kind_of(record)
        credit = {
            kind.id_field: new_id(),
            **{name: record[name] for name in SHARED},
            "Status": "AUTHORISED",
            "AmountPaid": money.ZERO,
            "AmountCredited": money.ZERO,
            "BankTransactionID": record["BankTransactionID"],
        }
        kind.table(self.organisation).put(self.organisation.stamp(credit))
        return {**record, kind.id_field: credit[kind.id_field]}

    def _deleted(self, existing, element):
        kind = kind_of(existing)
        table = kind.table(self.organisation)
        credit = table.get(existing[kind.id_field])
        complaints = Complaints()
        if fields.text(element, "Status") != "DELETED":
            raise Refused(ONLY_DELETED)
        if existing["Status"] == "DELETED":
            complaints.add("This bank transaction has already been deleted.")
        if existing["IsReconciled"] and not self.call.by_user:
            complaints.add(RECONCILED)
        if credit["AmountPaid"] or credit["AmountCredited"]:
            complaints.add(IN_USE)
        locked = self.organisation.lock_complaint(existing["Date"])
        if locked:
            complaints.add(locked)
        complaints.check()
        table.put(self.organisation.stamp({**credit, "Status": "VOIDED"}))
        return self.table.put(
            self.organisation.stamp({**existing, "Status": "DELETED"})
        )

    def history(self, key):
        """GET the history."""
        return history.listed(self, key)

    def add_history(self, key):
        """PUT a note."""
        return history.added(self, key)
