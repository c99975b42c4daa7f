"""What Odoo's journal items say, in Xero's terms, against what Xero has.

Nothing here uses the code that writes documents for Xero. Listed transformations:
T21 (postponed), T22 (import tax), T25 (cost), T28 (fees), T29 (withheld), T36 (early
payment), T37 (discounts on their own account).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

CENT = Decimal("0.01")

#: The largest rounding line.
ROUNDING = Decimal("0.05")
_OUTGOING = ("in_invoice", "out_refund")

#: Of whose lines the tax is none in Xero.
_APART = ("extra_line", "withhold", "import_tax")


@dataclass
class Expected:
    """A document as it must stand in Xero; amounts are Decimals."""

    total: Decimal
    nets: dict = field(default_factory=lambda: defaultdict(Decimal))
    """By account code."""
    taxes: dict = field(default_factory=lambda: defaultdict(Decimal))
    """By group of rates: a frozenset of TaxTypes."""
    shared: list = field(default_factory=list)
    """Tax that is cost and that Odoo booked elsewhere: (amount, account codes)."""
    reasons: set = field(default_factory=set)
    """Causes that may stop it, since Xero cannot express it."""


class Mapping:
    """The choices made in Mapping, as the rows have them.

    :param books: ``charts.Books``
    """

    def __init__(self, books):
        self.books, rows = books, books.connection.mapping_ids
        self.none = rows.browse()
        self.accounts = {
            row.account_id: row.xero_account_id for row in rows if row.kind == "account"
        }
        self.codes = {ours: theirs.code for ours, theirs in self.accounts.items()}
        self.rows = {row.tax_id: row for row in rows if row.kind == "tax"}
        self.asset_rows = {row.tax_id: row for row in rows if row.kind == "tax_asset"}
        self.sets = {
            row.tax_ids: row.xero_tax_rate_id for row in rows if row.kind == "tax_set"
        }
        self.tax_account = books.connection.env["xero.account"].search(
            [
                ("connection_id", "=", books.connection.id),
                ("system_account", "=", "GST"),
            ]
        )

    def action(self, tax):
        """What documents do with a tax."""
        return self.rows[tax].xero_action if tax in self.rows else "rate"

    def account_of(self, tax):
        """Code of the account for a tax that is a line of its own."""
        if self.action(tax) == "import_tax":
            return self.tax_account.code
        return self.rows[tax].xero_account_id.code

    def rate(self, item):
        """The rate of a base item, empty where none is chosen."""
        taxes, own = self.plain(item), item.tax_ids
        if not taxes:
            return self.books.no_tax(
                "sale" if item.move_id.is_sale_document() else "purchase"
            )
        asset = self.asset_rows.get(own, self.none).xero_tax_rate_id
        if asset and item.account_id.account_type == "asset_fixed":
            return asset
        if len(own) > 1 and len(taxes) == 1:
            own = taxes
        return self.rows.get(own, self.none).xero_tax_rate_id or self.sets.get(
            taxes, self.none.xero_tax_rate_id
        )

    def reasons(self, item):
        """Causes that stop a document for one of its items."""
        taxes, rate = self.plain(item), self.rate(item)
        found = set()
        if any(not self.account_of(tax) for tax in self.apart(item)):
            found.add("tax_unmapped")
        if taxes.filtered(lambda t: t.amount_type == "division" and t.amount >= 100):
            found.add("tax_kind")
        if not rate:
            found.add("tax_unmapped" if len(taxes) == 1 else "tax_set_unmapped")
            return found
        if self.differs(taxes, rate):
            found.add("rate_differs")
        account = self.accounts.get(item.account_id)
        if account and not rate._allowed_on(account):
            found.add("tax_on_account")
        return found

    def differs(self, taxes, rate):
        """Whether Odoo charges another percentage than Xero's rate."""
        if not taxes:
            return False
        computed = taxes.compute_all(10000, handle_price_include=False)
        percent = (computed["total_included"] - 10000) / 100
        return abs(percent - rate._charged_rate()) > 0.006

    def apart(self, item):
        """The taxes of an item that are lines of their own in Xero."""
        taxes = item.tax_ids.flatten_taxes_hierarchy()
        return taxes.filtered(lambda tax: self.action(tax) in _APART)

    def plain(self, item):
        """The taxes of an item that are a rate in Xero."""
        taxes = item.tax_ids.flatten_taxes_hierarchy()
        return taxes.filtered(lambda tax: self.action(tax) not in (*_APART, "gross"))


# === ODOO === #


def expected(mapping, move):
    """The document as its journal items say that Xero must have it.

    :rtype: Expected
    """
    items = _Items(mapping, move)
    for item in move.line_ids:
        items.add(item)
    items.add_vanished_cost()
    for item in items.bases:
        items.found.reasons |= mapping.reasons(item)
    items.found.reasons |= items.lost_cents() | items.half_private()
    items.add_costs_of_nothing()
    return items.found


class _Items:
    """Adds journal items up."""

    def __init__(self, mapping, move):
        self.mapping, self.move = mapping, move
        self.sign = 1 if move.move_type in _OUTGOING else -1
        self.places = move.currency_id.decimal_places
        self.found = Expected(total=Decimal(0))
        self.found.total = self._amount(move.amount_total, 1)
        self.bases = move.line_ids.filtered(
            lambda item: item.display_type == "product" and item.tax_ids
        )
        self.groups = _groups(mapping, self.bases)
        lines = move.invoice_line_ids
        if any(line.price_total != round(line.price_total, 2) for line in lines):
            self.found.reasons.add("third_decimal")

    def add(self, item):
        """One journal item."""
        amount = self._amount(item.amount_currency, self.sign)
        if item.display_type in ("payment_term", "discount") or not amount:
            return
        if item.tax_repartition_line_id:
            self._add_tax(item, amount)
        else:
            self.found.nets[self.mapping.codes.get(item.account_id)] += amount

    def _add_tax(self, item, amount):
        tax = item.tax_repartition_line_id.tax_id
        action = self.mapping.action(tax)
        if action in _APART:
            self.found.nets[self.mapping.account_of(tax)] += amount
        elif action == "gross":
            self._add_cost(item, tax, amount)
        else:
            self.found.taxes[self.groups.get(tax)] += amount

    def _add_cost(self, item, tax, amount):
        """Odoo books it with the cost, or on an account of its own."""
        bases = self._bases_of(tax)
        if item.account_id in bases.account_id:
            self.found.nets[self.mapping.codes[item.account_id]] += amount
        else:
            self.found.shared.append((amount, self._codes_of(bases)))

    def add_vanished_cost(self):
        """Tax that is cost and nothing in all has no item; each line has its own."""
        booked = self.move.line_ids.tax_repartition_line_id.tax_id
        for tax in self.bases.tax_ids.flatten_taxes_hierarchy() - booked:
            if self.mapping.action(tax) == "gross":
                codes = self._codes_of(self._bases_of(tax))
                self.found.shared.append((Decimal(0), codes))

    def _bases_of(self, tax):
        return self.bases.filtered(
            lambda base: tax in base.tax_ids.flatten_taxes_hierarchy()
        )

    def _codes_of(self, bases):
        return {self.mapping.codes[base.account_id] for base in bases}

    def add_costs_of_nothing(self):
        """Tax that is cost and comes to zero in all has no item of Odoo's."""
        taxes = self.bases.tax_ids.flatten_taxes_hierarchy()
        for tax in taxes - self.move.line_ids.tax_repartition_line_id.tax_id:
            if self.mapping.action(tax) == "gross":
                bases = self.bases.filtered(
                    lambda base, tax=tax: tax in base.tax_ids.flatten_taxes_hierarchy()
                )
                codes = {self.mapping.codes[base.account_id] for base in bases}
                self.found.shared.append((Decimal(0), codes))

    def half_private(self):
        """Of a reverse charge Odoo makes only one half private; Xero has no halves."""
        private = self.move.invoice_line_ids.filtered(
            lambda line: line.deductible_amount < 100
        )
        parts = private.tax_ids.invoice_repartition_line_ids
        if any(part.factor_percent < 0 for part in parts):
            return {"total_differs_before"}
        return set()

    def lost_cents(self):
        """A correction of a tax that is zero in all belongs to no line of Odoo's."""
        taxes = self.move.line_ids.tax_repartition_line_id.tax_id.grouped("id")
        for tax in taxes.values():
            items = self.move.line_ids.filtered(
                lambda item, tax=tax: item.tax_repartition_line_id.tax_id == tax
            )
            total = self._amount(sum(items.mapped("amount_currency")), self.sign)
            if len(items) > 1 and 0 < abs(total) <= 2 * CENT:
                return {"total_differs_before"}
        return set()

    def _amount(self, amount, sign):
        number = Decimal(f"{amount * sign:.{self.places}f}")
        if number != number.quantize(CENT):
            self.found.reasons.add("third_decimal")
        return number


def _groups(mapping, bases):
    """Rates that share a tax item of Odoo's, by tax: only their sum can be compared.

    State tax alone and state with city tax are two rates and one tax item.
    """
    groups = []
    for base in bases:
        taxes, rates = set(mapping.plain(base)), {mapping.rate(base).tax_type}
        for group in [each for each in groups if each[0] & taxes or each[1] & rates]:
            groups.remove(group)
            taxes, rates = taxes | group[0], rates | group[1]
        groups.append((taxes, rates))
    return {tax: frozenset(rates) for taxes, rates in groups for tax in taxes}


# === XERO === #


def differences(wanted, there, rounding):
    """Every difference between a document and what Xero has, as sentences.

    :param wanted: :class:`Expected`
    :param there: the element as Xero has it
    :param rounding: amount of the rounding line that was announced, Decimal
    :rtype: list[str]
    """
    lines = [line for line in there["LineItems"] if line.get("AccountCode")]
    inclusive = there["LineAmountTypes"] == "Inclusive"
    return [
        *_total_differences(wanted, there),
        *_tax_differences(wanted, lines),
        *_net_differences(wanted, lines, inclusive, rounding),
    ]


def _number(value):
    return Decimal(str(value or 0))


def _total_differences(wanted, there):
    tax = sum(wanted.taxes.values(), Decimal(0))
    figures = {
        "SubTotal": wanted.total - tax,
        "TotalTax": tax,
        "Total": wanted.total,
    }
    return [
        f"{name} is {there[name]}, not {amount}"
        for name, amount in figures.items()
        if _number(there[name]) != amount
    ]


def _tax_differences(wanted, lines):
    found = defaultdict(Decimal)
    groups = {rate: group for group in wanted.taxes for rate in group or ()}
    for line in lines:
        rate = line.get("TaxType")
        group = groups.get(rate, frozenset([rate]))
        found[group] += _number(line.get("TaxAmount"))
    return [
        f"tax of {sorted(group or ())} is {found[group]}, not {wanted.taxes[group]}"
        for group in found.keys() | wanted.taxes.keys()
        if found[group] != wanted.taxes.get(group, 0)
    ]


def _net_differences(wanted, lines, inclusive, rounding):
    found = defaultdict(Decimal)
    for line in lines:
        tax = _number(line.get("TaxAmount")) if inclusive else 0
        found[line["AccountCode"]] += _number(line["LineAmount"]) - tax
    if rounding:
        found["860"] -= rounding
    gaps = {
        code: found[code] - wanted.nets.get(code, 0)
        for code in found.keys() | wanted.nets.keys()
    }
    gaps = {code: gap for code, gap in gaps.items() if gap}
    return _without_shared(wanted, gaps, rounding)


def _without_shared(wanted, gaps, rounding):
    """Cost that Odoo booked in one sum may be on any of its lines' accounts; a cent
    that a rounding line makes good is missing elsewhere."""
    open_codes = set().union(*(codes for _amount, codes in wanted.shared))
    left = sum((amount for amount, _codes in wanted.shared), Decimal(0))
    told = {}
    for code, gap in gaps.items():
        if code in open_codes:
            left -= gap
        else:
            told[code] = gap
    if rounding and left + rounding == -sum(told.values()) and _is_small(told):
        return []
    return [f"net on {code} differs by {gap}" for code, gap in told.items()] + (
        [f"tax that is cost differs by {left}"] if left else []
    )


def _is_small(gaps):
    return sum(map(abs, gaps.values())) <= ROUNDING
