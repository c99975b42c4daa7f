"""What purchase orders cost: full calls, and one look at Xero's numbers (I11)."""

from odoo import Command

from .books import Books
from .result import Result

ORDERS, SUPPLIERS, WRITES = 200, 40, 5


def measure(bench):
    """200 orders of 40 suppliers from nothing, and the same unchanged."""
    books = Orders(bench.database, "ORDERS", SUPPLIERS)
    with bench.connection() as connection:
        connection.write({"send_orders": True, "create_items": False})
        books.map_purchases(connection)
    before = bench.xero.calls()[-1]["number"]
    with bench.runner.on_duty():
        ids = books.confirm(ORDERS)
        bench.runner.work()
        _check_sent(bench, ids)
        what = f"{ORDERS} purchase orders"
        writes = bench.xero.writes(before)
        yield Result(f"{what}: writing calls", writes, WRITES, most=True)
        reads = [
            call["path"]
            for call in bench.xero.calls(before, "api")
            if call["method"] == "GET" and "PurchaseOrders" in call["path"]
        ]
        yield Result(f"{what}: readings of the numbers", len(reads), 1)
        before = bench.xero.calls()[-1]["number"]
        with bench.database.transaction() as env:
            env["purchase.order"].browse(ids)._xero_touch(by_user=True)
        bench.runner.work()
        calls = len(bench.xero.calls(before, "api"))
        yield Result(f"{what}, unchanged: calls", calls, 0)


def _check_sent(bench, ids):
    with bench.database.transaction() as env:
        orders = env["purchase.order"].browse(ids)
        assert set(orders.mapped("xero_state")) == {"synced"}


class Orders(Books):
    """Purchase orders of these partners and products."""

    def confirm(self, count):
        """Confirmed orders, one line each; their ids."""
        with self._database.transaction() as env:
            orders = env["purchase.order"].create(
                [self._order(number) for number in range(count)]
            )
            orders.button_confirm()
            return orders.ids

    def _order(self, number):
        line = {
            "product_id": self._products[number % len(self._products)],
            "name": f"Order line {number}",
            "product_qty": 1 + number % 7,
            "price_unit": 25.06 + number * 0.57,
            "tax_ids": [Command.set([self.purchase_tax])],
        }
        partner = self._customers[number % len(self._customers)]
        return {"partner_id": partner, "order_line": [Command.create(line)]}
