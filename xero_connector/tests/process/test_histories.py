"""Random histories keep the invariants, and an engine broken on purpose does not.

``XERO_SEED=123`` lives that history again; ``XERO_HISTORIES=1000`` lives so many, from
that seed on (see ``scripts/soak``).
"""

import os
from unittest.mock import patch

import pytest
from harness import databases
from harness.histories import History, World

from odoo.tools import config

from odoo.addons.xero_connector.lib import errors
from odoo.addons.xero_connector.models import (
    xero_change,
    xero_doubt,
    xero_failure,
    xero_send,
)

from xero_simulator.server import serve

_FIRST = int(os.environ.get("XERO_SEED", 1))
_DEFAULT = 1 if "XERO_SEED" in os.environ else 60
_SEEDS = range(_FIRST, _FIRST + int(os.environ.get("XERO_HISTORIES", _DEFAULT)))

#: Background work took a call of the reserve for its look before a change; a draft
#: that was changed while one tries was approved.
_ONCE_WRONG = () if "XERO_SEED" in os.environ else (1795373123, 1795373310, 1795373344)

#: A broken engine must be caught within so many histories.
_ENOUGH = 150


@pytest.fixture(scope="module")
def world(template, enable_odoo_test_flag):
    """A database and a simulator for all histories of this process.

    Odoo is not in test mode: commits are commits.
    """
    config["test_enable"] = False
    name = f"xero_hist_{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}"
    with serve() as simulator:
        world = World(databases.copy(template, name), simulator)
        yield world
        world.close()
        databases.drop(name)


@pytest.mark.parametrize("seed", [*_SEEDS, *_ONCE_WRONG])
def test_history(world, seed):
    """I1, I2, I3, I4, I5, I6, I8, I9, I11, I12, I15 hold, whatever happens in whatever
    order, on both sides."""
    History(world, seed).live()


# === BROKEN ON PURPOSE === #


def _read_nothing(request, resource, sent):
    """Doubt that always says "absent"."""
    return {}


def _send_without_looking(request):
    """Doubt that sends again under a new key without reading."""
    request._send_again(request.line_ids)
    request.write({"state": "done"})
    request._after()
    request.env.cr.commit()


def _take_failure_for_absence(request, resource, sent):
    """A read that failed found nothing."""
    try:
        return _read_back(request, resource, sent)
    except errors.XeroError:
        return {}


def _send_under_the_same_key(request, why):
    """No answer: just send it once more."""
    request.write({"state": "ready", "error": why})
    request.env.cr.commit()


def _claim_later(request):
    """The claim is committed with the answer."""
    with patch.object(request.env.cr, "commit", lambda: None):
        _claim(request)


def _lose_what_is_in_flight(changes, connection, limit):
    """A change of a record on its way is taken for dealt with."""
    taken = _take(changes, connection, limit)
    changes.env.cr.execute("DELETE FROM xero_change")
    return taken


_read_back = xero_doubt.XeroRequest._read_back
_claim = xero_send.XeroRequest._claim
_take = xero_change.XeroChange._take

_BROKEN = {
    "absent": (xero_doubt.XeroRequest, "_read_back", _read_nothing),
    "no look": (xero_doubt.XeroRequest, "_doubt", _send_without_looking),
    "failed": (xero_doubt.XeroRequest, "_read_back", _take_failure_for_absence),
    "same key": (xero_failure.XeroRequest, "_set_uncertain", _send_under_the_same_key),
    "late claim": (xero_send.XeroRequest, "_claim", _claim_later),
    "lost change": (xero_change.XeroChange, "_take", _lose_what_is_in_flight),
}


@pytest.mark.parametrize("how", _BROKEN)
def test_a_broken_engine_is_caught(world, how):
    """The checks above would notice; the message names what they noticed."""
    with patch.object(*_BROKEN[how]):
        for seed in range(1, _ENOUGH + 1):
            try:
                History(world, seed).live()
            except AssertionError as error:
                assert f"seed {seed}: " in str(error)
                return
    pytest.fail(f"{_ENOUGH} histories did not notice: {how}")
