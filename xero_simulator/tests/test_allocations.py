"""Credit applied to invoices and bills, and credit paid back."""

import pytest

from .client import (
    a_bill,
    a_credit_note,
    a_line,
    a_supplier_credit,
    an_invoice,
)

UNKNOWN = "6f0a9f60-0000-0000-0000-000000000000"


@pytest.fixture
def invoice(xero, contact):
    """An approved sales invoice over 120.00."""
    return xero.invoice(contact, InvoiceNumber="A1")


@pytest.fixture
def note(xero, contact):
    """An approved credit note over 48.00."""
    return xero.credit_note(contact, a_line(40), CreditNoteNumber="R1")


def allocation(invoice, amount=48, date="2026-10-01", **values):
    values |= {"Amount": amount, "Date": date}
    return {"Invoice": {"InvoiceID": invoice["InvoiceID"]}, **values}


def allocate(xero, note, *rows, query=""):
    path = f"CreditNotes/{note['CreditNoteID']}/Allocations{query}"
    return xero.put(path, {"Allocations": list(rows)})


def read(xero, document):
    stem = "Invoice" if "InvoiceID" in document else "CreditNote"
    return xero.get(f"{stem}s/{document[f'{stem}ID']}").row


class TestAllocating:
    def test_uses_up_the_credit_and_lowers_what_is_due(self, xero, invoice, note):
        answer = allocate(xero, note, allocation(invoice))
        assert answer.status == 200 and answer.row["AllocationID"]
        shown = read(xero, note)
        assert shown["Status"] == "PAID" and shown["RemainingCredit"] == 0
        assert shown["AppliedAmount"] == 48
        (row,) = shown["Allocations"]
        assert row["Invoice"]["InvoiceNumber"] == "A1" and row["Amount"] == 48
        shown = read(xero, invoice)
        assert (shown["AmountDue"], shown["AmountCredited"]) == (72, 48)
        assert shown["Status"] == "AUTHORISED"
        (row,) = shown["CreditNotes"]
        assert (row["CreditNoteNumber"], row["AppliedAmount"]) == ("R1", 48)

    def test_pays_an_invoice_when_it_covers_it(self, xero, contact, invoice):
        note = xero.credit_note(contact, a_line(200))
        allocate(xero, note, allocation(invoice, 120))
        assert read(xero, invoice)["Status"] == "PAID"
        assert read(xero, invoice)["FullyPaidOnDate"] == "/Date(1790812800000+0000)/"
        assert read(xero, note)["Status"] == "AUTHORISED"
        assert read(xero, note)["RemainingCredit"] == 120

    def test_may_split_over_several_invoices(self, xero, contact, invoice, note):
        other = xero.invoice(contact)
        rows = (allocation(invoice, 40), allocation(other, 8))
        assert allocate(xero, note, *rows).status == 200
        assert read(xero, note)["RemainingCredit"] == 0

    def test_works_between_bills_and_suppliers_credits(self, xero, contact):
        bill = xero.create("Invoices", a_bill(contact))
        note = xero.create("CreditNotes", a_supplier_credit(contact))
        assert allocate(xero, note, allocation(bill, 120)).status == 200
        assert read(xero, bill)["Status"] == read(xero, note)["Status"] == "PAID"

    def test_saves_none_of_a_batch_with_a_bad_one(self, xero, invoice, note):
        rows = (allocation(invoice, 40), allocation(invoice, 40))
        assert allocate(xero, note, *rows).status == 400
        assert read(xero, note)["RemainingCredit"] == 48
        good, bad = allocate(xero, note, *rows, query="?summarizeErrors=false").rows
        assert good["StatusAttributeString"] == "OK"
        assert bad["StatusAttributeString"] == "ERROR" and "AllocationID" not in bad
        assert read(xero, note)["RemainingCredit"] == 8

    def test_under_the_same_key_happens_once(self, xero, invoice, note):
        path = f"CreditNotes/{note['CreditNoteID']}/Allocations"
        for _ in range(2):
            body = {"Allocations": [allocation(invoice, 10)]}
            assert xero.put(path, body, Idempotency_Key="k").status == 200
        assert read(xero, note)["RemainingCredit"] == 38

    def test_moves_both_timestamps(self, xero, invoice, note, control):
        before = [read(xero, d)["UpdatedDateUTC"] for d in (invoice, note)]
        control.clock.advance(10)
        allocate(xero, note, allocation(invoice, 1))
        after = [read(xero, d)["UpdatedDateUTC"] for d in (invoice, note)]
        assert before[0] < after[0] and before[1] < after[1]

    def test_may_answer_without_ids(self, xero, invoice, note, control):
        """As in Xero's published example: read the credit note to learn them."""
        control.set_option(allocation_ids=False)
        row = allocate(xero, note, allocation(invoice)).row
        assert "AllocationID" not in row
        assert read(xero, note)["Allocations"][0]["AllocationID"]

    def test_is_dated_no_earlier_than_either_document(self, xero, invoice, note):
        allocate(xero, note, allocation(invoice, date="2026-01-01"))
        (row,) = read(xero, note)["Allocations"]
        assert row["Date"] == "/Date(1789344000000+0000)/"


class TestRefusals:
    def refusal(self, xero, note, *rows):
        answer = allocate(xero, note, *rows)
        assert answer.status == 400, answer.text
        return answer.message

    def test_more_than_remains(self, xero, invoice, note):
        message = self.refusal(xero, note, allocation(invoice, 48.01))
        assert "exceeds the remaining credit" in message

    def test_more_than_is_due(self, xero, contact, invoice):
        note = xero.credit_note(contact, a_line(200))
        message = self.refusal(xero, note, allocation(invoice, 120.01))
        assert "exceeds the amount outstanding" in message

    @pytest.mark.parametrize("amount", [0, -5])
    def test_nothing_or_less(self, xero, invoice, note, amount):
        message = self.refusal(xero, note, allocation(invoice, amount))
        assert "greater than zero" in message

    @pytest.mark.parametrize("name", ["Date", "Amount"])
    def test_without_date_or_amount(self, xero, invoice, note, name):
        row = allocation(invoice)
        del row[name]
        assert "must be specified" in self.refusal(xero, note, row)

    def test_another_contact(self, xero, note):
        other = xero.create("Contacts", {"Name": "Other"})["ContactID"]
        message = self.refusal(xero, note, allocation(xero.invoice(other)))
        assert "same contact" in message

    def test_another_currency(self, xero, contact, note):
        invoice = xero.invoice(contact, CurrencyCode="EUR")
        assert "same currency" in self.refusal(xero, note, allocation(invoice))

    def test_the_other_side(self, xero, contact, note):
        bill = xero.create("Invoices", a_bill(contact))
        assert "same side" in self.refusal(xero, note, allocation(bill))

    def test_drafts(self, xero, contact, invoice, note):
        draft = xero.create("Invoices", an_invoice(contact, Status="DRAFT"))
        assert "Authorised" in self.refusal(xero, note, allocation(draft))
        draft = xero.credit_note(contact, Status="DRAFT")
        assert "Authorised" in self.refusal(xero, draft, allocation(invoice))

    def test_documents_of_an_archived_contact(
        self, xero, contact, invoice, note, control
    ):
        control.archive_contact(contact)
        message = self.refusal(xero, note, allocation(invoice))
        assert "archived contact" in message
        control.allocate(note["CreditNoteID"], invoice["InvoiceID"])

    def test_unknown_documents(self, xero, invoice, note):
        row = {"InvoiceID": UNKNOWN}
        assert "not found" in self.refusal(xero, note, allocation(row))
        row = {"CreditNoteID": UNKNOWN}
        assert allocate(xero, row, allocation(invoice)).status == 404

    def test_two_documents_in_a_locked_period(
        self, xero, contact, invoice, note, control
    ):
        later = xero.invoice(contact, Date="2026-10-02")
        control.set_lock_date("2026-09-30")
        assert "lock date" in self.refusal(xero, note, allocation(invoice))
        assert allocate(xero, note, allocation(later)).status == 200


class TestDeleting:
    @pytest.fixture
    def path(self, xero, invoice, note):
        row = allocate(xero, note, allocation(invoice)).row
        return f"CreditNotes/{note['CreditNoteID']}/Allocations/{row['AllocationID']}"

    def test_opens_both_documents_again(self, xero, invoice, note, path):
        answer = xero.delete(path)
        assert answer.status == 200 and answer.body["IsDeleted"] is True
        shown = read(xero, note)
        assert (shown["Status"], shown["RemainingCredit"]) == ("AUTHORISED", 48)
        assert shown["Allocations"] == [] and "FullyPaidOnDate" not in shown
        shown = read(xero, invoice)
        assert shown["AmountDue"] == 120 and shown["CreditNotes"] == []

    def test_works_once(self, xero, path):
        xero.delete(path)
        assert xero.delete(path).status == 404

    def test_belongs_to_its_credit_note(self, xero, contact, note, path):
        other = xero.credit_note(contact)
        wrong = path.replace(note["CreditNoteID"], other["CreditNoteID"])
        assert xero.delete(wrong).status == 404

    def test_is_impossible_in_a_locked_period(self, xero, note, path, control):
        control.set_lock_date("2026-09-30")
        assert "lock date" in xero.delete(path).message
        assert read(xero, note)["RemainingCredit"] == 0

    def test_allows_to_void_either_document(self, xero, invoice, note, path):
        places = (
            f"Invoices/{invoice['InvoiceID']}",
            f"CreditNotes/{note['CreditNoteID']}",
        )
        for place in places:
            message = xero.post(place, {"Status": "VOIDED"}).message
            assert "payments or credit notes allocated to it" in message
        xero.delete(path)
        for place in places:
            assert xero.post(place, {"Status": "VOIDED"}).status == 200

    def test_allows_to_edit_it_again(self, xero, note, path):
        place = f"CreditNotes/{note['CreditNoteID']}"
        lines = {"LineItems": [a_line(50)]}
        assert "cannot be edited" in xero.post(place, lines).message
        assert xero.post(place, {"Reference": "x"}).status == 200
        xero.delete(path)
        assert xero.post(place, lines).status == 200


class TestRefunds:
    def refund(self, note, amount=48, **values):
        return {
            "CreditNote": {"CreditNoteID": note["CreditNoteID"]},
            "Account": {"Code": "090"},
            "Date": "2026-10-01",
            "Amount": amount,
            **values,
        }

    def test_pay_the_credit_back(self, xero, note):
        row = xero.create("Payments", self.refund(note))
        assert row["PaymentType"] == "ARCREDITPAYMENT" and "Invoice" not in row
        assert row["CreditNote"]["CreditNoteNumber"] == "R1"
        shown = read(xero, note)
        assert (shown["Status"], shown["RemainingCredit"]) == ("PAID", 0)
        assert shown["Payments"][0]["PaymentID"] == row["PaymentID"]
        xero.post(f"Payments/{row['PaymentID']}", {"Status": "DELETED"})
        assert read(xero, note)["Status"] == "AUTHORISED"

    def test_of_a_supplier_have_their_own_type(self, xero, contact):
        note = xero.create("CreditNotes", a_supplier_credit(contact))
        row = xero.create("Payments", self.refund(note, 120))
        assert row["PaymentType"] == "APCREDITPAYMENT"

    def test_may_name_the_number(self, xero, note):
        refund = self.refund(note, 8) | {"CreditNote": {"CreditNoteNumber": "r1"}}
        assert xero.create("Payments", refund)["Amount"] == 8
        refund = self.refund(note, 8) | {"CreditNoteNumber": "R1"}
        refund.pop("CreditNote")
        assert xero.create("Payments", refund)["Amount"] == 8

    def test_exceed_neither_what_remains_after_allocations(self, xero, invoice, note):
        allocate(xero, note, allocation(invoice, 40))
        answer = xero.put("Payments", self.refund(note, 8.01))
        assert "exceeds the amount outstanding" in answer.message
        assert xero.put("Payments", self.refund(note, 8)).status == 200

    def test_name_one_document_only(self, xero, invoice, note):
        both = self.refund(note, 8, Invoice={"InvoiceID": invoice["InvoiceID"]})
        assert "Exactly one document" in xero.put("Payments", both).message

    def test_forbid_the_void(self, xero, note):
        xero.create("Payments", self.refund(note, 8))
        answer = xero.post(f"CreditNotes/{note['CreditNoteID']}", {"Status": "VOIDED"})
        assert answer.message == (
            "The status VOIDED cannot be applied to the credit note because it has "
            "payments or credit notes allocated to it."
        )


class TestAPerson:
    def test_allocates_as_much_as_goes(self, xero, invoice, note, control):
        row = control.allocate(note["CreditNoteID"], invoice["InvoiceID"])
        assert row["Amount"] == 48
        (shown,) = control.documents("creditnotes")
        assert shown["RemainingCredit"] == 0 and shown["Allocations"]
        assert len(control.documents("allocations")) == 1
        control.remove_allocation(row["AllocationID"])
        assert control.documents("allocations") == []

    def test_refunds_recodes_and_voids(self, xero, contact, note, control):
        control.recode(note["CreditNoteID"], "260")
        assert read(xero, note)["LineItems"][0]["AccountCode"] == "260"
        payment = control.pay(note["CreditNoteID"])
        assert payment["PaymentType"] == "ARCREDITPAYMENT"
        control.remove_payment(payment["PaymentID"])
        control.void(note["CreditNoteID"], resource="creditnotes")
        assert read(xero, note)["Status"] == "VOIDED"

    def test_writes_credit_notes_and_bills(self, xero, contact, control):
        row = control.create("creditnotes", a_credit_note(contact))
        assert row["CreditNoteNumber"] == "CN-0001"
        bill = control.create("invoices", a_bill(contact, Status="DRAFT"))
        control.recode(bill["InvoiceID"], "429")
        control.delete(bill["InvoiceID"])
        assert read(xero, bill)["Status"] == "DELETED"

    def test_merges_contacts_with_their_credit_notes(
        self, xero, contact, note, control
    ):
        winner = xero.create("Contacts", {"Name": "Winner"})["ContactID"]
        control.merge_contacts(contact, winner)
        assert read(xero, note)["Contact"]["ContactID"] == winner
