"""Thousands of random documents, through the engine into Xero, to the cent.

``XERO_SEED=123`` makes the document of that seed again, in every country;
``XERO_DOCUMENTS=5000`` makes so many, from that seed on (see ``scripts/soak``).
"""

import itertools
import os
from collections import Counter
from decimal import Decimal

import pytest

from odoo import sql_db
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import XeroCase
from . import ledgers
from .charts import COUNTRIES, Books
from .documents import Document

_FIRST = int(os.environ.get("XERO_SEED", 1))
_DEFAULT = 1 if "XERO_SEED" in os.environ else 400
_EACH = -(-int(os.environ.get("XERO_DOCUMENTS", _DEFAULT)) // len(COUNTRIES))
_SEEDS = range(_FIRST, _FIRST + _EACH)

#: Documents of one plan.
_PAGE = 50


@tagged("post_install", "-at_install")
class TestMoney(XeroCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        precision = cls.env["decimal.precision"]
        for name in ("Product Price", "Product Unit", "Discount"):
            precision.search([("name", "=", name)]).digits = 6

    @pytest.fixture(autouse=True)
    def _keep_record(self, record_property):
        self.record_property = record_property

    def check(self, country):
        """Make, send and compare the documents of one country."""
        self.books = Books(self, country)
        self.counts, self.wrong = Counter(), []
        by_method = {}
        for seed in _SEEDS:
            document = Document(self.books, seed)
            by_method.setdefault(document.rounding_method, []).append(document)
        for method, documents in by_method.items():
            self.books.company.tax_calculation_rounding_method = method
            for start in range(0, len(documents), _PAGE):
                self.check_page(documents[start : start + _PAGE])
        self.report(country)
        self.assertFalse(self.wrong, "\n" + "\n".join(self.wrong))

    # === MAKE === #

    def check_page(self, documents):
        moves = {}
        for apart in (False, True):
            account = self.books.special["discounts"] if apart else False
            self.books.company.account_discount_expense_allocation_id = account
            moves |= self.posted([d for d in documents if d.discounts_apart == apart])
        self.work()
        self.compare(moves)

    def posted(self, documents):
        """The moves of documents; some are refused by Odoo, which is none of ours."""
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

    def compare(self, moves):
        mapping, there = ledgers.Mapping(self.books), self.elements()
        for document, move in moves.items():
            link = move._xero_link()
            wanted = ledgers.expected(mapping, move)
            told = self.differences(move, link, wanted, there.get(link.xero_id))
            if told:
                self.tell(document, move, told)

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

    def tell(self, document, move, sentences):
        self.wrong.append(
            f"{self.books.country.code} XERO_SEED={document.seed} {move.name}: "
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
        text = ", ".join(f"{name} {self.counts[name]}" for name in sorted(self.counts))
        self.record_property("said", f"{country}: {text}")

    # === QUERIES === #

    def test_a_page_costs_no_more_queries_than_a_few(self):
        """I11: ten different documents and five of each cost the same to assess."""
        self.books = Books(self, "GB")
        self.counts = Counter()
        self.posted([Document(self.books, seed) for seed in range(1, 13)])
        self.work()  # partners are in Xero now
        for move_type in ("out_invoice", "in_invoice"):
            seeds = list(itertools.islice(self.seeds_of(move_type), 10))
            copies = [Document(self.books, seed) for seed in seeds * 5]
            links = self.pending(copies)
            few = links.browse(links.ids[: len(links) // 5])
            self.assess(links)
            with self.subTest(move_type=move_type):
                self.assertEqual(self.assess(links), self.assess(few))

    def seeds_of(self, move_type):
        for seed in itertools.count(1):
            if Document(self.books, seed).move_type == move_type:
                yield seed

    def pending(self, documents):
        """Links of documents that are to be sent next, in the order given."""
        moves = self.posted(documents)
        self.commit()
        while self.books.connection._fold_page():
            self.env.flush_all()
        return self.env["xero.link"].union(
            *(move._xero_link() for move in moves.values())
        )

    def assess(self, links):
        """Queries for finding out what would be sent."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = sql_db.sql_counter
        resource = self.env["xero.resource"]._get(links[0].resource)
        self.books.connection._assess(resource, links)
        return sql_db.sql_counter - before

    # === COUNTRIES === #

    def test_united_kingdom(self):
        """N3: with reverse charge, private shares, fees."""
        self.check("GB")

    def test_australia(self):
        """N3: with import GST, withholding, GST that is cost."""
        self.check("AU")

    def test_new_zealand(self):
        """N3: with import GST."""
        self.check("NZ")

    def test_united_states(self):
        """N3: with rates of the firm's own, pairs of them."""
        self.check("US")

    def test_singapore(self):
        """N3: with reverse charge, 0 % of many kinds."""
        self.check("SG")

    def test_south_africa(self):
        """N3: with old and new rates."""
        self.check("ZA")
