"""The trial balance follows from documents, payments and what is applied."""

import pytest

from xero_simulator.control import ALL_SCOPES

from .client import Client, a_bill, a_line, an_invoice

SCOPES = f"{ALL_SCOPES} accounting.reports.trialbalance.read"


@pytest.fixture
def books(simulator, control):
    """A client that may read the trial balance."""
    return Client(simulator.url, control.grant(scopes=SCOPES))


def balances(books, date="2026-12-31"):
    """Debit less credit by account code, after checking that the sums agree."""
    (report,) = books.get(f"Reports/TrialBalance?date={date}").rows
    totals = report["Rows"][-1]["Rows"][0]["Cells"]
    assert totals[1] == {**totals[1], "Value": totals[2]["Value"]}
    assert totals[3]["Value"] == totals[4]["Value"]
    found = {}
    for section in report["Rows"][1:-1]:
        for row in section["Rows"]:
            name, _, _, debit, credit = (cell["Value"] for cell in row["Cells"])
            code = name.rpartition("(")[2].rstrip(")")
            found[code] = float(debit or 0) - float(credit or 0)
    return {code: amount for code, amount in found.items() if amount}


def test_invoices_bills_and_credit_notes(books, contact):
    books.invoice(contact)
    books.create("Invoices", a_bill(contact))
    books.create("CreditNotes", an_invoice(contact, a_line(10), Type="ACCRECCREDIT"))
    books.invoice(contact, Status="DRAFT")
    assert balances(books) == {
        "610": 108,
        "200": -90,
        "400": 100,
        "820": 2,
        "800": -120,
    }


def test_prices_with_tax_are_split(books, contact):
    books.invoice(contact, a_line(120), LineAmountTypes="Inclusive")
    assert balances(books) == {"610": 120, "200": -100, "820": -20}


def test_payments_stand_on_the_bank(books, contact, control):
    invoice = books.invoice(contact)
    payment = control.pay(invoice["InvoiceID"], 50, date="2026-10-01")
    assert balances(books) == {"610": 70, "090": 50, "200": -100, "820": -20}
    control.remove_payment(payment["PaymentID"])
    assert balances(books)["610"] == 120


def test_a_past_day_sees_what_was_there(books, contact, control):
    invoice = books.invoice(contact)
    control.pay(invoice["InvoiceID"], date="2026-10-01")
    assert balances(books, "2026-09-13") == {}
    assert balances(books, "2026-09-30")["610"] == 120
    assert "610" not in balances(books, "2026-10-01")


def test_currency_gains_are_realised_by_payments(books, contact, control):
    invoice = books.invoice(contact, CurrencyCode="EUR", CurrencyRate=1.2)
    assert balances(books)["610"] == 100
    control.pay(invoice["InvoiceID"], BankAmount=104, CurrencyRate=None)
    found = balances(books)
    assert found["090"] == 104 and found["499"] == -4 and "610" not in found


@pytest.mark.parametrize(
    ("kind", "account", "values"),
    [
        ("RECEIVE-OVERPAYMENT", "610", {}),
        ("RECEIVE-PREPAYMENT", "810", {"AccountCode": "810", "TaxType": "NONE"}),
    ],
)
def test_money_on_account_settles_invoices(
    books, contact, control, kind, account, values
):
    line = {"Description": "x", "Quantity": 1, "UnitAmount": 120, **values}
    told = {"LineItems": [line], "Date": "2026-09-20"}
    credit = control.put_on_account(contact, 120, kind, **told)
    assert balances(books) == {"090": 120, account: -120}
    invoice = books.invoice(contact)["InvoiceID"]
    key = credit.get("OverpaymentID") or credit["PrepaymentID"]
    control.allocate(key, invoice, date="2026-09-21")
    assert balances(books) == {"090": 120, "200": -100, "820": -20}


def test_a_refund_leaves_the_bank_as_it_was(books, contact, control):
    credit = control.put_on_account(contact, 50, Date="2026-09-20")
    assert balances(books) == {"090": 50, "610": -50}
    control.pay(credit["OverpaymentID"], date="2026-09-21")
    assert balances(books) == {}


def test_debtors_are_what_contacts_owe(books, contact, control):
    """What the report says is what the documents say."""
    for rate, amount in ((1.17, 33.33), (1.23, 99.99), (1.19, 0.07)):
        books.invoice(contact, a_line(amount), CurrencyCode="EUR", CurrencyRate=rate)
    control.pay(books.invoice(contact, a_line(7.77))["InvoiceID"], 3)
    owed = books.get(f"Contacts/{contact}").row["Balances"]["AccountsReceivable"]
    assert balances(books)["610"] == pytest.approx(float(owed["Outstanding"]))


def test_last_years_profit_is_in_retained_earnings(books, contact):
    books.invoice(contact, Date="2026-03-31")
    books.invoice(contact, Date="2026-04-01")
    found = balances(books)
    assert (found["200"], found["960"]) == (-100, -100)


def test_needs_a_scope_of_its_own(xero, books):
    assert xero.get("Reports/TrialBalance").status == 401
    assert books.get("Reports/TrialBalance?paymentsOnly=true").status == 400
    assert books.get("Reports/TrialBalance").status == 200
