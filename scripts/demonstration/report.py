"""Prints what was sent, what was received, what was stopped, and the verdict."""

import textwrap
from collections import defaultdict
from decimal import Decimal

_WIDTH = 88
_MARKS = {"sent": "equal", "stopped": "stopped", "out": "stays out"}


def print_report(connector, verdict, since):
    """The whole report as plain text.

    :param since: number of the last call of the simulator before documents were posted
    """
    calls = connector.xero.calls()
    _title("What was asked while connecting")
    _print_calls([call for call in calls if call["number"] <= since])
    _title("What was sent")
    _print_calls([call for call in calls if call["number"] > since])
    _title("What Xero received")
    _print_received(connector.xero, verdict)
    _title("Document by document")
    _print_documents(verdict.outcomes)
    _title("What was stopped, and why")
    _print_notes(verdict)
    _title("Verdict")
    _print_verdict(verdict)


def _title(text):
    print(f"\n{text}\n{'-' * len(text)}")


def _print_calls(calls):
    """One row for each kind of call, as the simulator counted them."""
    rows = defaultdict(list)
    for call in calls:
        if call["kind"] == "api" or call["method"] == "POST":
            rows[call["method"], call["path"]].append(call)
    for (method, path), found in rows.items():
        elements = sum(call["elements"] or 0 for call in found)
        statuses = ", ".join(sorted({str(call["status"]) for call in found}))
        what = f"{elements} records" if method != "GET" and elements else ""
        count = f"{len(found)} call{'s' if len(found) > 1 else ''}"
        print(f"  {method:5}{path:42}{count:>8}{what:>13}   {statuses}")
    writes = sum(c["kind"] == "api" and c["method"] != "GET" for c in calls)
    reads = sum(c["kind"] == "api" and c["method"] == "GET" for c in calls)
    print(f"  In the Accounting API: {writes} writing calls, {reads} reading calls.")


def _print_received(xero, verdict):
    for resource in ("contacts", "items"):
        print(f"  {len(xero.documents(resource)):4} {resource}")
    print(f"  {len(verdict.in_xero):4} invoices")
    totals = defaultdict(lambda: [Decimal(0)] * 3)
    for entry, _status in verdict.in_xero:
        amounts = (entry.net, entry.tax, entry.total)
        before = totals[entry.currency]
        totals[entry.currency] = [a + b for a, b in zip(before, amounts, strict=True)]
    for currency, (net, tax, total) in sorted(totals.items()):
        print(f"       {currency}  net {net:>11,}  tax {tax:>9,}  total {total:>11,}")


def _print_documents(outcomes):
    print(
        f"  {'Number':16}{'Customer':27}{'':4}"
        f"{'Tax':>8}{'In Odoo':>10}{'In Xero':>10}  Verdict"
    )
    for outcome in outcomes:
        ours, theirs = outcome.ours, outcome.theirs
        mark = "WRONG" if outcome.complaint else _MARKS[outcome.fate]
        there = f"{theirs.total:,}" if theirs else "-"
        print(
            f"  {outcome.number:16}{ours.contact[:26]:27}{ours.currency:4}"
            f"{ours.tax:>8,}{ours.total:>10,}{there:>10}  {mark}"
        )


def _print_notes(verdict):
    numbers = {outcome.move: outcome.number for outcome in verdict.outcomes}
    for note in verdict.notes:
        stopped = ", ".join(sorted(numbers.get(move, "?") for move in note["moves"]))
        _print_wrapped("  * ", note["message"])
        _print_wrapped("    What to do: ", note["advice"])
        print(f"    Stopped: {stopped or 'no document'}")


def _print_wrapped(start, text):
    print(
        textwrap.fill(
            text, _WIDTH, initial_indent=start, subsequent_indent=" " * len(start)
        )
    )


def _print_verdict(verdict):
    if verdict.complaints:
        for complaint in verdict.complaints:
            _print_wrapped("  WRONG: ", complaint)
        return
    fates = [outcome.fate for outcome in verdict.outcomes]
    _print_wrapped(
        "  ",
        f"Both ledgers agree: {fates.count('sent')} documents are exactly once in Xero"
        " with equal contact, dates, currency, net by account, tax by rate and total;"
        f" {fates.count('stopped')} were stopped and say why; {fates.count('out')} from"
        " before the start date and every draft stayed out.",
    )
