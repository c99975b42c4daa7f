"""Copies of the database: bound to one place, silent everywhere else (T75)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    bound_to = fields.Json(readonly=True, copy=False)
    is_copy = fields.Boolean(compute="_compute_is_copy")

    def _compute_is_copy(self):
        here = self._this_database()
        for connection in self:
            bound = connection.bound_to
            connection.is_copy = bool(bound) and bound != here

    @api.model
    def _this_database(self):
        """What a connection is bound to: a copy differs in one of these."""
        parameters = self.env["ir.config_parameter"].sudo()
        return {
            "name": self.env.cr.dbname,
            "uuid": parameters.get_param("database.uuid"),
            "url": parameters.get_param("web.base.url"),
        }

    def _place(self, database):
        """A database in words: its name and address."""
        return f"{database['name']} ({database['url']})" if database else "-"

    def action_rebind(self):
        """Say that this is the live database, after a move or a rename."""
        if not self.env.user._is_system():
            raise AccessError(
                self.env._(
                    "Only a system administrator can say which database is live."
                )
            )
        for connection in self:
            connection.message_post(
                body=self.env._(
                    "This is the live database now: %(here)s, before %(before)s.",
                    here=self._place(self._this_database()),
                    before=self._place(connection.bound_to),
                )
            )
        self.sudo().bound_to = self._this_database()

    def _register_hook(self):
        """A copied database drops our unfinished jobs as soon as it is loaded.

        One of them would stop the job runner of every database on the server.
        """
        super()._register_hook()
        copies = (
            self.sudo().with_context(active_test=False).search([]).filtered("is_copy")
        )
        if copies:
            self._drop_jobs()

    @api.model
    def _drop_jobs(self):
        """Delete this database's unfinished jobs of ours."""
        self.env.cr.execute(
            "DELETE FROM queue_job WHERE model_name LIKE 'xero.%%'"
            " AND state NOT IN ('done', 'cancelled')"
        )
