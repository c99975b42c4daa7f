"""Lines of purchase orders: their account, and the changes that count."""

from odoo import api, models

_TRACKED = frozenset(
    {
        "name",
        "product_qty",
        "price_unit",
        "discount",
        "tax_ids",
        "product_id",
        "sequence",
        "analytic_distribution",
    }
)


class PurchaseOrderLine(models.Model):
    _name = "purchase.order.line"
    _inherit = ["purchase.order.line", "xero.document.line"]

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id._xero_touch()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if not _TRACKED.isdisjoint(vals):
            self.order_id._xero_touch()
        return result

    def unlink(self):
        orders = self.order_id
        result = super().unlink()
        orders._xero_touch()
        return result

    # === CONTENT === #

    def _xero_document(self):
        return self.order_id

    def _xero_is_main(self):
        return not self.display_type

    def _xero_booked_on(self):
        """The account that the bill will be booked on, as far as the order knows."""
        company = self.company_id
        product = self.product_id.with_company(company)
        if not product:
            return company.expense_account_id
        position = self.order_id.fiscal_position_id
        return product.product_tmpl_id.get_product_accounts(position)["expense"]
