"""What people are told before they change a document that Xero has (N12)."""

from odoo import models

from .account_move_changes import APPROVED
from .xero_cause import CAUSES


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_alerts(self):
        """Say what becomes of a change in Xero, while nothing is lost yet."""
        alerts = super()._get_alerts()
        link = self._xero_link() if self._xero_may_see() else self.env["xero.link"]
        if not link.xero_id:
            return alerts
        note = link.note_id
        if note.state == "open" and "xero_connector" in alerts:
            alerts["xero_connector"]["message"] = f"{note.message} {note.advice}"
        elif link.state == "gone" and self.state == "posted":
            alerts["xero_connector"] = self._xero_gone_alert(link)
        elif link.state != "gone" and self.state == "draft":
            alerts["xero_connector"] = self._xero_draft_alert(link)
        return alerts

    def _xero_gone_alert(self, link):
        """It is in Odoo's books and no longer in Xero's."""
        voided = link.xero_status == "VOIDED"
        return {
            "level": "warning",
            "message": self.env._("It is voided in Xero, and not made again by itself.")
            if voided
            else self.env._("It is deleted in Xero, and not made again by itself."),
            "action_text": self.env._("Create again"),
            "action_call": (link._name, "action_create_again", link.ids),
        }

    def _xero_draft_alert(self, link):
        """Whether a change of this draft will reach Xero; if not, why."""
        problem = self._xero_obstacle(link)
        if problem:
            cause = CAUSES[problem.cause]
            title = self.env._(cause.title) % problem.values
            advice = self.env._(cause.advice) % problem.values
            level, message = "warning", f"{title} {advice}"
        else:
            level, message = (
                "info",
                self.env._(
                    "It is in Xero as %s. Post it again to change it there, or cancel"
                    " it to take it out of Xero.",
                    link.xero_number,
                ),
            )
        return {
            "level": level,
            "message": message,
            "action_text": self.env._("Open in Xero"),
            "action": link.action_open_in_xero(),
        }

    def _xero_obstacle(self, link):
        """What will keep a change from Xero, as far as is known without a call."""
        if link.xero_status not in APPROVED:
            return None
        snapshot = link.sudo().snapshot or {}
        if snapshot.get("settled"):
            return link._problem("paid_in_xero")
        day = snapshot.get("ours", {}).get("header", {}).get("Date")
        return link._wall_problem(day)
