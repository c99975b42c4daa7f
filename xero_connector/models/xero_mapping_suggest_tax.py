"""What a tax is in Xero: by the chart's template id, else by rate or by name."""

from odoo import models

from ..lib import tax_tables
from ..lib.tax_tables import Suggestion
from ..lib.tax_tables.suggestion import low, medium, none


class XeroMapping(models.Model):
    _inherit = "xero.mapping"

    def _suggest_tax(self, advice):
        """By the tables; hand-made taxes by percentage or name, to be checked (N31)."""
        tax = self.tax_id
        known = tax_tables.suggestion(advice.country, self._template_id(advice))
        suggestion = known or self._unknown_tax(tax)
        return self._rate_choice(advice, suggestion, tax)

    def _template_id(self, advice):
        """The chart template's own name of this tax, which users cannot rename.

        Empty for a tax of another country's chart, whose ids mean something else.
        """
        if self.tax_id.country_id.code != advice.country:
            return ""
        external = self.tax_id.get_external_id()[self.tax_id.id]
        module, _dot, name = external.partition(".")
        company, _underscore, template = name.partition("_")
        return template if module == "account" and company.isdecimal() else ""

    def _unknown_tax(self, tax):
        """A tax that somebody made: what it is by its kind, percentage or name."""
        if tax.amount_type == "fixed":
            return none("fixed_amount", action="extra_line")
        if tax.amount_type == "group":
            return Suggestion(confidence="medium", find="parts")
        if tax.amount_type not in ("percent", "division"):
            return none("not_percentage")
        if tax.amount < 0:
            return none("withheld", action="withhold")
        if tax.amount and not tax.has_negative_factor:
            return Suggestion(confidence="medium", remark="by_percent", find="rate")
        return tax_tables.by_words(tax.name) or none("unlisted")

    def _rate_choice(self, advice, suggestion, taxes, pairs=None):
        """The rate that the organisation has for a suggestion, as columns of the row.

        One that Xero would refuse on an account in use is the first choice only (T24).
        """
        if suggestion.find == "parts":
            return self._parts_choice(advice, taxes.children_tax_ids)
        tax = self._as_tax(taxes)
        if pairs is None:
            pairs = [each for each in advice.pairs if each.tax_ids == tuple(taxes.ids)]
        on_account = suggestion.action == "rate"
        step, rate = tax_tables.choose(
            suggestion,
            tax,
            advice.rates,
            lambda rate: not on_account or advice.takes_accounts(rate, pairs),
        )
        if not rate and on_account:
            step, rate = tax_tables.choose(suggestion, tax, advice.rates)
            step = low("", "on_accounts") if rate else step
        if not rate and step.tax_type in advice.unusable:
            step = step.but(remark="archived_rate")
        return self._as_choice(step, rate)

    def _as_tax(self, taxes):
        plain = taxes.amount_type in ("percent", "division")
        return tax_tables.Tax(
            name=taxes.name or "",
            side=self._tax_side() or "",
            percentage=taxes._xero_percentage() if plain else None,
            reverse=taxes.has_negative_factor,
        )

    def _as_choice(self, step, rate):
        """Sure and likely rates are filled in; a first choice is only shown."""
        filled = rate if rate and step.confidence in ("high", "medium") else None
        confidence = step.confidence if rate else "none"
        return {
            "xero_tax_rate_id": filled.id if filled else False,
            "suggested_rate_id": rate.id if rate else False,
            "xero_action": step.action,
            "confidence": confidence,
            "suggested_confidence": confidence,
            "remark_key": step.remark or ("" if rate else "unlisted"),
        }

    # === SEVERAL TAXES === #

    def _suggest_tax_set(self, advice):
        """The one rate of Xero's that is made of the same parts in the same order."""
        return self._parts_choice(advice, self.tax_ids)

    def _parts_choice(self, advice, taxes):
        taxes = taxes.sorted(lambda tax: (tax.sequence, tax.id))
        found = tax_tables.same_components(self._parts(taxes), advice.rates)
        rate = next(
            (each for each in found if tax_tables.is_for_side(each, self._tax_side())),
            None,
        )
        return self._as_choice(
            medium("", "by_components") if rate else none("no_components"), rate
        )

    def _parts(self, taxes):
        """(percentage, compound) of each tax; nothing for what is no percentage.

        Xero's compound is a tax on top of the taxes before it.
        """
        if any(tax.amount_type != "percent" for tax in taxes):
            return ()
        parts, on_top = [], False
        for tax in taxes:
            parts.append((tax.amount, on_top and tax.is_base_affected))
            on_top = on_top or tax.include_base_amount
        return parts

    # === FIXED ASSETS === #

    def _suggest_tax_asset(self, advice):
        """The rate for fixed assets; empty means the tax's own rate."""
        tax = self.tax_id
        known = tax_tables.suggestion(advice.country, self._template_id(advice))
        if not known or not known.on_assets:
            return self._as_choice(none(""), None) | {"remark_key": ""}
        suggestion = known.but(tax_type=known.on_assets, otherwise=None)
        return self._rate_choice(advice, suggestion, tax, pairs=[])

    # === NO TAX === #

    def _suggest_no_tax(self, advice):
        """The rate for lines without a tax: always sent, never left out (T17)."""
        side = self._tax_side()
        suggestion = tax_tables.no_tax(advice.country, side)
        tax = tax_tables.Tax(name="", side=side, percentage=0)
        pairs = [
            pair for pair in advice.pairs if not pair.tax_ids and pair.side == side
        ]
        step, rate = tax_tables.choose(
            suggestion,
            tax,
            advice.rates,
            lambda rate: advice.takes_accounts(rate, pairs),
        )
        return self._as_choice(step, rate)

    _suggest_no_tax_sale = _suggest_no_tax
    _suggest_no_tax_purchase = _suggest_no_tax
