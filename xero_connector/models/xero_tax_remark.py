"""What the tables of taxes add to a suggestion, in words."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

#: By the key that ``lib/tax_tables`` gives. Braces are filled by the row: ``code`` of
#: Odoo's account, ``account`` of Xero's.
REMARKS = {
    "goods_or_services": _lt("Right for goods. Services to or from abroad: ask."),
    "domestic_reverse_charge": _lt(
        "Found by its name. The first document goes as a draft and is checked."
    ),
    "northern_ireland_goods": _lt(
        "Goods from Northern Ireland to the EU only; services have a rate of their own."
    ),
    "first_as_draft": _lt("The first document goes as a draft and is checked."),
    "postponed": _lt(
        "Xero has no rate for this on a bill. It goes as zero-rated; enter the tax of"
        " each month in Xero's return as postponed, from your monthly statement."
    ),
    "leaves_the_return": _lt("Such lines are not in the tax return."),
    "capital_as_expense": _lt(
        "The organisation has no rate for capital purchases, or not for these accounts."
    ),
    "overseas_supplier": _lt("The bill of the supplier abroad carries no tax in Xero."),
    "import_tax": _lt(
        "Import tax. It goes to Xero's tax account with this rate; only the total is"
        " compared."
    ),
    "gross_as_cost": _lt(
        "This tax is not claimed. It goes to Xero as part of the cost."
    ),
    "belongs_in_the_return": _lt(
        "An adjustment of the return, not a tax of documents. Enter it in Xero's"
        " return; documents with it stop."
    ),
    "deferred_gst": _lt(
        "Deferred tax on imports. Enter it in Xero's activity statement; documents with"
        " it stop."
    ),
    "tpar": _lt(
        "As the same tax without TPAR. Xero does not know the mark: report the payments"
        " from Odoo."
    ),
    "withheld": _lt(
        "Held back for the tax office: a negative line. Choose the liability account in"
        " Xero; until then documents with it stop."
    ),
    "simpler_bas": _lt(
        "The organisation has no rate for exports, so they go with the GST-free sales."
    ),
    "ask_input_taxed": _lt(
        "The organisation has no rate for input-taxed sales. Ask your adviser."
    ),
    "ask_adviser": _lt(
        "Xero has no rate for this tax. Documents with it stop; ask your adviser."
    ),
    "zero_rated_refused": _lt("Xero takes its zero rate on sales only."),
    "exempt_sales": _lt("If these sales are exempt, ask your adviser."),
    "former_rate": _lt(
        "A former rate. Credit notes for old invoices need it; Xero may have archived"
        " it."
    ),
    "archived_rate": _lt(
        "Its rate in Xero is archived or deleted and cannot be used any more. Ask your"
        " adviser, or choose another rate."
    ),
    "cost_is_gross": _lt(
        "Not claimable. Check on the first document that Xero's cost includes the tax."
    ),
    "xero_has_zero": _lt(
        "Xero's rate is 0 %, Odoo's is not: the totals would differ. Documents with it"
        " stop until your accountant says how such purchases are entered."
    ),
    "two_taxes_one_code": _lt(
        "Odoo uses two taxes for this, Xero one rate with no tax to pay. Ask your"
        " accountant."
    ),
    "reverse_on_sales": _lt(
        "Xero declares this with the purchase. Sales documents with it stop."
    ),
    "zero_or_exempt": _lt(
        "The chart has no zero-rated or exempt purchases. Ask which of them these are."
    ),
    "same_percent": _lt("Found by its percentage. Check the authority in its name."),
    "nobody_set_taxes": _lt(
        "Odoo's example tax. Set up the taxes that you really charge first."
    ),
    "sales_tax_paid": _lt(
        "Sales tax paid is not claimed back. It goes to Xero as part of the cost."
    ),
    "by_name": _lt("Found by its name."),
    "by_percent": _lt("Found by its percentage."),
    "by_components": _lt("Found by what it is made of."),
    "no_components": _lt(
        "Xero takes one rate per line. Add a rate in Xero made of these taxes, in this"
        " order, then refresh."
    ),
    "unlisted": _lt(
        "No rate in Xero is surely the same. Choose one, or ask your adviser."
    ),
    "fixed_amount": _lt(
        "An amount, not a percentage: it goes to Xero as a line of its own. Choose the"
        " account."
    ),
    "not_percentage": _lt(
        "Not a plain percentage: Xero has nothing like it, and documents with it stop."
    ),
    "on_accounts": _lt(
        "Xero does not take its rate on every account that was used with this tax."
    ),
    "longer_code": _lt("The code in Odoo is longer than Xero's 10 characters."),
    "other_case": _lt("Xero's code differs in capital letters only."),
    "name_as_code": _lt("'{code}' is the name of account {account}, not its code."),
    "nearest_name": _lt("The nearest name among accounts of the same type."),
    "by_type": _lt("An account of the same type."),
}
