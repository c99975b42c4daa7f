from odoo import fields, models
from odoo.exceptions import UserError


class XeroSkip(models.TransientModel):
    """Leave a document out of Xero, with a reason (S176)."""

    _name = "xero.skip"
    _description = "Skip A Document"

    link_ids = fields.Many2many("xero.link", required=True, readonly=True)
    reason = fields.Char(required=True)

    def action_skip(self):
        """Skip: it stays out until someone takes that back."""
        self.env["xero.connection"]._check_user()
        self.link_ids.check_access("read")
        self.link_ids.sudo()._skip(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}


class XeroLink(models.Model):
    _inherit = "xero.link"

    def _skip(self, reason):
        """Keep these out of Xero, as a person decided."""
        self._claim_for_person()
        if self.filtered("xero_id"):
            raise UserError(self.env._("This is in Xero already. Void it there."))
        self.env["xero.note"]._settle(self)
        self.write(
            {
                "state": "skipped",
                "waiting_for": False,
                "skip_reason": reason,
                "skipped_by_id": self.env.uid,
            }
        )
        self._tell(self.env._("Skipped, not sent to Xero: %s", reason))

    def action_take_back(self):
        """Undo a skip: the record goes to Xero after all."""
        self.env["xero.connection"]._check_user()
        self.check_access("read")
        links = self.sudo().filtered(lambda link: link.state == "skipped")
        links._claim_for_person()
        links.write(
            {
                "state": "pending",
                "waiting_for": "plan",
                "by_user": True,
                "skip_reason": False,
                "skipped_by_id": False,
            }
        )
        links._tell(self.env._("No longer skipped; it goes to Xero."))
        links.connection_id._wake_plan(by_user=True)
