"""What becomes of a document that Xero already has, when it changes in Odoo."""

from odoo import fields, models

from .xero_sync_mixin import Assessment


class AccountMove(models.Model):
    _inherit = "account.move"

    def _xero_assess_change(self, facts, assessment):
        """A document that Xero already has: approve a draft, or say what differs."""
        link = assessment.link
        if (link.snapshot or {}).get("differs"):
            problem = self._xero_total_problem(link.snapshot)
            return Assessment(self, link, "blocked", problems=[problem])
        if assessment.fingerprint != link.fingerprint:
            problem = self._xero_problem(
                "changed_after_sending",
                date=fields.Date.to_string(link.synced_at),
            )
            return Assessment(self, link, "blocked", problems=[problem])
        wanted = assessment.agreed["status"]
        if wanted == "AUTHORISED" and link.xero_status == "DRAFT":
            assessment.action = "update"
            assessment.payload = {"InvoiceID": link.xero_id, "Status": wanted}
        else:
            assessment.action = "nothing"
        return assessment

    def _xero_assess_out_of_scope(self, connection, link):
        if self.state == "cancel" and link.xero_id:
            problem = self._xero_problem("cancelled_here")
            return Assessment(self, link, "blocked", problems=[problem])
        return super()._xero_assess_out_of_scope(connection, link)
