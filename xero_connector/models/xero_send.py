"""Send: one request, one HTTP call, and its answer applied. A job that may commit.

Every step is committed before the next one begins, so that a crash anywhere leaves a
state that says what may be done next.
"""

# Every step is committed before the next one begins.
# pylint: disable=invalid-commit

import logging
from datetime import timedelta

from odoo import fields, models

from odoo.addons.queue_job.exception import RetryableJobError

from ..lib import errors, wire
from .xero_lane import Busy, Stopped

_logger = logging.getLogger(__name__)


class XeroRequest(models.Model):
    _inherit = "xero.request"

    # === JOB === #

    def _job_advance(self):
        """Send a request to Xero, or settle what became of it."""
        request = self.sudo()
        try:
            request._advance()
        except Stopped:
            _logger.info("Request %s waits for the connection", request.name)
        except Busy as busy:
            raise RetryableJobError(
                str(busy), seconds=busy.seconds, ignore_retry=True
            ) from busy

    def _advance(self):
        """Take one request as far as it goes now.

        Alone per organisation: 50 elements a call in one lane is Xero's own speed, and
        contacts are surely there before the documents that name them.

        :raises Busy: not now; again in so many seconds
        """
        self.ensure_one()
        with self.connection_id._lane("send"):
            self.env.cr.commit()
            self._step()

    def _step(self):
        """What the state allows."""
        if self.state == "ready":
            self._send()
        elif self.state == "sending":
            self._check_deadline()
        elif self.state == "uncertain":
            self._doubt()
        elif self.state == "answered":
            self._apply_stored()

    def _check_deadline(self):
        """A call that nobody waits for any more may still be in flight at Xero."""
        left = (self.deadline_at - fields.Datetime.now()).total_seconds()
        if left > 0:
            raise Busy(int(left) + 1)
        self._set_uncertain("The answer did not arrive.")
        self._doubt()

    # === SEND === #

    def _send(self):
        """Look before a change, claim, call, store the answer; then apply it."""
        self._check_may_call()
        if self._withdraw_if_changed():
            return
        if self.action == "update":
            there = self._read_there()
            if self._withdraw_if_changed():
                return
            self._check_may_call()  # the look was a call
            if not self._meet(there):
                return
        elif not self._may_create():
            return
        try:
            answer = self._call()
        except errors.XeroError as error:
            if self.state != "sending":  # what the look found is looked at again
                self.env.cr.rollback()
            self._failed(error)
        except Exception:
            self.env.cr.rollback()
            if self.state != "sending":  # not claimed: nothing went out
                raise
            _logger.exception("Request %s: its effect is not known", self.name)
            self._set_uncertain("The call broke off.")
            raise Busy(self._seconds_to_deadline()) from None
        else:
            self._answered(answer)

    def _withdraw_if_changed(self):
        """Plan again what was changed since it was written down (edits before sending).

        Nothing of a ready request is at Xero, so its elements may simply go back.
        """
        self.env.cr.execute(
            """
            SELECT 1 FROM xero_request_line line
              JOIN xero_link l ON l.id = line.link_id
              JOIN xero_change c ON c.connection_id = l.connection_id
               AND c.res_model = l.res_model AND c.res_id = l.res_id
             WHERE line.request_id = %s AND line.outcome IS NULL LIMIT 1
            """,
            [self.id],
        )
        if not self.env.cr.fetchone():
            return False
        lines = self._open_lines()
        lines.outcome = "withdrawn"
        lines.link_id.write({"request_id": False, "waiting_for": "plan"})
        self.write({"state": "done", "settled_at": fields.Datetime.now()})
        self.connection_id._wake_plan(by_user=self.by_user)
        self.env.cr.commit()
        return True

    def _may_create(self):
        """Whether any element may still be created. Asked before the claim.

        Where Xero takes a new element for a change of what has its number, an addon
        looks first and stops those, as :meth:`_meet` does with changes.
        """
        return True

    def _claim(self):
        """Write down, before anything goes out, that it is going out (I3).

        The deadline is when nobody, not even Xero, is busy with it any more.
        """
        connection = self.connection_id
        patience = connection._call_seconds() + connection._grace_seconds()
        now = fields.Datetime.now()
        self.write(
            {
                "state": "sending",
                "attempt": self.attempt + 1,
                "sent_at": now,
                "deadline_at": now + timedelta(seconds=patience),
                "retry_at": False,
            }
        )
        self.env.cr.commit()

    def _seconds_to_deadline(self):
        left = (self.deadline_at - fields.Datetime.now()).total_seconds()
        return max(1, int(left) + 1)

    def _check_may_call(self):
        """Hold back where calling is pointless or not ours to do.

        :raises Busy: until the budget allows; forever where access is lost, in which
            case reconnecting wakes the request again
        """
        connection = self.connection_id
        if (
            not connection.active
            or connection.is_copy
            or connection.state != "connected"
        ):
            raise Stopped()
        seconds = connection.budget_ids[:1]._wait(self.by_user)
        if seconds:
            self._later(seconds, connection.paused)

    def _call(self):
        args, parameters = self._arguments()
        return self.connection_id._call(
            self.operation, *args, before=self._claim, **parameters
        )

    def _arguments(self):
        """What the operation is called with."""
        resource = self._resource()
        return self.env[resource.model]._xero_arguments(
            resource, self.action, self._sent(), self.idempotency_key
        )

    def _answers(self):
        """The elements of the stored answer, in the order of those sent."""
        resource, answer = self._resource(), wire.loads(self.answer)
        return self.env[resource.model]._xero_answered(
            resource, self.action, answer, self._sent()
        )

    def _resource(self):
        return self.env["xero.resource"]._get(self.resource)

    def _sent(self):
        """The elements of the payload, in the order of the open lines."""
        return wire.loads(self.payload)[self._resource().endpoint]

    def _open_lines(self):
        """Lines that nothing became of yet, in the order of their elements."""
        lines = self.line_ids.filtered(lambda line: not line.outcome)
        return lines.sorted("position")

    # === AFTER === #

    def _after(self):
        """Wake what waited for this: dependents, and changes made meanwhile.

        In a transaction of its own: a plan that ran while the answer was applied wrote
        down that its documents wait, unseen by the transaction that applied it.
        """
        self.env.cr.commit()
        connection = self.connection_id
        if connection._release_dependents() or connection._has_work():
            connection._wake_plan(by_user=self.by_user)
        self.env.cr.commit()
