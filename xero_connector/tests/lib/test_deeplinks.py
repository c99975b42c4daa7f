"""Links that open a record in Xero, in the right organisation."""

from urllib.parse import parse_qs, urlsplit

import pytest

from lib import deeplinks


def test_a_link_goes_through_the_organisation():
    """The form of Xero's own sample app (xero-api.md, section 6)."""
    url = deeplinks.link("invoice", "id-1", "!Qj35V")
    assert url == (
        "https://go.xero.com/organisationlogin/default.aspx?shortcode=%21Qj35V"
        "&redirecturl=%2FAccountsReceivable%2FView.aspx%3FInvoiceID%3Did-1"
    )


@pytest.mark.parametrize(
    "page, target",
    [
        ("invoice", "/AccountsReceivable/View.aspx?InvoiceID=id-1"),
        ("bill", "/AccountsPayable/View.aspx?InvoiceID=id-1"),
        ("contact", "/Contacts/View/id-1"),
        ("payment", "/Bank/ViewTransaction.aspx?bankTransactionID=id-1"),
    ],
)
def test_each_page_is_xeros(page, target):
    query = parse_qs(urlsplit(deeplinks.link(page, "id-1", "!x")).query)
    assert query == {"shortcode": ["!x"], "redirecturl": [target]}


def test_without_a_short_code_the_page_itself_is_opened():
    assert deeplinks.link("contact", "id-1") == "https://go.xero.com/Contacts/View/id-1"
