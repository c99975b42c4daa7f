"""Payments, write-offs and credits: ours to find, and what Xero says of them."""

from odoo.tools import LazyTranslate

from .cause import Cause

_lt = LazyTranslate(__name__)

CAUSES = {
    "payment_exceeds": Cause(
        "payment",
        _lt("The payment is more than is still owed in Xero."),
        _lt("The document may have been paid in Xero already. Look there first."),
        opens="xero",
    ),
    "payment_not_approved": Cause(
        "payment",
        _lt("Xero takes payments on approved documents only."),
        _lt("Approve the document in Xero; the payment then goes."),
        opens="xero",
    ),
    "payment_account": Cause(
        "payment",
        _lt("Xero takes no payments on this account."),
        _lt("Choose a bank account in Mapping, or enable payments on it in Xero."),
        opens="mapping",
    ),
    "payment_unlinked": Cause(
        "payment",
        _lt("%(amount)s is for %(document)s, which is not linked to Xero."),
        _lt("Nothing was sent. If it is in Xero, link it and the payment follows."),
    ),
    "credit_unlinked": Cause(
        "payment",
        _lt("%(credit)s could not be set against %(document)s in Xero."),
        _lt("One of them is not linked. Link it, or allocate the credit in Xero."),
    ),
    "closed_by_entry": Cause(
        "payment",
        _lt("%(name)s was closed in Odoo by journal entry %(entry)s on %(account)s."),
        _lt(
            "Xero cannot take it. Make a credit note on %(account)s; ask your"
            " accountant about the tax."
        ),
        opens="bad_debt",
    ),
    "closed_by_contra": Cause(
        "payment",
        _lt("%(partner)s was settled against its own bill by %(entry)s."),
        _lt(
            "In Xero, pay both documents from one clearing account with payments"
            " enabled."
        ),
        opens="contra",
    ),
    "payment_currency": Cause(
        "payment",
        _lt("%(entry)s pays %(name)s in a third currency, %(currency)s."),
        _lt("Xero takes payments in the document's currency or in that of the books."),
    ),
    "payment_third_currency": Cause(
        "payment",
        _lt(
            "%(name)s is in %(currency)s, the bank account in %(bank)s, the books in"
            " %(books)s."
        ),
        _lt(
            "Xero takes one foreign currency per payment. Use a %(currency)s or"
            " %(books)s account."
        ),
        opens="mapping",
    ),
    "payment_unshared": Cause(
        "payment",
        _lt(
            "%(entry)s covers %(count)s documents but Odoo has not said how much of"
            " each."
        ),
        _lt("It goes when the bank line is matched in Odoo."),
    ),
    "journal_unmapped": Cause(
        "payment",
        _lt("%(name)s has no account in Xero."),
        _lt("Choose the account. Everything that waits for it goes by itself."),
        opens="mapping",
    ),
    "write_off_unmapped": Cause(
        "payment",
        _lt("%(cash)s reached the bank; %(written)s was written off to %(account)s."),
        _lt(
            "Choose how such differences go to Xero: credit note, or payment from an"
            " account."
        ),
        opens="mapping",
    ),
    "allocation_locked": Cause(
        "payment",
        _lt("%(name)s lies before Xero's lock date, %(locked)s."),
        _lt(
            "Xero cannot set one document against the other. Do it in Odoo only, or ask"
            " your adviser to open the period."
        ),
        opens="live",
    ),
    "refund_unmatched": Cause(
        "payment",
        _lt("%(amount)s of %(entry)s was paid back without a credit note."),
        _lt("A refund needs a credit note. Reverse the invoice first."),
    ),
    "overpayment_mixed": Cause(
        "payment",
        _lt("%(amount)s of %(entry)s belongs to no document, among other amounts."),
        _lt("Use it on a document, or record it in Xero by hand."),
    ),
    "overpayment_account": Cause(
        "payment",
        _lt("%(name)s takes no money without a document in Xero."),
        _lt(
            "Xero keeps such money on bank accounts only, in the account's own"
            " currency. Choose another account, or use the money on a document."
        ),
        opens="mapping",
    ),
    "overpayment_permission": Cause(
        "payment",
        _lt("Xero has not allowed Odoo to record money without a document."),
        _lt(
            "Switch on 'Create Overpayments In Xero' under Payments, then connect"
            " again and allow it."
        ),
        opens="connection",
    ),
    "overpayment_used": Cause(
        "payment",
        _lt("%(amount)s of %(name)s changed, and part of it is used in Xero."),
        _lt("Take its use back in Odoo; it then goes to Xero as it is now."),
    ),
    "payment_deleted_there": Cause(
        "payment",
        _lt("The payment of %(amount)s on %(name)s was deleted in Xero."),
        _lt("Undo it in Odoo too, or send it again."),
        opens="deleted_payment",
    ),
    "payment_undone_here": Cause(
        "payment",
        _lt("%(name)s was undone in Odoo. Xero recorded it and has it still."),
        _lt("Delete it in Xero too, or reconcile it here again."),
        opens="xero",
    ),
    "payment_reconciled": Cause(
        "payment",
        _lt("The payment of %(date)s is reconciled with the bank in Xero."),
        _lt(
            "If the money came back, record that in Xero as a new line and leave this"
            " payment. Otherwise undo the reconciliation there first (Remove & Redo),"
            " then try again."
        ),
        opens="xero",
    ),
    "payment_in_batch": Cause(
        "payment",
        _lt("The payment is part of a batch in Xero."),
        _lt("Undo the whole batch, or leave the payment as it is."),
        opens="xero",
    ),
    "payment_on_draft": Cause(
        "payment",
        _lt("%(name)s was paid in Xero on %(date)s (%(amount)s); here it is a draft."),
        _lt("Post it. The payment is then booked."),
    ),
    "payment_owned": Cause(
        "payment",
        _lt(
            "%(name)s was paid in Xero on %(date)s (%(amount)s) into %(journal)s, which"
            " is recorded in Odoo first."
        ),
        _lt("Nothing was booked. Register it here, or delete it in Xero."),
        opens="arrival",
    ),
    "payment_no_journal": Cause(
        "payment",
        _lt("Payments in Xero on %(account)s have no journal in Odoo."),
        _lt("Choose the account for its journal. The payments are then booked."),
        opens="mapping",
    ),
    "payment_elsewhere": Cause(
        "payment",
        _lt(
            "%(name)s was paid in Xero on %(date)s (%(amount)s) from %(account)s;"
            " %(reason)s"
        ),
        _lt("Say whether it is the same payment. Nothing was booked or sent."),
        opens="arrival",
    ),
    "payment_not_booked": Cause(
        "payment",
        _lt("%(name)s was paid in Xero on %(date)s (%(amount)s). %(reason)s"),
        _lt("Nothing was booked. Mend it here, delete it in Xero, or leave it."),
        opens="arrival",
    ),
    "credit_waits": Cause(
        "payment",
        _lt("%(credit)s was set against %(name)s in Xero (%(amount)s), not in Odoo."),
        _lt("Odoo cannot. Make room for it here, take it off in Xero, or leave it."),
        opens="arrival",
    ),
    "money_differs": Cause(
        "payment",
        _lt("%(amount)s settles %(name)s in Odoo, %(there)s in Xero."),
        _lt("Xero recorded it first. Make both sides the same; nothing is sent."),
        opens="xero",
    ),
}
