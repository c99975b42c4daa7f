"""Queries of plan and send: constant per batch, whatever its size (I11)."""

from .books import Books
from .odoo import Queries
from .result import Result

FEW, MANY = 10, 50
MOST = 10


def measure(bench):
    """50 invoices of 50 customers against 10 of 10, from the change to the tick."""
    with bench.runner.on_duty():
        few = Books(bench.database, "FEW", FEW)
        many = Books(bench.database, "MANY", MANY)
        # Making records empties Odoo's caches; this fills them again.
        _send(bench, Books(bench.database, "WARM", FEW), FEW)
        for situation in ("from nothing", "contacts and items linked"):
            small, large = _send(bench, few, FEW), _send(bench, many, MANY)
            what = f"plan and send, {situation}"
            yield Result(f"{what}: queries for {FEW}", small)
            yield Result(f"{what}: queries for {MANY}", large)
            yield Result(f"{what}: queries more", large - small, MOST, most=True)


def _send(bench, books, count):
    books.post(books.drafts(count))
    with Queries() as queries:
        bench.runner.work()
    return queries.count
