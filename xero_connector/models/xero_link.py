"""One record's counterpart in one Xero organisation. Written by jobs."""

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

from ..lib import elements, errors

STATES = [
    ("pending", "Waiting"),
    ("synced", "In Xero"),
    ("error", "Needs attention"),
    ("blocked", "Needs attention"),
    ("skipped", "Skipped"),
    ("gone", "Gone in Xero"),
]

#: Why a pending link is not sent yet.
#: States that stay until a person takes the record back.
LEFT_ALONE = ("skipped", "gone")

WAITING = [
    ("plan", "Next in line"),
    ("look", "Looked for in Xero first"),
    ("dependency", "Waits for its customer or products"),
    ("go_live", "Waits for Go live"),
    ("approval", "Waits until its document is approved in Xero"),
    ("posted", "Waits until it is posted again"),
    ("proof", "Waits for the first document with this tax"),
]


class XeroLink(models.Model):
    _name = "xero.link"
    _description = "Xero Link"
    _order = "id desc"
    _rec_name = "xero_number"

    connection_id = fields.Many2one(
        "xero.connection", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    resource = fields.Selection(
        lambda self: self.env["xero.resource"]._selection(),
        "Kind Of Record",
        required=True,
        readonly=True,
    )
    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Record", required=True, readonly=True, model_field="res_model"
    )
    record_name = fields.Char("Document", compute="_compute_record_name")
    xero_id = fields.Char("Xero ID", readonly=True, copy=False)
    xero_number = fields.Char("Number in Xero", readonly=True, copy=False)
    xero_status = fields.Char("Status in Xero", readonly=True, copy=False)
    state = fields.Selection(STATES, required=True, default="pending", readonly=True)
    waiting_for = fields.Selection(WAITING, "Waits For", readonly=True)
    by_user = fields.Boolean(
        readonly=True, help="A person asked for it: goes before background work."
    )
    request_id = fields.Many2one(
        "xero.request", "In Flight", readonly=True, index="btree_not_null"
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, index="btree_not_null"
    )
    note_id = fields.Many2one("xero.note", readonly=True, index="btree_not_null")
    synced_at = fields.Datetime("In Xero Since", readonly=True)
    kind = fields.Selection(
        [("normal", "Sent by Odoo"), ("opening", "Opening document")],
        required=True,
        default="normal",
        readonly=True,
    )
    skip_reason = fields.Char(readonly=True)
    skipped_by_id = fields.Many2one("res.users", readonly=True)
    keep_draft = fields.Boolean(
        readonly=True, help="Stays a draft in Xero after Go live, as someone chose."
    )
    alike_count = fields.Integer(
        readonly=True,
        help="So many in Xero look like this one; not sent before someone has looked.",
    )
    use_booking_date = fields.Boolean(
        readonly=True, help="Goes with the booking date, as someone chose."
    )
    superseded_by_id = fields.Many2one("xero.link", readonly=True)
    fingerprint = fields.Char(
        readonly=True, prefetch=False, help="Hash of what both sides last agreed on."
    )
    snapshot = fields.Json(
        readonly=True, prefetch=False, help="What both sides last agreed on."
    )

    _live_uniq = models.UniqueIndex(
        "(res_model, res_id, connection_id) WHERE superseded_by_id IS NULL",
        "This record is already linked to this Xero organisation.",
    )
    _xero_id_uniq = models.UniqueIndex(
        "(connection_id, resource, xero_id) WHERE xero_id IS NOT NULL",
        "This Xero record is already linked to another record.",
    )
    _attention_idx = models.Index("(res_model, state, res_id) WHERE state != 'synced'")
    _pending_idx = models.Index(
        "(connection_id, resource, id) WHERE state = 'pending' AND request_id IS NULL"
    )

    @api.depends("res_model", "res_id")
    def _compute_record_name(self):
        for model, links in self.grouped("res_model").items():
            records = self.env[model].browse(links.mapped("res_id")).exists()
            names = {record.id: record.display_name for record in records}
            for link in links:
                link.record_name = names.get(link.res_id) or link.xero_number

    def _records(self):
        """The Odoo records behind links of one model, without those deleted."""
        model = self.mapped("res_model")
        return self.env[model[0]].browse(self.mapped("res_id")).exists()

    def _is_document(self):
        return self.env["xero.resource"]._get(self.resource).document

    @api.model
    def _live_for(self, records, connection):
        """Links of ``records`` in ``connection``, by record id.

        :rtype: dict[int, xero.link]
        """
        links = self.search(
            [
                ("connection_id", "=", connection.id),
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("superseded_by_id", "=", False),
            ]
        )
        return {link.res_id: link for link in links}

    @api.model
    def _ensure_pending(self, connection, resource, res_ids, by_user=False):
        """Links of these records, created where missing, waiting to be planned.

        Skipped and gone links stay as a person left them.
        """
        model = self.env["xero.resource"]._get(resource).model
        found = self._live_for(self.env[model].browse(res_ids), connection)
        stale = self.union(*found.values()).filtered(
            lambda link: (
                link.state not in LEFT_ALONE
                and not link.request_id
                and (
                    link.state != "pending"
                    or link.waiting_for == "go_live"
                    or (by_user and not link.by_user)
                )
            )
        )
        stale.write({"state": "pending", "waiting_for": "plan", "by_user": by_user})
        new = self.env[model].browse(
            res_id for res_id in dict.fromkeys(res_ids) if res_id not in found
        )
        created = self.create(
            [
                {
                    "connection_id": connection.id,
                    "resource": resource,
                    "res_model": model,
                    "res_id": record.id,
                    "partner_id": record._xero_partner().id,
                    "waiting_for": "plan",
                    "by_user": by_user,
                }
                for record in new
            ]
        )
        return self.union(created, *found.values())

    def _set_gone(self, status):
        """Xero has it no longer; shown, and never made again by itself (N11)."""
        self.write(
            {
                "state": "gone",
                "xero_status": status,
                "request_id": False,
                "waiting_for": False,
                "by_user": False,
            }
        )
        self._tell(
            self.env._("Voided in Xero.")
            if status == "VOIDED"
            else self.env._("Deleted in Xero.")
        )

    # === A PERSON'S DECISIONS === #

    def _claim_for_person(self):
        """Lock these links for a person's change; not while they are on their way.

        :raises UserError: a request with one of them is in flight
        """
        try:
            self.lock_for_update()
        except LockError:
            self = self.browse()
        self.invalidate_recordset(["request_id", "state"])
        if not self or self.request_id:
            raise UserError(
                self.env._(
                    "This is on its way to Xero just now. Try again in a minute."
                )
            )

    def _tell(self, message):
        """Say in the records' history what a person decided."""
        for model, links in self.grouped("res_model").items():
            records = self.env[model].browse(links.mapped("res_id")).exists()
            if hasattr(records, "_message_log_batch"):
                bodies = {record.id: message for record in records}
                records._message_log_batch(bodies=bodies)

    def _compare_totals(self):
        """Read documents back whose totals differed: someone may have mended them."""
        for (connection, name), links in self.grouped(
            lambda link: (link.connection_id, link.resource)
        ).items():
            resource = self.env["xero.resource"]._get(name)
            try:
                found = connection._read_by_id(resource, links.mapped("xero_id"))
            except errors.XeroError as error:
                raise connection._as_user_error(error) from error
            links._note_totals(
                {each[resource.id_field]: elements.figures(each) for each in found}
            )

    def _note_totals(self, there):
        """Keep or drop the mark that totals differ.

        :param there: dict of Xero id to figures
        """
        for link in self.filtered(lambda each: each.xero_id in there):
            snapshot, theirs = dict(link.snapshot), there[link.xero_id]
            snapshot.pop("differs", None)
            if theirs != {name: snapshot[name] for name in theirs}:
                snapshot["differs"] = theirs
            link.snapshot = snapshot

    # === ACTIONS === #

    def action_open_record(self):
        """Open the Odoo record."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def action_open_in_xero(self):
        """Open the record in Xero, in another tab."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": self.connection_id._deep_link(self),
            "target": "new",
        }
