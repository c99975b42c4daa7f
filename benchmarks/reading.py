"""What reading documents from Xero costs: calls, and queries per page (I11)."""

from math import ceil

from .books import Books
from .odoo import Queries
from .result import Result

#: Documents in one page of Xero's lists.
PAGE = 1000

#: Changed invoices, of which so many are ours; and the calls they may cost.
CHANGED, OURS, CHANGED_CALLS = 10_000, 1000, 12

#: A list so long that reading it is interrupted, after so many pages.
ROWS, PAGES_BEFORE = 50_000, 20

#: Nothing is read twice on purpose but what is younger than this, in seconds.
OVERLAP = 150

#: What a reading that finds nothing new leaves alone.
_UNTOUCHED = ("xero_link", "account_move", "xero_part", "xero_event")


def measure(bench):
    """Quiet lists, 10,000 changed invoices, and an interrupted list of 50,000."""
    with bench.runner.on_duty():
        sent = _send(bench)
        _read(bench)
        yield from _nothing_new(bench)
        yield from _changed(bench, sent)
        yield from _interrupted(bench)


def _send(bench):
    """Xero's ids of invoices that came from Odoo."""
    books = Books(bench.database, "READ")
    ids = books.drafts(OURS)
    books.post(ids)
    bench.runner.work()
    with bench.database.transaction() as env:
        links = env["xero.link"].search(
            [("res_model", "=", "account.move"), ("res_id", "in", ids)]
        )
        found = links.mapped("xero_id")
    assert len(found) == OURS and all(found)
    return found


def _read(bench):
    """Read every list; the calls that took."""
    bench.xero.clock.advance(OVERLAP)
    bench.xero.clear_calls()
    bench.read()
    return bench.xero.calls(kind="api")


def _versions(bench):
    """Changes with every write of a row in these tables."""
    return [
        bench.database.execute(f"SELECT count(*), max(xmin::text::bigint) FROM {table}")
        for table in _UNTOUCHED
    ]


def _nothing_new(bench):
    _read(bench)
    before = _versions(bench)
    calls = _read(bench)
    lists = {call["path"] for call in calls}
    yield Result("nothing new: lists read", len(lists))
    yield Result("nothing new: calls more than lists", len(calls) - len(lists), 0)
    written = sum(a != b for a, b in zip(before, _versions(bench), strict=True))
    yield Result("nothing new: tables of documents written to", written, 0)


def _changed(bench, sent):
    """Most of them are strangers, made by people in Xero; ours were e-mailed there."""
    costs = {}
    for count in (PAGE // 10, PAGE):
        _touch(bench, sent[:count])
        with Queries() as queries:
            _read(bench)
        costs[count] = queries.count
    yield Result("invoices in: queries for 100 of ours", costs[PAGE // 10])
    yield Result("invoices in: queries for a page of 1,000 of ours", costs[PAGE])
    _touch(bench, sent)
    _make_strangers(bench, CHANGED - OURS)
    calls = _read(bench)
    invoices = [call for call in calls if call["path"].endswith("/Invoices")]
    what = f"{CHANGED:,} invoices in"
    yield Result(f"{what}: calls", len(invoices), CHANGED_CALLS, most=True)


def _interrupted(bench):
    """Xero goes away in the middle of a first reading; nothing is read twice."""
    _make_strangers(bench, ROWS - len(bench.xero.documents("invoices")))
    with bench.connection() as connection:
        domain = [("connection_id", "=", connection.id), ("resource", "=", "invoice")]
        connection.env["xero.cursor"].sudo().search(domain).unlink()
    bench.runner.forget()
    bench.xero.fault("server_error", "GET", "/Invoices", after=PAGES_BEFORE)
    calls = _read(bench)
    assert len(calls) > PAGES_BEFORE, calls
    pages = [call["query"] for call in calls if call["path"].endswith("/Invoices")]
    what = f"{ROWS:,} invoices, interrupted once"
    fewest = ceil((ROWS + 1) / PAGE)
    yield Result(f"{what}: calls", len(pages), fewest + 1, most=True)


def _touch(bench, ids):
    for xero_id in ids:
        bench.xero.update("invoices", xero_id, {"SentToContact": True})


def _make_strangers(bench, count):
    """Invoices that somebody made in Xero."""
    contact = bench.xero.create("contacts", {"Name": f"Stranger {count}"})
    line = {"Description": "Work", "Quantity": 1, "UnitAmount": 10}
    values = {
        "Type": "ACCREC",
        "Status": "AUTHORISED",
        "Contact": {"ContactID": contact["ContactID"]},
        "Date": "2026-11-01",
        "DueDate": "2026-11-30",
        "LineItems": [line | {"AccountCode": "200", "TaxType": "NONE"}],
    }
    for _each in range(count):
        bench.xero.create("invoices", values)
