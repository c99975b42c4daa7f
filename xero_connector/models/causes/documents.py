"""What a document, a product or the connection itself lacks, found before sending."""

from odoo.tools import LazyTranslate

from .cause import Cause

_lt = LazyTranslate(__name__)

CAUSES = {
    "number_long": Cause(
        "invoice",
        _lt("The number of %(name)s has more than 255 characters."),
        _lt("Xero takes at most 255. Shorten it."),
    ),
    "number_of_invoice": Cause(
        "credit_note",
        _lt("%(number)s is the number of an invoice."),
        _lt("Xero takes it once. Give the credit note a number of its own."),
    ),
    "bill_twice": Cause(
        "invoice",
        _lt("Two bills of %(partner)s carry the number %(number)s."),
        _lt("Only the first, %(first)s, goes. Cancel this one or correct its number."),
    ),
    "bill_date_closed": Cause(
        "invoice",
        _lt(
            "%(name)s is dated %(date)s, in a period that is closed in Xero. Odoo books"
            " it on %(booked)s."
        ),
        _lt("Send it with the booking date, or wait until the period is opened."),
        opens="booking_date",
    ),
    "description_missing": Cause(
        "invoice",
        _lt("A line of %(name)s has no description."),
        _lt("Xero needs one on every line. Add it and the invoice goes by itself."),
    ),
    "locked_period": Cause(
        "invoice",
        _lt("%(name)s is dated %(date)s. Xero is locked up to %(locked)s."),
        _lt(
            "It waits here and goes by itself once the lock is moved."
            " We never change the date for you."
        ),
        opens="live",
    ),
    "filed_period": Cause(
        "invoice",
        _lt("%(name)s belongs to a tax return that was filed, up to %(filed)s."),
        _lt(
            "Sending it changes tax that was already declared. Date it later, or"
            " confirm."
        ),
        opens="filed",
    ),
    "total_differs_before": Cause(
        "invoice",
        _lt("Xero would compute %(name)s %(difference)s differently from Odoo."),
        _lt("Nothing was sent. Check the taxes of its lines."),
    ),
    "draft_here": Cause(
        "invoice",
        _lt("%(name)s is a draft."),
        _lt("Confirm it; then it can go."),
    ),
    "dated_early": Cause(
        "invoice",
        _lt("%(name)s is dated before %(start)s, from when documents go."),
        _lt("Change 'Documents from' on the connection if it should go all the same."),
        opens="connection",
    ),
    "all_zero": Cause(
        "invoice",
        _lt("Every line of %(name)s is zero."),
        _lt("It moves nothing, so it is not sent."),
    ),
    "third_decimal": Cause(
        "invoice",
        _lt("Xero keeps %(currency)s with two decimals; %(name)s has %(amount)s."),
        _lt("Round its prices to two decimals."),
    ),
    "dependency_failed": Cause(
        "invoice",
        _lt("%(name)s waits: its customer or a product needs attention."),
        _lt("Mend that first; the invoice follows by itself."),
    ),
    "no_access": Cause(
        "connection",
        _lt("%(user)s, in whose name Xero is served, may not read %(name)s."),
        _lt("Give this person the rights of an accountant, or choose another person."),
        opens="connection",
    ),
    "item_code_long": Cause(
        "item",
        _lt("The reference '%(code)s' of %(name)s has more than 30 characters."),
        _lt("Xero takes at most 30. Shorten the product's internal reference."),
    ),
    "item_code_twice": Cause(
        "item",
        _lt("Two products have the reference '%(code)s'."),
        _lt("In Xero a code is one item. Give each product its own reference."),
    ),
    "too_large": Cause(
        "invoice",
        _lt("%(name)s is larger than Xero takes in one call."),
        _lt("Split it into several documents."),
    ),
    "not_found": Cause(
        "invoice",
        _lt("Xero no longer has something that %(name)s refers to."),
        _lt(
            "Its customer may have been merged or removed there. Open the customer and"
            " link it again."
        ),
    ),
    "unreadable": Cause(
        "connection",
        _lt("Xero's answer about %(name)s could not be understood."),
        _lt("Copy the details for support. Nothing is sent again by itself."),
        opens="xero",
    ),
    "internal": Cause(
        "connection",
        _lt("%(name)s could not be prepared for Xero."),
        _lt("Copy the details for support: %(reason)s"),
    ),
}
