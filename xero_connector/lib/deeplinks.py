"""Links that open a record in Xero, in the right organisation.

Xero's own sample app builds them so (xero-api.md, section 6, Organisation): log in to
the organisation named by its short code, then go on to a page. Without the short code
the page opens in whichever organisation the user looked at last.
"""

from urllib.parse import urlencode

BASE_URL = "https://go.xero.com"
LOGIN_PATH = "/organisationlogin/default.aspx"

# What is opened: its page, with {id} for the Xero id. Documented by Xero: invoice,
# bill, contact and payment. The others are commonly used, and not verified.
PAGES = {
    "invoice": "/AccountsReceivable/View.aspx?InvoiceID={id}",
    "bill": "/AccountsPayable/View.aspx?InvoiceID={id}",
    "credit_note": "/AccountsReceivable/ViewCreditNote.aspx?creditNoteID={id}",
    "write_off": "/AccountsReceivable/ViewCreditNote.aspx?creditNoteID={id}",
    "supplier_credit": "/AccountsPayable/ViewCreditNote.aspx?creditNoteID={id}",
    "purchase_order": "/Accounts/Payable/PurchaseOrders/View/{id}",
    "payment": "/Bank/ViewTransaction.aspx?bankTransactionID={id}",
    "overpayment": "/Bank/ViewTransaction.aspx?bankTransactionID={id}",
    "contact": "/Contacts/View/{id}",
    "item": "/Inventory/{id}",
    "bank_account": "/Bank/BankTransactions.aspx?accountID={id}",
    "organisation": "/Dashboard",
    "lock_dates": "/Setup/FinancialSettings.aspx",
    "tax_rates": "/GeneralLedger/TaxRates.aspx",
    "currencies": "/Settings/Currencies",
    "chart_of_accounts": "/GeneralLedger/ChartOfAccounts.aspx",
}


def link(page, xero_id="", short_code="", base_url=BASE_URL):
    """The address that opens something in Xero.

    :param str page: a key of :data:`PAGES`.
    :param str xero_id: id of the record; not needed for pages of the organisation.
    :param str short_code: the organisation's ``ShortCode``, such as ``"!Qj35V"``.
    :returns: str.
    :raises KeyError: there is no such page.
    """
    target = PAGES[page].format(id=xero_id)
    if not short_code:
        return base_url + target
    query = urlencode({"shortcode": short_code, "redirecturl": target})
    return f"{base_url}{LOGIN_PATH}?{query}"
