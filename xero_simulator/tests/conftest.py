"""One simulator for all tests; each test begins with a new, empty organisation."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from xero_simulator.server import serve

from .client import Client


@pytest.fixture(scope="session")
def _server():
    with serve() as simulator:
        yield simulator


@pytest.fixture
def simulator(_server):
    """A simulator as new."""
    control = _server.control
    control.reset()
    control.set_limits(day=5000, minute=60, concurrent=5, app_minute=10_000)
    control.set_options(max_body=3_500_000, max_query=4096, idempotency_scope="token")
    yield _server
    control.clear_faults()


@pytest.fixture
def control(simulator):
    """Its control."""
    return simulator.control


@pytest.fixture
def xero(simulator):
    """A client that is connected to the first organisation."""
    return Client(simulator.url, simulator.control.grant())


@pytest.fixture
def contact(xero):
    """A contact's id."""
    return xero.create("Contacts", {"Name": "Bright Windows Ltd"})["ContactID"]


@pytest.fixture
def in_thread():
    """Run a function in a thread: ``in_thread(work).result()``."""
    with ThreadPoolExecutor(16) as pool:
        yield pool.submit
