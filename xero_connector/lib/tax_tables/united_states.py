"""United States: ``l10n_us_account`` and Odoo's generic chart (accounting.md 3.7).

Xero has no standard rates there: OUTPUT and INPUT are 0 %. Firms add their own, so the
total percentage finds them, and the name decides between several.
"""

from .suggestion import Suggestion, low, medium

_STATE_RATES = [
    "2_9",
    "4",
    "4_2",
    "4_225",
    "4_5",
    "4_75",
    "4_875",
    "5",
    "5_3",
    "5_5",
    "5_6",
    "5_75",
    "6",
    "6_1",
    "6_25",
    "6_35",
    "6_5",
    "6_625",
    "6_85",
    "6_875",
    "7",
    "7_25",
]

_SAME_PERCENT = Suggestion(confidence="medium", remark="same_percent", find="rate")
_UNTOUCHED = _SAME_PERCENT.but(confidence="low", remark="nobody_set_taxes")
_PAID = low("NONE", "sales_tax_paid", action="gross")

TAXES = {
    "account_tax_us_sale_0": medium("NONE"),
    "sale_export_tax_template": medium("NONE"),
    "sale_tax_template": _UNTOUCHED,
    "purchase_tax_template": _UNTOUCHED,
    **{f"account_tax_us_sale_{rate}": _SAME_PERCENT for rate in _STATE_RATES},
    **{f"account_tax_us_purchase_{rate}": _PAID for rate in _STATE_RATES},
}

NO_TAX_SALE = NO_TAX_PURCHASE = medium("NONE")
