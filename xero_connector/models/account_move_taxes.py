"""What becomes of the taxes of a line: Xero takes one rate, Odoo any number (N31)."""

from dataclasses import dataclass, field

from odoo import models


@dataclass
class Treatment:
    """How the taxes of one line go to Xero."""

    taxes: object
    """The percentages that the line's rate stands for; may be empty."""
    rate: object
    """The line's xero.tax.rate; empty where none is mapped."""
    apart: list = field(default_factory=list)
    """Taxes that become lines of their own: list of (account.tax, mapping)."""
    cost: object = None
    """Taxes that cannot be claimed and belong to the cost (T25)."""
    is_reverse: bool = False
    """Xero computes both sides by itself; no tax amount may be sent (T19)."""

    def rate_on(self, tax):
        """The rate that a fee takes as well, None where it is not taxed (T28)."""
        return self.rate if tax.include_base_amount and self.taxes else None


#: Actions of a tax's mapping that make a line of their own.
APART = ("extra_line", "withhold", "import_tax")


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _xero_treatment(self, facts):
        """What becomes of this line's taxes.

        :rtype: Treatment
        """
        taxes = self.tax_ids.flatten_taxes_hierarchy()
        actions = {tax: facts.tax_rows.get(tax.id) for tax in taxes}
        apart = [
            (tax, row)
            for tax, row in actions.items()
            if row and row.xero_action in APART
        ]
        cost = taxes.filtered(
            lambda tax: actions[tax] and actions[tax].xero_action == "gross"
        )
        plain = taxes - cost - taxes.browse(tax.id for tax, _row in apart)
        rate = self._xero_rate(facts, plain)
        return Treatment(
            taxes=plain,
            rate=rate,
            apart=apart,
            cost=cost,
            is_reverse=bool(rate) and rate._is_reverse_charge(),
        )

    def _xero_rate(self, facts, taxes):
        """The Xero rate of one, several or no percentages; of a group, its own."""
        if not taxes:
            return facts.no_tax
        group = self.tax_ids if len(self.tax_ids) == 1 else taxes
        if own := self._xero_rate_of_one(facts, group):
            return own
        if len(taxes) > 1:
            return facts.tax_sets.get(frozenset(taxes.ids))
        return self._xero_rate_of_one(facts, taxes)

    def _xero_rate_of_one(self, facts, tax):
        """The rate chosen for one tax, or for its group; on fixed assets another."""
        if len(tax) != 1:
            return None
        asset = self.account_id.account_type == "asset_fixed"
        on_assets = facts.asset_taxes.get(tax.id) if asset else None
        return on_assets or facts.taxes.get(tax.id)
