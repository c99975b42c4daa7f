"""What Xero's validation messages mean, and what a user can do about them.

Xero has no codes, only sentences whose wording drifts: they are matched by parts,
without regard to case (xero-api.md, sections 6 and 7). The words for the user are in
:data:`TEXTS`, in English; Odoo translates them. Values stand in ``%(name)s``, as
Odoo's translations have them.
"""

import dataclasses
import re

from .message_patterns import PATTERNS

# code: (title, advice). A title says what happened, the advice what to do.
TEXTS = {
    "contact_name_taken": (
        "Another contact in Xero is called %(name)s.",
        "Link this customer or supplier to it, or change the name.",
    ),
    "contact_number_taken": (
        "Another contact in Xero has the contact number %(number)s.",
        "Link this contact to it, or clear the number in Xero.",
    ),
    "contact_archived": (
        "This contact is archived in Xero.",
        "Restore it in Xero under Contacts, Archived; the documents then go.",
    ),
    "contact_missing": (
        "Xero could not tell which contact this is for.",
        "Check that the customer or supplier has a name, then send it again.",
    ),
    "account_ref_taken": (
        "The account reference %(number)s is used by another contact in Xero.",
        "Choose another reference for this contact.",
    ),
    "email_invalid": (
        "Xero does not accept the e-mail address.",
        "Use one plain address, without accents or umlauts, on the contact.",
    ),
    "country_invalid": (
        "Xero does not accept the country of the address.",
        "It may hold letters only. Correct the address of the contact.",
    ),
    "persons_too_many": (
        "A contact in Xero can have at most five contact persons.",
        "Choose five, or switch contact persons off in the settings.",
    ),
    "invoice_number_taken": (
        "This document number is already used in Xero.",
        "Link it to the document in Xero, or change the number.",
    ),
    "order_number_taken": (
        "This order number is already used in Xero.",
        "Link it to the order in Xero, or change the number.",
    ),
    "order_deleted": (
        "An order with this number was deleted in Xero.",
        "Xero never gives the number free: change the number of the order.",
    ),
    "item_code_taken": (
        "Another item in Xero has the code %(item)s.",
        "Link this product to it, or change the internal reference.",
    ),
    "item_code_invalid": (
        "Xero does not know the item %(item)s.",
        "Send the product first, or choose not to use item codes.",
    ),
    "item_not_allowed": (
        "The item cannot be used on this kind of document in Xero.",
        "In Xero, tick I sell this item or I purchase this item.",
    ),
    "stock_missing": (
        "Xero counts the stock of this item, and there is not enough.",
        "Correct the stock in Xero, or send the line without the item.",
    ),
    "name_taken": (
        "This name is already used in Xero.",
        "Choose another name, or link to what is already there.",
    ),
    "account_invalid": (
        "Account %(account)s cannot be used here in Xero.",
        "Choose another account in Mapping. Bank and debtors accounts do not go.",
    ),
    "account_archived": (
        "Account %(account)s is archived or deleted in Xero.",
        "Restore it in Xero, or choose another account in Mapping.",
    ),
    "account_missing": (
        "A line has no account for Xero.",
        "Choose the account in Mapping.",
    ),
    "tax_type_account": (
        "Tax rate %(tax)s cannot be used with account %(account)s in Xero.",
        "Choose another tax rate or another account in Mapping.",
    ),
    "tax_type_invalid": (
        "Tax rate %(tax)s cannot be used here in Xero.",
        "It may be archived. Read the lists from Xero again and choose another.",
    ),
    "tax_type_missing": (
        "A line has no tax rate for Xero.",
        "Choose the tax rate in Mapping, also the one for lines without tax.",
    ),
    "tracking_invalid": (
        "A tracking category or option is not in Xero any more.",
        "Read the lists from Xero again and check the tracking in Mapping.",
    ),
    "currency_missing": (
        "%(currency)s is not switched on in this Xero organisation.",
        "In Xero: Settings, Currencies, Add currency. The documents then go.",
    ),
    "lock_date": (
        "The date is in a period that is locked in Xero.",
        "It waits here. Move the lock date in Xero, or choose a later date.",
    ),
    "payment_exceeds": (
        "The payment is more than is still owed in Xero.",
        "The document may have been paid in Xero already. Look there first.",
    ),
    "payment_not_approved": (
        "Xero takes payments on approved documents only.",
        "Approve the document in Xero; the payment then goes.",
    ),
    "payment_account": (
        "Xero takes no payments on this account.",
        "Choose a bank account in Mapping, or enable payments on it in Xero.",
    ),
    "payment_reconciled": (
        "The payment is reconciled in Xero and cannot be undone from here.",
        "Undo the reconciliation in Xero first, or leave the payment as it is.",
    ),
    "payment_in_batch": (
        "The payment is part of a batch in Xero.",
        "Undo the whole batch, or leave the payment as it is.",
    ),
    "has_payments": (
        "The document has payments or credits in Xero and cannot be changed.",
        "Undo them in Xero first, or make a credit note.",
    ),
    "not_modifiable": (
        "The document can no longer be changed in Xero.",
        "Look at it in Xero: it may be paid, voided or deleted.",
    ),
    "document_missing": (
        "Xero does not have this document.",
        "It may have been deleted in Xero. Look there first.",
    ),
    "plan_limit": (
        "The Xero plan allows no more approved documents this month.",
        "Upgrade the plan in Xero, or wait for the next month.",
    ),
    "no_permission": (
        "The person who connected may not do this in Xero.",
        "Give them the right in Xero, or have someone else connect again.",
    ),
    "description_missing": (
        "A line has no description.",
        "Xero wants text on every line. Fill it in.",
    ),
    "lines_missing": (
        "The document has no lines.",
        "Xero takes no document without lines. Add one.",
    ),
    "due_date_missing": (
        "The document has no due date.",
        "Xero wants one to approve it. Fill it in.",
    ),
    "total_negative": (
        "The total of the document is below zero.",
        "Xero takes no such invoice. Make it a credit note instead.",
    ),
    "line_total": (
        "The amount of a line is not its price times its quantity.",
        "Send it again. If it happens again, copy the details for support.",
    ),
    "url_invalid": (
        "Xero does not accept the link back to Odoo.",
        "The web address of Odoo must be public https; or switch the link off.",
    ),
    "too_long": (
        "A text is longer than Xero allows.",
        "Xero's message says which one. Shorten it.",
    ),
    "refused": (
        "Xero refused this.",
        "Read Xero's message, correct the record, and send it again.",
    ),
}

_COMPILED = tuple((code, re.compile(text, re.I | re.S)) for code, text in PATTERNS)


@dataclasses.dataclass(frozen=True)
class Cause:
    """Why Xero refused something.

    :param str code: a key of :data:`TEXTS`, stable.
    :param dict values: text values of the placeholders of its texts.
    :param str message: the sentence of Xero that it was told from, verbatim.
    """

    code: str
    values: dict = dataclasses.field(default_factory=dict)
    message: str = ""

    @property
    def key(self):
        """Equal for equal causes, so that they become one note (N6).

        A sentence that is not understood is a cause of its own.
        """
        own = self.values.values() if self.code != "refused" else [self.message]
        return ":".join([self.code, *(str(value).strip().lower() for value in own)])

    @property
    def title(self):
        """What happened, in English, with its values."""
        return TEXTS[self.code][0] % self.values

    @property
    def advice(self):
        """What to do, in English, with its values."""
        return TEXTS[self.code][1] % self.values


def explain(messages):
    """The cause behind Xero's sentences about one element.

    :param messages: list of sentences, as of ``elements.element_errors``.
    :returns: the :class:`Cause` of the first sentence that is understood, else of
        code ``refused`` with the first sentence.
    """
    causes = [_cause(message) for message in messages]
    understood = [cause for cause in causes if cause.code != "refused"]
    return (understood or causes or [Cause("refused")])[0]


def _cause(message):
    for code, pattern in _COMPILED:
        match = pattern.search(message)
        if match:
            return Cause(code, _values(match), message)
    return Cause("refused", {}, message)


def _values(match):
    """The groups of a match; ``currency_`` is another place for ``currency``."""
    values = {}
    for name, text in match.groupdict().items():
        if text or name not in values:
            values.setdefault(name.rstrip("_"), text or "")
            values[name.rstrip("_")] = text or values[name.rstrip("_")]
    return values
