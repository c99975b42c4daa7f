"""Reading Xero's lists: what mappings choose from, and what checks look up."""

from odoo import models

from ..lib import errors


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _reference_models(self):
        """Models that copy one of Xero's lists, in the order of reading."""
        return ["xero.account", "xero.tax.rate", "xero.currency"]

    def _read_lists(self):
        """Refresh every copy: one call each, and nothing is lost (S21)."""
        self.ensure_one()
        connection = self.sudo()
        for model in connection._reference_models():
            self.env[model].sudo()._refresh_list(connection)
        self.env["xero.mapping"].sudo()._suggest(connection)

    def action_refresh_reference_data(self):
        """Read accounts, taxes and currencies again, and the lock dates."""
        self._check_manager()
        for connection in self:
            try:
                answer = connection._call("get_organisations")
                connection._store_organisation(answer.elements("Organisations")[0])
                connection._read_lists()
            except errors.XeroError as error:
                raise connection._as_user_error(error) from error
            connection.sudo()._retry_blocked()
        return self._notify(self.env._("The lists from Xero are up to date."))
