"""Odoo's records show what they are in Xero, in the reader's company."""

from odoo import api, fields, models

from .xero_mapping import SIDES


def in_xero(comodel, label, **options):
    """A field that shows and chooses what a record is in Xero."""
    return fields.Many2one(
        comodel,
        label,
        compute="_compute_xero_mapping",
        inverse="_inverse_xero_mapping",
        **options,
    )


class XeroMappedMixin(models.AbstractModel):
    _name = "xero.mapped.mixin"
    _description = "Mapped To Something In Xero"

    _xero_mapping_kind = None
    _xero_mapping_field = None

    @api.depends_context("company")
    def _compute_xero_mapping(self):
        connection = self.env.company._xero_connection()
        found = {}
        if connection:
            mapping = self.env["xero.mapping"].sudo()
            found = mapping._by_record(connection, self._xero_mapping_kind, self)
        for record in self:
            record[self._xero_mapping_field] = found.get(record._origin.id, False)

    def _inverse_xero_mapping(self):
        self.env["xero.connection"]._check_manager()
        connection = self.env.company._xero_connection()
        for record in self if connection else ():
            row = self.env["xero.mapping"]._ensure(
                connection, self._xero_mapping_kind, record
            )
            target = SIDES[self._xero_mapping_kind][1]
            row[target] = record[self._xero_mapping_field]


class AccountAccount(models.Model):
    _name = "account.account"
    _inherit = ["account.account", "xero.mapped.mixin"]

    _xero_mapping_kind = "account"
    _xero_mapping_field = "xero_account_id"

    xero_account_id = in_xero("xero.account", "Account in Xero")


class AccountTax(models.Model):
    _name = "account.tax"
    _inherit = ["account.tax", "xero.mapped.mixin"]

    _xero_mapping_kind = "tax"
    _xero_mapping_field = "xero_tax_rate_id"

    xero_tax_rate_id = in_xero("xero.tax.rate", "Rate in Xero")

    def _xero_percentage(self):
        """What the other party pays, in percent: nothing under a reverse charge.

        Odoo's division is a part of the amount *with* the tax: 10 are 11.11 % of the
        net. There may be no net at all, as with taxes on imports.
        """
        if self.has_negative_factor:
            return 0
        if self.amount_type == "division" and self.amount < 100:
            return 100 * self.amount / (100 - self.amount)
        return self.amount

    def _xero_percentages(self):
        """What these taxes are together, in percent, one on top of the other where
        Odoo says so."""
        base, together = 100, 0
        for tax in self.sorted("sequence"):
            amount = base * tax._xero_percentage() / 100
            together += amount
            base += amount if tax.include_base_amount else 0
        return together

    def _xero_rate_differs(self, rate):
        """Whether a Xero rate taxes otherwise; then it is not the same tax.

        A tax amount of ours on the line would hide that from the totals, not from the
        return.
        """
        if not {"percent", "division"}.issuperset(self.mapped("amount_type")):
            return False
        return abs(self._xero_percentages() - rate._charged_rate()) > 0.005


class AccountJournal(models.Model):
    _name = "account.journal"
    _inherit = ["account.journal", "xero.mapped.mixin"]

    _xero_mapping_kind = "journal"
    _xero_mapping_field = "xero_account_id"

    xero_account_id = in_xero("xero.account", "Account in Xero")


class AccountPaymentMethodLine(models.Model):
    _name = "account.payment.method.line"
    _inherit = ["account.payment.method.line", "xero.mapped.mixin"]

    _xero_mapping_kind = "method"
    _xero_mapping_field = "xero_account_id"

    xero_account_id = in_xero(
        "xero.account",
        "Account in Xero",
        help="The journal's account in Xero where this is empty.",
    )

    def _compute_xero_mapping(self):
        result = super()._compute_xero_mapping()
        for line in self:
            own = line.xero_account_id
            line.xero_account_id = own or line.journal_id.xero_account_id
        return result


class AccountAnalyticPlan(models.Model):
    _name = "account.analytic.plan"
    _inherit = ["account.analytic.plan", "xero.mapped.mixin"]

    _xero_mapping_kind = "plan"
    _xero_mapping_field = "xero_tracking_category_id"

    xero_tracking_category_id = in_xero(
        "xero.tracking.category", "Tracking Category in Xero"
    )


class AccountAnalyticAccount(models.Model):
    _name = "account.analytic.account"
    _inherit = ["account.analytic.account", "xero.mapped.mixin"]

    _xero_mapping_kind = "analytic"
    _xero_mapping_field = "xero_tracking_option_id"

    xero_tracking_option_id = in_xero("xero.tracking.option", "Tracking Option in Xero")
