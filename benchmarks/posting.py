"""What posting costs the person who posts: no call, and few queries more."""

import statistics
import time

from .bench import hire_accountant
from .books import Books
from .odoo import Database, Queries, make_database
from .result import Result

SIZES = (1, 10, 50)
ROUNDS = 5
MOST = 6

#: A database without our addons, but with what they bring along.
BARE, BARE_MODULE = "xero_bench2", "purchase"


def measure(bench):
    """Compare with the same company unconnected, and without the addon."""
    books = Books(bench.database, "POST")
    before = bench.xero.calls()[-1]["number"]
    without_addon = _without_addon()
    for size in SIZES:
        with bench.unconnected():
            unconnected = _post_often(books, size)
        connected = _connected(bench, books, size)
        with bench.runner.on_duty():
            with_runner = _connected(bench, books, size)
        yield from _compare(size, unconnected, connected, with_runner)
        yield from _compare_bare(size, without_addon[size], with_runner)
    calls = len(bench.xero.calls(since=before))
    yield Result("posting: HTTP calls", calls, 0)


def _without_addon():
    make_database(BARE, BARE_MODULE)
    database = Database(BARE)
    hire_accountant(database)
    books = Books(database, "POST")
    return {size: _post_often(books, size) for size in SIZES}


def _connected(bench, books, size):
    figures = _post_often(books, size)
    bench.runner.forget()
    return figures


def _post_often(books, size):
    """Median queries and least seconds of posting so many in one transaction."""
    figures = [_post(books, size) for _ in range(ROUNDS + 1)]
    queries, seconds = zip(*figures[1:], strict=True)  # the first one fills caches
    return statistics.median(queries), min(seconds)


def _post(books, size):
    ids = books.drafts(size)
    start = time.perf_counter()
    with Queries() as queries:
        books.post(ids)
    return queries.count, time.perf_counter() - start


def _compare(size, unconnected, connected, with_runner):
    what = f"posting {size} invoice{'s' if size > 1 else ''}"
    for how, (queries, _) in (("job runner", with_runner), ("cron", connected)):
        more = queries - unconnected[0]
        yield Result(f"{what}, {how}: queries more", more, MOST, most=True)
    ratio = with_runner[1] / unconnected[1]
    yield Result(f"{what}: time ratio connected / not", round(ratio, 2))


def _compare_bare(size, bare, with_runner):
    what = f"posting {size} invoice{'s' if size > 1 else ''}"
    more = with_runner[0] - bare[0]
    yield Result(f"{what}: queries more than without the addon", more)
