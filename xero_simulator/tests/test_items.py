"""Items."""

import pytest

from .client import a_line, an_invoice


class TestItems:
    def test_are_created_and_read_by_code(self, xero):
        details = {"UnitPrice": 9.5, "AccountCode": "200", "TaxType": "OUTPUT2"}
        xero.create("Items", {"Code": "DESK", "Name": "Desk", "SalesDetails": details})
        row = xero.get("Items/DESK").row
        assert float(row["SalesDetails"]["UnitPrice"]) == 9.5

    def test_leave_out_what_is_absent_and_the_offset(self, xero):
        row = xero.create("Items", {"Code": "DESK"})
        assert "Description" not in row
        assert row["UpdatedDateUTC"].endswith(")/") and "+" not in row["UpdatedDateUTC"]

    def test_put_refuses_a_known_code(self, xero):
        xero.create("Items", {"Code": "abc"})
        answer = xero.put("Items", {"Code": "abc"})
        assert answer.message == "Price List Item with Code 'abc' already exists"

    def test_post_updates_a_known_code(self, xero, control):
        first = xero.create("Items", {"Code": "abc", "Name": "one"})
        row = xero.post("Items", {"Code": "abc", "Name": "two"}).row
        assert row["ItemID"] == first["ItemID"] and row["Name"] == "two"
        assert len(control.documents("items")) == 1

    def test_prices_have_two_decimals_or_four(self, xero):
        price = {"SalesDetails": {"UnitPrice": 1.2345}}
        two = xero.create("Items", {"Code": "two", **price})
        four = xero.create("Items", {"Code": "four", **price}, "?unitdp=4")
        assert float(two["SalesDetails"]["UnitPrice"]) == 1.23
        assert float(four["SalesDetails"]["UnitPrice"]) == 1.2345
        shown = xero.get("Items/four").row["SalesDetails"]["UnitPrice"]
        assert float(shown) == 1.23

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"Code": "x" * 31}, "maximum length of 30"),
            ({"Code": "x", "Name": "n" * 51}, "maximum length of 50"),
            ({"Name": "n"}, "Code must be specified"),
            (
                {"Code": "x", "SalesDetails": {"AccountCode": "nix"}},
                "Account code 'nix' is not a valid code",
            ),
            (
                {
                    "Code": "x",
                    "SalesDetails": {"AccountCode": "400", "TaxType": "OUTPUT2"},
                },
                "The TaxType code 'OUTPUT2' cannot be used with account code '400'.",
            ),
        ],
    )
    def test_wrong_ones_are_refused(self, xero, values, message):
        answer = xero.put("Items", values)
        assert answer.status == 400 and message in answer.message

    def test_at_most_500_come_in_one_request(self, xero):
        rows = [{"Code": str(number)} for number in range(501)]
        assert xero.put("Items", {"Items": rows}).status == 400

    def test_deleting_an_unused_one_is_a_204(self, xero):
        row = xero.create("Items", {"Code": "x"})
        assert xero.delete(f"Items/{row['ItemID']}").status == 204
        assert xero.get("Items").rows == []

    def test_a_used_one_cannot_be_deleted(self, xero, contact):
        row = xero.create("Items", {"Code": "x"})
        xero.invoice(contact, a_line(ItemCode="x"))
        assert xero.delete(f"Items/{row['ItemID']}").status == 400

    def test_lists_are_not_paged(self, xero):
        xero.put("Items", {"Items": [{"Code": str(n)} for n in range(150)]})
        answer = xero.get("Items?page=1")
        assert len(answer.rows) == 150 and "pagination" not in answer.body

    def test_one_that_is_not_sold_cannot_stand_on_an_invoice(self, xero, contact):
        xero.create("Items", {"Code": "x", "IsSold": False})
        answer = xero.put("Invoices", an_invoice(contact, a_line(ItemCode="x")))
        assert "is not sold" in answer.message
