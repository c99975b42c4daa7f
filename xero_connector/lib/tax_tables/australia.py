"""Australia: ``l10n_au`` (accounting.md 3.3).

Organisations on simpler BAS have six rates, others eleven, hence what comes otherwise.
"""

from .suggestion import high, low, medium, none

_NO_ABN = none("withheld", action="withhold")
_RETURN_ONLY = none("belongs_in_the_return")

_PURCHASES = {
    "10": high("INPUT"),
    "capital": high(
        "CAPEXINPUT",
        on_assets="CAPEXINPUT",
        otherwise=medium("INPUT", "capital_as_expense"),
    ),
    "0": high("EXEMPTEXPENSES", on_assets="EXEMPTCAPITAL"),
    "taxable_import": medium("BASEXCLUDED", "overseas_supplier"),
    "gst_only": medium(
        "GSTONIMPORTS",
        "import_tax",
        action="import_tax",
        on_assets="GSTONCAPIMPORTS",
    ),
    "input": low("INPUTTAXED", "gross_as_cost", action="gross"),
    "private": low("BASEXCLUDED", "gross_as_cost", action="gross"),
    "adj": _RETURN_ONLY,
}

_REPORTED = {"high": "medium"}


def _of_contractors(base):
    """The same tax for reported contractors: Xero loses the report's flag (TPAR)."""
    if base.confidence == "none":
        return base
    return base.but(
        confidence=_REPORTED.get(base.confidence, base.confidence), remark="tpar"
    )


def _without_number(base):
    """The same, with 47 % held back: the rate, and a negative line (T29)."""
    if base.confidence == "none":
        return base
    return base.but(confidence="low", remark="withheld", action="withhold")


TAXES = {
    "au_tax_sale_10": high("OUTPUT"),
    "au_tax_sale_exempt": high("EXEMPTOUTPUT"),
    "au_tax_sale_0": high(
        "EXEMPTEXPORT", otherwise=medium("EXEMPTOUTPUT", "simpler_bas")
    ),
    "au_tax_sale_input": high("INPUTTAXED", otherwise=none("ask_input_taxed")),
    "au_tax_sale_adj": _RETURN_ONLY,
    "au_tax_dgst": none("deferred_gst"),
    "au_tax_witheld": _NO_ABN,
    "au_tax_payg_w3": _RETURN_ONLY,
    "au_tax_sale_payg_i": _RETURN_ONLY,
    "au_tax_sale_payg_w": _RETURN_ONLY,
    "au_tax_sale_fbt": _RETURN_ONLY,
    "au_tax_sale_ftc": _RETURN_ONLY,
    "au_tax_sale_lct": none("ask_adviser"),
    "au_tax_sale_wet": none("ask_adviser"),
}
for _name, _base in _PURCHASES.items():
    _template = f"au_tax_purchase_{_name}_service"
    TAXES[_template] = _base
    TAXES[f"{_template}_tpar"] = _of_contractors(_base)
    TAXES[f"{_template}_tpar_no_abn"] = _without_number(_base)

#: Australia's Xero has no NONE.
NO_TAX_SALE = NO_TAX_PURCHASE = medium("BASEXCLUDED", "leaves_the_return")
