"""What both sides did to a document that Xero already has."""

from odoo.tools import LazyTranslate

from .cause import Cause

_lt = LazyTranslate(__name__)

CAUSES = {
    "number_in_xero": Cause(
        "invoice",
        _lt("Xero has another document with the number %(number)s."),
        _lt("Link it to this one if it is the same, or change one of the numbers."),
        opens="xero",
    ),
    "changed_in_xero": Cause(
        "invoice",
        _lt("%(name)s was changed in Xero on %(date)s: %(changes)s."),
        _lt("Your change was not sent. Compare the two and choose."),
        opens="conflict",
    ),
    "paid_in_xero": Cause(
        "invoice",
        _lt("%(name)s is paid in Xero and can no longer be changed there."),
        _lt("Undo the change here and make a credit note instead."),
        opens="reverse",
    ),
    "currency_in_xero": Cause(
        "invoice",
        _lt("%(name)s is approved in Xero in %(currency)s."),
        _lt("Its currency cannot be changed there. Make a credit note and a new one."),
        opens="reverse",
    ),
    "locked_in_xero": Cause(
        "invoice",
        _lt("%(name)s is dated %(date)s in Xero, which is locked up to %(wall)s."),
        _lt(
            "It is not changed there before the lock is moved. Undo the change here and"
            " make a credit note instead."
        ),
        opens="reverse",
    ),
    "filed_in_xero": Cause(
        "invoice",
        _lt("%(name)s belongs to a tax return that was filed, up to %(wall)s."),
        _lt(
            "Changing it changes tax that was already declared. Make a credit note"
            " instead, or confirm."
        ),
        opens="filed",
    ),
    "withdrawal_sent": Cause(
        "invoice",
        _lt("%(name)s went to the customer and is not voided in Xero."),
        _lt("Set it back to draft, post it again, and make a credit note."),
        opens="reverse",
    ),
    "withdrawal_paid": Cause(
        "invoice",
        _lt("%(name)s is cancelled here and paid in Xero."),
        _lt("Undo the payment in Xero first, or post it again and make a credit note."),
        opens="reverse",
    ),
    "invoice_total_differs": Cause(
        "invoice",
        _lt("%(name)s is in Xero as %(theirs)s, in Odoo as %(ours)s."),
        _lt("Compare the two and correct one. No payment is sent for it until then."),
        opens="xero",
    ),
    "changed_there": Cause(
        "item",
        _lt("%(name)s was changed in Xero meanwhile."),
        _lt("Your change was not sent. Make it in Xero, or undo the one there."),
        opens="xero",
    ),
    "bill_there": Cause(
        "invoice",
        _lt(
            "Xero already has a bill of %(partner)s for %(total)s dated %(date)s,"
            " number %(number)s. Is it this one?"
        ),
        _lt("Link it if it is. If it is another bill, say so, and this one is sent."),
        opens="link",
    ),
    "looks_alike": Cause(
        "invoice",
        _lt("Xero did not answer, and has %(count)s that look like %(name)s."),
        _lt("Link it to the one that it is; if it is none of them, it goes again."),
        opens="link",
    ),
}
