"""A server with several processes loses the one that works."""

import os
import signal

from xero_simulator.control import Control

#: Options of the server.
SERVER = {"workers": 2}


def test_the_worker_is_killed_while_the_runner_lives(company):
    """N1, I4, I5: the job that died with its worker is taken up again and looks."""
    database = company.database
    company.xero.fault("hold", method="PUT", path="/Invoices", at="after")
    ids = company.invoice()
    company.xero.wait_held()
    [worker] = database.values(
        "SELECT worker_pid FROM queue_job WHERE state = 'started'"
        " AND method_name = '_job_advance'"
    )
    os.kill(worker, signal.SIGKILL)
    company.xero.release(drop=True)
    assert company.server.running and database.runner_alive()
    Control.wait_for(company.server._answers, 30, "another worker")

    others = company.invoice(user=company.cleo)
    company.pass_time(60)
    company.drive()
    company.wait_quiet()

    company.assert_in_xero(ids + others)
    assert company.history(*ids) == ["adopted"]
    assert company.history(*others) == ["created"]
