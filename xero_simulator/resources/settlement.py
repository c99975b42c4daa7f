"""What is paid and credited on a document, and the status that follows from it."""

from .. import money
from .document_kinds import kind_of


def settle(organisation, document):
    """Add up a document's payments and allocations; it is PAID, or AUTHORISED again.

    :param document: an invoice, bill or credit note, as it was before
    """
    kind = kind_of(document)
    document_id = document[kind.id_field]
    payments = [
        payment
        for payment in organisation.payments.find("document", document_id)
        if payment["Status"] == "AUTHORISED"
    ]
    side = "invoice" if kind.stem == "Invoice" else "source"
    allocations = organisation.allocations.find(side, document_id)
    changed = {
        **document,
        "Status": "AUTHORISED",
        "AmountPaid": _sum(payments),
        "AmountCredited": _sum(allocations),
        "FullyPaidOnDate": None,
    }
    settled = changed["AmountPaid"] + changed["AmountCredited"]
    if settled >= changed["Total"]:
        days = [part["Date"] for part in (*payments, *allocations)]
        last = max(days, default=changed["Date"])
        changed |= {"Status": "PAID", "FullyPaidOnDate": last}
    return kind.table(organisation).put(organisation.stamp(changed))


def _sum(parts):
    return sum((part["Amount"] for part in parts), money.ZERO)
