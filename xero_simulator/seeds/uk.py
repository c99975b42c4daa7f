"""A United Kingdom company: VAT, base currency GBP (accounting spec, section 3.2)."""

from decimal import Decimal

PROFILE = {
    "Name": "Demo Company (UK)",
    "LegalName": "Demo Company (UK) Limited",
    "Version": "UK",
    "BaseCurrency": "GBP",
    "CountryCode": "GB",
    "TaxNumber": "101 2-303",
    "FinancialYearEndDay": 31,
    "FinancialYearEndMonth": 3,
    "SalesTaxBasis": "ACCRUALS",
    "SalesTaxPeriod": "QUARTERLY",
    "Timezone": "GMTSTANDARDTIME",
}
CURRENCIES = ("GBP", "EUR", "USD")
TRACKING = {
    "Region": ("Eastside", "North", "South", "West Coast"),
    "Department": ("Sales", "Service", "Workshop"),
}

ZERO, FIVE = Decimal("0"), Decimal("5")
FIFTEEN, OLD, TWENTY = Decimal("15"), Decimal("17.5"), Decimal("20")

SALES, PURCHASES, ALL = "AQLR", "AQXL", "AQXLR"


def _reversed(rate):
    """A charge and its reversal: nothing to pay, both boxes filled."""
    charge = {"IsCompound": False, "IsNonRecoverable": False}
    return [
        {"Name": "VAT", "Rate": rate, **charge},
        {"Name": "Reverse VAT", "Rate": -rate, **charge},
    ]


TAX_RATES = (
    ("NONE", "No VAT", ZERO, ALL),
    ("OUTPUT2", "20% (VAT on Income)", TWENTY, SALES),
    ("INPUT2", "20% (VAT on Expenses)", TWENTY, PURCHASES),
    ("RROUTPUT", "5% (VAT on Income)", FIVE, SALES),
    ("RRINPUT", "5% (VAT on Expenses)", FIVE, PURCHASES),
    ("ZERORATEDOUTPUT", "Zero Rated Income", ZERO, SALES),
    ("ZERORATEDINPUT", "Zero Rated Expenses", ZERO, PURCHASES),
    ("EXEMPTOUTPUT", "Exempt Income", ZERO, SALES),
    ("EXEMPTINPUT", "Exempt Expenses", ZERO, PURCHASES),
    ("ECZROUTPUT", "Zero Rated EC Goods Income", ZERO, SALES),
    ("ECZROUTPUTSERVICES", "Zero Rated EC Services", ZERO, SALES),
    ("ECZRINPUT", "Zero Rated EC Expenses", ZERO, PURCHASES),
    ("ECZRACQUISITIONS", "EC Acquisitions (Zero Rated)", ZERO, PURCHASES),
    (
        "ECACQUISITIONS",
        "EC Acquisitions (20%)",
        ZERO,
        PURCHASES,
        "ACTIVE",
        _reversed(TWENTY),
        TWENTY,
    ),
    (
        "REVERSECHARGES",
        "Reverse Charge Expenses (20%)",
        ZERO,
        PURCHASES,
        "ACTIVE",
        _reversed(TWENTY),
        TWENTY,
    ),
    (
        "DRCHARGESUPPLY20",
        "Domestic Reverse Charge @ 20% (VAT on Income)",
        ZERO,
        SALES,
    ),
    (
        "DRCHARGE20",
        "Domestic Reverse Charge @ 20% (VAT on Expenses)",
        ZERO,
        PURCHASES,
        "ACTIVE",
        _reversed(TWENTY),
        TWENTY,
    ),
    ("CAPEXINPUT2", "20% (VAT on Capital Purchases)", TWENTY, "A"),
    ("CAPEXOUTPUT2", "20% (VAT on Capital Sales)", TWENTY, "A"),
    ("GSTONIMPORTS", "VAT on Imports", ZERO, "L"),
    ("SROUTPUT", "15% (VAT on Income)", FIFTEEN, SALES, "DELETED"),
    ("SRINPUT", "15% (VAT on Expenses)", FIFTEEN, PURCHASES, "DELETED"),
    ("OUTPUT", "17.5% (VAT on Income)", OLD, SALES, "DELETED"),
    ("INPUT", "17.5% (VAT on Expenses)", OLD, PURCHASES, "DELETED"),
    ("CAPEXINPUT", "17.5% (VAT on Capital Purchases)", OLD, "A", "ARCHIVED"),
    ("CAPEXOUTPUT", "17.5% (VAT on Capital Sales)", OLD, "A", "ARCHIVED"),
)


def _bank(code, name, number, currency="GBP"):
    return (
        (code, name, "BANK", "NONE"),
        {"BankAccountNumber": number, "CurrencyCode": currency},
    )


_BANKS = (
    _bank("090", "Business Bank Account", "20-00-00 12345678"),
    _bank("091", "Business Savings Account", "20-00-00 12345686"),
    _bank("092", "Euro Account", "20-00-00 87654321", "EUR"),
    _bank(None, "US Dollar Account", "20-00-00 87654339", "USD"),
)

_PLAIN = (
    ("200", "Sales", "REVENUE", "OUTPUT2"),
    ("260", "Other Revenue", "REVENUE", "OUTPUT2"),
    ("270", "Interest Income", "REVENUE", "NONE"),
    ("280", "Gains on Disposal", "OTHERINCOME", "NONE"),
    ("310", "Cost of Goods Sold", "DIRECTCOSTS", "INPUT2"),
    ("320", "Direct Wages", "DIRECTCOSTS", "NONE"),
    ("325", "Direct Expenses", "DIRECTCOSTS", "INPUT2"),
    ("400", "Advertising & Marketing", "OVERHEADS", "INPUT2"),
    ("401", "Audit & Accountancy fees", "OVERHEADS", "INPUT2"),
    ("404", "Bank Fees", "OVERHEADS", "EXEMPTINPUT"),
    ("408", "Cleaning", "OVERHEADS", "INPUT2"),
    ("412", "Consulting", "OVERHEADS", "INPUT2"),
    ("416", "Depreciation Expense", "DEPRECIATN", "NONE"),
    ("420", "Entertainment", "OVERHEADS", "NONE"),
    ("425", "Postage, Freight & Courier", "OVERHEADS", "INPUT2"),
    ("429", "General Expenses", "EXPENSE", "INPUT2"),
    ("433", "Insurance", "OVERHEADS", "EXEMPTINPUT"),
    ("445", "Light, Power, Heating", "OVERHEADS", "RRINPUT"),
    ("449", "Motor Vehicle Expenses", "OVERHEADS", "INPUT2"),
    ("461", "Printing & Stationery", "OVERHEADS", "INPUT2"),
    ("463", "IT Software and Consumables", "OVERHEADS", "INPUT2"),
    ("469", "Rent", "OVERHEADS", "INPUT2"),
    ("473", "Repairs & Maintenance", "OVERHEADS", "INPUT2"),
    ("477", "Salaries", "OVERHEADS", "NONE"),
    ("485", "Subscriptions", "OVERHEADS", "INPUT2"),
    ("489", "Telephone & Internet", "OVERHEADS", "INPUT2"),
    ("493", "Travel - National", "OVERHEADS", "ZERORATEDINPUT"),
    ("620", "Prepayments", "PREPAYMENT", "NONE"),
    ("630", "Inventory", "INVENTORY", "NONE"),
    ("710", "Office Equipment", "FIXED", "INPUT2"),
    ("720", "Computer Equipment", "FIXED", "INPUT2"),
    ("764", "Plant and Machinery", "FIXED", "INPUT2"),
    ("805", "Accruals", "CURRLIAB", "NONE"),
    ("810", "Income in Advance", "CURRLIAB", "NONE"),
    ("825", "PAYE Payable", "CURRLIAB", "NONE"),
    ("850", "Suspense", "CURRLIAB", "NONE"),
    ("900", "Loan", "TERMLIAB", "NONE"),
    ("950", "Capital - Ordinary Shares", "EQUITY", "NONE"),
)

_SYSTEM = (
    ("497", "Bank Revaluations", "EXPENSE", "NONE", "BANKCURRENCYGAIN"),
    ("498", "Unrealised Currency Gains", "EXPENSE", "NONE", "UNREALISEDCURRENCYGAIN"),
    ("499", "Realised Currency Gains", "EXPENSE", "NONE", "REALISEDCURRENCYGAIN"),
    ("610", "Accounts Receivable", "CURRENT", "NONE", "DEBTORS"),
    ("800", "Accounts Payable", "CURRLIAB", "NONE", "CREDITORS"),
    ("801", "Unpaid Expense Claims", "CURRLIAB", "NONE", "UNPAIDEXPCLM"),
    ("814", "Wages Payable", "CURRLIAB", "NONE", "WAGEPAYABLES"),
    ("820", "VAT", "CURRLIAB", "NONE", "GST"),
    ("840", "Historical Adjustment", "CURRLIAB", "NONE", "HISTORICAL"),
    ("860", "Rounding", "CURRLIAB", "NONE", "ROUNDING"),
    ("877", "Tracking Transfers", "CURRLIAB", "NONE", "TRACKINGTRANSFERS"),
    ("960", "Retained Earnings", "EQUITY", "NONE", "RETAINEDEARNINGS"),
)

_PAYABLE = (
    ("835", "Directors' Loan Account", "CURRLIAB", "NONE"),
    ("855", "Card Clearing", "CURRENT", "NONE"),
)

ACCOUNTS = (
    *((row, more) for row, more in _BANKS),
    *((row, {}) for row in (*_PLAIN, *_SYSTEM)),
    *((row, {"EnablePaymentsToAccount": True}) for row in _PAYABLE),
)
