"""Which of an organisation's rates a suggestion means.

Rates are anything with ``tax_type``, ``name``, ``effective_rate``, ``components``,
``report_tax_type`` and the five flags ``on_revenue``, ``on_expenses``, ``on_assets``,
``on_liabilities``, ``on_equity``: the copies of Xero's list, or a test's own.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher

#: Percentages are equal within this; Xero keeps four decimals.
SAME = 0.005

#: Rates of Xero's that look like 0 % or like anything, and mean something of their own.
_STANDARD = {"NONE", "OUTPUT", "INPUT"}


@dataclass(frozen=True)
class Tax:
    """What of a tax of Odoo's decides."""

    name: str
    side: str
    """``sale`` or ``purchase``."""
    percentage: float | None = None
    """What the other party pays; None where it is no plain percentage."""
    reverse: bool = False
    """Charged and taken back: the other party pays nothing."""


def choose(suggestion, tax, rates, takes_accounts=lambda rate: True):
    """The rate that a suggestion means here, if the organisation has it.

    :param Suggestion suggestion: what the tables say of the tax
    :param Tax tax:
    :param rates: that apps may use, in the order in which they are shown
    :param takes_accounts: whether every account used with the tax may take a rate (T24)
    :return: the step of the suggestion that holds, and its rate or None
    """
    for step in suggestion.steps():
        if step.confidence == "none":
            return step, None
        found = [
            rate
            for rate in _candidates(step, tax, rates)
            if is_for_side(rate, tax.side) and _taxes_alike(step, tax, rate)
        ]
        fitting = [rate for rate in found if takes_accounts(rate)]
        if fitting:
            return step, _nearest(tax.name, fitting)
    return suggestion, None


def _candidates(step, tax, rates):
    if step.find == "type":
        return [rate for rate in rates if rate.tax_type == step.tax_type]
    rates = [rate for rate in rates if not _named_for_other_side(rate, tax.side)]
    if step.find == "name":
        return [rate for rate in rates if step.words in (rate.name or "").lower()]
    return same_percent(tax, rates)


def _named_for_other_side(rate, side):
    """Whether the code speaks of the other side: flags alone do not always tell.

    Australia's rates may stand on any account, those for purchases on income too.
    """
    other = "INPUT" if side == "sale" else "OUTPUT"
    return other in rate.tax_type.replace("INPUTTAXED", "")


def same_percent(tax, rates):
    """Rates of the same percentage; none for 0 %, which has five meanings."""
    if not tax.percentage or tax.percentage < 0:
        return []
    return [
        rate
        for rate in rates
        if rate.tax_type not in _STANDARD or rate.effective_rate
        if abs(rate.effective_rate - tax.percentage) <= SAME
    ]


def is_for_side(rate, side):
    """Whether a rate may stand on sales, or on purchases.

    Xero takes rates for sales on assets and liabilities too, so that these flags speak
    for purchases only where income is not among them.
    """
    if side == "sale":
        return rate.on_revenue
    on_balance = rate.on_assets or rate.on_liabilities
    return rate.on_expenses or (on_balance and not rate.on_revenue)


def is_reverse(rate):
    """Whether a rate charges tax and takes it back.

    Xero's pages show such rates with their percentage and answers with 0, so that only
    what they are made of, or their name, tells.
    """
    parts = [each["rate"] for each in rate.components or ()]
    undone = any(parts) and abs(sum(parts)) <= SAME
    return bool(undone or "reverse charge" in (rate.name or "").lower())


def _taxes_alike(step, tax, rate):
    """Whether the other party pays the same in both, as far as that can be told.

    A rate that a document treats apart, or that stays a first choice for a person to
    judge, may differ: its remark says how.
    """
    if step.action != "rate" or step.confidence == "low":
        return True
    if tax.percentage is None:
        return True
    if tax.reverse:
        return not rate.effective_rate or is_reverse(rate)
    return abs(rate.effective_rate - tax.percentage) <= SAME


def _nearest(name, rates):
    """The rate with the nearest name; the first of equals."""
    return max(rates, key=lambda rate: likeness(name, rate.name))


def likeness(name, other):
    """How alike two names are, 0 to 1, without regard to case."""
    pair = [" ".join((text or "").lower().split()) for text in (name, other)]
    return SequenceMatcher(None, *pair).ratio()


def same_components(parts, rates):
    """The rates made of these parts, in this order (T27).

    :param parts: (percentage, compound) of each tax of a line, in Odoo's order
    """
    return [
        rate
        for rate in rates
        if parts
        and len(rate.components or ()) == len(parts)
        and all(
            abs(each["rate"] - percentage) <= SAME and each["compound"] == compound
            for each, (percentage, compound) in zip(rate.components, parts, strict=True)
        )
    ]
