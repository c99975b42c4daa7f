"""What Xero told us and what people asked for: ids to be read soon, in batches.

A webhook only says that something changed; it may come twice, late, or in any order.
Its events are written down at once and read afterwards, 40 of a kind in one call, so
that what is applied is always what Xero has at that moment.
"""

# Each batch is a transaction of its own.
# pylint: disable=invalid-commit

import json
import logging
import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.queue_job.exception import RetryableJobError

from ..lib import errors, webhooks
from .xero_lane import Busy

_logger = logging.getLogger(__name__)

#: Ids read in one call.
_BATCH = 40

#: Ids that are read by their list, which holds a thousand in a call.
_MANY = 200

#: How long events stay after they were read: Xero repeats them for a day.
_KEPT = timedelta(days=7)

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class XeroEvent(models.Model):
    _name = "xero.event"
    _description = "Event In Xero"
    _log_access = False
    _order = "id"

    connection_id = fields.Many2one(
        "xero.connection", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="connection_id.company_id")
    category = fields.Char(required=True, readonly=True)
    xero_id = fields.Char("Xero ID", required=True, readonly=True)
    kind = fields.Char(readonly=True)
    happened_at = fields.Char(readonly=True, help="As Xero says, to tell repeats.")
    raw = fields.Json(readonly=True, prefetch=False)
    received_at = fields.Datetime(readonly=True)
    done_at = fields.Datetime("Read", readonly=True)
    reading_id = fields.Many2one(
        "xero.reading",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="The person's request to read it, where no event said so.",
    )

    _repeat_uniq = models.UniqueIndex(
        "(connection_id, category, xero_id, kind, happened_at)"
        " WHERE reading_id IS NULL AND done_at IS NULL"
    )
    _pending_idx = models.Index("(connection_id, id) WHERE done_at IS NULL")

    @api.model
    def _keep(self, connections, events):
        """Write down the events that concern these connections, in one statement.

        A repeat of what is not read yet is no new row: it says nothing new.

        :param connections: those whose key signed the events
        :param events: as Xero sent them
        :return: the connections that something happened in
        """
        categories = self._categories()
        rows = {
            (connection.id, *found): json.dumps(event)
            for event in events
            for found in [_columns(event)]
            if found and found[0] in categories
            for connection in connections
            if connection.tenant_id.lower() == event["tenantId"].lower()
        }
        if not rows:
            return connections.browse()
        now = fields.Datetime.now()
        self.env.execute_query(
            SQL(
                "INSERT INTO xero_event (connection_id, category, xero_id, kind,"
                " happened_at, raw, received_at) VALUES %s"
                " ON CONFLICT (connection_id, category, xero_id, kind, happened_at)"
                " WHERE reading_id IS NULL AND done_at IS NULL"
                " DO NOTHING",
                SQL(", ").join(SQL("%s", (*k, raw, now)) for k, raw in rows.items()),
            )
        )
        return connections.browse({connection_id for connection_id, *_rest in rows})

    @api.model
    def _categories(self):
        """Categories of what is read, with the resource that stands for its list."""
        found = {}
        for row in self.env["xero.connection"]._polled_resources():
            if row.webhook_category:
                found[row.webhook_category] = row
        return found

    @api.model
    def _next_batch(self, connection):
        """Ids of one category that are to be read next, people's first.

        :return: the category, its ids, the rows they stand in, and whether a person
            waits; None where nothing is left
        """
        rows = self.env.execute_query(
            SQL(
                """
                WITH next AS (
                    SELECT category FROM xero_event
                     WHERE connection_id = %(connection)s AND done_at IS NULL
                     ORDER BY (reading_id IS NULL), id LIMIT 1)
                SELECT e.category, e.xero_id, array_agg(e.id),
                       bool_or(e.reading_id IS NOT NULL)
                  FROM xero_event e JOIN next USING (category)
                 WHERE e.connection_id = %(connection)s AND e.done_at IS NULL
                 GROUP BY e.category, e.xero_id
                 ORDER BY bool_and(e.reading_id IS NULL), min(e.id)
                 LIMIT %(limit)s
                """,
                connection=connection.id,
                limit=_BATCH,
            )
        )
        if not rows:
            return None
        ids = [row_id for *_rest, found, _person in rows for row_id in found]
        return rows[0][0], [row[1] for row in rows], ids, any(row[3] for row in rows)

    @api.autovacuum
    def _gc_read(self):
        """Forget events that were read a week ago."""
        before = fields.Datetime.now() - _KEPT
        self.sudo().search(
            [("done_at", "<", before), ("reading_id", "=", False)]
        ).unlink()


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    # === RECEIVE === #

    @api.model
    def _receive(self, body, signature):
        """Keep what a webhook tells, if it comes from Xero.

        :param bytes body: exactly as it came
        :return: whether one of our keys signed it
        """
        keyed = self.search([("webhook_key", "!=", False)])
        keys = webhooks.verifying_keys(body, signature, keyed.mapped("webhook_key"))
        ours = keyed.filtered(
            lambda each: (
                each.webhook_key in keys and each.tenant_id and not each.disconnected_at
            )
        )
        if ours:
            for connection in self.env["xero.event"]._keep(ours, _events(body)):
                connection._wake_events()
        return bool(keys)

    def _wake_events(self, by_user=False):
        """Have what happened read soon: by a job, or by cron without a runner."""
        self.ensure_one()
        if not self._runner_alive():
            for cron in self._cron():
                cron._trigger()
            return
        who = "person" if by_user else "background"
        self._as_worker().with_delay(
            priority=5 if by_user else 10,
            max_retries=0,
            identity_key=f"xero-events-{self.id}-{who}",
            description=self.env._("Xero: read what happened"),
        )._job_events()

    # === READ === #

    def _job_events(self):
        """Read what happened in Xero."""
        if not self.active or self.state != "connected":
            return
        try:
            self._read_events()
        except Busy as busy:
            raise RetryableJobError(
                str(busy), seconds=busy.seconds, ignore_retry=True
            ) from busy

    def _read_events_safely(self):
        """Read what happened, if anything did; what goes wrong is for the next time.

        :return: whether that worked and something else waits now; what is on its way
            to Xero waits for its answer
        """
        if not self._has_events():
            return False
        before, done = self._unread(), True
        try:
            self._read_events()
        except Busy as busy:
            _logger.info("Connection %s: %s", self.id, busy)
            done = False
        self.env.cr.commit()
        return done and self._unread() != before

    def _unread(self):
        """What waits to be read: how many events, and the ids to read once more."""
        ours = [("connection_id", "=", self.id)]
        events = self.env["xero.event"].sudo()
        cursors = self.env["xero.cursor"].sudo().search(ours)
        return (
            events.search_count([*ours, ("done_at", "=", False)]),
            cursors.mapped("again"),
        )

    def _has_events(self):
        """Whether something waits to be read that is not on its way to Xero."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT 1 FROM xero_event
                 WHERE connection_id = %(connection)s AND done_at IS NULL
                UNION ALL
                SELECT 1 FROM xero_cursor c, jsonb_array_elements_text(c.again) AS i(id)
                 WHERE c.connection_id = %(connection)s
                   AND jsonb_typeof(c.again) = 'array'
                   AND NOT EXISTS (SELECT 1 FROM xero_link l
                        WHERE l.connection_id = c.connection_id
                          AND l.request_id IS NOT NULL
                          AND (l.xero_id = i.id OR l.res_model = 'xero.part'
                               AND c.resource IN ('payment', 'credit_note',
                                                  'prepayment', 'overpayment')))
                LIMIT 1
                """,
                connection=self.id,
            )
        )
        return bool(rows)

    def _read_events(self):
        """Read and apply everything that waits, unless access is lost.

        :raises Busy: others are at work, or the budget or Xero says not now
        """
        self.ensure_one()
        try:
            more = True
            while more:
                with self._still():
                    more = self._read_batch()
            self._read_waiting()
        except errors.AccessError as error:
            # The connection says so; what happened waits until somebody reconnects.
            _logger.info("Connection %s: %s", self.id, error.message)
            self.env.cr.commit()
            return
        except errors.XeroError as error:
            self.env.cr.commit()
            raise Busy(error.retry_after or 60) from error
        if self._has_work():
            self._wake_plan()
        self.env.cr.commit()

    def _read_waiting(self):
        """Read what is to be read once more: by id, or where that is much by its list,
        which tells all that changed."""
        polled = self._polled_resources()
        for resource in polled + self._on_account_resources():
            with self._still():
                cursor = self.env["xero.cursor"].sudo()._of(self, resource.name)
            is_list = resource in polled and not resource.webhook_category
            if is_list and len(cursor.again or ()) > _MANY:
                with self._lane("poll"):
                    self._poll_resource(resource)
                continue
            news = self._poll_waiting(cursor, resource, cursor.again or ())
            if news:
                with self._still():
                    self._note_news(resource, news)

    def _read_batch(self):
        """Read and apply one batch.

        :return: whether there was one
        """
        events = self.env["xero.event"].sudo()
        found = events._next_batch(self)
        if not found:
            return False
        category, xero_ids, ids, by_user = found
        seconds = self.sudo().budget_ids[:1]._wait(by_user)
        if seconds:
            raise Busy(seconds)
        resource = events._categories()[category]
        cursor = self.env["xero.cursor"].sudo()._of(self, resource.name)
        self._note_news(resource, self._poll_ids(cursor, resource, xero_ids))
        events.browse(ids).write({"done_at": fields.Datetime.now()})
        return True


def _events(body):
    """The events in a body; whatever else it is holds none."""
    try:
        found = json.loads(body)
    except ValueError:
        return []
    found = found.get("events") if isinstance(found, dict) else None
    return found if isinstance(found, list) else []


def _columns(event):
    """Category, id, kind and moment of an event; None where it is none of Xero's."""
    if not isinstance(event, dict):
        return None
    names = ("eventCategory", "resourceId", "eventType", "eventDateUtc", "tenantId")
    if not all(isinstance(event.get(name), str) for name in names):
        return None
    category, xero_id, kind, moment, _tenant = (event[name] for name in names)
    if not _GUID.fullmatch(xero_id.lower()):
        return None
    return category.upper(), xero_id.lower(), kind, moment
