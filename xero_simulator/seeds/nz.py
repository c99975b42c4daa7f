"""A New Zealand company: GST, base currency NZD, payments basis."""

from decimal import Decimal

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
CURRENCIES = ("NZD", "AUD", "USD")
TRACKING = {"Region": ("Eastside", "North", "South", "West Coast")}

ZERO, FIFTEEN = Decimal("0"), Decimal("15")
ALL = "AQXLR"

TAX_RATES = (
    ("NONE", "No GST", ZERO, ALL),
    ("OUTPUT2", "15% GST on Income", FIFTEEN, ALL),
    ("INPUT2", "15% GST on Expenses", FIFTEEN, ALL),
    ("ZERORATED", "Zero Rated", ZERO, "LR"),
    ("GSTONIMPORTS", "GST on Imports", ZERO, ALL),
    ("OUTPUT", "GST on Income (12.5%)", Decimal("12.5"), ALL, "DELETED"),
)

_ROWS = (
    ("200", "Sales", "REVENUE", "OUTPUT2"),
    ("260", "Other Revenue", "REVENUE", "OUTPUT2"),
    ("270", "Interest Income", "REVENUE", "NONE"),
    ("310", "Cost of Goods Sold", "DIRECTCOSTS", "INPUT2"),
    ("400", "Advertising", "EXPENSE", "INPUT2"),
    ("404", "Bank Fees", "EXPENSE", "NONE"),
    ("429", "General Expenses", "EXPENSE", "INPUT2"),
    ("469", "Rent", "EXPENSE", "INPUT2"),
    ("630", "Inventory", "INVENTORY", "NONE"),
    ("710", "Office Equipment", "FIXED", "INPUT2"),
    ("610", "Accounts Receivable", "CURRENT", "NONE", "DEBTORS"),
    ("800", "Accounts Payable", "CURRLIAB", "NONE", "CREDITORS"),
    ("820", "GST", "CURRLIAB", "NONE", "GST"),
    ("840", "Historical Adjustment", "CURRLIAB", "NONE", "HISTORICAL"),
    ("860", "Rounding", "CURRLIAB", "NONE", "ROUNDING"),
    ("960", "Retained Earnings", "EQUITY", "NONE", "RETAINEDEARNINGS"),
)

ACCOUNTS = (
    (
        ("090", "Business Bank Account", "BANK", "NONE"),
        {"BankAccountNumber": "12-3456-7890123-00", "CurrencyCode": "NZD"},
    ),
    *((row, {}) for row in _ROWS),
)
