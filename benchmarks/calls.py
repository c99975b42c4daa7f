"""HTTP calls: they grow with documents / 50, and writing needs no reading."""

from .books import Books
from .result import Result

INVOICES = 100


def measure(bench):
    """100 invoices of 50 customers with 3 lines and 30 products."""
    books = Books(bench.database, "CALLS")
    with bench.runner.on_duty():
        bench.read()  # once after connecting, by the first cron or document
    yield from _send(bench, books, "from nothing", 4)
    yield from _send(bench, books, "contacts and items linked", 2)


def _send(bench, books, situation, target):
    ids = books.drafts(INVOICES)
    before = bench.xero.calls()[-1]["number"]
    with bench.runner.on_duty():
        books.post(ids)
        bench.runner.work()
    _check_sent(bench, ids)
    what = f"{INVOICES} invoices, {situation}"
    yield Result(f"{what}: writing calls", bench.xero.writes(before), target)
    yield Result(f"{what}: reading calls", bench.xero.reads(before), 0)


def _check_sent(bench, ids):
    """A benchmark of documents that did not arrive would be worth nothing."""
    with bench.database.transaction() as env:
        moves = env["account.move"].browse(ids)
        names = set(moves.mapped("name"))
        assert set(moves.mapped("xero_state")) == {"synced"}
    there = {each["InvoiceNumber"] for each in bench.xero.documents("invoices")}
    assert names <= there, names - there
