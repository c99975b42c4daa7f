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
            entries = self.filtered(lambda move: move.move_type == "entry")
            entries._xero_touch_settled()
            entries._xero_touch()
        return result

    def unlink(self):
        self.filtered(lambda move: move._xero_moves_money())._xero_touch()
        return super().unlink()

    def _xero_is_watched(self):
        return super()._xero_is_watched() or self._xero_moves_money()

    def _xero_moves_money(self):
        """Whether this one move is a payment's or a bank line's."""
        return self.move_type == "entry" and bool(
            self.origin_payment_id or self.statement_line_id
        )

    def _xero_touch_settled(self):
        """Touch the documents that these entries settle."""
        if self and self.env["xero.connection"]._live_ids():
            self._xero_settled()._xero_touch()

    def _xero_settled(self):
        """What these entries settle, or are settled by."""
        lines = self.sudo().line_ids
        partials = lines.matched_debit_ids | lines.matched_credit_ids
        return (partials.debit_move_id | partials.credit_move_id).move_id - self
