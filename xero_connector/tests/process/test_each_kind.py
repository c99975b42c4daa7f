"""One of each kind, both ways, on a real server: what tests in one transaction cannot
see, as jobs commit in between."""

import base64

import pytest
from harness import invariants

from xero_simulator.control import Control


@pytest.fixture
def books(company):
    """A company that sends everything, and whose money Odoo records."""
    [account] = company.anna.call("xero.account", "search", [("code", "=", "429")])
    values = {
        "send_bills": True,
        "contact_history": True,
        "contact_direction": "both",
        "contact_update_policy": "full",
        "default_purchase_account_id": account,
    }
    company.admin.call("xero.connection", "write", [company.connection_id], values)
    own_bank(company, "odoo")
    company.wait_quiet()
    return company


def own_bank(company, owner):
    """Who records the money of the bank; its account in Xero is 090."""
    find = [("type", "=", "bank")]
    [journal] = company.anna.call("account.journal", "search", find, limit=1)
    [account] = company.anna.call("xero.account", "search", [("code", "=", "090")])
    own = [("kind", "=", "journal"), ("journal_id", "=", journal)]
    rows = company.anna.call("xero.mapping", "search", own)
    if not rows:
        values = {"connection_id": company.connection_id, "kind": "journal"}
        values |= {"journal_id": journal}
        rows = company.anna.call("xero.mapping", "create", [values])
    company.anna.call("xero.mapping", "write", rows, {"xero_account_id": account})
    company.admin.call(
        "account.journal", "write", [journal], {"xero_money_owner": owner}
    )
    return journal


def pay(company, ids):
    """Register a payment in full, as people do."""
    context = {"active_model": "account.move", "active_ids": ids}
    wizard = "account.payment.register"
    made = company.anna.call(wizard, "create", [{}], context=context)
    company.anna.call(wizard, "action_create_payments", made, context=context)


def shown(company, ids, *names):
    return company.anna.read("account.move", [("id", "in", ids)], *names)


def in_xero(company, resource, document_id):
    """The document as Xero has it."""
    [xero_id] = company.database.values(
        "SELECT xero_id FROM xero_link WHERE res_model = 'account.move'"
        " AND res_id = %s AND superseded_by_id IS NULL",
        document_id,
    )
    return next(
        each for each in company.xero.documents(resource) if xero_id in each.values()
    )


def test_documents_with_files_and_payments(books):
    """S133, S188, N14: a bill with its file, an invoice with its payment."""
    customer = books.customer()
    ids = books.invoice(customer)
    bill = books.draft(
        customer, move_type="in_invoice", ref="S-1", invoice_line_ids=[line(books)]
    )
    books.anna.call(
        "ir.attachment",
        "create",
        [
            {
                "name": "bill.pdf",
                "datas": base64.b64encode(b"%PDF-1.4 paper").decode(),
                "res_model": "account.move",
                "res_id": bill[0],
            }
        ],
    )
    books.post(*bill)
    pay(books, ids)
    pay(books, bill)
    books.wait_quiet()
    invariants.no_job_failed(books.database)
    for document in (*ids, *bill):
        found = in_xero(books, "invoices", document)
        assert (found["Status"], float(found["AmountDue"])) == ("PAID", 0)
    Control.wait_for(
        lambda: "sent" in books.database.values("SELECT state FROM xero_attachment"),
        30,
        "the bill's file in Xero",
    )


def test_a_credit_is_set_against_its_invoice(books):
    """N13, T58: reconciled in Odoo, allocated in Xero."""
    ids = books.invoice()
    [customer] = [each["partner_id"][0] for each in shown(books, ids, "partner_id")]
    credit = books.draft(customer, 50, move_type="out_refund")
    books.post(*credit)
    lines = books.anna.call(
        "account.move.line",
        "search",
        [
            ("move_id", "in", ids + credit),
            ("account_id.account_type", "=", "asset_receivable"),
        ],
    )
    books.anna.call("account.move.line", "reconcile", lines)
    books.wait_quiet()
    invariants.no_job_failed(books.database)
    assert float(in_xero(books, "invoices", ids[0])["AmountDue"]) == 60
    assert float(in_xero(books, "credit_notes", credit[0])["RemainingCredit"]) == 0


def test_a_customer_changed_on_each_side(books):
    """N23, S51: what changed here goes there and is told, what changed there comes."""
    ids = books.invoice()
    books.wait_quiet()
    [partner] = [each["partner_id"][0] for each in shown(books, ids, "partner_id")]
    books.anna.call("res.partner", "write", [partner], {"email": "ap@azure.example"})
    books.wait_quiet()
    contact = in_xero(books, "invoices", ids[0])["Contact"]["ContactID"]
    books.xero.update("contacts", contact, {"CompanyNumber": "06871234"})
    books.anna.call("xero.connection", "action_pull", [books.connection_id])
    Control.wait_for(lambda: number(books, partner) == "06871234", 60, "the number")
    books.wait_quiet()
    [there] = [
        each for each in books.xero.documents("contacts") if contact in each.values()
    ]
    assert there["EmailAddress"] == "ap@azure.example"


def number(company, partner):
    [found] = company.anna.read(
        "res.partner", [("id", "=", partner)], "company_registry"
    )
    return found["company_registry"]


def test_a_payment_made_in_xero(books):
    """S200, T46: read by a job, booked, and the invoice is paid."""
    own_bank(books, "xero")
    ids = books.invoice()
    books.wait_quiet()
    books.xero.pay(in_xero(books, "invoices", ids[0])["InvoiceID"])
    books.anna.call("xero.connection", "action_pull", [books.connection_id])
    Control.wait_for(
        lambda: (
            [each["payment_state"] for each in shown(books, ids, "payment_state")]
            == ["paid"]
        ),
        60,
        "the payment in Odoo",
    )
    books.wait_quiet()
    assert len(books.xero.documents("payments")) == len(
        books.database.values(
            "SELECT DISTINCT xero_id FROM xero_link WHERE resource = 'payment'"
        )
    )


def line(company):
    """A line of a bill, without tax."""
    [expense] = company.anna.call(
        "account.account", "search", [("account_type", "=", "expense")], limit=1
    )
    values = {"name": "Paper", "quantity": 1, "price_unit": 80, "account_id": expense}
    return (0, 0, values | {"tax_ids": []})
