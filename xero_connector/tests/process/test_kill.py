"""The server is killed at every instant between a user's click and Xero's answer.

``kill -9`` hits every process of the server at once; then it is started again.
"""

import socket
from contextlib import ExitStack, contextmanager


def test_killed_before_the_send(company):
    """I3, I5: a request that is written down goes after the server comes back."""
    with company.database.lane("send", company.connection_id):
        ids = company.invoice()
        company.wait_request("ready", resource="contact")
        company.server.kill()
    assert not company.requests("sending")

    company.start_again()
    company.wait_quiet()

    company.assert_in_xero(ids)
    assert company.history(*ids) == ["created"]


def test_killed_between_claim_and_first_byte(company):
    """I4, I9: claimed and never sent: Xero is asked, and then it goes, once.

    Xero's front door takes nobody in, so no byte of the call has left.
    """
    customer = company.customer()
    with closed_door() as url:
        company.move_xero(url)
        ids = company.invoice(customer)
        company.wait_request("sending", resource="contact")
        company.server.kill()
    company.database.parameter("xero_connector.api_url", company.simulator.url)

    company.start_again()
    company.wait_quiet()

    company.assert_in_xero(ids)
    assert company.history(customer, model="res.partner") == ["absent", "created"]
    assert company.history(*ids) == ["created"]


@contextmanager
def closed_door():
    """An address where connections wait for ever to be let in; its URL."""
    with socket.socket() as door, ExitStack() as queue:
        door.bind(("127.0.0.1", 0))
        door.listen(0)
        for _n in range(3):
            waiting = queue.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(door.getsockname())
        yield f"http://127.0.0.1:{door.getsockname()[1]}"


def test_killed_while_xero_has_not_looked_at_it_yet(company):
    """I4, I9: bytes are out but nothing was done: read, absent, sent anew."""
    company.xero.fault("hold", method="PUT", path="/Invoices", at="before")
    ids = company.invoice()
    company.xero.wait_held()
    company.server.kill()
    company.xero.release(drop=True)

    company.start_again()
    company.wait_quiet()

    company.assert_in_xero(ids)
    assert company.history(*ids) == ["absent", "created"]


def test_killed_after_xero_committed_and_before_odoo_knew(company):
    """N1, I4, I5: what Xero has already is found there, not sent again.

    Nothing helps here: it is settled within three minutes by the clock on the wall.
    """
    company.xero.fault("hold", method="PUT", path="/Invoices", at="after")
    ids = company.invoice()
    company.xero.wait_held()
    company.server.kill()
    company.xero.release(drop=True)
    before = len(company.xero.documents("invoices"))

    company.start_again(down=0)
    company.wait_quiet()

    assert len(company.xero.documents("invoices")) == before
    company.assert_in_xero(ids)
    assert company.history(*ids) == ["adopted"]


def test_killed_with_the_answer_stored_but_not_applied(company):
    """I3, I5: a stored answer is applied after the restart without any call."""
    company.xero.fault("hold", method="PUT", path="/Invoices", at="after")
    ids = company.invoice()
    company.xero.wait_held()
    with company.database.holding(
        "SELECT 1 FROM xero_link WHERE res_id = ANY(%s)"
        " AND res_model = 'account.move' FOR UPDATE",
        ids,
    ):
        company.xero.release()
        company.wait_request("answered")
        company.database.wait_blocked("%xero_link%")
        company.server.kill()
    calls = company.xero.calls()[-1]["number"]

    company.start_again()
    company.wait_quiet()

    company.assert_in_xero(ids)
    assert company.history(*ids) == ["created"]
    assert not company.xero.calls(since=calls)


def test_killed_between_two_batches(company):
    """I5, I11: 51 invoices in two calls; the second one is the only one in doubt."""
    company.xero.fault("hold", method="PUT", path="/Invoices", at="before", after=1)
    ids = company.invoice(count=51)
    company.xero.wait_held()
    company.wait_request("done")
    company.server.kill()
    company.xero.release(drop=True)

    company.start_again()
    company.wait_quiet()

    company.assert_in_xero(ids)
    outcomes = company.history(*ids)
    assert outcomes.count("created") == 51
    assert outcomes.count("absent") in (1, 50)
