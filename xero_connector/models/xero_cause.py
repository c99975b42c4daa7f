"""The words for every cause that can stop a record: what happened, what to do.

Sentences are filled with the values of a ``Problem`` or a note. Say what screens.md
says: customer, bill, tax, account, organisation; never how it works inside.
"""

from dataclasses import dataclass

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


@dataclass(frozen=True)
class Cause:
    """``category`` is where it is listed; ``opens`` names what the button mends."""

    category: str
    title: str
    advice: str
    opens: str = "record"
    """``record``, ``mapping``, ``lists``, ``connection``, ``xero``, ``live``, ``link``,
    ``conflict``, ``reverse`` or ``filed``."""


CAUSES = {
    # Found before sending
    "account_unmapped": Cause(
        "invoice",
        _lt("Account '%(name)s' has no account in Xero."),
        _lt("Choose the Xero account. Everything that waits for it goes by itself."),
        opens="mapping",
    ),
    "tax_unmapped": Cause(
        "invoice",
        _lt("Tax '%(name)s' has no Xero rate."),
        _lt("Choose the Xero rate. Everything that waits for it goes by itself."),
        opens="mapping",
    ),
    "no_tax_sale_unmapped": Cause(
        "invoice",
        _lt("Lines without a tax have no Xero rate."),
        _lt("Choose which rate such lines take, for example 'No VAT'."),
        opens="mapping",
    ),
    "tax_on_account": Cause(
        "invoice",
        _lt("'%(rate)s' cannot be used with %(account)s in Xero."),
        _lt("Choose another rate for tax '%(tax)s', or another account."),
        opens="mapping",
    ),
    "no_tax_purchase_unmapped": Cause(
        "invoice",
        _lt("Lines of bills without a tax have no Xero rate."),
        _lt("Choose which rate such lines take, for example 'No VAT'."),
        opens="mapping",
    ),
    "tax_set_unmapped": Cause(
        "invoice",
        _lt("Several taxes stand on one line: %(taxes)s."),
        _lt(
            "Xero takes one rate per line. Add a rate in Xero made of them, refresh the"
            " lists, then choose it."
        ),
        opens="mapping",
    ),
    "tax_kind": Cause(
        "invoice",
        _lt("'%(tax)s' is not a percentage."),
        _lt("Say in Mapping on which account it goes to Xero as a line of its own."),
        opens="mapping",
    ),
    "rate_archived": Cause(
        "invoice",
        _lt("'%(rate)s' is archived in Xero and cannot be used any more."),
        _lt("Choose another rate, or ask your adviser how to credit old-rate sales."),
        opens="mapping",
    ),
    "rate_differs": Cause(
        "invoice",
        _lt("Tax '%(tax)s' is %(ours)s %%, its Xero rate '%(rate)s' %(theirs)s %%."),
        _lt("Choose a Xero rate with the same percentage."),
        opens="mapping",
    ),
    "account_code_long": Cause(
        "invoice",
        _lt("Account code '%(code)s' is longer than 10 characters."),
        _lt("Xero's codes have at most 10. Choose an account that exists in Xero."),
        opens="mapping",
    ),
    "account_code_unknown": Cause(
        "invoice",
        _lt("Xero has no account with the code '%(code)s'. %(hint)s"),
        _lt("Add the account in Xero and refresh the lists, or correct the parts."),
        opens="lists",
    ),
    "account_code_empty": Cause(
        "invoice",
        _lt("No account code can be made for a line of %(name)s."),
        _lt("Its item has no account in Xero, or all parts of the code are empty."),
    ),
    "account_not_for_lines": Cause(
        "invoice",
        _lt("Xero takes no lines on %(account)s."),
        _lt("Bank, debtors and creditors accounts do not go. Choose another account."),
        opens="mapping",
    ),
    "cis_account": Cause(
        "invoice",
        _lt("Xero does not let apps write CIS documents (%(account)s)."),
        _lt("Enter %(name)s in Xero, then link it here so that it is not missed."),
        opens="link",
    ),
    "analytic_unmapped": Cause(
        "invoice",
        _lt("'%(name)s' has no tracking option in Xero."),
        _lt("Choose the option. Everything that waits for it goes by itself."),
        opens="mapping",
    ),
    "analytic_over": Cause(
        "invoice",
        _lt("The analytic distribution of a line of %(name)s is more than 100 %%."),
        _lt("Correct it; a line in Xero cannot be more than itself."),
    ),
    "tracking_archived": Cause(
        "invoice",
        _lt("The tracking option '%(option)s' is archived in Xero."),
        _lt("Restore it in Xero and refresh the lists, or choose another option."),
        opens="mapping",
    ),
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
    "rounding_account_missing": Cause(
        "invoice",
        _lt("Xero would differ by %(amount)s and has no account for rounding."),
        _lt("Xero's own rounding account is missing. Refresh the lists."),
        opens="lists",
    ),
    "tax_proof_failed": Cause(
        "invoice",
        _lt("Xero computed %(theirs)s for %(name)s; Odoo has %(ours)s."),
        _lt(
            "It was the first document with this tax and is a draft in Xero. Choose"
            " another rate; what waits for it stays here."
        ),
        opens="mapping",
    ),
    "currency_missing": Cause(
        "invoice",
        _lt("The organisation in Xero does not use %(currency)s."),
        _lt(
            "In Xero: Settings, Currencies, Add currency. Then press 'Refresh lists'"
            " and the documents go by themselves."
        ),
        opens="lists",
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
    "number_in_xero": Cause(
        "invoice",
        _lt("Xero has another document with the number %(number)s."),
        _lt("Link it to this one if it is the same, or change one of the numbers."),
        opens="xero",
    ),
    "third_decimal": Cause(
        "invoice",
        _lt("Xero keeps %(currency)s with two decimals; %(name)s has %(amount)s."),
        _lt("Round its prices to two decimals."),
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
    "contact_name_missing": Cause(
        "contact",
        _lt("A customer has no name."),
        _lt("Give it one; its invoices follow by themselves."),
    ),
    "contact_name_long": Cause(
        "contact",
        _lt("The name of %(name)s has more than 255 characters."),
        _lt("Shorten it; Xero takes no longer names."),
    ),
    "contact_email_invalid": Cause(
        "contact",
        _lt("'%(email)s' is not one plain e-mail address."),
        _lt("Xero takes a single address without umlauts. Correct it."),
    ),
    "contact_comes_from_xero": Cause(
        "contact",
        _lt("%(name)s is not in Xero, and contacts come from there."),
        _lt("Create the contact in Xero, or link this one to it."),
        opens="link",
    ),
    "contact_group": Cause(
        "contact",
        _lt("%(name)s is in none of the groups that go to Xero: %(groups)s."),
        _lt("Give it one of these tags; its invoices follow by themselves."),
    ),
    "contact_doubtful": Cause(
        "contact",
        _lt("%(name)s may be in Xero already, as %(other)s."),
        _lt("Say whether they are the same. Its invoices wait for that."),
        opens="match",
    ),
    "contact_conflict": Cause(
        "contact",
        _lt("%(name)s was changed in Odoo and in Xero: %(fields)s."),
        _lt("Choose which counts. Until then each side keeps its own."),
        opens="compare",
    ),
    "contact_not_taken": Cause(
        "contact",
        _lt("Odoo did not accept what Xero says of %(name)s."),
        _lt("Correct it on either side: %(reason)s"),
        opens="compare",
    ),
    "contact_merged": Cause(
        "contact",
        _lt("%(name)s was merged into %(other)s in Xero."),
        _lt("Merge the two contacts in Odoo as well. Documents go to the other then."),
    ),
    "account_ref_missing": Cause(
        "contact",
        _lt("%(name)s has no account reference."),
        _lt("Type one that nobody else has, on the contact."),
    ),
    "account_ref_elsewhere": Cause(
        "contact",
        _lt("%(number)s, the account reference of %(name)s, is %(other)s in Xero."),
        _lt("Link the two if they are the same, or choose another reference."),
        opens="link",
    ),
    "account_ref_archived": Cause(
        "contact",
        _lt("%(number)s belongs to %(other)s, which is archived in Xero."),
        _lt("Restore that contact in Xero and link it, or choose another reference."),
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
    # Said by Xero: codes of lib/message_patterns.py
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
        _lt("%(name)s was closed by entry %(entry)s, which moved no money."),
        _lt(
            "Xero cannot take it. Make a credit note, or pay both documents from one"
            " clearing account; ask your accountant about the tax."
        ),
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
        _lt("Xero takes one foreign currency per payment. Use another account."),
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
        _lt("The payment is reconciled in Xero and cannot be undone from here."),
        _lt("Undo the reconciliation in Xero first, or leave the payment as it is."),
        opens="xero",
    ),
    "payment_in_batch": Cause(
        "payment",
        _lt("The payment is part of a batch in Xero."),
        _lt("Undo the whole batch, or leave the payment as it is."),
        opens="xero",
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

#: Causes that one note covers for all the documents they stop: what must be mended is
#: not the document.
SHARED = {
    "account_archived",
    "account_invalid",
    "currency_missing",
    "lock_date",
    "no_permission",
    "plan_limit",
    "tax_type_account",
    "tax_type_invalid",
    "url_invalid",
}
