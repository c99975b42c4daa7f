"""Random documents of a country, made, sent through the engine, and compared.

``XERO_SEED=123`` makes the document of that seed again, in every country;
``XERO_DOCUMENTS=5000`` makes so many, from that seed on (see ``scripts/soak``). An
addon with a kind of document of its own gives another generator, and says what Odoo
books for one: see ``xero_connector_purchase/tests/money``.
"""

import math
import os
from collections import Counter
from decimal import Decimal

import pytest

from odoo.exceptions import UserError

from ..common import XeroCase
from . import ledgers
from .charts import COUNTRIES, Books
from .documents import Document

_FIRST = int(os.environ.get("XERO_SEED", 1))
_DEFAULT = 1 if "XERO_SEED" in os.environ else 400
_DOCUMENTS = int(os.environ.get("XERO_DOCUMENTS", _DEFAULT))

#: Documents of one plan.
_PAGE = 50


class MoneyCase(XeroCase):
    #: How many of this kind for each that is asked for.
    share = 1

    #: Makes one from a seed.
    generator = Document

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        precision = cls.env["decimal.precision"]
        for name in ("Product Price", "Product Unit", "Discount"):
            precision.search([("name", "=", name)]).digits = 6

    @pytest.fixture(autouse=True)
    def _keep_record(self, record_property):
        self.record_property = record_property

    def seeds(self):
        """Seeds of the documents of each country."""
        each = math.ceil(_DOCUMENTS * self.share / len(COUNTRIES))
        return range(_FIRST, _FIRST + each)

    def check(self, country):
        """Make, send and compare the documents of one country."""
        self.books = self.open_books(country)
        self.xero.set_limits(day=10**6, minute=10**6, app_minute=10**6)
        self.counts, self.wrong = Counter(), []
        by_method = {}
        for seed in self.seeds():
            document = self.generator(self.books, seed)
            by_method.setdefault(document.rounding_method, []).append(document)
        for method, documents in by_method.items():
            self.books.company.tax_calculation_rounding_method = method
            for start in range(0, len(documents), _PAGE):
                self.check_page(documents[start : start + _PAGE])
        self.report(country)
        self.assertFalse(self.wrong, "\n" + "\n".join(self.wrong))

    # === MAKE === #

    def open_books(self, country):
        """The company whose documents these are."""
        return Books(self, country)

    def check_page(self, documents):
        records = {}
        for apart in (False, True):
            account = self.books.special["discounts"] if apart else False
            self.books.company.account_discount_expense_allocation_id = account
            records |= self.posted([d for d in documents if d.discounts_apart == apart])
        self.work()
        self.compare(records)

    def posted(self, documents):
        """The record of each; some are refused by Odoo, which is none of ours."""
        try:
            with self.env.cr.savepoint():
                return self.post(documents)
        except UserError:
            half = len(documents) // 2
        if not half:
            self.counts["refused by Odoo"] += 1
            return {}
        return self.posted(documents[:half]) | self.posted(documents[half:])

    def post(self, documents):
        """Make them, as far as it takes for them to go.

        :return: dict of document to record
        """
        values = [document.values for document in documents]
        created = self.books.env["account.move"].create(values)
        moves = {
            document: self.corrected(document, move)
            for document, move in zip(documents, created, strict=True)
        }
        created.action_post()
        return moves

    def corrected(self, document, move):
        """The move, with the tax that somebody typed."""
        cents = document.corrected_by
        items = move.line_ids.filtered("tax_repartition_line_id")
        if cents and items and move.amount_total > 1:
            item = items[0]
            amount = item.amount_currency + cents
            move.write({"line_ids": [(1, item.id, {"amount_currency": amount})]})
        return move

    # === COMPARE === #

    def booked(self, record):
        """The move whose journal items say what Xero must have."""
        return record

    def compare(self, records):
        mapping, there = ledgers.Mapping(self.books), self.elements()
        for document, record in records.items():
            link, move = record._xero_link(), self.booked(record)
            wanted = ledgers.expected(mapping, move)
            told = self.differences(move, link, wanted, there.get(link.xero_id))
            if told:
                self.tell(document, record, told)

    def differences(self, move, link, wanted, there):
        """What is wrong with a document, as sentences; counts what became of it."""
        self.counts["documents"] += 1
        if link.state == "synced":
            self.count_sent(link)
            rounding = Decimal(link.snapshot["rounding"])
            return ledgers.differences(wanted, there, rounding)
        if link.state == "blocked":
            cause = link.note_id.cause
            self.counts[f"stopped: {cause}"] += 1
            return (
                [] if cause in wanted.reasons else [f"stopped: {link.note_id.message}"]
            )
        if not any(line.price_unit and line.quantity for line in move.invoice_line_ids):
            self.counts["nothing but zeros"] += 1
            return []
        return [link.note_id.message or f"not sent: {link.state}, {link.waiting_for}"]

    def count_sent(self, link):
        remarks = link.snapshot["remarks"]
        self.counts["sent"] += 1
        self.counts["with a rounding line"] += "rounding" in remarks
        self.counts["with tax amounts"] += "tax_per_line" in remarks

    def tell(self, document, record, sentences):
        self.wrong.append(
            f"{self.books.country.code} XERO_SEED={document.seed} {record.name}: "
            + "; ".join(sentences)
        )

    def elements(self):
        """Everything that Xero has, by id."""
        return {
            each.get("InvoiceID") or each["CreditNoteID"]: each
            for resource in ("invoices", "creditnotes")
            for each in self.in_xero(resource)
        }

    def report(self, country):
        counts = sorted((name, count) for name, count in self.counts.items() if count)
        text = ", ".join(f"{name} {count}" for name, count in counts)
        self.record_property("said", f"{country}: {text}")
