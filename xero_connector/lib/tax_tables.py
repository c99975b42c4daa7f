"""Which Xero rate a tax of Odoo's charts is, by the chart's own id of the tax.

Names and rates are what users change; ``ST11`` is the United Kingdom's 20 % on sales
for ever. Source: accounting.md section 3. A tax that is not listed has no suggestion
here; 0 % has five meanings and is never suggested by its rate.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Suggestion:
    """``confidence`` is ``high`` (pre-filled, sure) or ``medium`` (please check)."""

    tax_type: str
    confidence: str
    remark: str = ""


_UNITED_KINGDOM = {
    "ST11": Suggestion("OUTPUT2", "high"),
    "ST5": Suggestion("RROUTPUT", "high"),
    "ST0": Suggestion("ZERORATEDOUTPUT", "high"),
    "ST2": Suggestion("EXEMPTOUTPUT", "high"),
    "ST_0_EX": Suggestion("ZERORATEDOUTPUT", "medium", "goods or services?"),
    "ST4": Suggestion("ECZROUTPUT", "medium", "goods from Northern Ireland only"),
    "PT_20_G": Suggestion("INPUT2", "high"),
    "PT_20_S": Suggestion("INPUT2", "high"),
    "PT5": Suggestion("RRINPUT", "high"),
    "PT2": Suggestion("EXEMPTINPUT", "high"),
    "PT_0_EX": Suggestion("ZERORATEDINPUT", "medium", "goods or services?"),
}

_TABLES = {"GB": _UNITED_KINGDOM}

#: Australia's Xero has no NONE.
_NO_TAX = {"AU": "BASEXCLUDED"}


def suggestion(country_code, template_id):
    """What the tables say of one tax, or None.

    :param str country_code: of the organisation, two letters
    :param str template_id: the chart template's id of the tax, e.g. ``ST11``
    """
    return _TABLES.get(country_code, {}).get(template_id)


def no_tax(country_code):
    """The rate for lines that have no tax in Odoo: always sent, never left out (T17).

    An omitted rate would take the account's default in Xero: tax out of nowhere.
    """
    return _NO_TAX.get(country_code, "NONE")
