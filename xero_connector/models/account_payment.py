from odoo import models

_TRACKED = frozenset(
    {
        "state",
        "date",
        "amount",
        "memo",
        "payment_reference",
        "journal_id",
        "payment_method_line_id",
    }
)


class AccountPayment(models.Model):
    """A payment's documents are looked at again when it changes."""

    _inherit = "account.payment"

    def write(self, vals):
        result = super().write(vals)
        if not _TRACKED.isdisjoint(vals):
            self._xero_touch_documents()
        return result

    def unlink(self):
        self._xero_touch_documents()
        return super().unlink()

    def _xero_touch_documents(self):
        if self.env["xero.connection"]._live_ids():
            self.invoice_ids._xero_touch()
            self.move_id._xero_touch_settled()
            self.move_id._xero_touch()
