"""A document changed here and in Xero: both versions side by side, and the choice."""

import logging

from odoo import models
from odoo.exceptions import UserError

from ..lib import elements, errors
from .xero_document_withdrawal import LEFT

_logger = logging.getLogger(__name__)


class XeroLink(models.Model):
    _inherit = "xero.link"

    # === LOOK === #

    def _read_now(self):
        """This document as Xero has it now; one call while a person waits.

        :raises UserError: it could not be read, or is not there any more
        """
        resource = self.env["xero.resource"]._get(self.resource)
        try:
            found = self.connection_id._read_by_id(resource, [self.xero_id])
        except errors.XeroError as error:
            raise self.connection_id._as_user_error(error) from error
        if not found:
            raise UserError(self.env._("Xero does not have this document any more."))
        return found[0]

    def _who_changed(self):
        """Who changed it last, as Xero's history says; empty if it does not."""
        resource = self.env["xero.resource"]._get(self.resource)
        try:
            answer = self.connection_id._call(resource.history, self.xero_id)
        except errors.XeroError as error:
            _logger.info("No history of %s: %s", self.xero_number, error)
            return ""
        notes = answer.elements("HistoryRecords")
        return next((note["User"] for note in notes if note.get("User")), "")

    def _compare(self, there):
        """What either side changed since the last agreement.

        :rtype: list[lib.merge.Difference]
        """
        found = self._assess_now()
        if found and found.payload and "Contact" in found.payload:
            versions = found.record._xero_versions(
                self, there, found.payload, found.agreed
            )
            return versions.changes()
        return self._changed_there(there)

    def _assess_now(self):
        """What the plan would say of this document, if it still belongs in Xero."""
        record = self._records()._xero_in_scope(self.connection_id, linked=True)
        return record and record._xero_assess(
            record._xero_facts(self.connection_id), self
        )

    # === CHOOSE === #

    def _choose(self, choice, seen):
        """Whose version counts, as a person decided (T64).

        :param choice: ``merge``, ``overwrite`` or ``nothing``
        :param seen: when it was last changed in Xero, as the person saw it
        :raises UserError: it was changed once more since
        """
        self.ensure_one()
        self._claim_for_person()
        there = self._read_now()
        if elements.updated(there) != seen:
            raise UserError(self.env._("It was changed in Xero again. Look once more."))
        self.write(
            {
                "conflict_choice": choice,
                "conflict_updated": seen,
                "conflict_by_id": self.env.uid,
                "state": "pending",
                "waiting_for": "plan",
                "by_user": True,
            }
        )
        if choice == "nothing":
            self._leave_as_it_is(there)
        choices = dict(self._fields["conflict_choice"]._description_selection(self.env))
        self._tell(
            self.env._(
                "Changed here and in Xero. Decided: %(choice)s.", choice=choices[choice]
            )
        )
        self.connection_id._wake_plan(by_user=True)

    def _leave_as_it_is(self, there):
        """Both sides stay as they are, which is agreed on from now."""
        record = self._records()._xero_in_scope(self.connection_id, linked=True)
        if not record:
            self.fingerprint = LEFT
            return
        values = record._xero_agree_by_hand(self, there)
        pairs = (self.snapshot or {}).get("lines") or []
        shown = {row.get("LineItemID") for row in there.get("LineItems") or ()}
        values["snapshot"] = values.get("snapshot", {}) | {
            "lines": [pair for pair in pairs if pair[1] in shown],
            "updated": elements.updated(there),
        }
        self.write(values | {"xero_status": there.get("Status")})
