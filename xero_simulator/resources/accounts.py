"""The chart of accounts (spec: Account)."""

from .. import fields, wire
from ..errors import Complaints, NotFound, Refused
from ..organisation import new_id
from .endpoint import Endpoint, names

CLASS_OF_TYPE = {
    "BANK": "ASSET",
    "CURRENT": "ASSET",
    "FIXED": "ASSET",
    "INVENTORY": "ASSET",
    "NONCURRENT": "ASSET",
    "PREPAYMENT": "ASSET",
    "EQUITY": "EQUITY",
    "DEPRECIATN": "EXPENSE",
    "DIRECTCOSTS": "EXPENSE",
    "EXPENSE": "EXPENSE",
    "OVERHEADS": "EXPENSE",
    "CURRLIAB": "LIABILITY",
    "LIABILITY": "LIABILITY",
    "TERMLIAB": "LIABILITY",
    "PAYG": "LIABILITY",
    "OTHERINCOME": "REVENUE",
    "REVENUE": "REVENUE",
    "SALES": "REVENUE",
}
TEXT_LIMITS = {"Code": 10, "Name": 150, "Description": 4000, "BankAccountNumber": 60}
CHANGEABLE = ("Code", "Name", "Type", "Description", "TaxType", "BankAccountNumber")
NOT_FOR_LINES = {"DEBTORS", "CREDITORS", "UNPAIDEXPCLM", "TRACKINGTRANSFERS"}


class Accounts(Endpoint):
    """``/Accounts``: one per request; a status change is sent alone."""

    plural = "Accounts"
    table_name = "accounts"
    one_per_request = True
    has_modified_since = True
    known_fields = names(
        "AccountID Code Name Type Class Status TaxType SystemAccount Description "
        "BankAccountNumber CurrencyCode EnablePaymentsToAccount UpdatedDateUTC"
    )
    routes = {
        ("GET", ""): "listed",
        ("PUT", ""): "create",
        ("GET", "/<key>"): "read",
        ("POST", "/<key>"): "update",
        ("DELETE", "/<key>"): "delete",
    }

    def row(self, record, detailed=True):
        return wire.without_none(record)

    def written_row(self, record, element):
        return {**self.row(record), "HasAttachments": False}

    def save(self, element, mode):
        complaints = Complaints()
        existing = (
            self.table.get(element.get("AccountID")) if mode != "create" else None
        )
        status = fields.text(element, "Status")
        if existing and status and status != existing["Status"]:
            return self._change_status(existing, element, status)
        record = self._merged(existing, element)
        self._check(record, existing, complaints)
        complaints.check()
        return self.table.put(self.organisation.stamp(record))

    def _merged(self, existing, element):
        record = dict(existing or {"AccountID": new_id(), "Status": "ACTIVE"})
        for name in CHANGEABLE:
            if name in element:
                record[name] = fields.text(element, name)
        for name in ("EnablePaymentsToAccount", "ShowInExpenseClaims"):
            record[name] = fields.boolean(element, name) or record.get(name, False)
        record["Class"] = CLASS_OF_TYPE.get(record.get("Type"))
        record.setdefault("TaxType", self.organisation.tax_free_type)
        if record.get("Type") == "BANK":
            currency = fields.text(element, "CurrencyCode") or record.get(
                "CurrencyCode"
            )
            record["CurrencyCode"] = currency or self.organisation.base_currency
            record.setdefault("BankAccountType", "BANK")
        return record

    def _check(self, record, existing, complaints):
        fields.too_long(record, TEXT_LIMITS, complaints)
        if record["Class"] is None:
            complaints.add("Account type is not valid.")
        if not record.get("Name") or self._is_taken("Name", record):
            complaints.add("Please enter a unique Name.")
        if record.get("Type") != "BANK" and not record.get("Code"):
            complaints.add("Please enter a unique Code.")
        if record.get("Code") and self._is_taken("Code", record):
            complaints.add("Please enter a unique Code.")
        if record.get("Type") == "BANK":
            self._check_bank(record, complaints)
        if self.organisation.tax_rates.get(record["TaxType"]) is None:
            complaints.add(f"The TaxType code '{record['TaxType']}' does not exist.")
        if existing and existing.get("SystemAccount"):
            complaints.add("You cannot update system accounts.")

    def _check_bank(self, record, complaints):
        if not record.get("BankAccountNumber"):
            complaints.add("Bank account number is required for bank accounts.")
        if record.get("Description"):
            complaints.add("Description is not valid for bank accounts.")

    def _is_taken(self, name, record):
        """Names are unique without regard to case, codes as they are written."""
        fold = str.lower if name == "Name" else str
        return any(
            fold(other.get(name) or "") == fold(record[name])
            for other in self.table.all()
            if other["AccountID"] != record["AccountID"]
            and other["Status"] != "DELETED"
        )

    def _change_status(self, existing, element, status):
        if set(element) - {"AccountID", "Status"}:
            raise Refused("Cannot update account details and status at the same time.")
        if status not in ("ACTIVE", "ARCHIVED"):
            raise Refused("Account status is not valid.")
        if existing.get("SystemAccount"):
            raise Refused("You cannot archive system accounts.")
        return self.table.put(self.organisation.stamp({**existing, "Status": status}))

    def delete(self, key):
        """Delete an account that is neither a system account nor in use."""
        existing = self.table.get(key)
        if existing is None:
            raise NotFound
        element = {"AccountID": existing["AccountID"], "Status": "DELETED"}
        return self.save_deleted(existing, element)

    def save_deleted(self, existing, element):
        """DELETE answers with the account, its status DELETED."""
        complaints = Complaints()
        if existing.get("SystemAccount"):
            complaints.add("You cannot delete system accounts.")
        if is_used(self.organisation, existing):
            complaints.add("Accounts with transactions cannot be deleted.")
        self.refuse_if(complaints, element)
        record = self.organisation.stamp({**existing, "Status": "DELETED"})
        return self.envelope([self.row(self.table.put(record))])


def is_used(organisation, account):
    """Whether a document line or a payment stands on an account."""
    account_id = account["AccountID"]
    if organisation.payments.find("account", account_id):
        return True
    return any(
        line.get("AccountID") == account_id
        for document in organisation.documents()
        for line in document["LineItems"]
    )


def account_for_line(organisation, code, account_id):
    """The account that a document line may stand on.

    Codes are compared with regard to case.

    :raise Refused: with Xero's words
    """
    named = code if code is not None else account_id
    account = (
        organisation.accounts.first("code", code)
        if code is not None
        else organisation.accounts.get(account_id)
    )
    if account and account["Status"] != "ACTIVE":
        raise Refused(
            f"Account code '{named}' has been archived, or has been deleted. "
            "Each line item must reference a valid account."
        )
    if account is None or not takes_lines(account):
        raise Refused(f"Account code '{named}' is not a valid code for this document.")
    return account


def takes_lines(account):
    """Bank, debtors, creditors and stock accounts take no document lines."""
    return (
        account["Type"] not in ("BANK", "INVENTORY")
        and account.get("SystemAccount") not in NOT_FOR_LINES
    )


def takes_payments(account):
    """Bank accounts do, and those with *Enable payments*."""
    return account["Status"] == "ACTIVE" and (
        account["Type"] == "BANK" or account.get("EnablePaymentsToAccount")
    )
