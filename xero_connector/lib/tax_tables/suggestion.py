"""What the tables say of one tax."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Suggestion:
    """Which rate of Xero's one tax of Odoo's is, and how sure that is.

    ``confidence``: ``high`` is filled in and may be accepted with all sure ones,
    ``medium`` is filled in to be checked, ``low`` is the first choice of a list that
    stays empty, ``none`` has no rate in Xero and says in its remark what happens.
    """

    tax_type: str = ""
    """Xero's TaxType; empty where ``find`` says how to look for it."""
    confidence: str = "high"
    remark: str = ""
    """A key of ``models/xero_tax_remark.py``."""
    find: str = "type"
    """``type``; ``name``: the rate's name has ``words``; ``rate``: the same percent."""
    words: str = ""
    action: str = "rate"
    """``rate``, or what a document does instead: see ``xero.mapping``."""
    on_assets: str = ""
    """TaxType where the same tax stands on a fixed-asset account."""
    otherwise: "Suggestion | None" = None
    """Where the organisation lacks the rate, or may not use it on these accounts."""

    def but(self, **changes):
        """The same with these changes."""
        return replace(self, **changes)

    def steps(self):
        """This suggestion, then what comes in its place, in order."""
        step = self
        while step:
            yield step
            step = step.otherwise


def high(tax_type, **more):
    """Sure."""
    return Suggestion(tax_type, "high", **more)


def medium(tax_type, remark="", **more):
    """Filled in, to be checked."""
    return Suggestion(tax_type, "medium", remark, **more)


def low(tax_type, remark, **more):
    """The first choice of a list that stays empty."""
    return Suggestion(tax_type, "low", remark, **more)


def none(remark, **more):
    """Xero has no such rate."""
    return Suggestion("", "none", remark, **more)
