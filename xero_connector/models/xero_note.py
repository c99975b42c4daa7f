"""Needs attention: one note per cause, with every record that it stops (N6)."""

from collections import defaultdict

from odoo import api, fields, models

from .xero_cause import CAUSES

CATEGORIES = [
    ("contact", "Contact"),
    ("invoice", "Invoice"),
    ("credit_note", "Credit note"),
    ("purchase_order", "Purchase order"),
    ("payment", "Payment"),
    ("item", "Product"),
    ("connection", "Connection"),
]


class XeroLink(models.Model):
    _inherit = "xero.link"

    def unlink(self):
        """What is no link any more is stopped by nothing."""
        self.env["xero.note"].sudo()._settle(self)
        return super().unlink()


class XeroNote(models.Model):
    _name = "xero.note"
    _description = "What Keeps Something From Xero"
    _order = "id desc"
    _rec_name = "message"

    connection_id = fields.Many2one(
        "xero.connection", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    category = fields.Selection(CATEGORIES, required=True, readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("done", "Done")],
        default="open",
        required=True,
        readonly=True,
    )
    cause = fields.Char(required=True, readonly=True)
    cause_key = fields.Char(required=True, readonly=True)
    values = fields.Json(readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(readonly=True, model_field="res_model")
    partner_id = fields.Many2one("res.partner", readonly=True)
    link_ids = fields.One2many("xero.link", "note_id", "Documents", readonly=True)
    link_count = fields.Integer("Stopped", compute="_compute_link_count")
    xero_message = fields.Text("Xero Says", readonly=True)
    message = fields.Char("What Happened", compute="_compute_words")
    advice = fields.Char("What To Do", compute="_compute_words")
    since = fields.Datetime(default=fields.Datetime.now, readonly=True)
    done_at = fields.Datetime(readonly=True)

    _open_uniq = models.UniqueIndex("(connection_id, cause_key) WHERE state = 'open'")

    # === COMPUTE METHODS === #

    @api.depends_context("lang")
    @api.depends("cause", "values")
    def _compute_words(self):
        for note in self:
            cause = CAUSES[note.cause]
            # A placeholder that nobody filled must never stop the work.
            values = defaultdict(str, note.values or {})
            note.message = self.env._(cause.title) % values
            note.advice = self.env._(cause.advice) % values

    @api.depends("link_ids")
    def _compute_link_count(self):
        for note in self:
            note.link_count = len(note.link_ids)

    # === LIFE === #

    @api.model
    def _raise(self, connection, found):
        """Write down why records stopped; one open note per cause.

        :param found: list of (link, Problem, Xero's own words or None)
        """
        keys = {problem.key for _link, problem, _words in found}
        open_notes = {
            note.cause_key: note
            for note in self.search(
                [
                    ("connection_id", "=", connection.id),
                    ("state", "=", "open"),
                    ("cause_key", "in", list(keys)),
                ]
            )
        }
        missing = {
            problem.key: self._note_values(connection, link, problem, words)
            for link, problem, words in found
            if problem.key not in open_notes
        }
        for note in self.create(list(missing.values())):
            open_notes[note.cause_key] = note
        before, concerned = self.browse(), self.env["res.partner"]
        for link, problem, words in found:
            note = open_notes[problem.key]
            concerned |= link.partner_id
            before |= link.note_id - note
            link.note_id = note
            if note.values != problem.values and note.link_ids == link:
                note.values = problem.values
            if words and note.xero_message != words:
                note.xero_message = words
        before._complete_if_empty()
        self._note_on_contacts(connection, before.link_ids.partner_id | concerned)

    def _join(self, links):
        """Links that this note stops as well, since they need what it stops."""
        before = links.note_id - self
        links.note_id = self
        before._complete_if_empty()
        partners = (links | before.link_ids).partner_id
        self._note_on_contacts(self.connection_id, partners)

    def _note_values(self, connection, link, problem, words):
        record = problem.record if problem.record is not None else link
        about = record is link
        return {
            "connection_id": connection.id,
            "category": _category(link, problem),
            "cause": problem.cause,
            "cause_key": problem.key,
            "values": problem.values,
            "res_model": link.res_model if about else record._name,
            "res_id": link.res_id if about else record.id,
            "xero_message": words,
        }

    @api.model
    def _settle(self, links):
        """Take links off their notes; a note that stops nothing any more is done.

        What waited for a contact or item that is there now is looked at again.
        """
        notes = links.note_id
        if notes:
            partners = notes.link_ids.partner_id | links.partner_id
            prerequisites = links.filtered(lambda link: not link._is_document())
            others = prerequisites.note_id.link_ids - links
            others.write({"note_id": False, "state": "pending", "waiting_for": "plan"})
            links.filtered("note_id").note_id = False
            notes._complete_if_empty()
            self._note_on_contacts(notes.connection_id, partners)

    @api.model
    def _close(self, connection, key):
        """Complete the note of a cause that stops no record of its own."""
        self.search(
            [
                ("connection_id", "=", connection.id),
                ("cause_key", "=", key),
                ("state", "=", "open"),
            ]
        ).write({"state": "done", "done_at": fields.Datetime.now()})

    def _complete_if_empty(self):
        """Complete the notes that stop nothing any more (S219)."""
        if not self:
            return
        self.flush_recordset()
        self.env["xero.link"].flush_model(["note_id"])
        stopping = {
            note.id
            for (note,) in self.env["xero.link"]._read_group(
                [("note_id", "in", self.ids)], ["note_id"]
            )
        }
        self.filtered(lambda note: note.id not in stopping).write(
            {"state": "done", "done_at": fields.Datetime.now()}
        )

    # === ACTIONS === #

    def action_mend(self):
        """Open what must be mended."""
        self.ensure_one()
        opens = CAUSES[self.cause].opens
        return getattr(self, f"_open_{opens}")()

    def action_try_again(self):
        """Look again at everything that this note stops."""
        self.env["xero.connection"]._check_user()
        self.check_access("read")
        differing = self.filtered(lambda note: note.cause == "invoice_total_differs")
        differing.sudo().link_ids._compare_totals()
        for connection, notes in self.grouped("connection_id").items():
            connection.sudo()._retry_blocked(notes.mapped("cause_key"))
        return self.env["xero.connection"]._notify(self.env._("Looking again."))

    def _open_record(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    _open_live = _open_record

    def _open_booking_date(self):
        """Send a bill with its booking date (T6): asked once more, then done."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_connector.xero_booking_date_action"
        )
        return dict(action, context={"default_note_id": self.id})

    def _open_connection(self):
        return self.connection_id._open_form()

    _open_lists = _open_connection

    def _open_mapping(self):
        """The one row to choose for, in a dialog; else the whole list."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_connector.xero_mapping_action"
        )
        row = self._mapping_row()
        if row:
            action |= {
                "res_id": row.id,
                "views": [(False, "form")],
                "view_mode": "form",
                "target": "new",
            }
        return action

    def _mapping_row(self):
        """The row whose choice is missing, or another choice would mend."""
        return (
            self.env["xero.mapping"]
            .sudo()
            ._of_cause(self.connection_id, self.cause_key)
        )

    def _open_xero(self):
        link = self.link_ids.filtered("xero_id")[:1]
        if not link:
            return self._open_record()
        return link.action_open_in_xero()

    def _open_link(self):
        """Link to the record that Xero already has."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_connector.xero_link_existing_action"
        )
        return dict(action, context={"default_link_id": self.link_ids[:1].id})

    def _open_conflict(self):
        """Compare both versions, read now, and choose."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_connector.xero_conflict_action"
        )
        shown = self.env["xero.conflict"].create({"link_id": self.link_ids[:1].id})
        return dict(action, res_id=shown.id)

    def _open_filed(self):
        """Confirm that these may cross the filed period."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_connector.xero_filed_action"
        )
        return dict(action, context={"default_link_ids": self.link_ids.ids})

    def _open_reverse(self):
        """Make a credit note of a posted document; another is opened."""
        move = self.env["account.move"].browse(self.res_id).exists()
        if self.res_model != "account.move" or move.state != "posted":
            return self._open_record()
        context = {"active_model": move._name, "active_ids": move.ids}
        return dict(move.action_reverse(), context=context)


def _category(link, problem):
    """Where a note is listed: what concerns a document, under its kind (S216)."""
    category = CAUSES[problem.cause].category
    if category != "invoice" or not link:
        return category
    return link.env["xero.resource"]._get(link.resource).category or category
