"""Random purchase orders, each from its own seed, with the lines of bills."""

from datetime import datetime, timedelta

from odoo import Command

from odoo.addons.xero_connector.tests.money.charts import Books
from odoo.addons.xero_connector.tests.money.documents import Document


class OrderBooks(Books):
    """A company that sends orders, with a product for each of its accounts.

    :ivar products: account id to the product that is booked there
    """

    def __init__(self, case, country):
        super().__init__(case, country)
        self.connection.send_orders = True
        self.products = {
            account.id: self._create_product(account)
            for kind in ("expense", "asset_fixed")
            for account in self.accounts[kind]
        }

    def _create_product(self, account):
        return self.env["product.product"].create(
            {
                "name": account.name,
                "type": "service",
                "purchase_method": "purchase",
                "property_account_expense_id": account.id,
            }
        )


class Order(Document):
    """One order: what a bill has, but for what only the bill knows.

    :param books: :class:`OrderBooks`
    """

    types = {"in_invoice": 1}

    def _values(self):
        day = datetime(2026, 6, 1, 9) + timedelta(days=self.random.randrange(120))
        values = {
            "company_id": self.books.company.id,
            "partner_id": self.random.choice(self.books.partners).id,
            "date_order": day,
            "date_planned": day + timedelta(days=self.random.randrange(30)),
            "order_line": [
                Command.create(self._order_line(line)) for line in self._lines()
            ],
        }
        if self._one_in(4):
            values["currency_id"] = self._currency().id
        return values

    def _order_line(self, line):
        if "display_type" in line:
            return line | {"product_qty": 0}
        line = {"discount": 0} | line
        line.pop("deductible_amount", None)
        product = self.books.products[line.pop("account_id")]
        quantity = line.pop("quantity")
        return line | {"product_id": product.id, "product_qty": quantity}

    def _correction(self):
        return 0
