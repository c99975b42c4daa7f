"""Xero's arithmetic, with the figures that Xero itself and recordings give."""

import doctest
from decimal import Decimal as D

import pytest

from lib import money
from lib.money import Line, predict


def test_the_examples_in_the_code_hold():
    assert doctest.testmod(money).failed == 0


def test_tax_is_rounded_per_line_and_then_added_up():
    """Xero's rounding page: three lines at 15 % give 11.44, not 11.45 (T14)."""
    lines = [
        Line(D(1), D(price), tax_rate=D(15)) for price in ("25.06", "25.61", "25.63")
    ]
    totals = predict(lines)
    assert [tax for _amount, tax in totals.lines] == [D("3.76"), D("3.84"), D("3.84")]
    assert totals.total_tax == D("11.44")
    assert totals.total == totals.sub_total + D("11.44") == D("87.74")


@pytest.mark.parametrize(
    "amount, rate, tax",
    [("541.25", 15, "70.60"), ("500", 15, "65.22"), ("120", 20, "20.00")],
)
def test_tax_inside_an_amount(amount, rate, tax):
    """As recorded (xero-api.md, section 6)."""
    totals = predict([Line(D(1), D(amount), tax_rate=D(rate))], inclusive=True)
    assert totals.total_tax == D(tax)
    assert totals.total == D(amount)
    assert totals.sub_total == D(amount) - D(tax)


@pytest.mark.parametrize(
    "line, amount",
    [
        (Line(D(1), D("2.165")), "2.17"),
        (Line(D(-1), D("2.165")), "-2.17"),
        (Line(D(3), D("33.3333")), "100.00"),
        (Line(D(3), D("33.33333")), "100.00"),
        (Line(D("0.3333"), D(3)), "1.00"),
        (Line(D(1), D("0.00005"), D(0)), "0.00"),
        (Line(D(10), D(10), D("12.5")), "87.50"),
        (Line(D(10), D(10), D(100)), "0.00"),
    ],
)
def test_a_line_amount_is_rounded_half_up_to_cents(line, amount):
    assert line.line_amount == D(amount)


def test_a_tax_amount_that_was_sent_counts():
    """T16: the cent that the user corrected."""
    totals = predict([Line(D(1), D(100), tax_rate=D(20), tax_amount=D("20.01"))])
    assert totals.total == D("120.01")
    inside = Line(D(1), D(120), tax_rate=D(20), tax_amount=D("20.01"))
    assert predict([inside], inclusive=True).sub_total == D("99.99")


def test_no_lines_are_nothing():
    assert predict([]).total == 0


@pytest.mark.parametrize(
    "value, exact",
    [
        (3.0100000000000002, "3.01"),
        (0.1 + 0.2, "0.3"),
        ("12.50", "12.5"),
        (1200, "1200"),
        (D("0.00345"), "0.00345"),
        (0.0, "0"),
    ],
)
def test_the_noise_of_binary_fractions_is_removed(value, exact):
    assert money.exact(value) == D(exact)


def test_figures_of_another_system_never_show_an_exponent():
    assert str(money.exact(D("1200.00"))) == "1200"


@pytest.mark.parametrize("value", ["12.345", D("0.001"), 1.005])
def test_a_third_decimal_stops_the_document(value):
    """T39: currencies with three decimals; Xero keeps two."""
    with pytest.raises(money.TooPrecise) as caught:
        money.exact_cents(value)
    assert caught.value.value == money.exact(value)


def test_a_third_decimal_that_is_zero_is_no_reason_to_stop():
    """T39."""
    assert money.exact_cents("12.340") == D("12.34")
