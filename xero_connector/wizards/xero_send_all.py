"""Send all of a filtered list: which filters it needs, and what if one is missing."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition, DomainOr


class XeroSendAll(models.TransientModel):
    """Names the filters that are missing before a whole list is sent (S169, S170)."""

    _name = "xero.send.all"
    _description = "Filters For Sending A Whole List"

    domain = fields.Json(readonly=True)
    missing = fields.Json(readonly=True)
    words = fields.Char(compute="_compute_words")
    move_type = fields.Char(readonly=True)

    @api.depends("missing")
    def _compute_words(self):
        for step in self:
            labels = step._labels()
            step.words = ", ".join(labels[name] for name in step.missing or [])

    def _labels(self):
        return {
            "xero_kinds": self.env._("Kind of document: what Odoo sends to Xero"),
            "xero_not_cancelled": self.env._("Status: not cancelled"),
            "xero_not_there": self.env._("Xero: not in Xero yet"),
        }

    def action_apply(self):
        """The same list with the missing filters switched on."""
        self.ensure_one()
        sales = "out_invoice", "out_refund"
        kind = "out" if self.move_type in sales else "in"
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"account.action_move_{kind}_invoice_type"
        )
        filters = {f"search_default_{name}": 1 for name in self.missing}
        return dict(
            action,
            domain=self.domain,
            context={"default_move_type": self.move_type} | filters,
        )


class AccountMove(models.Model):
    _inherit = "account.move"

    def action_xero_send_all(self):
        """What would happen to every document of the filtered list (S168)."""
        preview = self.env["xero.preview"]
        connection = preview._connection()
        domain = Domain(self.env.context.get("active_domain") or [])
        missing = self._xero_missing_filters(connection, domain)
        if missing:
            return self._xero_name_missing(domain, missing)
        return preview._open(connection, domain, asked=True)

    def action_xero_preview(self):
        """What would happen to the selected documents, with their count (S171)."""
        preview = self.env["xero.preview"]
        connection = preview._connection()
        return preview._open(connection, Domain("id", "in", self.ids), asked=True)

    @api.model
    def _xero_name_missing(self, domain, missing):
        step = self.env["xero.send.all"].create(
            {
                "domain": list(domain),
                "missing": missing,
                "move_type": self.env.context.get("default_move_type", "out_invoice"),
            }
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_connector.xero_send_all_action"
        )
        return dict(action, res_id=step.id)

    @api.model
    def _xero_missing_filters(self, connection, domain):
        """Names of the required filters that a domain does not imply, whatever the
        data."""
        unwanted = {"synced", "gone", "skipped"}
        states = {code for code, _label in self._fields["xero_state"].selection}
        kinds = set(dict(self._fields["move_type"].selection))
        required = [
            ("xero_kinds", "move_type", kinds, set(connection._sent_kinds())),
            ("xero_not_cancelled", "state", {"draft", "posted", "cancel"}, {"cancel"}),
            ("xero_not_there", "xero_state", states | {False}, unwanted),
        ]
        missing = []
        for name, field, every, values in required:
            left = _possible(domain, field, every)
            wrong = left - values if name == "xero_kinds" else left & values
            missing += [name] if wrong else []
        return missing


def _possible(domain, field, every):
    """The values of a selection that a domain leaves possible, of ``every`` value."""
    if isinstance(domain, DomainAnd):
        found = (_possible(each, field, every) for each in domain.children)
        return set.intersection(*found)
    if isinstance(domain, DomainOr):
        return set().union(*(_possible(each, field, every) for each in domain.children))
    if not isinstance(domain, DomainCondition) or domain.field_expr != field:
        return set() if domain.is_false() else every
    value = domain.value
    several = not isinstance(value, str) and hasattr(value, "__iter__")
    given = set(value) if several else {value}
    return {"in": given, "=": given, "not in": every - given, "!=": every - given}.get(
        domain.operator, every
    )


class XeroSelection(models.TransientModel):
    """Which documents to look at: all, the unpaid, or by due date (S143, S161)."""

    _name = "xero.selection"
    _description = "Choose Documents For Xero"

    preset = fields.Selection(
        [
            ("all", "Everything that is not in Xero"),
            ("live", "Every unpaid document, also those in Xero"),
            ("ready", "Never sent, ready or given to the customer"),
            ("due", "Never sent, due between two days"),
        ],
        "Documents",
        required=True,
        default="all",
    )
    due_from = fields.Date(default=fields.Date.context_today)
    due_to = fields.Date(
        default=lambda self: fields.Date.add(fields.Date.context_today(self), days=30)
    )
    words = fields.Char(help="Customer, site or number.")

    def action_preview(self):
        """Show what would happen to these."""
        self.ensure_one()
        preview = self.env["xero.preview"]
        connection = preview._connection()
        domain = getattr(self, f"_domain_{self.preset}")(connection)
        if self.words:
            domain &= self._domain_words()
        return preview._open(connection, domain)

    def _domain_all(self, connection):
        return connection._domain_of_all()

    def _domain_live(self, connection):
        """Nothing is paid yet, so all that was invoiced is owed (S143)."""
        return Domain(
            [("state", "=", "posted"), ("payment_state", "in", ["not_paid", False])]
        )

    def _domain_ready(self, connection):
        """Posted, whether the customer has it or not; never sent to Xero (S161)."""
        there = Domain("xero_link_ids", "any", [("xero_id", "!=", False)])
        return Domain("state", "=", "posted") & ~there

    def _domain_due(self, connection):
        if not self.due_from or not self.due_to or self.due_to < self.due_from:
            raise UserError(self.env._("Choose two days, the earlier one first."))
        if (self.due_to - self.due_from).days > 30:
            raise UserError(self.env._("Choose at most 30 days."))
        return self._domain_ready(connection) & Domain(
            [
                ("invoice_date_due", ">=", self.due_from.isoformat()),
                ("invoice_date_due", "<=", self.due_to.isoformat()),
            ]
        )

    def _domain_words(self):
        """Customer, site or number (S162)."""
        return Domain.OR(
            Domain(name, "ilike", self.words)
            for name in ("name", "partner_id", "partner_shipping_id")
        )
