"""Bank transactions, prepayments and overpayments, their allocations and refunds."""

import pytest

from xero_simulator.control import ALL_SCOPES

from .client import Client, a_bill
from .receiver import KEY

OVER = "RECEIVE-OVERPAYMENT"
PRE = "RECEIVE-PREPAYMENT"


@pytest.fixture
def bank(simulator, control):
    """A client that may also write bank transactions."""
    scopes = f"{ALL_SCOPES} accounting.banktransactions"
    return Client(simulator.url, control.grant(scopes=scopes))


def a_transaction(contact, amount=20, **values):
    return {
        "Type": OVER,
        "Contact": {"ContactID": contact},
        "BankAccount": {"Code": "090"},
        "Date": "2026-10-01",
        "Reference": "R1",
        "LineItems": [{"Description": "Too much", "LineAmount": amount}],
        **values,
    }


def a_prepayment(contact, amount=100, **values):
    line = {
        "Description": "Deposit",
        "Quantity": 1,
        "UnitAmount": amount,
        "AccountCode": "200",
        "TaxType": "OUTPUT2",
    }
    return a_transaction(contact, **{"Type": PRE, "LineItems": [line], **values})


def overpaid(bank, contact, amount=20, **values):
    """An overpayment."""
    row = bank.create("BankTransactions", a_transaction(contact, amount, **values))
    return bank.get(f"Overpayments/{row['OverpaymentID']}").row


def allocate(xero, credit, invoice, amount, **values):
    element = {
        "Invoice": {"InvoiceID": invoice["InvoiceID"]},
        "Amount": amount,
        "Date": "2026-10-02",
        **values,
    }
    return xero.put(f"{path(credit)}/Allocations", {"Allocations": [element]})


def path(credit):
    for stem in ("Prepayment", "Overpayment"):
        if f"{stem}ID" in credit:
            return f"{stem}s/{credit[f'{stem}ID']}"
    raise KeyError(credit)


def read(xero, invoice):
    return xero.get(f"Invoices/{invoice['InvoiceID']}").row


class TestTransactions:
    def test_an_overpayment_bears_no_tax_and_stands_on_debtors(self, bank, contact):
        row = bank.create("BankTransactions", a_transaction(contact))
        assert (row["Type"], row["Status"]) == (OVER, "AUTHORISED")
        assert row["BankAccount"]["Code"] == "090"
        assert row["LineAmountTypes"] == "NoTax" and row["TotalTax"] == 0
        (line,) = row["LineItems"]
        assert (line["AccountCode"], line["TaxType"]) == ("610", "NONE")
        credit = bank.get(f"Overpayments/{row['OverpaymentID']}").row
        assert float(credit["RemainingCredit"]) == float(credit["Total"]) == 20
        assert credit["Reference"] == "R1" and credit["Allocations"] == []

    def test_a_prepayment_has_accounts_and_tax(self, bank, contact):
        row = bank.create("BankTransactions", a_prepayment(contact))
        credit = bank.get(f"Prepayments/{row['PrepaymentID']}").row
        assert float(credit["TotalTax"]) == 20 and float(credit["Total"]) == 120
        assert credit["Contact"]["Name"] == "Bright Windows Ltd"
        assert credit["InvoiceNumber"] == "R1"

    def test_money_spent_stands_on_creditors(self, bank, contact):
        row = bank.create(
            "BankTransactions", a_transaction(contact, Type="SPEND-OVERPAYMENT")
        )
        assert row["LineItems"][0]["AccountCode"] == "800"

    def test_the_currency_is_that_of_the_bank_account(self, bank, contact):
        credit = overpaid(bank, contact, BankAccount={"Code": "092"}, CurrencyRate=1.25)
        assert credit["CurrencyCode"] == "EUR" and credit["CurrencyRate"] == 1.25

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"Type": "RECEIVE"}, "type 'RECEIVE' is not played"),
            ({"Contact": None}, "A Contact must be specified"),
            ({"BankAccount": {"Code": "855"}}, "must be of type BANK"),
            ({"CurrencyCode": "EUR"}, "is that of its bank account"),
            ({"LineAmountTypes": "Exclusive"}, "must be NoTax"),
            ({"LineItems": []}, "line items must be specified"),
            ({"LineItems": [{"LineAmount": -1}]}, "greater than zero"),
            (
                {"LineItems": [{"LineAmount": 1, "AccountCode": "200"}]},
                "'200' is not a valid code for this document.",
            ),
        ],
    )
    def test_a_wrong_one_is_refused(self, bank, contact, changes, message):
        answer = bank.put("BankTransactions", {**a_transaction(contact), **changes})
        assert answer.status == 400
        assert any(message in said for said in answer.messages)
        assert bank.get("Overpayments").rows == []

    def test_a_locked_date_is_refused(self, bank, contact, control):
        control.set_lock_date("2026-10-01")
        answer = bank.put("BankTransactions", a_transaction(contact))
        assert "lock date" in answer.message

    def test_need_a_scope_of_their_own(self, xero, contact):
        """The minimal scopes read prepayments, but cannot make any."""
        answer = xero.put("BankTransactions", a_transaction(contact))
        assert answer.status == 401
        assert xero.get("Prepayments").status == 200

    def test_lists_are_paged_and_filtered(self, bank, contact):
        bank.create("BankTransactions", a_transaction(contact))
        bank.create("BankTransactions", a_prepayment(contact))
        assert bank.get("BankTransactions").rows[0]["LineItems"] == []
        page = bank.get("BankTransactions?page=1&pageSize=1")
        assert page.body["pagination"]["itemCount"] == 2
        assert len(page.row["LineItems"]) == 1
        assert len(bank.get(f'BankTransactions?where=Type=="{PRE}"').rows) == 1


class TestDelete:
    @pytest.fixture
    def transaction(self, bank, contact):
        return bank.create("BankTransactions", a_transaction(contact))

    def delete(self, bank, transaction, **values):
        values = values or {"Status": "DELETED"}
        own = f"BankTransactions/{transaction['BankTransactionID']}"
        return bank.post(own, values)

    def test_voids_the_money(self, bank, transaction):
        assert self.delete(bank, transaction).row["Status"] == "DELETED"
        credit = bank.get("Overpayments").row
        assert credit["Status"] == "VOIDED" and credit["RemainingCredit"] == 0
        assert "already" in self.delete(bank, transaction).message

    def test_is_all_that_can_be_done(self, bank, transaction):
        answer = self.delete(bank, transaction, Reference="x")
        assert "can only be deleted" in answer.message

    def test_is_impossible_once_allocated(self, bank, contact, transaction):
        invoice = bank.invoice(contact)
        allocate(bank, transaction, invoice, 5)
        assert "allocated" in self.delete(bank, transaction).message

    def test_is_impossible_once_reconciled(self, bank, transaction, control):
        control.reconcile(transaction["BankTransactionID"])
        assert "reconciled" in self.delete(bank, transaction).message
        control.delete_bank_transaction(transaction["BankTransactionID"])
        assert bank.get("Overpayments").row["Status"] == "VOIDED"

    def test_is_impossible_in_a_locked_period(self, bank, transaction, control):
        control.set_lock_date("2026-10-01")
        assert "lock date" in self.delete(bank, transaction).message


class TestAllocations:
    @pytest.mark.parametrize("make", [a_transaction, a_prepayment])
    def test_lower_what_is_due(self, bank, contact, make):
        """It is in AmountCredited, not in the payments."""
        credit = bank.create("BankTransactions", make(contact))
        invoice = bank.invoice(contact)
        allocation = allocate(bank, credit, invoice, 20).row
        assert float(allocation["Amount"]) == 20
        shown = read(bank, invoice)
        assert float(shown["AmountDue"]) == 100 and shown["Payments"] == []
        assert float(shown["AmountCredited"]) == 20
        (used,) = shown["Overpayments"] + shown["Prepayments"]
        assert float(used["AppliedAmount"]) == 20
        assert path(used) == path(credit)
        row = bank.get(path(credit)).row
        assert row["Total"] - row["RemainingCredit"] == 20
        (inner,) = row["Allocations"]
        assert inner["Invoice"]["InvoiceID"] == invoice["InvoiceID"]

    def test_settle_both_sides_and_come_apart_again(self, bank, contact):
        credit = overpaid(bank, contact, 120)
        invoice = bank.invoice(contact)
        allocation = allocate(bank, credit, invoice, 120).row
        assert read(bank, invoice)["Status"] == "PAID"
        assert bank.get(path(credit)).row["Status"] == "PAID"
        own = f"{path(credit)}/Allocations/{allocation['AllocationID']}"
        assert bank.delete(own).body["IsDeleted"] is True
        assert read(bank, invoice)["Status"] == "AUTHORISED"
        shown = bank.get(path(credit)).row
        assert shown["Status"] == "AUTHORISED" and shown["RemainingCredit"] == 120

    def test_spent_money_goes_to_bills(self, bank, contact):
        spent = overpaid(bank, contact, Type="SPEND-OVERPAYMENT")
        bill = bank.create("Invoices", a_bill(contact))
        assert allocate(bank, spent, bill, 20).status == 200
        sale = bank.invoice(contact)
        assert "same side" in allocate(bank, spent, sale, 1).messages[0]

    def test_cannot_exceed_either_side(self, bank, contact):
        credit, invoice = overpaid(bank, contact), bank.invoice(contact)
        assert "remaining credit" in allocate(bank, credit, invoice, 21).message
        rich = overpaid(bank, contact, 500)
        assert "amount outstanding" in allocate(bank, rich, invoice, 121).message

    def test_stay_with_contact_and_currency(self, bank, contact):
        credit = overpaid(bank, contact)
        other = bank.create("Contacts", {"Name": "Other"})["ContactID"]
        answer = allocate(bank, credit, bank.invoice(other), 1)
        assert "same contact" in answer.message
        foreign = bank.invoice(contact, CurrencyCode="EUR")
        assert "same currency" in allocate(bank, credit, foreign, 1).message

    def test_another_credits_allocation_is_not_found(self, bank, contact):
        one, other = overpaid(bank, contact), overpaid(bank, contact)
        allocation = allocate(bank, one, bank.invoice(contact), 1).row
        own = f"{path(other)}/Allocations/{allocation['AllocationID']}"
        assert bank.delete(own).status == 404
        nothing = {"OverpaymentID": contact}
        assert allocate(bank, nothing, bank.invoice(contact), 1).status == 404

    def test_a_void_must_wait_for_them(self, bank, contact):
        credit, invoice = overpaid(bank, contact), bank.invoice(contact)
        allocate(bank, credit, invoice, 20)
        answer = bank.post(f"Invoices/{invoice['InvoiceID']}", {"Status": "VOIDED"})
        assert "allocated to it" in answer.message


class TestRefunds:
    def refund(self, bank, credit, amount):
        stem = "Overpayment" if "OverpaymentID" in credit else "Prepayment"
        return bank.put(
            "Payments",
            {
                stem: {f"{stem}ID": credit[f"{stem}ID"]},
                "Account": {"Code": "090"},
                "Date": "2026-10-03",
                "Amount": amount,
            },
        )

    @pytest.mark.parametrize(
        ("make", "kind"),
        [
            (a_transaction, "AROVERPAYMENTPAYMENT"),
            (a_prepayment, "ARPREPAYMENTPAYMENT"),
        ],
    )
    def test_are_payments(self, bank, contact, make, kind):
        credit = bank.create("BankTransactions", make(contact))
        row = self.refund(bank, credit, credit["Total"]).row
        assert row["PaymentType"] == kind
        shown = bank.get(path(credit)).row
        assert shown["Status"] == "PAID" and shown["RemainingCredit"] == 0
        assert len(shown["Payments"]) == 1
        bank.post(f"Payments/{row['PaymentID']}", {"Status": "DELETED"})
        assert bank.get(path(credit)).row["Status"] == "AUTHORISED"

    def test_cannot_exceed_what_remains(self, bank, contact):
        credit = overpaid(bank, contact)
        allocate(bank, credit, bank.invoice(contact), 15)
        assert "exceeds the amount" in self.refund(bank, credit, 6).message
        assert self.refund(bank, credit, 5).status == 200


class TestLists:
    @pytest.mark.parametrize(
        ("resource", "make", "parameter"),
        [
            ("Overpayments", a_transaction, "References"),
            ("Prepayments", a_prepayment, "InvoiceNumbers"),
        ],
    )
    def test_are_filtered_paged_and_since_a_moment(
        self, bank, contact, control, resource, make, parameter
    ):
        for reference in ("R1", "R2"):
            bank.create("BankTransactions", make(contact, Reference=reference))
        assert bank.get(f"{resource}?{parameter}=r2").row["Reference"] == "R2"
        assert len(bank.get(f"{resource}?where=RemainingCredit>0").rows) == 2
        assert bank.get(resource).rows[0]["LineItems"] == []
        page = bank.get(f"{resource}?page=1&pageSize=1")
        assert page.body["pagination"]["itemCount"] == 2
        assert len(page.row["LineItems"]) == 1
        control.clock.advance(10)
        moment = control.clock.now().strftime("%Y-%m-%dT%H:%M:%S")
        assert bank.get(resource, If_Modified_Since=moment).rows == []

    def test_have_a_history(self, bank, contact):
        own = f"{path(overpaid(bank, contact))}/History"
        assert bank.put(own, {"Details": "Hello"}).status == 200
        assert bank.get(own).rows[0]["Details"] == "Hello"


class TestAPerson:
    def test_puts_money_on_account_uses_and_refunds_it(self, xero, contact, control):
        credit = control.put_on_account(contact, 50)
        invoice = xero.invoice(contact)
        control.allocate(credit["OverpaymentID"], invoice["InvoiceID"], 30)
        assert read(xero, invoice)["AmountDue"] == 90
        control.pay(credit["OverpaymentID"])
        shown = xero.get("Overpayments").row
        assert shown["Status"] == "PAID" and len(shown["Payments"]) == 1

    def test_money_on_account_is_told_by_webhooks(self, xero, contact, control):
        control.subscribe("http://localhost:1/", KEY)
        control.put_on_account(contact, 50)
        (event,) = control.webhook_events()
        assert event["eventCategory"] == "OVERPAYMENT"
        assert set(event["data"]) == {"Type", "Status", "UpdatedDateUTCString"}
        assert event["data"]["Type"] == OVER

    def test_a_merge_moves_money_on_account_too(self, xero, contact, control):
        control.put_on_account(contact, 50)
        winner = xero.create("Contacts", {"Name": "Winner"})["ContactID"]
        control.merge_contacts(contact, winner)
        assert xero.get("Overpayments").row["Contact"]["ContactID"] == winner
