"""An Australian company: GST, the full BAS (accounting spec, section 3.3).

There is no NONE: what is outside the tax is BASEXCLUDED.
"""

from .chart import chart
from .rows import bank, tax_rate

PROFILE = {
    "Name": "Demo Company (AU)",
    "LegalName": "Demo Company (AU) Pty Ltd",
    "Version": "AU",
    "BaseCurrency": "AUD",
    "CountryCode": "AU",
    "TaxNumber": "11 111 111 138",
    "FinancialYearEndDay": 30,
    "FinancialYearEndMonth": 6,
    "SalesTaxBasis": "ACCRUALS",
    "SalesTaxPeriod": "QUARTERLY1",
    "Timezone": "AUSEASTERNSTANDARDTIME",
}
CURRENCIES = ("AUD", "NZD", "USD", "KWD")
TRACKING = {
    "Region": ("Eastside", "North", "South", "West Coast"),
    "Department": ("Sales", "Service", "Workshop"),
}

TAX_RATES = (
    tax_rate("BASEXCLUDED", "BAS Excluded", 0),
    tax_rate("OUTPUT", "GST on Income", 10),
    tax_rate("EXEMPTOUTPUT", "GST Free Income", 0),
    tax_rate("EXEMPTEXPORT", "GST Free Exports", 0),
    tax_rate("INPUTTAXED", "Input Taxed", 0),
    tax_rate("INPUT", "GST on Expenses", 10),
    tax_rate("CAPEXINPUT", "GST on Capital", 10, "A"),
    tax_rate("EXEMPTEXPENSES", "GST Free Expenses", 0),
    tax_rate("EXEMPTCAPITAL", "GST Free Capital", 0, "A"),
    tax_rate("GSTONIMPORTS", "GST on Imports", 0, "L", charge="import"),
    tax_rate("GSTONCAPIMPORTS", "GST on Capital Imports", 0, "L", charge="import"),
)

ACCOUNTS = (
    bank("090", "Business Bank Account", "121121 12345678", "AUD", "BASEXCLUDED"),
    bank("091", "Business Savings Account", "121121 12345686", "AUD", "BASEXCLUDED"),
    bank(None, "US Dollar Account", "121121 87654321", "USD", "BASEXCLUDED"),
    *chart(
        sales="OUTPUT",
        purchases="INPUT",
        none="BASEXCLUDED",
        tax_name="GST",
        free="EXEMPTEXPENSES",
    ),
)
