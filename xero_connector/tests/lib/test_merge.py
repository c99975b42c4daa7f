"""Three versions of a document, without Odoo and without Xero."""

import pytest

from odoo.addons.xero_connector.lib import held, merge


def line(key="L1", **values):
    row = {
        "LineItemID": key,
        "Description": "Consulting",
        "Quantity": 1,
        "UnitAmount": 100,
        "AccountCode": "200",
        "TaxType": "OUTPUT2",
        "TaxAmount": 20,
    }
    return row | values


def document(*lines, **values):
    return {
        "Type": "ACCREC",
        "Contact": {"ContactID": "c1"},
        "Date": "2026-07-03",
        "DueDate": "2026-08-02",
        "LineAmountTypes": "Exclusive",
        "LineItems": list(lines),
    } | values


def ours(*lines, **values):
    """As Odoo sends it: no ids, no tax that Xero computes by itself."""
    plain = [
        {n: v for n, v in row.items() if n not in ("LineItemID", "TaxAmount")}
        for row in lines
    ]
    return document(*plain, **values)


def versions(before, now, there, keys=("1",), new_keys=None):
    """What Odoo has now and Xero has now, agreed on before."""
    ids = [row["LineItemID"] for row in before]
    agreed = {
        "ours": merge.content(ours(*before), list(keys)),
        "theirs": merge.content(document(*before)),
        "lines": [list(pair) for pair in zip(keys, ids, strict=True)],
    }
    return merge.Versions(agreed, now, list(new_keys or keys), there)


class TestMerge:
    def test_only_odoo_changed(self):
        """N12: our value on Xero's line."""
        found = versions([line()], ours(line(Quantity=3)), document(line()))
        element, keys = found.merged()
        [row] = element["LineItems"]
        assert (row["LineItemID"], row["Quantity"], keys) == ("L1", 3, ["1"])
        assert "TaxAmount" not in row
        assert found.changed_there() == []

    def test_only_xero_changed(self):
        """I15: theirs stays, and is reported."""
        there = document(line(AccountCode="260"))
        found = versions([line()], ours(line()), there)
        element, keys = found.merged()
        assert "LineItems" not in element
        assert keys is None
        [difference] = found.changed_there()
        assert (difference.name, difference.before, difference.theirs) == (
            "AccountCode",
            "200",
            "260",
        )

    def test_each_changed_something(self):
        """T64: field by field."""
        there = document(line(AccountCode="260"))
        [row] = versions([line()], ours(line(Quantity=3)), there).merged()[0][
            "LineItems"
        ]
        assert (row["AccountCode"], row["Quantity"]) == ("260", 3)

    def test_both_changed_the_same_field(self):
        """T64: ours, once a person said so."""
        there = document(line(AccountCode="260"))
        found = versions([line()], ours(line(AccountCode="220")), there)
        [row] = found.merged()[0]["LineItems"]
        assert row["AccountCode"] == "220"
        assert [each.theirs for each in found.changed_there()] == ["260"]

    def test_their_price_with_our_quantity_leaves_the_tax_to_xero(self):
        """T64, I6: no tax of ours on figures that are not ours."""
        there = document(line(UnitAmount=110, TaxAmount=22))
        mine = document(
            {n: v for n, v in line(Quantity=3, TaxAmount=60).items() if n[-2:] != "ID"}
        )
        [row] = versions([line()], mine, there).merged()[0]["LineItems"]
        assert (row["UnitAmount"], row["Quantity"]) == (110, 3)
        assert "TaxAmount" not in row

    def test_a_line_that_xero_added_stays(self):
        """I15: sent back with its id, or Xero would delete it."""
        there = document(line(), line("X9", Description="Theirs"))
        element, keys = versions([line()], ours(line(Quantity=3)), there).merged()
        assert [row["LineItemID"] for row in element["LineItems"]] == ["L1", "X9"]
        assert keys == ["1", "xero:X9"]

    def test_a_line_that_xero_removed_stays_away(self):
        """I15: unless Odoo changed that very line."""
        both = [line("L1"), line("L2", Description="Travel")]
        there = document(line("L1"))
        mine = ours(line(Quantity=3), line(Description="Travel"))
        element, keys = versions(both, mine, there, keys=("1", "2")).merged()
        assert keys == ["1"]
        mine = ours(line(), line(Description="Travel", Quantity=2))
        element, keys = versions(both, mine, there, keys=("1", "2")).merged()
        assert keys == ["1", "2"]
        assert "LineItemID" not in element["LineItems"][1]

    def test_what_was_left_as_xero_had_it_stays(self):
        """T64: the account kept once is not put back by the next change."""
        found = versions([line()], ours(line(Quantity=3)), document(line()))
        found.base_theirs["lines"][0][1]["AccountCode"] = "260"
        found.there["LineItems"][0]["AccountCode"] = "260"
        [row] = found.merged()[0]["LineItems"]
        assert row["AccountCode"] == "260"

    def test_overwritten_it_is_odoos_as_a_whole(self):
        """T64: also what Xero added to a line is taken away."""
        there = document(line(AccountCode="260", ItemCode="X", DiscountRate=5))
        found = versions([line()], ours(line()), there)
        [row] = found.overwritten()[0]["LineItems"]
        assert row["AccountCode"] == "200"
        assert (row["ItemCode"], row["DiscountRate"]) == ("", 0)

    def test_prices_that_contain_their_tax_now_leave_the_tax_to_xero(self):
        """I6: the tax of before would be wrong for the same figures."""
        mine = ours(line(), LineAmountTypes="Inclusive")
        element, _keys = versions([line()], mine, document(line())).merged()
        [row] = element["LineItems"]
        assert (element["LineAmountTypes"], row["UnitAmount"]) == ("Inclusive", 100)
        assert "TaxAmount" not in row

    def test_a_header_only_change_sends_no_lines(self):
        """N12: lines that are not sent cannot be lost."""
        mine = ours(line(), Reference="PO 12")
        element, keys = versions([line()], mine, document(line())).merged()
        assert element["Reference"] == "PO 12"
        assert "LineItems" not in element
        assert keys is None


class TestHeld:
    @pytest.mark.parametrize(
        ("there", "sent", "expected"),
        [
            ({"Status": "PAID"}, {"Status": "AUTHORISED"}, True),
            ({"Status": "DRAFT"}, {"Status": "AUTHORISED"}, False),
            ({"Date": "/Date(1783036800000+0000)/"}, {"Date": "2026-07-03"}, True),
            ({"Date": "/Date(1783036800000+0000)/"}, {"Date": "2026-07-04"}, False),
            ({"Name": " Two  words"}, {"Name": "Two words"}, True),
            ({"Code": "0200"}, {"Code": "200"}, False),
            ({"Rate": 20.0}, {"Rate": 20}, True),
            ({}, {"Reference": ""}, True),
            ({"LineItems": [{"A": 1}, {"A": 2}]}, {"LineItems": [{"A": 1}]}, False),
            (
                {"LineItems": [{"A": 2}, {"A": 1}]},
                {"LineItems": [{"A": 1}, {"A": 2}]},
                False,
            ),
            (
                {"Phones": [{"T": "FAX"}, {"T": "A", "N": "1"}]},
                {"Phones": [{"T": "A"}]},
                True,
            ),
        ],
    )
    def test_what_xero_shows_differently_is_the_same(self, there, sent, expected):
        """I4: doubt about a change compares what was sent with what is there."""
        assert held.holds(there, sent) is expected
