"""What people see of a link: its state in a word, and why it is so."""

from odoo import api, fields, models


class XeroLink(models.Model):
    _inherit = "xero.link"

    mark = fields.Char("State Shown", compute="_compute_mark")
    why = fields.Char(compute="_compute_why")

    # === COMPUTE METHODS === #

    @api.depends("state", "xero_status", "request_id.state")
    def _compute_mark(self):
        """The state as people see it; its icon and word: ``xero_state.js``.

        A draft in Xero is never shown as if it were in the books there.
        """
        for link in self:
            link.mark = link._mark()

    def _mark(self):
        if self.request_id.state in ("sending", "answered"):
            return "sending"
        if self.request_id.state == "uncertain":
            return "checking"
        if self.state == "synced" and self.xero_status in ("DRAFT", "SUBMITTED"):
            return self.xero_status.lower()
        if self.state == "gone" and self.xero_status in ("VOIDED", "DELETED"):
            return self.xero_status.lower()
        return self.state

    def _compute_why(self):
        """Why it is not in Xero: what stops it, what it waits for, who skipped it."""
        waits = dict(self._fields["waiting_for"]._description_selection(self.env))
        for link in self:
            if link.note_id.state == "open":
                link.why = link.note_id.message
            elif link.state == "pending" and not link.request_id:
                link.why = waits.get(link.waiting_for)
            else:
                link.why = link.skip_reason

    # === ACTIONS === #

    def action_explain(self):
        """Open what says why it is not in Xero: a note, the connection or a job."""
        self.ensure_one()
        if self.note_id.state == "open":
            return self._open(self.note_id)
        if self.connection_id.state != "connected" or self.waiting_for == "go_live":
            return self._open(self.connection_id)
        if self.request_id:
            return self._open(self.request_id)
        words = self.why or self.env._("It goes to Xero within a minute.")
        return self.env["xero.connection"]._notify(words)

    def _open(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }
