"""The mapping's screen: what is urgent, what is used, and what a choice set free."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, LazyTranslate

from ..lib import tax_tables

_lt = LazyTranslate(__name__)

#: Kinds without which documents stop; the others change how they look in Xero.
_ALWAYS_NEEDED = ("account", "no_tax_sale")
_NEEDED_IF_USED = ("tax_set",)

#: The tabs of the screen: name and kinds.
TABS = {
    "accounts": (_lt("Accounts"), ("account",)),
    "taxes": (
        _lt("Taxes"),
        ("tax", "tax_asset", "tax_set", "no_tax_sale", "no_tax_purchase"),
    ),
    "money": (_lt("Bank and cash"), ("journal", "method")),
    "tracking": (_lt("Tracking"), ("plan", "analytic")),
    "write_offs": (_lt("Write-offs"), ("write_off",)),
    "products": (_lt("Products"), ("product",)),
}


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
    words = fields.Char("Remark", compute="_compute_words")
    choice_field = fields.Char(
        compute="_compute_choice_field", help="Which column the choice goes to."
    )
    fitting_account_ids = fields.Many2many(
        "xero.account", compute="_compute_fitting_account_ids"
    )
    fitting_rate_ids = fields.Many2many(
        "xero.tax.rate", compute="_compute_fitting_rate_ids"
    )
    fitting_option_ids = fields.Many2many(
        "xero.tracking.option",
        compute="_compute_fitting_option_ids",
        compute_sudo=True,
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
        bills = self._domain_of_purchases()
        of_sales = Domain("tax_id.type_tax_use", "=", "sale")
        wanted = Domain.OR(
            [
                Domain("kind", "in", _ALWAYS_NEEDED),
                Domain("kind", "in", _NEEDED_IF_USED) & Domain("used_count", ">", 0),
                Domain("kind", "=", "no_tax_purchase") & bills,
                Domain("kind", "=", "tax")
                & (of_sales | bills)
                & Domain.custom(to_sql=self._tax_used_sql),
            ]
        )
        return wanted if True in value else ~wanted

    @api.model
    def _domain_of_purchases(self):
        """Rows of connections that send something with purchase taxes."""
        return Domain("connection_id.send_bills", "=", True)

    @api.model
    def _tax_used_sql(self, model, alias, query):
        """Whether the row's tax stands on a document in scope, or will by default."""
        tax = SQL.identifier(alias, "tax_id")
        return SQL(
            "(EXISTS (SELECT 1 FROM account_move_line_account_tax_rel r"
            " JOIN account_move_line l ON l.id = r.account_move_line_id"
            " JOIN xero_connection c ON c.id = %(connection)s"
            " WHERE r.account_tax_id = %(tax)s AND l.parent_state != 'cancel'"
            " AND (c.date_from IS NULL OR l.date >= c.date_from))"
            " OR EXISTS (SELECT 1 FROM product_taxes_rel p WHERE p.tax_id = %(tax)s)"
            " OR EXISTS (SELECT 1 FROM product_supplier_taxes_rel p"
            " WHERE p.tax_id = %(tax)s)"
            " OR EXISTS (SELECT 1 FROM res_company o WHERE %(tax)s IN"
            " (o.account_sale_tax_id, o.account_purchase_tax_id)))",
            tax=tax,
            connection=SQL.identifier(alias, "connection_id"),
        )

    @api.depends("is_mapped", "confidence", "confirmed_by_id", "problem")
    def _compute_urgency(self):
        for mapping in self:
            mapping.urgency = mapping._urgency()

    def _urgency(self):
        if self.problem:
            return 0
        if not self.is_mapped and self.kind == "product":
            return 4  # Its account decides.
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
            "CASE WHEN %(id)s IN %(refused)s THEN 0 WHEN %(mapped)s THEN CASE"
            " WHEN %(confidence)s = 'person' OR %(confirmed)s IS NOT NULL THEN 4"
            " WHEN %(confidence)s = 'high' THEN 3 ELSE 2 END"
            " WHEN %(kind)s = 'product' THEN 4"
            " WHEN EXISTS (SELECT 1 FROM xero_note n WHERE n.state = 'open'"
            " AND n.connection_id = %(connection)s"
            " AND n.cause_key = %(kind)s || '_unmapped:'"
            " || COALESCE(%(set)s, COALESCE(%(account)s, %(tax)s, %(journal)s,"
            " %(method)s, %(plan)s, %(analytic)s, 0)::text)) THEN 0"
            " ELSE 1 END",
            id=column("id"),
            refused=tuple(self.search([]).filtered("problem").ids) or (0,),
            mapped=column("is_mapped"),
            confidence=column("confidence"),
            confirmed=column("confirmed_by_id"),
            connection=column("connection_id"),
            kind=column("kind"),
            account=column("account_id"),
            tax=column("tax_id"),
            journal=column("journal_id"),
            method=column("method_line_id"),
            plan=column("plan_id"),
            analytic=column("analytic_account_id"),
            set=column("tax_key"),
        )

    @api.depends("confidence", "confirmed_by_id", "is_mapped", "problem")
    def _compute_check_mark(self):
        """A word and an icon: see ``static/src/state/xero_state.js``."""
        for mapping in self:
            mapping.check_mark = mapping._check_mark()

    def _check_mark(self):
        if self.problem:
            return "refused"
        if not self.is_mapped and self.kind == "product":
            return "as_account"
        if not self.is_mapped:
            return "low" if self.suggested_rate_id else "unmapped"
        if self.confidence == "high" and self.confirmed_by_id:
            return "accepted"
        return "medium" if self.confidence in ("none", "low") else self.confidence

    @api.depends("problem", "remark")
    def _compute_words(self):
        """What is in the way, else what the suggestion's table remarks."""
        for mapping in self:
            mapping.words = mapping.problem or mapping.remark

    @api.depends("kind", "xero_action")
    def _compute_choice_field(self):
        for mapping in self:
            mapping.choice_field = mapping._choice_column()

    @api.depends("kind", "connection_id")
    def _compute_fitting_account_ids(self):
        """What may be chosen: bank accounts for a bank, others for an account."""
        found = self._of_connections("xero.account")
        for mapping in self:
            accounts = found.get(mapping.connection_id, self.env["xero.account"])
            mapping.fitting_account_ids = accounts.filtered(mapping._fits)

    def _fits(self, account):
        """Whether Xero would take this account for what the row is about."""
        if self.kind in ("journal", "method"):
            return account.takes_payments
        if self.kind == "write_off" and self.write_off_action == "payment":
            return account.takes_payments and account.account_type != "BANK"
        if self.kind == "product":
            return account.account_class == "REVENUE"
        return account.account_type != "BANK"

    @api.depends("kind", "tax_id.type_tax_use", "connection_id")
    def _compute_fitting_rate_ids(self):
        """What may be chosen: rates for sales, or rates for purchases (T24)."""
        found = self._of_connections("xero.tax.rate")
        for mapping in self:
            rates = found.get(mapping.connection_id, self.env["xero.tax.rate"])
            side = mapping._tax_side()
            mapping.fitting_rate_ids = rates.filtered(
                lambda rate, side=side: tax_tables.is_for_side(rate, side)
            )

    @api.depends("kind", "connection_id")
    def _compute_fitting_option_ids(self):
        """What may be chosen: options of the category that the plan is mapped to."""
        found = self._of_connections("xero.tracking.option")
        none = self.env["xero.tracking.option"]
        categories = {
            (row.connection_id, row.plan_id): row.xero_category_id
            for row in self.search([("kind", "=", "plan")])
        }
        for mapping in self:
            plan = mapping.analytic_account_id.root_plan_id
            category = categories.get((mapping.connection_id, plan))
            mapping.fitting_option_ids = found.get(
                mapping.connection_id, none
            ).filtered(
                lambda option, category=category: (
                    category and option.category_id == category
                )
            )

    def _of_connections(self, model):
        """What of Xero's lists may be chosen, by connection, in one query."""
        rows = self.env[model].search([("connection_id", "in", self.connection_id.ids)])
        return rows.grouped("connection_id")

    # === TABS === #

    @api.model
    def tab_counts(self):
        """How much of each tab is mapped, of what is in use.

        :return: dicts of ``filter`` (of the search view), ``name``, ``count`` such as
            ``7/9`` or ``–``, and ``attention``: something in it stops documents
        """
        used = self.search(["|", ("is_needed", "=", True), ("used_count", ">", 0)])
        by_kind = used.grouped("kind")
        tabs = []
        for name, (label, kinds) in TABS.items():
            rows = self.union(*(by_kind.get(kind, self) for kind in kinds))
            left = rows.filtered(lambda row: not row.is_mapped)
            tabs.append(
                {
                    "filter": f"tab_{name}",
                    "name": self.env._(label),
                    "count": f"{len(rows - left)}/{len(rows)}" if rows else "–",
                    "attention": any(row.is_needed for row in left),
                }
            )
        return tabs

    # === ACTIONS === #

    def action_accept(self):
        """Say that these suggestions are right, a first choice among them."""
        self.env["xero.connection"]._check_manager()
        for row in self.filtered(lambda each: not each.is_mapped):
            if row.suggested_rate_id:
                row.xero_tax_rate_id = row.suggested_rate_id
        self.filtered("is_mapped").write(
            {"confidence": "person", "confirmed_by_id": self.env.uid}
        )

    def action_accept_sure(self):
        """Confirm every suggestion that is sure."""
        self.env["xero.connection"]._check_manager()
        sure = self.filtered(
            lambda row: row.check_mark == "high" and not row.confirmed_by_id
        )
        sure.write({"confirmed_by_id": self.env.uid})
        return self.env["xero.connection"]._notify(
            self.env._("Accepted: %s.", len(sure))
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
