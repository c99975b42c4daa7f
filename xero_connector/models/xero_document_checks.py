"""Everything about a document that Xero would refuse or misunderstand, found before
it is sent and without a call."""

from odoo import models
from odoo.tools import float_round

from ..lib import tracking

_CODE_MAX = 10
_NUMBER_MAX = 255


class XeroDocument(models.AbstractModel):
    _inherit = "xero.document"

    def _xero_problems(self, facts):
        problems = self._xero_problems_of_header(facts)
        for line in self._xero_base_records():
            problems += line._xero_problems_of_line(facts)
        return list({problem.key: problem for problem in problems}.values())

    def _xero_problems_of_header(self, facts):
        """What is wrong with the head; a kind of document adds its own.

        :rtype: list[Problem]
        """
        checks = (self._xero_check_currency, self._xero_check_number)
        return [problem for check in checks for problem in check(facts)]

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
        if len(self._xero_number(facts) or "") > _NUMBER_MAX:
            return [self._xero_problem("number_long")]
        return []


class XeroDocumentLine(models.AbstractModel):
    _inherit = "xero.document.line"

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
        if not self._xero_is_main() or self._xero_description(facts).strip():
            return []
        return [self._xero_document()._xero_problem("description_missing")]

    # === ACCOUNT === #

    def _xero_check_account(self, facts):
        """Mapped, short enough, and an account that lines may use (S78, T30)."""
        document, account = self._xero_document(), self._xero_account(facts)
        if not account:
            return [self._xero_account_missing(facts)]
        code = account.code or ""
        if len(code) > _CODE_MAX:
            return [document._xero_problem("account_code_long", key=code, code=code)]
        if not account.active:
            return [document._xero_problem("account_archived", key=code, account=code)]
        if (account.system_account or "").startswith("CIS"):
            return [document._xero_problem("cis_account", account=account.display_name)]
        if not code or account._refuses_lines():
            return [
                document._xero_problem(
                    "account_not_for_lines",
                    key=account.id,
                    account=account.display_name,
                )
            ]
        return []

    def _xero_account_missing(self, facts):
        """Not mapped, or a made code that Xero does not have (S79, S80, S81)."""
        document = self._xero_document()
        if facts.connection.account_source == "mapping":
            return document._xero_unmapped("account", self._xero_booked_on())
        code = self._xero_account_code(facts) or ""
        if not code:
            return document._xero_problem("account_code_empty")
        if len(code) > _CODE_MAX:
            return document._xero_problem("account_code_long", key=code, code=code)
        return document._xero_problem(
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
                self._xero_document()._xero_problem(
                    "tax_kind", odd[0], key=odd[0].id, tax=odd[0].name
                )
            ]
        if not rate:
            return [self._xero_rate_missing(facts, taxes)]
        return self._xero_check_rate(facts, treatment)

    def _xero_rate_missing(self, facts, taxes):
        document = self._xero_document()
        if len(taxes) > 1:
            key = ",".join(map(str, sorted(taxes.ids)))
            names = ", ".join(taxes.mapped("name"))
            return document._xero_problem(
                "tax_set_unmapped", taxes[:1], key=key, taxes=names
            )
        side = "sale" if document._xero_is_sale() else "purchase"
        return document._xero_unmapped("tax" if taxes else f"no_tax_{side}", taxes)

    def _xero_check_rate(self, facts, treatment):
        document, taxes, rate = self._xero_document(), treatment.taxes, treatment.rate
        if not rate.active:
            return [
                document._xero_problem("rate_archived", key=rate.id, rate=rate.name)
            ]
        if taxes and taxes._xero_rate_differs(rate):
            percent = taxes._xero_percentages()
            return [
                document._xero_problem(
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
        return self._xero_document()._xero_problem(
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
                problems.append(self._xero_document()._xero_unmapped("tax", tax))
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
        if not facts.plans or not self._xero_is_main():
            return []
        document, problems = self._xero_document(), []
        for account in self._xero_analytic_accounts():
            category = facts.plans.get(account.root_plan_id.id)
            option = facts.tracking.get(account.id)
            if category and not option:
                problems.append(document._xero_unmapped("analytic", account))
            elif option and not (option.active and option.category_id.active):
                problems.append(
                    document._xero_problem(
                        "tracking_archived",
                        account,
                        key=option.id,
                        option=option.display_name,
                    )
                )
        try:
            tracking.shares(self._xero_distribution(facts))
        except tracking.Overfull:
            problems.append(document._xero_problem("analytic_over"))
        return problems


def _is_percentage(tax):
    """Whether a tax is part of an amount that is not all tax."""
    return tax.amount_type == "percent" or (
        tax.amount_type == "division" and tax.amount < 100
    )
