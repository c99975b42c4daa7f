"""Everything about a document that Xero would refuse or misunderstand, found before
it is sent and without a call."""

from odoo import models
from odoo.tools import float_round

from ..lib import tracking

_CODE_MAX = 10
_NUMBER_MAX = 255

#: Kinds of journal items that become lines with an amount.
_WITH_AMOUNT = (
    "product",
    "rounding",
    "epd",
    "non_deductible_product",
    "non_deductible_product_total",
)


class AccountMove(models.Model):
    _inherit = "account.move"

    def _xero_problems(self, facts):
        problems = self._xero_problems_of_header(facts)
        for line in self._xero_base_records():
            problems += line._xero_problems_of_line(facts)
        return list({problem.key: problem for problem in problems}.values())

    def _xero_base_records(self):
        """Journal items that become lines with an amount."""
        return self.line_ids.filtered(
            lambda line: (
                line.display_type in _WITH_AMOUNT and not line.tax_repartition_line_id
            )
        )

    # === HEADER === #

    def _xero_problems_of_header(self, facts):
        checks = (
            self._xero_check_period,
            self._xero_check_currency,
            self._xero_check_number,
            self._xero_check_double,
            self._xero_check_there,
        )
        return [problem for check in checks for problem in check(facts)]

    def _xero_check_period(self, facts):
        """Lock dates and filed returns (T6, T8, T9)."""
        date = self._xero_date(facts)
        closed = self._xero_closed(facts, date)
        if not closed:
            return []
        booked = self.date != date and not self._xero_closed(facts, self.date)
        if booked and not self._xero_is_sale():
            return [
                self._xero_problem(
                    "bill_date_closed",
                    date=self._xero_day(date),
                    booked=self._xero_day(self.date),
                )
            ]
        return [
            self._xero_problem(
                closed,
                date=self._xero_day(date),
                locked=self._xero_day(facts.locked),
                filed=self._xero_day(facts.connection.filed_up_to),
            )
        ]

    def _xero_closed(self, facts, date):
        """Which wall a date lies behind: a cause, or None."""
        if facts.locked and date <= facts.locked:
            return "locked_period"
        filed = facts.connection.filed_up_to
        return "filed_period" if filed and date <= filed else None

    def _xero_day(self, date):
        return self.env["ir.qweb.field.date"].value_to_html(date, {}) if date else ""

    def _xero_check_currency(self, facts):
        currency = self.currency_id.name
        if currency in facts.currencies:
            return []
        return [
            self._xero_problem(
                "currency_missing", self.currency_id, key=currency, currency=currency
            )
        ]

    def _xero_check_number(self, facts):
        """A credit note may not have the number of an invoice (T73, S128)."""
        if len(self._xero_number(facts) or "") > _NUMBER_MAX:
            return [self._xero_problem("number_long")]
        if self.move_type == "out_refund" and self.name in facts.invoice_numbers:
            return [self._xero_problem("number_of_invoice", number=self.name)]
        return []

    def _xero_check_double(self, facts):
        """The second bill of a supplier with one reference is stopped (T63)."""
        first = facts.first_bills.get(self.id)
        if not first:
            return []
        return [
            self._xero_problem(
                "bill_twice",
                partner=self.commercial_partner_id.name,
                number=self.ref,
                first=first.name,
            )
        ]


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _xero_problems_of_line(self, facts):
        """What is wrong with one line.

        :rtype: list[Problem]
        """
        problems = [
            *self._xero_check_text(facts),
            *self._xero_check_account(facts),
            *self._xero_check_tracking(facts),
        ]
        treatment = self._xero_treatment(facts)
        return [
            *problems,
            *self._xero_check_taxes(facts, treatment),
            *self._xero_check_apart(facts, treatment),
        ]

    def _xero_check_text(self, facts):
        if self.display_type != "product" or self._xero_description(facts).strip():
            return []
        return [self.move_id._xero_problem("description_missing")]

    # === ACCOUNT === #

    def _xero_check_account(self, facts):
        """Mapped, short enough, and an account that lines may use (S78, T30)."""
        move, account = self.move_id, self._xero_account(facts)
        if not account:
            return [self._xero_account_missing(facts)]
        code = account.code or ""
        if len(code) > _CODE_MAX:
            return [move._xero_problem("account_code_long", key=code, code=code)]
        if not account.active:
            return [move._xero_problem("account_archived", key=code, account=code)]
        if (account.system_account or "").startswith("CIS"):
            return [move._xero_problem("cis_account", account=account.display_name)]
        if not code or account._refuses_lines():
            return [
                move._xero_problem(
                    "account_not_for_lines",
                    key=account.id,
                    account=account.display_name,
                )
            ]
        return []

    def _xero_account_missing(self, facts):
        """Not mapped, or a made code that Xero does not have (S79, S80, S81)."""
        move = self.move_id
        if facts.connection.account_source == "mapping":
            return move._xero_unmapped("account", self.account_id)
        code = self._xero_account_code(facts) or ""
        if not code:
            return move._xero_problem("account_code_empty")
        if len(code) > _CODE_MAX:
            return move._xero_problem("account_code_long", key=code, code=code)
        return move._xero_problem(
            "account_code_unknown",
            key=code,
            code=code,
            hint=self._xero_code_hint(facts, code),
        )

    def _xero_code_hint(self, facts, code):
        """Which account may be meant: one in another case, or of that name."""
        for account in facts.account_codes.values():
            if account.code.lower() == code.lower():
                return self.env._("Xero has it as '%s'.", account.code)
            if (account.name or "").lower() == code.lower():
                return self.env._(
                    "'%(name)s' is the name of account %(code)s.",
                    name=account.name,
                    code=account.code,
                )
        return ""

    # === TAXES === #

    def _xero_check_taxes(self, facts, treatment):
        """One active rate with the same percentage, allowed on the account."""
        taxes, rate = treatment.taxes, treatment.rate
        odd = taxes.filtered(lambda tax: not _is_percentage(tax))
        if odd:
            return [
                self.move_id._xero_problem(
                    "tax_kind", odd[0], key=odd[0].id, tax=odd[0].name
                )
            ]
        if not rate:
            return [self._xero_rate_missing(facts, taxes)]
        return self._xero_check_rate(facts, treatment)

    def _xero_rate_missing(self, facts, taxes):
        move = self.move_id
        if len(taxes) > 1:
            key = ",".join(map(str, sorted(taxes.ids)))
            names = ", ".join(taxes.mapped("name"))
            return move._xero_problem(
                "tax_set_unmapped", taxes[:1], key=key, taxes=names
            )
        side = "sale" if move._xero_is_sale() else "purchase"
        return move._xero_unmapped("tax" if taxes else f"no_tax_{side}", taxes)

    def _xero_check_rate(self, facts, treatment):
        move, taxes, rate = self.move_id, treatment.taxes, treatment.rate
        if not rate.active:
            return [move._xero_problem("rate_archived", key=rate.id, rate=rate.name)]
        if taxes and taxes._xero_rate_differs(rate):
            percent = taxes._xero_percentages()
            return [
                move._xero_problem(
                    "rate_differs",
                    taxes[:1],
                    key=",".join(map(str, sorted(taxes.ids))),
                    tax=", ".join(taxes.mapped("name")),
                    ours=f"{float_round(percent, 4):g}",
                    rate=rate.name,
                    theirs=f"{rate._charged_rate():g}",
                )
            ]
        account = self._xero_account(facts)
        if account and not rate._allowed_on(account):
            return [self._xero_pair_problem(rate, account, taxes)]
        return []

    def _xero_pair_problem(self, rate, account, taxes):
        return self.move_id._xero_problem(
            "tax_on_account",
            key=f"{rate.id},{account.id}",
            rate=rate.name,
            account=account.display_name,
            tax=", ".join(taxes.mapped("name")) or self.env._("without tax"),
        )

    def _xero_check_apart(self, facts, treatment):
        """Taxes that go as lines need an account, import tax a rate (T22, T28, T29)."""
        problems = []
        for tax, row in treatment.apart:
            is_import = row.xero_action == "import_tax"
            account = facts.tax_account if is_import else row.xero_account_id
            rate = row.xero_tax_rate_id if is_import else facts.no_tax
            if not account or not rate:
                problems.append(self.move_id._xero_unmapped("tax", tax))
                continue
            rates = rate | (treatment.rate_on(tax) or rate)
            problems += [
                self._xero_pair_problem(each, account, tax)
                for each in rates
                if not each._allowed_on(account)
            ]
        return problems

    # === TRACKING === #

    def _xero_check_tracking(self, facts):
        """Every account of a mapped plan has an option that Xero still has (S95)."""
        if not facts.plans or self.display_type != "product":
            return []
        move, problems = self.move_id, []
        for account in self._xero_analytic_accounts():
            category = facts.plans.get(account.root_plan_id.id)
            option = facts.tracking.get(account.id)
            if category and not option:
                problems.append(move._xero_unmapped("analytic", account))
            elif option and not (option.active and option.category_id.active):
                problems.append(
                    move._xero_problem(
                        "tracking_archived",
                        account,
                        key=option.id,
                        option=option.display_name,
                    )
                )
        try:
            tracking.shares(self._xero_distribution(facts))
        except tracking.Overfull:
            problems.append(move._xero_problem("analytic_over"))
        return problems


def _is_percentage(tax):
    """Whether a tax is part of an amount that is not all tax."""
    return tax.amount_type == "percent" or (
        tax.amount_type == "division" and tax.amount < 100
    )
