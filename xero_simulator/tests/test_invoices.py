"""Sales invoices and bills: what they hold and what they refuse."""

import pytest

from .client import a_bill, a_line, an_invoice, refused

UNKNOWN = "6f0a9f60-0000-0000-0000-000000000000"


class TestCreate:
    def test_a_minimal_draft(self, xero, contact):
        values = {"Type": "ACCREC", "Contact": {"ContactID": contact}}
        row = xero.create("Invoices", values)
        assert row["Status"] == "DRAFT" and row["LineAmountTypes"] == "Exclusive"
        assert row["InvoiceNumber"] == "INV-0001" and float(row["Total"]) == 0

    def test_dates_come_back_in_both_forms(self, xero, contact):
        row = xero.invoice(contact, Date="2026-09-14", DueDate="2026-10-14T00:00:00")
        assert row["Date"] == "/Date(1789344000000+0000)/"
        assert row["DateString"] == "2026-09-14T00:00:00"
        assert row["DueDateString"] == "2026-10-14T00:00:00"

    def test_milliseconds_are_read_as_dates_too(self, xero, contact):
        row = xero.invoice(contact, Date="/Date(1789344000000+0000)/")
        assert row["DateString"] == "2026-09-14T00:00:00"

    def test_the_date_is_today_unless_told(self, xero, contact, control):
        invoice = an_invoice(contact, DueDate="2099-01-01")
        del invoice["Date"]
        row = xero.create("Invoices", invoice)
        assert row["DateString"][:10] == control.clock.now().date().isoformat()

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"Type": "SALE"}, "Invoice type must be"),
            ({"Status": "PAID"}, "'PAID' is not valid for creation"),
            ({"Status": "VOIDED"}, "not of valid status for creation"),
            ({"DueDate": None}, "DueDate is required"),
            ({"LineItems": []}, "One or more line items must be specified"),
            ({"LineAmountTypes": "Gross"}, "'Gross' is not valid"),
            ({"CurrencyCode": "CHF"}, "Organisation is not subscribed to currency CHF"),
            ({"InvoiceNumber": "x" * 256}, "maximum length of 255"),
            ({"Contact": {}}, "A Contact must be specified"),
            ({"BrandingThemeID": UNKNOWN}, "Branding theme"),
            ({"Url": "http://localhost:8069/x"}, "Url must be a valid absolute https"),
            ({"Url": "/odoo/invoices/1"}, "Url must be a valid absolute https"),
            ({"Url": "https://xero.example.com/1"}, "Url must be a valid absolute"),
        ],
    )
    def test_a_wrong_header_is_refused(self, xero, contact, changes, message):
        assert message in refused(xero, an_invoice(contact, **changes))[0]

    def test_an_unknown_contact_is_a_404_for_the_whole_request(
        self, xero, contact, control
    ):
        rows = [an_invoice(contact), an_invoice(UNKNOWN)]
        answer = xero.put("Invoices?summarizeErrors=false", {"Invoices": rows})
        assert (answer.status, answer.content) == (404, b"")
        assert control.documents("invoices") == []

    def test_what_belongs_to_one_kind_is_ignored_on_the_other(self, xero, contact):
        texts = {"Reference": "R", "InvoiceNumber": "N", "SentToContact": True}
        sale = xero.create("Invoices", an_invoice(contact, **texts))
        bill = xero.create("Invoices", a_bill(contact, **texts))
        assert (sale["Reference"], bill["Reference"]) == ("R", "")
        assert sale["SentToContact"] is True

    def test_a_draft_is_never_sent(self, xero, contact):
        row = xero.invoice(contact, Status="DRAFT", SentToContact=True)
        assert row["SentToContact"] is False

    def test_a_link_to_the_source_is_kept(self, xero, contact):
        row = xero.invoice(contact, Url="https://odoo.example.com/odoo/1")
        assert row["Url"] == "https://odoo.example.com/odoo/1"

    def test_the_answer_has_the_whole_contact(self, xero, contact):
        assert len(xero.invoice(contact)["Contact"]["Addresses"]) == 2

    def test_an_invoice_worth_nothing_is_paid_at_once(self, xero, contact):
        assert xero.invoice(contact, a_line(0))["Status"] == "PAID"

    def test_a_negative_total_is_refused(self, xero, contact):
        messages = refused(xero, an_invoice(contact, a_line(-1)))
        assert "cannot be negative" in messages[0]

    def test_an_old_plan_caps_what_is_approved(self, xero, contact, control):
        control.set_option(approval_limit=1)
        xero.invoice(contact)
        messages = refused(xero, an_invoice(contact))
        assert messages == ["You have reached the limit of invoices you can approve"]
        assert xero.invoice(contact, Status="DRAFT")["Status"] == "DRAFT"


class TestContactBlock:
    def test_a_name_finds_or_makes_a_contact(self, xero, control):
        for _ in range(2):
            xero.create("Invoices", an_invoice(None, Contact={"Name": "New Ltd"}))
        assert [c["Name"] for c in control.documents("contacts")] == ["New Ltd"]

    def test_more_than_the_id_wipes_contact_persons(self, xero, control):
        persons = {"ContactPersons": [{"FirstName": "Ann"}]}
        row = xero.create("Contacts", {"Name": "Acme", **persons})
        block = {"ContactID": row["ContactID"], "HasValidationErrors": False}
        xero.create("Invoices", an_invoice(None, Contact=block))
        assert len(control.documents("contacts")[0]["ContactPersons"]) == 1
        block["Name"] = "Acme"
        xero.create("Invoices", an_invoice(None, Contact=block))
        assert control.documents("contacts")[0]["ContactPersons"] == []

    def test_its_errors_stand_inside_it(self, xero):
        invoice = an_invoice(None, Contact={"Name": "A", "EmailAddress": "nix"})
        (element,) = xero.put("Invoices", invoice).body["Elements"]
        assert element["ValidationErrors"] == []
        assert element["Contact"]["ValidationErrors"] == [
            {"Message": "Email address must be valid."}
        ]


class TestNumbers:
    def test_put_refuses_a_known_sales_number(self, xero, contact):
        xero.invoice(contact, InvoiceNumber="INV/2026/00001")
        messages = refused(xero, an_invoice(contact, InvoiceNumber="inv/2026/00001"))
        assert messages == ["Invoice # must be unique."]

    def test_post_updates_the_invoice_of_that_number(self, xero, contact, control):
        first = xero.invoice(contact, InvoiceNumber="A1")
        row = xero.post("Invoices", an_invoice(contact, InvoiceNumber="A1")).row
        assert row["InvoiceID"] == first["InvoiceID"]
        assert len(control.documents("invoices")) == 1

    def test_bills_may_share_a_number(self, xero, contact, control):
        for method in ("PUT", "POST"):
            bill = a_bill(contact, InvoiceNumber="B1")
            assert xero.call(method, "Invoices", bill).status == 200
        assert len(control.documents("invoices")) == 2

    def test_a_voided_number_is_taken_and_a_deleted_one_free(
        self, xero, contact, control
    ):
        void = xero.invoice(contact, InvoiceNumber="V")
        gone = xero.invoice(contact, InvoiceNumber="D", Status="DRAFT")
        control.void(void["InvoiceID"])
        control.delete(gone["InvoiceID"])
        assert (
            xero.put("Invoices", an_invoice(contact, InvoiceNumber="V")).status == 400
        )
        assert (
            xero.put("Invoices", an_invoice(contact, InvoiceNumber="D")).status == 200
        )

    def test_xeros_own_numbers_skip_what_is_taken(self, xero, contact):
        xero.invoice(contact, InvoiceNumber="INV-0001")
        assert xero.invoice(contact)["InvoiceNumber"] == "INV-0002"

    def test_invoices_are_read_by_number(self, xero, contact):
        xero.invoice(contact, InvoiceNumber="A-1")
        assert xero.get("Invoices/A-1").row["InvoiceNumber"] == "A-1"
