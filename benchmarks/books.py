"""Customers, products and invoices of a size that the targets speak of."""

from odoo import Command

CUSTOMERS, PRODUCTS, LINES = 50, 30, 3


class Books:
    """Makes documents in one database.

    :param database: ``odoo.Database``; its user keeps the books
    :param name: tells these customers and products from others
    """

    def __init__(self, database, name, customers=CUSTOMERS, products=PRODUCTS):
        self._database = database
        with database.transaction() as env:
            self._customers = self._create_customers(env, name, customers)
            self._products = self._create_products(env, name, products)
            self._tax = env.ref(f"account.{env.company.id}_ST11").id

    @staticmethod
    def _create_customers(env, name, count):
        values = [
            {"name": f"Customer {name} {number}", "is_company": True}
            for number in range(count)
        ]
        return env["res.partner"].create(values).ids

    @staticmethod
    def _create_products(env, name, count):
        values = [
            {"name": f"Product {number}", "default_code": f"{name}-{number}"}
            for number in range(count)
        ]
        return env["product.product"].create(values).ids

    def map_purchases(self, connection):
        """Accept the suggestions for bills and choose an account, as a person does."""
        env = connection.env
        env["xero.mapping"].sudo()._suggest(connection.sudo())
        self.expense = env["account.account"].search(
            [("account_type", "=", "expense"), ("company_ids", "in", env.company.id)],
            limit=1,
        )
        self.purchase_tax = env.ref(f"account.{env.company.id}_PT_20_G").id
        row = env["xero.mapping"]._ensure(connection, "account", self.expense)
        row.xero_account_id = env["xero.account"].search(
            [("connection_id", "=", connection.id), ("code", "=", "429")]
        )

    def drafts(self, count):
        """Draft invoices, spread over customers and products; their ids."""
        with self._database.transaction() as env:
            moves = env["account.move"].create(
                [self._invoice(number) for number in range(count)]
            )
            return moves.ids

    def _invoice(self, number):
        return {
            "move_type": "out_invoice",
            "partner_id": self._customers[number % len(self._customers)],
            "invoice_line_ids": [
                Command.create(self._line(number * LINES + line))
                for line in range(LINES)
            ],
        }

    def _line(self, number):
        return {
            "product_id": self._products[number % len(self._products)],
            "quantity": 1 + number % 7,
            "price_unit": 25.06 + number * 0.57,
            "tax_ids": [Command.set([self._tax])],
        }

    def post(self, ids):
        """Confirm these invoices in one transaction."""
        with self._database.transaction() as env:
            env["account.move"].browse(ids).action_post()
