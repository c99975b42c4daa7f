"""The map of the connector: every kind of thing that is synced, one row each."""

import functools
from dataclasses import dataclass

from odoo import api, models


@dataclass(frozen=True)
class Resource:
    """How one kind of record travels between Odoo and Xero.

    Operations are names of xero-python's ``AccountingApi`` methods; they know the
    path, the HTTP method and the parameters.
    """

    name: str
    """What links call it: ``contact``, ``item``, ``invoice``..."""
    model: str
    """The Odoo model."""
    endpoint: str
    """Xero's plural, which is also the key of the list in bodies and answers."""
    id_field: str
    """Where Xero's id stands in an element."""
    number_field: str
    """The natural key: what we give, Xero keeps unique, and doubt is resolved by."""
    create: str
    """Operation that creates and refuses what exists (PUT)."""
    update: str
    """Operation that changes by id (POST)."""
    read: str
    """Operation that lists, used to resolve doubt."""
    sequence: int
    """Order of sending; a resource depends only on smaller ones."""
    number_taken: str
    """Cause of the note when another record in Xero holds the natural key."""
    unique_number: bool = True
    """Whether Xero keeps the number unique; else doubt compares the whole element."""
    parameters: tuple = ()
    """Extra query parameters of every read and write, as (name, value) pairs."""
    document: bool = False
    """Whether it stands in the ledger: trial mode, lock dates and totals apply."""
    settles: bool = False
    """Whether it settles documents: nothing waits for it but what settles, too."""
    one: str = ""
    """What people call one of them: ``customer``."""
    many: str = ""
    """What people call several: ``customers``."""
    direction: str = "out"
    """``out``, ``in`` or ``both``."""
    category: str = ""
    """Where notes about one of them are listed (S216); a document's, else empty."""
    history: str = ""
    """Operation that tells who changed one of them and when."""
    webhook_category: str = ""
    """Xero's event category; empty where there is none and only polls tell."""
    cursor: str = "modified"
    """How a poll finds news: ``modified`` (If-Modified-Since), or empty where it stands
    inside what another list tells of."""

    @property
    def label(self):
        """``Customer``: at the beginning of a line."""
        word = self.one or self.name.replace("_", " ")
        return word[:1].upper() + word[1:]

    def count(self, number):
        """``1 customer``, ``50 customers``."""
        return f"{number} {self.one if number == 1 else self.many}"


_INVOICES = {
    "endpoint": "Invoices",
    "id_field": "InvoiceID",
    "number_field": "InvoiceNumber",
    "create": "create_invoices",
    "update": "update_or_create_invoices",
    "read": "get_invoices",
    "history": "get_invoice_history",
    "category": "invoice",
    "webhook_category": "INVOICE",
}

_CREDIT_NOTES = {
    "endpoint": "CreditNotes",
    "id_field": "CreditNoteID",
    "number_field": "CreditNoteNumber",
    "create": "create_credit_notes",
    "update": "update_or_create_credit_notes",
    "read": "get_credit_notes",
    "history": "get_credit_note_history",
    "category": "credit_note",
    "webhook_category": "CREDITNOTE",
}


class XeroResource(models.AbstractModel):
    _name = "xero.resource"
    _description = "Xero Resource Map"

    @api.model
    def _get_resources(self):
        """Every resource by name.

        Another addon adds a synced document type by extending this with one row
        (N21).

        :rtype: dict[str, Resource]
        """
        rows = [
            Resource(
                name="contact",
                one=self.env._("customer"),
                many=self.env._("customers"),
                model="res.partner",
                endpoint="Contacts",
                id_field="ContactID",
                number_field="ContactNumber",
                number_taken="contact_number_taken",
                create="create_contacts",
                update="update_or_create_contacts",
                read="get_contacts",
                sequence=10,
                webhook_category="CONTACT",
            ),
            Resource(
                name="item",
                one=self.env._("product"),
                many=self.env._("products"),
                model="product.product",
                endpoint="Items",
                id_field="ItemID",
                number_field="Code",
                number_taken="item_code_taken",
                create="create_items",
                update="update_or_create_items",
                read="get_items",
                sequence=20,
                parameters=(("unitdp", 4),),
            ),
            self._document_row(
                name="invoice",
                one=self.env._("invoice"),
                many=self.env._("invoices"),
                sequence=30,
                **_INVOICES,
            ),
            self._document_row(
                name="bill",
                one=self.env._("bill"),
                many=self.env._("bills"),
                sequence=31,
                unique_number=False,
                **_INVOICES,
            ),
            self._document_row(
                name="credit_note",
                one=self.env._("credit note"),
                many=self.env._("credit notes"),
                sequence=40,
                **_CREDIT_NOTES,
            ),
            self._document_row(
                name="supplier_credit",
                one=self.env._("supplier credit"),
                many=self.env._("supplier credits"),
                sequence=41,
                unique_number=False,
                **_CREDIT_NOTES,
            ),
            *self._money_rows(),
        ]
        return {row.name: row for row in rows}

    def _money_rows(self):
        """Rows of what settles documents (``xero_part.py``)."""
        row = functools.partial(
            Resource,
            model="xero.part",
            settles=True,
            unique_number=False,
            number_taken="",
        )
        return [
            row(
                name="write_off",
                one=self.env._("credit note of a write-off"),
                many=self.env._("credit notes of write-offs"),
                sequence=50,
                parameters=(("unitdp", 4),),
                **_CREDIT_NOTES | {"webhook_category": ""},
            ),
            row(
                name="overpayment",
                one=self.env._("amount without a document"),
                many=self.env._("amounts without a document"),
                endpoint="BankTransactions",
                id_field="BankTransactionID",
                number_field="Reference",
                create="create_bank_transactions",
                update="update_or_create_bank_transactions",
                read="get_bank_transactions",
                sequence=55,
                cursor="",
                parameters=(("unitdp", 4),),
            ),
            row(
                name="payment",
                one=self.env._("payment"),
                many=self.env._("payments"),
                endpoint="Payments",
                id_field="PaymentID",
                number_field="Reference",
                create="create_payments",
                update="delete_payment",
                read="get_payments",
                sequence=60,
            ),
            row(
                name="allocation",
                one=self.env._("allocation"),
                many=self.env._("allocations"),
                endpoint="Allocations",
                id_field="AllocationID",
                number_field="Number",
                create="create_credit_note_allocation",
                update="delete_credit_note_allocations",
                read="get_credit_notes",
                sequence=70,
                cursor="",
            ),
        ]

    def _document_row(self, **values):
        """A row of a kind of account.move."""
        return Resource(
            model="account.move",
            parameters=(("unitdp", 4),),
            document=True,
            number_taken="invoice_number_taken",
            **values,
        )

    @api.model
    def _get(self, name):
        return self._get_resources()[name]

    @api.model
    def _in_order(self):
        """Resources in the order in which they are sent."""
        return sorted(self._get_resources().values(), key=lambda row: row.sequence)

    @api.model
    def _selection(self):
        """Every resource's name and what people call it."""
        return [(row.name, row.label) for row in self._in_order()]
