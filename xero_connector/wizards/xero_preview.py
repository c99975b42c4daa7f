"""What would happen: every document that would go to Xero, before it goes (S173, N2).

Built from Odoo's data alone, by the code of the plan; nothing is written but the rows
that the screen shows.
"""

import math

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..lib.batches import MAX_ELEMENTS
from ..models.xero_connection_options import STATUSES

#: Documents that one preview looks at; the rest is sent without a look if asked to.
MOST = 1000


class XeroPreview(models.TransientModel):
    _name = "xero.preview"
    _description = "What Would Happen In Xero"

    connection_id = fields.Many2one("xero.connection", required=True, readonly=True)
    domain = fields.Json(readonly=True)
    everything = fields.Boolean(
        readonly=True, help="All that is not in Xero, of every kind of document."
    )
    asked = fields.Boolean(
        readonly=True, help="Somebody chose these documents, so drafts are named."
    )
    line_ids = fields.One2many("xero.preview.line", "preview_id", readonly=True)
    group_ids = fields.One2many("xero.preview.group", "preview_id", readonly=True)
    rest_ids = fields.Json(readonly=True)
    looked_at = fields.Datetime(readonly=True)
    left_out = fields.Json(readonly=True)

    # === OPEN === #

    @api.model
    def action_open_all(self):
        """Everything that is not in Xero, or that changed since it went."""
        connection = self._connection()
        domain = connection._domain_of_all()
        return self._open(connection, domain, everything=True)

    @api.model
    def _connection(self):
        """The connection that this person's company sends with.

        :raises UserError: there is none
        """
        connections = self.env["xero.connection"]
        connections._check_user()
        connection = self.env.company._xero_connection()
        if connection.sudo().state not in ("connected", "broken"):
            raise UserError(
                self.env._("%s is not connected to Xero.", self.env.company.name)
            )
        return connection

    @api.model
    def _open(self, connection, domain, **values):
        """Show what would happen to the documents of a domain.

        :param values: further columns: ``asked``, ``everything``
        """
        preview = self.sudo().create(
            {"connection_id": connection.id, "domain": list(Domain(domain))} | values
        )
        preview.sudo(False)._look()
        return preview._action()

    def _action(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_connector.xero_preview_line_action"
        )
        return dict(
            action,
            domain=[("preview_id", "=", self.id)],
            context={"search_default_group": 1, "xero_preview_id": self.id},
        )

    # === LOOK === #

    def action_refresh(self):
        """Look again, as things are now."""
        self.ensure_one()
        self.env["xero.connection"]._check_user()
        self._look()

    def _look(self):
        """Build the rows anew, with the reader's rights on documents."""
        system = self.sudo()
        # Before, not after: it forgets the links that are only in memory.
        system.line_ids.unlink()
        system.group_ids.unlink()
        moves = self._moves()
        looked_at, rest = moves[:MOST], moves[MOST:]
        connection = self.connection_id
        with connection._pretending():
            documents, needed = connection._rehearse(looked_at, *self._others())
            values = system._row_values(documents, needed)
            values += system._money_values(documents, needed)
        system._create_rows(values)
        system.write(
            {
                "looked_at": fields.Datetime.now(),
                "rest_ids": rest.ids,
                "left_out": connection._left_out(),
            }
        )

    def _moves(self):
        """The documents asked for, of kinds and companies of this connection."""
        connection = self.connection_id
        domain = Domain(self.domain) & Domain(
            [
                ("company_id", "in", connection._company_ids()),
                ("move_type", "in", connection._sent_kinds()),
            ]
        )
        return self.env["account.move"].search(domain, order="invoice_date, id")

    def _others(self):
        """Documents of other kinds that were asked for too; an addon adds its own.

        :return: list of recordsets
        """
        return []

    # === SUMMARY === #

    def get_summary(self):
        """What stands above the rows.

        :rtype: dict
        """
        self.ensure_one()
        sendable, calls = self._sendable(), self._calls()
        connection = self.connection_id
        return {
            "counts": self._counts(),
            "calls": calls,
            "callsWords": self._calls_words(calls),
            "sendCount": len(sendable) + len(self.rest_ids or []),
            "lookCalls": self._look_calls(),
            "lookedAt": fields.Datetime.to_string(self.looked_at),
            "inXero": connection.synced_count,
            "rest": self._rest_words(),
            "leftOut": self.left_out or [],
            "statuses": [list(each) for each in self._statuses()],
        }

    def _counts(self):
        """How many documents of each action, in the order of the screen."""
        documents = self.line_ids.filtered("is_document")
        found = documents.grouped("action")
        labels = dict(documents._fields["action"]._description_selection(self.env))
        counts = [
            {"action": action, "label": labels[action], "count": len(found[action])}
            for action in labels
            if action in found
        ]
        return counts + self._money_counts()

    def _sendable(self):
        return self.line_ids.filtered("is_sendable")

    def _calls(self, rows=None):
        """How many calls sending takes: 50 of a kind in each (N8)."""
        rows = self._sendable() if rows is None else rows
        needed = self.line_ids.filtered(
            lambda row: not row.is_document and row.action == "create"
        )
        groups = (
            (rows | needed)
            .filtered(lambda row: not row.is_money)
            .grouped(lambda row: (row.resource, row.action))
        )
        rest = math.ceil(len(self.rest_ids or []) / MAX_ELEMENTS)
        rest += self._calls_before(rows) + self._money_calls(rows)
        return rest + sum(math.ceil(len(g) / MAX_ELEMENTS) for g in groups.values())

    def _calls_before(self, rows):
        """One to read Xero's bills before any is created there (T61)."""
        creates = rows.filtered(
            lambda row: (row.resource, row.action) == ("bill", "create")
        )
        bills = self.env["account.move"].browse(creates.mapped("res_id"))
        suppliers = bills.commercial_partner_id
        return bool(bills._xero_suppliers_unread(self.connection_id, suppliers))

    def _calls_words(self, calls):
        """'9 calls for everything, of 588 left today'."""
        budget = self.connection_id.sudo().budget_ids[:1]
        if not budget.day_limit:
            return self.env._("Calls to Xero: %s", calls)
        return self.env._(
            "Calls to Xero: %(calls)s of %(left)s left today",
            calls=calls,
            left=f"{budget.day_left:,}",
        )

    def _rest_words(self):
        """Too big: how many there are, and what sending all of them takes."""
        if not self.rest_ids:
            return False
        calls = self._calls()
        return self.env._(
            "%(all)s documents. The first %(shown)s are below; the others are looked"
            " at when they go. This takes about %(calls)s calls and"
            " %(time)s; Xero allows 60 calls a minute.",
            all=f"{len(self.rest_ids) + MOST:,}",
            shown=f"{MOST:,}",
            calls=calls,
            time=self.connection_id._duration_words(
                self.connection_id._seconds_for(calls)
            ),
        )

    def _statuses(self):
        if self.connection_id.mode == "trial":
            return []
        return (
            self.env["xero.link"]
            ._fields["status_choice"]
            ._description_selection(self.env)
        )

    # === SEND === #

    def action_send(self, line_ids=None, status=False):
        """Send the chosen rows, or all that can go; a person asked for it.

        :param line_ids: ids of the chosen rows; None for all
        :param status: status in which these arrive, whatever is set (S111)
        :return: the screen of the run
        """
        self.ensure_one()
        self.env["xero.connection"]._check_user()
        self._check_status(status)
        rows = self._sendable()
        rest = self.env["account.move"]
        if line_ids is None:
            rest = rest.browse(self.rest_ids or [])
        else:
            rows = rows.filtered(lambda row: row.id in set(line_ids))
        chosen = [*rows._documents(), *([rest] if rest else [])]
        if not chosen:
            raise UserError(self.env._("None of these can go to Xero now."))
        for documents in chosen:
            documents.check_access("read")
            if status:
                self.sudo()._choose_status(documents, status)
            documents._xero_touch(by_user=True)
        run = (
            self.env["xero.run"]
            .sudo()
            ._start(self.connection_id, chosen, self._calls(rows))
        )
        return run.sudo(False).action_open()

    @api.model
    def _check_status(self, status):
        if status and status not in dict(STATUSES):
            raise UserError(self.env._("Xero knows no such status."))

    def _choose_status(self, documents, status):
        """Keep the status that a person chose for these, on their links."""
        links = self.env["xero.link"]
        for name, found in documents.grouped(
            lambda document: document._xero_resource()
        ).items():
            links |= links._ensure_pending(
                self.connection_id, name, found.ids, by_user=True
            )
        links = links.filtered(lambda link: not link.xero_id)
        if links:
            links._claim_for_person()
            links.status_choice = status


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _sent_kinds(self):
        """Kinds of documents that this connection sends."""
        kinds = ["out_invoice", "out_refund"] if self.send_invoices else []
        return kinds + (["in_invoice", "in_refund"] if self.send_bills else [])

    def _domain_of_all(self):
        """Documents that Xero does not have, or that may have changed since."""
        changed = (
            self.env["xero.change"]
            .sudo()
            .search(
                [("connection_id", "=", self.id), ("res_model", "=", "account.move")]
            )
        )
        posted = Domain("state", "=", "posted") & Domain(
            "xero_state", "not in", ["synced", "gone"]
        )
        if self.date_from:
            posted &= Domain("invoice_date", ">=", self.date_from.isoformat())
        return posted | Domain("id", "in", changed.mapped("res_id"))

    def action_preview(self):
        """What would happen to everything that is not in Xero."""
        self.ensure_one()
        self._check_user()
        domain = self._domain_of_all()
        return self.env["xero.preview"]._open(self, domain, everything=True)
