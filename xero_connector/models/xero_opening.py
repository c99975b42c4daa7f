"""Open documents from before the start date: linked where Xero has them (N28).

Their payments come later and need a home. In Xero such a document may stand with what
was still owed as its total, so that only the amount owed is ever compared (T3).
"""

# Each read is committed with what it found.
# pylint: disable=invalid-commit

import logging

from odoo import fields, models

from odoo.addons.queue_job.exception import RetryableJobError

from ..lib import elements, errors
from .xero_assessment import Assessment
from .xero_look import STALE

_logger = logging.getLogger(__name__)

#: Documents looked up in one read, for the length of the address.
_PAGE = 40


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    opening_asked_at = fields.Datetime(readonly=True, copy=False)

    def action_link_opening(self):
        """Look for open documents from before the start date, in the background."""
        self._check_manager()
        for connection in self.sudo():
            connection.opening_asked_at = fields.Datetime.now()
            if connection._runner_alive():
                connection._as_worker().with_delay(
                    max_retries=0,
                    description="Xero: find open documents from before the start",
                )._job_link_opening()
            else:
                connection._cron()._trigger()
        return self._notify(
            self.env._(
                "Looking in Xero for open documents from before the start date. What is"
                " found is linked; nothing is sent or changed."
            )
        )

    def _job_link_opening(self):
        """Find open documents in Xero by their numbers, 40 a call."""
        self.ensure_one()
        try:
            for resource, moves in self._opening_documents():
                for start in range(0, len(moves), _PAGE):
                    self._link_opening(resource, moves[start : start + _PAGE])
                    self.env.cr.commit()
        except errors.XeroError as error:
            raise RetryableJobError(
                error.message, seconds=error.retry_after or 300, ignore_retry=True
            ) from error
        self.sudo().organisation_id.opening_looked_at = fields.Datetime.now()

    def _drive_once(self):
        """Without a job runner the cron looks, once nothing else is left to do."""
        done = super()._drive_once()
        looked = self.sudo().organisation_id.opening_looked_at
        asked = self.opening_asked_at
        if not done and asked and (not looked or looked < asked):
            try:
                self._job_link_opening()
            except RetryableJobError as again:
                _logger.info("Opening documents of %s: %s", self.id, again)
            self.env.cr.commit()
        return done

    def _opening_documents(self):
        """Posted documents from before the start date that are still owed and not
        linked, by resource.

        :rtype: list[tuple[Resource, account.move]]
        """
        kinds = ["out_invoice", "out_refund"] if self.send_invoices else []
        kinds += ["in_invoice", "in_refund"] if self.send_bills else []
        moves = self.env["account.move"].search(
            [
                ("company_id", "in", self._company_ids()),
                ("state", "=", "posted"),
                ("move_type", "in", kinds),
                ("invoice_date", "<", self.date_from),
                ("amount_residual", "!=", 0),
            ]
        )
        known = self.env["xero.link"].sudo()._live_for(moves, self)
        resources = self.env["xero.resource"]
        return [
            (resources._get(name), found)
            for name, found in moves.filtered(lambda move: move.id not in known)
            .grouped(lambda move: move._xero_resource())
            .items()
        ]

    def _link_opening(self, resource, moves):
        """Link those of a page that Xero has, once, under their number.

        :raises lib.errors.Throttled: the rest of the day's calls is kept for people
        """
        seconds = self.sudo().budget_ids[:1]._wait(by_user=False)
        if seconds:
            raise errors.Throttled(retry_after=seconds)
        there = self._free_elements(resource, self._read_opening(resource, moves))
        values, joined = [], {}
        for move in moves:
            number = (move._xero_opening_number() or "").lower()
            same = [
                each for each in there.get(number, ()) if move._xero_is_opening(each)
            ]
            if len(same) == 1:
                there[number].remove(same[0])
                joined[move.id] = same[0]
                values.append(self._opening_values(resource, move, same[0]))
        links = self.env["xero.link"].sudo().create(values)
        self._see_money(resource, {link.res_id: joined[link.res_id] for link in links})

    def _free_elements(self, resource, found):
        """Elements that no record is linked to yet, by number in lower case."""
        links = self.env["xero.link"].sudo()
        taken = links.search_fetch(
            [
                ("connection_id", "=", self.id),
                ("resource", "=", resource.name),
                ("xero_id", "in", [each[resource.id_field] for each in found]),
            ],
            ["xero_id"],
        ).mapped("xero_id")
        there = {}
        for element in found:
            if element[resource.id_field] not in taken:
                number = str(element.get(resource.number_field) or "").lower()
                there.setdefault(number, []).append(element)
        return there

    def _read_opening(self, resource, moves):
        numbers = [move._xero_opening_number() for move in moves]
        if resource.endpoint == "Invoices" and not any("," in n for n in numbers):
            return self._read_list(resource, invoice_numbers=numbers)
        quoted = (n.replace("\\", "\\\\").replace('"', '\\"') for n in numbers)
        where = " OR ".join(f'{resource.number_field}=="{each}"' for each in quoted)
        return self._read_list(resource, where=where)

    def _opening_values(self, resource, move, element):
        return {
            "connection_id": self.id,
            "resource": resource.name,
            "res_model": "account.move",
            "res_id": move.id,
            "partner_id": move.commercial_partner_id.id,
            "kind": "opening",
            "state": "synced",
            "xero_id": element[resource.id_field],
            "xero_number": element.get(resource.number_field),
            "xero_status": element.get("Status"),
            "synced_at": fields.Datetime.now(),
            "snapshot": {"updated": elements.updated(element)},
        }


class XeroOrganisation(models.Model):
    _inherit = "xero.organisation"

    opening_looked_at = fields.Datetime(readonly=True)


class AccountMove(models.Model):
    _inherit = "account.move"

    def _xero_opening_number(self):
        """The number under which Xero may have this document."""
        return self.name if self._xero_is_sale() else self.ref or self.name

    def _xero_is_opening(self, element):
        """Whether a document in Xero with our number is this one.

        The total is not asked: it may be what was still owed (T3).
        """
        types = {
            "out_invoice": "ACCREC",
            "in_invoice": "ACCPAY",
            "out_refund": "ACCRECCREDIT",
            "in_refund": "ACCPAYCREDIT",
        }
        name = element.get("Contact", {}).get("Name") or ""
        return (
            element.get("Type") == types[self.move_type]
            and element.get("CurrencyCode") == self.currency_id.name
            and element.get("Status") not in STALE
            and (self._xero_is_sale() or self._xero_is_contact(name))
        )

    def _xero_is_contact(self, name):
        """Whether a contact of this name is the supplier: numbers of bills repeat."""
        ours = (self.commercial_partner_id.name or "").split()
        return " ".join(ours).casefold() == " ".join(name.split()).casefold()

    def _xero_assess_out_of_scope(self, connection, link):
        """An opening document is never changed in Xero (T3)."""
        if link.kind == "opening":
            return Assessment(self, link, "leave")
        return super()._xero_assess_out_of_scope(connection, link)

    def _xero_assess_deleted(self, connection, link):
        if link.kind == "opening":
            return Assessment(self, link, "leave")
        return super()._xero_assess_deleted(connection, link)

    def _xero_assess(self, facts, link):
        if link.kind == "opening":
            return Assessment(self, link, "nothing")
        return super()._xero_assess(facts, link)
