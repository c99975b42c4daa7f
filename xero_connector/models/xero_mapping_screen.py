"""The mapping's screen: what is urgent, what is used, and what a choice set free."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

#: The kinds whose rows nothing that is sent needs yet.
_NOT_NEEDED = ("journal", "no_tax_purchase")


class XeroMapping(models.Model):
    _inherit = "xero.mapping"

    waiting_count = fields.Integer(
        "Waiting",
        compute="_compute_waiting_count",
        help="Documents that wait for this choice.",
    )
    is_needed = fields.Boolean(
        "Needed",
        compute="_compute_is_needed",
        search="_search_is_needed",
        help="Whether something that Odoo sends uses it.",
    )
    urgency = fields.Integer(
        compute="_compute_urgency",
        help="0 stops documents, 1 not mapped, 2 doubtful, 3 sure, 4 confirmed.",
    )
    check_mark = fields.Char("Check Shown", compute="_compute_check_mark")
    fitting_account_ids = fields.Many2many(
        "xero.account", compute="_compute_fitting_account_ids"
    )
    fitting_rate_ids = fields.Many2many(
        "xero.tax.rate", compute="_compute_fitting_rate_ids"
    )

    # === COMPUTE METHODS === #

    def _compute_waiting_count(self):
        """Documents on the open note of each row's missing choice."""
        notes = self.env["xero.note"].search(
            [
                ("connection_id", "in", self.connection_id.ids),
                ("state", "=", "open"),
                ("cause_key", "in", [mapping._cause_key() for mapping in self]),
            ]
        )
        counts = {
            (note.connection_id, note.cause_key): note.link_count for note in notes
        }
        for mapping in self:
            key = (mapping.connection_id, mapping._cause_key())
            mapping.waiting_count = counts.get(key, 0)

    def _compute_is_needed(self):
        needed = self.filtered_domain([("id", "in", self.ids)]).search(
            [("id", "in", self.ids), ("is_needed", "=", True)]
        )
        for mapping in self:
            mapping.is_needed = mapping in needed

    def _search_is_needed(self, operator, value):
        """Rows of what invoices, products or the company's defaults use."""
        if operator != "in":
            return NotImplemented
        wanted = Domain("kind", "not in", _NOT_NEEDED) & (
            Domain("kind", "!=", "tax") | Domain.custom(to_sql=self._tax_used_sql)
        )
        return wanted if True in value else ~wanted

    @api.model
    def _tax_used_sql(self, model, alias, query):
        """Whether the row's tax stands on an invoice in scope, or will by default."""
        tax = SQL.identifier(alias, "tax_id")
        return SQL(
            "(EXISTS (SELECT 1 FROM account_move_line_account_tax_rel r"
            " JOIN account_move_line l ON l.id = r.account_move_line_id"
            " JOIN xero_connection c ON c.id = %(connection)s"
            " WHERE r.account_tax_id = %(tax)s AND l.parent_state != 'cancel'"
            " AND (c.date_from IS NULL OR l.date >= c.date_from))"
            " OR EXISTS (SELECT 1 FROM product_taxes_rel p WHERE p.tax_id = %(tax)s)"
            " OR EXISTS (SELECT 1 FROM res_company o"
            " WHERE o.account_sale_tax_id = %(tax)s))",
            tax=tax,
            connection=SQL.identifier(alias, "connection_id"),
        )

    @api.depends("is_mapped", "confidence", "confirmed_by_id")
    def _compute_urgency(self):
        for mapping in self:
            mapping.urgency = mapping._urgency()

    def _urgency(self):
        if not self.is_mapped:
            return 0 if self.waiting_count else 1
        if self.confidence == "person" or self.confirmed_by_id:
            return 4
        return 3 if self.confidence == "high" else 2

    def _field_to_sql(self, alias, fname, query=None):
        """Blocked documents first: the same as :meth:`_urgency`, for sorting."""
        if fname != "urgency" or query is None:
            return super()._field_to_sql(alias, fname, query)

        def column(name):
            return SQL.identifier(alias, name)

        return SQL(
            "CASE WHEN %(mapped)s THEN CASE"
            " WHEN %(confidence)s = 'person' OR %(confirmed)s IS NOT NULL THEN 4"
            " WHEN %(confidence)s = 'high' THEN 3 ELSE 2 END"
            " WHEN EXISTS (SELECT 1 FROM xero_note n WHERE n.state = 'open'"
            " AND n.connection_id = %(connection)s"
            " AND n.cause_key = %(kind)s || '_unmapped:'"
            " || COALESCE(%(account)s, %(tax)s, %(journal)s, 0)) THEN 0"
            " ELSE 1 END",
            mapped=column("is_mapped"),
            confidence=column("confidence"),
            confirmed=column("confirmed_by_id"),
            connection=column("connection_id"),
            kind=column("kind"),
            account=column("account_id"),
            tax=column("tax_id"),
            journal=column("journal_id"),
        )

    @api.depends("confidence", "confirmed_by_id", "is_mapped")
    def _compute_check_mark(self):
        """A word and an icon: see ``static/src/state/xero_state.js``."""
        for mapping in self:
            if not mapping.is_mapped:
                mapping.check_mark = "unmapped"
            elif mapping.confidence == "high" and mapping.confirmed_by_id:
                mapping.check_mark = "accepted"
            elif mapping.confidence == "none":
                mapping.check_mark = "medium"
            else:
                mapping.check_mark = mapping.confidence

    @api.depends("kind", "connection_id")
    def _compute_fitting_account_ids(self):
        """What may be chosen: bank accounts for a bank, others for an account."""
        for mapping in self:
            operator = "=" if mapping.kind == "journal" else "!="
            mapping.fitting_account_ids = self.env["xero.account"].search(
                [
                    ("connection_id", "=", mapping.connection_id.id),
                    ("account_type", operator, "BANK"),
                ]
            )

    @api.depends("kind", "tax_id.type_tax_use", "connection_id")
    def _compute_fitting_rate_ids(self):
        """What may be chosen: rates for sales, or rates for purchases (T24)."""
        for mapping in self:
            purchase = "purchase" in (mapping.tax_id.type_tax_use or mapping.kind)
            flag = "on_expenses" if purchase else "on_revenue"
            mapping.fitting_rate_ids = self.env["xero.tax.rate"].search(
                [("connection_id", "=", mapping.connection_id.id), (flag, "=", True)]
            )

    # === ACTIONS === #

    def action_accept(self):
        """Say that these suggestions are right."""
        self.env["xero.connection"]._check_manager()
        self.filtered("is_mapped").write(
            {"confidence": "person", "confirmed_by_id": self.env.uid}
        )

    def feedback(self, waiting_count):
        """What a choice set free, as a sentence; False if nothing waited for it."""
        if not waiting_count:
            return False
        if waiting_count == 1:
            return self.env._("1 document was waiting for this. It is on its way.")
        return self.env._(
            "%s documents were waiting for this. They are on their way.", waiting_count
        )

    def action_chosen(self):
        """Close the dialog and say what the choice set free."""
        self.ensure_one()
        words = self.feedback(self.waiting_count) or self.env._("Saved.")
        action = self.env["xero.connection"]._notify(words, "success")
        action["params"]["next"] = {"type": "ir.actions.act_window_close"}
        return action
