"""The six countries that an organisation can begin in."""

import pytest
from xero_python.accounting import models
from xero_python.api_client import ModelFinder
from xero_python.api_client.deserializer import deserialize

from xero_simulator.seeds import KNOWN

from .client import Client, a_bill, a_line, an_invoice, refused

RATES = {
    "uk": {
        "OUTPUT2": 20,
        "INPUT2": 20,
        "RROUTPUT": 5,
        "RRINPUT": 5,
        "REVERSECHARGES": 20,
        "NONE": 0,
    },
    "nz": {"OUTPUT2": 15, "INPUT2": 15, "ZERORATED": 0, "GSTONIMPORTS": 0, "NONE": 0},
    "au": {
        "OUTPUT": 10,
        "INPUT": 10,
        "CAPEXINPUT": 10,
        "INPUTTAXED": 0,
        "BASEXCLUDED": 0,
    },
    "us": {"TAX001": 8.875, "TAX002": 8.25, "OUTPUT": 0, "INPUT": 0, "NONE": 0},
    "sg": {
        "OUTPUTY24": 9,
        "INPUTY24": 9,
        "BLINPUT3Y24": 9,
        "IMY24": 0,
        "TXRCTSY24": 0,
    },
    "za": {"OUTPUT3": 15, "INPUT3": 15, "ZERORATED": 0, "IMINPUT": 0, "ACC28PLUS": 15},
}
FORMER = {
    "uk": {"OUTPUT", "SRINPUT", "CAPEXINPUT"},
    "nz": {"OUTPUT", "INPUT"},
    "au": set(),
    "us": {"TAX006"},
    "sg": {"OUTPUTY23", "INPUTY23", "DSOUTPUTY23", "OUTPUT", "IMINPUT2"},
    "za": {"OUTPUT", "INPUT", "SROUTPUT", "CAPEXINPUT"},
}


@pytest.fixture
def in_country(simulator):
    """Connect to a new organisation of a country."""

    def connected(code):
        simulator.control.reset([code])
        return Client(simulator.url, simulator.control.grant())

    return connected


def tax_rates(xero):
    return {row["TaxType"]: row for row in xero.get("TaxRates").rows}


@pytest.mark.parametrize("code", KNOWN)
class TestEveryCountry:
    def test_has_its_tax_rates(self, in_country, code):
        rates = tax_rates(in_country(code))
        for tax_type, percent in RATES[code].items():
            assert float(rates[tax_type]["EffectiveRate"]) == percent, tax_type
            assert rates[tax_type]["Status"] == "ACTIVE"

    def test_lists_former_rates_that_nobody_may_use(self, in_country, code):
        rates = tax_rates(in_country(code))
        former = {name for name, r in rates.items() if r["Status"] != "ACTIVE"}
        assert former >= FORMER[code] and bool(former) == bool(FORMER[code])

    def test_names_are_unique(self, in_country, code):
        xero = in_country(code)
        for resource in ("TaxRates", "Accounts"):
            names = [row["Name"].lower() for row in xero.get(resource).rows]
            assert len(names) == len(set(names))

    def test_its_chart_has_all_that_a_connector_looks_for(self, in_country, code):
        accounts = in_country(code).get("Accounts").rows
        assert len(accounts) > 40
        system = {a.get("SystemAccount") for a in accounts}
        assert {"DEBTORS", "CREDITORS", "GST", "ROUNDING"} <= system
        assert {a["Type"] for a in accounts} >= {
            *("BANK", "REVENUE", "OTHERINCOME", "DIRECTCOSTS", "EXPENSE", "OVERHEADS"),
            *("FIXED", "CURRENT", "CURRLIAB", "TERMLIAB", "EQUITY", "INVENTORY"),
        }
        assert any(a["EnablePaymentsToAccount"] for a in accounts)

    def test_the_taxes_of_its_accounts_exist_and_fit(self, in_country, code):
        xero = in_country(code)
        rates = tax_rates(xero)
        fields = {
            "ASSET": "CanApplyToAssets",
            "EQUITY": "CanApplyToEquity",
            "EXPENSE": "CanApplyToExpenses",
            "LIABILITY": "CanApplyToLiabilities",
            "REVENUE": "CanApplyToRevenue",
        }
        for account in xero.get("Accounts").rows:
            rate = rates[account["TaxType"]]
            assert rate["Status"] == "ACTIVE" and rate[fields[account["Class"]]]

    def test_has_a_base_currency_and_three_more(self, in_country, code):
        xero = in_country(code)
        codes = [row["Code"] for row in xero.get("Currencies").rows]
        assert codes[0] == xero.get("Organisation").row["BaseCurrency"]
        assert len(codes) == 4 and "KWD" in codes

    def test_takes_a_sale_and_a_bill_with_the_taxes_of_the_accounts(
        self, in_country, code
    ):
        xero = in_country(code)
        contact = xero.create("Contacts", {"Name": "Acme"})["ContactID"]
        line = a_line()
        line.pop("TaxType")
        xero.create("Invoices", an_invoice(contact, line))
        bill = a_bill(contact, {**line, "AccountCode": "400"})
        xero.create("Invoices", bill)

    def test_takes_a_document_without_tax(self, in_country, code):
        xero = in_country(code)
        contact = xero.create("Contacts", {"Name": "Acme"})["ContactID"]
        line = a_line()
        line.pop("TaxType")
        row = xero.create(
            "Invoices", an_invoice(contact, line, LineAmountTypes="NoTax")
        )
        none = "BASEXCLUDED" if code == "au" else "NONE"
        assert row["LineItems"][0]["TaxType"] == none and float(row["Total"]) == 100

    def test_is_understood_by_the_sdk(self, in_country, code):
        xero = in_country(code)
        finder = ModelFinder(models)
        for resource in ("Accounts", "TaxRates", "Currencies", "TrackingCategories"):
            assert deserialize(resource, xero.get(resource).body, finder).to_dict()
        assert deserialize("Organisations", xero.get("Organisation").body, finder)


class TestAustralia:
    def test_has_no_none(self, in_country):
        assert "NONE" not in tax_rates(in_country("au"))

    def test_import_tax_is_for_liabilities_only(self, in_country):
        """T22."""
        rate = tax_rates(in_country("au"))["GSTONIMPORTS"]
        assert rate["CanApplyToLiabilities"] and not rate["CanApplyToExpenses"]


class TestSouthAfrica:
    def test_exports_have_the_code_that_invites_the_opposite(self, in_country):
        rates = tax_rates(in_country("za"))
        assert rates["ZERORATED"]["Name"] == "Zero Rate (Excluding Goods Exported)"
        assert rates["ZERORATEDOUTPUT"]["Name"] == "Zero Rate (only Exported Goods)"


class TestUnitedStates:
    def test_rates_add_up_state_and_city(self, in_country):
        rate = tax_rates(in_country("us"))["TAX001"]
        assert [part["Name"] for part in rate["TaxComponents"]] == [
            "State Tax",
            "City Tax",
        ]

    @pytest.mark.parametrize("tax_type", ["AVALARA", "TAX007"])
    def test_automatic_rates_do_not_work_by_api(self, in_country, tax_type):
        xero = in_country("us")
        contact = xero.create("Contacts", {"Name": "Acme"})["ContactID"]
        (message,) = refused(xero, an_invoice(contact, a_line(TaxType=tax_type)))
        assert "cannot be used for this type of transaction" in message


def test_nothing_is_charged_on_imports_and_reverse_charges(in_country):
    xero = in_country("sg")
    contact = xero.create("Contacts", {"Name": "Acme"})["ContactID"]
    lines = [
        a_line(AccountCode="400", TaxType=code)
        for code in ("IMY24", "TXRCTSY24", "TXCAY24", "IGDSINPUT2Y24")
    ]
    bill = xero.create("Invoices", a_bill(contact, *lines))
    assert (float(bill["TotalTax"]), float(bill["Total"])) == (0, 400)
