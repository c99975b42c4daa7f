"""Waking the work: jobs where a runner runs, the cron where none does."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    @api.model
    def _runner_alive(self):
        """Whether a job runner holds its master lock in this database."""
        self.env.cr.execute(
            SQL(
                "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted"
                " AND database = (SELECT oid FROM pg_database"
                " WHERE datname = current_database())"
                " AND ((classid::bigint << 32) | objid::bigint) = %s LIMIT 1",
                2293787760715711918,
            )
        )
        return bool(self.env.cr.fetchone())

    def _wake_plan(self, by_user=False):
        """Have this connection planned soon: by a job, or by cron without a runner.

        One job per transaction and no identity key: a transaction sees jobs as they
        were when it began, so "one is already waiting" may long be untrue.
        """
        for connection in self:
            if connection._runner_alive():
                connection._as_worker().with_delay(
                    priority=5 if by_user else 10,
                    max_retries=0,
                    description="Xero: plan what to send",
                )._job_plan()
            else:
                for cron in self._cron():
                    cron._trigger()

    def _cron(self):
        """The cron that does the work where no job runner does."""
        # Not env.ref(), which asks the database whether the record is still there.
        cron_id = self.env["ir.model.data"]._xmlid_to_res_id(
            "xero_connector.ir_cron_drive", raise_if_not_found=False
        )
        return self.env["ir.cron"].sudo().browse(cron_id or ())

    def _wake_all(self):
        """Take everything further that waits, as a person asked.

        Requests that wait for Xero's next day may use the calls kept for people.
        """
        for connection in self:
            requests = connection._due_requests() | self.env["xero.request"].search(
                [("connection_id", "=", connection.id), ("state", "=", "ready")]
            )
            ready = requests.filtered(lambda request: request.state == "ready")
            ready.try_lock_for_update().write({"by_user": True, "retry_at": False})
            requests._wake()
            connection._wake_plan(by_user=True)

    def _open_cause_keys(self, cause):
        """Keys of the open notes of one cause."""
        notes = self.env["xero.note"].search(
            [
                ("connection_id", "=", self.id),
                ("state", "=", "open"),
                ("cause", "=", cause),
            ]
        )
        return set(notes.mapped("cause_key"))

    def _look_again_at_ready(self):
        """What is written down and not sent yet is planned again as things are now, and
        so are the drafts of a trial."""
        trial = self.filtered(lambda connection: connection.mode == "trial")
        links = (
            self.env["xero.link"]
            .sudo()
            .search(
                Domain("connection_id", "in", self.ids)
                & Domain("request_id.state", "=", "ready")
                | Domain("connection_id", "in", trial.ids)
                & Domain("state", "=", "synced")
                & Domain("xero_status", "=", "DRAFT")
            )
        )
        for (connection, model), found in links.grouped(
            lambda link: (link.connection_id, link.res_model)
        ).items():
            records = self.env[model].sudo().browse(found.mapped("res_id")).exists()
            self.env["xero.change"]._collect(records, connection.ids, by_user=True)

    def _retry_blocked(self, cause_keys=None, by_user=True):
        """Look again at what was stopped, because its cause may be mended (N6).

        :param by_user: a person mended it, or asks; else nothing of it may use the
            calls that are kept for people (I12)
        """
        domain = [
            ("connection_id", "in", self.ids),
            ("state", "=", "open"),
        ]
        if cause_keys is not None:
            domain.append(("cause_key", "in", list(cause_keys)))
        if by_user:
            self._look_again_at_ready()
        notes = self.env["xero.note"].sudo().search(domain)
        for model, links in notes.link_ids.grouped("res_model").items():
            records = self.env[model].sudo().browse(links.mapped("res_id")).exists()
            self.env["xero.change"]._collect(records, self.ids, by_user=by_user)

    def action_push(self):
        """Send now what waits."""
        self._check_user()
        self.sudo()._wake_all()
        return self._notify(self.env._("What waits is on its way to Xero."))
