"""Look into Xero too: which documents does it have under our numbers already?

Asked for by a person, in batches; what is found is shown, nothing is changed.
"""

import json
import math

from odoo import models

from ..lib import errors, wire
from ..models.xero_assessment import Problem

#: Numbers in one read, for the length of the address.
_ASKED = 40


class XeroPreview(models.TransientModel):
    _inherit = "xero.preview"

    def _look_calls(self):
        """How many calls the look takes."""
        rows = self._unseen().grouped("resource")
        return sum(math.ceil(len(found) / _ASKED) for found in rows.values())

    def _unseen(self):
        """Documents that would be created under a number that Xero keeps unique."""
        resources = self.env["xero.resource"]._get_resources()
        return self.line_ids.filtered(
            lambda row: (
                row.is_document
                and row.action == "create"
                and resources[row.resource].unique_number
            )
        )

    def action_look_into_xero(self):
        """Read the documents that Xero has under these numbers (S154, S158)."""
        self.ensure_one()
        self.env["xero.connection"]._check_user()
        system = self.sudo()
        for name, rows in system._unseen().grouped("resource").items():
            resource = self.env["xero.resource"]._get(name)
            try:
                there = self.connection_id.sudo()._by_number(
                    resource, rows.mapped("name")
                )
            except errors.XeroError as error:
                raise self.connection_id._as_user_error(error) from error
            for row in rows:
                row._note_found(resource, there.get(row.name.lower(), []))
        system._sort_rows()

    def _sort_rows(self):
        """Put the rows in their parts again."""
        names = ["action", "resource", "res_model", "res_id", "cause", "cause_key"]
        names += ["cause_values", "opens"]
        rows = self.line_ids
        values = [{name: row[name] for name in names} for row in rows]
        before = self.group_ids
        self._put_in_groups(values)
        for group_id, numbers in _positions(values).items():
            rows.browse([rows[number].id for number in numbers]).group_id = group_id
        before.unlink()


def _positions(values):
    """Positions of rows by the group they belong to now."""
    found = {}
    for number, row in enumerate(values):
        found.setdefault(row["group_id"], []).append(number)
    return found


class XeroPreviewLine(models.TransientModel):
    _inherit = "xero.preview.line"

    def _note_found(self, resource, elements):
        """Keep what Xero has under this row's number."""
        elements = [each for each in elements if each.get("Status") != "DELETED"]
        if not elements:
            self.words = self.env._("Xero has no document with this number.")
            return
        element = next((each for each in elements if self._is_same(each)), elements[0])
        if self._is_same(element):
            self._note_same(element)
        else:
            self._note_other(resource, element)

    def _is_same(self, element):
        """Day, currency and totals are ours; the customer's name is looked at by who
        links it."""
        return (
            (element.get("DateString") or "")[:10] == self.date.isoformat()
            and element.get("CurrencyCode") == self.currency_id.name
            and f"{element.get('Total') or 0:.2f}" == f"{self.total:.2f}"
            and f"{element.get('TotalTax') or 0:.2f}" == f"{self.tax:.2f}"
            and element.get("Status") not in ("VOIDED", "DELETED")
        )

    def _note_same(self, element):
        self.write(
            {
                "action": "link",
                "element": json.loads(wire.dumps(element)),
                "is_sendable": False,
                "words": self.env._(
                    "In Xero already, for %s: the same day and amounts.",
                    element.get("Contact", {}).get("Name"),
                ),
            }
        )

    def _note_other(self, resource, element):
        problem = Problem(
            "number_in_xero",
            f"number_in_xero:{self.res_model},{self.res_id}",
            {"name": self.name, "number": self.name},
        )
        self.write(
            {
                "action": "attention",
                "element": json.loads(wire.dumps(element)),
                "is_sendable": False,
                "cause": problem.cause,
                "cause_key": problem.key,
                "cause_values": problem.values,
                "about_model": self.res_model,
                "about_id": self.res_id,
                "opens": "link",
                "words": self.env._(
                    "In Xero: %(contact)s, %(date)s, %(total)s %(currency)s",
                    contact=element.get("Contact", {}).get("Name"),
                    date=(element.get("DateString") or "")[:10],
                    total=f"{element.get('Total') or 0:,.2f}",
                    currency=element.get("CurrencyCode"),
                ),
            }
        )

    def action_link(self):
        """It is the same document: join the two."""
        self.env["xero.connection"]._check_user()
        for documents in self._documents():
            documents.check_access("read")
        rows = self.sudo().filtered("element")
        for row in rows:
            links = row._ensure_links()
            links._link_by_hand(row.element, self.env._("Found by its number."))
        rows.write(
            {"action": "nothing", "words": self.env._("Linked."), "element": False}
        )
        rows.preview_id._sort_rows()
        return {"type": "ir.actions.client", "tag": "soft_reload"}


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _by_number(self, resource, numbers):
        """What Xero has under these numbers: one read for forty of them.

        :return: dict of number in small letters to list of elements
        """
        requests = self.env["xero.request"].new({"connection_id": self.id})
        found = {}
        for start in range(0, len(numbers), _ASKED):
            wanted = numbers[start : start + _ASKED]
            for element in requests._read_by_number(resource, wanted):
                number = str(element.get(resource.number_field) or "").lower()
                found.setdefault(number, []).append(element)
        return found
