"""How a credit note looks on the wire."""

from . import document_view as view
from .allocations import allocations_of

OWN = ("CreditNoteID", "CreditNoteNumber")


def row(call, note, detailed=True):
    """As a list shows it.

    :param detailed: with lines; False in a list without ``page``
    """
    return {
        **view.header(note, *OWN),
        "Contact": view.contact_stub(call.organisation, note),
        "RemainingCredit": view.due(note),
        "AppliedAmount": note["AmountCredited"],
        "HasAttachments": view.has_attachments(call.organisation, note),
        "Payments": view.payment_stubs(call.organisation, note),
        "Allocations": allocations_of(call.organisation, note),
        "LineItems": view.lines(call, note) if detailed else [],
    }


def written(call, note):
    """As the answer to a write shows it: neither payments nor allocations."""
    return {
        **view.header(note, *OWN),
        "LineItems": view.lines(call, note),
        "RemainingCredit": view.outstanding(note),
    }
