"""The tables of taxes, read against Xero's published rates of each country."""

from dataclasses import dataclass, field

import pytest

from odoo.addons.xero_connector.lib import tax_tables
from odoo.addons.xero_connector.lib.tax_tables.suggestion import high, medium


@dataclass
class Rate:
    """A rate of an organisation's, as the copies of Xero's list show it."""

    tax_type: str
    effective_rate: float = 0
    name: str = ""
    on: str = "AQXLR"
    components: list = field(default_factory=list)
    report_tax_type: str = ""

    def __getattr__(self, flag):
        letters = {
            "on_assets": "A",
            "on_equity": "Q",
            "on_expenses": "X",
            "on_liabilities": "L",
            "on_revenue": "R",
        }
        if flag not in letters:
            raise AttributeError(flag)
        return letters[flag] in self.on


SALE = tax_tables.Tax("20%", "sale", 20)
PURCHASE = tax_tables.Tax("20%", "purchase", 20)


def chosen(suggestion, tax, *rates, **more):
    step, rate = tax_tables.choose(suggestion, tax, rates, **more)
    return rate and rate.tax_type, step.confidence


def test_a_sale_tax_never_takes_a_rate_for_purchases():
    """S86, T24: the side is in Xero's flags, not in its codes."""
    assert chosen(high("X"), SALE, Rate("X", 20, on="AQXL"))[0] is None
    assert chosen(high("X"), SALE, Rate("X", 20, on="R")) == ("X", "high")
    assert chosen(high("X"), PURCHASE, Rate("X", 20, on="AQLR"))[0] is None
    assert chosen(high("X"), PURCHASE, Rate("X", 20, on="A")) == ("X", "high")


def test_a_rate_with_another_percentage_is_not_the_same_tax():
    """N31: a code that someone gave another rate is not suggested."""
    assert chosen(high("X"), SALE, Rate("X", 17.5))[0] is None


def test_a_reverse_charge_is_compared_by_its_meaning():
    """N31, T20: Xero shows 20 %, and the supplier is paid nothing of it."""
    tax = tax_tables.Tax("20% RC", "purchase", 0, reverse=True)
    undone = [{"rate": 20.0, "compound": False}, {"rate": -20.0, "compound": False}]
    assert chosen(medium("RC"), tax, Rate("RC", 20, components=undone))[0] == "RC"
    assert chosen(medium("RC"), tax, Rate("RC", 20, "Reverse Charge"))[0] == "RC"
    assert chosen(medium("RC"), tax, Rate("RC", 0))[0] == "RC"
    assert chosen(medium("RC"), tax, Rate("RC", 20, "VAT"))[0] is None


def test_what_comes_otherwise_is_less_sure():
    """S89: an organisation on simpler BAS has no rate for exports."""
    exports = tax_tables.suggestion("AU", "au_tax_sale_0")
    tax = tax_tables.Tax("0% EX", "sale", 0)
    free, abroad = Rate("EXEMPTOUTPUT"), Rate("EXEMPTEXPORT")
    assert chosen(exports, tax, free, abroad) == ("EXEMPTEXPORT", "high")
    assert chosen(exports, tax, free) == ("EXEMPTOUTPUT", "medium")


def test_a_rate_that_an_account_in_use_does_not_take():
    """T24: capital rates go on assets only; what stands on expenses takes another."""
    capital = tax_tables.suggestion("AU", "au_tax_purchase_capital_service")
    tax = tax_tables.Tax("10% C", "purchase", 10)
    rates = [Rate("CAPEXINPUT", 10, on="A"), Rate("INPUT", 10)]
    assert chosen(capital, tax, *rates) == ("CAPEXINPUT", "high")
    on_expenses = chosen(
        capital, tax, *rates, takes_accounts=lambda rate: rate.on_expenses
    )
    assert on_expenses == ("INPUT", "medium")


@pytest.mark.parametrize("income", ["DRCHARGE20", "DRCHARGESUPPLY20"])
def test_domestic_reverse_charge_goes_by_name_and_side(income):
    """T20: two sources give opposite meanings to the codes."""
    expenses = {"DRCHARGE20": "DRCHARGESUPPLY20", "DRCHARGESUPPLY20": "DRCHARGE20"}
    name = "Domestic Reverse Charge @ 20%"
    rates = [
        Rate(expenses[income], 0, f"{name} (VAT on Expenses)", "AQXL"),
        Rate(income, 0, f"{name} (VAT on Income)", "AQLR"),
    ]
    sale = tax_tables.Tax("0% RC", "sale", 0)
    purchase = tax_tables.Tax("20% RC", "purchase", 0, reverse=True)
    of_sales = tax_tables.suggestion("GB", "ST_20_RCD")
    of_purchases = tax_tables.suggestion("GB", "PT_20_RCD")
    assert chosen(of_sales, sale, *rates) == (income, "medium")
    assert chosen(of_purchases, purchase, *rates) == (expenses[income], "medium")


def test_the_name_decides_between_rates_of_the_same_percentage():
    """S89: American firms make their own rates, one for each authority."""
    texas = tax_tables.suggestion("US", "account_tax_us_sale_6_25")
    tax = tax_tables.Tax("6.25% Texas", "sale", 6.25)
    rates = [
        Rate("TAX001", 6.25, "Massachusetts"),
        Rate("TAX002", 6.25, "Texas 6.25%"),
        Rate("TAX003", 8.25, "Texas"),
        Rate("OUTPUT", 0, "Tax on Sales"),
    ]
    assert chosen(texas, tax, *rates) == ("TAX002", "medium")
    assert chosen(texas, tax, *rates[2:])[0] is None


def test_a_hand_made_tax_never_takes_a_rate_of_the_other_side():
    """S86: where every rate may stand on every account, the code tells."""
    by_percent = medium("", "by_percent", find="rate")
    rates = [Rate("INPUT", 10, "GST we pay"), Rate("OUTPUT", 10, "GST on Income")]
    sale = tax_tables.Tax("GST we pay", "sale", 10)
    purchase = tax_tables.Tax("GST on Income", "purchase", 10)
    assert chosen(by_percent, sale, *rates)[0] == "OUTPUT"
    assert chosen(by_percent, purchase, *rates)[0] == "INPUT"


def test_nothing_is_found_by_0_percent():
    """T17: zero has five meanings."""
    tax = tax_tables.Tax("0%", "sale", 0)
    assert not tax_tables.same_percent(tax, [Rate("ZERO"), Rate("NONE")])
    assert tax_tables.by_words("0% home-made") is None


def test_a_hand_made_zero_rate_is_found_by_its_words():
    """N31: the United Kingdom's chart has no zero-rated purchases."""
    words = tax_tables.by_words("Zero rated food")
    tax = tax_tables.Tax("Zero rated food", "purchase", 0)
    rates = [
        Rate("EXEMPTINPUT", 0, "Exempt Expenses", "AQXL"),
        Rate("ZERORATEDOUTPUT", 0, "Zero Rated Income", "AQLR"),
        Rate("ZERORATEDINPUT", 0, "Zero Rated Expenses", "AQXL"),
    ]
    assert chosen(words, tax, *rates) == ("ZERORATEDINPUT", "medium")


def test_several_taxes_are_one_rate_of_the_same_parts_in_order():
    """T27, S91: state, then city; compound only where the city taxes the state's."""

    def made_of(name, *parts):
        rows = [{"rate": rate, "compound": compound} for rate, compound in parts]
        return Rate(name, components=rows)

    right = made_of("RIGHT", (4.0, False), (4.5, False))
    wrong_order = made_of("ORDER", (4.5, False), (4.0, False))
    compound = made_of("COMPOUND", (4.0, False), (4.5, True))
    more = made_of("MORE", (4.0, False), (4.5, False), (1.0, False))
    rates = [wrong_order, compound, more, right]
    found = tax_tables.same_components([(4.0, False), (4.5, False)], rates)
    assert found == [right]
    assert tax_tables.same_components([(4.0, False), (4.5, True)], rates) == [compound]
    assert not tax_tables.same_components([], [Rate("EMPTY")])


@pytest.mark.parametrize(
    ("country", "sale", "purchase"),
    [
        ("GB", ("NONE", "medium"), ("NONE", "medium")),
        ("AU", ("BASEXCLUDED", "medium"), ("BASEXCLUDED", "medium")),
        ("NZ", ("NONE", "high"), ("NONE", "high")),
        ("SG", ("NONE", "medium"), ("NONE", "medium")),
        ("ZA", ("NONE", "medium"), ("NONE", "low")),
        ("US", ("NONE", "medium"), ("NONE", "medium")),
    ],
)
def test_lines_without_a_tax(country, sale, purchase):
    """T17: always sent, never left to the account's default."""
    for side, wanted in (("sale", sale), ("purchase", purchase)):
        found = tax_tables.no_tax(country, side)
        assert (found.tax_type, found.confidence) == wanted


def test_a_tax_of_the_chart_that_is_not_listed_has_no_suggestion():
    """S89, N31: and one that somebody made is not the tables' business."""
    assert tax_tables.suggestion("SG", "sg_purchase_tax_bl_7").confidence == "none"
    assert tax_tables.suggestion("SG", "") is None
    assert tax_tables.suggestion("CA", "ST11") is None


def test_former_rates_keep_their_codes():
    """S89, T34: a credit note for an old invoice needs them, where they are active."""
    found = {
        template: tax_tables.suggestion("SG", f"sg_{template}").tax_type
        for template in (
            "sale_tax_sr_8",
            "sale_tax_sr_7",
            "sale_tax_ds_8",
            "sale_tax_ds_7",
            "purchase_tax_tx8_8",
            "purchase_tax_tx7_7",
        )
    }
    assert found == {
        "sale_tax_sr_8": "OUTPUTY23",
        "sale_tax_sr_7": "OUTPUT",
        "sale_tax_ds_8": "DSOUTPUTY23",
        "sale_tax_ds_7": "DSOUTPUT",
        "purchase_tax_tx8_8": "INPUTY23",
        "purchase_tax_tx7_7": "INPUT",
    }


def test_deferred_gst_has_no_rate():
    """S89: entered in the activity statement."""
    assert tax_tables.suggestion("AU", "au_tax_dgst").confidence == "none"


def test_steps_of_a_suggestion_end():
    both = high("A", otherwise=medium("B", otherwise=medium("C")))
    assert [step.tax_type for step in both.steps()] == ["A", "B", "C"]
