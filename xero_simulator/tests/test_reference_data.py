"""Organisation, accounts, tax rates, currencies, tracking, themes."""

import pytest

from .client import a_bill, a_line, refused


class TestOrganisation:
    def test_tells_what_a_connector_needs(self, xero, control):
        row = xero.get("Organisation").row
        assert row["OrganisationID"] == control.tenant_id()
        assert row["BaseCurrency"] == "GBP" and row["CountryCode"] == "GB"
        assert row["ShortCode"].startswith("!")
        assert row["SalesTaxBasis"] == "ACCRUALS"

    def test_leaves_lock_dates_out_until_they_are_set(self, xero, control):
        assert "PeriodLockDate" not in xero.get("Organisation").row
        control.set_lock_date("2026-03-31")
        control.set_lock_date("2025-12-31", kind="year")
        row = xero.get("Organisation").row
        assert row["PeriodLockDate"] == "/Date(1774915200000+0000)/"
        assert row["EndOfYearLockDate"] == "/Date(1767139200000+0000)/"

    def test_actions_say_what_is_allowed(self, xero):
        actions = {
            a["Name"]: a["Status"] for a in xero.get("Organisation/Actions").rows
        }
        assert actions["CreateApprovedInvoice"] == "ALLOWED"
        assert actions["ApproveTransactionsBeforePeriodLockDate"] == "NOT-ALLOWED"

    def test_can_be_changed_by_its_user(self, xero, control):
        control.set_organisation(SalesTaxBasis="CASH")
        assert xero.get("Organisation").row["SalesTaxBasis"] == "CASH"


class TestAccounts:
    def test_the_uk_chart_has_what_a_connector_looks_for(self, xero):
        accounts = xero.get("Accounts").rows
        assert len(accounts) > 40
        system = {a.get("SystemAccount"): a for a in accounts}
        assert {"DEBTORS", "CREDITORS", "GST", "ROUNDING"} <= set(system)
        banks = [a for a in accounts if a["Type"] == "BANK"]
        assert {a["CurrencyCode"] for a in banks} == {"GBP", "EUR", "USD"}
        assert any("Code" not in a for a in banks)
        assert not any(a["EnablePaymentsToAccount"] for a in banks)

    def test_demo_data_was_last_changed_in_2010(self, xero):
        answer = xero.get("Accounts", If_Modified_Since="2020-01-01T00:00:00")
        assert answer.rows == []

    def test_one_is_created_with_its_class(self, xero):
        values = {"Code": "Q-1", "Name": "Quills", "Type": "EXPENSE"}
        row = xero.put("Accounts", values).row
        assert row["Class"] == "EXPENSE" and row["Status"] == "ACTIVE"
        assert xero.get(f"Accounts/{row['AccountID']}").row["Name"] == "Quills"

    def test_only_one_is_taken_per_request(self, xero):
        rows = [{"Code": c, "Name": c, "Type": "EXPENSE"} for c in "ab"]
        assert xero.put("Accounts", {"Accounts": rows}).status == 400

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"Name": "sales"}, "Please enter a unique Name."),
            ({"Code": "200"}, "Please enter a unique Code."),
            ({"Type": "NOVEL"}, "Account type is not valid."),
            ({"Code": "x" * 11}, "maximum length of 10"),
            ({"TaxType": "OUTPUT9"}, "does not exist"),
            ({"Type": "BANK"}, "Bank account number is required"),
        ],
    )
    def test_a_wrong_one_is_refused(self, xero, changes, message):
        values = {"Code": "999", "Name": "New", "Type": "EXPENSE", **changes}
        answer = xero.put("Accounts", values)
        assert answer.status == 400 and message in answer.messages[0]

    def test_codes_differ_by_case(self, xero):
        for code in ("ab", "AB"):
            values = {"Code": code, "Name": f"Name {code}!{code}", "Type": "EXPENSE"}
            values["Name"] = "one" if code == "ab" else "two"
            assert xero.put("Accounts", values).status == 200

    def account_id(self, control, code):
        rows = control.documents("accounts")
        return next(a["AccountID"] for a in rows if a.get("Code") == code)

    def test_the_status_is_changed_alone(self, xero, control):
        path = f"Accounts/{self.account_id(control, '400')}"
        assert xero.post(path, {"Status": "ARCHIVED", "Name": "x"}).status == 400
        assert xero.post(path, {"Status": "ARCHIVED"}).row["Status"] == "ARCHIVED"

    def test_system_accounts_cannot_be_deleted(self, xero, control):
        answer = xero.delete(f"Accounts/{self.account_id(control, '610')}")
        assert answer.message == "You cannot delete system accounts."

    def test_accounts_in_use_cannot_be_deleted(self, xero, control, contact):
        xero.invoice(contact)
        answer = xero.delete(f"Accounts/{self.account_id(control, '200')}")
        assert "cannot be deleted" in answer.message

    def test_unused_accounts_can_be_deleted(self, xero, control):
        answer = xero.delete(f"Accounts/{self.account_id(control, '489')}")
        assert answer.row["Status"] == "DELETED"


class TestTaxRates:
    def rates(self, xero):
        return {r["TaxType"]: r for r in xero.get("TaxRates").rows}

    def test_the_uk_has_the_tax_types_of_the_mapping_guide(self, xero):
        """N18: accounting.md 3.2."""
        wanted = (
            "OUTPUT2 RROUTPUT ZERORATEDOUTPUT EXEMPTOUTPUT ECZROUTPUT "
            "ECZROUTPUTSERVICES INPUT2 RRINPUT EXEMPTINPUT ZERORATEDINPUT "
            "REVERSECHARGES ECACQUISITIONS ECZRACQUISITIONS NONE CAPEXINPUT2 "
            "CAPEXOUTPUT2"
        )
        assert set(wanted.split()) <= set(self.rates(xero))

    def test_deleted_ones_are_listed(self, xero):
        rates = self.rates(xero)
        for tax_type in ("SRINPUT", "SROUTPUT", "INPUT", "OUTPUT"):
            assert rates[tax_type]["Status"] == "DELETED"

    def test_a_reverse_charge_comes_to_nothing(self, xero, contact):
        for code in ("REVERSECHARGES", "ECACQUISITIONS", "DRCHARGE20"):
            assert self.rates(xero)[code]["EffectiveRate"] == 20
            line = a_line(AccountCode="400", TaxType=code)
            bill = xero.create("Invoices", a_bill(contact, line))
            assert (bill["TotalTax"], bill["Total"]) == (0, 100)

    def test_a_tax_amount_sent_under_reverse_charge_is_a_visible_mistake(
        self, xero, contact
    ):
        line = a_line(AccountCode="400", TaxType="REVERSECHARGES", TaxAmount=20)
        bill = xero.create("Invoices", a_bill(contact, line))
        assert (bill["TotalTax"], bill["Total"]) == (20, 120)

    def test_import_tax_is_a_line_on_the_tax_account(self, xero, contact):
        """T22: the line is the tax; nothing comes on top."""
        line = a_line(15, AccountCode="820", TaxType="GSTONIMPORTS", TaxAmount=0)
        bill = xero.create("Invoices", a_bill(contact, line))
        assert (bill["SubTotal"], bill["TotalTax"], bill["Total"]) == (15, 0, 15)
        line["AccountCode"] = "400"
        (message,) = refused(xero, a_bill(contact, line))
        assert "cannot be used with account code" in message

    def test_domestic_reverse_charge_is_known_by_name_and_class(self, xero):
        """T20: never by code."""
        rates = [
            r
            for r in xero.get("TaxRates").rows
            if "Domestic Reverse Charge" in r["Name"]
        ]
        assert [r["CanApplyToRevenue"] for r in rates] == [True, False]
        assert [r["CanApplyToExpenses"] for r in rates] == [False, True]

    def test_capital_rates_are_for_assets_only(self, xero):
        rate = self.rates(xero)["CAPEXINPUT2"]
        allowed = [k for k, v in rate.items() if k.startswith("CanApply") and v]
        assert allowed == ["CanApplyToAssets"]

    def test_one_is_created_with_components(self, xero):
        components = [
            {"Name": "State", "Rate": 4.0, "IsCompound": False},
            {"Name": "City", "Rate": 4.5, "IsCompound": True},
        ]
        values = {"Name": "New York", "TaxComponents": components}
        row = xero.put("TaxRates", {**values, "ReportTaxType": "OUTPUT"}).row
        assert row["TaxType"] == "TAX001"
        assert float(row["EffectiveRate"]) == 8.68

    def test_system_rates_cannot_be_changed(self, xero):
        answer = xero.post("TaxRates", {"TaxType": "OUTPUT2", "Name": "x"})
        assert answer.message == "System tax rates cannot be updated."

    def test_own_rates_are_deleted_by_status(self, xero):
        components = [{"Name": "VAT", "Rate": 3}]
        values = {"Name": "Three", "TaxComponents": components}
        xero.put("TaxRates", {**values, "ReportTaxType": "OUTPUT"})
        xero.post("TaxRates", {"TaxType": "TAX001", "Status": "DELETED"})
        assert self.rates(xero)["TAX001"]["Status"] == "DELETED"

    def test_names_are_unique(self, xero):
        components = [{"Name": "VAT", "Rate": 3}]
        values = {"Name": "no vat", "TaxComponents": components}
        answer = xero.put("TaxRates", {**values, "ReportTaxType": "OUTPUT"})
        assert answer.message == "Please enter a unique Name."


class TestCurrencies:
    def test_are_listed_and_added(self, xero):
        assert [c["Code"] for c in xero.get("Currencies").rows] == [
            *("GBP", "EUR", "USD", "KWD")
        ]
        assert (
            xero.put("Currencies", {"Code": "CHF"}).row["Description"] == "Swiss Franc"
        )
        assert xero.put("Currencies", {"Code": "CHF"}).status == 400


class TestTracking:
    def category(self, xero, name="Region"):
        rows = xero.get("TrackingCategories").rows
        return next(row for row in rows if row["Name"] == name)

    def test_categories_come_with_their_options(self, xero):
        names = [o["Name"] for o in self.category(xero)["Options"]]
        assert names == ["Eastside", "North", "South", "West Coast"]

    def test_two_may_be_active(self, xero):
        answer = xero.put("TrackingCategories", {"Name": "Third"})
        assert "maximum number" in answer.message

    def test_archived_ones_are_listed_on_demand(self, xero):
        path = f"TrackingCategories/{self.category(xero)['TrackingCategoryID']}"
        xero.post(path, {"Status": "ARCHIVED"})
        assert len(xero.get("TrackingCategories").rows) == 1
        assert len(xero.get("TrackingCategories?includeArchived=true").rows) == 2

    def test_options_are_added_renamed_and_archived(self, xero):
        path = f"TrackingCategories/{self.category(xero)['TrackingCategoryID']}/Options"
        option = xero.put(path, {"Name": "Wales"}).row
        own = f"{path}/{option['TrackingOptionID']}"
        assert xero.post(own, {"Name": "Cymru"}).row["Name"] == "Cymru"
        assert xero.post(own, {"Status": "ARCHIVED"}).row["Status"] == "ARCHIVED"
        assert xero.delete(own).status == 200
        assert len(self.category(xero)["Options"]) == 4

    @pytest.mark.parametrize("name", ["north", "", "x" * 101])
    def test_option_names_are_unique_and_short(self, xero, name):
        path = f"TrackingCategories/{self.category(xero)['TrackingCategoryID']}/Options"
        assert xero.put(path, {"Name": name}).status == 400

    def test_what_is_in_use_cannot_be_deleted(self, xero, contact):
        category = self.category(xero)
        xero.invoice(contact, a_line(Tracking=[{"Name": "Region", "Option": "North"}]))
        path = f"TrackingCategories/{category['TrackingCategoryID']}"
        option = next(o for o in category["Options"] if o["Name"] == "North")
        assert xero.delete(path).status == 400
        own = f"{path}/Options/{option['TrackingOptionID']}"
        assert xero.delete(own).status == 400
        assert xero.post(own, {"Status": "ARCHIVED"}).status == 200


def test_branding_themes_are_listed(xero):
    rows = xero.get("BrandingThemes").rows
    assert [row["Name"] for row in rows] == ["Standard", "Special Projects"]
