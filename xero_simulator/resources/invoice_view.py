"""How a sales invoice or bill looks on the wire."""

from . import document_view as view
from .allocations import credits_of

OWN = (
    "InvoiceID",
    "InvoiceNumber",
    "Url",
    "TotalDiscount",
    "ExpectedPaymentDate",
    "PlannedPaymentDate",
    "RepeatingInvoiceID",
)


def _header(invoice):
    return {
        **view.header(invoice, *OWN),
        "IsDiscounted": bool(invoice.get("TotalDiscount")),
    }


def row(call, invoice, detailed=True, is_summary=False):
    """As a list shows it.

    :param detailed: with lines; False in a list without ``page``
    :param is_summary: ``summaryOnly``: neither lines nor payments
    """
    shown = _header(invoice)
    shown |= {
        "Contact": view.contact_stub(call.organisation, invoice),
        "AmountDue": view.due(invoice),
        "AmountPaid": invoice["AmountPaid"],
        "AmountCredited": invoice["AmountCredited"],
        "HasAttachments": view.has_attachments(call.organisation, invoice),
    }
    if is_summary:
        return shown
    shown |= {
        "Payments": view.payment_stubs(call.organisation, invoice),
        "CreditNotes": credits_of(call.organisation, invoice),
        "Prepayments": credits_of(call.organisation, invoice, "Prepayment"),
        "Overpayments": credits_of(call.organisation, invoice, "Overpayment"),
        "LineItems": view.lines(call, invoice) if detailed else [],
    }
    return shown


def written(call, invoice):
    """As the answer to a write shows it: a void still claims its amount due."""
    return {
        **_header(invoice),
        "LineItems": view.lines(call, invoice),
        "AmountDue": view.outstanding(invoice),
        "AmountPaid": invoice["AmountPaid"],
    }
