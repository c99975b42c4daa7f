"""Xero's two-decimal arithmetic (spec: Invoice, arithmetic).

Tax is computed and rounded per line, then added up; halves are rounded up (away from
zero); unit amounts are rounded before they are multiplied.
"""

from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal("0.00")


def rounded(amount, places=2):
    """``amount`` rounded half up.

    >>> rounded(Decimal("2.165"))
    Decimal('2.17')
    """
    return Decimal(amount).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def line_amount(quantity, unit_amount, discount_rate=None, discount_amount=None):
    """Price times quantity less the discount, in cents."""
    gross = quantity * unit_amount
    if discount_rate is not None:
        gross -= gross * discount_rate / 100
    if discount_amount is not None:
        gross -= discount_amount
    return rounded(gross)


def line_discount(line):
    """What a line's discount takes off, in cents."""
    if "DiscountAmount" in line:
        return line["DiscountAmount"]
    if "DiscountRate" in line:
        return rounded(line["Quantity"] * line["UnitAmount"]) - line["LineAmount"]
    return ZERO


def line_tax(amount, rate, line_amount_types):
    """Tax of one line.

    :param rate: effective rate in percent
    :param line_amount_types: Exclusive, Inclusive or NoTax

    >>> line_tax(Decimal("541.25"), Decimal("15"), "Inclusive")
    Decimal('70.60')
    """
    if line_amount_types == "NoTax":
        return ZERO
    if line_amount_types == "Inclusive":
        return rounded(amount * rate / (100 + rate))
    return rounded(amount * rate / 100)


def totals(lines, line_amount_types):
    """``SubTotal``, ``TotalTax`` and ``Total`` of a document's lines."""
    amount = sum((line.get("LineAmount") or ZERO for line in lines), ZERO)
    tax = sum((line.get("TaxAmount") or ZERO for line in lines), ZERO)
    if line_amount_types == "Inclusive":
        return {"SubTotal": amount - tax, "TotalTax": tax, "Total": amount}
    return {"SubTotal": amount, "TotalTax": tax, "Total": amount + tax}


def effective_rate(components):
    """One percentage from tax components, compound ones on top of the others."""
    simple = sum((c["Rate"] for c in components if not c["IsCompound"]), Decimal(0))
    compound = sum((c["Rate"] for c in components if c["IsCompound"]), Decimal(0))
    return rounded(simple + compound + simple * compound / 100, 4)
