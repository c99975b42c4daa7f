"""Send all of a filtered list: which filters it needs, and what if one is missing."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition, DomainOr


class XeroSendAll(models.TransientModel):
    """Names the filters that are missing before a whole list is sent (S169, S170)."""

    _name = "xero.send.all"
    _description = "Filters For Sending A Whole List"

    res_model = fields.Char(required=True, readonly=True)
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
        action, context = self.env[self.res_model]._xero_list_action(self.move_type)
        filters = {f"search_default_{name}": 1 for name in self.missing}
        return dict(action, domain=self.domain, context=context | filters)


class XeroDocument(models.AbstractModel):
    _inherit = "xero.document"

    # === A KIND OF DOCUMENT SAYS THESE === #

    @api.model
    def _xero_required_filters(self, connection):
        """Filters without which a whole list is not sent (S169).

        :return: list of (name of the filter, field, all its values, those that must
            not be possible)
        """
        unwanted = {"synced", "gone", "skipped"}
        states = {code for code, _label in self._fields["xero_state"].selection}
        every = set(dict(self._fields["state"].selection))
        return [
            ("xero_not_cancelled", "state", every, {"cancel"}),
            ("xero_not_there", "xero_state", states | {False}, unwanted),
        ]

    @api.model
    def _xero_list_action(self, move_type):
        """The list that people filter.

        :param move_type: of documents in one list of several
        :return: pair of (action, context)
        """
        raise NotImplementedError

    @api.model
    def _xero_preview_of(self, connection, domain):
        """The action that shows what would happen to all that a domain finds."""
        raise NotImplementedError

    # === SEND ALL === #

    def action_xero_send_all(self):
        """What would happen to every document of the filtered list (S168)."""
        connection = self.env["xero.preview"]._connection()
        domain = Domain(self.env.context.get("active_domain") or [])
        missing = self._xero_missing_filters(connection, domain)
        if missing:
            return self._xero_name_missing(domain, missing)
        return self._xero_preview_of(connection, domain)

    @api.model
    def _xero_missing_filters(self, connection, domain):
        """Names of the required filters that a domain does not imply, whatever the
        data."""
        return [
            name
            for name, field, every, wrong in self._xero_required_filters(connection)
            if _possible(domain, field, every) & wrong
        ]

    @api.model
    def _xero_name_missing(self, domain, missing):
        step = self.env["xero.send.all"].create(
            {
                "res_model": self._name,
                "domain": list(domain),
                "missing": missing,
                "move_type": self.env.context.get("default_move_type"),
            }
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_connector.xero_send_all_action"
        )
        return dict(action, res_id=step.id)


class AccountMove(models.Model):
    _inherit = "account.move"

    def action_xero_preview(self):
        """What would happen to the selected documents, with their count (S171)."""
        connection = self.env["xero.preview"]._connection()
        return self._xero_preview_of(connection, Domain("id", "in", self.ids))

    @api.model
    def _xero_required_filters(self, connection):
        kinds = set(dict(self._fields["move_type"].selection))
        unsent = kinds - set(connection._sent_kinds())
        return [
            ("xero_kinds", "move_type", kinds, unsent),
            *super()._xero_required_filters(connection),
        ]

    @api.model
    def _xero_list_action(self, move_type):
        move_type = move_type or "out_invoice"
        kind = "out" if move_type in ("out_invoice", "out_refund") else "in"
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"account.action_move_{kind}_invoice_type"
        )
        return action, {"default_move_type": move_type}

    @api.model
    def _xero_preview_of(self, connection, domain):
        return self.env["xero.preview"]._open(connection, domain, asked=True)


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
        everything = self.preset == "all" and not self.words
        return preview._open(connection, domain, everything=everything)

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
