"""What Xero gets of a document that was cancelled or deleted in Odoo (S164, T65).

A draft there is deleted. An approved one is voided, if nobody has seen or settled it
and its period is open; a void takes it out of its original period. Everything else
needs a credit note, and a person who makes it.
"""

from odoo import api, fields, models

from ..lib import merge
from .xero_assessment import Assessment
from .xero_document_changes import APPROVED, is_settled
from .xero_look import STALE

#: Fingerprint of what is in Xero no more because it is cancelled here.
WITHDRAWN = "withdrawn"

#: Fingerprint of what a person left in Xero although it is cancelled here.
LEFT = "left"


class XeroDocument(models.AbstractModel):
    _inherit = "xero.document"

    # === ASSESS === #

    def _xero_assess_out_of_scope(self, connection, link):
        if self.state == "cancel" and link.xero_id:
            return self._xero_assess_withdrawal(connection, link)
        return super()._xero_assess_out_of_scope(connection, link)

    def _xero_assess_deleted(self, connection, link):
        if link.xero_id:
            return self._xero_assess_withdrawal(connection, link)
        return super()._xero_assess_deleted(connection, link)

    def _xero_assess_withdrawal(self, connection, link):
        """Void or delete it in Xero, as far as can be said without looking there."""
        if link.fingerprint == LEFT:
            return Assessment(self, link, "leave")
        snapshot = link.snapshot or {}
        day = snapshot.get("ours", {}).get("header", {}).get("Date")
        problem = self._xero_withdrawal_problem(link, link.xero_status, day)
        if problem:
            return Assessment(self, link, "blocked", problems=[problem])
        payload = self._xero_withdrawal(link, link.xero_status)
        agreed = {name: snapshot[name] for name in snapshot if name != "updated"}
        return Assessment(self, link, "update", payload, WITHDRAWN, agreed)

    def _xero_withdrawal(self, link, status, **fields_of_void):
        """The element; Xero wants no lines with it."""
        id_field = self.env["xero.resource"]._get(link.resource).id_field
        if status in APPROVED:
            return {id_field: link.xero_id, "Status": "VOIDED"} | fields_of_void
        return {id_field: link.xero_id, "Status": "DELETED"}

    def _xero_withdrawal_problem(self, link, status, day, there=None):
        """What forbids to void it; a draft may always be deleted.

        :param day: its date in Xero, as text
        :param there: the document as Xero has it, where that is known
        """
        if status not in APPROVED:
            return None
        if there and is_settled(there):
            return link._problem("withdrawal_paid")
        if self._xero_was_sent(link) or (there and there.get("SentToContact")):
            return link._problem("withdrawal_sent")
        return link._wall_problem(day)

    def _xero_was_sent(self, link):
        """Whether the customer has this document; a deleted one, as last seen."""
        if self.exists():
            return self._xero_was_sent_out()
        return bool((link.snapshot or {}).get("sent"))

    # === MEET === #

    def _xero_meet_withdrawal(self, link, there, payload, agreed):
        """The rule once more, with what Xero really has."""
        if there["Status"] in STALE:
            return None
        day = merge.content(there)["header"]["Date"]
        problem = self._xero_withdrawal_problem(link, there["Status"], day, there)
        if problem:
            return problem
        differences = link._changed_there(there)
        if differences and not link._chosen(there):
            return link._conflict_problem(there, differences)
        contact = {"ContactID": there["Contact"]["ContactID"]}
        return self._xero_withdrawal(link, there["Status"], Contact=contact, Date=day)

    # === ANSWERS === #

    @api.model
    def _xero_accepted(self, connection, accepted):
        """Say in the chatter what was voided or deleted."""
        ended = [each for each in accepted if each[1].get("Status") in STALE]
        for line, element in ended:
            job = line.request_id.name
            line.link_id._tell(
                self.env._("Voided in Xero, job %s.", job)
                if element["Status"] == "VOIDED"
                else self.env._("Deleted in Xero, job %s.", job)
            )
        return super()._xero_accepted(
            connection, [each for each in accepted if each not in ended]
        )

    # === WALLS === #

    def _xero_closed_before(self, link):
        """A document stands behind a wall with the date that Xero has, too (T8, T9)."""
        if link.xero_status not in APPROVED:
            return None
        snapshot = link.snapshot or {}
        day = snapshot.get("ours", {}).get("header", {}).get("Date")
        return link._wall_problem(day)


class XeroLink(models.Model):
    _inherit = "xero.link"

    def _wall_problem(self, day):
        """The lock or the filed return that a date in Xero lies behind, or None (I16).

        :param day: as text
        """
        date = fields.Date.to_date(day)
        connection = self.connection_id
        locked = connection.sudo().organisation_id.lock_date
        filed = connection.filed_up_to
        if date and locked and date <= locked:
            cause, wall = "locked_in_xero", locked
        elif date and filed and date <= filed and not self.filed_confirmed:
            cause, wall = "filed_in_xero", filed
        else:
            return None
        return self._problem(cause, date=self._day(date), wall=self._day(wall))

    def _day(self, date):
        return self.env["ir.qweb.field.date"].value_to_html(date, {})
