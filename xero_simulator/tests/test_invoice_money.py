"""Xero's arithmetic on documents, to the cent."""

from decimal import Decimal

import pytest

from xero_simulator import money

from .client import Client, a_bill, a_line, an_invoice


def totals(row):
    return [f"{row[name]:.2f}" for name in ("SubTotal", "TotalTax", "Total")]


def fifteen(amount, **values):
    """A New Zealand line at 15 %."""
    return a_line(amount, **values)


@pytest.fixture
def kiwi(simulator, control):
    """A client of an organisation whose rate is 15 %."""
    tenant = control.add_organisation("nz")
    client = Client(simulator.url, control.grant(tenant=tenant))
    client.contact = client.create("Contacts", {"Name": "Kiwi"})["ContactID"]
    return client


class TestTax:
    def test_is_rounded_per_line_then_added_up(self, kiwi):
        """Rounding in Xero: 3.76 + 3.84 + 3.84 = 11.44, not 11.45."""
        lines = [fifteen(amount) for amount in (25.06, 25.61, 25.63)]
        row = kiwi.invoice(kiwi.contact, *lines)
        assert totals(row) == ["76.30", "11.44", "87.74"]

    @pytest.mark.parametrize(("amount", "tax"), [(541.25, "70.60"), (500, "65.22")])
    def test_inclusive_is_the_recorded_formula(self, kiwi, amount, tax):
        row = kiwi.invoice(kiwi.contact, fifteen(amount), LineAmountTypes="Inclusive")
        assert totals(row)[1:] == [tax, f"{amount:.2f}"]

    def test_may_be_overridden_per_line(self, xero, contact):
        row = xero.invoice(contact, a_line(10, TaxAmount=2.01), a_line(10))
        assert totals(row) == ["20.00", "4.01", "24.01"]

    def test_overridden_inclusive_tax_lowers_the_subtotal(self, xero, contact):
        line = a_line(12, TaxAmount=1.99)
        row = xero.invoice(contact, line, LineAmountTypes="Inclusive")
        assert totals(row) == ["10.01", "1.99", "12.00"]

    def test_no_tax_means_none_at_all(self, xero, contact):
        row = xero.invoice(contact, a_line(TaxAmount=5), LineAmountTypes="NoTax")
        assert totals(row) == ["100.00", "0.00", "100.00"]
        assert row["LineItems"][0]["TaxType"] == "NONE"

    def test_a_reverse_charge_adds_nothing(self, xero, contact):
        line = a_line(AccountCode="400", TaxType="REVERSECHARGES")
        row = xero.create("Invoices", a_bill(contact, line))
        assert totals(row) == ["100.00", "0.00", "100.00"]

    def test_is_negative_on_negative_lines(self, xero, contact):
        row = xero.invoice(contact, a_line(100), a_line(-0.07))
        assert totals(row) == ["99.93", "19.99", "119.92"]

    def test_totals_that_are_sent_are_ignored(self, xero, contact):
        row = xero.invoice(contact, Total=1, SubTotal=2, TotalTax=3)
        assert totals(row) == ["100.00", "20.00", "120.00"]


class TestPrice:
    def test_is_rounded_to_two_decimals_first(self, xero, contact):
        row = xero.invoice(contact, a_line(2.165, Quantity=10), query="")
        assert totals(row)[0] == "21.70"

    def test_or_to_four_with_unitdp(self, xero, contact):
        row = xero.invoice(contact, a_line(2.16549, Quantity=10))
        assert totals(row)[0] == "21.66"
        assert row["LineItems"][0]["UnitAmount"] == Decimal("2.1655")

    def test_is_shown_with_two_decimals_unless_asked(self, xero, contact):
        invoice = xero.invoice(contact, a_line(2.1655))
        path = f"Invoices/{invoice['InvoiceID']}"
        two = xero.get(path).row["LineItems"][0]["UnitAmount"]
        four = xero.get(f"{path}?unitdp=4").row["LineItems"][0]["UnitAmount"]
        assert (two, four) == (Decimal("2.17"), Decimal("2.1655"))

    def test_quantities_have_four_decimals(self, xero, contact):
        (line,) = xero.invoice(contact, a_line(1, Quantity=0.33335))["LineItems"]
        assert line["Quantity"] == Decimal("0.3334")

    def test_may_be_left_out_when_the_amount_is_there(self, xero, contact):
        line = a_line(None, Quantity=4, LineAmount=10)
        (line,) = xero.invoice(contact, line)["LineItems"]
        assert line["UnitAmount"] == Decimal("2.5")

    def test_must_agree_with_the_amount(self, xero, contact):
        """T38: price times quantity beyond four decimals is refused."""
        line = a_line(0.00345, Quantity=12500, LineAmount=43.13)
        answer = xero.put("Invoices?unitdp=4", an_invoice(contact, line))
        assert answer.message == (
            "The line total 43.13 does not match the expected line total 43.75"
        )


class TestDiscount:
    def test_rate_lowers_the_line(self, xero, contact):
        row = xero.invoice(contact, a_line(33.33, Quantity=3, DiscountRate=10))
        assert totals(row)[0] == "89.99"
        assert row["IsDiscounted"] is True and row["TotalDiscount"] == Decimal("10.0")

    def test_amount_lowers_the_line(self, xero, contact):
        row = xero.invoice(contact, a_line(100, DiscountAmount=0.5))
        assert totals(row)[0] == "99.50"


class TestCurrency:
    def test_the_base_currency_has_rate_one(self, xero, contact):
        row = xero.invoice(contact, CurrencyRate=5)
        assert (row["CurrencyCode"], row["CurrencyRate"]) == ("GBP", 1)

    def test_the_rate_is_the_days_unless_told(self, xero, contact):
        usual = xero.invoice(contact, CurrencyCode="EUR")["CurrencyRate"]
        told = xero.invoice(contact, CurrencyCode="EUR", CurrencyRate=1.2345678)
        assert usual == Decimal("1.17")
        assert told["CurrencyRate"] == Decimal("1.234568")

    def test_a_suspicious_rate_is_a_warning(self, xero, contact):
        invoice = an_invoice(contact, CurrencyCode="EUR", CurrencyRate=100)
        row = xero.put("Invoices?summarizeErrors=false", invoice).row
        assert row["StatusAttributeString"] == "WARNING"
        assert "differs much" in row["Warnings"][0]["Message"]

    def test_cannot_change_after_approval(self, xero, contact):
        invoice = xero.invoice(contact)
        path = f"Invoices/{invoice['InvoiceID']}"
        answer = xero.post(path, {"CurrencyCode": "EUR"})
        assert answer.message == "Currency cannot be changed after approval."

    def test_a_removed_currency_is_refused(self, xero, contact, control):
        control.remove_currency("EUR")
        answer = xero.put("Invoices", an_invoice(contact, CurrencyCode="EUR"))
        assert answer.message == "Organisation is not subscribed to currency EUR"


class TestFunctions:
    @pytest.mark.parametrize(
        ("amount", "result"),
        [("2.165", "2.17"), ("-2.165", "-2.17"), ("2.1649", "2.16")],
    )
    def test_halves_go_up(self, amount, result):
        assert money.rounded(Decimal(amount)) == Decimal(result)

    def test_compound_components_stand_on_the_others(self):
        parts = [
            {"Rate": Decimal(5), "IsCompound": False},
            {"Rate": Decimal(10), "IsCompound": True},
        ]
        assert money.effective_rate(parts) == Decimal("15.5")
