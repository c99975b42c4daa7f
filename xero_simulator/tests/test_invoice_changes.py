"""Changing documents: status, lines, settled ones, lock dates."""

import pytest

from .client import a_bill, a_line, an_invoice

NOT_VALID = "Invoice not of valid status for modification"
SETTLED = (
    "This document cannot be edited as it has a payment or credit note allocated to it."
)


def post(xero, invoice, values, query=""):
    return xero.post(f"Invoices/{invoice['InvoiceID']}{query}", values)


class TestStatus:
    @pytest.mark.parametrize(
        ("before", "after", "is_allowed"),
        [
            ("DRAFT", "SUBMITTED", True),
            ("SUBMITTED", "DRAFT", True),
            ("DRAFT", "AUTHORISED", True),
            ("SUBMITTED", "AUTHORISED", True),
            ("DRAFT", "DELETED", True),
            ("SUBMITTED", "DELETED", True),
            ("DRAFT", "VOIDED", False),
            ("AUTHORISED", "VOIDED", True),
            ("AUTHORISED", "DELETED", False),
            ("AUTHORISED", "DRAFT", False),
            ("AUTHORISED", "PAID", False),
        ],
    )
    def test_follows_the_graph(self, xero, contact, before, after, is_allowed):
        invoice = xero.invoice(contact, Status=before)
        answer = post(xero, invoice, {"Status": after})
        if is_allowed:
            assert answer.row["Status"] == after
        else:
            assert answer.message == NOT_VALID

    @pytest.mark.parametrize(
        ("before", "end"), [("DRAFT", "DELETED"), ("AUTHORISED", "VOIDED")]
    )
    def test_voided_and_deleted_are_final(self, xero, contact, before, end):
        invoice = xero.invoice(contact, Status=before)
        post(xero, invoice, {"Status": end})
        for values in ({"Status": "DRAFT"}, {"Reference": "x"}, {"Status": end}):
            assert post(xero, invoice, values).message == NOT_VALID

    def test_a_void_needs_no_lines_and_keeps_them(self, xero, contact, control):
        invoice = xero.invoice(contact)
        values = {"Contact": {"ContactID": contact}, "Date": "2026-09-14"}
        post(xero, invoice, {**values, "Status": "VOIDED"})
        (document,) = control.documents("invoices")
        assert document["Status"] == "VOIDED" and len(document["LineItems"]) == 1

    def test_a_refused_element_echoes_our_words_without_its_number(self, xero, contact):
        """As recorded: Status says DELETED, and the number is missing."""
        invoice = xero.invoice(contact)
        element = {"InvoiceID": invoice["InvoiceID"], "Status": "DELETED"}
        element["InvoiceNumber"] = invoice["InvoiceNumber"]
        answer = xero.post("Invoices?summarizeErrors=false", {"Invoices": [element]})
        assert answer.row["Status"] == "DELETED" and answer.row["HasErrors"] is True
        assert "InvoiceNumber" not in answer.row

    def test_an_unknown_id_in_a_batch_is_an_error_of_that_element(self, xero):
        element = {
            "InvoiceID": "6f0a9f60-0000-0000-0000-000000000000",
            "Type": "ACCREC",
        }
        answer = xero.post("Invoices?summarizeErrors=false", {"Invoices": [element]})
        assert answer.message == (
            "The document with the supplied id was not found for this endpoint."
        )


class TestLineIds:
    def test_a_line_with_its_id_stays_the_same_line(self, xero, contact):
        invoice = xero.invoice(contact, a_line(10), a_line(20))
        first, second = invoice["LineItems"]
        lines = [{"LineItemID": first["LineItemID"], "Quantity": 2}, a_line(5)]
        changed = post(xero, invoice, {"LineItems": lines}).row["LineItems"]
        assert changed[0]["LineItemID"] == first["LineItemID"]
        assert changed[0]["Description"] == "Cleaning"
        assert float(changed[0]["LineAmount"]) == 20
        assert second["LineItemID"] not in [line["LineItemID"] for line in changed]

    def test_lines_without_id_are_made_anew(self, xero, contact):
        invoice = xero.invoice(contact)
        changed = post(xero, invoice, {"LineItems": [a_line()]}).row
        before, after = invoice["LineItems"][0], changed["LineItems"][0]
        assert before["LineItemID"] != after["LineItemID"]

    def test_leaving_lines_out_leaves_them_alone(self, xero, contact):
        invoice = xero.invoice(contact, a_line(TaxAmount=19.99))
        changed = post(xero, invoice, {"Reference": "new"}).row
        assert changed["LineItems"] == invoice["LineItems"]
        assert changed["Reference"] == "new"

    def test_another_amount_type_recomputes_the_tax(self, xero, contact):
        invoice = xero.invoice(contact, a_line(120))
        changed = post(xero, invoice, {"LineAmountTypes": "Inclusive"}).row
        assert (float(changed["TotalTax"]), float(changed["Total"])) == (20, 120)


class TestSettled:
    @pytest.fixture
    def part_paid(self, xero, contact, control):
        invoice = xero.invoice(contact, InvoiceNumber="A1")
        control.pay(invoice["InvoiceID"], 20)
        return invoice

    @pytest.fixture
    def part_paid_bill(self, xero, contact, control):
        bill = xero.create("Invoices", a_bill(contact))
        control.pay(bill["InvoiceID"], 20)
        return bill

    @pytest.mark.parametrize("status", ["VOIDED", "DRAFT", "SUBMITTED"])
    def test_no_other_status_can_be_set(self, xero, part_paid, status):
        assert post(xero, part_paid, {"Status": status}).message == (
            f"The status {status} cannot be applied to the invoice because it has "
            "payments or credit notes allocated to it."
        )

    @pytest.mark.parametrize(
        "values",
        [
            {"LineItems": [a_line(50)]},
            {"LineItems": [a_line(Description="Other")]},
            {"LineItems": [a_line(AccountCode="260")]},
            {"Date": "2026-09-15"},
            {"LineAmountTypes": "Inclusive"},
        ],
    )
    def test_nothing_financial_of_a_sale_can_change(self, xero, part_paid, values):
        assert post(xero, part_paid, values).message == SETTLED

    def test_the_same_lines_may_come_again(self, xero, part_paid, control):
        answer = post(xero, part_paid, {"LineItems": [a_line()]})
        assert answer.status == 200
        ids = [line["LineItemID"] for line in part_paid["LineItems"]]
        assert [line["LineItemID"] for line in answer.row["LineItems"]] == ids

    def test_other_fields_of_a_sale_can_change(self, xero, part_paid):
        values = {"Reference": "x", "DueDate": "2026-12-24", "SentToContact": True}
        row = post(xero, part_paid, values).row
        assert row["Reference"] == "x" and row["SentToContact"] is True

    @pytest.mark.parametrize(
        "values",
        [
            {"InvoiceNumber": "corrected"},
            {"PlannedPaymentDate": "2026-12-24"},
            {"LineItems": [a_line(AccountCode="429", TaxType="INPUT2")]},
            {
                "LineItems": [
                    a_line(AccountCode="400", TaxType="INPUT2", Description="Other")
                ]
            },
        ],
    )
    def test_a_paid_bill_can_be_recoded(self, xero, part_paid_bill, values):
        """Possible since 19 March 2026 (spec: Invoice)."""
        assert post(xero, part_paid_bill, values).status == 200

    @pytest.mark.parametrize(
        "line",
        [
            a_line(99, AccountCode="400", TaxType="INPUT2"),
            a_line(AccountCode="400", TaxType="RRINPUT"),
        ],
    )
    def test_amounts_of_a_paid_bill_cannot_change(self, xero, part_paid_bill, line):
        assert post(xero, part_paid_bill, {"LineItems": [line]}).message == SETTLED

    def test_due_date_and_sent_leave_the_timestamp_alone(self, xero, part_paid):
        """A known gap: such changes are not seen by If-Modified-Since."""
        path = f"Invoices/{part_paid['InvoiceID']}"
        before = xero.get(path).row["UpdatedDateUTC"]
        post(xero, part_paid, {"DueDate": "2026-12-24", "SentToContact": True})
        assert xero.get(path).row["UpdatedDateUTC"] == before
        post(xero, part_paid, {"Reference": "x"})
        assert xero.get(path).row["UpdatedDateUTC"] != before


class TestLockDates:
    @pytest.mark.parametrize(
        ("kind", "name"), [("period", "period"), ("year", "end of year")]
    )
    def test_refuse_documents_on_or_before(self, xero, contact, control, kind, name):
        control.set_lock_date("2026-09-14", kind=kind)
        answer = xero.put("Invoices", an_invoice(contact, Date="2026-09-14"))
        assert answer.message == (
            f"The document date cannot be before the {name} lock date, "
            "currently set at 14 September 2026"
        )
        assert (
            xero.put("Invoices", an_invoice(contact, Date="2026-09-15")).status == 200
        )

    @pytest.mark.parametrize(
        "values", [{"Reference": "x"}, {"Status": "VOIDED"}, {"Date": "2026-12-01"}]
    )
    def test_refuse_changes_to_what_lies_there(self, xero, contact, control, values):
        invoice = xero.invoice(contact)
        control.set_lock_date("2026-09-30")
        assert "lock date" in post(xero, invoice, values).message

    def test_refuse_moving_a_document_there(self, xero, contact, control):
        control.set_lock_date("2026-08-31")
        invoice = xero.invoice(contact)
        assert "lock date" in post(xero, invoice, {"Date": "2026-08-01"}).message

    def test_let_drafts_be(self, xero, contact, control):
        control.set_lock_date("2026-09-30")
        draft = xero.invoice(contact, Status="DRAFT")
        assert "lock date" in post(xero, draft, {"Status": "AUTHORISED"}).message

    def test_an_adviser_may_post_before_the_period_lock_date(
        self, xero, contact, control
    ):
        """Which the connector must not do (spec: what Xero does meanwhile)."""
        control.set_option(adviser=True)
        control.set_lock_date("2026-09-30")
        assert xero.invoice(contact)
        control.set_lock_date("2026-09-30", kind="year")
        answer = xero.put("Invoices", an_invoice(contact))
        assert "end of year lock date" in answer.message

    def test_can_be_taken_away(self, xero, contact, control):
        control.set_lock_date("2026-09-30")
        control.set_lock_date(None)
        assert xero.invoice(contact)
