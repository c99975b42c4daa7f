"""The ledger of writes: every request is here before it is sent, and its outcome after.

States and who moves them::

    ready -> sending -> answered -> done        send (xero_send.py)
                  \\-> uncertain -> done          doubt (xero_doubt.py)
    ready <- sending                             surely no effect
             sending -> failed                   refused as a whole

A request in ``sending`` past its deadline counts as uncertain. Whatever crashes, the
state says what may be done next; nothing is sent twice on a guess.
"""

import uuid

from odoo import api, fields, models

from ..lib import wire

STATES = [
    ("ready", "Waiting"),
    ("sending", "Sending"),
    ("answered", "Answered"),
    ("done", "Done"),
    ("failed", "Refused"),
    ("uncertain", "Checking"),
]

#: States in which the elements' links are in flight.
UNFINISHED = ("ready", "sending", "answered", "uncertain")

OUTCOMES = [
    ("created", "Created"),
    ("updated", "Changed"),
    ("adopted", "Found in Xero"),
    ("refused", "Needs attention"),
    ("absent", "Not in Xero, goes again"),
    ("split", "Sent again in smaller parts"),
    ("exists", "Xero has one already; looked up"),
    ("withdrawn", "Changed before it went; goes as it is now"),
    ("held", "Changed in Xero meanwhile; not sent"),
    ("gone", "No longer in Xero; not sent"),
]


class XeroRequest(models.Model):
    _name = "xero.request"
    _description = "Xero Request"
    _order = "id desc"

    name = fields.Char("Job", required=True, readonly=True, index=True)
    connection_id = fields.Many2one(
        "xero.connection", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    direction = fields.Selection(
        [("out", "Sent"), ("in", "Read")], default="out", required=True, readonly=True
    )
    resource = fields.Selection(
        lambda self: self.env["xero.resource"]._selection(),
        "Kind Of Record",
        readonly=True,
    )
    list_name = fields.Char(readonly=True, help="Which of Xero's lists was read.")
    operation = fields.Char(required=True, readonly=True)
    action = fields.Selection(
        [("create", "Create"), ("update", "Change"), ("read", "Read")],
        required=True,
        readonly=True,
    )
    method = fields.Char(readonly=True)
    path = fields.Char(readonly=True)
    by_user = fields.Boolean(readonly=True)
    lookup_only = fields.Boolean(
        readonly=True, help="Xero said that these exist; they are only looked up."
    )
    element_count = fields.Integer("Records", readonly=True)
    state = fields.Selection(STATES, default="ready", required=True, readonly=True)
    idempotency_key = fields.Char(readonly=True, groups="base.group_system")
    payload = fields.Text(readonly=True, prefetch=False, groups="base.group_system")
    answer = fields.Text(readonly=True, prefetch=False, groups="base.group_system")
    attempt = fields.Integer(readonly=True)
    sent_at = fields.Datetime("Sent", readonly=True)
    deadline_at = fields.Datetime(
        readonly=True, help="Until then Xero may still be busy with it."
    )
    retry_at = fields.Datetime("Again At", readonly=True)
    settled_at = fields.Datetime("Settled", readonly=True)
    duration = fields.Float("Seconds", readonly=True)
    status_code = fields.Integer(readonly=True)
    correlation_id = fields.Char("Xero's Number", readonly=True)
    error = fields.Char("What Happened", readonly=True)
    advice = fields.Char("What To Do", readonly=True)
    line_ids = fields.One2many("xero.request.line", "request_id", readonly=True)
    good_count = fields.Integer("In Xero", compute="_compute_outcomes")
    bad_count = fields.Integer("Needs Attention", compute="_compute_outcomes")
    summary = fields.Char(compute="_compute_outcomes")

    _unfinished_idx = models.Index(
        "(connection_id, id)"
        " WHERE state IN ('ready', 'sending', 'answered', 'uncertain')"
    )

    # === COMPUTE METHODS === #

    @api.depends("line_ids.outcome", "state")
    def _compute_outcomes(self):
        groups = self.env["xero.request.line"]._read_group(
            [("request_id", "in", self.ids)], ["request_id", "outcome"], ["__count"]
        )
        counts = {(request.id, outcome): n for request, outcome, n in groups}
        for request in self:

            def count(*outcomes, request=request):
                return sum(counts.get((request.id, each), 0) for each in outcomes)

            request.good_count = count("created", "updated", "adopted")
            request.bad_count = count("refused", "held", "gone")
            request.summary = request._summary()

    def _summary(self):
        """One line of History: what became of it."""
        if self.state == "uncertain":
            return self.env._("No answer from Xero; we look before we send again.")
        if self.state in ("ready", "sending", "answered"):
            return self.error or self.env._("On its way.")
        if self.direction == "in":
            return self.env._("%s new or changed", self.element_count)
        parts = []
        if self.good_count:
            parts.append(self.env._("%s in Xero", self.good_count))
        if self.bad_count:
            parts.append(self.env._("%s need attention", self.bad_count))
        return ", ".join(parts) or self.error or self.env._("Goes again.")

    # === CREATION === #

    @api.model
    def _write_down(self, connection, batches):
        """Record requests and their elements, and mark the links as in flight.

        :param batches: list of (resource, action, by_user, assessments), none larger
            than what Xero takes in one call
        :return: the requests, ``ready``
        """
        requests = self.create(
            [self._batch_values(connection, *batch) for batch in batches]
        )
        lines = []
        for request, batch in zip(requests, batches, strict=True):
            *_rest, assessments = batch
            links = request.env["xero.link"].union(*(a.link for a in assessments))
            links.write({"request_id": request.id, "waiting_for": False})
            lines += [
                {
                    "request_id": request.id,
                    "link_id": assessment.link.id,
                    "position": position,
                    "fingerprint": assessment.fingerprint,
                    "agreed": assessment.agreed,
                }
                for position, assessment in enumerate(assessments)
            ]
        self.env["xero.request.line"].create(lines)
        return requests

    def _batch_values(self, connection, resource, action, by_user, assessments):
        operation = resource.create if action == "create" else resource.update
        elements = [each.payload for each in assessments]
        method, path = connection._describe(resource, action, elements)
        payload = {resource.endpoint: elements}
        return {
            "name": self.env["ir.sequence"].next_by_code("xero.request"),
            "connection_id": connection.id,
            "resource": resource.name,
            "operation": operation,
            "action": action,
            "method": method,
            "path": path,
            "by_user": by_user,
            "element_count": len(assessments),
            "idempotency_key": self._new_key(),
            "payload": wire.dumps(payload),
        }

    @api.model
    def _new_key(self):
        """A key under which Xero knows a repeated request for a few minutes.

        It guards against repeats on the way, nothing more: after a doubt the truth is
        read, and a new attempt has a new key.
        """
        return uuid.uuid4().hex

    @api.model
    def _note_read(self, connection, list_name, operation, count):
        """A row of History for a read that changed something.

        Reads that found nothing new leave no row.
        """
        if not count:
            return
        now = fields.Datetime.now()
        self.create(
            {
                "name": self.env["ir.sequence"].next_by_code("xero.request"),
                "connection_id": connection.id,
                "direction": "in",
                "list_name": list_name,
                "operation": operation,
                "action": "read",
                "element_count": count,
                "state": "done",
                "sent_at": now,
                "settled_at": now,
            }
        )

    @api.autovacuum
    def _gc_payloads(self):
        """Forget what was sent and answered after 30 days; the rows stay."""
        parameters = self.env["ir.config_parameter"].sudo()
        days = int(parameters.get_param("xero_connector.payload_days", 30))
        before = fields.Datetime.subtract(fields.Datetime.now(), days=days)
        self.sudo().search(
            [
                ("state", "in", ("done", "failed")),
                ("settled_at", "<", before),
                ("payload", "!=", False),
            ]
        ).write({"payload": False, "answer": False})

    # === WAKING === #

    def _wake(self, seconds=0):
        """Have these requests taken further, by jobs in this same transaction.

        Without a job runner the cron takes them.
        """
        if not self or not self.connection_id[:1]._runner_alive():
            return
        for request in self:
            worker = self.with_env(request.connection_id._as_worker().env)
            worker.browse(request.id).with_delay(
                priority=(5 if request.by_user else 10) + request._rank(),
                eta=seconds or None,
                max_retries=0,
                identity_key=request._job_key(),
                description=self.env._("Xero: send %s", request.name),
            )._job_advance()

    def _job_key(self):
        """One job a request; a person's does not wait with a postponed one."""
        return f"xero-request-{self.id}-{'person' if self.by_user else 'background'}"

    def _rank(self):
        """Contacts and items before documents."""
        return self.env["xero.resource"]._get(self.resource).sequence // 10


class XeroRequestLine(models.Model):
    """One element of a request: which record, and what became of it."""

    _name = "xero.request.line"
    _description = "Xero Request Element"
    _order = "request_id desc, position"
    _log_access = False

    request_id = fields.Many2one(
        "xero.request", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="request_id.company_id")
    link_id = fields.Many2one(
        "xero.link", readonly=True, ondelete="set null", index=True
    )
    record_name = fields.Char(related="link_id.record_name", string="Record")
    position = fields.Integer(readonly=True)
    fingerprint = fields.Char(readonly=True, prefetch=False)
    agreed = fields.Json(readonly=True, prefetch=False)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    message = fields.Text("Xero's Words", readonly=True)

    def action_open(self):
        """Open the record."""
        self.ensure_one()
        return self.link_id.action_open_record()
