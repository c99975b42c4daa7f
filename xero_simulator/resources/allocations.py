"""Credit applied to invoices: allocations (spec: CreditNote)."""

from .. import wire
from .document_kinds import kind_of


def allocations_of(organisation, note):
    """``Allocations`` of a credit note: what each invoice got."""
    return [
        {
            "AllocationID": allocation["AllocationID"],
            "Amount": allocation["Amount"],
            "Date": allocation["Date"],
            "Invoice": _stub(organisation.invoices.get(allocation["InvoiceID"])),
        }
        for allocation in organisation.allocations.find("source", note["CreditNoteID"])
    ]


def credits_of(organisation, invoice):
    """``CreditNotes`` of an invoice: what each credit note gave."""
    allocations = organisation.allocations.find("invoice", invoice["InvoiceID"])
    pairs = [(a, organisation.credit_notes.get(a["SourceID"])) for a in allocations]
    return [
        {
            **_stub(note),
            "Date": allocation["Date"],
            "DateString": wire.date_string(allocation["Date"]),
            "Total": note["Total"],
            "AppliedAmount": allocation["Amount"],
        }
        for allocation, note in pairs
        if note
    ]


def _stub(document):
    """A document inside another one."""
    kind = kind_of(document)
    names = (kind.id_field, kind.number_field)
    stub = {name: document.get(name) for name in names}
    return wire.without_none({**stub, "LineItems": [], "HasErrors": False})
