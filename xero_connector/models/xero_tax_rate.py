from odoo import api, fields, models
from odoo.tools import LazyTranslate

from ..lib import tax_tables

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


def _component(element):
    """One component of a rate, as we keep it."""
    return {
        "name": element.get("Name"),
        "rate": float(element.get("Rate") or 0),
        "compound": bool(element.get("IsCompound")),
        "non_recoverable": bool(element.get("IsNonRecoverable")),
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
    components = fields.Json(
        readonly=True,
        help="What the rate is made of, in order: name, rate, compound,"
        " non_recoverable.",
    )
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
            "components": [
                _component(each) for each in element.get("TaxComponents") or ()
            ],
            "inactive_reason": self._reason(element),
        }

    @api.model
    def _reason(self, element):
        kinds = {element.get("TaxType"), element.get("ReportTaxType")}
        if kinds & _NOT_FOR_APPS:
            return "not_for_apps"
        return super()._reason(element)

    def _is_reverse_charge(self):
        """Whether Xero computes both sides of the tax and charges none (T19)."""
        return tax_tables.is_reverse(self)

    def _charged_rate(self):
        """The percentage that the other party is charged."""
        return 0 if self._is_reverse_charge() else self.effective_rate

    def _allowed_on(self, account):
        """Whether Xero takes this rate on lines of this account (T24)."""
        flag = CLASS_FLAGS.get(account.account_class)
        return not flag or self[flag]
