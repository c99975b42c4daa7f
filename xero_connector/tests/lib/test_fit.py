"""N3: Odoo's totals and Xero's are the same to the cent, or the document is stopped."""

import random
from decimal import ROUND_HALF_UP
from decimal import Decimal as D

import pytest

from lib import fit, money
from lib.fit import Wanted


def cents(value):
    return D(value).quantize(D("0.01"), ROUND_HALF_UP)


def one(wanted, net, tax, **options):
    """The only fitted line of a document of one line."""
    return fit.fit([wanted], net, tax, **options).lines[0]


# === LINES AS THEY ARE === #


def test_a_line_that_xero_computes_alike_is_sent_as_it_is():
    """N3: no override, no collapse, no rounding line without need."""
    wanted = Wanted("a", 3, "19.99", "59.97", "11.99", 20)
    document = fit.fit([wanted], "59.97", "11.99", "71.96")
    (line,) = document.lines
    assert (line.quantity, line.unit_amount) == (3, D("19.99"))
    assert (line.discount_rate, line.tax_amount, line.figures) == (None, None, "")
    assert document.rounding == 0
    assert document.overrides == 0
    assert document.totals.total == D("71.96")


def test_four_decimals_are_sent_as_they_are():
    """unitdp=4."""
    line = one(Wanted("a", 100, "0.1234", "12.34"), "12.34", 0)
    assert (line.quantity, line.unit_amount, line.figures) == (100, D("0.1234"), "")


def test_a_discount_goes_as_a_rate_on_sales_invoices():
    """S125: the full price, and the percentage per line."""
    line = one(Wanted("a", 2, 50, 90, discount_rate=10), 90, 0)
    assert (line.unit_amount, line.discount_rate) == (50, 10)


def test_a_discount_goes_into_the_price_elsewhere():
    """S126: Xero takes no discount on credit notes, bills and orders."""
    line = one(Wanted("a", 2, 50, 90, discount_rate=10), 90, 0, discounts=False)
    assert (line.quantity, line.unit_amount, line.discount_rate) == (2, 45, None)


def test_a_refund_mirrors_its_invoice():
    wanted = [Wanted("a", -1, "2.165", "-2.17", "-0.43", 20)]
    document = fit.fit(wanted, "-2.17", "-0.43")
    assert document.lines[0].unit_amount == D("2.165")
    assert document.overrides == 0


# === COLLAPSED LINES === #


@pytest.mark.parametrize(
    "quantity, price, discount, net, figures",
    [
        (12500, "0.00345", 0, "43.13", "12,500 × 0.00345"),
        (3, "33.33333", 0, "100.00", "3 × 33.33333"),
        ("1.23456", 10, 0, "12.35", "1.23456 × 10"),
        (7, "0.00345", 15, "0.02", "7 × 0.00345 - 15 %"),
        (3, 10, 0, "30.01", "3 × 10"),
        (1, "1.23456", 0, "1.23", "1 × 1.23456"),
        (1, 10, 0, "10.01", ""),
    ],
)
def test_a_line_that_xero_would_refuse_goes_as_quantity_one(
    quantity, price, discount, net, figures
):
    """T38: price times quantity must be the line; the real figures go in the text."""
    wanted = Wanted("a", quantity, price, net, discount_rate=discount)
    line = one(wanted, net, 0)
    assert (line.quantity, line.unit_amount) == (1, D(net))
    assert line.discount_rate is None
    assert line.figures == figures


def test_a_discount_that_gives_no_exact_price_collapses_where_xero_takes_none():
    """S126 and T38 together."""
    wanted = Wanted("a", 3, "9.9999", "20.10", discount_rate=33)
    line = one(wanted, "20.10", 0, discounts=False)
    assert (line.quantity, line.unit_amount) == (1, D("20.10"))
    assert line.figures == "3 × 9.9999 - 33 %"


# === TAX === #


def test_document_rounding_needs_an_override_on_one_line_only():
    """T14: Odoo's default rounds tax over the document, Xero on each line."""
    wanted = [
        Wanted("a", 1, "25.06", "25.06", "3.76", 15),
        Wanted("b", 1, "25.61", "25.61", "3.84", 15),
        Wanted("c", 1, "25.63", "25.63", "3.85", 15),
    ]
    document = fit.fit(wanted, "76.30", "11.45", "87.75")
    assert [line.tax_amount for line in document.lines] == [None, None, D("3.85")]
    assert document.totals.total == D("87.75")


def test_prices_with_tax_inside_come_from_the_rounded_base():
    """T15: 17.79 and 17.80 are the nets of two prices of 21.53 at 21 %."""
    wanted = [
        Wanted("a", 1, "21.53", "17.79", "3.74", 21),
        Wanted("b", 1, "21.53", "17.80", "3.73", 21),
    ]
    document = fit.fit(wanted, "35.59", "7.47", "43.06", inclusive=True)
    assert [line.unit_amount for line in document.lines] == [D("21.53")] * 2
    assert [line.tax_amount for line in document.lines] == [None, D("3.73")]
    assert (document.totals.sub_total, document.totals.total) == (
        D("35.59"),
        D("43.06"),
    )


def test_a_cent_that_the_user_corrected_is_kept():
    """T16."""
    line = one(Wanted("a", 1, 100, 100, "20.01", 20), 100, "20.01")
    assert line.tax_amount == D("20.01")


def test_a_tax_that_was_reduced_is_sent():
    """T36: early-payment discount "always"; T35: cash rounding that changes tax."""
    assert one(Wanted("a", 1, 100, 100, "19.60", 20), 100, "19.60").tax_amount == D(
        "19.60"
    )


def test_a_tax_of_zero_is_sent_where_xero_would_compute_some():
    assert one(Wanted("a", 1, 100, 100, 0, 20), 100, 0).tax_amount == 0


def test_reverse_charge_never_carries_a_tax_amount():
    """T19: Xero must compute both sides; if its total differs, the document stops."""
    wanted = Wanted("a", 1, 100, 100, 0, 0, fixed_tax=True)
    assert one(wanted, 100, 0).tax_amount is None
    with pytest.raises(fit.Mismatch) as caught:
        fit.fit([Wanted("a", 1, 100, 100, 0, 20, fixed_tax=True)], 100, 0)
    assert caught.value.tax == D("-20.00")


# === ROUNDING LINE AND STOP === #


@pytest.mark.parametrize("difference", ["0.01", "0.05", "-0.05"])
def test_a_gap_of_five_cents_is_closed_by_a_rounding_line(difference):
    """N3: without tax, to the rounding account."""
    net = D(100) + D(difference)
    document = fit.fit([Wanted("a", 1, 100, 100, 20, 20)], net, 20, net + 20)
    assert document.rounding == D(difference)
    assert document.totals.sub_total == net
    assert document.totals.total == net + 20


@pytest.mark.parametrize(
    "net, tax, missing",
    [
        ("100.06", 20, ("0.06", "0")),
        ("100", "20.01", ("0", "0.01")),
        (90, 20, (-10, 0)),
    ],
)
def test_a_bigger_gap_stops_the_document_and_tells_it(net, tax, missing):
    """N3, I6: never silently different. A line without tax cannot mend tax."""
    with pytest.raises(fit.Mismatch) as caught:
        fit.fit([Wanted("a", 1, 100, 100, 20, 20)], net, tax)
    assert (caught.value.net, caught.value.tax) == (D(missing[0]), D(missing[1]))
    assert caught.value.total == D(missing[0]) + D(missing[1])


def test_totals_that_contradict_themselves_stop_the_document():
    """I6."""
    with pytest.raises(fit.Mismatch):
        fit.fit([Wanted("a", 1, 100, 100, 20, 20)], 100, 20, 121)


def test_no_rounding_line_where_none_is_allowed():
    with pytest.raises(fit.Mismatch):
        fit.fit([Wanted("a", 1, 100, 100)], "100.01", 0, limit=0)


def test_an_amount_with_a_third_decimal_stops_the_document():
    """T39."""
    with pytest.raises(money.TooPrecise):
        fit.fit([Wanted("a", 1, "12.345", "12.345")], "12.345", 0)


def test_floats_of_odoo_are_taken_without_their_noise():
    wanted = Wanted("a", 1.0, 0.1 + 0.2, 0.30000000000000004, 3.0100000000000002, 20.0)
    line = one(wanted, 0.3, 3.01)
    assert (line.unit_amount, line.tax_amount) == (D("0.3"), D("3.01"))


# === ANY DOCUMENT === #


def random_document(rng):
    """A document as Odoo would round it: per document or per line, both ways of tax.

    Returns (wanted, net, tax, inclusive).
    """
    inclusive, globally = rng.random() < 0.5, rng.random() < 0.6
    rate = D(rng.choice(["0", "5", "8.875", "9", "10", "15", "19", "20", "21"]))
    raw = [_random_line(rng) for _ in range(rng.randint(1, 12))]
    figures = [_net_and_tax(*line, rate, inclusive) for line in raw]
    nets, taxes = _rounded(figures, globally)
    wanted = [
        Wanted(position, quantity, price, net, tax, rate, discount)
        for position, ((quantity, price, discount), net, tax) in enumerate(
            zip(raw, nets, taxes, strict=True)
        )
    ]
    return wanted, sum(nets), sum(taxes), inclusive


def _random_line(rng):
    quantity = D(rng.choice([1, 1, 2, 3, 12, 1000, -1])) * D(rng.choice(["1", "0.333"]))
    decimals = rng.choice([2, 2, 2, 4, 5])
    price = D(rng.randint(-100, 100_000)) / 10**decimals
    return quantity, price, D(rng.choice([0, 0, 0, 5, "12.5", 33, 100]))


def _net_and_tax(quantity, price, discount, rate, inclusive):
    amount = quantity * price * (1 - discount / 100)
    if inclusive:
        amount = cents(amount)
    net = amount / (1 + rate / 100) if inclusive else amount
    return net, net * rate / 100


def _rounded(figures, globally):
    """Cents per line; globally, the difference is put on the first lines."""
    nets = [cents(net) for net, _tax in figures]
    taxes = [cents(tax) for _net, tax in figures]
    if globally:
        _distribute(nets, cents(sum(net for net, _tax in figures)))
        _distribute(taxes, cents(sum(tax for _net, tax in figures)))
    return nets, taxes


def _distribute(amounts, total):
    step = D("0.01").copy_sign(total - sum(amounts))
    for position in range(int(abs(total - sum(amounts)) * 100)):
        amounts[position % len(amounts)] += step


@pytest.mark.parametrize("seed", range(400))
def test_any_document_has_the_same_totals_in_xero(seed):
    """N3, I6, T14, T15, T38: fitted totals are the targets, and no means is wasted."""
    wanted, net, tax, inclusive = random_document(random.Random(seed))
    discounts = seed % 2 == 0
    document = fit.fit(
        wanted, net, tax, net + tax, inclusive=inclusive, discounts=discounts
    )

    pairs = list(zip(document.lines, wanted, strict=True))
    sent = [_as_sent(line, source) for line, source in pairs]
    totals = money.predict(sent, inclusive)
    assert (totals.sub_total, totals.total_tax) == (net, tax)
    assert document.totals.total == totals.total == net + tax
    assert document.rounding == 0

    for line, source in pairs:
        _assert_no_waste(line, source, inclusive, discounts)


def _as_sent(line, source):
    """What Xero sees of a fitted line."""
    return money.Line(
        line.quantity,
        line.unit_amount,
        line.discount_rate or D(0),
        source.tax_rate,
        line.tax_amount,
    )


def _assert_no_waste(line, source, inclusive, discounts):
    target = source.net + (source.tax if inclusive else 0)
    assert line.line_amount == target
    own = money.tax_on(line.line_amount, source.tax_rate, inclusive)
    assert (line.tax_amount is not None) == (own != source.tax)
    for figure in (line.quantity, line.unit_amount):
        assert money.fits_units(figure)
    plain = money.Line(source.quantity, source.unit_amount, source.discount_rate)
    fine = all(
        money.fits_units(figure)
        for figure in (plain.quantity, plain.unit_amount, plain.discount_rate)
    )
    if fine and plain.line_amount == target and (discounts or not plain.discount_rate):
        assert (line.quantity, line.unit_amount) == (plain.quantity, plain.unit_amount)
        assert line.figures == ""
