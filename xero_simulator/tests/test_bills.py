"""Bills: where they differ from sales invoices (spec: Invoice)."""

import pytest

from .client import a_bill, a_line, a_supplier_credit, an_invoice, refused

SETTLED = (
    "This document cannot be edited as it has a payment or credit note allocated to it."
)


def a_bill_line(amount=100, **values):
    return a_line(amount, **{"AccountCode": "400", "TaxType": "INPUT2", **values})


@pytest.fixture
def bill(xero, contact):
    """An approved bill over 120.00 with two lines."""
    lines = (a_bill_line(60), a_bill_line(40, Description="Repair"))
    return xero.create("Invoices", a_bill(contact, *lines, InvoiceNumber="B/77"))


def post(xero, bill, values):
    return xero.post(f"Invoices/{bill['InvoiceID']}", values)


def lines_of(xero, bill):
    return xero.get(f"Invoices/{bill['InvoiceID']}").row["LineItems"]


class TestNumbers:
    def test_posting_a_known_one_makes_another_bill(self, xero, contact, bill):
        again = a_bill(contact, InvoiceNumber="B/77")
        row = xero.post("Invoices", {"Invoices": [again]}).row
        assert row["InvoiceID"] != bill["InvoiceID"]

    def test_they_may_be_those_of_sales(self, xero, contact, bill):
        xero.create("Invoices", an_invoice(contact, InvoiceNumber="B/77"))
        assert len(xero.get("Invoices?InvoiceNumbers=B/77").rows) == 2

    def test_none_is_made_up(self, xero, contact):
        row = xero.create("Invoices", a_bill(contact))
        assert "InvoiceNumber" not in row

    def test_finding_by_number_finds_every_holder(self, xero, contact, bill):
        xero.create("Invoices", a_bill(contact, InvoiceNumber="B/77"))
        rows = xero.get("Invoices?InvoiceNumbers=b/77,other&page=1").rows
        assert len(rows) == 2 and {row["Type"] for row in rows} == {"ACCPAY"}

    def test_a_changed_bill_still_ignores_its_reference(self, xero, bill):
        assert post(xero, bill, {"Reference": "R"}).row["Reference"] == ""


class TestChanging:
    def test_lines_with_ids_stay_and_others_are_made_anew(self, xero, bill):
        first, second = bill["LineItems"]
        rows = [{"LineItemID": first["LineItemID"], "UnitAmount": 70}, a_bill_line(5)]
        changed = post(xero, bill, {"LineItems": rows}).row["LineItems"]
        assert changed[0]["LineItemID"] == first["LineItemID"]
        assert changed[0]["LineAmount"] == 70
        assert changed[1]["LineItemID"] != second["LineItemID"]

    def test_a_void_needs_no_lines(self, xero, contact, bill):
        values = {
            "Type": "ACCPAY",
            "Contact": {"ContactID": contact},
            "Date": "2026-09-14",
            "Status": "VOIDED",
        }
        assert post(xero, bill, values).row["Status"] == "VOIDED"
        assert len(lines_of(xero, bill)) == 2

    @pytest.mark.parametrize("status", ["DRAFT", "SUBMITTED"])
    def test_a_draft_is_deleted_not_voided(self, xero, contact, status):
        bill = xero.create("Invoices", a_bill(contact, Status=status))
        assert post(xero, bill, {"Status": "VOIDED"}).status == 400
        assert post(xero, bill, {"Status": "DELETED"}).row["Status"] == "DELETED"

    def test_a_draft_may_lie_in_a_locked_period_until_it_is_approved(
        self, xero, contact, control
    ):
        control.set_lock_date("2026-09-30")
        bill = xero.create("Invoices", a_bill(contact, Status="DRAFT"))
        assert "lock date" in post(xero, bill, {"Status": "AUTHORISED"}).message

    def test_there_are_no_discounts(self, xero, contact):
        line = a_bill_line(DiscountRate=10)
        (message,) = refused(xero, a_bill(contact, line))
        assert message.startswith("Discounts are not supported")


class TestPaid:
    """What may change since 19 March 2026."""

    @pytest.fixture
    def paid(self, xero, bill, control):
        control.pay(bill["InvoiceID"])
        return bill

    def lines(self, bill, **values):
        rows = [{"LineItemID": row["LineItemID"]} for row in bill["LineItems"]]
        rows[0] |= values
        return {"LineItems": rows}

    def test_account_text_and_tracking_of_a_line_change(self, xero, paid):
        tag = {"Name": "Region", "Option": "North"}
        values = {"AccountCode": "429", "Description": "New", "Tracking": [tag]}
        row = post(xero, paid, self.lines(paid, **values)).row
        assert row["Status"] == "PAID"
        line = lines_of(xero, paid)[0]
        assert (line["AccountCode"], line["Description"]) == ("429", "New")
        assert line["Tracking"][0]["Option"] == "North"
        assert line["LineItemID"] == paid["LineItems"][0]["LineItemID"]

    @pytest.mark.parametrize(
        "values",
        [
            {"Quantity": 2},
            {"UnitAmount": 61},
            {"TaxType": "RRINPUT"},
            {"TaxAmount": 1},
            {"ItemCode": "DESK"},
        ],
    )
    def test_its_amounts_and_item_do_not(self, xero, paid, values):
        item = {"Code": "DESK", "IsPurchased": True}
        xero.create("Items", item)
        assert post(xero, paid, self.lines(paid, **values)).message == SETTLED

    def test_its_number_dates_and_contact_change(self, xero, paid):
        other = xero.create("Contacts", {"Name": "Other"})["ContactID"]
        values = {
            "InvoiceNumber": "B/78",
            "DueDate": "2026-12-24",
            "Contact": {"ContactID": other},
        }
        row = post(xero, paid, values).row
        assert (row["InvoiceNumber"], row["Contact"]["Name"]) == ("B/78", "Other")

    def test_its_contact_stays_when_credit_is_applied(
        self, xero, contact, bill, control
    ):
        other = xero.create("Contacts", {"Name": "Other"})["ContactID"]
        note = xero.create("CreditNotes", a_supplier_credit(contact))
        control.allocate(note["CreditNoteID"], bill["InvoiceID"], 50)
        values = {"Contact": {"ContactID": other}}
        assert post(xero, bill, values).message == SETTLED

    def test_nothing_changes_in_a_locked_period(self, xero, paid, control):
        control.set_lock_date("2026-09-30")
        for values in ({"InvoiceNumber": "x"}, self.lines(paid, AccountCode="429")):
            assert "lock date" in post(xero, paid, values).message

    def test_a_credit_note_gets_no_such_freedom(self, xero, contact, control):
        note = xero.create("CreditNotes", a_supplier_credit(contact))
        control.pay(note["CreditNoteID"])
        (line,) = note["LineItems"]
        rows = [{"LineItemID": line["LineItemID"], "AccountCode": "429"}]
        path = f"CreditNotes/{note['CreditNoteID']}"
        assert xero.post(path, {"LineItems": rows}).message == SETTLED


def test_recoding_keeps_an_overridden_tax(xero, contact, control):
    bill = xero.create("Invoices", a_bill(contact, a_bill_line(TaxAmount=19.99)))
    control.pay(bill["InvoiceID"])
    control.recode(bill["InvoiceID"], "429")
    (line,) = lines_of(xero, bill)
    assert line["AccountCode"] == "429" and float(line["TaxAmount"]) == 19.99
