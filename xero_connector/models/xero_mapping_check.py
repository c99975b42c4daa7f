"""Every tax and account pair in use, checked before anything is sent (T24)."""

from odoo import api, fields, models


class XeroMapping(models.Model):
    _inherit = "xero.mapping"

    problem = fields.Char(
        "Cannot Be Used",
        compute="_compute_problem",
        help="What Xero would refuse, said beside the row.",
    )

    @api.depends(
        "xero_account_id", "xero_tax_rate_id", "xero_option_id", "xero_category_id"
    )
    def _compute_problem(self):
        """What Xero refuses: archived, another percentage, not on an account."""
        for connection, rows in self.grouped("connection_id").items():
            pairs = rows._pair_problems(connection) if rows._concern_pairs() else {}
            for row in rows:
                row.problem = row._choice_problem() or pairs.get(row.id, False)

    def _concern_pairs(self):
        return set(self.mapped("kind")) & _IN_PAIRS

    def _choice_problem(self):
        """What is wrong with the choice by itself."""
        choice = self[self._choice_column()]
        if choice and not choice.active:
            column = choice._fields["inactive_reason"]
            reasons = dict(column._description_selection(self.env))
            return self.env._(
                "%(name)s: %(reason)s.",
                name=choice.display_name,
                reason=reasons.get(choice.inactive_reason, ""),
            )
        if self.kind != "tax" or self.xero_action != "rate" or not choice:
            return False
        if not self.tax_id._xero_rate_differs(choice):
            return False
        return self.env._(
            "Odoo's tax is %(ours)s %%, this rate %(theirs)s %%.",
            ours=f"{self.tax_id._xero_percentage():g}",
            theirs=f"{choice.effective_rate:g}",
        )

    @api.model
    def _pair_problems(self, connection):
        """The first pair in use that Xero refuses, by id of the rows that make it.

        :rtype: dict[int, str]
        """
        rows = self.sudo().search(
            [("connection_id", "=", connection.id), ("kind", "in", list(_IN_PAIRS))]
        )
        found = {}
        by_key = {(row.kind, row._record_key()): row for row in rows}
        for pair in sorted(
            self._pairs(connection.sudo()), key=lambda each: -each.count
        ):
            account_row = by_key.get(("account", str(pair.account_id)))
            tax_row = self._row_of_taxes(by_key, pair)
            account = account_row and account_row.xero_account_id
            account = account or self._default_account(connection, pair.side)
            words = self._pair_problem(account, tax_row)
            for row in (account_row, tax_row) if words else ():
                if row:
                    found.setdefault(row.id, words)
        return found

    @api.model
    def _row_of_taxes(self, by_key, pair):
        """The row that says which rate the taxes of a pair take there."""
        key = ",".join(map(str, pair.tax_ids))
        if not pair.tax_ids:
            return by_key.get((f"no_tax_{pair.side}", "0"))
        if len(pair.tax_ids) > 1:
            return by_key.get(("tax_set", key))
        account = self.env["account.account"].sudo().browse(pair.account_id)
        on_assets = by_key.get(("tax_asset", key))
        if on_assets and on_assets.is_mapped and account.account_type == "asset_fixed":
            return on_assets
        return by_key.get(("tax", key))

    @api.model
    def _pair_problem(self, account, tax_row):
        rate = tax_row and tax_row.xero_action == "rate" and tax_row.xero_tax_rate_id
        if not rate or not account or rate._allowed_on(account):
            return False
        return self.env._(
            "'%(rate)s' cannot be used with %(account)s in Xero.",
            rate=rate.name,
            account=account.display_name,
        )


_IN_PAIRS = {"account", "tax", "tax_set", "tax_asset", "no_tax_sale", "no_tax_purchase"}
