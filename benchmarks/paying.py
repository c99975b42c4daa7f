"""What payments cost, both ways: full calls, and one list for all that came (I11)."""

from .books import Books
from .result import Result

#: Each invoice has a payment of its own; Xero takes 50 in a call.
PAID, WRITES = 200, 4


def measure(bench):
    """200 invoices paid in Odoo, and 200 in Xero."""
    books = Paid(bench.database, "PAID")
    with bench.runner.on_duty():
        books.open_bank(bench)
        yield from _out(bench, books)
        yield from _in(bench, books)


def _sent(bench, books):
    ids = books.drafts(PAID)
    books.post(ids)
    bench.runner.work()
    return ids


def _out(bench, books):
    ids = _sent(bench, books)
    before = bench.xero.calls()[-1]["number"]
    books.pay(ids)
    bench.runner.work()
    _check_paid(bench, ids)
    what = f"{PAID} payments out"
    yield Result(f"{what}: writing calls", bench.xero.writes(before), WRITES)
    yield Result(f"{what}: reading calls", bench.xero.reads(before))


def _in(bench, books):
    ids = _sent(bench, books)
    with bench.database.transaction() as env:
        env["account.journal"].browse(books.bank).xero_money_owner = "xero"
        there = env["account.move"].browse(ids).xero_link_ids.mapped("xero_id")
    for xero_id in there:
        bench.xero.pay(xero_id)
    bench.xero.clock.advance(150)
    bench.xero.clear_calls()
    bench.read()
    _check_paid(bench, ids)
    calls = bench.xero.calls(kind="api")
    yield Result(f"{PAID} payments in: calls", len(calls))


def _check_paid(bench, ids):
    with bench.database.transaction() as env:
        moves = env["account.move"].browse(ids)
        states = set(moves.mapped("payment_state"))
        assert states <= {"paid", "in_payment"}, states
        ids = set(moves.xero_link_ids.mapped("xero_id"))
    invoices = bench.xero.documents("invoices")
    assert not any(each["AmountDue"] for each in invoices if each["InvoiceID"] in ids)


class Paid(Books):
    """Invoices of these customers, and a bank account that they pay into."""

    def open_bank(self, bench):
        """Match the bank journal with Xero's account; Odoo reads its statements."""
        with bench.connection() as connection:
            env = connection.env
            journal = env["account.journal"].search(
                [("type", "=", "bank"), ("company_id", "=", env.company.id)], limit=1
            )
            row = env["xero.mapping"]._ensure(connection, "journal", journal)
            row.xero_account_id = env["xero.account"].search(
                [("connection_id", "=", connection.id), ("code", "=", "090")]
            )
            journal.xero_money_owner = "odoo"
            self.bank = journal.id

    def pay(self, ids):
        """Register a payment in full for each."""
        with self._database.transaction() as env:
            for move_id in ids:
                wizard = env["account.payment.register"].with_context(
                    active_model="account.move", active_ids=[move_id]
                )
                wizard.create({"journal_id": self.bank})._create_payments()
