from datetime import date

import pytest

from odoo.addons.xero_connector.lib.due_dates import due_date


@pytest.mark.parametrize(
    ("policy", "invoiced", "due"),
    [
        ("days_30", date(2026, 1, 31), date(2026, 3, 2)),
        ("days_7", date(2028, 2, 25), date(2028, 3, 3)),
        ("twentieth", date(2026, 2, 1), date(2026, 2, 20)),
        ("twentieth", date(2026, 2, 21), date(2026, 2, 21)),
        ("twentieth_following", date(2026, 1, 31), date(2026, 2, 20)),
        ("twentieth_following", date(2026, 12, 1), date(2027, 1, 20)),
        ("invoice_date", date(2026, 2, 28), date(2026, 2, 28)),
        ("odoo", date(2026, 2, 28), date(2026, 4, 1)),
    ],
)
def test_policies_at_the_ends_of_months(policy, invoiced, due):
    """S117: seven ways to say when a document is due."""
    assert due_date(policy, invoiced, date(2026, 4, 1)) == due


def test_without_a_date_of_its_own_it_is_due_at_once():
    """S117: Xero wants a due date on every invoice."""
    assert due_date("odoo", date(2026, 2, 28), None) == date(2026, 2, 28)
