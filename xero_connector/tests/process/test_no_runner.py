"""Where no job runner works, the cron plans, sends and settles."""

from xero_simulator.control import Control

#: Options of the server.
SERVER = {"runner": False}


def test_the_cron_sends_and_the_connection_says_so(company):
    """N1, I3: posting wakes the cron; no job is left lying about."""
    assert company.connection()["runner_missing"]

    ids = company.invoice() + company.invoice(user=company.cleo)
    company.wait_quiet()

    company.assert_in_xero(ids)
    assert not company.database.value(
        "SELECT count(*) FROM queue_job WHERE model_name LIKE 'xero.%%'"
    )


def test_the_cron_settles_a_doubt_after_a_kill(company):
    """I4, I5: the same exactness without jobs."""
    company.xero.fault("hold", method="PUT", path="/Invoices", at="after")
    ids = company.invoice()
    company.xero.wait_held()
    company.server.kill()
    company.xero.release(drop=True)

    company.start_again()
    company.drive()
    company.wait_quiet()

    company.assert_in_xero(ids)
    assert company.history(*ids) == ["adopted"]
    Control.wait_for(lambda: not company.left(), 5)
