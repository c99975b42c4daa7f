"""South Africa: ``l10n_za`` (accounting.md 3.6).

OUTPUT is the old 14 %: never. ZERORATEDOUTPUT is exported goods and ZERORATED all other
zero-rated sales, although the codes invite the opposite.
"""

from .suggestion import high, low, medium, none

_RETURN_ONLY = none("belongs_in_the_return")

TAXES = {
    "ST1": high("OUTPUT3"),
    "ST1A": high("SROUTPUT2"),
    "ST2": high("ZERORATED"),
    "ST2A": high("ZERORATEDOUTPUT"),
    "ST3": high("EXEMPTOUTPUT"),
    "ST5": medium("ACC28PLUS"),
    "ST7": medium("ACCUPTO28"),
    "ST10": medium("OUTPUT4", otherwise=medium("SHOUTPUT")),
    "ST12": _RETURN_ONLY,
    "PT15": high("INPUT3"),
    "PT14": high("CAPEXINPUT2"),
    "PT15A": low("IMINPUT", "import_tax", action="import_tax"),
    "PT14A": low("GSTONCAPIMPORTS", "import_tax", action="import_tax"),
    "PT16": medium("INPUT4"),
    "PT17": medium("BADDEBT"),
    "PT18": _RETURN_ONLY,
}

NO_TAX_SALE = medium("NONE", "leaves_the_return")
NO_TAX_PURCHASE = low("NONE", "zero_or_exempt")
