"""Make again what is gone in Xero; a document only as a person asks (S157, T74)."""

from odoo import models
from odoo.exceptions import UserError


class XeroLink(models.Model):
    _inherit = "xero.link"

    def action_create_again(self):
        """Send it as a new one; the link to the old one stays, superseded.

        :raises UserError: Xero keeps the number of what was voided
        """
        self.ensure_one()
        self.env["xero.connection"]._check_user()
        self.check_access("read")
        link = self.sudo()
        link._claim_for_person()
        record = link._records()
        if link.state != "gone" or not record:
            raise UserError(self.env._("This is not gone in Xero."))
        if link.xero_status == "VOIDED" and record.name == link.xero_number:
            raise UserError(
                self.env._(
                    "Xero keeps %s as voided. Give it a new number to send it again.",
                    link.xero_number,
                )
            )
        link._supersede(by_user=True)
        link._tell(self.env._("Created again in Xero, as someone asked."))
        link.connection_id._wake_plan(by_user=True)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _supersede(self, by_user=False):
        """A new link for the same record: at no time are both alive.

        This one remembers what Xero had, so that nothing which we took out of Xero is
        taken for new (S204).
        """
        self.ensure_one()
        new = self.create(
            {
                "connection_id": self.connection_id.id,
                "resource": self.resource,
                "res_model": self.res_model,
                "res_id": self.res_id,
                "partner_id": self.partner_id.id,
                "waiting_for": "plan",
                "by_user": by_user,
                "superseded_by_id": self.id,
            }
        )
        self.superseded_by_id = new
        self.flush_recordset()
        new.superseded_by_id = False
        return new
