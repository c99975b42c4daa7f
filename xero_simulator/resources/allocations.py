"""Credit applied to invoices: allocations (spec: CreditNote, Prepayment).

The date of an allocation is never before the later one of its two documents; when both
lie in a locked period it can neither be made nor deleted.
"""

from .. import fields, wire
from ..errors import Complaints, NotFound, Refused
from ..exchange import json_reply
from ..organisation import new_id
from .contacts import ARCHIVED
from .document_kinds import TABLES, is_sale, kind_of
from .document_view import due
from .endpoint import Endpoint
from .settlement import settle

UNKNOWN_INVOICE = "The document with the supplied id was not found for this endpoint."
NOT_APPROVED = "Credit can only be allocated between Authorised documents"
OTHER_SIDE = "Credit can only be allocated to documents of the same side"
OTHER_CONTACT = "Credit can only be allocated to documents of the same contact"
OTHER_CURRENCY = "Credit can only be allocated to documents of the same currency"
TOO_MUCH_CREDIT = "The amount exceeds the remaining credit of this credit note"
TOO_MUCH_DUE = "The amount exceeds the amount outstanding on this document"


class Allocations(Endpoint):
    """``/CreditNotes/{id}/Allocations``: add and delete; reads show them inside.

    :cvar stem: the kind of document whose credit is used
    """

    plural = "Allocations"
    stem = "CreditNote"
    root = "CreditNotes/<note>/Allocations"
    table_name = "allocations"
    scopes = ("accounting.invoices",)
    date_fields = frozenset(("Date",))
    routes = {("PUT", ""): "add", ("DELETE", "/<key>"): "delete"}

    def add(self, note):
        """PUT: apply the credit to one or several invoices."""
        self.note = self._source(note)
        return self.create()

    def _source(self, note_id):
        note = getattr(self.organisation, TABLES[self.stem]).get(note_id)
        if note is None:
            raise NotFound
        return note

    def row(self, record, detailed=True):
        organisation = self.organisation
        invoice = organisation.invoices.get(record["InvoiceID"])
        return {
            "AllocationID": record["AllocationID"],
            "Amount": record["Amount"],
            "Date": record["Date"],
            "Invoice": _stub(invoice),
            record["Source"]: _stub(source_of(organisation, record)),
        }

    def written_row(self, record, element):
        """Xero's published example of this answer has no AllocationID."""
        row = self.row(record)
        if not self.organisation.options["allocation_ids"]:
            row.pop("AllocationID")
        return row

    def refused_row(self, element, complaints):
        """The echo; an allocation that was not made has no id at all."""
        row = super().refused_row(element, complaints)
        row.pop(self.id_field)
        return row

    def save(self, element, mode):
        # Read anew: an allocation before this one in the batch has used some of it.
        kind = kind_of(self.note)
        note = kind.table(self.organisation).get(self.note[kind.id_field])
        invoice = self._invoice(element)
        record = self._built(element, note, invoice)
        complaints = Complaints()
        self._check_documents(note, invoice, complaints)
        self._check_amount(record["Amount"], note, invoice, complaints)
        complaints.check()
        self.table.put(record)
        self._settle(note, invoice, f"{record['Amount']} allocated")
        return record

    def _invoice(self, element):
        block = fields.nested(element, "Invoice") or {}
        invoice_id = fields.identifier(block, "InvoiceID")
        invoice = invoice_id and self.organisation.invoices.get(invoice_id)
        if not invoice:
            raise Refused(UNKNOWN_INVOICE)
        return invoice

    def _built(self, element, note, invoice):
        day = fields.day(element, "Date")
        amount, kind = fields.number(element, "Amount", 2), kind_of(note)
        if day is None or amount is None:
            raise Refused("Amount and Date must be specified for an allocation.")
        return {
            "AllocationID": new_id(),
            "Source": kind.stem,
            "SourceID": note[kind.id_field],
            "InvoiceID": invoice["InvoiceID"],
            "Amount": amount,
            "Date": max(day, note["Date"], invoice["Date"]),
        }

    def _check_documents(self, note, invoice, complaints):
        contact = self.organisation.contacts.get(note["ContactID"])
        if contact["ContactStatus"] != "ACTIVE" and not self.call.by_user:
            complaints.add(ARCHIVED)
        if not {note["Status"], invoice["Status"]} <= {"AUTHORISED", "PAID"}:
            complaints.add(NOT_APPROVED)
        if is_sale(note["Type"]) != is_sale(invoice["Type"]):
            complaints.add(OTHER_SIDE)
        if note["ContactID"] != invoice["ContactID"]:
            complaints.add(OTHER_CONTACT)
        if note["CurrencyCode"] != invoice["CurrencyCode"]:
            complaints.add(OTHER_CURRENCY)
        self._check_lock_dates(note, invoice, complaints)

    def _check_lock_dates(self, note, invoice, complaints):
        later = max(note["Date"], invoice["Date"])
        locked = self.organisation.lock_complaint(later)
        if locked:
            complaints.add(locked)

    def _check_amount(self, amount, note, invoice, complaints):
        if amount <= 0:
            complaints.add("The amount of an allocation must be greater than zero")
        if amount > due(note):
            complaints.add(TOO_MUCH_CREDIT)
        if amount > due(invoice):
            complaints.add(TOO_MUCH_DUE)

    def _settle(self, note, invoice, details):
        for document in (note, invoice):
            settled = settle(self.organisation, document)
            subject = settled[kind_of(settled).id_field]
            self.organisation.log(subject, "Edited", details, self.call.user_name)

    def delete(self, note, key):
        """DELETE: both documents are open again; the answer is the bare allocation."""
        record = self.table.get(key)
        source = self._source(note)
        if record is None or source_of(self.organisation, record) is not source:
            raise NotFound
        return json_reply({**self.removed(record), "IsDeleted": True})

    def removed(self, record):
        """Take an allocation away.

        :return: its row
        :raise ValidationFailed: both documents lie in a locked period
        """
        note = source_of(self.organisation, record)
        invoice = self.organisation.invoices.get(record["InvoiceID"])
        complaints = Complaints()
        self._check_lock_dates(note, invoice, complaints)
        row = self.row(record)
        self.refuse_if(complaints, row)
        self.table.remove(record["AllocationID"])
        self._settle(note, invoice, f"{record['Amount']} no longer allocated")
        return row


def source_of(organisation, allocation):
    """The document whose credit an allocation uses."""
    table = getattr(organisation, TABLES[allocation["Source"]])
    return table.get(allocation["SourceID"])


def allocations_of(organisation, note):
    """``Allocations`` of a credit note or the like: what each invoice got."""
    note_id = note[kind_of(note).id_field]
    return [
        {
            "AllocationID": allocation["AllocationID"],
            "Amount": allocation["Amount"],
            "Date": allocation["Date"],
            "Invoice": _stub(organisation.invoices.get(allocation["InvoiceID"])),
        }
        for allocation in organisation.allocations.find("source", note_id)
    ]


def credits_of(organisation, invoice, stem="CreditNote"):
    """``CreditNotes`` of an invoice, or another kind: what each of them gave."""
    allocations = organisation.allocations.find("invoice", invoice["InvoiceID"])
    pairs = [(a, source_of(organisation, a)) for a in allocations]
    return [
        {
            **_stub(note),
            "Date": allocation["Date"],
            "DateString": wire.date_string(allocation["Date"]),
            "Total": note["Total"],
            "AppliedAmount": allocation["Amount"],
        }
        for allocation, note in pairs
        if allocation["Source"] == stem
    ]


def _stub(document):
    """A document inside another one."""
    kind = kind_of(document)
    names = (kind.id_field, kind.number_field)
    stub = {name: document.get(name) for name in names}
    if kind.prefix:
        stub["HasErrors"] = False
    return wire.without_none({**stub, "LineItems": []})
