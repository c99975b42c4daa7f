"""The cron: catches what nobody woke, and does the work where no job runner does."""

# What is done stays done when the rest fails.
# pylint: disable=invalid-commit

import logging
import time
from datetime import timedelta

from odoo import api, fields, models

from .xero_lane import Busy, Stopped
from .xero_request import UNFINISHED

_logger = logging.getLogger(__name__)

#: Stop well before the server's own limit for a cron worker.
_SECONDS = 50

#: Each round takes everything that is due, so a few are plenty.
_ROUNDS = 50

#: A request that moved this recently has a job of its own.
_PATIENCE = timedelta(seconds=45)


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    # === CRON === #

    @api.model
    def _cron_drive(self):
        """Every minute: nothing may be stuck (the sweeper).

        With a job runner it only wakes what has no job any more; without one it
        plans and sends by itself.
        """
        connections = self.search([("tenant_id", "!=", False)])
        alive = self._runner_alive()
        self._retire_failed_jobs()
        for connection in connections:
            try:
                connection._drive_or_sweep(alive)
                connection._tell_access_lost()
            except Exception:
                self.env.cr.rollback()
                _logger.exception("Connection %s could not be served", connection.id)
            self.env.cr.commit()

    @api.model
    def _retire_failed_jobs(self):
        """Cancel our failed jobs: what they left undone stands in the ledger.

        A failed job counts as unfinished, and one in a copied database would stop the
        job runner of every database on the server.
        """
        self.env["queue.job"].sudo().search(
            [("model_name", "=like", "xero.%"), ("state", "=", "failed")]
        ).write({"state": "cancelled", "date_cancelled": fields.Datetime.now()})

    def _drive_or_sweep(self, runner_alive):
        if self.is_copy:
            self._drop_jobs()
        elif self.state == "connected":
            worker = self._as_worker()
            if worker._worker_may_read():  # a note says so otherwise
                worker._sweep() if runner_alive else worker._drive()

    def _sweep(self):
        """Wake what waits although nobody works on it."""
        overdue = self._due_requests(moved_before=fields.Datetime.now() - _PATIENCE)
        overdue._wake()
        if self._release_dependents() or self._has_work():
            self.sudo()._wake_plan()
        if self._awaiting_look():
            self._wake_poll("awaited")
        if self._has_events():
            self._wake_events()

    def _drive(self, seconds=_SECONDS):
        """Plan, send and settle until nothing is left to do now, or time is up."""
        end = time.monotonic() + seconds
        for _round in range(_ROUNDS):
            if time.monotonic() > end or not self._drive_once():
                return
        _logger.warning("Connection %s: not quiet in %s rounds", self.id, _ROUNDS)

    def _drive_once(self):
        """One round; whether something was done."""
        done, before = False, self._due_requests()
        try:
            if self._release_dependents() or self._has_work():
                self._plan()
                self.env.cr.commit()
                done = bool(self._due_requests() - before)
            done = self._poll_if_awaited() or done
            done = self._read_events_safely() or done
        except Busy:
            return False
        except Exception:
            self.env.cr.rollback()
            _logger.exception("Connection %s could not be planned", self.id)
        for request in self._due_requests():
            done = self._drive_request(request) or done
        return done

    def _drive_request(self, request):
        """Take one request further; whether it moved."""
        before = request.state
        try:
            request._advance()
        except (Busy, Stopped) as wait:
            _logger.info("Request %s: %s", request.name, wait)
        except Exception:
            self.env.cr.rollback()
            _logger.exception("Request %s could not be taken further", request.name)
        self.env.cr.commit()
        return request.state != before

    # === WHAT IS LEFT === #

    def _due_requests(self, moved_before=None):
        """Requests that can be taken further now, people's first, in order.

        :param moved_before: only those that nobody moved since
        """
        now = fields.Datetime.now()
        domain = [
            ("connection_id", "=", self.id),
            ("state", "in", UNFINISHED),
            "|",
            ("retry_at", "=", False),
            ("retry_at", "<=", now),
            "|",
            "|",
            ("state", "in", ("ready", "answered")),
            ("deadline_at", "=", False),
            ("deadline_at", "<=", now),
        ]
        if moved_before:
            domain.append(("write_date", "<", moved_before))
        requests = self.env["xero.request"].sudo().search(domain)
        return requests.sorted(
            lambda request: (not request.by_user, request._rank(), request.id)
        )

    def _has_work(self):
        """Whether a plan would find changes or links that wait for it."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT 1 FROM xero_change WHERE connection_id = %(id)s
            UNION ALL
            SELECT 1 FROM xero_link l WHERE l.connection_id = %(id)s
               AND l.state = 'pending' AND l.request_id IS NULL
               AND l.superseded_by_id IS NULL
               AND (l.waiting_for IS NULL OR l.waiting_for = 'plan')
            LIMIT 1
            """,
            {"id": self.id},
        )
        return bool(self.env.cr.fetchone())
