from odoo import fields, models


class XeroFiled(models.TransientModel):
    """Let a document cross the date up to which tax returns were filed (T9)."""

    _name = "xero.filed"
    _description = "Send Into A Filed Period"

    link_ids = fields.Many2many("xero.link", required=True, readonly=True)
    reason = fields.Char(required=True)

    def action_send(self):
        """Send anyway: recorded with the manager's name."""
        self.env["xero.connection"]._check_manager()
        self.link_ids.check_access("read")
        self.link_ids.sudo()._confirm_filed(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}


class XeroLink(models.Model):
    _inherit = "xero.link"

    def _confirm_filed(self, reason):
        """These may change tax that was declared, as a manager decided."""
        self._claim_for_person()
        self.write(
            {
                "filed_confirmed": True,
                "filed_confirmed_by_id": self.env.uid,
                "filed_confirmed_at": fields.Datetime.now(),
                "filed_reason": reason,
                "state": "pending",
                "waiting_for": "plan",
                "by_user": True,
            }
        )
        self._tell(
            self.env._("Sent to Xero although its tax return is filed: %s", reason)
        )
        self.connection_id._wake_plan(by_user=True)
