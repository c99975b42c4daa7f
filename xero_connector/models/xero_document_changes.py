"""What becomes of a document that Xero already has, when it changes in Odoo (N12).

The plan says whether it changed and whether it may; the look just before it is sent
(``xero_look.py``) merges it with what Xero has by then.
"""

import hashlib

from odoo import api, models

from ..lib import held, merge, wire
from .xero_assessment import Assessment
from .xero_look import STALE

#: Statuses in which a document is in Xero's books.
APPROVED = ("AUTHORISED", "PAID")


class XeroDocument(models.AbstractModel):
    _inherit = "xero.document"

    #: Fields of the head, by Xero's names, whose changes are told apart by side.
    _xero_compared_fields = merge.HEADER

    # === CONTENT === #

    def _xero_payload(self, facts, link):
        """Remember what the document says, to tell later what changed on which side."""
        model, agreed = super()._xero_payload(facts, link)
        element = wire.encode(model)
        agreed["ours"] = merge.content(
            element, agreed["line_keys"], self._xero_compared_fields
        )
        agreed["own"] = self._xero_own_state()
        agreed["sent"] = self._xero_was_sent_out()
        agreed["flagged"] = bool(element.get("SentToContact"))
        return model, agreed

    def _xero_own_state(self):
        """A hash of what was typed in Odoo: mappings and options do not count.

        A choice made in Mapping later holds for documents to come; it never recodes
        approved ones.
        """
        return hashlib.sha256(repr(self._xero_own_values()).encode()).hexdigest()

    @api.model
    def _xero_agreed(self, element, agreed):
        """Both versions of the document as agreed, and which line is which."""
        snapshot = super()._xero_agreed(element, agreed)
        rows = element.get("LineItems") or []
        keys = snapshot.pop("line_keys", None)
        if keys is not None:  # else no lines were sent
            ids = [row.get("LineItemID") for row in rows]
            pairs = list(map(list, zip(keys, ids, strict=False)))
            snapshot["lines"] = pairs if len(keys) == len(ids) else []
        if rows:
            snapshot["theirs"] = merge.content(
                element, header=self._xero_compared_fields
            )
        return snapshot

    @api.model
    def _xero_is_alike(self, there, sent, agreed):
        """Everything that the document says, and its lines' texts in any order."""
        numbers = ("InvoiceNumber", "CreditNoteNumber", "Reference", "Type")
        return (
            all(
                held.same(there.get(name), sent[name])
                for name in numbers
                if sent.get(name)
            )
            and _texts(there) == _texts(sent)
            and self._xero_is_ours(there, sent, agreed)
        )

    # === ASSESS === #

    def _xero_assess_change(self, facts, assessment):
        """A document that Xero already has: approve it, change it, or say why not."""
        link, snapshot = assessment.link, assessment.link.snapshot or {}
        changed = self._xero_is_changed(assessment)
        if snapshot.get("differs") and not changed:
            problem = self._xero_total_problem(snapshot)
            return Assessment(self, link, "blocked", problems=[problem])
        problem = self._xero_closed_before(link)
        if changed and problem:
            return Assessment(self, link, "blocked", problems=[problem])
        payload = self._xero_small_change(assessment, closed=bool(problem))
        if changed:
            payload = assessment.payload | payload
        assessment.action = "update" if payload else "nothing"
        assessment.payload = payload | {self._xero_id_field(): link.xero_id}
        assessment.remember = {"sent": self._xero_was_sent_out()}
        return assessment

    def _xero_small_change(self, assessment, closed):
        """What may change without anything else: approved now, or sent to the customer
        (S166)."""
        link, payload = assessment.link, {}
        draft = link.xero_status == "DRAFT"
        if assessment.agreed["status"] == "AUTHORISED" and draft:
            payload["Status"] = "AUTHORISED"
        flagged = (link.snapshot or {}).get("flagged")
        if assessment.agreed["flagged"] and not flagged and not closed:
            payload["SentToContact"] = True
        return payload

    def _xero_is_changed(self, assessment):
        """Whether this document says something else than was agreed on."""
        link, snapshot = assessment.link, assessment.link.snapshot or {}
        if assessment.fingerprint == link.fingerprint:
            return False
        own = snapshot.get("own")
        return link.xero_status not in APPROVED or own != assessment.agreed["own"]

    def _xero_id_field(self):
        return self.env["xero.resource"]._get(self._xero_resource()).id_field

    # === MEET === #

    def _xero_meet(self, link, there, payload, agreed):
        """Odoo's changes on what Xero has now, where they may still go."""
        if payload.get("Status") in STALE:
            return self._xero_meet_withdrawal(link, there, payload, agreed)
        if "Contact" not in payload:  # only to be approved or marked as sent
            changed = "Status" in payload and link._changed_there(there)
            if changed and not link._chosen(there):
                return link._conflict_problem(there, changed)
            _keep_lines(link, agreed)
            return None if held.holds(there, payload) else payload
        versions = self._xero_versions(link, there, payload, agreed)
        stopped = self._xero_stopped_there(link, versions, agreed)
        if stopped:
            return stopped
        overwrite = link._chosen(there) == "overwrite"
        element, keys = versions.overwritten() if overwrite else versions.merged()
        if keys is None:
            _keep_lines(link, agreed)
        else:
            agreed["line_keys"] = keys
        for name in (self._xero_id_name(there), "Status", "SentToContact"):
            if name in payload:
                element[name] = payload[name]
        if there["Status"] in APPROVED:
            element.pop("Status", None)
        return None if held.holds(there, element) else element

    def _xero_versions(self, link, there, payload, agreed):
        """The versions to merge; one linked by hand counts as agreed as it is."""
        base = dict(link.snapshot or {})
        if "ours" not in base or "theirs" not in base:
            theirs = merge.content(there, header=self._xero_compared_fields)
            base |= {"ours": agreed["ours"], "theirs": theirs}
        payload = {
            name: value
            for name, value in payload.items()
            if name not in ("Status", "SentToContact", self._xero_id_name(there))
        }
        return merge.Versions(base, payload, agreed["line_keys"], there)

    def _xero_stopped_there(self, link, versions, agreed):
        """What Xero, or somebody at work there, has against this change.

        :return: a Problem, or None
        """
        changed, there = versions.ours_changed(), versions.there
        if changed and is_settled(there):
            allowed = merge.ON_PAID_BILLS if there.get("Type") == "ACCPAY" else set()
            if changed - allowed:
                return link._problem("paid_in_xero")
        if "CurrencyCode" in changed and there["Status"] in APPROVED:
            return link._problem("currency_in_xero", currency=there["CurrencyCode"])
        differences = versions.changed_there()
        if differences and not link._chosen(there):
            return link._conflict_problem(there, differences)
        return None

    @api.model
    def _xero_seen(self, there):
        """Whether money is on it, to say so before somebody works on it for nothing."""
        return {"settled": is_settled(there)}

    @api.model
    def _xero_id_name(self, there):
        """The name under which an element has its id."""
        return "InvoiceID" if "InvoiceID" in there else "CreditNoteID"


def is_settled(there):
    """Whether money or a credit stands on a document in Xero."""
    return there.get("Status") == "PAID" or any(
        there.get(name)
        for name in ("AmountPaid", "AmountCredited", "AppliedAmount", "Payments")
    )


def _keep_lines(link, agreed):
    """No lines are sent: which is which stays as it was."""
    agreed.pop("line_keys", None)
    agreed["lines"] = (link.snapshot or {}).get("lines") or []


def _texts(element):
    return sorted(
        held.plain(row.get("Description")) for row in element.get("LineItems") or ()
    )
