"""Which account, tax or journal of Odoo is which in Xero."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..lib import tax_tables
from .xero_cause import CAUSES

KINDS = [
    ("account", "Account"),
    ("tax", "Tax"),
    ("no_tax_sale", "Sales lines without tax"),
    ("no_tax_purchase", "Purchase lines without tax"),
    ("journal", "Bank or cash"),
]

CONFIDENCES = [
    ("person", "chosen"),
    ("high", "sure"),
    ("medium", "please check"),
    ("none", "no match"),
]

#: Odoo's account types to Xero's account types that fit, best first.
_ACCOUNT_TYPES = {
    "income": ("REVENUE", "SALES"),
    "income_other": ("OTHERINCOME", "REVENUE"),
    "expense": ("EXPENSE", "OVERHEADS"),
    "expense_other": ("EXPENSE", "OVERHEADS"),
    "expense_direct_cost": ("DIRECTCOSTS", "EXPENSE"),
    "expense_depreciation": ("DEPRECIATN", "EXPENSE"),
    "asset_fixed": ("FIXED",),
    "asset_current": ("CURRENT",),
    "asset_prepayments": ("PREPAYMENT", "CURRENT"),
    "liability_current": ("CURRLIAB", "LIABILITY"),
    "liability_non_current": ("TERMLIAB", "LIABILITY"),
}


#: Causes that another choice may mend; the missing choices have keys of their own.
_MENDED_HERE = [
    name
    for name, cause in CAUSES.items()
    if cause.opens == "mapping" and not name.endswith("_unmapped")
]


class XeroMapping(models.Model):
    _name = "xero.mapping"
    _description = "Xero Mapping"
    _order = "kind, id"

    connection_id = fields.Many2one(
        "xero.connection", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    account_id = fields.Many2one(
        "account.account", "Odoo Account", readonly=True, ondelete="cascade"
    )
    tax_id = fields.Many2one(
        "account.tax", "Odoo Tax", readonly=True, ondelete="cascade"
    )
    journal_id = fields.Many2one("account.journal", readonly=True, ondelete="cascade")
    name = fields.Char("In Odoo", compute="_compute_name")
    side = fields.Char("Used For", compute="_compute_name")
    xero_account_id = fields.Many2one("xero.account", "Account in Xero")
    xero_tax_rate_id = fields.Many2one("xero.tax.rate", "Rate in Xero")
    is_mapped = fields.Boolean(compute="_compute_is_mapped", store=True)
    confidence = fields.Selection(
        CONFIDENCES, "Check", default="none", required=True, readonly=True
    )
    remark = fields.Char(readonly=True)
    confirmed_by_id = fields.Many2one("res.users", readonly=True)

    _account_uniq = models.UniqueIndex(
        "(connection_id, account_id) WHERE account_id IS NOT NULL"
    )
    _tax_uniq = models.UniqueIndex("(connection_id, tax_id) WHERE tax_id IS NOT NULL")
    _journal_uniq = models.UniqueIndex(
        "(connection_id, journal_id) WHERE journal_id IS NOT NULL"
    )
    _no_tax_uniq = models.UniqueIndex(
        "(connection_id, kind) WHERE kind IN ('no_tax_sale', 'no_tax_purchase')"
    )

    # === COMPUTE METHODS === #

    @api.depends("kind", "account_id", "tax_id", "journal_id")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        uses = dict(self.env["account.tax"]._fields["type_tax_use"].selection)
        for mapping in self:
            record = mapping._record()
            mapping.name = record.display_name if record else kinds[mapping.kind]
            mapping.side = uses.get(mapping.tax_id.type_tax_use, "")

    @api.depends("xero_account_id", "xero_tax_rate_id")
    def _compute_is_mapped(self):
        for mapping in self:
            mapping.is_mapped = bool(
                mapping.xero_account_id or mapping.xero_tax_rate_id
            )

    def _record(self):
        return self.account_id or self.tax_id or self.journal_id

    # === CRUD METHODS === #

    def write(self, vals):
        """A person's choice is confirmed by it, and frees what waited for it (N6)."""
        chosen = {"xero_account_id", "xero_tax_rate_id"} & set(vals)
        if chosen and "confidence" not in vals:
            vals = dict(vals, confidence="person", confirmed_by_id=self.env.uid)
        result = super().write(vals)
        if chosen:
            self._free_what_waited()
        return result

    def _free_what_waited(self):
        for connection, mappings in self.grouped("connection_id").items():
            keys = {mapping._cause_key() for mapping in mappings}
            keys |= {f"rate_differs:{mapping.tax_id.id}" for mapping in mappings}
            for cause in _MENDED_HERE:
                keys |= connection.sudo()._open_cause_keys(cause)
            connection.sudo()._retry_blocked(keys)

    def _cause_key(self):
        """The key of the note that a missing choice leaves."""
        record = self._record()
        return f"{self.kind}_unmapped:{record.id if record else 0}"

    # === LOOK-UP === #

    @api.model
    def _by_record(self, connection, kind):
        """Xero's side by the id of Odoo's, in one query.

        :rtype: dict[int, xero.account or xero.tax.rate]
        """
        mappings = self.search_fetch(
            [("connection_id", "=", connection.id), ("kind", "=", kind)],
            [_SIDES[kind][0], _SIDES[kind][1]],
        )
        odoo, xero = _SIDES[kind]
        return {mapping[odoo].id: mapping[xero] for mapping in mappings}

    @api.model
    def _ensure(self, connection, kind, record=None):
        """The row for a record, made when missing, so that it can be chosen for."""
        domain = Domain([("connection_id", "=", connection.id), ("kind", "=", kind)])
        values = {"connection_id": connection.id, "kind": kind}
        if record:
            domain &= Domain(_SIDES[kind][0], "=", record.id)
            values[_SIDES[kind][0]] = record.id
        return self.search(domain, limit=1) or self.create(values)

    # === SUGGESTIONS === #

    @api.model
    def _suggest(self, connection):
        """Make rows for what Odoo's documents use, with a suggestion where sure.

        What a person chose is never touched.
        """
        company = connection.company_id
        for record in self._accounts_in_use(company):
            self._ensure(connection, "account", record)
        for record in self._taxes_in_use(company):
            self._ensure(connection, "tax", record)
        for record in self._money_journals(company):
            self._ensure(connection, "journal", record)
        for kind in ("no_tax_sale", "no_tax_purchase"):
            self._ensure(connection, kind)
        rows = self.search(
            [
                ("connection_id", "=", connection.id),
                ("confirmed_by_id", "=", False),
                ("is_mapped", "=", False),
            ]
        )
        for row in rows:
            values = getattr(row, f"_suggest_{row.kind}")()
            if values:
                row.write(values)

    def _accounts_in_use(self, company):
        """Income accounts that stand on documents or are proposed by journals."""
        lines = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "child_of", company.id),
                    ("move_id.move_type", "=", "out_invoice"),
                    ("display_type", "=", "product"),
                ],
                ["account_id"],
            )
        )
        used = self.env["account.account"].union(*(account for [account] in lines))
        journals = (
            self.env["account.journal"]
            .sudo()
            .search([("company_id", "child_of", company.id), ("type", "=", "sale")])
        )
        return used | journals.default_account_id

    def _taxes_in_use(self, company):
        return (
            self.env["account.tax"]
            .sudo()
            .search([("company_id", "=", company.id), ("type_tax_use", "=", "sale")])
        )

    def _money_journals(self, company):
        return (
            self.env["account.journal"]
            .sudo()
            .search([("company_id", "=", company.id), ("type", "in", ("bank", "cash"))])
        )

    def _suggest_account(self):
        """The account with the same code; else the nearest name of a fitting type."""
        fitting = self._xero_accounts_for(self.account_id.account_type)
        code = self.account_id.with_company(self.company_id).code
        same = fitting.filtered(lambda account: account.code == code)
        if same:
            return {"xero_account_id": same.id, "confidence": "high"}
        name = (self.account_id.name or "").lower()
        named = fitting.filtered(lambda account: (account.name or "").lower() == name)
        if len(named) == 1:
            return {"xero_account_id": named.id, "confidence": "high"}
        if self.account_id.account_type == "income" and fitting:
            sales = fitting.filtered(lambda account: account.name == "Sales")
            return {
                "xero_account_id": (sales or fitting)[:1].id,
                "confidence": "medium",
            }
        return {}

    def _xero_accounts_for(self, account_type):
        types = _ACCOUNT_TYPES.get(account_type, ())
        return self.env["xero.account"].search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("account_type", "in", types),
                ("system_account", "=", False),
            ]
        )

    def _suggest_tax(self):
        """By the chart's template id; else by rate and side, never for 0 %."""
        known = tax_tables.suggestion(
            self.connection_id.organisation_id.country_code, self._template_id()
        )
        if known:
            rate = self._active_rate(known.tax_type)
            return rate and {
                "xero_tax_rate_id": rate.id,
                "confidence": known.confidence,
                "remark": known.remark,
            }
        return self._suggest_by_rate()

    def _suggest_by_rate(self):
        if not self.tax_id.amount or self.tax_id.amount_type != "percent":
            return {}
        flag = "on_revenue" if self.tax_id.type_tax_use == "sale" else "on_expenses"
        rates = self.env["xero.tax.rate"].search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("effective_rate", "=", self.tax_id.amount),
                (flag, "=", True),
            ]
        )
        if len(rates) != 1:
            return {}
        return {"xero_tax_rate_id": rates.id, "confidence": "medium"}

    def _template_id(self):
        """The chart template's own name of this tax, which users cannot rename."""
        external = self.tax_id.get_external_id()[self.tax_id.id]
        _module, _dot, name = external.partition(".")
        _company, _underscore, template = name.partition("_")
        return template

    def _active_rate(self, tax_type):
        return self.env["xero.tax.rate"].search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("tax_type", "=", tax_type),
            ],
            limit=1,
        )

    def _suggest_no_tax_sale(self):
        tax_type = tax_tables.no_tax(self.connection_id.organisation_id.country_code)
        rate = self._active_rate(tax_type)
        return rate and {"xero_tax_rate_id": rate.id, "confidence": "medium"}

    _suggest_no_tax_purchase = _suggest_no_tax_sale

    def _suggest_journal(self):
        """The bank account with the same name."""
        name = (self.journal_id.name or "").lower()
        accounts = self.env["xero.account"].search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("account_type", "=", "BANK"),
            ]
        )
        same = accounts.filtered(lambda account: (account.name or "").lower() == name)
        if len(same) != 1:
            return {}
        return {"xero_account_id": same.id, "confidence": "high"}

    # === ACTIONS === #

    def action_accept_sure(self):
        """Confirm every suggestion that is sure."""
        self.env["xero.connection"]._check_manager()
        sure = self.filtered(
            lambda row: row.confidence == "high" and not row.confirmed_by_id
        )
        sure.write({"confirmed_by_id": self.env.uid})
        return self.env["xero.connection"]._notify(
            self.env._("Accepted: %s.", len(sure))
        )


#: Which columns hold Odoo's and Xero's side of each kind.
_SIDES = {
    "account": ("account_id", "xero_account_id"),
    "tax": ("tax_id", "xero_tax_rate_id"),
    "journal": ("journal_id", "xero_account_id"),
    "no_tax_sale": ("id", "xero_tax_rate_id"),
    "no_tax_purchase": ("id", "xero_tax_rate_id"),
}
