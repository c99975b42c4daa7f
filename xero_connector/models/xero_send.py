"""Send: one request, one HTTP call, and its answer applied. A job that may commit.

Every step is committed before the next one begins, so that a crash anywhere leaves a
state that says what may be done next.
"""

# Every step is committed before the next one begins.
# pylint: disable=invalid-commit

import logging
from datetime import timedelta

from odoo import Command, fields, models

from odoo.addons.queue_job.exception import RetryableJobError

from ..lib import elements, errors, messages, wire
from .xero_cause import SHARED
from .xero_look import STALE
from .xero_plan import Busy, Stopped
from .xero_sync_mixin import Problem

_logger = logging.getLogger(__name__)

#: Seconds before a request that surely had no effect is tried again, by attempt.
_BACK_OFF = (10, 30, 60, 120, 300)

#: Refusals that mean "look whether it is ours", not "mend it".
#: A contact sent twice comes back with its name refused, not its number.
ALREADY_THERE = {
    "contact_name_taken",
    "contact_number_taken",
    "invoice_number_taken",
    "item_code_taken",
    "payment_exceeds",
}


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
            if self._withdraw_if_changed() or not self._meet(there):
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

    # === NO SUCCESS === #

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
        half = len(lines) // 2
        halves = self._part(lines[:half]) | self._part(lines[half:])
        lines.outcome = "split"
        self.write({"state": "failed", "settled_at": fields.Datetime.now()})
        halves._wake()

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

    # === ANSWER === #

    def _answered(self, answer):
        """Store the raw answer first: from here on nothing depends on the wire."""
        self.write(
            {
                "state": "answered",
                "answer": answer.text,
                "status_code": answer.status,
                "correlation_id": answer.correlation_id,
                "duration": answer.duration,
                "error": False,
                "advice": False,
            }
        )
        self.env.cr.commit()
        self._apply_stored()

    def _apply_stored(self):
        """Apply each element of the stored answer to its link."""
        found = self._answers()
        self.connection_id._add_option_ids(found)
        lines = self._open_lines()
        if len(found) != len(lines):
            self._set_uncertain("Xero answered about another number of records.")
            raise Busy(1)
        accepted, refused = [], []
        for line, element in zip(lines, found, strict=True):
            failed = elements.element_failed(element)
            (refused if failed else accepted).append((line, element))
        outcome = "created" if self.action == "create" else "updated"
        self._accept(accepted, outcome)
        there = self.line_ids.browse()
        for line, element in refused:
            words = elements.element_errors(element)
            known = messages.explain(words).code in ALREADY_THERE
            if known and self.action == "create":
                line.message = "\n".join(words)
                there |= line
            else:
                self._refuse(line, words)
        self._look_up(there)
        self.write({"state": "done", "settled_at": fields.Datetime.now()})
        self._after()

    def _accept(self, accepted, outcome):
        """Links of elements that are in Xero now.

        :param accepted: list of (line, element)
        """
        if not accepted:
            return
        for line, element in accepted:
            line.outcome = outcome
            line.link_id.write(self._accepted_values(line, element))
        links = self.env["xero.link"].union(*(line.link_id for line, _ in accepted))
        self.env["xero.note"]._settle(links)
        model = self.env[self._resource().model]
        model._xero_accepted(self.connection_id, accepted)

    def _accepted_values(self, line, element):
        """Columns of the link of an element that Xero took or has already."""
        resource, link = self._resource(), line.link_id
        agreed = self.env[resource.model]._xero_agreed(element, line.agreed or {})
        in_books = element.get("Status") not in ("DRAFT", "SUBMITTED")
        return {
            "state": "gone" if element.get("Status") in STALE else "synced",
            "xero_id": element[resource.id_field],
            "xero_number": element.get(resource.number_field) or link.xero_number,
            "xero_status": element.get("Status"),
            "fingerprint": line.fingerprint,
            "snapshot": agreed | {"updated": elements.updated(element)},
            "filed_confirmed": link.filed_confirmed and not in_books,
            "synced_at": fields.Datetime.now(),
            "request_id": False,
            "waiting_for": False,
            "by_user": False,
        }

    def _refuse(self, lines, words, error=None):
        """Links of elements that Xero did not take: a note in its words and ours."""
        message = "\n".join(words)
        lines.write({"outcome": "refused", "message": message})
        links = lines.link_id
        links.write({"state": "error", "request_id": False, "by_user": False})
        found = [(link, self._refusal(link, words, error), message) for link in links]
        self.env["xero.note"]._raise(self.connection_id, found)

    def _refusal(self, link, words, error):
        """The Problem that Xero's words stand for."""
        if isinstance(error, errors.Gone):
            cause = messages.Cause("not_found")
        else:
            cause = messages.explain(words)
        about = f"{cause.code}:{link.res_model},{link.res_id}"
        return Problem(
            cause.code,
            cause.key if cause.code in SHARED else about,
            {"name": link.record_name or ""} | cause.values,
        )

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
