"""Splitting a line by its analytic distribution (S95).

Odoo says "60 % to projects A and Paris, 40 % to project B"; a line in Xero has one
option per tracking category, so that a split distribution becomes several lines.
"""

from decimal import ROUND_DOWN

from . import money
from .money import CENT, HUNDRED, ZERO


class Overfull(ValueError):
    """More than 100 % is distributed over the options of one category."""


def shares(entries):
    """How a line's amount is divided over combinations of options.

    Entries that touch the same categories belong together; those of other categories
    are independent of them and are crossed. What is not distributed has no option.

    >>> shares([({"P": "a"}, Decimal(60)), ({"P": "b"}, Decimal(40))])
    [({'P': 'a'}, Decimal('60')), ({'P': 'b'}, Decimal('40'))]

    :param entries: list of (dict of category to option, percent as Decimal)
    :returns: list of (dict of category to option, percent), which adds up to 100;
        combinations that are equal are one
    :raises Overfull: the entries of a category are more than 100 %
    """
    combined = [({}, HUNDRED)]
    for group in _independent(entries):
        combined = [
            (options | more, percent * share / HUNDRED)
            for options, percent in combined
            for more, share in _complete(group)
        ]
    return _merged(combined)


def _independent(entries):
    """Groups of entries that have categories in common, directly or not."""
    groups = []
    for options, percent in entries:
        if not options:
            continue
        categories, members = set(options), [(options, percent)]
        for group in [each for each in groups if each[0] & categories]:
            groups.remove(group)
            categories |= group[0]
            members = group[1] + members
        groups.append((categories, members))
    return [members for _categories, members in groups]


def _complete(members):
    left = HUNDRED - sum((percent for _options, percent in members), ZERO)
    if left < 0 or any(percent < 0 for _options, percent in members):
        raise Overfull(HUNDRED - left)
    return [*members, ({}, left)] if left else members


def _merged(combined):
    merged = {}
    for options, percent in combined:
        key = tuple(sorted(options.items()))
        known = merged.get(key, (options, ZERO))
        merged[key] = (options, known[1] + percent)
    return list(merged.values())


def divide(amount, percents):
    """An amount in parts that add up to it, each a whole number of cents.

    The cents left over go to the parts that lost most by rounding down.

    >>> divide(Decimal("100.00"), [Decimal(1), Decimal(1), Decimal(1)])
    [Decimal('33.34'), Decimal('33.33'), Decimal('33.33')]

    :param amount: Decimal in cents, may be negative
    :param percents: list of Decimals; only their proportions count
    """
    whole = sum(percents, ZERO)
    exact = [abs(amount) * percent / whole for percent in percents]
    parts = [part.quantize(CENT, ROUND_DOWN) for part in exact]
    left = int((abs(amount) - sum(parts, ZERO)) / CENT)
    order = sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])
    for index in order[:left]:
        parts[index] += CENT
    return [part if amount >= 0 else -part for part in map(money.cents, parts)]
