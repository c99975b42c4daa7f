"""Paging, order, If-Modified-Since and summarizeErrors, which endpoints share."""

import pytest

from .client import an_invoice


class TestPaging:
    @pytest.fixture(autouse=True)
    def contacts(self, xero):
        rows = [{"Name": f"Contact {number:03d}"} for number in range(120)]
        xero.put("Contacts", rows)

    def test_a_page_has_a_hundred_unless_asked(self, xero):
        assert len(xero.get("Contacts?page=1").rows) == 100
        assert len(xero.get("Contacts?page=2").rows) == 20
        assert len(xero.get("Contacts?page=3").rows) == 0
        assert len(xero.get("Contacts?page=1&pageSize=120").rows) == 120

    def test_the_envelope_tells_pages_only_when_asked_for_one(self, xero):
        assert "pagination" not in xero.get("Contacts").body
        assert xero.get("Contacts?page=2&pageSize=50").body["pagination"] == {
            "page": 2,
            "pageSize": 50,
            "pageCount": 3,
            "itemCount": 120,
        }

    def test_a_page_has_at_most_a_thousand(self, xero):
        answer = xero.get("Contacts?page=1&pageSize=5000")
        assert answer.body["pagination"]["pageSize"] == 1000

    def test_without_page_everything_comes(self, xero):
        assert len(xero.get("Contacts").rows) == 120

    def test_records_move_when_they_change(self, xero):
        first = xero.get("Contacts?page=1&pageSize=1").row
        xero.post(f"Contacts/{first['ContactID']}", {"TaxNumber": "1"})
        last = xero.get("Contacts?page=120&pageSize=1").row
        assert last["ContactID"] == first["ContactID"]


class TestModifiedSince:
    @pytest.fixture(autouse=True)
    def clock(self, control):
        control.clock.freeze()

    def since(self, xero, moment, path="Contacts"):
        return [row["Name"] for row in xero.get(path, If_Modified_Since=moment).rows]

    def test_is_inclusive_and_compares_whole_seconds(self, xero, control):
        xero.create("Contacts", {"Name": "a"})
        second = control.clock.now().replace(microsecond=0, tzinfo=None)
        assert self.since(xero, second.isoformat()) == ["a"]
        assert self.since(xero, second.replace(microsecond=999_000).isoformat()) == [
            "a"
        ]
        control.clock.advance(1)
        later = control.clock.now().replace(microsecond=0, tzinfo=None)
        assert self.since(xero, later.isoformat()) == []

    def test_takes_the_http_form_too(self, xero, control):
        xero.create("Contacts", {"Name": "a"})
        moment = control.clock.now().strftime("%a, %d %b %Y %H:%M:%S GMT")
        assert self.since(xero, moment) == ["a"]

    def test_never_answers_304(self, xero):
        answer = xero.get("Contacts", If_Modified_Since="2100-01-01T00:00:00")
        assert answer.status == 200 and answer.rows == []

    def test_something_else_is_a_400(self, xero):
        assert xero.get("Contacts", If_Modified_Since="yesterday").status == 400

    def test_old_demo_data_is_missed(self, xero, control):
        row = xero.create("Contacts", {"Name": "a"})
        control.set_updated("contacts", row["ContactID"], "2010-01-01T00:00:00")
        assert self.since(xero, "2020-01-01T00:00:00") == []

    @pytest.mark.parametrize("path", ["TaxRates", "Currencies", "TrackingCategories"])
    def test_means_nothing_where_xero_does_not_know_it(self, xero, path):
        answer = xero.get(path, If_Modified_Since="2100-01-01T00:00:00")
        assert answer.rows

    def test_voided_and_deleted_documents_are_told(self, xero, contact, control):
        first = xero.invoice(contact)
        draft = xero.invoice(contact, Status="DRAFT")
        control.clock.advance(60)
        moment = control.clock.now().replace(tzinfo=None).isoformat()
        control.void(first["InvoiceID"])
        control.delete(draft["InvoiceID"])
        rows = xero.get("Invoices?page=1", If_Modified_Since=moment).rows
        assert {row["Status"] for row in rows} == {"VOIDED", "DELETED"}


class TestSummarizeErrors:
    BATCH = ({"Name": "a"}, {"Name": "b", "EmailAddress": "nix"}, {"Name": "c"})

    def test_by_default_one_bad_element_stops_all(self, xero, control):
        answer = xero.put("Contacts", {"Contacts": self.BATCH})
        assert answer.status == 400
        assert [e["Name"] for e in answer.body["Elements"]] == ["b"]
        assert control.documents("contacts") == []

    @pytest.mark.parametrize("value", ["false", "False", "FALSE"])
    def test_switched_off_the_good_ones_are_saved(self, xero, control, value):
        answer = xero.put(f"Contacts?summarizeErrors={value}", {"Contacts": self.BATCH})
        assert answer.status == 200
        states = [row["StatusAttributeString"] for row in answer.rows]
        assert states == ["OK", "ERROR", "OK"]
        assert [row["Name"] for row in answer.rows] == ["a", "b", "c"]
        assert [c["Name"] for c in control.documents("contacts")] == ["a", "c"]

    def test_a_batch_sees_its_own_earlier_elements(self, xero):
        batch = [{"Name": "a"}, {"Name": "A"}]
        answer = xero.put("Contacts?summarizeErrors=false", {"Contacts": batch})
        states = [row["StatusAttributeString"] for row in answer.rows]
        assert states == ["OK", "ERROR"]

    def test_invoices_say_has_errors(self, xero, contact):
        invoice = an_invoice(contact, Status="PAID")
        answer = xero.put("Invoices?summarizeErrors=false", {"Invoices": [invoice]})
        assert answer.row["HasErrors"] is True
        assert "HasValidationErrors" not in answer.row

    def test_what_a_refused_element_made_is_undone(self, xero, control):
        invoice = an_invoice(None, Contact={"Name": "New"}, DueDate=None)
        answer = xero.put("Invoices?summarizeErrors=false", {"Invoices": [invoice]})
        assert answer.row["StatusAttributeString"] == "ERROR"
        assert control.documents("contacts") == []
