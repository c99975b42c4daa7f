"""Writes the demo books into Odoo, as the accountant would."""

import datetime

from . import books

TODAY = datetime.date.today()


def day(days_ago):
    """A date as Odoo's API takes it."""
    return (TODAY - datetime.timedelta(days=days_ago)).isoformat()


class Bookkeeper:
    """Creates the company's records; the ids are kept by our own keys.

    :param administrator: session of who sets the company up
    :param accountant: session of who writes invoices
    """

    def __init__(self, administrator, accountant):
        self._admin = administrator
        self._me = accountant
        self.taxes, self.accounts = {}, {}
        self.customers, self.products, self.currencies = {}, {}, {}

    def set_up(self):
        """Company, currencies, taxes, accounts, customers and products."""
        self._set_up_company()
        self._find_accounts()
        self._find_taxes()
        self._create_customers()
        self._create_products()

    def _set_up_company(self):
        company = self._admin.ref("base.main_company")
        self._admin.call("res.company", "write", [company], books.COMPANY)
        for name, rate in books.CURRENCIES.items():
            self._switch_on(self._admin.ref(f"base.{name}"), name, rate)
        self.currencies["GBP"] = self._admin.ref("base.GBP")

    def _switch_on(self, currency, name, rate):
        self._admin.call("res.currency", "write", [currency], {"active": True})
        values = {"currency_id": currency, "name": day(365), "rate": rate}
        self._admin.call("res.currency.rate", "create", values)
        self.currencies[name] = currency

    def _find_accounts(self):
        for code in books.ACCOUNTS:
            self.accounts[code] = self._me.find(
                "account.account", [("code", "=", code)]
            )

    def _find_taxes(self):
        company = self._admin.ref("base.main_company")
        for key, template in books.TAXES.items():
            self.taxes[key] = self._admin.ref(f"account.{company}_{template}")
        inside = {"name": "20% inside", "price_include_override": "tax_included"}
        self.taxes[books.INSIDE] = self._another_tax(inside)
        unmapped = {"name": "12.5% hospitality", "amount": 12.5}
        self.taxes[books.UNMAPPED] = self._another_tax(unmapped)

    def _another_tax(self, values):
        """A tax like the 20 %, with values of its own."""
        [copy] = self._me.call("account.tax", "copy", [self.taxes["20"]])
        self._me.call("account.tax", "write", [copy], values)
        return copy

    def _create_customers(self):
        countries = {
            code: self._admin.ref(f"base.{code.lower()}") for code in ("DE", "US")
        }
        countries["GB"] = self._admin.ref("base.uk")
        for key, (name, values, desk) in books.CUSTOMERS.items():
            country = countries[values.get("country", "GB")]
            values = {"name": name, "is_company": True} | values
            values["country_id"] = country
            values.pop("country", None)
            company = self._me.call("res.partner", "create", values)
            self.customers[key] = self._desk(company, desk) if desk else company

    def _desk(self, company, name):
        """A contact inside a customer that gets its invoices."""
        values = {"name": name, "parent_id": company, "type": "invoice"}
        return self._me.call("res.partner", "create", values)

    def _create_products(self):
        codes = list(books.PRODUCTS)
        ids = self._me.call(
            "product.product",
            "create",
            [self._product_values(code) for code in codes],
        )
        self.products = dict(zip(codes, ids, strict=True))

    def _product_values(self, code):
        name, price, account = books.PRODUCTS[code]
        return {
            "name": name,
            "default_code": code,
            "list_price": price,
            "type": "consu" if account == books.GOODS else "service",
            "property_account_income_id": self.accounts[account],
            "taxes_id": [(6, 0, [self.taxes["20"]])],
        }

    def write_documents(self):
        """Drafts of every document.

        :return: dict of move id to ``books.Document``
        """
        values = [self._document_values(document) for document in books.DOCUMENTS]
        ids = self._me.call("account.move", "create", values)
        return dict(zip(ids, books.DOCUMENTS, strict=True))

    def _document_values(self, document):
        return {
            "move_type": "out_invoice",
            "partner_id": self.customers[document.customer],
            "invoice_date": day(document.days_ago),
            "invoice_date_due": day(document.days_ago - 30),
            "invoice_payment_term_id": False,
            "currency_id": self.currencies[document.currency],
            "ref": document.reference,
            "invoice_line_ids": [
                (0, 0, self._line_values(line)) for line in document.lines
            ],
        }

    def _line_values(self, line):
        if line.kind != "product":
            return {"display_type": line.kind, "name": line.product}
        known = books.PRODUCTS.get(line.product)
        tax = [] if line.tax == "none" else [self.taxes[line.tax]]
        values = {
            "name": line.product if not known else known[0],
            "quantity": line.quantity,
            "price_unit": known[1] if line.price is None else line.price,
            "discount": line.discount,
            "tax_ids": [(6, 0, tax)],
            "account_id": self.accounts[known[2] if known else books.SERVICES],
        }
        return values | ({"product_id": self.products[line.product]} if known else {})

    def post(self, documents):
        """Press Confirm on each document that is to be posted, all at once."""
        ids = [move for move, document in documents.items() if document.post]
        self._me.call("account.move", "action_post", ids)
