"""The chart of accounts with which Xero begins outside the United Kingdom."""

from .rows import account


def chart(sales, purchases, none, tax_name, free=None):
    """The accounts of a small company, less its banks.

    :param sales: TaxType of ordinary sales
    :param purchases: TaxType of ordinary purchases
    :param none: TaxType of what is outside the tax
    :param tax_name: what the tax is called, e.g. ``GST``
    :param free: TaxType of purchases that are free of tax; ``none`` unless said
    """
    types = {"sales": sales, "purchases": purchases, "none": none}
    types["free"] = free or none
    rows = [
        account(code, name.format(tax=tax_name), kind, types[use], *system)
        for code, name, kind, use, *system in ROWS
    ]
    return rows + [
        account(code, name, kind, none, EnablePaymentsToAccount=True)
        for code, name, kind in TAKING_PAYMENTS
    ]


TAKING_PAYMENTS = (
    ("855", "Card Clearing", "CURRENT"),
    ("881", "Owner A Funds Introduced", "EQUITY"),
)

ROWS = (
    ("200", "Sales", "REVENUE", "sales"),
    ("260", "Other Revenue", "REVENUE", "sales"),
    ("270", "Interest Income", "REVENUE", "none"),
    ("280", "Gains on Disposal", "OTHERINCOME", "none"),
    ("310", "Cost of Goods Sold", "DIRECTCOSTS", "purchases"),
    ("325", "Direct Expenses", "DIRECTCOSTS", "purchases"),
    ("400", "Advertising", "EXPENSE", "purchases"),
    ("404", "Bank Fees", "EXPENSE", "free"),
    ("408", "Cleaning", "EXPENSE", "purchases"),
    ("412", "Consulting & Accounting", "EXPENSE", "purchases"),
    ("416", "Depreciation", "DEPRECIATN", "none"),
    ("420", "Entertainment", "EXPENSE", "purchases"),
    ("425", "Freight & Courier", "OVERHEADS", "purchases"),
    ("429", "General Expenses", "EXPENSE", "purchases"),
    ("433", "Insurance", "OVERHEADS", "purchases"),
    ("437", "Interest Expense", "OVERHEADS", "none"),
    ("441", "Legal expenses", "OVERHEADS", "purchases"),
    ("445", "Light, Power, Heating", "OVERHEADS", "purchases"),
    ("449", "Motor Vehicle Expenses", "OVERHEADS", "purchases"),
    ("453", "Office Expenses", "OVERHEADS", "purchases"),
    ("461", "Printing & Stationery", "OVERHEADS", "purchases"),
    ("469", "Rent", "EXPENSE", "purchases"),
    ("473", "Repairs and Maintenance", "OVERHEADS", "purchases"),
    ("477", "Wages and Salaries", "OVERHEADS", "none"),
    ("485", "Subscriptions", "OVERHEADS", "purchases"),
    ("489", "Telephone & Internet", "OVERHEADS", "purchases"),
    ("493", "Travel - National", "OVERHEADS", "purchases"),
    ("494", "Travel - International", "OVERHEADS", "free"),
    ("497", "Bank Revaluations", "EXPENSE", "none", "BANKCURRENCYGAIN"),
    ("498", "Unrealised Currency Gains", "EXPENSE", "none", "UNREALISEDCURRENCYGAIN"),
    ("499", "Realised Currency Gains", "EXPENSE", "none", "REALISEDCURRENCYGAIN"),
    ("505", "Income Tax Expense", "OVERHEADS", "none"),
    ("610", "Accounts Receivable", "CURRENT", "none", "DEBTORS"),
    ("620", "Prepayments", "PREPAYMENT", "none"),
    ("630", "Inventory", "INVENTORY", "none"),
    ("710", "Office Equipment", "FIXED", "purchases"),
    ("711", "Less Accumulated Depreciation on Office Equipment", "FIXED", "none"),
    ("720", "Computer Equipment", "FIXED", "purchases"),
    ("721", "Less Accumulated Depreciation on Computer Equipment", "FIXED", "none"),
    ("800", "Accounts Payable", "CURRLIAB", "none", "CREDITORS"),
    ("801", "Unpaid Expense Claims", "CURRLIAB", "none", "UNPAIDEXPCLM"),
    ("805", "Accruals", "CURRLIAB", "none"),
    ("810", "Income in Advance", "CURRLIAB", "none"),
    ("820", "{tax}", "CURRLIAB", "none", "GST"),
    ("830", "Income Tax Payable", "CURRLIAB", "none"),
    ("840", "Historical Adjustment", "CURRLIAB", "none", "HISTORICAL"),
    ("850", "Suspense", "CURRLIAB", "none"),
    ("860", "Rounding", "CURRLIAB", "none", "ROUNDING"),
    ("877", "Tracking Transfers", "CURRLIAB", "none", "TRACKINGTRANSFERS"),
    ("880", "Owner A Drawings", "EQUITY", "none"),
    ("900", "Loan", "TERMLIAB", "none"),
    ("960", "Retained Earnings", "EQUITY", "none", "RETAINEDEARNINGS"),
    ("970", "Owner A Share Capital", "EQUITY", "none"),
)
