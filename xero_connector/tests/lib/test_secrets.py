"""I10: no secret in a log or in an error, whatever happens on the way."""

import logging
import traceback

import pytest

from lib import errors, oauth
from lib.client import Client

ACCESS, REFRESH, SECRET = "acc3ss-t0ken", "r3fresh-t0ken", "cl1ent-s3cret"
CODE, VERIFIER, BODY = "auth-c0de", "v3rifier" * 8, "what-a-customer-b0ught"
NEW_ACCESS, NEW_REFRESH = "n3w-acc3ss", "n3w-r3fresh"
SECRETS = [ACCESS, REFRESH, SECRET, CODE, VERIFIER, BODY, NEW_ACCESS, NEW_REFRESH]


@pytest.fixture
def log(caplog):
    """Everything that anything logs, in detail."""
    caplog.set_level(logging.DEBUG)
    names = (
        "requests_oauthlib",
        "oauthlib",
        "urllib3",
        "xero_python",
        "lib",
    )
    for name in names:
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


def assert_discreet(text):
    assert [secret for secret in SECRETS if secret in text] == []


def told(error):
    """All that a careless caller could print of an error."""
    lines = traceback.format_exception(error)
    attributes = [repr(value) for value in vars(error).values()]
    return "\n".join([*lines, str(error), repr(error), *attributes])


FAULTS = {
    "refused": lambda xero: xero.reply(400, {"Elements": []}),
    "throttled": lambda xero: xero.reply(429),
    "expired": lambda xero: xero.reply(401, {"Detail": "TokenExpired"}),
    "server error": lambda xero: xero.reply(500, "oops"),
    "reset": lambda xero: xero.reset(),
    "unreadable": lambda xero: xero.reply(200, "<html>"),
    "broken header": lambda xero: xero.play(
        lambda h: (h.wfile.write(b"\x00\n\n"), h.hang_up())
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_call_that_fails_tells_no_secret(xero, log, fault):
    FAULTS[fault](xero)
    with Client(xero.url, "tenant-1", ACCESS) as client:
        with pytest.raises(errors.XeroError) as caught:
            client.call("create_invoices", {"Reference": BODY}, idempotency_key="k")
        assert_discreet(repr(client))
    assert_discreet(told(caught.value))
    assert_discreet(log.text)


def test_a_call_that_works_tells_what_support_needs_and_no_secret(xero, log):
    xero.reply(200, {"Invoices": [{"Reference": BODY}]}, Xero_Correlation_Id="corr-1")
    with Client(xero.url, "tenant-1", ACCESS) as client:
        answer = client.call("create_invoices", {"Reference": BODY})
    line = [r.getMessage() for r in log.records if r.name == "lib.client"][-1]
    assert line.startswith("PUT /api.xro/2.0/Invoices 200 ")
    assert line.endswith("correlation corr-1")
    assert_discreet(repr(answer))
    assert_discreet(log.text)


def test_a_token_that_breaks_a_header_is_not_told(xero, log):
    client = Client(xero.url, "tenant-1", ACCESS + "\n")
    with client, pytest.raises(errors.XeroError) as caught:
        client.call("get_accounts")
    assert_discreet(told(caught.value))
    assert_discreet(log.text)


GRANT = {
    "access_token": NEW_ACCESS,
    "refresh_token": NEW_REFRESH,
    "expires_in": 1800,
    "token_type": "Bearer",
}


@pytest.mark.parametrize("secret", [SECRET, ""], ids=["secret", "pkce"])
def test_getting_and_renewing_a_token_tells_no_secret(xero, log, secret):
    app = oauth.App("client-1", secret, identity_url=xero.url, login_url=xero.url)
    xero.reply(200, GRANT)
    xero.reply(200, GRANT)
    tokens = [
        oauth.exchange(app, CODE, "" if secret else VERIFIER),
        oauth.refresh(app, REFRESH),
    ]
    oauth.revoke(app, REFRESH)
    assert_discreet(repr(app))
    assert_discreet(repr(tokens))
    assert_discreet(log.text)


@pytest.mark.parametrize(
    "status, body",
    [
        (400, {"error": "invalid_grant", "error_description": f"{REFRESH} is used"}),
        (400, {"error": "invalid_client", "error_description": SECRET}),
        (400, REFRESH),
        (200, f"access_token {NEW_ACCESS}"),
        (200, {"access_token": NEW_ACCESS, "expires_in": NEW_REFRESH}),
        (200, {"refresh_token": NEW_REFRESH}),
        (500, NEW_ACCESS),
    ],
)
def test_a_token_service_that_fails_tells_no_secret(xero, log, status, body):
    app = oauth.App("client-1", SECRET, identity_url=xero.url)
    xero.reply(status, body)
    with pytest.raises(oauth.OAuthError) as caught:
        oauth.refresh(app, REFRESH)
    assert_discreet(told(caught.value))
    assert_discreet(log.text)
