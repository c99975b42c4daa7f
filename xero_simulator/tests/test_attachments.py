"""Files on documents, and documents as PDF."""

from urllib.parse import quote

import pytest

from .client import Client, a_bill, a_supplier_credit

PDF = b"%PDF-1.4 not really"


@pytest.fixture
def document(request, xero, contact):
    """Path of a document of the kind that the test names."""
    kind = getattr(request, "param", "sale")
    if kind == "sale":
        return f"Invoices/{xero.invoice(contact)['InvoiceID']}"
    if kind == "bill":
        return f"Invoices/{xero.create('Invoices', a_bill(contact))['InvoiceID']}"
    if kind == "credit":
        return f"CreditNotes/{xero.credit_note(contact)['CreditNoteID']}"
    note = xero.create("CreditNotes", a_supplier_credit(contact))
    return f"CreditNotes/{note['CreditNoteID']}"


def attach(xero, document, name="INV 1.pdf", content=PDF, method="PUT", query=""):
    path = f"{document}/Attachments/{quote(name, safe='')}{query}"
    return xero.call(method, path, data=content, Content_Type="application/pdf")


@pytest.mark.parametrize(
    "document", ["sale", "bill", "credit", "supplier's credit"], indirect=True
)
class TestEveryKindOfDocument:
    def test_takes_files_and_gives_them_back(self, xero, document):
        row = attach(xero, document).row
        assert (row["FileName"], row["ContentLength"]) == ("INV 1.pdf", len(PDF))
        assert row["MimeType"] == "application/pdf"
        assert xero.get(f"{document}/Attachments").row == row
        for key in ("INV%201.pdf", row["AttachmentID"]):
            answer = xero.get(f"{document}/Attachments/{key}")
            assert answer.content == PDF
            assert answer.headers["Content-Type"] == "application/pdf"

    def test_says_that_it_has_some(self, xero, document):
        assert xero.get(document).row["HasAttachments"] is False
        attach(xero, document)
        assert xero.get(document).row["HasAttachments"] is True

    @pytest.mark.parametrize("method", ["PUT", "POST"])
    def test_replaces_a_file_of_the_same_name(self, xero, document, method):
        first = attach(xero, document).row
        again = attach(xero, document, "inv 1.PDF", b"new", method).row
        assert again["AttachmentID"] == first["AttachmentID"]
        assert xero.get(f"{document}/Attachments").row["ContentLength"] == 3

    def test_comes_as_a_pdf(self, xero, document):
        answer = xero.get(document, Accept="application/pdf")
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-1.4")
        assert b"Bright Windows Ltd" in answer.content
        assert b"Total 120.00 GBP" in answer.content


@pytest.mark.parametrize(
    ("document", "is_shown"),
    [("sale", True), ("credit", True), ("bill", False)],
    indirect=["document"],
)
def test_only_what_is_sold_is_shown_online(xero, document, is_shown):
    assert attach(xero, document).row["IncludeOnline"] is False
    row = attach(xero, document, query="?IncludeOnline=true").row
    assert row["IncludeOnline"] is is_shown


class TestLimits:
    @pytest.mark.parametrize("letter", '<>:"/\\|?*+\0')
    def test_some_characters_are_forbidden_in_names(self, xero, document, letter):
        answer = attach(xero, document, f"a{letter}b.pdf")
        assert answer.status == 400 and "not allowed" in answer.message

    def test_ten_files_are_the_most(self, xero, document):
        for number in range(10):
            assert attach(xero, document, f"{number}.pdf").status == 200
        assert "At most 10" in attach(xero, document, "11.pdf").message
        assert attach(xero, document, "3.pdf").status == 200

    def test_ten_megabytes_are_the_most(self, xero, document):
        limit = 10 * 1024 * 1024
        assert attach(xero, document, content=b"x" * limit).status == 200
        assert attach(xero, document, content=b"x" * (limit + 1)).status == 413

    def test_an_empty_file_is_refused(self, xero, document):
        assert attach(xero, document, content=b"").status == 400

    def test_unknown_documents_and_files_are_not_found(self, xero, document):
        assert xero.get(f"{document}/Attachments/none.pdf").status == 404
        assert (
            attach(xero, "Invoices/6f0a9f60-0000-0000-0000-000000000000").status == 404
        )
        assert (
            attach(xero, "Contacts/6f0a9f60-0000-0000-0000-000000000000").status == 404
        )

    def test_they_are_read_at_their_own_document_only(self, xero, contact, document):
        file = attach(xero, document).row["AttachmentID"]
        other = f"Invoices/{xero.invoice(contact)['InvoiceID']}"
        assert xero.get(f"{other}/Attachments/{file}").status == 404

    def test_they_need_their_own_scope(self, simulator, document):
        simulator.control.register_app("narrow", "secret")
        grant = simulator.control.grant(
            scopes="accounting.invoices", client_id="narrow"
        )
        assert attach(Client(simulator.url, grant), document).status == 401


def test_the_same_key_attaches_once(xero, document):
    path = f"{document}/Attachments/a.txt"
    ids = {
        xero.put(path, data=b"x", Idempotency_Key="k").row["AttachmentID"]
        for _ in range(2)
    }
    assert len(ids) == 1
    answer = xero.put(path, data=b"y", Idempotency_Key="k")
    assert "different request" in answer.text


def test_a_person_attaches_too(xero, contact, control):
    bill = xero.create("Invoices", a_bill(contact))
    control.attach(bill["InvoiceID"], "scan.pdf", PDF)
    path = f"Invoices/{bill['InvoiceID']}/Attachments/scan.pdf"
    assert xero.get(path).content == PDF
    assert control.documents("attachments")[0]["FileName"] == "scan.pdf"
