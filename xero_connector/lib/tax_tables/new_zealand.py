"""New Zealand: ``l10n_nz`` (accounting.md 3.4).

OUTPUT is the old 12.5 %: never. ZERORATED is refused on expenses and on assets.
"""

from .suggestion import high, medium

TAXES = {
    "nz_tax_sale_15": high("OUTPUT2"),
    "nz_tax_sale_0": high("ZERORATED"),
    "nz_tax_purchase_15": high("INPUT2"),
    "nz_tax_purchase_0": medium("NONE", "zero_rated_refused"),
    "nz_tax_purchase_taxable_import": medium("NONE", "overseas_supplier"),
    "nz_tax_purchase_gst_only": medium(
        "GSTONIMPORTS", "import_tax", action="import_tax"
    ),
}

NO_TAX_SALE = high("NONE", remark="exempt_sales")
NO_TAX_PURCHASE = high("NONE")
