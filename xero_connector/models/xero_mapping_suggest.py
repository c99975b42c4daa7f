"""Rows for what Odoo uses, and what they probably are in Xero."""

from collections import Counter
from functools import cached_property

from odoo import api, fields, models

from ..lib import tax_tables
from .xero_mapping import KINDS
from .xero_mapping_use import PURCHASES, SALES

#: Odoo's account types to Xero's account types that fit, best first.
ACCOUNT_TYPES = {
    "income": ("REVENUE", "SALES"),
    "income_other": ("OTHERINCOME", "REVENUE"),
    "expense": ("EXPENSE", "OVERHEADS"),
    "expense_other": ("EXPENSE", "OVERHEADS"),
    "expense_direct_cost": ("DIRECTCOSTS", "EXPENSE"),
    "expense_depreciation": ("DEPRECIATN", "EXPENSE"),
    "asset_current": ("CURRENT",),
    "asset_fixed": ("FIXED",),
    "asset_non_current": ("NONCURRENT", "FIXED"),
    "asset_prepayments": ("PREPAYMENT", "CURRENT"),
    "liability_current": ("CURRLIAB", "LIABILITY"),
    "liability_non_current": ("TERMLIAB", "LIABILITY"),
    "equity": ("EQUITY",),
}

#: Names at least this much alike (0 to 1) are proposed, to be checked.
_ALIKE = 0.6

#: The longest code that Xero takes (S78); codes are compared with regard to case (S79).
CODE_MAX = 10

#: Journals through which money comes and goes.
_MONEY_JOURNALS = ("bank", "cash", "credit")


class XeroMapping(models.Model):
    _inherit = "xero.mapping"

    used_count = fields.Integer(
        "Used", readonly=True, help="Documents since the connection's first date."
    )

    # === ROWS === #

    @api.model
    def _suggest(self, connection):
        """Make rows for what Odoo's documents use, with a suggestion where sure.

        What a person chose is never touched, and nothing is created in Xero (S80).
        """
        pairs = self._pairs(connection)
        self._make_rows(connection, pairs)
        rows = self.search(
            [
                ("connection_id", "=", connection.id),
                ("confirmed_by_id", "=", False),
                ("is_mapped", "=", False),
            ]
        ).filtered(lambda row: not row[row._choice_column()])
        advice = Advice(connection, pairs)
        order = [kind for kind, _label in KINDS]
        rows = rows.sorted(lambda row: order.index(row.kind))
        for row in rows.with_context(xero_suggests=True):
            values = getattr(row, f"_suggest_{row.kind}")(advice)
            row._write_changes(values)
        rows._free_what_waited()

    def _write_changes(self, values):
        changed = {
            name: value
            for name, value in values.items()
            if (self._fields[name].convert_to_write(self[name], self) or False)
            != (value or False)
        }
        if changed:
            self.write(changed | {"confidence": values["confidence"]})

    @api.model
    def _make_rows(self, connection, pairs):
        counts = self._use_counts(connection, pairs)
        for kind, used in counts.items():
            rows = self._ensure_all(connection, kind, list(used))
            by_key = {self._key_of(record): count for record, count in used.items()}
            for row in rows:
                count = by_key.get(row._record_key(), 0)
                if row.used_count != count:
                    row.used_count = count

    @api.model
    def _use_counts(self, connection, pairs):
        """How many documents use each record, by kind; 0 for what is proposed only.

        :rtype: dict[str, dict[recordset, int]]
        """
        nothing = self.env["account.tax"]
        counts = {
            "account": self._accounts_in_use(connection, pairs),
            **self._taxes_in_use(connection, pairs),
            "journal": dict.fromkeys(self._money_journals(connection), 0),
            "write_off": self._write_offs_in_use(connection),
            **self._analytics_in_use(connection),
            "product": self._services_in_use(connection),
        }
        without = Counter({"sale": 0, "purchase": 0})
        for pair in pairs:
            if not pair.tax_ids:
                without[pair.side] += pair.count
        for side, count in without.items():
            counts[f"no_tax_{side}"] = {nothing: count}
        return counts

    def _accounts_in_use(self, connection, pairs):
        """Accounts that stand on documents, and those that journals propose."""
        counts = Counter()
        for pair in pairs:
            counts[self.env["account.account"].browse(pair.account_id)] += pair.count
        types = self._types_sent(connection)
        sides = [side for side, of in _SIDES if set(of) & set(types)]
        journals = (
            self.env["account.journal"]
            .sudo()
            .search(
                [
                    ("company_id", "in", self._companies(connection).ids),
                    ("type", "in", sides),
                ]
            )
        )
        unused = dict.fromkeys(journals.default_account_id, 0)
        return unused | {record: count for record, count in counts.items() if count}

    def _taxes_in_use(self, connection, pairs):
        """Taxes of the sides that are sent; sets, and those on fixed assets."""
        model = self.env["account.tax"].sudo()
        types = self._types_sent(connection)
        sides = [side for side, of in _SIDES if set(of) & set(types)]
        taxes = model.search(
            [
                ("company_id", "in", self._companies(connection).ids),
                ("type_tax_use", "in", sides),
            ]
        )
        single, several, assets = Counter(dict.fromkeys(taxes, 0)), Counter(), Counter()
        for pair in pairs:
            used = model.browse(pair.tax_ids)
            if len(used) > 1:
                several[used] += pair.count
            elif used:
                single[used] += pair.count
                account = self.env["account.account"].browse(pair.account_id)
                if account.account_type == "asset_fixed":
                    assets[used] += pair.count
        return {"tax": single, "tax_set": several, "tax_asset": assets}

    def _money_journals(self, connection):
        return (
            self.env["account.journal"]
            .sudo()
            .search(
                [
                    ("company_id", "in", self._companies(connection).ids),
                    ("type", "in", _MONEY_JOURNALS),
                ]
            )
        )

    def _write_offs_in_use(self, connection):
        """Accounts of write-offs, and those of early-payment discounts."""
        company = connection.company_id.sudo()
        proposed = (
            company.account_journal_early_pay_discount_loss_account_id
            | company.account_journal_early_pay_discount_gain_account_id
        )
        model = self.env["account.account"].sudo()
        counts = self._write_off_counts(connection)
        used = {model.browse(account): count for account, count in counts.items()}
        return dict.fromkeys(proposed, 0) | used

    def _services_in_use(self, connection):
        """Services that are sold: each may have an account of its own (S74)."""
        model = self.env["product.template"].sudo()
        wanted = connection.send_invoices and connection.account_source == "mapping"
        counts = self._service_counts(connection) if wanted else {}
        return {model.browse(product): count for product, count in counts.items()}

    def _analytics_in_use(self, connection):
        """Plans and analytic accounts, where Xero has categories to take them."""
        model = self.env["account.analytic.account"].sudo()
        categories = self.env["xero.tracking.category"].search_count(
            [("connection_id", "=", connection.id)], limit=1
        )
        if not categories:
            return {}
        counts = {
            model.browse(account).exists(): count
            for account, count in self._analytic_counts(connection).items()
        }
        counts.pop(model, None)
        plans = Counter()
        for account, count in counts.items():
            plans[account.root_plan_id] += count
        return {"plan": plans, "analytic": counts}

    # === ACCOUNTS === #

    def _suggest_account(self, advice):
        """The same code or name; else a fitting type and the nearest name (S78-S81)."""
        account = self.account_id
        code = account.with_company(self.company_id).code or ""
        fitting = advice.accounts_of(account.account_type)
        exact = fitting.filtered(lambda each: each.code == code)
        if exact:
            return self._account_choice(exact, "high")
        alike = fitting.filtered(
            lambda each: code and (each.code or "").lower() == code.lower()
        )
        if alike:
            return self._account_choice(alike[:1], "medium", "other_case")
        named = fitting.filtered(
            lambda each: code and (each.name or "").lower() == code.lower()
        )
        if named:
            return self._account_choice(named[:1], "medium", "name_as_code")
        return self._suggest_account_by_name(fitting, code)

    def _suggest_account_by_name(self, fitting, code):
        name = self.account_id.name or ""
        alike = {each: tax_tables.likeness(each.name, name) for each in fitting}
        same = fitting.filtered(lambda each: alike[each] == 1)
        if len(same) == 1:
            return self._account_choice(same, "high")
        nearest = max(fitting, key=alike.get, default=fitting)
        if alike.get(nearest, 0) >= _ALIKE:
            return self._account_choice(nearest, "medium", "nearest_name")
        if self.account_id.account_type == "income" and fitting:
            sales = fitting.filtered(lambda each: each.name == "Sales")
            return self._account_choice((sales or fitting)[:1], "medium", "by_type")
        longer = "longer_code" if len(code) > CODE_MAX else ""
        return self._account_choice(fitting[:0], "none", longer)

    def _account_choice(self, account, confidence, remark=""):
        return {
            "xero_account_id": account.id,
            "confidence": confidence,
            "suggested_confidence": confidence,
            "remark_key": remark,
        }

    def _suggest_write_off(self, advice):
        """What happens is a person's to decide (T40); the account may be known."""
        return self._suggest_account(advice) | {"confidence": "none"}

    def _suggest_product(self, advice):
        """None: without a choice a product goes where its account goes (S74)."""
        return self._account_choice(self.xero_account_id, "none")

    def _suggest_journal(self, advice):
        """The bank account with the same name, or the same number."""
        number = self.journal_id.bank_account_id.sanitized_acc_number
        return self._bank_choice(advice, self.journal_id.name, number)

    def _suggest_method(self, advice):
        return self._bank_choice(advice, self.method_line_id.name, None)

    def _bank_choice(self, advice, name, number):
        same = advice.banks.filtered(
            lambda bank: (
                (bank.name or "").lower() == (name or "").lower()
                or (number and number == bank.bank_number)
            )
        )
        found = len(same) == 1
        return self._account_choice(same[:found], "high" if found else "none")

    # === TRACKING === #

    def _suggest_plan(self, advice):
        return self._same_name("xero_category_id", self.plan_id, advice.categories)

    def _suggest_analytic(self, advice):
        """The option of that name in the category that the plan is mapped to."""
        category = advice.category_of_plan.get(self.analytic_account_id.root_plan_id)
        options = category.option_ids if category else advice.categories.option_ids[:0]
        return self._same_name("xero_option_id", self.analytic_account_id, options)

    def _same_name(self, column, record, choices):
        name = (record.name or "").strip().lower()
        same = choices.filtered(lambda each: (each.name or "").lower() == name)
        confidence = "high" if len(same) == 1 else "none"
        return {
            column: same.id if len(same) == 1 else False,
            "confidence": confidence,
            "suggested_confidence": confidence,
        }


_SIDES = (("sale", SALES), ("purchase", PURCHASES))


class Advice:
    """What suggestions of one connection look up, read once."""

    def __init__(self, connection, pairs):
        env = connection.env
        own = [("connection_id", "=", connection.id)]
        self.connection = connection
        self.country = connection.organisation_id.country_code
        self.rates = env["xero.tax.rate"].search(own)
        archived = env["xero.tax.rate"].search([*own, ("active", "=", False)])
        self.unusable = set(archived.mapped("tax_type"))
        accounts = env["xero.account"].search(own)
        self.banks = accounts.filtered(lambda each: each.account_type == "BANK")
        self.accounts = (accounts - self.banks).filtered(
            lambda each: not each.system_account
        )
        self.categories = env["xero.tracking.category"].search(own)
        self.pairs = pairs

    @cached_property
    def category_of_plan(self):
        """Read when asked: plans are suggested before their accounts."""
        mapping = self.connection.env["xero.mapping"]
        rows = mapping._rows(self.connection, "plan", ["plan_id", "xero_category_id"])
        return {row.plan_id: row.xero_category_id for row in rows}

    @cached_property
    def xero_accounts(self):
        """Xero's account by the id of Odoo's: accounts come before taxes."""
        mapping = self.connection.env["xero.mapping"]
        return mapping._by_record(self.connection, "account")

    def accounts_of(self, account_type):
        """Xero's accounts of the types that fit, best type first."""
        found = self.accounts.browse()
        for fitting in ACCOUNT_TYPES.get(account_type, ()):
            found |= self.accounts.filtered(
                lambda each, fitting=fitting: each.account_type == fitting
            )
        return found

    def takes_accounts(self, rate, pairs):
        """Whether Xero takes a rate on every account of these pairs (T24)."""
        mapping = self.connection.env["xero.mapping"]
        accounts = [
            self.xero_accounts.get(pair.account_id)
            or mapping._default_account(self.connection, pair.side)
            for pair in pairs
        ]
        return all(rate._allowed_on(account) for account in accounts if account)
