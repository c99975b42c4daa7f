"""Which account, tax, journal or analytic account of Odoo is which in Xero."""

from odoo import api, fields, models

from .xero_cause import CAUSES
from .xero_tax_remark import REMARKS

KINDS = [
    ("account", "Account"),
    ("tax", "Tax"),
    ("tax_asset", "Tax on fixed assets"),
    ("tax_set", "Several taxes on a line"),
    ("no_tax_sale", "Sales lines without tax"),
    ("no_tax_purchase", "Purchase lines without tax"),
    ("journal", "Bank or cash"),
    ("method", "Payment method"),
    ("plan", "Tracking category"),
    ("analytic", "Tracking option"),
    ("write_off", "Write-off"),
    ("product", "Product"),
]

CONFIDENCES = [
    ("person", "chosen"),
    ("high", "sure"),
    ("medium", "please check"),
    ("low", "please choose"),
    ("none", "no match"),
]

#: What a document does with a tax; Xero has no rate for all of them.
TAX_ACTIONS = [
    ("rate", "Takes the rate"),
    ("extra_line", "Becomes a line of its own"),  # T28: an amount per piece
    ("withhold", "Is withheld: a negative line"),  # T29
    ("import_tax", "Is import tax: a line on Xero's tax account"),  # T22
    ("postponed", "Is postponed: entered in Xero's return"),  # T21
    ("gross", "Is part of the cost"),  # T25
]

#: What a payment does with the part that did not reach the bank (T40).
WRITE_OFF_ACTIONS = [
    ("credit_note", "Becomes a credit note"),
    ("payment", "Becomes a second payment, from the account"),
    ("stop", "Stops the payment"),
]

#: Which columns hold Odoo's and Xero's side of each kind.
SIDES = {
    "account": ("account_id", "xero_account_id"),
    "tax": ("tax_id", "xero_tax_rate_id"),
    "tax_asset": ("tax_id", "xero_tax_rate_id"),
    "tax_set": ("tax_ids", "xero_tax_rate_id"),
    "no_tax_sale": ("id", "xero_tax_rate_id"),
    "no_tax_purchase": ("id", "xero_tax_rate_id"),
    "journal": ("journal_id", "xero_account_id"),
    "method": ("method_line_id", "xero_account_id"),
    "plan": ("plan_id", "xero_category_id"),
    "analytic": ("analytic_account_id", "xero_option_id"),
    "write_off": ("account_id", "xero_account_id"),
    "product": ("product_tmpl_id", "xero_account_id"),
}

#: Taxes that take an account in Xero besides a rate, or in its place.
WITH_ACCOUNT = ("extra_line", "withhold")

#: What a person or a suggestion chooses.
_CHOICES = {
    "xero_account_id",
    "xero_tax_rate_id",
    "xero_category_id",
    "xero_option_id",
    "xero_action",
    "write_off_action",
}

#: The first document of these is proven by a draft (N31).
_DELICATE_ACTIONS = ("import_tax", "postponed", "gross", "withhold")

#: Remarks on how a rate was found, which leave no doubt about what it means.
_HOW_FOUND = ("by_percent", "by_components", "same_percent", "former_rate", "tpar")

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
    tax_ids = fields.Many2many(
        "account.tax",
        string="Odoo Taxes",
        readonly=True,
        context={"active_test": False},
    )
    tax_key = fields.Char(readonly=True, help="The ids of several taxes: 12,15.")
    journal_id = fields.Many2one("account.journal", readonly=True, ondelete="cascade")
    method_line_id = fields.Many2one(
        "account.payment.method.line", readonly=True, ondelete="cascade"
    )
    plan_id = fields.Many2one(
        "account.analytic.plan", readonly=True, ondelete="cascade"
    )
    analytic_account_id = fields.Many2one(
        "account.analytic.account", readonly=True, ondelete="cascade"
    )
    product_tmpl_id = fields.Many2one(
        "product.template", "Product", readonly=True, ondelete="cascade"
    )
    # Sudo: whoever maps need not see analytic accounts elsewhere.
    name = fields.Char("In Odoo", compute="_compute_name", compute_sudo=True)
    side = fields.Char("Used For", compute="_compute_name", compute_sudo=True)
    xero_account_id = fields.Many2one("xero.account", "Account in Xero")
    xero_tax_rate_id = fields.Many2one("xero.tax.rate", "Rate in Xero")
    xero_category_id = fields.Many2one("xero.tracking.category", "Category in Xero")
    xero_option_id = fields.Many2one("xero.tracking.option", "Option in Xero")
    xero_action = fields.Selection(
        TAX_ACTIONS, "On Documents", default="rate", required=True
    )
    write_off_action = fields.Selection(WRITE_OFF_ACTIONS, "In Payments")
    is_mapped = fields.Boolean(compute="_compute_is_mapped", store=True)
    confidence = fields.Selection(
        CONFIDENCES, "Check", default="none", required=True, readonly=True
    )
    suggested_confidence = fields.Selection(
        CONFIDENCES, readonly=True, help="Of the suggestion, whatever was chosen since."
    )
    suggested_rate_id = fields.Many2one(
        "xero.tax.rate", readonly=True, help="The first choice, where it is not sure."
    )
    remark_key = fields.Char(readonly=True)
    remark = fields.Char(compute="_compute_remark")
    confirmed_by_id = fields.Many2one("res.users", readonly=True)
    delicate = fields.Boolean(
        compute="_compute_delicate",
        store=True,
        help="The first document goes as a draft and is read back (N31).",
    )
    proven_at = fields.Datetime(
        readonly=True, help="When a first document showed that the choice is right."
    )

    _account_uniq = models.UniqueIndex(
        "(connection_id, kind, account_id) WHERE account_id IS NOT NULL"
    )
    _tax_uniq = models.UniqueIndex(
        "(connection_id, kind, tax_id) WHERE tax_id IS NOT NULL"
    )
    _tax_set_uniq = models.UniqueIndex(
        "(connection_id, tax_key) WHERE tax_key IS NOT NULL"
    )
    _journal_uniq = models.UniqueIndex(
        "(connection_id, journal_id) WHERE journal_id IS NOT NULL"
    )
    _method_uniq = models.UniqueIndex(
        "(connection_id, method_line_id) WHERE method_line_id IS NOT NULL"
    )
    _plan_uniq = models.UniqueIndex(
        "(connection_id, plan_id) WHERE plan_id IS NOT NULL"
    )
    _analytic_uniq = models.UniqueIndex(
        "(connection_id, analytic_account_id) WHERE analytic_account_id IS NOT NULL"
    )
    _product_uniq = models.UniqueIndex(
        "(connection_id, product_tmpl_id) WHERE product_tmpl_id IS NOT NULL"
    )
    _no_tax_uniq = models.UniqueIndex(
        "(connection_id, kind) WHERE kind IN ('no_tax_sale', 'no_tax_purchase')"
    )

    # === COMPUTE METHODS === #

    @api.depends("kind", *{odoo for odoo, _xero in SIDES.values() if odoo != "id"})
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        uses = dict(self.env["account.tax"]._fields["type_tax_use"].selection)
        for mapping in self:
            records = mapping._record()
            names = " + ".join(record.display_name for record in records)
            mapping.name = names or kinds[mapping.kind]
            mapping.side = uses.get(mapping._tax_side(), "")
            if mapping.kind == "tax_asset":
                mapping.name = self.env._("%s on fixed assets", names)

    def _tax_side(self):
        """``sale`` or ``purchase``; None where it is not about a tax."""
        if self.kind.startswith("no_tax_"):
            return self.kind.removeprefix("no_tax_")
        return (self.tax_id or self.tax_ids)[:1].type_tax_use

    @api.depends(
        "xero_action",
        "write_off_action",
        "xero_account_id.active",
        "xero_tax_rate_id.active",
        "xero_category_id.active",
        "xero_option_id.active",
    )
    def _compute_is_mapped(self):
        """What Xero archived is as good as not chosen; the choice stays to be seen."""
        for mapping in self:
            chosen = mapping[mapping._choice_column()].filtered("active")
            if mapping.kind == "write_off":
                decided = mapping.write_off_action
                mapping.is_mapped = decided == "stop" or bool(decided and chosen)
            else:
                mapping.is_mapped = bool(chosen)

    def _choice_column(self):
        """Which column this row's choice goes to."""
        if self.kind == "tax" and self.xero_action in WITH_ACCOUNT:
            return "xero_account_id"
        return SIDES[self.kind][1]

    @api.depends("remark_key", "tax_id", "suggested_rate_id", "is_mapped")
    def _compute_remark(self):
        """The table's word of caution, with the first choice where none is made."""
        for mapping in self:
            words = []
            if mapping.suggested_rate_id and not mapping.is_mapped:
                rate = mapping.suggested_rate_id.display_name
                words.append(self.env._("First choice: %s.", rate))
            if mapping.remark_key in REMARKS:
                account = mapping.account_id.with_company(mapping.company_id)
                remark = self.env._(REMARKS[mapping.remark_key])
                theirs = mapping.xero_account_id.display_name
                words.append(remark.format(code=account.code, account=theirs))
            mapping.remark = " ".join(words)

    @api.depends("tax_id", "xero_action", "remark_key", "suggested_confidence")
    def _compute_delicate(self):
        for mapping in self:
            unsure = mapping.suggested_confidence in ("medium", "low")
            mapping.delicate = mapping.kind in ("tax", "tax_asset") and bool(
                mapping.tax_id.has_negative_factor
                or mapping.xero_action in _DELICATE_ACTIONS
                or (unsure and (mapping.remark_key or "") not in ("", *_HOW_FOUND))
            )

    def _record(self):
        """Odoo's side, empty for lines without tax."""
        column = SIDES[self.kind][0]
        return self.env["account.tax"] if column == "id" else self[column]

    # === CRUD METHODS === #

    def write(self, vals):
        """A person's choice is confirmed by it, and frees what waited for it (N6)."""
        chosen = _CHOICES & set(vals)
        if chosen and "confidence" not in vals:
            vals = dict(vals, confidence="person", confirmed_by_id=self.env.uid)
        if chosen:
            vals = {"proven_at": False, "proof_link_id": False} | vals
        result = super().write(vals)
        if chosen and not self.env.context.get("xero_suggests"):
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
        return f"{self.kind}_unmapped:{self._record_key()}"

    def _record_key(self):
        """What tells this row from others of its kind: an id, or several."""
        return self._key_of(self._record())

    @api.model
    def _key_of(self, records):
        return ",".join(str(each) for each in sorted(records.ids)) or "0"

    # === LOOK-UP === #

    @api.model
    def _by_record(self, connection, kind, records=None):
        """Xero's side by the id of Odoo's, in one query.

        What Xero archived is among them: its ``inactive_reason`` says why it cannot be
        used (T34).

        :param records: only these of Odoo's, where there may be many others
        :rtype: dict[int, recordset of one]
        """
        odoo, xero = SIDES[kind]
        mappings = self._rows(connection, kind, [odoo, xero], records)
        return {mapping[odoo].id: mapping[xero] for mapping in mappings}

    @api.model
    def _tax_sets(self, connection):
        """The rate of each set of taxes that stands on lines together (T27).

        :rtype: dict[frozenset[int], xero.tax.rate]
        """
        mappings = self._rows(connection, "tax_set", ["tax_key", "xero_tax_rate_id"])
        return {
            frozenset(map(int, mapping.tax_key.split(","))): mapping.xero_tax_rate_id
            for mapping in mappings
        }

    @api.model
    def _actions(self, connection, kind):
        """The row itself by the id of Odoo's record: its action, its account.

        :rtype: dict[int, xero.mapping]
        """
        odoo = SIDES[kind][0]
        return {row[odoo].id: row for row in self._rows(connection, kind)}

    @api.model
    def _rows(self, connection, kind, columns=None, records=None):
        domain = [("connection_id", "=", connection.id), ("kind", "=", kind)]
        if records is not None:
            domain.append((SIDES[kind][0], "in", records.ids))
        return self.search_fetch(domain, columns)

    @api.model
    def _ensure(self, connection, kind, record=None):
        """The row for a record, made when missing, so that it can be chosen for.

        :param record: of Odoo's; several taxes for ``tax_set``; none for ``no_tax_*``
        """
        return self._ensure_all(connection, kind, [record or self.env["account.tax"]])

    @api.model
    def _ensure_all(self, connection, kind, records):
        """The rows for records, in two queries; those that are missing are made."""
        known = {row._record_key(): row for row in self._rows(connection, kind)}
        wanted = {self._key_of(record): record for record in records}
        made = self.create(
            [
                self._new_row(connection, kind, record)
                for key, record in wanted.items()
                if key not in known
            ]
        )
        return self.union(*(known[key] for key in wanted if key in known), made)

    @api.model
    def _new_row(self, connection, kind, record):
        values = {"connection_id": connection.id, "kind": kind}
        column = SIDES[kind][0]
        if kind == "tax_set":
            values |= {"tax_ids": record.ids, "tax_key": self._key_of(record)}
        elif column != "id":
            values[column] = record.id
        return values

    @api.model
    def _of_cause(self, connection, cause_key):
        """The row that a note's missing choice is about, made when missing.

        :param str cause_key: such as ``tax_unmapped:12``, ``tax_set_unmapped:12,15``
        :return: empty for other causes
        """
        cause, _colon, key = cause_key.partition(":")
        about_tax = cause in ("rate_differs", "tax_kind")
        kind = "tax" if about_tax else cause.removesuffix("_unmapped")
        if kind not in SIDES or not key.replace(",", "").isdecimal():
            return self.browse()
        column = SIDES[kind][0]
        model = "account.tax" if column == "id" else self._fields[column].comodel_name
        ids = [int(each) for each in key.split(",") if int(each)]
        record = self.env[model].browse(ids).exists()
        return self._ensure(connection, kind, record)
