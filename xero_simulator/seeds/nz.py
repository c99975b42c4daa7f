"""A New Zealand company: GST, payments basis (accounting spec, section 3.4)."""

from .chart import chart
from .rows import bank, tax_rate

PROFILE = {
    "Name": "Demo Company (NZ)",
    "LegalName": "Demo Company (NZ) Limited",
    "Version": "NZ",
    "BaseCurrency": "NZD",
    "CountryCode": "NZ",
    "TaxNumber": "101-2-303",
    "FinancialYearEndDay": 31,
    "FinancialYearEndMonth": 3,
    "SalesTaxBasis": "PAYMENTS",
    "SalesTaxPeriod": "TWOMONTHS",
    "Timezone": "NEWZEALANDSTANDARDTIME",
}
CURRENCIES = ("NZD", "AUD", "USD", "KWD")
TRACKING = {"Region": ("Eastside", "North", "South", "West Coast")}

GONE = {"status": "DELETED"}

TAX_RATES = (
    tax_rate("NONE", "No GST", 0),
    tax_rate("OUTPUT2", "15% GST on Income", 15, report="OUTPUT"),
    tax_rate("INPUT2", "15% GST on Expenses", 15, report="INPUT"),
    tax_rate("ZERORATED", "Zero Rated", 0, "LR", report="ZERORATEDOUTPUT"),
    tax_rate("GSTONIMPORTS", "GST on Imports", 0, "L", charge="import"),
    tax_rate("OUTPUT", "GST on Income (12.5%)", "12.5", **GONE),
    tax_rate("INPUT", "GST on Expenses (12.5%)", "12.5", **GONE),
)

ACCOUNTS = (
    bank("090", "Business Bank Account", "12-3456-7890123-00", "NZD"),
    bank("091", "Business Savings Account", "12-3456-7890123-01", "NZD"),
    bank(None, "US Dollar Account", "12-3456-7890123-02", "USD"),
    *chart(sales="OUTPUT2", purchases="INPUT2", none="NONE", tax_name="GST"),
)
