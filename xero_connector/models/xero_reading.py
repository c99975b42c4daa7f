"""Update from Xero: what a person wants as Xero has it now, and how far it is."""

from odoo import api, fields, models
from odoo.fields import Domain

#: Documents that nothing can be due on any more.
_SETTLED = ("PAID",)


class XeroReading(models.Model):
    _name = "xero.reading"
    _description = "Update From Xero"
    _inherit = ["xero.progress"]
    _order = "id desc"

    connection_id = fields.Many2one(
        "xero.connection", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    user_id = fields.Many2one("res.users", "Asked By", readonly=True)
    started_at = fields.Datetime("Started", readonly=True)
    event_ids = fields.One2many("xero.event", "reading_id", readonly=True)
    progress = fields.Float(compute="_compute_progress")
    is_done = fields.Boolean("Done", compute="_compute_progress")
    words = fields.Char("How Far", compute="_compute_progress")

    # === COMPUTE METHODS === #

    @api.depends("started_at")
    def _compute_display_name(self):
        for reading in self:
            reading.display_name = self.env._("Update from Xero")

    @api.depends_context("lang")
    @api.depends("event_ids.done_at")
    def _compute_progress(self):
        groups = (
            self.env["xero.event"]
            .sudo()
            ._read_group(
                [("reading_id", "in", self.ids)],
                ["reading_id"],
                ["__count", "done_at:count"],
            )
        )
        counts = {reading.id: (done, total) for reading, total, done in groups}
        for reading in self:
            done, total = counts.get(reading.id, (0, 0))
            reading.progress = 100 * done / (total or 1)
            reading.is_done = done == total
            reading.words = reading._words(done, total)

    def _words(self, done, total):
        if done == total:
            return self.env._("Read from Xero: all %s.", total)
        parts = [self.env._("%(done)s of %(all)s", done=done, all=total)]
        connection = self.connection_id.sudo()
        if connection.state == "connected":
            wait = connection.budget_ids[:1]._wait(by_user=True)
            calls = -(-(total - done) // 40)
            seconds = wait + connection._seconds_for(calls)
            parts.append(connection._duration_words(seconds))
        else:
            parts.append(self.env._("waits for the connection; nothing is lost"))
        return " · ".join(parts)

    # === LIFE === #

    @api.model
    def _start(self, connection, links):
        """Have these read soon, as a person asked.

        :param links: of records that Xero has, in the order of reading
        """
        reading = self.create(
            {
                "connection_id": connection.id,
                "user_id": self.env.uid,
                "started_at": fields.Datetime.now(),
            }
        )
        every = self.env["xero.resource"]._get_resources()
        self.env["xero.event"].create(
            [
                {
                    "connection_id": connection.id,
                    "reading_id": reading.id,
                    "category": every[link.resource].webhook_category,
                    "xero_id": link.xero_id,
                    "kind": "ASKED",
                    "received_at": reading.started_at,
                }
                for link in links
            ]
        )
        connection._wake_events(by_user=True)
        return reading

    @api.autovacuum
    def _gc_old(self):
        """Forget what people asked for a week ago."""
        before = fields.Datetime.subtract(fields.Datetime.now(), days=7)
        self.sudo().search([("started_at", "<", before)]).unlink()


class XeroLink(models.Model):
    _inherit = "xero.link"

    def _readable(self):
        """Those whose counterparts can be read."""
        every = self.env["xero.resource"]._get_resources()
        wanted = self.env["xero.event"]._categories()
        return self.filtered(
            lambda link: (
                link.xero_id
                and link.state != "gone"
                and not link.superseded_by_id
                and every[link.resource].webhook_category in wanted
            )
        )


class XeroSyncMixin(models.AbstractModel):
    _inherit = "xero.sync.mixin"

    def action_xero_update(self):
        """Read these as Xero has them now: status, number, what is due (S144)."""
        connections = self.env["xero.connection"]
        connections._check_user()
        links = self.env["xero.link"].search(
            self._xero_link_domain() & Domain("res_id", "in", self.ids), order="id"
        )
        links = links.sudo()._readable()
        if not links:
            return connections._notify(self.env._("None of these is in Xero."))
        reading = self.env["xero.reading"].sudo()
        for connection, found in links.grouped("connection_id").items():
            reading = reading._start(connection, found)
        action = reading.action_open()
        if len(links) == 1:  # closing it shows the document anew
            action |= {
                "name": self.env._("Update from Xero"),
                "target": "new",
                "context": {"xero_is_dialog": True},
            }
        return action


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _live_balances(self):
        """Documents on which Xero may still show another amount due, then everybody
        they concern, whose balances come at the end (S145)."""
        documents = self.env["xero.link"].search(
            [
                ("connection_id", "=", self.id),
                ("res_model", "=", "account.move"),
                ("xero_id", "!=", False),
                ("state", "!=", "gone"),
                ("superseded_by_id", "=", False),
                ("xero_status", "not in", _SETTLED),
            ],
            order="id",
        )
        contacts = self.env["xero.link"]._live_for(documents.partner_id, self)
        return documents.union(documents, *contacts.values())._readable()

    def action_update_balances(self):
        """Read what is due on every document that is not settled (S145)."""
        self._check_user()
        self.ensure_one()
        connection = self.sudo()
        reading = self.env["xero.reading"].sudo()
        return reading._start(connection, connection._live_balances()).action_open()
