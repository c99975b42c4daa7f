"""What users' transactions leave for the connector: an append-only list of touches.

A user's transaction never writes links, requests or counters and never waits for a
job; it appends here, once, just before it commits.
"""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL


class XeroChange(models.Model):
    _name = "xero.change"
    _description = "Record That May Have Changed For Xero"
    _log_access = False
    _order = "id"

    connection_id = fields.Many2one(
        "xero.connection", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="connection_id.company_id")
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(required=True, model_field="res_model")
    by_user = fields.Boolean(help="A person asked for it: goes before background work.")
    created_at = fields.Datetime(default=fields.Datetime.now)

    @api.model
    def _collect(self, records, connection_ids, by_user=False):
        """Remember ``records`` until just before this transaction commits.

        :param records: recordset of a synced model
        :param connection_ids: ids of the connections concerned
        """
        collected = self.env.cr.precommit.data.setdefault(self._name, {})
        if not collected:
            flush = self.with_user(SUPERUSER_ID)._append_collected
            self.env.cr.precommit.add(flush)
        for connection_id in connection_ids:
            for res_id in records._ids:
                key = (connection_id, records._name, res_id)
                collected[key] = collected.get(key, False) or by_user

    def _append_collected(self):
        """Append this transaction's touches in one INSERT and wake the plan."""
        collected = self.env.cr.precommit.data.pop(self._name, {})
        ids = sorted({connection_id for connection_id, *_record in collected})
        connections = self.env["xero.connection"].browse(ids)
        if not collected:
            return
        now = fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                "INSERT INTO xero_change"
                " (connection_id, res_model, res_id, by_user, created_at) VALUES %s",
                SQL(", ").join(
                    SQL("%s", (*key, by_user, now))
                    for key, by_user in collected.items()
                ),
            )
        )
        for connection in connections:
            by_user = any(
                by_user
                for (connection_id, *_record), by_user in collected.items()
                if connection_id == connection.id
            )
            connection._wake_plan(by_user=by_user)

    @api.model
    def _take(self, connection, limit):
        """Remove and return the changes that can be planned now.

        Must be the first statement of its transaction: what another transaction
        changed since the snapshot would fail it with a serialization error.
        Records whose request is in flight keep their change until it is settled.

        :return: list of (res_model, res_id, by_user)
        """
        self.env.cr.execute(
            """
            DELETE FROM xero_change WHERE id IN (
                SELECT c.id FROM xero_change c
                 WHERE c.connection_id = %s
                   AND NOT EXISTS (
                       SELECT 1 FROM xero_link l
                        WHERE l.connection_id = c.connection_id
                          AND l.res_model = c.res_model
                          AND l.res_id = c.res_id
                          AND l.request_id IS NOT NULL)
                 ORDER BY c.id LIMIT %s
            ) RETURNING res_model, res_id, by_user
            """,
            [connection.id, limit],
        )
        return self.env.cr.fetchall()
