"""Databases and servers for tests that need the real thing."""

import os

import pytest
from harness import databases
from harness.company import Company

from odoo import sql_db

from xero_simulator.server import serve


@pytest.fixture(scope="session")
def template(request):
    """Name of the database under test, which nobody is connected to."""
    name = request.config.getoption("--odoo-database")
    sql_db.close_db(name)
    return name


@pytest.fixture(scope="module")
def open_company(request, template):
    """Make a connected company on a database and a server of its own.

    :return: function of the options of :class:`server.Server`
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw")
    module = request.module.__name__.removeprefix("test_")

    def _open(**options):
        name = f"xero_proc_{worker}_{module}_{len(opened)}"
        simulator = serve()
        company = Company(databases.copy(template, name), simulator, **options)
        opened.append((company, simulator))
        return company.open()

    opened = []
    yield _open
    for company, simulator in opened:
        company.close()
        simulator.stop()
        databases.drop(company.database.name)


@pytest.fixture(scope="module")
def shared(open_company):
    """One company for a whole module."""
    return open_company()


@pytest.fixture
def company(shared):
    """The module's company, running, with nothing left from the test before."""
    shared.xero.clear_faults()
    if not shared.server.running:
        shared.start_again()
    yield shared
    shared.xero.clear_faults()
