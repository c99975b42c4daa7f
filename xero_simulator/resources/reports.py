"""The trial balance; other reports are not played."""

from .. import fields, ledger
from ..errors import BadQuery
from .endpoint import Endpoint

HEADS = ("Account", "Debit", "Credit", "YTD Debit", "YTD Credit")
SECTIONS = {
    "REVENUE": "Revenue",
    "EXPENSE": "Expenses",
    "ASSET": "Assets",
    "LIABILITY": "Liabilities",
    "EQUITY": "Equity",
}


class Reports(Endpoint):
    """``/Reports/TrialBalance``: the month's movement and the balance of a day."""

    plural = "Reports"
    table_name = "reports"
    scopes = ("accounting.reports.trialbalance",)
    routes = {("GET", "/TrialBalance"): "trial_balance"}

    def trial_balance(self):
        """GET, with ``date``, today by default.

        :raise BadQuery: ``paymentsOnly``, which is not played
        """
        if self.call.flag("paymentsOnly"):
            raise BadQuery("The trial balance of payments only is not played")
        day = fields.day(self.call.query, "date") or self.organisation.today()
        total = ledger.balances(self.organisation, day)
        month = ledger.balances(self.organisation, day, day.replace(day=1))
        rows = [self._row(account, month, total) for account in self._accounts(total)]
        return self.envelope([self._report(day, rows)])

    def _accounts(self, total):
        accounts = map(self.organisation.accounts.get, total)
        return sorted(accounts, key=lambda account: account["Name"])

    def _row(self, account, month, total):
        """Class, amounts, and the row of an account."""
        account_id = account["AccountID"]
        amounts = [*_sides(month.get(account_id, 0)), *_sides(total[account_id])]
        code = f" ({account['Code']})" if account.get("Code") else ""
        texts = [account["Name"] + code, *map(_text, amounts)]
        named = [{"Value": account_id, "Id": "account"}]
        cells = [{"Value": text, "Attributes": named} for text in texts]
        return account["Class"], amounts, {"RowType": "Row", "Cells": cells}

    def _report(self, day, rows):
        shown = f"{day.day} {day:%B %Y}"
        return {
            "ReportID": "TrialBalance",
            "ReportName": "Trial Balance",
            "ReportType": "TrialBalance",
            "ReportTitles": [
                "Trial Balance",
                self.organisation.name,
                f"As at {shown}",
            ],
            "ReportDate": shown,
            "UpdatedDateUTC": self.organisation.clock.now(),
            "Fields": [],
            "Rows": [
                {"RowType": "Header", "Cells": [{"Value": head} for head in HEADS]},
                *_sections(rows),
                _sum(rows),
            ],
        }


def _sections(rows):
    for name, title in SECTIONS.items():
        own = [row for class_name, amounts, row in rows if class_name == name]
        if own:
            yield {"RowType": "Section", "Title": title, "Rows": own}


def _sum(rows):
    columns = range(len(HEADS) - 1)
    sums = [sum(amounts[place] for _, amounts, _ in rows) for place in columns]
    cells = [{"Value": "Total"}, *({"Value": f"{amount:.2f}"} for amount in sums)]
    summary = {"RowType": "SummaryRow", "Cells": cells}
    return {"RowType": "Section", "Title": "", "Rows": [summary]}


def _sides(amount):
    """Debit and credit."""
    return (amount, 0) if amount >= 0 else (0, -amount)


def _text(amount):
    return f"{amount:.2f}" if amount else ""
