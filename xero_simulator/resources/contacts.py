"""Contacts: lists, upserts by id, number or name, archiving (spec: Contact)."""

from .. import fields, money, wire
from ..errors import Complaints, NotFound, Refused
from ..organisation import lower
from . import history
from .contact_rules import merged
from .document_kinds import TABLES, is_sale
from .document_view import due
from .endpoint import ROUTES, Endpoint, names, uuid_list

ARCHIVED = (
    "The specified contact details matched an archived contact. "
    "Archived contacts cannot currently be edited via the API."
)
UNIDENTIFIED = (
    "The Contact must contain at least 1 of the following elements to identify the "
    "contact: Name, ContactID, ContactNumber"
)
SEARCHED = (
    "Name",
    "FirstName",
    "LastName",
    "ContactNumber",
    "AccountNumber",
    "CompanyNumber",
    "EmailAddress",
)
ONLY_DETAILED = ("ContactPersons", "MergedToContactID", "PaymentTerms", "Balances")
ONLY_FULL = ("Addresses", "Phones", "ContactGroups", *ONLY_DETAILED)


class Contacts(Endpoint):
    """``/Contacts``. An unknown ContactID is a 404 for the whole request."""

    plural = "Contacts"
    table_name = "contacts"
    scopes = ("accounting.contacts",)
    error_flag = "HasValidationErrors"
    has_modified_since = True
    has_paging = True
    known_fields = names(
        "ContactID ContactNumber AccountNumber ContactStatus Name FirstName LastName "
        "EmailAddress TaxNumber CompanyNumber IsSupplier IsCustomer DefaultCurrency "
        "UpdatedDateUTC Addresses Phones"
    )
    routes = ROUTES

    def by_natural_key(self, key):
        return self.table.first("number", key)

    # Lists

    def chosen(self, records):
        """Archived contacts only with ``includeArchived``; by ids; by search."""
        ids = uuid_list(self.call.query, "IDs")
        if ids is not None:
            records = [record for record in map(self.table.get, ids) if record]
        if not self.call.flag("includeArchived"):
            records = [r for r in records if r["ContactStatus"] == "ACTIVE"]
        term = (self.call.query.get("searchTerm") or "").lower()
        if term:
            records = [r for r in records if _is_match(r, term)]
        return records

    def facts(self, record):
        return {**record, **self._roles(record)}

    def row(self, record, detailed=True):
        """One contact; lists without ``page`` and summaries tell less."""
        row = {**record, **self._roles(record)}
        row |= {
            "ContactGroups": [],
            "SalesTrackingCategories": [],
            "PurchasesTrackingCategories": [],
            "HasAttachments": False,
            "HasValidationErrors": False,
        }
        if not detailed or self.call.flag("summaryOnly"):
            hidden = ONLY_FULL if self.call.flag("summaryOnly") else ONLY_DETAILED
            return wire.without_none({k: v for k, v in row.items() if k not in hidden})
        balances = self._balances(record)
        if balances:
            row["Balances"] = balances
        return wire.without_none(row)

    def _roles(self, record):
        types = {invoice["Type"] for invoice in self._documents(record)}
        return {"IsCustomer": "ACCREC" in types, "IsSupplier": "ACCPAY" in types}

    def _documents(self, record):
        documents = self.organisation.invoices.find("contact", record["ContactID"])
        return [d for d in documents if d["Status"] not in ("DELETED", "VOIDED")]

    def _balances(self, record):
        """What is owed in the base currency, less what is on account.

        Changes do not touch UpdatedDateUTC.
        """
        balances = {}
        for stem, table in TABLES.items():
            documents = getattr(self.organisation, table)
            for document in documents.find("contact", record["ContactID"]):
                if document["Status"] == "AUTHORISED" and due(document):
                    self._add_balance(balances, document, stem == "Invoice")
        return balances

    def _add_balance(self, balances, document, is_owed):
        base = money.rounded(due(document) / document["CurrencyRate"])
        side = "Receivable" if is_sale(document["Type"]) else "Payable"
        zero = {"Outstanding": money.ZERO, "Overdue": money.ZERO}
        balance = balances.setdefault(f"Accounts{side}", zero)
        balance["Outstanding"] += base if is_owed else -base
        due_date = document.get("DueDate")
        if is_owed and due_date and due_date < self.organisation.today():
            balance["Overdue"] += base

    # Writes

    def save(self, element, mode):
        existing = None if mode == "create" else self._existing(element)
        if mode == "create" and not fields.text(element, "Name"):
            raise Refused(UNIDENTIFIED)
        complaints = Complaints()
        record = merged(self.organisation, existing, element, complaints)
        complaints.check()
        record = self.table.put(self.organisation.stamp(record))
        self.log(record, "Updated" if existing else "Created")
        return record

    def _existing(self, element):
        found = find_existing(self.organisation, element)
        if found is None and not fields.text(element, "Name"):
            raise Refused(UNIDENTIFIED)
        if found and found["ContactStatus"] != "ACTIVE" and not self.call.by_user:
            raise Refused(ARCHIVED)
        return found

    def history(self, key):
        """GET the history."""
        return history.listed(self, key)

    def add_history(self, key):
        """PUT a note."""
        return history.added(self, key)


def _is_match(record, term):
    return any(term in (record.get(name) or "").lower() for name in SEARCHED)


def find_existing(organisation, element):
    """The contact that an element means: by ContactID, ContactNumber, then Name.

    Active contacts go before archived ones of the same name.

    :raise NotFound: the ContactID is unknown
    """
    table = organisation.contacts
    contact_id = fields.identifier(element, "ContactID")
    if contact_id:
        found = table.get(contact_id)
        if found is None:
            raise NotFound
        return found
    number = fields.text(element, "ContactNumber")
    found = number and table.first("number", number)
    name = lower(fields.text(element, "Name"))
    return found or table.first("active_name", name) or table.first("name", name)


IGNORED_IN_DOCUMENTS = {"HasAttachments", "HasValidationErrors", "ContactStatus"}


def contact_of_document(call, element, complaints):
    """The contact of a document, made or changed when the element says more.

    A block with more than the ContactID is an update that wipes contact persons who
    are not in it (spec: Contact).

    :return: the contact, or None when a complaint was made
    :raise NotFound: unknown ContactID
    """
    block = fields.nested(element, "Contact") or {}
    told = {k: v for k, v in block.items() if k not in IGNORED_IN_DOCUMENTS}
    if not told:
        complaints.add("A Contact must be specified for this type of transaction.")
        return None
    found = find_existing(call.organisation, told)
    if found and found["ContactStatus"] != "ACTIVE":
        complaints.add(ARCHIVED)
        return None
    if found and len(told) == 1:
        return found
    return _saved_from_document(call, told, complaints)


def _saved_from_document(call, told, complaints):
    element = {"ContactPersons": [], **told}
    try:
        return Contacts(call).save(element, "upsert")
    except Refused as refusal:
        inner = complaints.at("Contact")
        inner.messages += refusal.complaints.messages
        inner.nested |= refusal.complaints.nested
        return None
