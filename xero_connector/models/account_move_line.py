from odoo import api, models

_TRACKED = frozenset(
    {
        "name",
        "quantity",
        "price_unit",
        "discount",
        "account_id",
        "tax_ids",
        "product_id",
        "sequence",
        "analytic_distribution",
    }
)


class AccountMoveLine(models.Model):
    """Labels and analytics of posted lines change without a write on the document."""

    _name = "account.move.line"
    _inherit = ["account.move.line", "xero.document.line"]

    def _xero_document(self):
        return self.move_id

    def _xero_booked_on(self):
        return self.account_id

    def _xero_is_main(self):
        return self.display_type == "product"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._xero_touch_documents()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if not _TRACKED.isdisjoint(vals):
            self._xero_touch_documents()
        return result

    def unlink(self):
        documents = self.move_id
        result = super().unlink()
        documents._xero_touch_posted()
        return result

    def _xero_touch_documents(self):
        if self.env["xero.connection"]._live_ids():
            self.move_id._xero_touch_posted()
