"""A document that was changed on both sides: compare, field by field, and choose."""

from odoo import Command, api, fields, models

from ..lib import elements, wire


class XeroConflict(models.TransientModel):
    _name = "xero.conflict"
    _description = "Changed Here And In Xero"

    link_id = fields.Many2one("xero.link", required=True, readonly=True)
    record_name = fields.Char(related="link_id.record_name")
    changed_on = fields.Date(readonly=True)
    changed_by = fields.Char(readonly=True)
    seen = fields.Char(readonly=True, help="The change in Xero that is shown.")
    is_cancelled = fields.Boolean(readonly=True)
    row_ids = fields.One2many("xero.conflict.row", "wizard_id", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        for wizard in wizards:
            wizard._look()
        return wizards

    def _look(self):
        """Read both sides: two calls."""
        self.env["xero.connection"]._check_user()
        self.link_id.check_access("read")
        link = self.link_id.sudo()
        there = link._read_now()
        changes = link._compare(there)
        # Nobody but this look says what was changed.
        self.sudo().write(
            {
                "changed_on": wire.parse_timestamp(there.get("UpdatedDateUTC")).date(),
                "changed_by": link._who_changed(),
                "seen": elements.updated(there),
                "is_cancelled": not link._assess_now(),
                "row_ids": [
                    Command.create(
                        {
                            "name": link._difference_label(each.name),
                            "line": each.line,
                            "before": link._shown(each.name, each.before),
                            "ours": link._shown(each.name, each.ours),
                            "theirs": link._shown(each.name, each.theirs),
                        }
                    )
                    for each in changes
                ],
            }
        )

    # === ACTIONS === #

    def action_merge(self):
        """Keep what Xero changed, and send what Odoo changed."""
        return self._choose("merge")

    def action_overwrite(self):
        """Odoo's version counts as a whole."""
        return self._choose("overwrite")

    def action_nothing(self):
        """Both stay as they are."""
        return self._choose("nothing")

    def _choose(self, choice):
        self.ensure_one()
        self.env["xero.connection"]._check_user()
        self.link_id.check_access("read")
        self.link_id.sudo()._choose(choice, self.seen)
        return {"type": "ir.actions.client", "tag": "soft_reload"}


class XeroConflictRow(models.TransientModel):
    """One value that is not as it was agreed on."""

    _name = "xero.conflict.row"
    _description = "Value Changed Here Or In Xero"

    wizard_id = fields.Many2one("xero.conflict", required=True, ondelete="cascade")
    name = fields.Char("What")
    line = fields.Integer(help="0 is the document itself.")
    before = fields.Char()
    ours = fields.Char("Odoo")
    theirs = fields.Char("Xero")
