"""Documents and entries as money sees them: whose parts are looked at again."""

from odoo import models

#: Documents that money can settle.
DOCUMENTS = ("out_invoice", "in_invoice", "out_refund", "in_refund")


class AccountMove(models.Model):
    _inherit = "account.move"

    def write(self, vals):
        """Entries that are posted, reset or cancelled concern what they settle."""
        result = super().write(vals)
        if "matched_payment_ids" in vals:
            self._xero_touch()
        if "state" in vals:
            self.filtered(lambda move: move.move_type == "entry")._xero_touch_settled()
        return result

    def _xero_touch_settled(self):
        """Touch the documents that these entries settle."""
        if not self or not self.env["xero.connection"]._live_ids():
            return
        lines = self.sudo().line_ids
        partials = lines.matched_debit_ids | lines.matched_credit_ids
        settled = (partials.debit_move_id | partials.credit_move_id).move_id - self
        settled._xero_touch()
