"""I11: calls grow with changes / 50, and no request is larger than Xero takes."""

import random

import pytest

from lib import batches, wire


def test_fifty_elements_go_in_one_request():
    elements = [{"n": n} for n in range(101)]
    assert [len(batch) for batch in batches.split(elements)] == [50, 50, 1]


def test_the_order_is_kept():
    elements = [{"n": n} for n in range(120)]
    assert [e for batch in batches.split(elements) for e in batch] == elements


def test_nothing_to_send_is_no_request():
    assert batches.split([]) == []


@pytest.mark.parametrize("seed", range(20))
def test_no_request_is_larger_than_allowed(seed):
    rng = random.Random(seed)
    elements = [{"Text": "é" * rng.randint(1, 100)} for _ in range(rng.randint(1, 90))]
    found = batches.split(elements, max_elements=20, max_bytes=1500)
    assert [e for batch in found for e in batch] == elements
    for batch in found:
        assert len(wire.dumps({"PurchaseOrders": batch})) <= 1500
        assert len(batch) <= 20


def test_an_element_that_fits_nowhere_is_named():
    with pytest.raises(batches.ElementTooLarge) as caught:
        batches.split([{"a": 1}, {"a": "x" * 2000}], max_bytes=1000)
    assert caught.value.position == 1
    assert caught.value.size > 2000
    assert caught.value.surely_no_effect


def test_a_culprit_is_found_by_halves():
    """decisions.md 13: until it stands alone."""
    assert batches.halves([1, 2, 3]) == [[1, 2], [3]]
    assert batches.halves([1]) == [[1]]
    assert batches.halves([]) == []
