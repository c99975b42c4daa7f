"""A United States company: sales tax (accounting spec, section 3.7).

Xero has no standard rates here; the company made its own, by state and city. Two of
them have the same total, so that only the name decides.
"""

from .chart import chart
from .rows import bank, custom_rate, tax_rate

PROFILE = {
    "Name": "Demo Company (US)",
    "LegalName": "Demo Company (US) Inc.",
    "Version": "US",
    "BaseCurrency": "USD",
    "CountryCode": "US",
    "TaxNumber": "12-3456789",
    "FinancialYearEndDay": 31,
    "FinancialYearEndMonth": 12,
    "SalesTaxBasis": "ACCRUALS",
    "SalesTaxPeriod": "QUARTERLY",
    "Timezone": "EASTERNSTANDARDTIME",
}
CURRENCIES = ("USD", "EUR", "CAD", "KWD")
TRACKING = {"Region": ("Eastside", "North", "South", "West Coast")}

_CUSTOM = (
    custom_rate(1, "New York City", ("State Tax", 4), ("City Tax", "4.875")),
    custom_rate(2, "Austin, Texas", ("State Tax", "6.25"), ("City Tax", 2)),
    custom_rate(3, "Houston, Texas", ("State Tax", "6.25"), ("City Tax", 2)),
    custom_rate(4, "Los Angeles, CA", ("State Tax", "7.25"), ("City Tax", "2.25")),
    custom_rate(5, "Sales Tax 15%", ("Sales Tax", 15)),
    custom_rate(
        6, "Old City Rate", ("State Tax", 4), ("City Tax", 4), status="DELETED"
    ),
    custom_rate(7, "Denver, CO", ("State Tax", "2.9"), report="USSALESTAX"),
)

TAX_RATES = (
    tax_rate("NONE", "Tax Exempt", 0),
    tax_rate("OUTPUT", "Tax on Sales", 0),
    tax_rate("INPUT", "Tax on Purchases", 0),
    tax_rate("GSTONIMPORTS", "Sales Tax on Imports", 0, charge="import"),
    tax_rate("AVALARA", "Auto Look Up", 0),
    *_CUSTOM,
)

ACCOUNTS = (
    bank("090", "Business Checking Account", "0123456789", "USD"),
    bank("091", "Business Savings Account", "0123456790", "USD"),
    bank(None, "Euro Account", "0123456791", "EUR"),
    *chart(sales="OUTPUT", purchases="INPUT", none="NONE", tax_name="Sales Tax"),
)
