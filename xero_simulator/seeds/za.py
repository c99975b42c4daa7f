"""A South African company: VAT of 15 % (accounting spec, section 3.6).

ZERORATED is everything but exports, ZERORATEDOUTPUT is exports only.
"""

from .chart import chart
from .rows import bank, tax_rate

PROFILE = {
    "Name": "Demo Company (ZA)",
    "LegalName": "Demo Company (ZA) (Pty) Ltd",
    "Version": "GLOBAL",
    "BaseCurrency": "ZAR",
    "CountryCode": "ZA",
    "TaxNumber": "4012345678",
    "FinancialYearEndDay": 28,
    "FinancialYearEndMonth": 2,
    "SalesTaxBasis": "INVOICE",
    "SalesTaxPeriod": "TWOMONTHS",
    "Timezone": "SOUTHAFRICASTANDARDTIME",
}
CURRENCIES = ("ZAR", "USD", "EUR", "KWD")
TRACKING = {"Region": ("Coast", "Highveld", "Karoo")}

NOT_LIABILITIES = "AQXR"
OLD = {"status": "ARCHIVED"}
IMPORTED = {"charge": "import"}

_SALES = (
    tax_rate("OUTPUT3", "Standard Rate Sales", 15, report="OUTPUT"),
    tax_rate("SROUTPUT2", "Standard Rate Sales - Capital Goods", 15),
    tax_rate("ZERORATED", "Zero Rate (Excluding Goods Exported)", 0, report="ZROUTPUT"),
    tax_rate(
        "ZERORATEDOUTPUT", "Zero Rate (only Exported Goods)", 0, report="ZREXPORT"
    ),
    tax_rate("EXEMPTOUTPUT", "Exempt and Non-Supplies", 0),
    tax_rate("ACC28PLUS", "Accommodation exceeding 28 days", 15),
    tax_rate("ACCUPTO28", "Accommodation under 28 days", 15),
    tax_rate("SHOUTPUT", "Export of Second-hand Goods", 15),
    tax_rate("OUTPUT4", "Change in Use (Sales)", 15, report="CIUOUTPUT"),
)

_PURCHASES = (
    tax_rate("INPUT3", "Standard Rate Purchases", 15, NOT_LIABILITIES, report="INPUT"),
    tax_rate(
        "CAPEXINPUT2",
        "Standard Rate Purchases - Capital Goods",
        15,
        report="CAPEXINPUT",
    ),
    tax_rate("IMINPUT", "Goods and Services Imported", 0, **IMPORTED),
    tax_rate("GSTONCAPIMPORTS", "Capital Goods Imported", 0, **IMPORTED),
    tax_rate("INPUT4", "Change in Use (Purchases)", 15, report="CIUINPUT"),
    tax_rate("BADDEBT", "Bad Debt", 15),
    tax_rate("ZRINPUT", "Zero Rated Purchases", 0),
    tax_rate("EXEMPTINPUT", "Exempt Purchases", 0),
)

_FORMER = (
    tax_rate("OUTPUT", "Old Standard Rate Sales (14%)", 14, **OLD),
    tax_rate("INPUT", "Old Standard Rate Purchases (14%)", 14, **OLD),
    tax_rate("SROUTPUT", "Old Rate Sales - Capital Goods (14%)", 14, **OLD),
    tax_rate("CAPEXINPUT", "Old Rate Purchases - Capital Goods (14%)", 14, **OLD),
)

TAX_RATES = (
    tax_rate("NONE", "No VAT", 0),
    *_SALES,
    *_PURCHASES,
    *_FORMER,
)

ACCOUNTS = (
    bank("090", "Business Bank Account", "250655 62012345678", "ZAR"),
    bank("091", "Business Savings Account", "250655 62012345686", "ZAR"),
    bank(None, "US Dollar Account", "250655 62012345694", "USD"),
    *chart(
        sales="OUTPUT3",
        purchases="INPUT3",
        none="NONE",
        tax_name="VAT",
        free="EXEMPTINPUT",
    ),
)
