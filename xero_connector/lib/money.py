"""What Xero will compute from a document, to the cent.

Sources: xero-api.md section 6, "Arithmetic": unit amounts have four decimals where
``unitdp=4`` is asked for; the line amount is rounded to cents, half up; tax is
computed from the *rounded* line amount, rounded per line, and then added up. In tax
inclusive documents tax is ``amount * r / (1 + r)`` of the line amount.

Half up means away from zero, so that a credit mirrors its invoice. All figures are
Decimals; rates are in percent.
"""

import dataclasses
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
UNIT = Decimal("0.0001")  # of unit amounts with unitdp=4, of quantities, of discounts
ZERO = Decimal(0)
HUNDRED = Decimal(100)
_NOISE = Decimal("0.0000000001")  # below this, a binary fraction is told from a price


class MoneyError(Exception):
    """A document whose figures cannot be the same in Xero."""


class TooPrecise(MoneyError):
    """An amount with more than two decimals: Xero keeps cents (T39).

    :ivar value: the amount, as Decimal.
    """

    def __init__(self, value):
        super().__init__(f"Xero keeps two decimals; this document has {value}.")
        self.value = value


@dataclasses.dataclass(frozen=True)
class Line:
    """A line as it is sent.

    :param quantity: up to four decimals.
    :param unit_amount: up to four decimals; with tax in an inclusive document.
    :param discount_rate: percent.
    :param tax_rate: effective percent of the tax rate.
    :param tax_amount: the tax sent with the line, None to let Xero compute it.
    """

    quantity: Decimal
    unit_amount: Decimal
    discount_rate: Decimal = ZERO
    tax_rate: Decimal = ZERO
    tax_amount: Decimal | None = None

    @property
    def line_amount(self):
        """Xero's LineAmount: with tax in an inclusive document, else without."""
        kept = 1 - self.discount_rate / HUNDRED
        return cents(self.quantity * units(self.unit_amount) * kept)

    def tax(self, inclusive):
        """Xero's TaxAmount of this line."""
        if self.tax_amount is not None:
            return cents(self.tax_amount)
        return tax_on(self.line_amount, self.tax_rate, inclusive)


@dataclasses.dataclass(frozen=True)
class Totals:
    """What Xero shows: per line (line amount, tax), and the three totals."""

    lines: tuple
    sub_total: Decimal
    total_tax: Decimal

    @property
    def total(self):
        """SubTotal and TotalTax together."""
        return self.sub_total + self.total_tax


def predict(lines, inclusive=False):
    """What Xero will compute from a document.

    :param lines: list of :class:`Line`.
    :param bool inclusive: whether ``LineAmountTypes`` is Inclusive; else Exclusive.
    :returns: :class:`Totals`.
    """
    figures = tuple((line.line_amount, line.tax(inclusive)) for line in lines)
    amounts = sum((amount for amount, _tax in figures), ZERO)
    total_tax = sum((tax for _amount, tax in figures), ZERO)
    return Totals(figures, amounts - total_tax if inclusive else amounts, total_tax)


def tax_on(line_amount, rate, inclusive=False):
    """Xero's tax on a line amount.

    >>> tax_on(Decimal("541.25"), Decimal(15), inclusive=True)
    Decimal('70.60')
    """
    base = HUNDRED + rate if inclusive else HUNDRED
    return cents(line_amount * rate / base)


def cents(value):
    """Rounded to cents, half up.

    >>> cents(Decimal("2.165"))
    Decimal('2.17')
    """
    return value.quantize(CENT, ROUND_HALF_UP)


def units(value):
    """Rounded to the four decimals of a unit amount, half up."""
    return value.quantize(UNIT, ROUND_HALF_UP)


def exact(value):
    """A figure of another system as Decimal, without the noise of binary fractions.

    >>> exact(3.0100000000000002)
    Decimal('3.01')

    :param value: Decimal, int, float or text.
    """
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    number = number.quantize(_NOISE, ROUND_HALF_EVEN).normalize()
    return number if number.as_tuple().exponent <= 0 else number.quantize(Decimal(1))


def exact_cents(value):
    """As :func:`exact`, for an amount, which must be whole cents.

    :raises TooPrecise: a further decimal is not zero (T39).
    """
    number = exact(value)
    rounded = cents(number)
    if rounded != number:
        raise TooPrecise(number)
    return rounded


def fits_units(value):
    """Whether a unit amount or quantity has no more than four decimals (T38)."""
    return value == units(value)
