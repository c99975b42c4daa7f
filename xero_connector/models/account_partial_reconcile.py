from odoo import api, models


class AccountPartialReconcile(models.Model):
    """What settles what: the documents on both sides are looked at again."""

    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        partials._xero_touch_documents()
        return partials

    def unlink(self):
        self._xero_touch_documents()
        return super().unlink()

    def _xero_touch_documents(self):
        if self.env["xero.connection"]._live_ids():
            lines = self.debit_move_id | self.credit_move_id
            lines.move_id._xero_touch()
