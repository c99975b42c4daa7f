"""What people see of documents in Xero: what is due, changed, gone."""

from odoo import api, fields, models
from odoo.fields import Domain

#: Fields of the link that its document shows under the same name.
_SHOWN = (
    "xero_status",
    "xero_amount_due",
    "xero_amount_paid",
    "xero_amount_credited",
    "xero_paid_on",
    "xero_expected_on",
)


class AccountMove(models.Model):
    _inherit = "account.move"

    xero_status = fields.Char(
        "Status in Xero", compute="_compute_xero_state", compute_sudo=True
    )
    xero_amount_due = fields.Monetary(
        "Due in Xero", compute="_compute_xero_state", compute_sudo=True
    )
    xero_amount_paid = fields.Monetary(
        "Paid in Xero", compute="_compute_xero_state", compute_sudo=True
    )
    xero_amount_credited = fields.Monetary(
        "Credited in Xero", compute="_compute_xero_state", compute_sudo=True
    )
    xero_paid_on = fields.Date(
        "Fully Paid On", compute="_compute_xero_state", compute_sudo=True
    )
    xero_expected_on = fields.Date(
        "Expected On", compute="_compute_xero_state", compute_sudo=True
    )
    xero_awaiting_payment = fields.Boolean(
        "Awaiting Payment in Xero",
        compute="_compute_xero_state",
        search="_search_xero_awaiting_payment",
        compute_sudo=True,
    )
    xero_changed = fields.Boolean(
        "Changed in Xero",
        compute="_compute_xero_state",
        search="_search_xero_changed",
        compute_sudo=True,
    )

    # === COMPUTE METHODS === #

    @api.depends("xero_link_ids.xero_amount_due", "xero_link_ids.changed_in_xero")
    def _compute_xero_state(self):
        return super()._compute_xero_state()

    def _xero_shown_values(self, link):
        return (
            super()._xero_shown_values(link)
            | {name: link[name] for name in _SHOWN}
            | {
                "xero_awaiting_payment": link._awaits_payment(),
                "xero_changed": link.changed_in_xero and link.state != "gone",
            }
        )

    def _search_xero_awaiting_payment(self, operator, value):
        return self._xero_search_links(
            operator,
            value,
            Domain("xero_status", "=", "AUTHORISED")
            & Domain("xero_amount_due", "!=", 0),
        )

    def _search_xero_changed(self, operator, value):
        return self._xero_search_links(
            operator, value, Domain("changed_in_xero", "=", True)
        )

    def _xero_search_links(self, operator, value, condition):
        """Documents whose link in Xero fulfils a condition, or does not."""
        if operator != "in":
            return NotImplemented
        wanted = self._xero_link_domain() & Domain("state", "!=", "gone") & condition
        links = self.env["xero.link"].sudo()._search(wanted)
        found = Domain("id", "in", links.subselect("res_id"))
        return found if True in value else ~found

    # === ALERTS === #

    def _get_alerts(self):
        """What was changed in Xero, and the button to decide about it."""
        alerts = super()._get_alerts()
        link = self._xero_link() if self._xero_may_see() else self.env["xero.link"]
        if "xero_connector" in alerts or not link.xero_id:
            return alerts
        if link.changed_in_xero and link.state != "gone":
            alerts["xero_connector"] = {
                "level": "info",
                "message": self.env._(
                    "Changed in Xero: %s. Odoo's document stays as it is.",
                    link.sudo()._drift_words(),
                ),
                "action_text": self.env._("Compare and choose"),
                "action": link.action_compare(),
            }
        return alerts


class XeroLink(models.Model):
    _inherit = "xero.link"

    def _awaits_payment(self):
        return (
            self.xero_status == "AUTHORISED"
            and self.state != "gone"
            and bool(self.xero_amount_due)
        )
