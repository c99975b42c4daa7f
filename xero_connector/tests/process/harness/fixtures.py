"""Databases and servers for tests that need the real thing."""

import os

import pytest

from odoo import sql_db

from xero_simulator.server import serve

from . import databases
from .company import Company


@pytest.fixture(scope="session")
def template(request):
    """Name of the database under test, which nobody is connected to."""
    name = request.config.getoption("--odoo-database")
    sql_db.close_db(name)
    return name


@pytest.fixture(scope="module")
def companies(request, template):
    """The companies of a module; its ``SERVER`` names options of their server."""
    found = _Companies(request.module, template)
    yield found
    found.close()


@pytest.fixture
def company(companies):
    """A connected company on a running server; nothing is left to do there."""
    company = companies.quiet_one()
    yield company
    company.xero.clear_faults()


class _Companies:
    """One company for a whole module, and another one where a test failed."""

    def __init__(self, module, template):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "gw")
        short = module.__name__.removeprefix("test_")
        self._prefix = f"xero_proc_{worker}_{short}"
        self._options = getattr(module, "SERVER", {})
        self._template = template
        self._opened = []

    def quiet_one(self):
        if not self._opened or self._opened[-1].left():
            self._open()
        company = self._opened[-1]
        if not company.server.running:
            company.start_again()
        company.server.wait_runner()
        return company

    def _open(self):
        for company in self._opened:
            company.server.stop()
        database = databases.copy(self._template, f"{self._prefix}_{len(self._opened)}")
        company = Company(database, serve(), **self._options)
        self._opened.append(company)
        company.open()

    def close(self):
        for company in self._opened:
            company.close()
            company.simulator.stop()
            databases.drop(company.database.name)
