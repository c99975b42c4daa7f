from decimal import Decimal

import pytest

from odoo.addons.xero_connector.lib import tracking

A, B, NORTH, SOUTH = {"P": "a"}, {"P": "b"}, {"R": "north"}, {"R": "south"}


def percents(shares):
    return [(options, float(percent)) for options, percent in shares]


def test_one_option_for_the_whole_line():
    """S95: nothing is split."""
    assert percents(tracking.shares([(A, Decimal(100))])) == [(A, 100)]


def test_a_line_without_distribution():
    """S95: no option at all."""
    assert percents(tracking.shares([])) == [({}, 100)]


def test_what_is_not_distributed_has_no_option():
    """S95: 30 % alone is accepted by Odoo; the rest goes untracked."""
    assert percents(tracking.shares([(A, Decimal(30))])) == [(A, 30), ({}, 70)]


def test_joint_entries_stay_joint():
    """S95: 60 % to A in the north, 40 % to B in the south."""
    found = tracking.shares([(A | NORTH, Decimal(60)), (B | SOUTH, Decimal(40))])
    assert percents(found) == [(A | NORTH, 60), (B | SOUTH, 40)]


def test_independent_plans_are_crossed():
    """S95: half A, half B, all of it in the north."""
    found = tracking.shares([(A, Decimal(50)), (B, Decimal(50)), (NORTH, Decimal(100))])
    assert percents(found) == [(A | NORTH, 50), (B | NORTH, 50)]


def test_equal_combinations_are_one():
    """S95: two analytic accounts may be one option in Xero."""
    assert percents(tracking.shares([(A, Decimal(50)), (A, Decimal(50))])) == [(A, 100)]


def test_more_than_the_whole_is_refused():
    """S95: a line cannot be more than itself."""
    with pytest.raises(tracking.Overfull):
        tracking.shares([(A, Decimal(60)), (B, Decimal(60))])


def test_parts_add_up_to_the_cent():
    """N3: the cents left over go where most was lost."""
    parts = tracking.divide(Decimal("-0.05"), [Decimal(50), Decimal(50)])
    assert sum(parts) == Decimal("-0.05")
    parts = tracking.divide(Decimal("100.00"), [Decimal(1)] * 7)
    assert sum(parts) == Decimal("100.00")
    assert max(parts) - min(parts) == Decimal("0.01")
