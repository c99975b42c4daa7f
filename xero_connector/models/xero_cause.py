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
    """``record``, ``mapping``, ``lists``, ``connection``, ``xero`` or ``live``."""


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
    "two_taxes": Cause(
        "invoice",
        _lt("A line of %(name)s has several taxes: %(taxes)s."),
        _lt("Xero takes one rate per line. Use one tax per line."),
    ),
    "account_code_long": Cause(
        "invoice",
        _lt("Account code '%(code)s' is longer than 10 characters."),
        _lt("Xero's codes have at most 10. Choose an account that exists in Xero."),
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
            "Sending it would change tax that was already declared. Date it later, or"
            " correct the date 'Returns filed up to' on the connection."
        ),
        opens="connection",
    ),
    "total_differs_before": Cause(
        "invoice",
        _lt("Xero would compute %(name)s %(difference)s differently from Odoo."),
        _lt("Nothing was sent. Check the taxes of its lines."),
    ),
    "third_decimal": Cause(
        "invoice",
        _lt("Xero keeps %(currency)s with two decimals; %(name)s has more."),
        _lt("Round its prices to two decimals."),
    ),
    "changed_after_sending": Cause(
        "invoice",
        _lt("%(name)s was changed in Odoo after it was sent."),
        _lt(
            "Xero still has it as it was on %(date)s. Make the same change there, or"
            " undo it here."
        ),
        opens="xero",
    ),
    "cancelled_here": Cause(
        "invoice",
        _lt("%(name)s is cancelled in Odoo and still in Xero."),
        _lt("Void it in Xero, or make a credit note if the customer has it."),
        opens="xero",
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
    # Said by Xero
    "contact_name_taken": Cause(
        "contact",
        _lt("Another contact in Xero is called %(name)s."),
        _lt("Link this customer to it, or change the name of one of them."),
        opens="link",
    ),
    "contact_number_taken": Cause(
        "contact",
        _lt("Another contact in Xero holds our number for %(name)s."),
        _lt("Link this customer to that contact."),
        opens="link",
    ),
    "contact_archived": Cause(
        "contact",
        _lt("%(name)s is archived in Xero."),
        _lt(
            "Xero does not let apps restore contacts. Restore it in Xero, then press"
            " 'Send to Xero'."
        ),
        opens="xero",
    ),
    "email_invalid": Cause(
        "contact",
        _lt("Xero does not accept the e-mail address of %(name)s."),
        _lt("Correct it; a single address without umlauts."),
    ),
    "invoice_number_taken": Cause(
        "invoice",
        _lt("Xero already has another invoice %(name)s."),
        _lt("Link this invoice to it if it is the same one, or renumber one of them."),
        opens="link",
    ),
    "account_invalid": Cause(
        "invoice",
        _lt("Xero does not accept an account on %(name)s."),
        _lt("Choose another account in the mapping."),
        opens="mapping",
    ),
    "account_archived": Cause(
        "invoice",
        _lt("An account on %(name)s is archived in Xero."),
        _lt("Restore it in Xero or choose another one, then refresh the lists."),
        opens="mapping",
    ),
    "tax_type_account": Cause(
        "invoice",
        _lt("Xero does not take the tax of a line of %(name)s on its account."),
        _lt("Choose another rate or account in the mapping."),
        opens="mapping",
    ),
    "tax_type_invalid": Cause(
        "invoice",
        _lt("Xero does not know the tax rate of a line of %(name)s any more."),
        _lt("Refresh the lists and choose the rate again."),
        opens="mapping",
    ),
    "lock_date": Cause(
        "invoice",
        _lt("%(name)s is dated in a period that is locked in Xero."),
        _lt("It waits here. Move the lock date in Xero, then refresh the lists."),
        opens="lists",
    ),
    "item_code_taken": Cause(
        "item",
        _lt("Xero already has an item with the code of %(name)s."),
        _lt("Give the product another reference, or delete the item in Xero."),
    ),
    "item_code_invalid": Cause(
        "invoice",
        _lt("Xero does not know a product of %(name)s."),
        _lt("Send the product to Xero again."),
    ),
    "not_modifiable": Cause(
        "invoice",
        _lt("%(name)s can no longer be changed in Xero."),
        _lt("It has a payment, or was voided there. Open it in Xero."),
        opens="xero",
    ),
    "plan_limit": Cause(
        "connection",
        _lt("The organisation's Xero plan allows no more approved invoices."),
        _lt("Upgrade the plan in Xero, or approve fewer. Then press 'Send now'."),
        opens="connection",
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
    "refused": Cause(
        "invoice",
        _lt("Xero did not accept %(name)s."),
        _lt("Read Xero's words, correct it, and it goes by itself."),
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
