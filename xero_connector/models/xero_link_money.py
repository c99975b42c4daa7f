"""What Xero says of a document: its status, what is due on it, what was changed there.

Nothing is taken over into Odoo's document by itself: it is shown, and a person decides
(S141, S156, I15).
"""

from dataclasses import asdict

from odoo import api, fields, models
from odoo.tools import float_round

from ..lib import elements, merge, wire
from .xero_document_changes import APPROVED, is_settled
from .xero_look import STALE

#: Columns of figures, and what Xero calls them on invoices; some answers lack some.
_FIGURES = {
    "xero_amount_due": "AmountDue",
    "xero_amount_paid": "AmountPaid",
    "xero_amount_credited": "AmountCredited",
}

#: Resources of documents that give money back.
CREDITS = ("credit_note", "supplier_credit")


class XeroLink(models.Model):
    _inherit = "xero.link"

    xero_amount_due = fields.Float("Due in Xero", digits=(16, 2), readonly=True)
    xero_amount_paid = fields.Float("Paid in Xero", digits=(16, 2), readonly=True)
    xero_amount_credited = fields.Float(
        "Credited in Xero", digits=(16, 2), readonly=True
    )
    xero_paid_on = fields.Date("Fully Paid On", readonly=True)
    xero_expected_on = fields.Date("Expected On", readonly=True)
    changed_in_xero = fields.Boolean(
        "Changed in Xero", compute="_compute_changed_in_xero", store=True
    )

    _due_idx = models.Index("(connection_id, res_id) WHERE xero_amount_due != 0")
    _changed_idx = models.Index("(connection_id, res_id) WHERE changed_in_xero")

    # === COMPUTE METHODS === #

    @api.depends("snapshot")
    def _compute_changed_in_xero(self):
        """Whether somebody changed it there since both sides agreed."""
        for link in self:
            link.changed_in_xero = bool(_drift(link.snapshot))

    @api.depends("changed_in_xero")
    def _compute_mark(self):
        return super()._compute_mark()

    def _mark(self):
        mark = super()._mark()
        return "changed" if mark == "synced" and self.changed_in_xero else mark

    # === SEE === #

    @api.model
    def _seen_values(self, element):
        """Columns of what a document in Xero says now, as far as this answer tells."""
        values = {
            name: float(element[theirs])
            for name, theirs in _FIGURES.items()
            if element.get(theirs) is not None
        }
        remaining = element.get("RemainingCredit")
        if remaining is not None:
            values["xero_amount_due"] = float(remaining)
            values["xero_amount_credited"] = float(element["Total"] - remaining)
        if element.get("Status") in STALE:
            values["xero_amount_due"] = 0.0
        expected = element.get("ExpectedPaymentDate") or element.get(
            "PlannedPaymentDate"
        )
        return values | {
            "xero_paid_on": wire.parse_date(element.get("FullyPaidOnDate")) or False,
            "xero_expected_on": wire.parse_date(expected) or False,
        }

    def _see(self, element):
        """Keep what Xero says of this document now.

        Our own change come back finds everything as it is and writes nothing (I7).

        :param element: the document as it was read, with its lines
        :return: whether it brought news
        """
        self.ensure_one()
        resource = self.env["xero.resource"]._get(self.resource)
        values = self._seen_values(element) | {
            "xero_number": element.get(resource.number_field) or False,
            "xero_status": element.get("Status"),
        }
        before = self._snapshot()
        news = {name: now for name, now in values.items() if self[name] != now}
        if not news and before.get("updated") == elements.updated(element):
            return False
        if element.get("Status") in STALE:
            self._see_gone(element["Status"])
        else:
            after = before | self._seen_changes(element)
            if after != before:
                self.snapshot = after
        self.write(news)
        return bool(news) or _drift(before) != _drift(self._snapshot())

    def _see_paid(self, amount, updated):
        """A payment of ours was taken, or taken out again: no reading is needed.

        :param amount: so much less is due, more where negative
        :param updated: when Xero changed it; what was read since says so already
        """
        seen = self._snapshot().get("updated")
        is_news = seen and updated and seen < updated
        if self.xero_status not in APPROVED or not is_news:
            return
        of_credit = self.resource in CREDITS
        settled = "xero_amount_credited" if of_credit else "xero_amount_paid"
        due = float_round(self.xero_amount_due - amount, precision_digits=2)
        after = float_round(self[settled] + amount, precision_digits=2)
        if min(due, after) >= 0:  # else it was counted already
            status = "AUTHORISED" if due else "PAID"
            self.write({"xero_amount_due": due, settled: after, "xero_status": status})

    def _snapshot(self):
        return dict(self.snapshot or {})

    def _seen_changes(self, element):
        """For the snapshot: what was changed there, and whether money stands on it."""
        drift = [asdict(each) for each in self._changed_there(element)]
        return {
            "updated": elements.updated(element),
            "settled": is_settled(element),
            "drift": drift,
        }

    def _see_gone(self, status):
        """Voided or deleted there: said once, never made again by itself (S157)."""
        if self.state != "gone":
            self.env["xero.note"]._settle(self)
            self._set_gone(status)

    # === WHAT A PERSON DECIDED === #

    def _takes_back(self):
        """Whether somebody chose Odoo's version over what was changed there."""
        seen = self._snapshot().get("updated")
        wins = self.conflict_choice == "overwrite" and self.conflict_updated == seen
        return self.changed_in_xero and wins

    def _choose(self, choice, seen):
        """Where only Xero was changed, keeping that is all there is to send."""
        alone = self.changed_in_xero and self.note_id.state != "open"
        if alone and choice == "merge":
            choice = "nothing"
        return super()._choose(choice, seen)

    # === WORDS === #

    def _drift_words(self):
        """``Account 200 → 260 (line 1), Due date 1 Aug → 15 Aug``"""
        found = [merge.Difference(**each) for each in _drift(self.snapshot)]
        return ", ".join(self._difference_text(each) for each in found)

    # === ACTIONS === #

    def action_compare(self):
        """Show both versions side by side, and let a person choose."""
        self.ensure_one()
        self.env["xero.connection"]._check_user()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_connector.xero_conflict_action"
        )
        return dict(action, context={"default_link_id": self.id})


def _drift(snapshot):
    """What was changed in Xero since the agreement that a snapshot tells of."""
    return (snapshot or {}).get("drift") or []
