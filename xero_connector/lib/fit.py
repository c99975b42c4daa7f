"""Making Xero compute the totals of another system, to the cent (N3).

Odoo rounds tax over the document, Xero on each line: differing cents are the normal
case of a new database (T14). A document is *fitted* by the mildest means that works:

1. the line as it is, where Xero's own arithmetic gives its net amount; else quantity
   1 with the real figures in the text (T38), as Xero refuses a line whose price times
   quantity is not its amount;
2. a tax amount on exactly those lines where Xero would compute another (T14, T15,
   T16, T35, T36);
3. a rounding line without tax, up to five cents, only if the totals still differ;
4. else the document is stopped with the difference. Never silently different.
"""

import dataclasses
from decimal import Decimal

from . import money
from .money import HUNDRED, ZERO

ROUNDING_LIMIT = Decimal("0.05")  # accounting.md 1.3: a bigger gap is never rounding


class Mismatch(money.MoneyError):
    """Totals that no stated rule can make equal: the document is stopped (N3, I6).

    :ivar net: what is missing in Xero's net total, Decimal, may be negative.
    :ivar tax: what is missing in its tax.
    :ivar total: both together.
    """

    def __init__(self, net, tax):
        self.net, self.tax, self.total = net, tax, net + tax
        super().__init__(
            f"The totals would differ in Xero: net by {net}, tax by {tax}."
        )


@dataclasses.dataclass(frozen=True)
class Wanted:
    """A line as another system has it.

    Figures may be Decimals, floats or text; binary noise is removed.

    :param ref: anything; comes back with the fitted line.
    :param quantity: as shown on the document.
    :param unit_amount: as shown; *with* tax where the document is inclusive.
    :param net: the line's amount without tax, in cents.
    :param tax: the line's tax, in cents.
    :param tax_rate: percent that Xero will apply (its EffectiveRate).
    :param discount_rate: percent.
    :param fixed_tax: Xero must compute the tax by itself and none is sent: reverse
        charge (T19).
    """

    ref: object
    quantity: object
    unit_amount: object
    net: object
    tax: object = ZERO
    tax_rate: object = ZERO
    discount_rate: object = ZERO
    fixed_tax: bool = False


@dataclasses.dataclass(frozen=True)
class Fitted:
    """A line to send.

    ``discount_rate`` and ``tax_amount`` are None where they are not to be sent.
    ``figures`` is text to add to the description where the line had to be collapsed
    to quantity 1, such as ``"12,500 × 0.00345"``, else "". ``line_amount`` and
    ``tax`` are what Xero will show; LineAmount itself is not sent.
    """

    ref: object
    quantity: Decimal
    unit_amount: Decimal
    discount_rate: Decimal | None
    tax_amount: Decimal | None
    figures: str
    line_amount: Decimal
    tax: Decimal


@dataclasses.dataclass(frozen=True)
class Document:
    """Fitted lines; the ``rounding`` line's amount (0 for none); ``totals``."""

    lines: tuple
    rounding: Decimal
    totals: money.Totals

    @property
    def overrides(self):
        """How many lines carry a tax amount of ours."""
        return sum(line.tax_amount is not None for line in self.lines)


def fit(
    wanted,
    net,
    tax,
    total=None,
    *,
    inclusive=False,
    discounts=True,
    limit=ROUNDING_LIMIT,
):
    """Lines to send so that Xero shows exactly these totals.

    :param wanted: list of :class:`Wanted`, only lines that have an amount.
    :param net: total without tax.
    :param tax: total tax.
    :param total: total with tax; checked against the other two where given.
    :param bool inclusive: whether the document goes as Inclusive (else Exclusive).
    :param bool discounts: whether Xero takes a discount on such a document: sales
        invoices only (S125, S126).
    :param limit: the largest rounding line, 0 to allow none.
    :returns: :class:`Document` whose totals equal the targets.
    :raises Mismatch: they cannot be made equal.
    :raises money.TooPrecise: an amount is not whole cents (T39).
    """
    net, tax = money.exact_cents(net), money.exact_cents(tax)
    if total is not None and money.exact_cents(total) != net + tax:
        raise Mismatch(money.exact_cents(total) - net - tax, ZERO)
    lines = tuple(_fit_line(line, inclusive, discounts) for line in wanted)
    rounding = _rounding(_totals(lines, ZERO, inclusive), net, tax, limit)
    return Document(lines, rounding, _totals(lines, rounding, inclusive))


def _totals(lines, rounding, inclusive):
    amounts = [(line.line_amount, line.tax) for line in lines]
    if rounding:
        amounts.append((rounding, ZERO))
    gross_or_net = sum((amount for amount, _tax in amounts), ZERO)
    tax = sum((line_tax for _amount, line_tax in amounts), ZERO)
    return money.Totals(tuple(amounts), gross_or_net - (tax if inclusive else 0), tax)


def _rounding(totals, net, tax, limit):
    """The amount of the rounding line. It has no tax, so it cannot mend tax."""
    missing, missing_tax = net - totals.sub_total, tax - totals.total_tax
    if missing_tax or abs(missing) > limit:
        raise Mismatch(missing, missing_tax)
    return missing


def _fit_line(wanted, inclusive, discounts):
    """One line, by the mildest means."""
    net, tax = money.exact_cents(wanted.net), money.exact_cents(wanted.tax)
    amount = net + tax if inclusive else net
    line, figures = _amount_line(wanted, amount, discounts)
    own = line.tax(inclusive)
    override = tax if own != tax and not wanted.fixed_tax else None
    return Fitted(
        ref=wanted.ref,
        quantity=line.quantity,
        unit_amount=line.unit_amount,
        discount_rate=line.discount_rate or None,
        tax_amount=override,
        figures=figures,
        line_amount=line.line_amount,
        tax=own if override is None else override,
    )


def _amount_line(wanted, amount, discounts):
    """The line that gives the amount, and the figures it hides (T38)."""
    for line in _candidates(wanted, discounts):
        if _sendable(line) and line.line_amount == amount:
            return line, ""
    collapsed = money.Line(Decimal(1), amount, tax_rate=money.exact(wanted.tax_rate))
    return collapsed, _figures(wanted)


def _candidates(wanted, discounts):
    """Ways to send the line with its own quantity: with its discount, else net."""
    quantity, price = money.exact(wanted.quantity), money.exact(wanted.unit_amount)
    discount, rate = money.exact(wanted.discount_rate), money.exact(wanted.tax_rate)
    if discounts or not discount:
        yield money.Line(quantity, price, discount, rate)
    else:
        yield money.Line(quantity, price * (1 - discount / HUNDRED), tax_rate=rate)


def _sendable(line):
    figures = (line.quantity, line.unit_amount, line.discount_rate)
    return all(money.fits_units(figure) for figure in figures)


def _figures(wanted):
    """The real figures as text: ``"12,500 × 0.00345 - 10 %"``; "" for quantity 1."""
    quantity, price = money.exact(wanted.quantity), money.exact(wanted.unit_amount)
    discount = money.exact(wanted.discount_rate)
    if quantity == 1 and not discount and money.fits_units(price):
        return ""
    text = f"{quantity:,f} × {price:,f}"
    return f"{text} - {discount:f} %" if discount else text
