"""Random documents, each from its own seed, so that one can be made again."""

import itertools
import random
from datetime import date, timedelta

from odoo import Command

from .charts import THREE_DECIMALS

#: Of suppliers' documents: no two are the same.
_NUMBERS = itertools.count(1)

_TYPES = {"out_invoice": 9, "in_invoice": 7, "out_refund": 4, "in_refund": 3}
_QUANTITIES = (1, 1, 1, 2, 3, 12, 0.5, 1.25, 7.333, 0.0333, 12.34567, 12500)
_DISCOUNTS = (10, 12.5, 33.33, 7.77, 2.345, 100)
_DEDUCTIBLE = (60, 50, 33.33, 0, 75)
_TAXES = {
    "main": 30,
    "included": 3,
    "none": 4,
    "set": 4,
    "fee": 3,
    "odd": 4,
    "other": 4,
}
_SPLITS = ((100,), (60, 30), (33.33, 33.33, 33.34), (50, 50), (12.5, 87.5))


class Document:
    """One document.

    :param books: ``charts.Books``
    :param seed: decides everything
    :ivar values: for ``create``
    :ivar rounding_method: the company's setting while it is made and sent
    :ivar discounts_apart: whether Odoo books discounts on their own account
    :ivar corrected_by: what somebody changed in the tax of a bill, or 0
    """

    #: Weights of the types.
    types = _TYPES

    def __init__(self, books, seed):
        self.books, self.seed = books, seed
        self.random = random.Random(f"{books.country.code} {seed}")
        self.move_type = self._weighted(self.types)
        self.is_sale = self.move_type in ("out_invoice", "out_refund")
        self.rounding_method = self.random.choice(("round_globally", "round_per_line"))
        self.discounts_apart = self.is_sale and self._one_in(5)
        self.taxes = books.taxes("sale" if self.is_sale else "purchase")
        self.included = self._one_in(3)
        self.values = self._values()
        self.corrected_by = self._correction()

    def _weighted(self, weights):
        return self.random.choices(list(weights), list(weights.values()))[0]

    def _one_in(self, count):
        return self.random.randrange(count) == 0

    # === DOCUMENT === #

    def _values(self):
        day = date(2026, 6, 1) + timedelta(days=self.random.randrange(120))
        values = {
            "move_type": self.move_type,
            "company_id": self.books.company.id,
            "partner_id": self.random.choice(self.books.partners).id,
            "invoice_date": day,
            "date": day,
            "invoice_line_ids": [Command.create(line) for line in self._lines()],
        }
        if not self.is_sale:
            values["ref"] = f"S-{next(_NUMBERS)}"
        if self._one_in(4):
            values["currency_id"] = self._currency().id
        if self._one_in(6):
            values["invoice_payment_term_id"] = self.random.choice(self.books.terms).id
        elif self._one_in(6):
            rounding = self.random.choice(self.books.roundings)
            values["invoice_cash_rounding_id"] = rounding.id
        return values

    def _currency(self):
        names = [*self.books.country.foreign] * 2 + [THREE_DECIMALS]
        name = self.random.choice(names)
        return self.books.currencies.filtered(lambda each: each.name == name)

    def _correction(self):
        if self.is_sale or not self._one_in(6):
            return 0
        return self.random.choice((-0.02, -0.01, 0.01, 0.02))

    # === LINES === #

    def _lines(self):
        lines = [self._line() for _ in range(self.random.choice((1, 1, 2, 3, 5, 8)))]
        if self._one_in(12):
            lines += self._deducted(lines)
        elif self._one_in(8) and lines[0]["price_unit"] > 1:
            less = lines[0] | {"name": "Less", "quantity": -lines[0]["quantity"]}
            lines.append(less | {"price_unit": lines[0]["price_unit"] / 3})
        if self._one_in(6):
            lines.insert(0, {"name": "Part", "display_type": "line_section"})
            lines.append({"name": "As agreed", "display_type": "line_note"})
        return [
            line | {"sequence": 10 + place if self._one_in(2) else 10}
            for place, line in enumerate(lines)
        ]

    def _deducted(self, lines):
        """A deposit, or all of it in a final invoice of zero (T52)."""
        lines = lines if self._one_in(2) else lines[:1]
        account = self.random.choice(self._accounts())
        return [
            line
            | {
                "name": "Down payment",
                "quantity": -line["quantity"],
                "account_id": account.id,
            }
            for line in lines
        ]

    def _line(self):
        values = {
            "name": self.random.choice(("Consulting", "Chair", "Cable, per metre")),
            "quantity": self.random.choice(_QUANTITIES),
            "price_unit": self._price(),
            "account_id": self.random.choice(self._accounts()).id,
            "tax_ids": [Command.set(self._line_taxes().ids)],
        }
        if self._one_in(4):
            values["discount"] = self.random.choice(_DISCOUNTS)
        if not self.is_sale and self._one_in(10):
            values["deductible_amount"] = self.random.choice(_DEDUCTIBLE)
        if self._one_in(5) and self.books.centres:
            values["analytic_distribution"] = self._distribution()
        return values

    def _price(self):
        amount = self.random.choice((1, 10, 100, 1000, 25000))
        places = self.random.choice((0, 2, 2, 2, 3, 4, 5, 6))
        return round(self.random.uniform(0, amount), places)

    def _accounts(self):
        accounts = self.books.accounts
        if self.is_sale:
            return accounts["income"]
        return accounts["asset_fixed"] if self._one_in(12) else accounts["expense"]

    def _line_taxes(self):
        """One or several taxes, mostly ordinary ones."""
        taxes = self.taxes
        if self.included:
            return taxes.included
        main = self._pick(taxes.main)
        choices = {
            "main": main,
            "included": taxes.included,
            "none": main.browse(),
            "set": self._pick(taxes.sets),
            "fee": main | self._pick(taxes.fees),
            "odd": self._pick(taxes.odd),
            "other": self._pick(taxes.others),
        }
        return choices[self._weighted(_TAXES)]

    def _pick(self, taxes):
        return self.random.choice(list(taxes))

    def _distribution(self):
        centres = self.random.sample(list(self.books.centres), 3)
        percents = self.random.choice(_SPLITS)
        return {
            str(centre.id): percent
            for centre, percent in zip(centres, percents, strict=False)
        }
