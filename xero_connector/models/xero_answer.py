"""An answer is stored first, then applied element by element: accepted or refused."""

# The answer is committed before it is applied.
# pylint: disable=invalid-commit

from odoo import fields, models

from ..lib import elements, errors, messages
from .xero_assessment import Problem
from .xero_cause import SHARED
from .xero_lane import Busy
from .xero_look import STALE

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
