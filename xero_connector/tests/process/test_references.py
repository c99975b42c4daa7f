"""Account references that several sessions make at the same time."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from harness import databases

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

from odoo.addons.xero_connector.lib import references

_SESSIONS, _EACH = 4, 25


@pytest.fixture
def registry(template, enable_odoo_test_flag):
    """A database of its own, where commits are commits."""
    config["test_enable"] = False
    name = f"xero_refs_{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}"
    databases.copy(template, name).close()
    yield Registry(name)
    Registry.delete(name)
    databases.drop(name)


def test_two_sessions_never_make_the_same(registry):
    """S56, S57: all different, though begun in one moment by several sessions."""
    pattern = references.Pattern(references.DEFAULT)

    def make(_session):
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            partners = env["res.partner"].create(
                [{"name": "Darlington"} for _each in range(_EACH)]
            )
            rows = env["xero.account.ref"]
            found = [
                reference
                for partner in partners
                for reference in rows._generate(env.company, pattern, partner).values()
            ]
            env.flush_all()
            return found

    with ThreadPoolExecutor(_SESSIONS) as pool:
        made = [each for some in pool.map(make, range(_SESSIONS)) for each in some]
    assert len(made) == len(set(made)) == _SESSIONS * _EACH
