"""Look before a change: what Xero has now decides whether the change still goes (I15).

Read just before the claim, element by element. What remains to be sent is written down
together with the claim (I3); a read that fails settles nothing (I9).
"""

# A look begins without an open transaction.
# pylint: disable=invalid-commit

import logging

from psycopg2 import DatabaseError

from odoo import fields, models

from ..lib import elements, errors, wire
from .xero_assessment import Problem
from .xero_lane import Stopped

_logger = logging.getLogger(__name__)

#: Statuses from which a document never comes back.
STALE = ("VOIDED", "DELETED")


class XeroRequest(models.Model):
    _inherit = "xero.request"

    # === READ === #

    def _read_there(self):
        """What Xero has of this request's elements; afterwards with a fresh look at
        Odoo, since people worked while Xero answered.

        :return: dict of id in lower case to element
        :raises Stopped: access is lost
        :raises Busy: it could not be read
        """
        resource = self._resource()
        ids = [each[resource.id_field] for each in self._sent()]
        self.env.cr.commit()
        try:
            found = self.connection_id._read_by_id(resource, ids)
        except errors.AccessError:
            raise Stopped() from None
        except errors.XeroError as error:
            self._later(error.retry_after or 30, error.message)
        self.env.cr.commit()
        return {each[resource.id_field].lower(): each for each in found}

    # === MEET === #

    def _meet(self, there):
        """Sort the changes by what Xero has now; write nothing that is not claimed.

        :param there: as of :meth:`_read_there`
        :return: whether any is left to be sent
        """
        resource = self._resource()
        going, already, held, gone = [], [], [], []
        for line, payload in zip(self._open_lines(), self._sent(), strict=True):
            now = there.get(payload[resource.id_field].lower())
            if self._is_gone(payload, now):
                gone.append((line, now))
                continue
            agreed = dict(line.agreed or {})
            found = self._meet_one(resource, line, payload, agreed, now)
            if isinstance(found, Problem):
                held.append((line, found, now))
                continue
            line.agreed = agreed
            if found is None:
                already.append((line, now))
            else:
                going.append((line, found))
        self._keep(resource, going)
        self._accept(already, "adopted")
        self._hold(held)
        self._mark_gone(gone)
        if not going:
            self._end_of_look()
        return bool(going)

    def _is_gone(self, payload, now):
        """Xero has it no longer, and that is not what we ask for."""
        if now is None:
            return True
        stale = now.get("Status") in STALE
        return stale and payload.get("Status") not in STALE

    def _meet_one(self, resource, line, payload, agreed, now):
        """The element to send, None where it is so already, or a Problem.

        Nothing is asked where Xero has it as it was left; documents are asked always,
        as money on them does not show in their time of change, and so is what is to be
        removed.
        An error in our own code stops only this record (I8).
        """
        link = line.link_id
        before = (link.snapshot or {}).get("updated")
        asked = resource.document or payload.get("Status") in STALE
        if not asked and before and before == elements.updated(now):
            return payload
        record = self.env[resource.model].browse(link.res_id)
        try:
            return record._xero_meet(link, now, payload, agreed)
        except DatabaseError:
            raise
        except Exception as error:
            _logger.exception("%s could not be compared with Xero", record)
            return Problem(
                "internal",
                f"internal:{link.res_model},{link.res_id}",
                {"name": link.record_name, "reason": type(error).__name__},
            )

    # === OUTCOMES === #

    def _keep(self, resource, going):
        """What remains of the request: its elements stand first, in their order."""
        first = self.line_ids.browse().union(*(line for line, _payload in going))
        rest = (self.line_ids - first).sorted("position")
        for position, line in enumerate([*first, *rest]):
            line.position = position
        if going:
            payloads = [payload for _line, payload in going]
            self.payload = wire.dumps({resource.endpoint: payloads})

    def _hold(self, held):
        """A person decides about these before anything goes."""
        model = self.env[self._resource().model]
        for line, _problem, now in held:
            line.outcome = "held"
            line.link_id.write(
                {
                    "snapshot": (line.link_id.snapshot or {}) | model._xero_seen(now),
                    "state": "blocked",
                    "request_id": False,
                    "waiting_for": False,
                    "by_user": False,
                }
            )
        found = [(line.link_id, problem, None) for line, problem, _now in held]
        if found:
            self.env["xero.note"]._raise(self.connection_id, found)

    def _mark_gone(self, gone):
        """Voided, deleted or lost there: said, and never made again by itself."""
        links = self.env["xero.link"].union(*(line.link_id for line, _now in gone))
        self.env["xero.note"]._settle(links)
        for line, now in gone:
            line.outcome = "gone"
            line.link_id._set_gone((now or {}).get("Status") or "DELETED")

    def _end_of_look(self):
        """Nothing is left to be sent."""
        self.write({"state": "done", "settled_at": fields.Datetime.now()})
        self._after()
