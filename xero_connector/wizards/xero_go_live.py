from odoo import fields, models


class XeroGoLive(models.TransientModel):
    """Asks once what becomes of the trial drafts (N33)."""

    _name = "xero.go.live"
    _description = "Go Live With Xero"

    connection_id = fields.Many2one("xero.connection", required=True, readonly=True)
    draft_count = fields.Integer(related="connection_id.trial_count")

    def action_approve(self):
        """Go live and approve the drafts."""
        return self._go(True)

    def action_leave(self):
        """Go live and leave the drafts as they are."""
        return self._go(False)

    def _go(self, approve_drafts):
        self.connection_id._go_live(approve_drafts)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
