"""Rows of the preview, and what a person can do about each."""

from odoo import Command, fields, models
from odoo.exceptions import UserError

from ..models.xero_assessment import Problem

ACTIONS = [
    ("create", "Create"),
    ("update", "Change"),
    ("link", "Link"),
    ("attention", "Needs attention"),
    ("wait", "Waits"),
    ("nothing", "Nothing to do"),
    ("skipped", "Skipped"),
]


#: Causes whose answer is kept on the document's link.
_ON_LINKS = ("booking_date", "filed")


class XeroPreviewGroup(models.TransientModel):
    """Rows of one kind that share what happens to them, or what stops them."""

    _name = "xero.preview.group"
    _description = "Part Of A Preview"
    _order = "sequence, id"

    preview_id = fields.Many2one("xero.preview", required=True, ondelete="cascade")
    name = fields.Char(required=True)
    sequence = fields.Integer()
    advice = fields.Char()
    action = fields.Char()
    cause = fields.Char()
    opens = fields.Selection(lambda self: self.env["xero.note"]._openings())
    mends_all = fields.Boolean(help="Its button mends what stops every row.")
    line_ids = fields.One2many("xero.preview.line", "group_id")

    def action_mend(self):
        """Open what keeps these from Xero; the whole group has the same cause."""
        self.ensure_one()
        return self.line_ids.action_mend()

    def action_link_all(self):
        """Join all of these to what Xero has."""
        self.ensure_one()
        return self.line_ids.action_link()


class XeroPreviewLine(models.TransientModel):
    _name = "xero.preview.line"
    _description = "Row Of A Preview"
    _order = "group_id, date, id"

    preview_id = fields.Many2one(
        "xero.preview", required=True, ondelete="cascade", index=True
    )
    group_id = fields.Many2one("xero.preview.group", "What happens", ondelete="cascade")
    action = fields.Selection(ACTIONS, required=True)
    resource = fields.Selection(
        lambda self: self.env["xero.resource"]._selection(), "Kind"
    )
    is_document = fields.Boolean(
        help="Else a customer or product that goes first, or money."
    )
    move_id = fields.Many2one("account.move", "Document")
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
    link_id = fields.Many2one("xero.link")
    name = fields.Char("Number")
    partner_id = fields.Many2one("res.partner", "Customer or supplier")
    delivery_id = fields.Many2one("res.partner", "Site")
    date = fields.Date()
    currency_id = fields.Many2one("res.currency")
    untaxed = fields.Monetary()
    tax = fields.Monetary()
    total = fields.Monetary()
    xero_untaxed = fields.Monetary("Untaxed in Xero")
    xero_tax = fields.Monetary("Tax in Xero")
    xero_total = fields.Monetary("Total in Xero")
    agrees = fields.Selection([("equal", "Equal"), ("differs", "Differs")], "Totals")
    words = fields.Char("What changes, or why not")
    advice = fields.Char("What to do")
    cause = fields.Char()
    cause_key = fields.Char()
    cause_values = fields.Json()
    about_model = fields.Char()
    about_id = fields.Many2oneReference(model_field="about_model")
    opens = fields.Selection(lambda self: self.env["xero.note"]._openings())
    element = fields.Json(help="What Xero has under this number.")
    is_sendable = fields.Boolean()
    mended_with_all = fields.Boolean(related="group_id.mends_all")
    may_skip = fields.Boolean()

    # === ACTIONS === #

    def action_open(self):
        """Open the document, customer or product."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def action_mend(self):
        """Open what keeps these from Xero: one cause, or one for each."""
        first = self[:1]
        if first.opens in _ON_LINKS:
            links = self._stopped_links()
            action = first.link_id.note_id.action_mend()
            return self._with_links(action, links)
        if first.link_id.note_id.state == "open":
            return first.link_id.note_id.action_mend()
        return first._note().action_mend()

    def _documents(self):
        """The documents of these rows.

        :return: list of recordsets, one for each model
        """
        rows = self.filtered("is_document").grouped("res_model")
        return [
            self.env[model].browse(found.mapped("res_id"))
            for model, found in rows.items()
        ]

    def _note(self):
        """The note that sending it would leave, in memory."""
        return self.env["xero.note"].new(
            {
                "connection_id": self.preview_id.connection_id.id,
                "cause": self.cause,
                "cause_key": self.cause_key,
                "values": self.cause_values,
                "res_model": self.about_model,
                "res_id": self.about_id,
            }
        )

    def _stopped_links(self):
        """Links with their notes, for answers that are kept there."""
        links = self._ensure_links()
        problems = [
            (row.link_id.sudo(), row._problem(), None)
            for row in self
            if row.link_id.note_id.state != "open"
        ]
        if problems:
            connection = self.preview_id.connection_id.sudo()
            self.env["xero.note"].sudo()._raise(connection, problems)
        return links

    def _problem(self):
        [document] = self._documents()
        return Problem(self.cause, self.cause_key, self.cause_values, document)

    def _with_links(self, action, links):
        """An answer for all of them, where it can be given for several."""
        if "default_link_ids" in action.get("context", {}):
            return dict(action, context={"default_link_ids": links.ids})
        return action

    def _ensure_links(self):
        """Documents that nobody has looked at yet get their link.

        :return: the links
        """
        links = self.env["xero.link"].sudo()
        for (connection, name), rows in self.grouped(
            lambda row: (row.preview_id.connection_id, row.resource)
        ).items():
            found = links._ensure_pending(connection, name, rows.mapped("res_id"))
            by_document = {link.res_id: link for link in found}
            for row in rows.sudo():
                row.link_id = by_document[row.res_id]
            links |= found
        return links

    def action_skip(self):
        """Leave these out of Xero, with a reason (S176)."""
        rows = self.filtered("may_skip")
        if not rows:
            raise UserError(self.env._("What is in Xero cannot be skipped."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_connector.xero_skip_action"
        )
        return dict(
            action,
            context={"default_preview_line_ids": [Command.set(rows.ids)]},
        )

    def action_take_back(self):
        """What was skipped goes after all."""
        rows = self.filtered(lambda row: row.action == "skipped")
        if not rows:
            raise UserError(self.env._("None of these was skipped."))
        rows.link_id.action_take_back()
        rows.preview_id._look()
        return {"type": "ir.actions.client", "tag": "soft_reload"}


class XeroSkip(models.TransientModel):
    _inherit = "xero.skip"

    preview_line_ids = fields.Many2many("xero.preview.line", readonly=True)

    def action_skip(self):
        """Documents that nobody has looked at yet get their link here."""
        rows = self.preview_line_ids
        if not rows:
            return super().action_skip()
        self.env["xero.connection"]._check_user()
        for documents in rows._documents():
            documents.check_access("read")
        rows._ensure_links()._skip(self.reason)
        rows.preview_id._look()
        return {"type": "ir.actions.client", "tag": "soft_reload"}
