"""A Singapore company: GST of 9 % (accounting spec, section 3.5)."""

from .chart import chart
from .rows import bank, tax_rate

PROFILE = {
    "Name": "Demo Company (SG)",
    "LegalName": "Demo Company (SG) Pte Ltd",
    "Version": "GLOBAL",
    "BaseCurrency": "SGD",
    "CountryCode": "SG",
    "TaxNumber": "M91234567X",
    "FinancialYearEndDay": 31,
    "FinancialYearEndMonth": 12,
    "SalesTaxBasis": "ACCRUALS",
    "SalesTaxPeriod": "3MONTHLY",
    "Timezone": "SINGAPORESTANDARDTIME",
}
CURRENCIES = ("SGD", "USD", "EUR", "KWD")
TRACKING = {"Region": ("Central", "East", "North", "West")}

OLD = {"status": "ARCHIVED"}
IMPORTED = {"charge": "import"}
REVERSE = {"charge": "reverse"}

_SALES = (
    tax_rate("OUTPUTY24", "Standard-Rated Supplies", 9, report="OUTPUT"),
    tax_rate("ZERORATEDOUTPUT", "Zero-Rated Supplies", 0),
    tax_rate("ES33OUTPUT", "Regulation 33 Exempt Supplies", 0),
    tax_rate("ESN33OUTPUT", "Non-Regulation 33 Exempt Supplies", 0),
    tax_rate("DSOUTPUTY24", "Deemed Supplies", 9, report="DSOUTPUT"),
    tax_rate("OSOUTPUT2", "Out of Scope Supplies", 0, report="OSOUTPUT"),
    tax_rate("SRCAS", "Customer Accounting Supplies", 0, **REVERSE),
    tax_rate("SROVRRSY24", "Overseas Vendor Remote Services", 9, report="SROVRRS"),
    tax_rate("SROVRLVGY24", "Overseas Vendor Low-Value Goods", 9, report="SROVRLVG"),
    tax_rate("SRLVGY24", "Own Supply of Low-Value Goods", 9, report="SRLVG"),
)

_PURCHASES = (
    tax_rate("INPUTY24", "Standard-Rated Purchases", 9, report="INPUT"),
    tax_rate(
        "TXN33INPUTY24",
        "Purchases for Non-Regulation 33 Exempt Supplies",
        9,
        report="TXN33INPUT",
    ),
    tax_rate(
        "TXESSINPUTY24",
        "Purchases for Regulation 33 Exempt Supplies",
        9,
        report="TXESSINPUT",
    ),
    tax_rate(
        "TXREINPUTY24",
        "Purchases for Both Taxable and Exempt Supplies",
        9,
        report="TXREINPUT",
    ),
    tax_rate("ZERORATEDINPUT", "Zero-Rated Purchases", 0),
    tax_rate("NRINPUT", "Purchases from Non-GST Registered Suppliers", 0),
    tax_rate("OPINPUT", "Out of Scope Purchases", 0),
    tax_rate("EPINPUT", "Exempt Purchases", 0),
    tax_rate("MEINPUT", "Purchases under Special Schemes", 0),
    tax_rate("BLINPUT3Y24", "Disallowed Expenses", 9, report="BLINPUT3"),
)

_ENTERED_APART = (
    tax_rate("IGDSINPUT2Y24", "Import GST Deferment", 0, report="IGDSINPUT2"),
    tax_rate("IMY24", "Imports", 0, report="IM", **IMPORTED),
    tax_rate("IMESSY24", "Imports (Regulation 33)", 0, report="IMESS", **IMPORTED),
    tax_rate("IMN33Y24", "Imports (Non-Reg 33)", 0, report="IMN33", **IMPORTED),
    tax_rate("IMREY24", "Imports (Both Supplies)", 0, report="IMRE", **IMPORTED),
    tax_rate("TXCAY24", "Customer Accounting Purchases", 0, report="TXCA", **REVERSE),
    tax_rate("TXRCTSY24", "Reverse Charge (Taxable)", 0, report="TXRCTS", **REVERSE),
    tax_rate("TXRCESSY24", "Reverse Charge (Reg 33)", 0, report="TXRCESS", **REVERSE),
    tax_rate("TXRCN33Y24", "Reverse Charge (Non-33)", 0, report="TXRCN33", **REVERSE),
    tax_rate("TXRCREY24", "Reverse Charge (Both)", 0, report="TXRCRE", **REVERSE),
)
"""0.00 on the document: the tax is entered apart, or the buyer accounts for it."""

_FORMER = (
    tax_rate("OUTPUTY23", "Standard-Rated Supplies (8%)", 8, report="OUTPUT", **OLD),
    tax_rate("INPUTY23", "Standard-Rated Purchases (8%)", 8, report="INPUT", **OLD),
    tax_rate("DSOUTPUTY23", "Deemed Supplies (8%)", 8, report="DSOUTPUT", **OLD),
    tax_rate("OUTPUT", "Standard-Rated Supplies (7%)", 7, **OLD),
    tax_rate("INPUT", "Standard-Rated Purchases (7%)", 7, **OLD),
    tax_rate("DSOUTPUT", "Deemed Supplies (7%)", 7, **OLD),
    tax_rate("OSOUTPUT", "Out of Scope Supplies (2023)", 0, **OLD),
    tax_rate("IMINPUT2", "2022 Imports", 0, **OLD),
)

TAX_RATES = (
    tax_rate("NONE", "No Tax", 0),
    *_SALES,
    *_PURCHASES,
    *_ENTERED_APART,
    *_FORMER,
)

ACCOUNTS = (
    bank("090", "Business Bank Account", "123-456789-001", "SGD"),
    bank("091", "Business Savings Account", "123-456789-002", "SGD"),
    bank(None, "US Dollar Account", "123-456789-003", "USD"),
    *chart(
        sales="OUTPUTY24",
        purchases="INPUTY24",
        none="NONE",
        tax_name="GST",
        free="EPINPUT",
    ),
)
