"""Payments, and what they do to documents."""

import pytest

from .client import a_bill

RECONCILED = "This payment has been reconciled and cannot be deleted"


def a_payment(invoice, amount=120, account="090", **values):
    return {
        "Invoice": {"InvoiceID": invoice["InvoiceID"]},
        "Account": {"Code": account},
        "Date": "2026-10-01",
        "Amount": amount,
        **values,
    }


@pytest.fixture
def invoice(xero, contact):
    return xero.invoice(contact, InvoiceNumber="A1")


def read(xero, invoice):
    return xero.get(f"Invoices/{invoice['InvoiceID']}").row


class TestCreate:
    def test_a_full_payment_makes_the_invoice_paid(self, xero, invoice):
        xero.create("Payments", a_payment(invoice))
        row = read(xero, invoice)
        assert row["Status"] == "PAID" and float(row["AmountDue"]) == 0
        assert row["FullyPaidOnDate"] == "/Date(1790812800000+0000)/"

    def test_a_part_payment_leaves_it_open(self, xero, invoice):
        xero.create("Payments", a_payment(invoice, 50))
        row = read(xero, invoice)
        assert row["Status"] == "AUTHORISED" and float(row["AmountDue"]) == 70

    def test_it_tells_account_invoice_and_type(self, xero, contact):
        bill = xero.create("Invoices", a_bill(contact))
        row = xero.create("Payments", a_payment(bill, Reference="cheque"))
        assert row["PaymentType"] == "ACCPAYPAYMENT" and row["Reference"] == "cheque"
        assert row["Account"]["Code"] == "090" and row["HasAccount"] is True
        assert row["Invoice"]["InvoiceID"] == bill["InvoiceID"]

    def test_the_invoice_may_be_named_by_number(self, xero, invoice):
        payment = {**a_payment(invoice), "Invoice": {"InvoiceNumber": "A1"}}
        assert xero.put("Payments", payment).status == 200

    def test_post_takes_one(self, xero, invoice):
        assert xero.post("Payments", a_payment(invoice, 1)).status == 200
        two = {"Payments": [a_payment(invoice, 1)] * 2}
        assert xero.post("Payments", two).status == 400
        assert xero.put("Payments", two).status == 200

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            (
                {"Amount": 120.01},
                "Payment amount exceeds the amount outstanding on this document",
            ),
            ({"Amount": 0}, "must be greater than zero"),
            ({"Account": {"Code": "200"}}, "Account '200' is not valid for payments."),
            ({"Account": {"Code": "nix"}}, "Account 'nix' is not valid for payments."),
            ({"Account": None}, "An account must be specified"),
            ({"Account": {"Code": "092"}}, "base currency or the document's"),
            ({"Invoice": None}, "Exactly one document"),
            ({"InvoiceNumber": "A1"}, "Exactly one document"),
            ({"Invoice": {"InvoiceNumber": "Z"}}, "was not found"),
        ],
    )
    def test_a_wrong_payment_is_refused(self, xero, invoice, changes, message):
        answer = xero.put("Payments", {**a_payment(invoice), **changes})
        assert answer.status == 400 and message in answer.message

    @pytest.mark.parametrize("status", ["DRAFT", "SUBMITTED"])
    def test_the_document_must_be_approved(self, xero, contact, status):
        draft = xero.invoice(contact, Status=status)
        answer = xero.put("Payments", a_payment(draft))
        assert answer.message == (
            "Payments can only be made against Authorised documents"
        )

    def test_accounts_with_payments_enabled_take_them(self, xero, invoice):
        assert xero.put("Payments", a_payment(invoice, account="855")).status == 200

    def test_a_bank_account_without_code_is_named_by_id(self, xero, contact, control):
        invoice = xero.invoice(contact, CurrencyCode="USD")
        accounts = control.documents("accounts")
        account = next(a for a in accounts if a.get("CurrencyCode") == "USD")
        payment = a_payment(invoice, Account={"AccountID": account["AccountID"]})
        assert "Code" not in xero.create("Payments", payment)["Account"]

    def test_the_bank_amount_is_in_the_accounts_currency(self, xero, contact):
        invoice = xero.invoice(contact, CurrencyCode="EUR")
        payment = a_payment(invoice, CurrencyRate=1.2)
        assert float(xero.create("Payments", payment)["BankAmount"]) == 100

    def test_the_rate_follows_from_the_bank_amount(self, xero, contact):
        """What the bank took decides."""
        invoice = xero.invoice(contact, CurrencyCode="EUR")
        row = xero.create("Payments", a_payment(invoice, BankAmount=96))
        assert float(row["CurrencyRate"]) == 1.25 and float(row["BankAmount"]) == 96

    def test_a_bank_amount_and_a_rate_must_agree(self, xero, contact):
        invoice = xero.invoice(contact, CurrencyCode="EUR")
        wrong = a_payment(invoice, BankAmount=96, CurrencyRate=1.2)
        assert "does not agree" in xero.put("Payments", wrong).message
        right = a_payment(invoice, BankAmount=96, CurrencyRate=1.25)
        assert xero.put("Payments", right).status == 200

    @pytest.mark.parametrize(("bank_amount", "status"), [(120, 200), (119, 400)])
    def test_in_the_documents_own_currency_both_amounts_are_one(
        self, xero, contact, bank_amount, status
    ):
        invoice = xero.invoice(contact, CurrencyCode="EUR")
        payment = a_payment(invoice, account="092", BankAmount=bank_amount)
        assert xero.put("Payments", payment).status == status

    def test_a_locked_date_is_refused(self, xero, invoice, control):
        control.set_lock_date("2026-10-01")
        assert "lock date" in xero.put("Payments", a_payment(invoice)).message

    def test_someone_may_have_paid_meanwhile(self, xero, invoice, control):
        """T43: the bookkeeper pays between our plan and our send."""
        control.pay(invoice["InvoiceID"])
        assert "exceeds the amount" in xero.put("Payments", a_payment(invoice)).message


class TestDelete:
    def test_opens_the_invoice_again(self, xero, invoice):
        row = xero.create("Payments", a_payment(invoice))
        path = f"Payments/{row['PaymentID']}"
        assert xero.post(path, {"Status": "DELETED"}).row["Status"] == "DELETED"
        shown = read(xero, invoice)
        assert shown["Status"] == "AUTHORISED" and shown["Payments"] == []
        assert "FullyPaidOnDate" not in shown

    def test_deleted_payments_keep_being_listed(self, xero, invoice):
        row = xero.create("Payments", a_payment(invoice))
        xero.post(f"Payments/{row['PaymentID']}", {"Status": "DELETED"})
        assert xero.get("Payments?page=1").row["Status"] == "DELETED"

    def test_is_all_that_can_be_done_to_a_payment(self, xero, invoice):
        row = xero.create("Payments", a_payment(invoice))
        path = f"Payments/{row['PaymentID']}"
        assert xero.post(path, {"Amount": 5}).status == 400
        xero.post(path, {"Status": "DELETED"})
        assert xero.post(path, {"Status": "DELETED"}).status == 400

    def test_is_impossible_once_reconciled(self, xero, invoice, control):
        row = xero.create("Payments", a_payment(invoice, IsReconciled=True))
        path = f"Payments/{row['PaymentID']}"
        assert xero.post(path, {"Status": "DELETED"}).message == RECONCILED
        control.reconcile(row["PaymentID"], reconciled=False)
        assert xero.post(path, {"Status": "DELETED"}).status == 200

    def test_allows_the_void(self, xero, invoice):
        row = xero.create("Payments", a_payment(invoice))
        path = f"Invoices/{invoice['InvoiceID']}"
        assert xero.post(path, {"Status": "VOIDED"}).status == 400
        xero.post(f"Payments/{row['PaymentID']}", {"Status": "DELETED"})
        assert xero.post(path, {"Status": "VOIDED"}).status == 200


def test_payments_are_filtered_by_their_invoice(xero, invoice):
    xero.create("Payments", a_payment(invoice, 5))
    where = f'Invoice.InvoiceID==guid("{invoice["InvoiceID"]}")'
    assert len(xero.get(f"Payments?where={where}").rows) == 1
    assert xero.get('Payments?where=PaymentType=="ACCPAYPAYMENT"').rows == []


def test_lists_are_paged_filtered_and_since_a_moment(xero, invoice, control):
    payments = [a_payment(invoice, amount) for amount in (1, 2, 3)]
    rows = xero.put("Payments", {"Payments": payments}).rows
    page = xero.get("Payments?page=2&pageSize=2")
    assert len(page.rows) == 1 and page.body["pagination"]["pageCount"] == 2
    assert len(xero.get("Payments?where=Amount>1").rows) == 2
    assert xero.get("Payments?where=IsReconciled==true").rows == []
    control.clock.advance(10)
    moment = control.clock.now().strftime("%Y-%m-%dT%H:%M:%S")
    control.reconcile(rows[1]["PaymentID"])
    (changed,) = xero.get("Payments", If_Modified_Since=moment).rows
    assert changed["IsReconciled"] is True and changed["Amount"] == 2


def test_a_payment_in_a_locked_period_cannot_be_deleted(xero, invoice, control):
    row = xero.create("Payments", a_payment(invoice))
    control.set_lock_date("2026-10-01")
    answer = xero.post(f"Payments/{row['PaymentID']}", {"Status": "DELETED"})
    assert "lock date" in answer.message


def test_paying_moves_the_invoices_timestamp(xero, invoice, control):
    before = read(xero, invoice)["UpdatedDateUTC"]
    control.clock.advance(10)
    control.pay(invoice["InvoiceID"], 1)
    assert read(xero, invoice)["UpdatedDateUTC"] > before
