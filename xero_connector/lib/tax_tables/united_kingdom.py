"""United Kingdom: ``l10n_uk`` (accounting.md 3.2).

Two published sources give opposite meanings to Xero's codes for domestic reverse charge,
so those are found by name and side (T20). 15 % and 17.5 % are history: never.
"""

from .suggestion import Suggestion, high, low, medium

_DOMESTIC = Suggestion(
    confidence="medium",
    remark="domestic_reverse_charge",
    find="name",
    words="domestic reverse charge",
)

TAXES = {
    "ST11": high("OUTPUT2"),
    "ST5": high("RROUTPUT"),
    "ST0": high("ZERORATEDOUTPUT"),
    "ST2": high("EXEMPTOUTPUT"),
    "ST_0_EX": medium("ZERORATEDOUTPUT", "goods_or_services"),
    "ST_20_RCD": _DOMESTIC,
    "ST4": medium("ECZROUTPUT", "northern_ireland_goods"),
    "PT_20_G": high("INPUT2"),
    "PT_20_S": high("INPUT2"),
    "PT5": high("RRINPUT"),
    "PT2": high("EXEMPTINPUT"),
    "PT_0_EX": medium("ZERORATEDINPUT", "goods_or_services"),
    "PT_20_RCI": medium("REVERSECHARGES", "first_as_draft"),
    "PT_20_RCD": _DOMESTIC,
    "PT_20_PVA": low("ZERORATEDINPUT", "postponed", action="postponed"),
    "PT8": medium("ECACQUISITIONS", "first_as_draft"),
    "PT7": medium(
        "ECZRACQUISITIONS",
        "first_as_draft",
        otherwise=medium("ECZRINPUT", "first_as_draft"),
    ),
}

NO_TAX_SALE = NO_TAX_PURCHASE = medium("NONE", "leaves_the_return")
