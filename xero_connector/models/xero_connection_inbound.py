"""What the connection says of reading from Xero: when, by which way, what it costs."""

from odoo import api, fields, models, tools

#: Readings of every list a day, and of documents where Xero does not tell.
_HOURLY = 24
_QUARTERLY = 72


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    minute_calls_left = fields.Integer(
        "Calls Left This Minute", compute="_compute_budget"
    )
    webhook_url = fields.Char(
        "Address For Xero",
        compute="_compute_webhook_url",
        help="Enter this address in the app's configuration at Xero.",
    )
    is_told = fields.Boolean(compute="_compute_is_told", compute_sudo=True)
    reading_words = fields.Char("Read from Xero", compute="_compute_reading_words")

    # === COMPUTE METHODS === #

    def _compute_budget(self):
        for connection in self:
            connection.minute_calls_left = connection.sudo().budget_ids[:1].minute_left
        return super()._compute_budget()

    def _compute_webhook_url(self):
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url")
        self.webhook_url = f"{base}/xero/webhook"

    @api.depends("webhook_key")
    def _compute_is_told(self):
        """Whether Xero tells us at once that something changed."""
        for connection in self:
            connection.is_told = bool(connection.webhook_key)

    def _compute_reading_words(self):
        """'Last read 14:02 · Xero tells of changes at once · about 72 calls a day'"""
        for connection in self:
            words = [connection._last_read_words()]
            if connection.is_told:
                words.append(self.env._("Xero tells of changes at once"))
            else:
                words.append(self.env._("documents every 15 minutes"))
            words.append(
                self.env._("about %s calls a day", connection._reading_calls())
            )
            connection.reading_words = " · ".join(words)

    def _last_read_words(self):
        """When the list that was read longest ago was read."""
        cursors = self.env["xero.cursor"].sudo()
        names = [row.name for row in self._polled_resources()]
        found = cursors.search(
            [("connection_id", "=", self.id), ("resource", "in", names)]
        )
        moments = found.mapped("read_at")
        if not moments or not all(moments):
            return self.env._("Not read yet")
        return self.env._(
            "Last read %s",
            tools.format_datetime(self.env, min(moments), dt_format="short"),
        )

    def _reading_calls(self):
        """Calls a day for looking whether anything changed."""
        lists = self._polled_resources()
        documents = [row for row in lists if row.document]
        calls = _HOURLY * len(lists)
        return calls if self.is_told else calls + _QUARTERLY * len(documents)

    # === CRON === #

    @api.model
    def _cron_poll_documents(self):
        """Every quarter of an hour: what became of documents, where Xero does not
        tell?"""
        for connection in self.search([("tenant_id", "!=", False)]):
            if connection.state == "connected" and not connection.is_told:
                connection._wake_poll("documents")
            self.env.cr.commit()  # pylint: disable=invalid-commit
