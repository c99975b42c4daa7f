"""Documents of every kind at once: calls are full (I11)."""

from collections import Counter
from datetime import date
from math import ceil

from odoo import Command

from .books import Books
from .result import Result

#: How many of each kind; together 1,000.
KINDS = {
    "out_invoice": 520,
    "in_invoice": 260,
    "out_refund": 130,
    "in_refund": 90,
}
PARTNERS, PRODUCTS = 200, 60
PAGE, MORE = 50, 2


def measure(bench):
    """1,000 documents of 200 partners, with 60 products, none of them in Xero yet."""
    books = Mixed(bench.database, "MIXED", PARTNERS, PRODUCTS)
    with bench.connection() as connection:
        connection.send_bills = True
        books.map_purchases(connection)
    before = bench.xero.calls()[-1]["number"]
    with bench.runner.on_duty():
        ids = books.drafts_of_all_kinds()
        books.post(ids)
        bench.runner.work()
    books.check_sent(ids)
    yield from _calls(bench, before)


def _calls(bench, before):
    made = {}
    for call in bench.xero.calls(before, "api"):
        name = f"{call['method']} {call['path'].rsplit('/', 1)[-1]}"
        made[name] = made.get(name, 0) + 1
    for name, count in sorted(made.items()):
        yield Result(f"1,000 documents of four kinds: {name}", count)
    wanted = _fewest() + MORE
    total = sum(made.values())
    yield Result("1,000 documents of four kinds: calls", total, wanted, most=True)


def _fewest():
    """Full calls for each endpoint and method; bills are Xero's Invoices too."""
    invoices = KINDS["out_invoice"] + KINDS["in_invoice"]
    credits = KINDS["out_refund"] + KINDS["in_refund"]
    return sum(ceil(n / PAGE) for n in (PARTNERS, PRODUCTS, invoices, credits))


class Mixed(Books):
    """Documents of all four kinds."""

    def drafts_of_all_kinds(self):
        """Draft documents, the kinds in turn; their ids."""
        with self._database.transaction() as env:
            values = [
                self._document(kind, number)
                for kind, count in KINDS.items()
                for number in range(count)
            ]
            return env["account.move"].create(values).ids

    def _document(self, kind, number):
        values = self._invoice(number) | {"move_type": kind}
        if kind.startswith("out"):
            return values
        own = {
            "account_id": self.expense.id,
            "tax_ids": [Command.set([self.purchase_tax])],
        }
        lines = [Command.create(self._line(number + place) | own) for place in range(2)]
        return values | {
            "ref": f"{kind} {number}",
            "invoice_date": date.today(),
            "invoice_line_ids": lines,
        }

    def check_sent(self, ids):
        """Documents that did not arrive would cost nothing."""
        with self._database.transaction() as env:
            states = env["account.move"].browse(ids).mapped("xero_state")
            assert set(states) == {"synced"}, Counter(states)
