"""What Xero says when it refuses: codes of ``lib/message_patterns.py``."""

from odoo.tools import LazyTranslate

from .cause import Cause

_lt = LazyTranslate(__name__)

CAUSES = {
    "contact_name_taken": Cause(
        "contact",
        _lt("Another contact in Xero is called %(name)s."),
        _lt("Link this customer or supplier to it, or change the name."),
        opens="link",
    ),
    "contact_number_taken": Cause(
        "contact",
        _lt("Another contact in Xero has the contact number %(number)s."),
        _lt("Link this contact to it, or clear the number in Xero."),
        opens="link",
    ),
    "contact_archived": Cause(
        "contact",
        _lt("This contact is archived in Xero."),
        _lt("Restore it in Xero under Contacts, Archived; the documents then go."),
        opens="xero",
    ),
    "contact_missing": Cause(
        "contact",
        _lt("Xero could not tell which contact this is for."),
        _lt("Check that the customer or supplier has a name, then send it again."),
    ),
    "account_ref_taken": Cause(
        "contact",
        _lt("The account reference %(number)s is used by another contact in Xero."),
        _lt("Choose another reference for this contact."),
    ),
    "email_invalid": Cause(
        "contact",
        _lt("Xero does not accept the e-mail address."),
        _lt("Use one plain address, without accents or umlauts, on the contact."),
    ),
    "country_invalid": Cause(
        "contact",
        _lt("Xero does not accept the country of the address."),
        _lt("It may hold letters only. Correct the address of the contact."),
    ),
    "persons_too_many": Cause(
        "contact",
        _lt("A contact in Xero can have at most five contact persons."),
        _lt("Choose five, or switch contact persons off in the settings."),
    ),
    "invoice_number_taken": Cause(
        "invoice",
        _lt("This document number is already used in Xero."),
        _lt("Link it to the document in Xero, or change the number."),
        opens="link",
    ),
    "order_number_taken": Cause(
        "purchase_order",
        _lt("This order number is already used in Xero."),
        _lt("Link it to the order in Xero, or change the number."),
        opens="link",
    ),
    "order_deleted": Cause(
        "purchase_order",
        _lt("An order with this number was deleted in Xero."),
        _lt("Xero never gives the number free: change the number of the order."),
    ),
    "item_code_taken": Cause(
        "item",
        _lt("Another item in Xero has the code %(item)s."),
        _lt("Link this product to it, or change the internal reference."),
    ),
    "item_code_invalid": Cause(
        "invoice",
        _lt("Xero does not know the item %(item)s."),
        _lt("Send the product first, or choose not to use item codes."),
    ),
    "item_not_allowed": Cause(
        "item",
        _lt("The item cannot be used on this kind of document in Xero."),
        _lt("In Xero, tick I sell this item or I purchase this item."),
    ),
    "stock_missing": Cause(
        "invoice",
        _lt("Xero counts the stock of this item, and there is not enough."),
        _lt("Correct the stock in Xero, or send the line without the item."),
    ),
    "name_taken": Cause(
        "item",
        _lt("This name is already used in Xero."),
        _lt("Choose another name, or link to what is already there."),
    ),
    "account_invalid": Cause(
        "invoice",
        _lt("Account %(account)s cannot be used here in Xero."),
        _lt("Choose another account in Mapping. Bank and debtors accounts do not go."),
        opens="mapping",
    ),
    "account_archived": Cause(
        "invoice",
        _lt("Account %(account)s is archived or deleted in Xero."),
        _lt("Restore it in Xero, or choose another account in Mapping."),
        opens="mapping",
    ),
    "account_missing": Cause(
        "invoice",
        _lt("A line has no account for Xero."),
        _lt("Choose the account in Mapping."),
        opens="mapping",
    ),
    "tax_type_account": Cause(
        "invoice",
        _lt("Tax rate %(tax)s cannot be used with account %(account)s in Xero."),
        _lt("Choose another tax rate or another account in Mapping."),
        opens="mapping",
    ),
    "tax_type_invalid": Cause(
        "invoice",
        _lt("Tax rate %(tax)s cannot be used here in Xero."),
        _lt("It may be archived. Read the lists from Xero again and choose another."),
        opens="mapping",
    ),
    "tax_type_missing": Cause(
        "invoice",
        _lt("A line has no tax rate for Xero."),
        _lt("Choose the tax rate in Mapping, also the one for lines without tax."),
        opens="mapping",
    ),
    "tracking_invalid": Cause(
        "invoice",
        _lt("A tracking category or option is not in Xero any more."),
        _lt("Read the lists from Xero again and check the tracking in Mapping."),
        opens="mapping",
    ),
    "lock_date": Cause(
        "invoice",
        _lt("The date is in a period that is locked in Xero."),
        _lt("It waits here. Move the lock date in Xero, or choose a later date."),
        opens="lists",
    ),
    "has_payments": Cause(
        "invoice",
        _lt("The document has payments or credits in Xero and cannot be changed."),
        _lt("Undo them in Xero first, or make a credit note."),
        opens="xero",
    ),
    "not_modifiable": Cause(
        "invoice",
        _lt("The document can no longer be changed in Xero."),
        _lt("Look at it in Xero: it may be paid, voided or deleted."),
        opens="xero",
    ),
    "document_missing": Cause(
        "invoice",
        _lt("Xero does not have this document."),
        _lt("It may have been deleted in Xero. Look there first."),
        opens="xero",
    ),
    "plan_limit": Cause(
        "connection",
        _lt("The Xero plan allows no more approved documents this month."),
        _lt("Upgrade the plan in Xero, or wait for the next month."),
        opens="connection",
    ),
    "no_permission": Cause(
        "connection",
        _lt("The person who connected may not do this in Xero."),
        _lt("Give them the right in Xero, or have someone else connect again."),
        opens="connection",
    ),
    "lines_missing": Cause(
        "invoice",
        _lt("The document has no lines."),
        _lt("Xero takes no document without lines. Add one."),
    ),
    "due_date_missing": Cause(
        "invoice",
        _lt("The document has no due date."),
        _lt("Xero wants one to approve it. Fill it in."),
    ),
    "total_negative": Cause(
        "invoice",
        _lt("The total of the document is below zero."),
        _lt("Xero takes no such invoice. Make it a credit note instead."),
    ),
    "line_total": Cause(
        "invoice",
        _lt("The amount of a line is not its price times its quantity."),
        _lt("Send it again. If it happens again, copy the details for support."),
    ),
    "url_invalid": Cause(
        "invoice",
        _lt("Xero does not accept the link back to Odoo."),
        _lt("The web address of Odoo must be public https; or switch the link off."),
        opens="connection",
    ),
    "too_long": Cause(
        "invoice",
        _lt("A text is longer than Xero allows."),
        _lt("Xero's message says which one. Shorten it."),
    ),
    "refused": Cause(
        "invoice",
        _lt("Xero refused this."),
        _lt("Read Xero's message, correct the record, and send it again."),
    ),
}
