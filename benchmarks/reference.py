"""Xero's lists: one call each, and nothing written when there is no news."""

from .result import Result

#: Accounts, taxes, tracking, currencies, themes, items, the organisation; one spare.
MOST_CALLS = 8

COPIES = (
    "xero_account",
    "xero_tax_rate",
    "xero_tracking_category",
    "xero_tracking_option",
    "xero_currency",
    "xero_branding_theme",
    "xero_item",
    "xero_mapping",
)


def measure(bench):
    """Every list read again, twice: the first time there may be news."""
    _refresh(bench)
    before, places = bench.xero.calls()[-1]["number"], _places(bench)
    _refresh(bench)
    calls = bench.xero.reads(before)
    yield Result("reference data refresh: calls", calls, MOST_CALLS, most=True)
    moved = len(set(_places(bench)) ^ set(places))
    yield Result("reference data refresh without news: rows written", moved, 0)


def _refresh(bench):
    with bench.connection() as connection:
        connection._read_again()


def _places(bench):
    """Where PostgreSQL keeps each row: every write moves it."""
    places = []
    with bench.database.transaction() as env:
        for table in COPIES:
            env.cr.execute(f"SELECT '{table}', id, ctid::text FROM {table}")
            places += env.cr.fetchall()
    return places
