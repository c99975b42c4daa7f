from odoo import api, fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

#: Rates that Xero does not accept from apps (T26).
_NOT_FOR_APPS = {"AVALARA", "USSALESTAX"}

#: Xero's account class to the flag that says whether a rate may stand there (T24).
CLASS_FLAGS = {
    "ASSET": "on_assets",
    "EQUITY": "on_equity",
    "EXPENSE": "on_expenses",
    "LIABILITY": "on_liabilities",
    "REVENUE": "on_revenue",
}


class XeroTaxRate(models.Model):
    """A copy of one tax rate of Xero's."""

    _name = "xero.tax.rate"
    _description = "Xero Tax Rate"
    _inherit = ["xero.reference.mixin"]
    _order = "name"

    _xero_operation = "get_tax_rates"
    _xero_list_name = _lt("tax rates")
    _xero_endpoint = "TaxRates"

    tax_type = fields.Char(readonly=True)
    effective_rate = fields.Float("Rate (%)", digits=(16, 4), readonly=True)
    report_tax_type = fields.Char(readonly=True)
    on_assets = fields.Boolean(readonly=True)
    on_equity = fields.Boolean(readonly=True)
    on_expenses = fields.Boolean(readonly=True)
    on_liabilities = fields.Boolean(readonly=True)
    on_revenue = fields.Boolean(readonly=True)

    @api.depends("name", "effective_rate")
    def _compute_display_name(self):
        for rate in self:
            rate.display_name = f"{rate.name} ({rate.effective_rate:g} %)"

    @api.model
    def _values(self, element):
        usable = (
            element.get("Status") == "ACTIVE"
            and element.get("TaxType") not in _NOT_FOR_APPS
            and element.get("ReportTaxType") not in _NOT_FOR_APPS
        )
        return {
            "key": element["TaxType"],
            "tax_type": element["TaxType"],
            "name": element.get("Name"),
            "effective_rate": float(element.get("EffectiveRate") or 0),
            "report_tax_type": element.get("ReportTaxType"),
            "on_assets": bool(element.get("CanApplyToAssets")),
            "on_equity": bool(element.get("CanApplyToEquity")),
            "on_expenses": bool(element.get("CanApplyToExpenses")),
            "on_liabilities": bool(element.get("CanApplyToLiabilities")),
            "on_revenue": bool(element.get("CanApplyToRevenue")),
            "active": usable,
        }

    def _allowed_on(self, account):
        """Whether Xero takes this rate on lines of this account (T24)."""
        flag = CLASS_FLAGS.get(account.account_class)
        return not flag or self[flag]
