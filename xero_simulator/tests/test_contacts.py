"""Contacts: create, upsert, archive, merge; lists."""

import pytest

from .client import an_invoice

ARCHIVED = "matched an archived contact"


def create(xero, **values):
    return xero.create("Contacts", {"Name": "Acme", **values})


def read(xero, row):
    return xero.get(f"Contacts/{row['ContactID']}").row


class TestPut:
    def test_creates(self, xero):
        row = create(xero, ContactNumber="odoo-1", EmailAddress="a@example.com")
        assert row["ContactStatus"] == "ACTIVE"
        assert xero.get("Contacts/odoo-1").row["Name"] == "Acme"

    def test_refuses_a_name_that_an_active_contact_has(self, xero):
        create(xero)
        answer = xero.put("Contacts", {"Name": "ACME"})
        assert answer.status == 400
        assert answer.message == (
            "The contact name ACME is already assigned to another contact. "
            "The contact name must be unique across all active contacts."
        )

    def test_accepts_the_name_of_an_archived_contact(self, xero, control):
        control.archive_contact(create(xero)["ContactID"])
        assert xero.put("Contacts", {"Name": "Acme"}).status == 200

    def test_refuses_a_contact_number_even_of_an_archived_contact(self, xero, control):
        control.archive_contact(create(xero, ContactNumber="n")["ContactID"])
        answer = xero.put("Contacts", {"Name": "Other", "ContactNumber": "n"})
        assert answer.message == (
            "The contact number n is already assigned to another contact. "
            "The contact number must be unique across all contacts."
        )

    def test_needs_a_name(self, xero):
        answer = xero.put("Contacts", {"EmailAddress": "a@example.com"})
        assert answer.message.startswith("The Contact must contain at least 1 of")

    def test_account_numbers_are_unique_unless_the_option_says_otherwise(
        self, xero, control
    ):
        """Decision 31."""
        create(xero, AccountNumber="DAR0001")
        second = {"Name": "Other", "AccountNumber": "DAR0001"}
        assert "account number DAR0001" in xero.put("Contacts", second).message
        control.set_option(unique_account_numbers=False)
        assert xero.put("Contacts", second).status == 200


class TestRules:
    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"Name": "x" * 256}, "maximum length of 255"),
            ({"ContactNumber": "x" * 51}, "maximum length of 50"),
            ({"AccountNumber": "x" * 51}, "maximum length of 50"),
            ({"EmailAddress": "a@b.com, c@d.com"}, "Email address must be valid."),
            ({"EmailAddress": "müller@example.com"}, "Email address must be valid."),
            ({"Addresses": [{"AddressType": "DELIVERY"}]}, "'DELIVERY' is not valid"),
            (
                {"Addresses": [{"AddressType": "STREET", "Country": "U2"}]},
                "Country must contain letters only.",
            ),
            (
                {"Addresses": [{"AddressType": "STREET", "AddressLine1": "x" * 501}]},
                "maximum length of 500",
            ),
            ({"Phones": [{"PhoneType": "OFFICE"}]}, "'OFFICE' is not valid"),
            (
                {"Phones": [{"PhoneType": "DDI", "PhoneAreaCode": "1" * 11}]},
                "maximum length of 10",
            ),
            (
                {"ContactPersons": [{"FirstName": str(n)} for n in range(6)]},
                "at most 5",
            ),
            ({"DefaultCurrency": "CHF"}, "not subscribed to currency CHF"),
            ({"AccountsReceivableTaxType": "NIX"}, "does not exist"),
            ({"PaymentTerms": {"Sales": {"Day": 3, "Type": "SOON"}}}, "is not valid"),
        ],
    )
    def test_what_is_wrong_is_said(self, xero, values, message):
        answer = xero.put("Contacts", {"Name": "Acme", **values})
        assert answer.status == 400 and message in answer.message

    def test_a_refused_contact_is_marked_and_has_no_id(self, xero):
        answer = xero.put("Contacts", {"Name": "x", "EmailAddress": "nix"})
        body = answer.body
        assert (body["ErrorNumber"], body["Type"]) == (10, "ValidationException")
        (element,) = body["Elements"]
        assert element["HasValidationErrors"] is True and element["Name"] == "x"
        assert element["ContactID"] == "00000000-0000-0000-0000-000000000000"

    def test_errors_of_an_address_stand_in_the_address(self, xero):
        address = {"AddressType": "STREET", "Country": "1"}
        answer = xero.put("Contacts", {"Name": "x", "Addresses": [address]})
        (element,) = answer.body["Elements"]
        assert element["ValidationErrors"] == []
        (nested,) = element["Addresses"]
        assert len(nested["ValidationErrors"]) == 1


class TestPost:
    def test_updates_by_id_then_number_then_name(self, xero, control):
        row = create(xero, ContactNumber="n")
        for key in (
            {"ContactID": row["ContactID"], "Name": "One"},
            {"ContactNumber": "n", "Name": "Two"},
            {"Name": "two", "TaxNumber": "3"},
        ):
            assert xero.post("Contacts", key).row["ContactID"] == row["ContactID"]
        (contact,) = control.documents("contacts")
        assert contact["Name"] == "two" and contact["TaxNumber"] == "3"

    def test_creates_what_is_unknown(self, xero):
        assert xero.post("Contacts", {"Name": "New"}).status == 200

    def test_an_unknown_id_is_a_404_for_the_whole_request(self, xero, control):
        rows = [
            {"Name": "Good"},
            {"ContactID": "6f0a9f60-0000-0000-0000-000000000000", "Name": "Bad"},
        ]
        answer = xero.post("Contacts?summarizeErrors=false", {"Contacts": rows})
        assert (answer.status, answer.content) == (404, b"")
        assert control.documents("contacts") == []

    def test_keeps_what_is_not_sent_and_clears_empty_text(self, xero):
        row = create(xero, TaxNumber="1", CompanyNumber="2")
        xero.post(f"Contacts/{row['ContactID']}", {"TaxNumber": ""})
        shown = read(xero, row)
        assert "TaxNumber" not in shown and shown["CompanyNumber"] == "2"

    def test_merges_addresses_and_phones_slot_by_slot(self, xero):
        street = {"AddressType": "STREET", "AddressLine1": "1 High St", "City": "Ely"}
        row = create(xero, Addresses=[street])
        box = {"AddressType": "POBOX", "City": "York"}
        changed = {"AddressType": "STREET", "AddressLine1": ""}
        xero.post(f"Contacts/{row['ContactID']}", {"Addresses": [box, changed]})
        slots = {a["AddressType"]: a for a in read(xero, row)["Addresses"]}
        assert slots["POBOX"]["City"] == "York"
        assert slots["STREET"]["City"] == "Ely"
        assert "AddressLine1" not in slots["STREET"]

    def test_always_has_two_addresses_and_four_phones(self, xero):
        row = create(xero)
        assert len(row["Addresses"]) == 2 and len(row["Phones"]) == 4

    def test_replaces_contact_persons_when_they_are_sent(self, xero):
        row = create(xero, ContactPersons=[{"FirstName": "Ann"}, {"FirstName": "Bo"}])
        path = f"Contacts/{row['ContactID']}"
        xero.post(path, {"TaxNumber": "1"})
        assert len(read(xero, row)["ContactPersons"]) == 2
        xero.post(path, {"ContactPersons": [{"FirstName": "Cy"}]})
        assert [p["FirstName"] for p in read(xero, row)["ContactPersons"]] == ["Cy"]

    def test_archives_even_with_open_documents(self, xero, contact):
        xero.invoice(contact)
        answer = xero.post(f"Contacts/{contact}", {"ContactStatus": "ARCHIVED"})
        assert answer.row["ContactStatus"] == "ARCHIVED"


class TestArchived:
    @pytest.fixture
    def archived(self, xero, control):
        row = create(xero, ContactNumber="n")
        control.archive_contact(row["ContactID"])
        return row["ContactID"]

    @pytest.mark.parametrize("values", [{"ContactStatus": "ACTIVE"}, {"Name": "New"}])
    def test_cannot_be_edited_or_restored(self, xero, archived, values):
        answer = xero.post("Contacts", {"ContactID": archived, **values})
        assert answer.message == (
            "The specified contact details matched an archived contact. "
            "Archived contacts cannot currently be edited via the API."
        )

    def test_without_summarised_errors_it_is_a_200_with_an_error(self, xero, archived):
        """As recorded: HTTP 200 and StatusAttributeString ERROR."""
        element = {"ContactID": archived, "ContactStatus": "ACTIVE"}
        answer = xero.post("Contacts?summarizeErrors=False", {"Contacts": [element]})
        assert answer.status == 200
        assert answer.row["StatusAttributeString"] == "ERROR"
        assert answer.row["HasValidationErrors"] is True

    def test_is_matched_by_number_and_name_too(self, xero, archived):
        for key in ({"ContactNumber": "n", "Name": "Zed"}, {"Name": "acme"}):
            assert ARCHIVED in xero.post("Contacts", key).message

    def test_takes_no_documents(self, xero, archived):
        assert ARCHIVED in xero.put("Invoices", an_invoice(archived)).message

    def test_its_documents_cannot_be_voided(self, xero, control, contact):
        invoice = xero.invoice(contact)
        control.archive_contact(contact)
        path = f"Invoices/{invoice['InvoiceID']}"
        assert ARCHIVED in xero.post(path, {"Status": "VOIDED"}).message

    def test_can_be_restored_by_a_person(self, xero, control, archived):
        control.restore_contact(archived)
        answer = xero.post("Contacts", {"ContactID": archived, "TaxNumber": "1"})
        assert answer.status == 200


class TestMerged:
    def test_the_loser_is_archived_and_points_to_the_winner(self, xero, control):
        loser = create(xero)["ContactID"]
        winner = create(xero, Name="Acme Ltd")["ContactID"]
        xero.invoice(loser)
        control.merge_contacts(loser, winner)
        row = xero.get(f"Contacts/{loser}").row
        assert row["ContactStatus"] == "ARCHIVED"
        assert row["MergedToContactID"] == winner
        (invoice,) = control.documents("invoices")
        assert invoice["Contact"]["ContactID"] == winner

    def test_the_pointer_shows_only_with_paging_or_one_by_one(self, xero, control):
        loser = create(xero)["ContactID"]
        control.merge_contacts(loser, create(xero, Name="B")["ContactID"])
        for query, is_shown in (("", False), ("&page=1", True)):
            rows = xero.get(f"Contacts?includeArchived=true{query}").rows
            row = next(r for r in rows if r["ContactID"] == loser)
            assert ("MergedToContactID" in row) is is_shown


class TestLists:
    def names(self, xero, query):
        return [row["Name"] for row in xero.get(f"Contacts?{query}").rows]

    @pytest.fixture(autouse=True)
    def contacts(self, xero, control):
        rows = [
            {"Name": "Acme", "ContactNumber": "n-1", "EmailAddress": "a@x.com"},
            {"Name": "Bolt", "AccountNumber": "BOL0001"},
            {"Name": "Café Zoë", "FirstName": "Zoë"},
        ]
        self.ids = [r["ContactID"] for r in xero.put("Contacts", rows).rows]
        control.archive_contact(self.ids[1])

    def test_leave_out_archived_contacts_unless_asked(self, xero):
        assert self.names(xero, "") == ["Acme", "Café Zoë"]
        assert len(self.names(xero, "includeArchived=true")) == 3

    def test_by_ids(self, xero):
        ids = ",".join(self.ids)
        assert len(self.names(xero, f"IDs={ids}")) == 2
        assert len(self.names(xero, f"IDs={ids}&includeArchived=true")) == 3

    def test_by_search_term(self, xero):
        assert self.names(xero, "searchTerm=zo%C3%AB") == ["Café Zoë"]
        assert self.names(xero, "searchTerm=A@X") == ["Acme"]

    def test_by_where_without_regard_to_case(self, xero):
        assert self.names(xero, 'where=Name=="ACME"') == ["Acme"]
        assert self.names(xero, 'where=ContactNumber=="n-1"') == ["Acme"]
        archived = 'where=ContactStatus=="ARCHIVED"&includeArchived=true'
        assert self.names(xero, archived) == ["Bolt"]

    def test_in_an_order(self, xero):
        assert self.names(xero, "order=Name%20DESC") == ["Café Zoë", "Acme"]

    def test_without_page_there_are_no_contact_persons(self, xero):
        assert "ContactPersons" not in xero.get("Contacts").rows[0]
        assert "ContactPersons" in xero.get("Contacts?page=1").rows[0]

    def test_summaries_leave_out_addresses_and_balances(self, xero):
        row = xero.get("Contacts?page=1&summaryOnly=true").rows[0]
        assert not {"Addresses", "Phones", "ContactPersons", "Balances"} & set(row)


class TestComputed:
    def test_customer_and_supplier_follow_from_documents(self, xero, contact):
        row = xero.get(f"Contacts/{contact}").row
        assert (row["IsCustomer"], row["IsSupplier"]) == (False, False)
        xero.invoice(contact)
        row = xero.get(f"Contacts/{contact}").row
        assert (row["IsCustomer"], row["IsSupplier"]) == (True, False)

    def test_balances_do_not_touch_the_timestamp(self, xero, contact):
        before = xero.get(f"Contacts/{contact}").row
        xero.invoice(contact)
        after = xero.get(f"Contacts/{contact}").row
        assert after["UpdatedDateUTC"] == before["UpdatedDateUTC"]
        owed = after["Balances"]["AccountsReceivable"]
        assert float(owed["Outstanding"]) == 120
        assert float(owed["Overdue"]) in (0, 120)
