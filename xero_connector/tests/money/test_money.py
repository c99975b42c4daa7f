"""Thousands of random documents, through the engine into Xero, to the cent."""

import itertools
from collections import Counter

from odoo import sql_db
from odoo.tests import tagged

from .case import MoneyCase
from .documents import Document

#: What once was wrong, on either side of the comparison, by country.
_ONCE_WRONG = {
    "AU": {1795357582},
    "GB": {1795357508, 1795357773},
    "NZ": {1795377791},
    "US": {1795357655, 1795378151},
    "ZA": {1795357668},
}


@tagged("post_install", "-at_install")
class TestMoney(MoneyCase):
    def seeds(self):
        remembered = _ONCE_WRONG.get(self.books.country.code, set())
        return sorted(remembered.union(super().seeds()))

    # === QUERIES === #

    def test_a_page_costs_no_more_queries_than_a_few(self):
        """I11: ten different documents and five of each cost the same to assess."""
        self.books = self.open_books("GB")
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
