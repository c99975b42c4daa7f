"""What is not mapped, or mapped to what Xero does not take."""

from odoo.tools import LazyTranslate

from .cause import Cause

_lt = LazyTranslate(__name__)

CAUSES = {
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
}
