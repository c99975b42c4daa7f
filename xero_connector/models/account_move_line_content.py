"""What one line says in Xero: description, account, item, tracking."""

from decimal import Decimal

from odoo import models

from .xero_account_segment import code_of

TEXT_MAX = 4000


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # === TEXT === #

    def _xero_description(self, facts):
        """The text of this line, by the option (S104, S123)."""
        source = facts.connection.line_description
        own = (self.name or "").strip()
        product = self.product_id.display_name or ""
        if source == "product" and product:
            return product
        if source == "product_line" and product and not own.startswith(product):
            return f"{product}\n{own}".strip()
        return own or product

    # === ACCOUNT === #

    def _xero_account(self, facts):
        """The account in Xero: mapped, of the item, or by a made code (S73, S82).

        :return: a xero.account, empty if there is none
        """
        source, none = facts.connection.account_source, self.env["xero.account"]
        if self.display_type == "product" and source != "mapping":
            return facts.account_codes.get(self._xero_account_code(facts), none)
        connection = facts.connection.sudo()
        default = (
            connection.default_sale_account_id
            if self.move_id._xero_is_sale()
            else connection.default_purchase_account_id
        )
        return facts.accounts.get(self.account_id.id) or default

    def _xero_account_code(self, facts):
        """The code that this line's item has, or that its parts make."""
        if facts.connection.account_source == "item":
            return facts.item_accounts.get(self._xero_item_code(facts))
        return code_of(facts.connection.sudo(), self)

    # === ITEM === #

    def _xero_item_code(self, facts):
        """The item's code, or None where the line goes without."""
        connection = facts.connection
        if connection.item_source == "analytic":
            plan = connection.sudo().item_plan_id
            return self._xero_analytic_account(plan).code or None
        return facts.items.get(self.product_id.id)

    # === TRACKING === #

    def _xero_distribution(self, facts):
        """Analytic distribution in terms of Xero's categories.

        :return: list of (dict of category id to option, percent as Decimal)
        """
        if not facts.tracking:
            return []
        return [
            (self._xero_options(facts, key), Decimal(str(percent)))
            for key, percent in (self.analytic_distribution or {}).items()
        ]

    def _xero_options(self, facts, key):
        options = (facts.tracking.get(int(each)) for each in key.split(","))
        return {option.category_id.id: option for option in options if option}

    def _xero_analytic_accounts(self):
        """Every analytic account of this line."""
        ids = {
            int(each)
            for key in self.analytic_distribution or {}
            for each in key.split(",")
        }
        return self.env["account.analytic.account"].browse(sorted(ids))

    def _xero_analytic_account(self, plan):
        """The first account of a plan that this line is distributed to."""
        return self._xero_analytic_accounts().filtered(
            lambda account: account.root_plan_id == plan
        )[:1]
