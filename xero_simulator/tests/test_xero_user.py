"""A person at work in Xero, notes, several organisations, the page, the command."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from xero_simulator.control import Control, XeroRefused
from xero_simulator.server import serve

from .client import Client, a_bill, a_supplier_credit, an_invoice


class TestHistory:
    def test_notes_are_added_and_listed_newest_first(self, xero, contact):
        path = f"Contacts/{contact}/History"
        note = {"HistoryRecords": [{"Details": "Sent from Odoo"}]}
        assert xero.put(path, note).row["Details"] == "Sent from Odoo"
        rows = xero.get(path).rows
        assert [row["Changes"] for row in rows] == ["Note", "Created"]
        assert set(rows[0]) >= {"Changes", "DateUTC", "User", "Details"}

    def test_invoices_have_one_too(self, xero, contact):
        invoice = xero.invoice(contact)
        path = f"Invoices/{invoice['InvoiceID']}/History"
        assert xero.put(path, {"Details": "Hello"}).status == 200
        assert len(xero.get(path).rows) == 2

    @pytest.mark.parametrize("details", ["", "x" * 2501])
    def test_a_note_has_1_to_2500_characters(self, xero, contact, details):
        path = f"Contacts/{contact}/History"
        assert xero.put(path, {"Details": details}).status == 400


class TestAPerson:
    def test_creates_and_changes_by_the_same_rules(self, control):
        row = control.create("contacts", {"Name": "Acme"})
        control.update("contacts", row["ContactID"], {"TaxNumber": "1"})
        assert control.documents("contacts")[0]["TaxNumber"] == "1"
        with pytest.raises(XeroRefused, match="already assigned") as refusal:
            control.create("contacts", {"Name": "acme"})
        assert len(refusal.value.messages) == 1

    def test_may_edit_archived_contacts(self, control):
        row = control.create("contacts", {"Name": "Acme"})
        control.archive_contact(row["ContactID"])
        control.update("contacts", row["ContactID"], {"Name": "New"})
        assert control.documents("contacts")[0]["Name"] == "New"

    def test_recodes_a_line(self, xero, contact, control):
        invoice = xero.invoice(contact)
        (line,) = invoice["LineItems"]
        lines = [{"LineItemID": line["LineItemID"], "AccountCode": "260"}]
        control.update("invoices", invoice["InvoiceID"], {"LineItems": lines})
        (line,) = xero.get(f"Invoices/{invoice['InvoiceID']}").row["LineItems"]
        assert line["AccountCode"] == "260" and float(line["LineAmount"]) == 100

    def test_removes_a_reconciled_payment(self, xero, contact, control):
        invoice = xero.invoice(contact)
        payment = control.pay(invoice["InvoiceID"], Reference="JAX")
        control.reconcile(payment["PaymentID"])
        control.remove_payment(payment["PaymentID"])
        assert control.documents("invoices")[0]["Status"] == "AUTHORISED"

    def test_makes_things_vanish(self, xero, control):
        row = xero.create("Items", {"Code": "x"})
        control.remove("items", row["ItemID"])
        assert xero.get("Items").rows == []

    def test_is_no_call(self, control):
        control.create("contacts", {"Name": "Acme"})
        assert control.calls() == []

    def test_deletes_a_tax_rate(self, xero, contact, control):
        control.delete_tax_rate("OUTPUT2")
        assert xero.put("Invoices", an_invoice(contact)).status == 400

    @pytest.mark.parametrize("command", ["create", "documents"])
    def test_mistakes_are_value_errors(self, control, command):
        arguments = ({},) if command == "create" else ()
        with pytest.raises(ValueError, match="no resource"):
            getattr(control, command)("unicorns", *arguments)


class TestOrganisations:
    def test_are_apart(self, simulator, control, xero):
        """N18: several organisations in one simulator."""
        tenant = control.add_organisation("nz")
        kiwi = Client(simulator.url, control.grant(tenant=tenant))
        kiwi.create("Contacts", {"Name": "Kiwi"})
        assert xero.get("Contacts").rows == []
        assert len(control.documents("contacts", tenant)) == 1
        assert len(control.documents("contacts", "Demo Company (NZ)")) == 1
        assert control.documents("contacts", 0) == []

    def test_of_the_same_seed_have_different_names(self, control):
        names = [o["Name"] for o in control.reset(["uk", "uk"])]
        assert names == ["Demo Company (UK)", "Demo Company (UK) 2"]

    def test_an_unknown_seed_is_a_mistake(self, control):
        with pytest.raises(ValueError, match="unknown organisation"):
            control.add_organisation("atlantis")


class TestPage:
    def test_shows_contacts_invoices_payments_and_calls(self, simulator, xero, control):
        row = xero.create("Contacts", {"Name": "<Acme> & Sons"})
        invoice = xero.invoice(row["ContactID"], InvoiceNumber="A-77")
        control.pay(invoice["InvoiceID"])
        page = requests.get(simulator.url, timeout=10).text
        for text in (
            "&lt;Acme&gt; &amp; Sons",
            "A-77",
            "120.00 GBP",
            "/Contacts",
            "Paid",
        ):
            assert text in page
        assert "<Acme>" not in page

    def test_shows_bills_credit_notes_and_what_they_were_applied_to(
        self, simulator, xero, contact, control
    ):
        bill = xero.create("Invoices", a_bill(contact, InvoiceNumber="B-9"))
        note = xero.create("CreditNotes", a_supplier_credit(contact))
        control.allocate(note["CreditNoteID"], bill["InvoiceID"], 20)
        control.pay(note["CreditNoteID"], 30)
        page = requests.get(simulator.url, timeout=10).text
        for text in ("Bill", "Supplier&#x27;s credit", "Credit applied", ": B-9"):
            assert text in page
        for amount in ("-20.00", "70.00", "30.00 GBP"):
            assert amount in page

    def test_is_no_call(self, simulator, control):
        requests.get(simulator.url, timeout=10)
        assert control.calls() == []

    def test_other_pages_do_not_exist(self, simulator):
        assert requests.get(f"{simulator.url}/nowhere", timeout=10).status_code == 404


class TestProcess:
    def test_runs_alone_and_says_when_it_is_ready(self):
        """N18: without Odoo, from the command line."""
        command = [sys.executable, "-m", "xero_simulator", "--port", "0"]
        root = Path(__file__).parents[2]
        organisations = ["--organisation", "uk", "--organisation", "nz"]
        with subprocess.Popen(
            [*command, *organisations], cwd=root, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                line = process.stdout.readline()
                url = re.fullmatch(r"Simulated Xero on (http://localhost:\d+)\n", line)
                names = [o["CountryCode"] for o in Control(url[1]).organisations()]
                assert names == ["GB", "NZ"]
            finally:
                process.terminate()

    def test_says_when_its_port_is_taken(self, simulator):
        port = simulator.url.rpartition(":")[2]
        command = [sys.executable, "-m", "xero_simulator", "--port", port]
        root = Path(__file__).parents[2]
        ended = subprocess.run(command, cwd=root, capture_output=True, text=True)
        assert ended.returncode == 1
        assert ended.stderr.startswith(f"Port {port} cannot be used: ")

    def test_stopping_hangs_up_on_everybody(self):
        with serve() as simulator:
            session = requests.Session()
            assert session.get(simulator.url, timeout=10).ok
        with pytest.raises(requests.exceptions.ConnectionError):
            session.get(simulator.url, timeout=10)


def test_the_simulator_knows_neither_odoo_nor_the_connector():
    """N18: nothing of what it checks is shared with it."""
    folder = Path(__file__).parents[1]
    pattern = re.compile(r"^\s*(from|import)\s+(odoo|lib|xero_connector|xero_python)\b")
    for path in folder.glob("**/*.py"):
        if "tests" in path.parts or "contract" in path.parts:
            continue
        for line in path.read_text().splitlines():
            assert not pattern.match(line), f"{path.name}: {line}"
