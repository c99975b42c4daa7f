"""A database is copied while work is under way, and the copy is started."""

import pytest
from harness import databases
from harness.company import Company

from xero_simulator.control import Control


@pytest.fixture
def copy(company):
    """A server on a copy that was made while requests and jobs were waiting."""
    with company.database.lane("send", company.connection_id):
        company.waiting = company.invoice()
        company.wait_request("ready", resource="contact")
        company.server.kill()
    company.database.close()
    database = databases.copy(company.database.name, f"{company.database.name}_copy")
    copied = Company(database, company.simulator)
    yield copied
    copied.close()
    databases.drop(database.name)


def test_a_copy_sends_nothing_and_drops_our_jobs(company, copy):
    """T75: a copy neither sends nor reads, and holds no unfinished job of ours."""
    assert _jobs(copy.database)
    calls = len(company.xero.calls())

    copy.server.start()
    Control.wait_for(lambda: not _jobs(copy.database), 60, "dropped jobs")
    copy.ben = copy.server.login("ben")
    copy.anna = copy.server.login("anna")
    copy._find_accounts()
    copy.invoice()
    copy.pass_time(60)
    copy.drive()
    Control.wait_for(lambda: not _jobs(copy.database), 60, "dropped jobs")

    assert copy.connection()["is_copy"]
    assert len(company.xero.calls()) == calls
    assert copy.database.runner_alive()
    copy.server.stop()

    company.start_again()
    company.wait_quiet()
    company.assert_in_xero(company.waiting)


def _jobs(database):
    return database.value(
        "SELECT count(*) FROM queue_job WHERE model_name LIKE 'xero.%%'"
        " AND state NOT IN ('done', 'cancelled')"
    )
