"""Runs: documents that a person sent together, and what became of them."""

import math
from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.tools import SQL

from ..lib.batches import MAX_ELEMENTS
from .xero_connection_options import STATUSES

#: What a call takes where nothing was measured yet, in seconds.
_CALL_SECONDS = 2

OUTCOMES = [
    ("waiting", "Waiting"),
    ("synced", "In Xero"),
    ("attention", "Needs attention"),
    ("held", "Waits for Go live"),
    ("skipped", "Skipped"),
    ("left", "Not for Xero"),
]


class XeroRun(models.Model):
    _name = "xero.run"
    _description = "Documents Sent Together"
    _inherit = ["xero.progress"]
    _order = "id desc"

    name = fields.Char("Job", required=True, readonly=True, index=True)
    connection_id = fields.Many2one(
        "xero.connection", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    user_id = fields.Many2one("res.users", "Sent By", readonly=True)
    started_at = fields.Datetime("Started", readonly=True)
    planned_calls = fields.Integer(readonly=True)
    line_ids = fields.One2many("xero.run.line", "run_id", "Documents", readonly=True)
    document_count = fields.Integer("Sent", compute="_compute_progress")
    synced_count = fields.Integer("In Xero", compute="_compute_progress")
    attention_count = fields.Integer("Needs Attention", compute="_compute_progress")
    waiting_count = fields.Integer("Waiting", compute="_compute_progress")
    progress = fields.Float(compute="_compute_progress")
    is_done = fields.Boolean("Done", compute="_compute_progress")
    words = fields.Char("How Far", compute="_compute_progress")

    # === COMPUTE METHODS === #

    @api.depends_context("lang")
    def _compute_progress(self):
        outcomes = self.line_ids._outcomes()
        for run in self:
            found = [outcomes[line.id] for line in run.line_ids]
            run.document_count = len(found)
            run.synced_count = found.count("synced")
            run.attention_count = found.count("attention")
            run.waiting_count = found.count("waiting")
            settled = run.document_count - run.waiting_count
            run.progress = 100 * settled / (run.document_count or 1)
            run.is_done = not run.waiting_count
            run.words = run._words(settled)

    def _words(self, settled):
        """'96 of 212 · about 40 seconds · 2 need attention' (N17)."""
        parts = [
            self.env._("%(done)s of %(all)s", done=settled, all=self.document_count)
        ]
        if self.waiting_count:
            parts.append(self._end_words(settled))
        elif self.synced_count == self.document_count:
            parts.append(self.env._("all in Xero"))
        if self.attention_count:
            parts.append(self.env._("%s need attention", self.attention_count))
        return " · ".join(parts)

    def _end_words(self, settled):
        """When the rest will be there, under what Xero still lets us call."""
        connection = self.connection_id.sudo()
        budget = connection.budget_ids[:1]
        wait = budget._wait(by_user=True)
        if wait >= 120:
            until = fields.Datetime.now() + timedelta(seconds=wait)
            return self.env._(
                "Xero takes no more calls before %s; the rest goes by itself",
                tools.format_datetime(self.env, until, dt_format="short"),
            )
        if connection.state != "connected":
            return self.env._("waits for the connection; nothing is lost")
        if self._is_unanswered():
            return self.env._(
                "Xero stopped answering; the rest waits and continues by itself"
            )
        return connection._duration_words(wait + self._seconds_left(settled))

    def _is_unanswered(self):
        """Whether a request of this time got no answer, or waits to try again."""
        return bool(
            self.env["xero.request"].search_count(
                [
                    ("connection_id", "=", self.connection_id.id),
                    ("create_date", ">=", self.started_at),
                    "|",
                    ("state", "=", "uncertain"),
                    "&",
                    ("state", "=", "ready"),
                    ("retry_at", ">", fields.Datetime.now()),
                ],
                limit=1,
            )
        )

    def _seconds_left(self, settled):
        """As fast as so far; before anything is there, by the number of calls."""
        calls = math.ceil(self.waiting_count / MAX_ELEMENTS)
        if not settled:
            return self.connection_id._seconds_for(max(calls, self.planned_calls))
        passed = (fields.Datetime.now() - self.started_at).total_seconds()
        return passed / settled * self.waiting_count

    # === LIFE === #

    @api.model
    def _start(self, connection, documents, planned_calls):
        """Write down that a person sent these documents.

        :param documents: list of recordsets, one for each model
        :return: the run
        """
        run = self.create(
            {
                "name": self.env["ir.sequence"].next_by_code("xero.run"),
                "connection_id": connection.id,
                "user_id": self.env.uid,
                "started_at": fields.Datetime.now(),
                "planned_calls": planned_calls,
            }
        )
        self.env["xero.run.line"].create(
            [
                {
                    "run_id": run.id,
                    "res_model": document._name,
                    "res_id": document.id,
                    "name": document.display_name,
                    "partner_id": document._xero_partner().id,
                    "currency_id": document.currency_id.id,
                    "amount_total": document.amount_total,
                }
                for records in documents
                for document in records
            ]
        )
        return run

    # === ACTIONS === #

    def action_show_requests(self):
        """What was sent for these documents: a summary of events (S181)."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_connector.xero_request_action"
        )
        links = self.line_ids._links()
        found = self.env["xero.request.line"]._search(
            [("link_id", "in", [link.id for link in links.values()])]
        )
        domain = [
            ("line_ids", "in", found),
            ("create_date", ">=", fields.Datetime.to_string(self.started_at)),
        ]
        ids = self.env["xero.request"].search(domain).ids
        return dict(action, domain=[("id", "in", ids)], context={})


class XeroRunLine(models.Model):
    """One document of a run; its outcome is what is true of it now."""

    _name = "xero.run.line"
    _description = "Document Of A Run"
    _log_access = False
    _order = "run_id desc, id"

    run_id = fields.Many2one(
        "xero.run", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="run_id.company_id")
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        required=True, readonly=True, model_field="res_model"
    )
    name = fields.Char("Document", readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount_total = fields.Monetary(readonly=True)
    outcome = fields.Selection(OUTCOMES, compute="_compute_outcome")
    mark = fields.Char(compute="_compute_outcome")
    reason = fields.Char(compute="_compute_outcome")
    note_id = fields.Many2one("xero.note", compute="_compute_outcome")
    xero_number = fields.Char("Number in Xero", compute="_compute_outcome")

    _document_idx = models.Index("(res_model, res_id)")

    # === COMPUTE METHODS === #

    @api.depends_context("lang")
    def _compute_outcome(self):
        outcomes, links = self._outcomes(), self._links()
        none = self.env["xero.link"]
        for line in self:
            link = links.get(line.id, none)
            line.outcome = outcomes[line.id]
            line.mark = line._mark(link)
            line.reason = link.why or line._reason()
            line.note_id = link.note_id if link.note_id.state == "open" else False
            line.xero_number = link.xero_number

    def _mark(self, link):
        """The state as people see it; a change not taken up yet is news of its own."""
        moving = link.mark in ("sending", "checking")
        return (
            link.mark
            if link and (moving or self.outcome != "waiting")
            else self.outcome
        )

    def _reason(self):
        if self.outcome != "left":
            return False
        document = self.env[self.res_model].browse(self.res_id).exists()
        problem = document and document._xero_why_out(self.run_id.connection_id)
        return problem and problem.message(self.env)

    def _links(self):
        """The live link of each line's document.

        :rtype: dict[int, xero.link]
        """
        links = self.env["xero.link"].sudo()
        found = {}
        for (connection, model), lines in self.grouped(
            lambda line: (line.run_id.connection_id, line.res_model)
        ).items():
            records = self.env[model].browse(lines.mapped("res_id"))
            known = links._live_for(records, connection)
            found |= {
                line.id: known[line.res_id] for line in lines if line.res_id in known
            }
        return found

    def _outcomes(self):
        """What became of each line's document; two queries for any number.

        A document whose change nobody has taken up yet waits, whatever its link says.

        :rtype: dict[int, str]
        """
        links, untaken = self._links(), self._untaken()
        return {
            line.id: "waiting" if line.id in untaken else _outcome(links.get(line.id))
            for line in self
        }

    def _untaken(self):
        """Ids of lines whose document still stands among the changes."""
        if not self.ids:
            return set()
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT l.id FROM xero_run_line l
                  JOIN xero_run r ON r.id = l.run_id
                  JOIN xero_change c ON c.connection_id = r.connection_id
                   AND c.res_model = l.res_model AND c.res_id = l.res_id
                 WHERE l.id IN %s
                """,
                tuple(self.ids),
            )
        )
        return {line_id for (line_id,) in rows}

    # === ACTIONS === #

    def action_open_document(self):
        """Open the document."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def action_mend(self):
        """Open what keeps the document from Xero."""
        self.ensure_one()
        return self.note_id.action_mend()


def _outcome(link):
    """The outcome that a link's state means; None means there is none."""
    if link is None:
        return "left"
    if link.state == "pending" and link.waiting_for == "go_live":
        return "held"
    return {
        "pending": "waiting",
        "synced": "synced",
        "error": "attention",
        "blocked": "attention",
        "skipped": "skipped",
        "gone": "left",
    }[link.state]


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _seconds_for(self, calls):
        """How long so many calls take: one after the other, and a minute's share."""
        minute = self.sudo().budget_ids[:1].minute_left
        waits = max(0, calls - minute) if minute else 0
        return max(calls * _CALL_SECONDS, waits)

    def _duration_words(self, seconds):
        """'about 40 seconds', 'about 3 minutes'."""
        if seconds < 90:
            tens = max(10, round(seconds / 10) * 10)
            return self.env._("about %s seconds", tens)
        return self.env._("about %s minutes", round(seconds / 60))


class XeroLink(models.Model):
    _inherit = "xero.link"

    status_choice = fields.Selection(
        STATUSES,
        "Status Chosen",
        readonly=True,
        help="The status in which someone had it sent, whatever is set for all.",
    )


class XeroRequest(models.Model):
    _inherit = "xero.request"

    run_id = fields.Many2one(
        "xero.run",
        "Sent With",
        compute="_compute_run_id",
        help="The run that its documents were sent with.",
    )

    def _compute_run_id(self):
        """The latest run with one of its documents that began before it."""
        for request in self:
            links = request.line_ids.link_id
            request.run_id = (
                self.env["xero.run.line"]
                .search(
                    [
                        (
                            "res_model",
                            "in",
                            links.mapped("res_model"),
                        ),
                        ("res_id", "in", links.mapped("res_id")),
                        ("run_id.connection_id", "=", request.connection_id.id),
                        ("run_id.started_at", "<=", request.create_date),
                    ],
                    limit=1,
                )
                .run_id
            )
