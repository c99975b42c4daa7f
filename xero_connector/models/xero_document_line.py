"""What one line says in Xero: description, account, item, tracking."""

from decimal import Decimal

from odoo import models

from .xero_account_segment import code_of

TEXT_MAX = 4000


class XeroDocumentLine(models.AbstractModel):
    _name = "xero.document.line"
    _description = "Line Of A Document Synced With Xero"

    # === A KIND OF DOCUMENT SAYS THESE === #

    def _xero_document(self):
        """The document of this one line."""
        raise NotImplementedError

    def _xero_booked_on(self):
        """The account in Odoo that this one line is booked on."""
        raise NotImplementedError

    def _xero_is_main(self):
        """Whether this is a line that people write, with a text and an amount."""
        raise NotImplementedError

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

        What was chosen for a product that is sold goes before what is mapped, and
        services have a default of their own (S74).

        :return: a xero.account, empty if there is none
        """
        source, none = facts.connection.account_source, self.env["xero.account"]
        if self._xero_is_main() and source != "mapping":
            return facts.account_codes.get(self._xero_account_code(facts), none)
        product, sold = self.product_id, self._xero_document()._xero_is_sale()
        chosen = facts.product_accounts.get(product.product_tmpl_id.id)
        mapped = facts.accounts.get(self._xero_booked_on().id)
        return (sold and chosen) or mapped or self._xero_default_account(facts, sold)

    def _xero_default_account(self, facts, sold):
        """The connection's account for lines whose own is not mapped (S71, S74)."""
        connection = facts.connection.sudo()
        if not sold:
            return connection.default_purchase_account_id
        services = connection.default_service_account_id
        if services and self.product_id.type == "service":
            return services
        return connection.default_sale_account_id

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
