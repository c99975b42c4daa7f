"""E-mail: one digest a day, and at once only when access to Xero is lost (S19)."""

from odoo import api, fields, models


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    @api.model
    def _cron_digest(self):
        """Once a day: tell the notification addresses what needs attention."""
        for connection in self.search([("notification_emails", "!=", False)]):
            if connection._open_notes() and not connection.is_copy:
                connection._mail("xero_connector.mail_template_digest")

    def _open_notes(self):
        """What needs attention, for the mail and the screen."""
        return self.env["xero.note"].search(
            [("connection_id", "=", self.id), ("state", "=", "open")]
        )

    def _tell_access_lost(self):
        """Mail once that Xero no longer lets us in."""
        organisation = self.organisation_id
        if self.state == "broken" and not organisation.told_at:
            organisation.told_at = fields.Datetime.now()
            if self.notification_emails:
                self._mail("xero_connector.mail_template_access_lost")

    def _mail(self, template):
        self.env.ref(template).send_mail(self.id)
