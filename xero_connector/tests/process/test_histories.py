"""Random histories keep the invariants, and a broken engine does not.

``XERO_SEED=123`` lives that one again; ``XERO_HISTORIES=1000`` lives so many.
"""

import os

import pytest
from harness import databases
from harness.histories import History, World

from odoo.tools import config

from xero_simulator.server import serve

_FIRST = int(os.environ.get("XERO_SEED", 1))
_COUNT = 1 if "XERO_SEED" in os.environ else int(os.environ.get("XERO_HISTORIES", 60))


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


@pytest.mark.parametrize("seed", range(_FIRST, _FIRST + _COUNT))
def test_history(world, seed):
    """I1 to I6, I8, I9, I11, I12 hold whatever happens in whatever order."""
    History(world, seed).live()
