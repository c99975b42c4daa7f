"""The server is killed at every instant between a user's click and Xero's answer."""


def test_killed_before_the_send(company):
    """I3: a request that is written down goes after the server comes back."""
    with company.database.lane("send", company.connection_id):
        ids = company.invoice()
        company.wait_request("ready", resource="contact")
        company.server.kill()
    assert not company.requests("sending")

    company.start_again()
    company.wait_quiet()

    company.assert_in_xero(ids)


def test_killed_after_xero_committed_and_before_odoo_knew(company):
    """I4, I5: the invoice that Xero has already is found there, not sent again."""
    company.xero.fault("hold", method="PUT", path="/Invoices", at="after")
    ids = company.invoice()
    company.xero.wait_held()
    company.server.kill()
    company.xero.release(drop=True)
    before = len(company.xero.documents("invoices"))

    company.start_again()
    company.wait_quiet()

    assert len(company.xero.documents("invoices")) == before
    company.assert_in_xero(ids)
    assert company.history(*ids) == ["adopted"]
