"""Lines of documents: accounts, tax types, items, tracking, texts."""

import pytest

from .client import a_bill, a_line, an_invoice, refused


class TestLines:
    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            (
                {"AccountCode": "999"},
                "Account code '999' is not a valid code for this document.",
            ),
            (
                {"AccountCode": "090"},
                "Account code '090' is not a valid code for this document.",
            ),
            (
                {"AccountCode": "610"},
                "Account code '610' is not a valid code for this document.",
            ),
            (
                {"AccountCode": "630"},
                "Account code '630' is not a valid code for this document.",
            ),
            ({"AccountCode": None}, "Account code must be specified."),
            (
                {"AccountCode": "400"},
                "The TaxType code 'OUTPUT2' cannot be used with account code '400'.",
            ),
            (
                {"TaxType": "INPUT2"},
                "The TaxType code 'INPUT2' cannot be used with account code '200'.",
            ),
            ({"TaxType": "OUTPUT9"}, "The TaxType code 'OUTPUT9' does not exist"),
            ({"TaxType": "SROUTPUT"}, "The TaxType code 'SROUTPUT' does not exist"),
            ({"ItemCode": "X"}, "Item code 'X' is not valid"),
            ({"Description": None}, "Description must be at least 1 character"),
            ({"Description": "x" * 4001}, "at most 4000"),
            (
                {"LineAmount": 99.99},
                "The line total 99.99 does not match the expected line total 100.00",
            ),
            (
                {"Tracking": [{"Name": "Region", "Option": "Nowhere"}]},
                "The tracking option 'Nowhere' does not exist or is archived.",
            ),
            (
                {"Tracking": [{"Name": "Colour", "Option": "Red"}]},
                "The tracking category 'Colour' does not exist or is archived.",
            ),
            ({"DiscountRate": 5, "DiscountAmount": 5}, "Only one of DiscountRate"),
        ],
    )
    def test_a_wrong_line_is_refused(self, xero, contact, changes, message):
        messages = refused(xero, an_invoice(contact, a_line(**changes)))
        assert len(messages) == 1 and message in messages[0]

    def test_every_wrong_line_is_told(self, xero, contact):
        lines = a_line(AccountCode="1"), a_line(AccountCode="2"), a_line(ItemCode="X")
        assert len(refused(xero, an_invoice(contact, *lines))) == 3

    def test_account_codes_are_matched_with_regard_to_case(self, xero, contact):
        xero.put("Accounts", {"Code": "Ab", "Name": "Abc", "Type": "REVENUE"})
        assert xero.invoice(contact, a_line(AccountCode="Ab"))
        assert refused(xero, an_invoice(contact, a_line(AccountCode="AB")))

    def test_an_archived_account_is_refused_in_its_own_words(
        self, xero, contact, control
    ):
        control.archive_account("200")
        assert refused(xero, an_invoice(contact)) == [
            "Account code '200' has been archived, or has been deleted. "
            "Each line item must reference a valid account."
        ]

    @pytest.mark.parametrize(
        ("account", "tax_type", "is_allowed"),
        [
            ("200", "OUTPUT2", True),
            ("200", "CAPEXOUTPUT2", False),
            ("710", "CAPEXINPUT2", True),
            ("710", "INPUT2", True),
            ("400", "CAPEXINPUT2", False),
            ("400", "REVERSECHARGES", True),
            ("200", "DRCHARGESUPPLY20", True),
            ("400", "DRCHARGESUPPLY20", False),
            ("820", "GSTONIMPORTS", True),
            ("400", "GSTONIMPORTS", False),
            ("400", "NONE", True),
        ],
    )
    def test_each_rate_is_for_certain_classes_of_account(
        self, xero, contact, account, tax_type, is_allowed
    ):
        """T24: refused when the rate cannot be applied to the account's class."""
        line = a_line(AccountCode=account, TaxType=tax_type)
        answer = xero.put("Invoices", a_bill(contact, line))
        assert (answer.status == 200) is is_allowed

    def test_without_a_tax_type_the_accounts_rate_counts(self, xero, contact):
        """T17: what is left out is not "no tax"."""
        row = xero.invoice(contact, a_line(TaxType=None))
        assert row["LineItems"][0]["TaxType"] == "OUTPUT2"

    def test_a_text_only_line_has_no_amounts(self, xero, contact):
        row = xero.invoice(contact, a_line(), {"Description": "Thank you"})
        text = row["LineItems"][1]
        assert not {"Quantity", "UnitAmount", "TaxType", "AccountCode"} & set(text)

    def test_an_item_fills_in_what_is_left_out(self, xero, contact):
        details = {"UnitPrice": 7.5, "AccountCode": "260", "TaxType": "RROUTPUT"}
        item = {"Code": "D", "Description": "Desk", "SalesDetails": details}
        xero.create("Items", item)
        (line,) = xero.invoice(contact, {"ItemCode": "D", "Quantity": 2})["LineItems"]
        assert line["Description"] == "Desk" and float(line["LineAmount"]) == 15
        assert (line["AccountCode"], line["TaxType"]) == ("260", "RROUTPUT")

    def test_accounts_may_be_named_by_id(self, xero, contact, control):
        accounts = control.documents("accounts")
        account = next(a for a in accounts if a.get("Code") == "260")
        line = a_line(AccountCode=None, AccountID=account["AccountID"])
        assert xero.invoice(contact, line)["LineItems"][0]["AccountCode"] == "260"

    def test_tracking_by_id_or_name_comes_back_without_option_id(self, xero, contact):
        category = xero.get("TrackingCategories").rows[0]
        option = category["Options"][1]
        ids = {
            "TrackingCategoryID": category["TrackingCategoryID"],
            "TrackingOptionID": option["TrackingOptionID"],
        }
        names = {"Name": category["Name"].upper(), "Option": option["Name"]}
        for tag in (ids, names):
            (line,) = xero.invoice(contact, a_line(Tracking=[tag]))["LineItems"]
            assert line["Tracking"] == [
                {
                    "Name": category["Name"],
                    "Option": option["Name"],
                    "TrackingCategoryID": category["TrackingCategoryID"],
                    "Options": [],
                }
            ]

    def test_a_draft_may_be_incomplete(self, xero, contact):
        line = a_line(AccountCode=None, TaxType=None, Description=None)
        assert xero.invoice(contact, line, Status="DRAFT")["Status"] == "DRAFT"

    def test_an_incomplete_draft_cannot_be_approved(self, xero, contact):
        line = a_line(AccountCode=None, TaxType=None)
        draft = xero.invoice(contact, line, Status="DRAFT")
        answer = xero.post(f"Invoices/{draft['InvoiceID']}", {"Status": "AUTHORISED"})
        assert "Account code must be specified." in answer.messages

    def test_discounts_are_for_sales_only(self, xero, contact):
        line = a_line(AccountCode="400", TaxType="INPUT2", DiscountRate=10)
        assert "Discounts" in refused(xero, a_bill(contact, line))[0]
