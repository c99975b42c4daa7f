from odoo import api, fields, models

from .xero_mapped import in_xero


class ProductTemplate(models.Model):
    """A product may be sold on an account of its own in Xero (S74)."""

    _name = "product.template"
    _inherit = ["product.template", "xero.mapped.mixin"]

    _xero_mapping_kind = "product"
    _xero_mapping_field = "xero_sale_account_id"

    xero_sale_account_id = in_xero(
        "xero.account",
        "Sales Account in Xero",
        help="Where it is empty, the product goes where its income account goes.",
    )
    xero_fitting_account_ids = fields.Many2many(
        "xero.account", compute="_compute_xero_fitting_account_ids", compute_sudo=True
    )

    @api.depends_context("company")
    def _compute_xero_fitting_account_ids(self):
        """What may be chosen; nothing where accounts are not mapped at all."""
        connection = self.env.company._xero_connection().sudo()
        connection = connection.filtered(lambda c: c.account_source == "mapping")
        accounts = self.env["xero.account"].search(
            [
                ("connection_id", "=", connection.id),
                ("account_class", "=", "REVENUE"),
            ]
        )
        for product in self:
            product.xero_fitting_account_ids = accounts
