"""What is paid on a document, and the status that follows from it."""

from .. import money


def settle(organisation, invoice_id):
    """Add up an invoice's payments; it becomes PAID, or AUTHORISED again."""
    invoice = organisation.invoices.get(invoice_id)
    payments = [
        payment
        for payment in organisation.payments.find("invoice", invoice_id)
        if payment["Status"] == "AUTHORISED"
    ]
    paid = sum((payment["Amount"] for payment in payments), money.ZERO)
    changed = {**invoice, "AmountPaid": paid, "FullyPaidOnDate": None}
    changed["Status"] = "AUTHORISED"
    if paid + invoice["AmountCredited"] >= invoice["Total"]:
        last = max((payment["Date"] for payment in payments), default=invoice["Date"])
        changed |= {"Status": "PAID", "FullyPaidOnDate": last}
    return organisation.invoices.put(organisation.stamp(changed))
