"""Poll: read what Xero changed, page by page, and have it applied. A job.

Pages are ordered by when Xero changed them and hold 1,000; each is applied and
committed with the place reached, so that whatever ends this job, the next goes on from
there. The first reading asks for everything: demonstration data says it was changed
years ago, and records of last year are as good as any.
"""

# Each page is a transaction of its own.
# pylint: disable=invalid-commit

import logging
from contextlib import contextmanager
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.queue_job.exception import RetryableJobError

from ..lib import elements, errors, wire
from .xero_lane import Busy
from .xero_read import CHUNK

_logger = logging.getLogger(__name__)

PAGE = 1000

#: Xero's servers may learn of a change a little later than it says.
_OVERLAP = timedelta(minutes=2)

#: Readings of everything in a row while others work in Xero.
_WALKS = 3


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    # === WHEN === #

    @api.model
    def _cron_poll(self):
        """Every hour: what changed in Xero?"""
        for connection in self.search([("tenant_id", "!=", False)]):
            if connection.state == "connected":
                connection._wake_poll()
            self.env.cr.commit()

    def _wake_poll(self, which="all"):
        """Have Xero read soon: by a job, or now where no runner runs.

        :param which: lists as of :meth:`_lists`
        """
        worker = self._as_worker()
        if self._runner_alive():
            worker.with_delay(
                priority=10 if which == "awaited" else 15,
                max_retries=0,
                identity_key=f"xero-poll-{self.id}-{which}",
                description=self.env._("Xero: read what changed"),
            )._job_poll(which)
        else:
            worker._poll_safely(worker._lists(which))

    def _job_poll(self, which="all"):
        """Read what changed in Xero."""
        if not self.active or self.state != "connected":
            return
        try:
            self._poll(self._lists(which))
        except Busy as busy:
            raise RetryableJobError(
                str(busy), seconds=busy.seconds, ignore_retry=True
            ) from busy

    def _poll_safely(self, resources):
        """Poll; what goes wrong is for the next time.

        :param resources: which to read
        :return: whether everything was read
        """
        done = False
        try:
            done = self._poll(resources)
        except Busy as busy:
            _logger.info("Connection %s: %s", self.id, busy)
        except Exception:
            self.env.cr.rollback()
            _logger.exception("Connection %s could not be read", self.id)
        self.env.cr.commit()
        return done

    def _awaiting_look(self):
        """Links of records that wait to be looked for in Xero."""
        return (
            self.env["xero.link"]
            .sudo()
            .search(
                [
                    ("connection_id", "=", self.id),
                    ("state", "=", "pending"),
                    ("waiting_for", "=", "look"),
                    ("request_id", "=", False),
                ]
            )
        )

    def _poll_if_awaited(self):
        """Read now what some wait to be looked for in; whether that was done."""
        resources = self._lists("awaited")
        return bool(resources) and self._poll_safely(resources)

    def _polled_resources(self):
        """Resources that are read, in the order in which they depend.

        One for each of Xero's lists: invoices stand for bills too, which are read
        together.
        """
        rows = {}
        for row in self.env["xero.resource"]._in_order():
            if row.cursor and hasattr(self.env[row.model], "_xero_apply"):
                rows.setdefault(row.endpoint, row)
        return list(rows.values())

    def _lists(self, which):
        """Resources to read.

        :param which: ``all``, ``documents``, or ``awaited``: those that somebody waits
            for
        """
        rows = self._polled_resources()
        if which == "documents":
            return [row for row in rows if row.document]
        if which == "awaited":
            every = self.env["xero.resource"]._get_resources()
            names = set(self._awaiting_look().mapped("resource"))
            wanted = {every[name].endpoint for name in names}
            return [row for row in rows if row.endpoint in wanted]
        return rows

    # === READ === #

    def _poll(self, resources):
        """Read up to now.

        :param resources: which to read
        :return: whether that worked; not where access is lost
        :raises Busy: others are at work, or the budget or Xero says not now
        """
        self.ensure_one()
        done = True
        for resource in resources:
            try:
                with self._lane("poll"):
                    self._poll_resource(resource)
            except errors.AccessError as error:
                # The connection says so; reconnecting reads again.
                _logger.info("Connection %s: %s", self.id, error.message)
                done = False
            except errors.XeroError as error:
                self.env.cr.commit()
                raise Busy(error.retry_after or 60) from error
            self.env.cr.commit()
        if done:
            self._after_poll()
        return done

    @contextmanager
    def _still(self):
        """Neither a plan nor a send is under way, and a fresh look at Odoo.

        For one page at a time: a person's document goes in between.
        """
        with self._lane("plan"), self._lane("send"):
            self.env.cr.commit()
            yield
            self.env.cr.commit()

    def _poll_resource(self, resource):
        """One reading of everything new, or the rest of one that was interrupted."""
        with self._still():
            cursor = self.env["xero.cursor"].sudo()._of(self, resource.name)
            waiting, news = {*(cursor.again or ())}, 0
        for _walk in range(_WALKS):
            more = True
            while more:
                with self._still():
                    self._check_may_poll()
                    found, more = self._poll_page(cursor, resource, waiting)
                    news += found
            if not cursor.moved:
                break
            # Pages shifted under us: something may have slipped from one to the next.
            with self._still():
                cursor.page = 0
        news += self._poll_waiting(cursor, resource, waiting)
        with self._still():
            cursor._end(news)
            self._note_news(resource, news)

    def _note_news(self, resource, news):
        """History: what was read, and how much of it was new."""
        rows = self.env["xero.resource"]._in_order()
        names = [row.many for row in rows if row.endpoint == resource.endpoint]
        names = names or [resource.many]
        self.env["xero.request"].sudo()._note_read(
            self, ", ".join(names), resource.read, news
        )

    def _check_may_poll(self):
        """Polls leave the calls that are kept for people, unless a person waits (I12).

        :raises Busy: until the budget allows
        """
        by_user = bool(self._awaiting_look()) and self._person_waits()
        seconds = self.sudo().budget_ids[:1]._wait(by_user)
        if seconds:
            raise Busy(seconds)

    def _person_waits(self):
        """Whether a person asked for something that is not sent yet."""
        links = self.env["xero.link"].sudo()
        domain = [
            ("connection_id", "=", self.id),
            ("state", "=", "pending"),
            ("by_user", "=", True),
        ]
        return bool(links.search_count(domain, limit=1))

    def _poll_page(self, cursor, resource, waiting):
        """Read and apply one page.

        :param waiting: ids to be read once more; what the page has of them is taken out
        :return: how many were new, and whether there may be more pages
        """
        parameters = self._poll_parameters(resource, cursor)
        answer = self._call(resource.read, **parameters)
        # A fresh look at Odoo: people worked while Xero answered.
        self.env.cr.commit()
        if not cursor.page:
            cursor._begin(self._xero_now(answer))
        found = answer.elements(resource.endpoint)
        moved = cursor.page > 1 and any(
            (elements.updated(each) or "") > cursor.begun_at for each in found
        )
        ids = {each[resource.id_field] for each in found}
        waiting -= ids
        cursor._was_read(ids)
        news = self._apply(cursor, resource, found)
        more = len(found) == PAGE
        cursor.write({"page": cursor.page + 1, "moved": cursor.moved or moved})
        return news, more

    def _poll_parameters(self, resource, cursor):
        parameters = dict(resource.parameters) | {
            "page": cursor.page or 1,
            "page_size": PAGE,
            "order": "UpdatedDateUTC ASC",
        }
        if resource.name == "contact":
            parameters["include_archived"] = True
        if cursor.watermark:
            moment = wire.parse_timestamp(cursor.watermark) - _OVERLAP
            parameters["if_modified_since"] = moment
        return parameters

    def _xero_now(self, answer):
        """Xero's own time in an answer, as text; ours may differ from it."""
        moment = wire.parse_timestamp(answer.json.get("DateTimeUTC"))
        moment = moment or wire.parse_timestamp(fields.Datetime.now().isoformat())
        return moment.isoformat()

    def _poll_waiting(self, cursor, resource, ids):
        """Read by id what was to be read once more, a call in each transaction.

        :return: how many were new
        """
        ids, news = sorted(ids), 0
        for start in range(0, len(ids), CHUNK):
            with self._still():
                self._check_may_poll()
                some = ids[start : start + CHUNK]
                news += self._poll_ids(cursor, resource, some)
        return news

    def _poll_ids(self, cursor, resource, ids):
        """Read and apply some elements by id; events of Xero come in here, too."""
        found = self._read_by_id(resource, ids)
        self.env.cr.commit()
        # Only what was read: a read that fails forgets nothing (I9).
        cursor._was_read(ids)
        return self._apply(cursor, resource, found)

    def _apply(self, cursor, resource, found):
        """Have a page of elements applied to Odoo.

        :return: how many of them were new
        """
        model = self.env[resource.model].with_context(xero_from=self.id)
        return model._xero_apply(self, cursor, found)

    # === AFTERWARDS === #

    def _after_poll(self):
        """What waited to be looked for may go on; if not, it waits again."""
        waiting = self._awaiting_look()
        waiting.waiting_for = "plan"
        if waiting or self._has_work():
            self._wake_plan()
        if self._has_events():
            self._wake_events()
        self.env.cr.commit()

    # === ACTIONS === #

    def action_pull(self):
        """Read now what changed in Xero."""
        self._check_user()
        for connection in self.sudo():
            if connection.state == "connected":
                connection._pull()
        return self._notify(self.env._("Reading from Xero."))

    def _pull(self):
        if self._runner_alive():
            self._wake_poll()
        else:
            for cron in self.env.ref("xero_connector.ir_cron_poll").sudo():
                cron._trigger()
