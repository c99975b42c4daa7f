"""A call without success: what that says of its effect, and what goes again how."""

# Every step is committed before the next one begins.
# pylint: disable=invalid-commit

from datetime import timedelta

from odoo import Command, fields, models

from ..lib import batches, elements, errors, wire
from .xero_lane import Busy, Stopped

#: Seconds before a request that surely had no effect is tried again, by attempt.
_BACK_OFF = (10, 30, 60, 120, 300)


class XeroRequest(models.Model):
    _inherit = "xero.request"

    def _failed(self, error):
        """The call raised: what does that say about its effect?"""
        self._note_error(error)
        if isinstance(error, errors.Uncertain):
            if not error.may_be_running:
                self.deadline_at = fields.Datetime.now()
            self._set_uncertain(error.message)
            raise Busy(self._seconds_to_deadline())
        if isinstance(error, errors.AccessError):
            self._back_to_ready()
            self.env.cr.commit()
            raise Stopped()
        if isinstance(error, errors.Refused | errors.Bug):
            self._refused_whole(error)
            self.env.cr.commit()
            return
        self._back_to_ready()
        default = _BACK_OFF[min(max(self.attempt, 1), len(_BACK_OFF)) - 1]
        self._later(error.retry_after or default, error.message)

    def _note_error(self, error):
        self.write(
            {
                "status_code": error.status or 0,
                "correlation_id": error.correlation_id,
                "error": error.message,
                "advice": error.advice,
            }
        )

    def _back_to_ready(self):
        self.write({"state": "ready", "deadline_at": False})

    def _later(self, seconds, why):
        """Wait; nothing was done at Xero."""
        self.write(
            {
                "retry_at": fields.Datetime.now() + timedelta(seconds=seconds),
                "error": why,
            }
        )
        self.env.cr.commit()
        raise Busy(seconds)

    def _set_uncertain(self, why):
        self.write({"state": "uncertain", "error": why})
        self.env.cr.commit()

    def _refused_whole(self, error):
        """Nothing was done. Find the culprit by halves, or name it (decision 13)."""
        lines = self._open_lines()
        if len(lines) > 1:
            self._halve(lines)
            return
        self.write({"state": "failed", "settled_at": fields.Datetime.now()})
        words = error.messages or [error.message]
        found = elements.element_errors(error.elements[0]) if error.elements else []
        self._refuse(lines, found or words, error)
        self._after()

    def _halve(self, lines):
        """Plan the elements again in two requests with keys of their own."""
        parts = self.browse().union(*map(self._part, batches.halves(lines)))
        lines.outcome = "split"
        self.write({"state": "failed", "settled_at": fields.Datetime.now()})
        parts._wake()

    def _part(self, lines, **values):
        """A request of its own for some of this one's elements.

        :param values: further columns, such as another state
        """
        resource, payload = self._resource(), self._sent()
        part = self.create(
            {
                "name": self.env["ir.sequence"].next_by_code("xero.request"),
                "connection_id": self.connection_id.id,
                "resource": self.resource,
                "operation": self.operation,
                "action": self.action,
                "method": self.method,
                "path": self.path,
                "by_user": self.by_user,
                "element_count": len(lines),
                "idempotency_key": self._new_key(),
                "payload": wire.dumps(
                    {resource.endpoint: [payload[line.position] for line in lines]}
                ),
                "line_ids": [
                    Command.create(
                        {
                            "link_id": line.link_id.id,
                            "position": position,
                            "fingerprint": line.fingerprint,
                            "agreed": line.agreed,
                            "message": line.message,
                        }
                    )
                    for position, line in enumerate(lines)
                ],
            }
            | values
        )
        lines.link_id.request_id = part
        return part

    def _look_up(self, lines):
        """Xero says these exist already: see whether they are ours (decision 10)."""
        if not lines:
            return
        lines.outcome = "exists"
        now = fields.Datetime.now()
        part = self._part(
            lines, state="uncertain", sent_at=now, deadline_at=now, lookup_only=True
        )
        part._wake()
