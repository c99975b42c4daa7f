"""Permission: what is asked, what is kept, and every way it can go wrong."""

import base64
import datetime
import hashlib
import json
from urllib.parse import parse_qs, urlsplit

import pytest

from lib import errors, oauth, scopes

NOW = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.timezone.utc)
GRANT = {
    "id_token": "id-1",
    "access_token": "access-1",
    "expires_in": 1800,
    "token_type": "Bearer",
    "refresh_token": "refresh-1",
    "scope": "openid offline_access accounting.invoices",
}


@pytest.fixture
def app(xero):
    """An app with a secret."""
    return oauth.App(
        "client-1",
        "secret-1",
        redirect_uri="http://localhost:8069/xero/oauth/callback",
        scopes=scopes.MINIMAL,
        login_url=xero.url,
        identity_url=xero.url,
    )


@pytest.fixture
def pkce_app(xero):
    """An app without a secret."""
    return oauth.App(
        "client-1",
        redirect_uri="http://localhost:8069/xero/oauth/callback",
        scopes="openid",
        login_url=xero.url,
        identity_url=xero.url,
    )


def form(seen):
    return {k: v[0] for k, v in parse_qs(seen.body.decode()).items()}


def query(url):
    return {name: value[0] for name, value in parse_qs(urlsplit(url).query).items()}


def jwt(**payload):
    parts = [json.dumps({"alg": "RS256"}), json.dumps(payload), "signature"]
    encoded = [base64.urlsafe_b64encode(part.encode()).decode() for part in parts]
    return ".".join(part.rstrip("=") for part in encoded)


# === AUTHORIZE === #


def test_the_authorize_address_asks_for_what_is_needed(app, xero):
    authorization = oauth.authorize_url(app, "state-1")
    assert authorization.url.startswith(f"{xero.url}/identity/connect/authorize?")
    assert query(authorization.url) == {
        "response_type": "code",
        "client_id": "client-1",
        "redirect_uri": app.redirect_uri,
        "scope": scopes.MINIMAL,
        "state": "state-1",
    }
    assert authorization.code_verifier == ""


def test_the_default_authorize_address_is_xeros():
    url = oauth.authorize_url(oauth.App("c", "s"), "state").url
    assert url.startswith("https://login.xero.com/identity/connect/authorize?")


def test_an_app_without_secret_is_proven_by_a_verifier(pkce_app):
    """decisions.md 20: PKCE, S256."""
    authorization = oauth.authorize_url(pkce_app, "state-1")
    digest = hashlib.sha256(authorization.code_verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    asked = query(authorization.url)
    assert asked["code_challenge_method"] == "S256"
    assert asked["code_challenge"] == challenge
    assert 43 <= len(authorization.code_verifier) <= 128


def test_further_parameters_are_passed_on(app):
    url = oauth.authorize_url(app, "s", acr_values="bulk_connect:false").url
    assert query(url)["acr_values"] == "bulk_connect:false"


def test_plain_http_is_for_this_machine_only():
    app = oauth.App("c", "s", login_url="http://login.xero.com")
    with pytest.raises(ValueError, match="https"):
        oauth.authorize_url(app, "state")
    with pytest.raises(ValueError, match="https"):
        oauth.refresh(oauth.App("c", "s", identity_url="http://evil.test"), "r")


@pytest.mark.parametrize(
    "parameters, kind",
    [
        ({"error": "access_denied"}, oauth.ConsentDenied),
        ({"error": "invalid_scope"}, oauth.InvalidScope),
        ({"error": "unauthorized_client"}, oauth.InvalidScope),
        ({"error": "server_error"}, oauth.TokenUnavailable),
        (
            {"error": "invalid_request", "error_description": "Invalid redirect_uri"},
            oauth.InvalidRedirect,
        ),
        ({"error": "something_new"}, oauth.OAuthError),
        ({"state": "s"}, oauth.OAuthError),
        ({}, oauth.OAuthError),
    ],
)
def test_the_way_back_can_say_no(parameters, kind):
    with pytest.raises(oauth.OAuthError) as caught:
        oauth.parse_callback(parameters)
    assert type(caught.value) is kind
    assert caught.value.message and caught.value.advice


def test_the_way_back_brings_a_code():
    assert oauth.parse_callback({"code": "code-1", "state": "s"}) == "code-1"


# === EXCHANGE === #


def test_a_code_becomes_a_token(app, xero):
    xero.reply(200, GRANT)
    token = oauth.exchange(app, "code-1", now=lambda: NOW)
    assert token == oauth.Token(
        access_token="access-1",
        refresh_token="refresh-1",
        expires_at=NOW + datetime.timedelta(minutes=30),
        scope=GRANT["scope"],
        id_token="id-1",
    )


def test_an_app_with_a_secret_proves_itself_by_basic_and_by_nothing_else(app, xero):
    """decisions.md 20."""
    xero.reply(200, GRANT)
    oauth.exchange(app, "code-1")
    (seen,) = xero.requests
    basic = base64.b64encode(b"client-1:secret-1").decode()
    assert seen.headers["Authorization"] == f"Basic {basic}"
    assert (seen.method, seen.path) == ("POST", "/connect/token")
    assert form(seen) == {
        "grant_type": "authorization_code",
        "code": "code-1",
        "redirect_uri": app.redirect_uri,
    }


def test_an_app_without_secret_sends_its_verifier(pkce_app, xero):
    xero.reply(200, GRANT)
    oauth.exchange(pkce_app, "code-1", "verifier-1")
    (seen,) = xero.requests
    assert "Authorization" not in seen.headers
    assert form(seen) == {
        "grant_type": "authorization_code",
        "code": "code-1",
        "redirect_uri": pkce_app.redirect_uri,
        "client_id": "client-1",
        "code_verifier": "verifier-1",
    }


def test_the_scope_may_be_in_the_access_token_only(app, xero):
    """Whether the answer always carries it is not known (xero-api.md, section 1)."""
    granted = {**GRANT, "access_token": jwt(scope=["openid", "accounting.contacts"])}
    del granted["scope"]
    xero.reply(200, granted)
    assert oauth.exchange(app, "c").scope == "openid accounting.contacts"


def test_fewer_scopes_than_asked_are_told_not_refused(app, xero):
    xero.reply(200, GRANT)
    token = oauth.exchange(app, "c")
    assert "accounting.contacts" in scopes.missing(token.scope)


# === REFRESH === #


def test_a_refresh_uses_the_token_and_gives_the_next(app, xero):
    xero.reply(200, {**GRANT, "refresh_token": "refresh-2"})
    token = oauth.refresh(app, "refresh-1", now=lambda: NOW)
    assert form(xero.requests[0]) == {
        "grant_type": "refresh_token",
        "refresh_token": "refresh-1",
    }
    assert token.refresh_token == "refresh-2"


def test_a_refresh_without_secret_names_the_app(pkce_app, xero):
    xero.reply(200, GRANT)
    oauth.refresh(pkce_app, "refresh-1")
    assert form(xero.requests[0]) == {
        "grant_type": "refresh_token",
        "refresh_token": "refresh-1",
        "client_id": "client-1",
    }


def test_the_old_refresh_token_is_kept_where_no_new_one_comes(app, xero):
    granted = dict(GRANT)
    del granted["refresh_token"]
    xero.reply(200, granted)
    assert oauth.refresh(app, "refresh-1").refresh_token == "refresh-1"


@pytest.mark.parametrize(
    "status, body, kind",
    [
        (400, {"error": "invalid_grant"}, oauth.InvalidGrant),
        (400, {"error": "invalid_client"}, oauth.InvalidClient),
        (401, {"error": "invalid_client"}, oauth.InvalidClient),
        (400, {"error": "unauthorized_client"}, oauth.InvalidClient),
        (400, {"error": "invalid_scope"}, oauth.InvalidScope),
        (
            400,
            {"error": "invalid_grant", "error_description": "Invalid redirect_uri"},
            oauth.InvalidRedirect,
        ),
        (400, {"error": "something_new"}, oauth.OAuthError),
        (200, "<html>", oauth.TokenUnavailable),
        (200, "", oauth.TokenUnavailable),
        (200, "7", oauth.TokenUnavailable),
        (200, "[]", oauth.TokenUnavailable),
        (200, {"access_token": "a", "expires_in": "soon"}, oauth.TokenUnavailable),
        (404, "<html>", oauth.TokenUnavailable),
        (500, {"error": "invalid_grant"}, oauth.TokenUnavailable),
        (503, "The Xero API is currently offline", oauth.TokenUnavailable),
        (429, "", oauth.TokenUnavailable),
    ],
)
def test_each_refusal_of_a_token_has_its_kind(app, xero, status, body, kind):
    """No 5xx and no page of a proxy ends a grant; only the protocol's word does."""
    xero.reply(status, body)
    with pytest.raises(oauth.OAuthError) as caught:
        oauth.refresh(app, "refresh-1")
    assert type(caught.value) is kind
    assert caught.value.message and caught.value.advice
    assert len(xero.requests) == 1


def test_a_lost_answer_leaves_the_old_token_in_force(app, xero):
    """The one before is good for 30 minutes (xero-api.md, section 1)."""
    xero.reset()
    with pytest.raises(oauth.TokenUnavailable) as caught:
        oauth.refresh(app, "refresh-1")
    assert caught.value.may_retry
    assert len(xero.requests) == 1


def test_a_token_service_that_drips_ends_at_the_limit(app, xero):
    xero.drip(b"HTTP/1.1 200 OK\r\n\r\n{")
    with pytest.raises(oauth.TokenUnavailable):
        oauth.refresh(app, "refresh-1", total_timeout=0.3)


def test_a_throttled_token_service_says_how_long(app, xero):
    xero.reply(429, "", Retry_After="17")
    with pytest.raises(oauth.TokenUnavailable) as caught:
        oauth.refresh(app, "refresh-1")
    assert caught.value.retry_after == 17


def test_the_end_of_a_grant_is_a_revoked_access():
    assert issubclass(oauth.InvalidGrant, errors.AccessRevoked)
    assert oauth.InvalidGrant().message == errors.AccessRevoked.default_message


# === REVOKE AND CLAIMS === #


def test_revoking_names_the_refresh_token(app, xero):
    oauth.revoke(app, "refresh-1")
    (seen,) = xero.requests
    assert seen.path == "/connect/revocation"
    assert form(seen) == {"token": "refresh-1", "token_type_hint": "refresh_token"}
    assert seen.headers["Authorization"].startswith("Basic ")


def test_revoking_can_be_refused(app, xero):
    xero.reply(400, {"error": "invalid_client"})
    with pytest.raises(oauth.InvalidClient):
        oauth.revoke(app, "refresh-1")


def test_claims_are_read_from_the_access_token():
    token = jwt(authentication_event_id="event-1", xero_userid="user-1", scope=["a"])
    assert oauth.claims(token) == {
        "authentication_event_id": "event-1",
        "xero_userid": "user-1",
        "scope": ["a"],
    }


@pytest.mark.parametrize("token", ["", None, "opaque", "a.b.c", "a.W10.c"])
def test_a_token_that_is_no_jwt_claims_nothing(token):
    assert oauth.claims(token) == {}


# === SCOPES === #


def test_what_was_not_given_is_named():
    granted = scopes.MINIMAL.replace("accounting.attachments", "")
    assert scopes.missing(granted) == ["accounting.attachments"]
    assert scopes.missing(scopes.MINIMAL) == []


def test_a_broad_permission_covers_its_granular_ones():
    granted = (
        "offline_access accounting.transactions accounting.contacts "
        "accounting.settings accounting.attachments"
    )
    assert scopes.missing(granted) == []
    assert scopes.missing("", "openid accounting.contacts") == ["accounting.contacts"]
