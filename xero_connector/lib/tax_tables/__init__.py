"""Which Xero rate a tax of Odoo's charts is, by the chart's own id of the tax.

Names and rates are what users change; ``ST11`` is the United Kingdom's 20 % on sales
for ever. Source: accounting.md section 3. A tax of a chart that is not listed has no
suggestion; 0 % has five meanings and is never suggested by its rate.
"""

from . import (
    australia,
    new_zealand,
    singapore,
    south_africa,
    united_kingdom,
    united_states,
)
from .choice import (
    Tax,
    choose,
    is_for_side,
    is_reverse,
    likeness,
    same_components,
    same_percent,
)
from .suggestion import Suggestion, medium, none

__all__ = [
    "COUNTRIES",
    "Suggestion",
    "Tax",
    "by_words",
    "choose",
    "is_for_side",
    "is_reverse",
    "likeness",
    "no_tax",
    "same_components",
    "same_percent",
    "suggestion",
]

#: The tables, by the two letters of the organisation's country.
COUNTRIES = {
    "AU": australia,
    "GB": united_kingdom,
    "NZ": new_zealand,
    "SG": singapore,
    "US": united_states,
    "ZA": south_africa,
}

_UNLISTED = none("unlisted")

#: Words in the name of a 0 % tax that somebody made by hand, and in Xero's rate.
_WORDS = ("reverse charge", "import", "capital", "exempt", "zero", "free")


def suggestion(country_code, template_id):
    """What the tables say of one tax.

    :param str country_code: of the organisation, two letters
    :param str template_id: the chart template's id of the tax, e.g. ``ST11``; empty
        for a tax that somebody made by hand
    :return: a Suggestion; None where no table has a say
    """
    country = COUNTRIES.get(country_code)
    if not country or not template_id:
        return None
    return country.TAXES.get(template_id, _UNLISTED)


def by_words(name):
    """What the name of a hand-made 0 % tax says: rates with the same word.

    The United Kingdom's chart has no zero-rated purchases, so firms make one.
    """
    name = (name or "").lower()
    word = next((word for word in _WORDS if word in name), "")
    if not word:
        return None
    return Suggestion("", "medium", "by_name", find="name", words=word)


def no_tax(country_code, side):
    """The rate for lines that have no tax in Odoo: always sent, never left out (T17).

    An omitted rate would take the account's default in Xero: tax out of nowhere.

    :param str side: ``sale`` or ``purchase``
    """
    country = COUNTRIES.get(country_code)
    if not country:
        return medium("NONE")
    return country.NO_TAX_SALE if side == "sale" else country.NO_TAX_PURCHASE
