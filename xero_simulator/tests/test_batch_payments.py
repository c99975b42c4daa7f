"""Batch payments: several documents, one line on the bank statement."""

import pytest

from xero_simulator.control import XeroRefused

from .client import a_bill

IN_BATCH = "Payments within a batch cannot be deleted."


def a_batch(*invoices, amount=120, **values):
    return {
        "Account": {"Code": "090"},
        "Date": "2026-10-01",
        "Reference": "Deposit 7",
        "Payments": [
            {"Invoice": {"InvoiceID": one["InvoiceID"]}, "Amount": amount}
            for one in invoices
        ],
        **values,
    }


@pytest.fixture
def invoices(xero, contact):
    return [xero.invoice(contact) for _ in range(2)]


@pytest.fixture
def batch(xero, invoices):
    return xero.create("BatchPayments", a_batch(*invoices))


def statuses(xero):
    return {row["Status"] for row in xero.get("Invoices?page=1").rows}


def put(xero, element):
    return xero.put("BatchPayments", {"BatchPayments": [element]})


class TestCreate:
    def test_pays_every_document_on_one_day_from_one_account(self, xero, batch):
        assert (batch["Type"], batch["Status"]) == ("RECBATCH", "AUTHORISED")
        assert float(batch["TotalAmount"]) == 240 and len(batch["Payments"]) == 2
        assert batch["DateString"] == "2026-10-01T00:00:00"
        assert batch["IsReconciled"] is False
        assert statuses(xero) == {"PAID"}
        for payment in xero.get("Payments").rows:
            assert payment["BatchPaymentID"] == batch["BatchPaymentID"]
            assert payment["BatchPayment"]["Type"] == "RECBATCH"
            assert payment["Account"]["Code"] == "090"
            assert payment["Date"] == batch["Date"]

    def test_of_bills_is_a_payment_batch(self, xero, contact):
        bill = xero.create("Invoices", a_bill(contact))
        row = xero.create("BatchPayments", a_batch(bill))
        assert row["Type"] == "PAYBATCH"

    def test_may_pay_parts(self, xero, invoices):
        xero.create("BatchPayments", a_batch(*invoices, amount=20))
        assert statuses(xero) == {"AUTHORISED"}

    def test_adds_up_what_the_bank_sees(self, xero, contact, invoices):
        """A document in another currency counts with its bank amount."""
        foreign = xero.invoice(contact, CurrencyCode="EUR", CurrencyRate=1.2)
        batch = xero.create("BatchPayments", a_batch(invoices[0], foreign))
        assert float(batch["TotalAmount"]) == 220

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"Payments": []}, "must have at least one payment"),
            ({"Account": None}, "An account must be specified"),
            ({"Account": {"Code": "855"}}, "Batch payments need a bank account."),
            ({"Account": {"Code": "092"}}, "base currency or the document's"),
            ({"Reference": "x" * 256}, "maximum length of 255"),
            ({"Narrative": "x" * 19}, "maximum length of 18"),
        ],
    )
    def test_a_wrong_batch_is_refused(self, xero, invoices, changes, message):
        answer = put(xero, {**a_batch(invoices[0]), **changes})
        assert answer.status == 400 and message in answer.message

    def test_one_bad_payment_refuses_the_whole_batch(self, xero, invoices):
        batch = a_batch(*invoices)
        batch["Payments"][1]["Amount"] = 121
        answer = put(xero, batch)
        (element,) = answer.body["Elements"]
        nested = [p.get("ValidationErrors") for p in element["Payments"]]
        assert nested[0] is None and "exceeds" in nested[1][0]["Message"]
        assert statuses(xero) == {"AUTHORISED"}
        assert xero.get("Payments").rows == []

    def test_sales_and_bills_do_not_mix(self, xero, contact, invoices):
        bill = xero.create("Invoices", a_bill(contact))
        answer = put(xero, a_batch(invoices[0], bill))
        assert answer.message == "All payments in a batch must be of the same type."
        assert statuses(xero) == {"AUTHORISED"}

    def test_a_document_comes_once(self, xero, invoices):
        answer = put(xero, a_batch(invoices[0], invoices[0], amount=10))
        assert "only once" in answer.message

    def test_a_locked_date_is_refused(self, xero, invoices, control):
        control.set_lock_date("2026-10-01")
        assert "lock date" in put(xero, a_batch(invoices[0])).message

    def test_without_summarised_errors_good_ones_are_kept(self, xero, invoices):
        batches = [a_batch(invoices[0]), a_batch(invoices[1], amount=999)]
        answer = xero.put("BatchPayments?summarizeErrors=false", batches)
        assert answer.status == 200
        good, bad = answer.rows
        assert good["StatusAttributeString"] == "OK"
        assert bad["StatusAttributeString"] == "ERROR"
        assert len(xero.get("BatchPayments").rows) == 1


class TestDelete:
    @pytest.mark.parametrize("in_path", [True, False])
    def test_opens_every_document_again(self, xero, batch, in_path):
        element = {"Status": "DELETED"}
        path = f"BatchPayments/{batch['BatchPaymentID']}"
        if not in_path:
            element["BatchPaymentID"] = batch["BatchPaymentID"]
            path = "BatchPayments"
        row = xero.post(path, element).row
        assert row["Status"] == "DELETED" and row["Payments"] == []
        assert statuses(xero) == {"AUTHORISED"}
        assert {p["Status"] for p in xero.get("Payments").rows} == {"DELETED"}
        assert xero.get("BatchPayments").row["Status"] == "DELETED"

    def test_one_payment_cannot_leave_its_batch(self, xero, batch, control):
        payment = batch["Payments"][0]["PaymentID"]
        answer = xero.post(f"Payments/{payment}", {"Status": "DELETED"})
        assert answer.message == IN_BATCH
        with pytest.raises(XeroRefused, match="within a batch"):
            control.remove_payment(payment)

    def test_is_impossible_once_reconciled(self, xero, batch, control):
        control.reconcile(batch["BatchPaymentID"])
        path = f"BatchPayments/{batch['BatchPaymentID']}"
        assert "reconciled" in xero.post(path, {"Status": "DELETED"}).message
        assert {p["IsReconciled"] for p in xero.get("Payments").rows} == {True}
        control.reconcile(batch["BatchPaymentID"], reconciled=False)
        assert xero.post(path, {"Status": "DELETED"}).status == 200

    def test_is_all_that_can_be_done(self, xero, batch, contact):
        path = f"BatchPayments/{batch['BatchPaymentID']}"
        assert "only be deleted" in xero.post(path, {"Reference": "x"}).message
        xero.post(path, {"Status": "DELETED"})
        again = xero.post(path, {"Status": "DELETED"})
        assert again.message == "This batch payment has already been deleted."
        unknown = f"BatchPayments/{contact}"
        assert xero.post(unknown, {"Status": "DELETED"}).status == 404

    def test_is_impossible_in_a_locked_period(self, xero, batch, control):
        control.set_lock_date("2026-10-01")
        path = f"BatchPayments/{batch['BatchPaymentID']}"
        assert "lock date" in xero.post(path, {"Status": "DELETED"}).message


class TestRead:
    def test_by_id_by_filter_and_since_a_moment(self, xero, batch, control):
        path = f"BatchPayments/{batch['BatchPaymentID']}"
        assert xero.get(path).row["Reference"] == "Deposit 7"
        assert len(xero.get('BatchPayments?where=Type=="RECBATCH"').rows) == 1
        assert xero.get('BatchPayments?where=Status=="DELETED"').rows == []
        control.clock.advance(10)
        moment = control.clock.now().strftime("%Y-%m-%dT%H:%M:%S")
        assert xero.get("BatchPayments", If_Modified_Since=moment).rows == []
        control.delete_batch(batch["BatchPaymentID"])
        assert len(xero.get("BatchPayments", If_Modified_Since=moment).rows) == 1

    def test_lists_are_not_paged(self, xero, batch):
        answer = xero.get("BatchPayments?page=2")
        assert len(answer.rows) == 1 and "pagination" not in answer.body

    def test_has_a_history(self, xero, batch):
        path = f"BatchPayments/{batch['BatchPaymentID']}/History"
        assert xero.put(path, {"Details": "Hello"}).status == 200
        assert len(xero.get(path).rows) == 2


def test_a_person_pays_several_at_once_and_takes_it_back(xero, invoices, control):
    row = control.pay_batch([one["InvoiceID"] for one in invoices], Reference="JAX")
    assert row["TotalAmount"] == 240 and statuses(xero) == {"PAID"}
    control.reconcile(row["BatchPaymentID"])
    control.delete_batch(row["BatchPaymentID"])
    assert statuses(xero) == {"AUTHORISED"}
