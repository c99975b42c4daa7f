"""How documents are shown, listed and filtered."""

from urllib.parse import quote

import pytest

from .client import a_bill, an_invoice

UNKNOWN = "6f0a9f60-0000-0000-0000-000000000000"


class TestViews:
    def test_a_list_without_page_has_no_lines(self, xero, contact):
        xero.invoice(contact)
        assert xero.get("Invoices").row["LineItems"] == []
        assert len(xero.get("Invoices?page=1").row["LineItems"]) == 1

    def test_nested_contacts_in_lists_are_stubs(self, xero, contact):
        xero.invoice(contact)
        stub = xero.get("Invoices?page=1").row["Contact"]
        assert stub["Name"] == "Bright Windows Ltd" and stub["Addresses"] == []

    def test_nested_payments_do_not_tell_the_account(self, xero, contact, control):
        control.pay(xero.invoice(contact)["InvoiceID"])
        (payment,) = xero.get("Invoices?page=1").row["Payments"]
        assert payment["HasAccount"] is False and "Account" not in payment

    def test_summaries_have_neither_lines_nor_payments(self, xero, contact):
        xero.invoice(contact)
        row = xero.get("Invoices?page=1&summaryOnly=true").row
        assert "LineItems" not in row and "Payments" not in row
        assert float(row["AmountDue"]) == 120

    def test_an_answer_to_a_write_is_not_a_faithful_get(self, xero, contact):
        written = xero.invoice(contact)
        read = xero.get(f"Invoices/{written['InvoiceID']}").row
        missing = {"AmountCredited", "Payments", "CreditNotes", "HasAttachments"}
        assert not missing & set(written) and missing <= set(read)

    def test_a_void_answers_with_its_old_amount_due(self, xero, contact):
        path = f"Invoices/{xero.invoice(contact)['InvoiceID']}"
        written = xero.post(path, {"Status": "VOIDED"}).row
        assert float(written["AmountDue"]) == 120
        assert float(xero.get(path).row["AmountDue"]) == 0

    def test_the_iso_timestamp_is_cut_to_the_second(self, xero, contact, control):
        control.clock.freeze()
        row = xero.invoice(contact)
        second = control.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        assert row["UpdatedDateUTCString"] == second

    def test_online_links_are_for_approved_sales(self, xero, contact):
        sale = xero.invoice(contact)["InvoiceID"]
        draft = xero.invoice(contact, Status="DRAFT")["InvoiceID"]
        url = xero.get(f"Invoices/{sale}/OnlineInvoice").row["OnlineInvoiceUrl"]
        assert url.startswith("https://in.xero.com/")
        assert xero.get(f"Invoices/{draft}/OnlineInvoice").status == 404

    def test_mailing_marks_as_sent(self, xero, contact):
        sale = xero.invoice(contact)["InvoiceID"]
        draft = xero.invoice(contact, Status="DRAFT")["InvoiceID"]
        assert xero.post(f"Invoices/{sale}/Email").status == 204
        assert xero.get(f"Invoices/{sale}").row["SentToContact"] is True
        assert xero.post(f"Invoices/{draft}/Email").status == 400


class TestFilters:
    @pytest.fixture(autouse=True)
    def invoices(self, xero, contact, control):
        self.sale = xero.invoice(contact, InvoiceNumber="A1", Reference="Bike")
        self.bill = xero.create("Invoices", a_bill(contact, InvoiceNumber="B1"))
        self.draft = xero.invoice(contact, InvoiceNumber="A2", Status="DRAFT")
        other = control.create("contacts", {"Name": "Other"})["ContactID"]
        self.other = control.create("invoices", an_invoice(other, InvoiceNumber="A3"))

    def numbers(self, xero, query):
        rows = xero.get(f"Invoices?page=1&{query}").rows
        return [row["InvoiceNumber"] for row in rows]

    def test_by_ids(self, xero):
        ids = f"{self.sale['InvoiceID']},{self.bill['InvoiceID']},{UNKNOWN}"
        assert self.numbers(xero, f"IDs={ids}") == ["A1", "B1"]
        assert xero.get("Invoices?IDs=nix").status == 400

    def test_by_numbers(self, xero):
        assert self.numbers(xero, "InvoiceNumbers=A2,a3,Z") == ["A2", "A3"]

    def test_by_statuses(self, xero):
        assert self.numbers(xero, "Statuses=DRAFT,PAID") == ["A2"]

    def test_by_contacts(self, xero):
        contact = self.other["Contact"]["ContactID"]
        assert self.numbers(xero, f"ContactIDs={contact}") == ["A3"]

    def test_by_who_made_them(self, xero):
        assert self.numbers(xero, "createdByMyApp=true") == ["A1", "B1", "A2"]

    def test_by_search_term(self, xero):
        assert self.numbers(xero, "searchTerm=bike") == ["A1"]
        assert self.numbers(xero, "searchTerm=other") == ["A3"]

    @pytest.mark.parametrize(
        ("where", "numbers"),
        [
            ('Type=="ACCPAY"', ["B1"]),
            ('Status=="DRAFT"&&AmountDue>0', ["A2"]),
            ('Contact.Name=="other"', ["A3"]),
            ("Date>=DateTime(2026,09,15)", []),
            ("Date==DateTime(2026,9,14)", ["A1", "B1", "A2", "A3"]),
            ('Reference!=null AND Reference.Contains("IK")', ["A1"]),
            ('InvoiceNumber.StartsWith("a")&&Type=="ACCREC"', ["A1", "A2", "A3"]),
        ],
    )
    def test_by_where(self, xero, where, numbers):
        assert self.numbers(xero, f"where={quote(where)}") == numbers

    def test_by_contact_in_where(self, xero, contact):
        where = f'Contact.ContactID==guid("{contact.upper()}")'
        assert self.numbers(xero, f"where={where}") == ["A1", "B1", "A2"]

    @pytest.mark.parametrize(
        "where", ["Total=", "Colour==1", 'Total=="a', "Total>1)", 'Total>"a"']
    )
    def test_a_where_that_cannot_be_read_is_error_16(self, xero, where):
        answer = xero.get(f"Invoices?where={quote(where)}")
        assert answer.status == 400
        assert answer.body["ErrorNumber"] == 16
        assert answer.body["Type"] == "QueryParseException"
