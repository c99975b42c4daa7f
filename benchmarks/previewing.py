"""What would happen: no call, and queries that are constant for a page (I11)."""

import time

from .books import Books
from .odoo import Queries
from .result import Result

FEW, MANY = 100, 500

#: Documents are looked at in pages of 200, and rows written by hundreds.
MOST = 60


def measure(bench):
    """500 invoices of 50 customers against 100, none of them in Xero."""
    books = Books(bench.database, "LOOK")
    before = bench.xero.calls()[-1]["number"]
    _add(bench, books, FEW)
    _look(bench)  # fills caches
    small, _seconds = _look(bench)
    _add(bench, books, MANY - FEW)
    large, seconds = _look(bench)
    what = "preview of invoices"
    yield Result(f"{what}: queries for {FEW}", small)
    yield Result(f"{what}: queries for {MANY}", large)
    yield Result(f"{what}: queries more", large - small, MOST, most=True)
    yield Result(f"{what}: seconds for {MANY}", round(seconds, 1))
    yield Result(f"{what}: HTTP calls", len(bench.xero.calls(since=before)), 0)


def _add(bench, books, count):
    books.post(books.drafts(count))
    bench.runner.forget()


def _look(bench):
    """Queries and seconds of opening the preview."""
    start = time.perf_counter()
    with Queries() as queries, bench.connection() as connection:
        connection.action_preview()
    return queries.count, time.perf_counter() - start
