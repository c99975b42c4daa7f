"""Reading Xero's lists: what mappings choose from, and what checks look up."""

import logging

from odoo import api, fields, models

from ..lib import errors
from .xero_cause import CAUSES

_logger = logging.getLogger(__name__)


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _reference_models(self):
        """Models that copy one of Xero's lists, in the order of reading."""
        return [
            "xero.account",
            "xero.tax.rate",
            "xero.tracking.category",
            "xero.currency",
            "xero.branding.theme",
            "xero.item",
        ]

    def _read_lists(self):
        """Refresh every copy: one call each, and nothing is lost (S21)."""
        self.ensure_one()
        connection = self.sudo()
        for model in connection._reference_models():
            self.env[model].sudo()._refresh_list(connection)
        self.env["xero.mapping"].sudo()._suggest(connection)

    @api.model
    def _cron_look(self):
        """Every hour: has what documents wait for been mended in Xero?

        Lock dates and lists are read only while something waits for them, and else
        once a day.
        """
        for connection in self.search([("tenant_id", "!=", False)]):
            budget = connection.sudo().budget_ids[:1]
            if budget._wait(by_user=False) or connection.state != "connected":
                continue
            if connection._look_is_due():
                try:
                    connection._read_again(by_user=False)
                except errors.XeroError as error:
                    _logger.info("Connection %s: %s", connection.id, error.message)

    def _look_is_due(self):
        """Whether something waits for Xero, or nobody looked for a day."""
        waiting = self._open_notes().filtered(
            lambda note: CAUSES[note.cause].opens in ("live", "lists")
        )
        day_ago = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        return bool(waiting) or (self.last_contact or day_ago) <= day_ago

    def _read_again(self, by_user=True):
        """Read the organisation and every list, and free what waited for them."""
        answer = self._call("get_organisations")
        self._store_organisation(answer.elements("Organisations")[0])
        self._read_lists()
        self.sudo()._retry_blocked(by_user=by_user)

    def action_refresh_reference_data(self):
        """Read every list of Xero again, and the lock dates: seven calls (S21)."""
        self._check_manager()
        for connection in self:
            try:
                connection._read_again()
            except errors.XeroError as error:
                raise connection._as_user_error(error) from error
        return self._notify(self.env._("The lists from Xero are up to date."))
