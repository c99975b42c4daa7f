"""Needs attention, one line per cause: how much it stops, what its button says."""

from odoo import api, fields, models
from odoo.tools import format_amount

from .xero_cause import CAUSES


class XeroNote(models.Model):
    _inherit = "xero.note"

    stopped = fields.Char("Stops", compute="_compute_stopped")
    opens = fields.Selection(
        [
            ("record", "Open"),
            ("mapping", "Choose"),
            ("connection", "Open connection"),
            ("lists", "Open connection"),
            ("xero", "Open in Xero"),
            ("live", "Open"),
            ("link", "Link"),
            ("conflict", "Compare and choose"),
            ("reverse", "Make credit note"),
            ("filed", "Send anyway…"),
            ("booking_date", "Send with booking date…"),
            ("deleted_payment", "Undo or send again…"),
            ("bad_debt", "Make credit note…"),
            ("contra", "Do it for me…"),
            ("arrival", "Decide…"),
        ],
        compute="_compute_opens",
    )

    # === COMPUTE METHODS === #

    def _compute_opens(self):
        for note in self:
            note.opens = CAUSES[note.cause].opens

    @api.model
    def _openings(self):
        """What the button of a cause opens, and what it says."""
        return self._fields["opens"]._description_selection(self.env)

    def _compute_stopped(self):
        """'3 invoices · £ 360.00': how many of what, and their amount."""
        amounts = self._amounts()
        for note in self:
            parts = [
                self.env["xero.resource"]._get(resource).count(len(links))
                for resource, links in note.link_ids.grouped("resource").items()
            ]
            amount = amounts.get(note.id)
            if amount:
                currency = note.connection_id.company_id.currency_id
                parts.append(format_amount(self.env, amount, currency))
            note.stopped = " · ".join(parts)

    def _amounts(self):
        """Total of the stopped documents by note, in the company's currency."""
        links = self.link_ids.filtered(lambda link: link.res_model == "account.move")
        moves = self.env["account.move"].browse(links.mapped("res_id")).exists()
        totals = {move.id: move.amount_total_signed for move in moves}
        amounts = {}
        for link in links:
            total = totals.get(link.res_id, 0)
            amounts[link.note_id.id] = amounts.get(link.note_id.id, 0) + total
        return amounts

    @api.model_create_multi
    def create(self, vals_list):
        """A choice that is missing has its row in Mapping at once."""
        notes = super().create(vals_list)
        for note in notes:
            note._mapping_row()
        return notes

    def _mend_action(self):
        """A button outside a form or list, such as an alert's: opens what to mend."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "xero_mend",
            "params": {"note_id": self.id},
        }

    def _mend_label(self):
        return dict(self._openings())[self.opens]
