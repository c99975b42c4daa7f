"""Credit notes: how they are written, numbered, changed and listed."""

import pytest

from .client import a_credit_note, a_line, a_supplier_credit, an_invoice, refused

UNKNOWN = "6f0a9f60-0000-0000-0000-000000000000"
NOT_VALID = "Credit note not of valid status for modification"


def post(xero, note, values, query=""):
    return xero.post(f"CreditNotes/{note['CreditNoteID']}{query}", values)


class TestWriting:
    def test_taxes_are_computed_like_an_invoices(self, xero, contact):
        """Tax is rounded per line, then added up."""
        lines = [a_line(amount) for amount in (25.06, 25.61, 25.63)]
        note = xero.credit_note(contact, *lines)
        assert (float(note["SubTotal"]), float(note["TotalTax"])) == (76.30, 15.26)
        assert float(note["RemainingCredit"]) == float(note["Total"]) == 91.56

    def test_prices_have_two_decimals_unless_four_are_asked_for(self, xero, contact):
        line = a_line(1.2345, Quantity=100)
        assert float(xero.credit_note(contact, line)["SubTotal"]) == 123.45
        assert float(xero.credit_note(contact, line, query="")["SubTotal"]) == 123

    @pytest.mark.parametrize("make", [a_credit_note, a_supplier_credit])
    @pytest.mark.parametrize("discount", [{"DiscountRate": 5}, {"DiscountAmount": 5}])
    def test_there_are_no_discounts(self, xero, contact, make, discount):
        note = make(contact)
        note["LineItems"][0] |= discount
        (message,) = refused(xero, note, "CreditNotes")
        assert message.startswith("Discounts are not supported")

    def test_no_due_date_is_needed(self, xero, contact):
        assert "DueDate" not in xero.credit_note(contact)

    def test_it_cannot_be_negative(self, xero, contact):
        (message,) = refused(xero, a_credit_note(contact, a_line(-1)), "CreditNotes")
        assert message == "The total of a credit note cannot be negative."

    def test_other_types_are_refused(self, xero, contact):
        (message,) = refused(xero, an_invoice(contact), "CreditNotes")
        assert message == "Credit note type must be ACCRECCREDIT or ACCPAYCREDIT."
        (message,) = refused(xero, a_credit_note(contact))
        assert message == "Invoice type must be ACCREC or ACCPAY."

    def test_good_ones_are_saved_when_errors_are_not_summarised(self, xero, contact):
        notes = [a_credit_note(contact, a_line(-1)), a_credit_note(contact)]
        batch = {"CreditNotes": notes}
        assert xero.put("CreditNotes", batch).status == 400
        assert xero.get("CreditNotes").rows == []
        bad, good = xero.put("CreditNotes?summarizeErrors=false", batch).rows
        assert bad["StatusAttributeString"] == "ERROR" and bad["HasErrors"]
        assert good["StatusAttributeString"] == "OK"
        assert xero.get("CreditNotes").row["CreditNoteID"] == good["CreditNoteID"]

    def test_the_same_key_makes_one_credit_note(self, xero, contact):
        note = {"CreditNotes": [a_credit_note(contact)]}
        for _ in range(2):
            answer = xero.put("CreditNotes", note, Idempotency_Key="k")
            assert answer.status == 200
        assert len(xero.get("CreditNotes").rows) == 1

    def test_documents_in_a_locked_period_are_refused(self, xero, contact, control):
        control.set_lock_date("2026-09-30")
        (message,) = refused(xero, a_credit_note(contact), "CreditNotes")
        assert "lock date" in message


class TestNumbers:
    def test_missing_ones_come_from_their_own_sequence(self, xero, contact):
        numbers = [xero.credit_note(contact)["CreditNoteNumber"] for _ in range(2)]
        assert numbers == ["CN-0001", "CN-0002"]
        assert xero.invoice(contact)["InvoiceNumber"] == "INV-0001"

    def test_a_suppliers_has_neither_number_nor_reference(self, xero, contact):
        values = {"CreditNoteNumber": "SC-1", "Reference": "R"}
        note = a_supplier_credit(contact, **values)
        row = xero.create("CreditNotes", note)
        assert "CreditNoteNumber" not in row and row["Reference"] == ""
        xero.create("CreditNotes", note)
        assert len(xero.get("CreditNotes").rows) == 2

    def test_a_customers_are_unique(self, xero, contact):
        xero.credit_note(contact, CreditNoteNumber="RINV/1")
        note = a_credit_note(contact, CreditNoteNumber="rinv/1")
        assert refused(xero, note, "CreditNotes") == ["Credit note # must be unique."]

    def test_a_deleted_ones_is_free_a_voided_ones_is_not(self, xero, contact):
        for status, end in (("DRAFT", "DELETED"), ("AUTHORISED", "VOIDED")):
            note = xero.credit_note(contact, Status=status, CreditNoteNumber="R1")
            post(xero, note, {"Status": end})
        assert refused(
            xero, a_credit_note(contact, CreditNoteNumber="R1"), "CreditNotes"
        )

    def test_invoices_and_credit_notes_share_them_if_xero_is_strict(
        self, xero, contact, control
    ):
        """T73."""
        xero.invoice(contact, InvoiceNumber="A1")
        note = a_credit_note(contact, CreditNoteNumber="a1")
        assert refused(xero, note, "CreditNotes")
        xero.credit_note(contact, CreditNoteNumber="A2")
        assert refused(xero, an_invoice(contact, InvoiceNumber="A2"))
        control.set_option(shared_numbers=False)
        assert xero.put("CreditNotes", note).status == 200

    def test_posting_a_known_number_changes_that_credit_note(self, xero, contact):
        note = xero.credit_note(contact, CreditNoteNumber="R1")
        again = a_credit_note(contact, CreditNoteNumber="R1", Reference="new")
        row = xero.post("CreditNotes", {"CreditNotes": [again]}).row
        assert row["CreditNoteID"] == note["CreditNoteID"]


class TestChanging:
    @pytest.mark.parametrize(
        ("before", "after", "is_allowed"),
        [
            ("DRAFT", "SUBMITTED", True),
            ("SUBMITTED", "AUTHORISED", True),
            ("DRAFT", "DELETED", True),
            ("DRAFT", "VOIDED", False),
            ("AUTHORISED", "VOIDED", True),
            ("AUTHORISED", "DELETED", False),
            ("AUTHORISED", "PAID", False),
        ],
    )
    def test_statuses_follow_the_graph(self, xero, contact, before, after, is_allowed):
        note = xero.credit_note(contact, Status=before)
        answer = post(xero, note, {"Status": after})
        if is_allowed:
            assert answer.row["Status"] == after
        else:
            assert answer.message == NOT_VALID

    def test_an_unknown_id_is_refused(self, xero, contact):
        note = a_credit_note(contact, CreditNoteID=UNKNOWN)
        assert xero.post("CreditNotes", {"CreditNotes": [note]}).message == (
            "An existing Credit Note with the specified CreditNoteID could not be found"
        )

    def test_a_void_needs_no_lines(self, xero, contact):
        note = xero.credit_note(contact)
        post(xero, note, {"Status": "VOIDED"})
        row = xero.get(f"CreditNotes/{note['CreditNoteID']}").row
        assert row["Status"] == "VOIDED" and float(row["RemainingCredit"]) == 0

    def test_lines_keep_their_ids(self, xero, contact):
        note = xero.credit_note(contact, Status="DRAFT")
        (line,) = note["LineItems"]
        lines = [{"LineItemID": line["LineItemID"], "Quantity": 2}]
        (changed,) = post(xero, note, {"LineItems": lines}).row["LineItems"]
        assert changed["LineItemID"] == line["LineItemID"]
        assert float(changed["LineAmount"]) == 200


def test_what_a_credit_note_uses_cannot_be_deleted(xero, contact):
    account = xero.put("Accounts", {"Code": "201", "Name": "X", "Type": "REVENUE"}).row
    item = xero.create("Items", {"Code": "DESK", "IsSold": True})
    tag = {"Name": "Region", "Option": "North"}
    line = a_line(AccountCode="201", ItemCode="DESK", Tracking=[tag])
    xero.credit_note(contact, line)
    category = next(
        c for c in xero.get("TrackingCategories").rows if c["Name"] == "Region"
    )
    for path in (
        f"Accounts/{account['AccountID']}",
        f"Items/{item['ItemID']}",
        f"TrackingCategories/{category['TrackingCategoryID']}",
    ):
        assert xero.delete(path).status == 400


class TestLists:
    def test_lines_come_with_pages_only(self, xero, contact):
        xero.credit_note(contact)
        plain = xero.get("CreditNotes")
        assert plain.row["LineItems"] == [] and "pagination" not in plain.body
        paged = xero.get("CreditNotes?page=1")
        assert len(paged.row["LineItems"]) == 1
        assert paged.body["pagination"]["itemCount"] == 1

    def test_a_single_read_has_the_whole_contact(self, xero, contact):
        note = xero.credit_note(contact)
        row = xero.get(f"CreditNotes/{note['CreditNoteID']}").row
        assert row["Contact"]["ContactStatus"] == "ACTIVE"
        assert xero.get(f"CreditNotes/{UNKNOWN}").status == 404

    def test_ids_and_statuses_are_no_parameters(self, xero, contact):
        xero.credit_note(contact)
        assert len(xero.get(f"CreditNotes?page=1&IDs={UNKNOWN}").rows) == 1
        assert len(xero.get("CreditNotes?page=1&Statuses=DRAFT").rows) == 1

    def test_they_are_filtered_and_ordered(self, xero, contact):
        for number, amount in (("B", 10), ("A", 20)):
            xero.credit_note(contact, a_line(amount), CreditNoteNumber=number)
        found = xero.get('CreditNotes?page=1&where=CreditNoteNumber=="b"').row
        assert float(found["Total"]) == 12
        rows = xero.get("CreditNotes?page=1&order=Total DESC").rows
        assert [row["CreditNoteNumber"] for row in rows] == ["A", "B"]

    def test_only_changed_ones_come_since_a_moment(self, xero, contact, control):
        control.clock.freeze()
        xero.credit_note(contact)
        control.clock.advance(5)
        later = control.clock.now().strftime("%Y-%m-%dT%H:%M:%S")
        note = xero.credit_note(contact)
        found = xero.get("CreditNotes?page=1", If_Modified_Since=later).row
        assert found["CreditNoteID"] == note["CreditNoteID"]

    def test_history_notes_can_be_added(self, xero, contact):
        path = f"CreditNotes/{xero.credit_note(contact)['CreditNoteID']}/History"
        assert xero.put(path, {"Details": "Hello"}).status == 200
        assert [row["Changes"] for row in xero.get(path).rows] == ["Note", "Created"]
