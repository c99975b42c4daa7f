"""A United Kingdom company: VAT, base currency GBP (accounting spec, section 3.2)."""

from .rows import ALL, account, bank, tax_rate

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
CURRENCIES = ("GBP", "EUR", "USD", "KWD")
TRACKING = {
    "Region": ("Eastside", "North", "South", "West Coast"),
    "Department": ("Sales", "Service", "Workshop"),
}

SALES, PURCHASES = "AQLR", "AQXL"
GONE, OLD = {"status": "DELETED"}, {"status": "ARCHIVED"}
REVERSE = {"charge": "reverse"}
CAPITAL_SALES = {"report": "CAPITALSALESOUTPUT"}
CAPITAL_PURCHASES = {"report": "CAPITALEXPENSESINPUT"}

_SALES = (
    tax_rate("OUTPUT2", "20% (VAT on Income)", 20, SALES, report="OUTPUT"),
    tax_rate("RROUTPUT", "5% (VAT on Income)", 5, SALES, report="OUTPUT"),
    tax_rate("ZERORATEDOUTPUT", "Zero Rated Income", 0, SALES),
    tax_rate("EXEMPTOUTPUT", "Exempt Income", 0, SALES),
    tax_rate("ECZROUTPUT", "Zero Rated EC Goods Income", 0, SALES, report="ECOUTPUT"),
    tax_rate(
        "ECZROUTPUTSERVICES",
        "Zero Rated EC Services",
        0,
        SALES,
        report="ECOUTPUTSERVICES",
    ),
    tax_rate(
        "DRCHARGESUPPLY20",
        "Domestic Reverse Charge @ 20% (VAT on Income)",
        0,
        SALES,
        report="DRCHARGESUPPLY",
        **REVERSE,
    ),
    tax_rate("CAPEXOUTPUT2", "20% (VAT on Capital Sales)", 20, "A", **CAPITAL_SALES),
)
"""A sale under reverse charge shows 0.00: the buyer accounts for the tax."""

_PURCHASES = (
    tax_rate("INPUT2", "20% (VAT on Expenses)", 20, PURCHASES, report="INPUT"),
    tax_rate("RRINPUT", "5% (VAT on Expenses)", 5, PURCHASES, report="INPUT"),
    tax_rate("ZERORATEDINPUT", "Zero Rated Expenses", 0, PURCHASES),
    tax_rate("EXEMPTINPUT", "Exempt Expenses", 0, PURCHASES),
    tax_rate("ECZRINPUT", "Zero Rated EC Expenses", 0, PURCHASES, report="ECINPUT"),
    tax_rate(
        "ECZRACQUISITIONS",
        "EC Acquisitions (Zero Rated)",
        0,
        PURCHASES,
        report="ECACQUISITIONS",
    ),
    tax_rate("ECACQUISITIONS", "EC Acquisitions (20%)", 20, PURCHASES, **REVERSE),
    tax_rate(
        "REVERSECHARGES", "Reverse Charge Expenses (20%)", 20, PURCHASES, **REVERSE
    ),
    tax_rate(
        "DRCHARGE20",
        "Domestic Reverse Charge @ 20% (VAT on Expenses)",
        20,
        PURCHASES,
        report="DRCHARGE",
        **REVERSE,
    ),
    tax_rate(
        "CAPEXINPUT2", "20% (VAT on Capital Purchases)", 20, "A", **CAPITAL_PURCHASES
    ),
    tax_rate("GSTONIMPORTS", "VAT on Imports", 0, "L", charge="import"),
)
"""Bought under reverse charge: 20.00 is shown, nothing is charged."""

_FORMER = (
    tax_rate("SROUTPUT", "15% (VAT on Income)", 15, SALES, **GONE),
    tax_rate("SRINPUT", "15% (VAT on Expenses)", 15, PURCHASES, **GONE),
    tax_rate("OUTPUT", "17.5% (VAT on Income)", "17.5", SALES, **GONE),
    tax_rate("INPUT", "17.5% (VAT on Expenses)", "17.5", PURCHASES, **GONE),
    tax_rate(
        "CAPEXINPUT",
        "17.5% (VAT on Capital Purchases)",
        "17.5",
        "A",
        **CAPITAL_PURCHASES,
        **OLD,
    ),
    tax_rate(
        "CAPEXOUTPUT",
        "17.5% (VAT on Capital Sales)",
        "17.5",
        "A",
        **CAPITAL_SALES,
        **OLD,
    ),
)

TAX_RATES = (
    tax_rate("NONE", "No VAT", 0, ALL),
    *_SALES,
    *_PURCHASES,
    *_FORMER,
)

_BANKS = (
    bank("090", "Business Bank Account", "20-00-00 12345678", "GBP"),
    bank("091", "Business Savings Account", "20-00-00 12345686", "GBP"),
    bank("092", "Euro Account", "20-00-00 87654321", "EUR"),
    bank(None, "US Dollar Account", "20-00-00 87654339", "USD"),
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
    *_BANKS,
    *(account(*row) for row in (*_PLAIN, *_SYSTEM)),
    *(account(*row, EnablePaymentsToAccount=True) for row in _PAYABLE),
)
