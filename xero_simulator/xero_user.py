"""What a person does inside Xero: with the API's rules, and a few rights more."""

import base64
from decimal import Decimal

from . import money, wire
from .errors import NotFound, Refused, ValidationFailed
from .gateway import Call
from .organisation import lower
from .resources import endpoint_named
from .resources.document_kinds import TABLES, kind_of
from .xero_user_money import MoneyUser

ACTIONS = {
    "archive_contact",
    "restore_contact",
    "merge_contacts",
    "recode",
    "attach",
    "pay",
    "pay_batch",
    "put_on_account",
    "allocate",
    "remove_allocation",
    "remove_payment",
    "reconcile",
    "bill_order",
    "set_lock_date",
    "set_organisation",
    "set_option",
    "archive_account",
    "delete_tax_rate",
    "remove_currency",
    "come_from_repeating",
    "count_stock",
    "remove",
}


class XeroUser(MoneyUser):
    """A person at work in one organisation."""

    def __init__(self, universe, organisation):
        self.organisation = organisation
        self.call = Call(universe, organisation, by_user=True)

    def _endpoint(self, resource):
        return endpoint_named(resource)(self.call)

    def documents(self, resource):
        """Every record, with everything in it."""
        endpoint = self._endpoint(resource)
        return [endpoint.truth(record) for record in endpoint.table.all()]

    # Creating and changing

    def create(self, resource, values):
        """Create a record; numbers and dates as in the API."""
        return self._saved(resource, values, "create")

    def update(self, resource, record_id, values):
        """Change a record."""
        endpoint = self._endpoint(resource)
        record = endpoint.found(record_id)
        return self._saved(
            resource, {**values, **endpoint.identity_of(record)}, "update"
        )

    def _saved(self, resource, values, mode):
        endpoint = self._endpoint(resource)
        with self.organisation.journal.savepoint():
            record = endpoint.save(values, mode)
        return endpoint.truth(record)

    def remove(self, resource, record_id):
        """Take a record away without a trace, as unused items and options can be."""
        endpoint = self._endpoint(resource)
        record = endpoint.found(record_id)
        endpoint.table.remove(record[endpoint.id_field])

    # Contacts

    def archive_contact(self, contact_id):
        """Archive; documents may still be open."""
        return self._set_contact(contact_id, ContactStatus="ARCHIVED")

    def restore_contact(self, contact_id):
        """Un-archive, which the API cannot, unless another has the name by now."""
        name = self._endpoint("contacts").found(contact_id)["Name"]
        if self.organisation.contacts.first("active_name", lower(name)):
            raise Refused(f"The contact name {name} is already assigned.")
        return self._set_contact(contact_id, ContactStatus="ACTIVE")

    def merge_contacts(self, loser, winner):
        """Documents move to the winner; the loser is archived and points to it."""
        contacts = self.organisation.contacts
        if loser == winner or None in (contacts.get(loser), contacts.get(winner)):
            raise Refused("Two different contacts are needed for a merge.")
        if contacts.get(winner)["ContactStatus"] != "ACTIVE":
            raise Refused("Contacts can only be merged into an active contact.")
        for table in self.organisation.tables_by("contact"):
            for document in table.find("contact", loser):
                table.put({**document, "ContactID": winner})
        return self._set_contact(
            loser, ContactStatus="ARCHIVED", MergedToContactID=winner
        )

    def _set_contact(self, contact_id, **values):
        table = self.organisation.contacts
        if table.get(contact_id) is None:
            raise NotFound
        record = {**table.get(contact_id), **values}
        return self._endpoint("contacts").truth(
            table.put(self.organisation.stamp(record))
        )

    # Documents

    def recode(self, document, account, line=0):
        """Put a document's line on another account; its tax stays as it is.

        :param account: code
        :param line: place of the line, from 0
        """
        record = self._document(document)
        kept = ("LineItemID", "TaxAmount")
        lines = [
            {name: row[name] for name in kept if name in row}
            for row in record["LineItems"]
        ]
        lines[line]["AccountCode"] = account
        resource = TABLES[kind_of(record).stem]
        return self.update(resource, document, {"LineItems": lines})

    def come_from_repeating(self, document, repeating):
        """Have an invoice be one that a repeating invoice made.

        :param repeating: id of the repeating invoice
        """
        record = {**self._document(document), "RepeatingInvoiceID": repeating}
        self.organisation.invoices.put(self.organisation.stamp(record))

    def attach(self, document, name, content, mime_type="application/pdf"):
        """Attach a file to a document.

        :param content: the bytes in base64
        """
        endpoint = self._endpoint("attachments")
        owner = f"{kind_of(self._document(document)).stem}s"
        subject = endpoint.subject(owner, document)
        data = base64.b64decode(content)
        return endpoint.row(endpoint.attached(subject, name, data, mime_type, False))

    # Purchase orders

    def bill_order(self, order):
        """Copy an order to a draft bill; nothing links the two afterwards."""
        record = self._endpoint("purchase_orders").found(order)
        billed = self.update("purchase_orders", order, {"Status": "BILLED"})
        bill = {
            "Type": "ACCPAY",
            "Contact": {"ContactID": record["ContactID"]},
            "InvoiceNumber": record["PurchaseOrderNumber"],
            "LineAmountTypes": record["LineAmountTypes"],
            "CurrencyCode": record["CurrencyCode"],
            "LineItems": [bill_line(line) for line in record["LineItems"]],
        }
        self.create("invoices", bill)
        return billed

    def count_stock(self, code, quantity):
        """Say how many of a tracked item lie in the store."""
        table = self.organisation.items
        [item] = [each for each in table.all() if each["Code"] == code]
        table.put({**item, "QuantityOnHand": Decimal(quantity)})

    # Settings

    def set_lock_date(self, date, kind="period"):
        """Lock up to and including a date; None unlocks.

        :param kind: period or year
        """
        field = {"period": "PeriodLockDate", "year": "EndOfYearLockDate"}[kind]
        self.organisation.profile[field] = wire.parse_date(date) if date else None

    def set_organisation(self, **fields):
        """Change fields of the organisation, e.g. BaseCurrency or SalesTaxBasis."""
        self.organisation.profile.update(fields)

    def set_option(self, **options):
        """See :class:`~.organisation.Organisation`, e.g. ``adviser=True``."""
        self.organisation.options.update(options)

    def archive_account(self, code):
        """Archive an account by its code."""
        table = self.organisation.accounts
        record = {**table.first("code", code), "Status": "ARCHIVED"}
        table.put(self.organisation.stamp(record))

    def delete_tax_rate(self, tax_type):
        """Delete a tax rate; it stays in the list."""
        table = self.organisation.tax_rates
        table.put({**table.get(tax_type), "Status": "DELETED"})

    def remove_currency(self, code):
        """Drop a currency, which only Xero's support can."""
        self.organisation.currencies.remove(code)


COPIED_TO_BILLS = (
    "Description",
    "Quantity",
    "ItemCode",
    "AccountID",
    "TaxType",
    "TaxAmount",
    "Tracking",
)


def bill_line(line):
    """A line of an order as a line of a bill, which knows no discount."""
    copied = {name: line[name] for name in COPIED_TO_BILLS if name in line}
    if line.get("Quantity"):
        price = line["LineAmount"] / line["Quantity"]
        copied["UnitAmount"] = money.rounded(price, 4)
    return copied


def messages_of(error):
    """Why something was refused, in Xero's words."""
    if isinstance(error, Refused):
        return error.complaints.all_messages()
    if isinstance(error, ValidationFailed):
        return [m["Message"] for e in error.elements for m in e["ValidationErrors"]]
    return [type(error).__name__]
