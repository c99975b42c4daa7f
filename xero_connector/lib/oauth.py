"""Permission to call Xero: the authorize page, and the tokens that follow.

The protocol is requests-oauthlib's; the exchange itself goes over :mod:`transport`, so
that tokens too have one total time limit and no retries. An app with a secret proves
itself by HTTP Basic; an app without one (PKCE) by a verifier (decisions.md 20).

A refresh token is rotated by every use, and the one before it stays valid for 30
minutes (xero-api.md, section 1). So when the answer to a refresh is lost, keep the old
token and try again: :class:`TokenUnavailable` says exactly that. It is the caller that
sees to it that only one refresh runs at a time.
"""

import base64
import dataclasses
import datetime
import json
import logging
import types
from urllib.parse import urlencode

import requests
from oauthlib.oauth2.rfc6749.errors import OAuth2Error as ProtocolError
from requests_oauthlib import OAuth2Session

from . import errors, oauth_errors, transport
from .oauth_errors import (  # noqa: F401  (part of what a caller sees)
    ConsentDenied,
    InvalidClient,
    InvalidGrant,
    InvalidRedirect,
    InvalidScope,
    OAuthError,
    TokenUnavailable,
)

LOGIN_URL = "https://login.xero.com"
IDENTITY_URL = "https://identity.xero.com"
AUTHORIZE_PATH = "/identity/connect/authorize"
TOKEN_PATH = "/connect/token"
REVOCATION_PATH = "/connect/revocation"
DEFAULT_LIFE = 1800  # seconds an access token lives, where the answer does not say


@dataclasses.dataclass(frozen=True)
class App:
    """An app as registered with Xero, and where Xero is.

    :param str client_id: of the app.
    :param str client_secret: empty for a PKCE app.
    :param str redirect_uri: where Xero sends the browser back to.
    :param str scopes: permissions, separated by spaces.
    """

    client_id: str
    client_secret: str = dataclasses.field(default="", repr=False)
    redirect_uri: str = ""
    scopes: str = ""
    login_url: str = LOGIN_URL
    identity_url: str = IDENTITY_URL

    @property
    def pkce(self):
        """The PKCE method to use, None where a secret proves who we are."""
        return None if self.client_secret else "S256"

    @property
    def auth(self):
        """HTTP Basic credentials, None for an app without a secret."""
        if not self.client_secret:
            return None
        return requests.auth.HTTPBasicAuth(self.client_id, self.client_secret)


@dataclasses.dataclass(frozen=True)
class Token:
    """What a grant gives. ``expires_at`` is aware, in UTC; ``scope`` as one string."""

    access_token: str = dataclasses.field(repr=False)
    refresh_token: str = dataclasses.field(repr=False)
    expires_at: datetime.datetime
    scope: str = ""
    id_token: str = dataclasses.field(default="", repr=False)


@dataclasses.dataclass(frozen=True)
class Authorization:
    """Where to send the browser, and the verifier to keep for the exchange."""

    url: str
    code_verifier: str = dataclasses.field(default="", repr=False)


# === STEPS === #


def authorize_url(app, state, **parameters):
    """Where to send the browser for consent.

    :param App app: the app.
    :param str state: comes back with the answer; to be checked then.
    :param parameters: more of the query, such as ``acr_values="bulk_connect:false"``.
    :returns: :class:`Authorization`; its ``code_verifier`` is "" with a secret.
    :raises ValueError: the log-in address may not be called.
    """
    address = transport.check_url(app.login_url) + AUTHORIZE_PATH
    session = _Session(app, TOKEN_PATH, scope=app.scopes.split(), pkce=app.pkce)
    url, _state = session.authorization_url(_as_https(address), state, **parameters)
    url = url.replace(_as_https(address), address, 1)
    return Authorization(url, session.code_verifier)


def parse_callback(parameters):
    """The authorization code that Xero sent back with the browser.

    The state is the caller's to check, before this.

    :param parameters: mapping of the query of the callback.
    :returns: the code.
    :raises ConsentDenied: the person said no.
    :raises OAuthError: of the class that the error stands for.
    """
    if parameters.get("error"):
        description = parameters.get("error_description")
        raise oauth_errors.from_code(
            parameters["error"], description, oauth_errors.CALLBACK_KINDS
        )
    if not parameters.get("code"):
        raise OAuthError(reason="callback without code")
    return parameters["code"]


def exchange(app, code, code_verifier="", **options):
    """Turn the authorization code, which works once and for 5 minutes, into a token.

    :param App app: with the same ``redirect_uri`` as for :func:`authorize_url`.
    :param str code_verifier: of :class:`Authorization`, for a PKCE app.
    :param options: see :func:`refresh`.
    :returns: :class:`Token`.
    :raises OAuthError: of the class that the error stands for.
    """
    extra = {"code_verifier": code_verifier} if code_verifier else {}
    session = _Session(app, TOKEN_PATH, **options)
    with _translated():
        answer = session.fetch_token(
            session.https_address,
            code=code,
            auth=app.auth,
            include_client_id=not app.auth,
            **extra,
        )
        return session.token_of(answer)


def refresh(app, refresh_token, **options):
    """A new token for an old one. Only one of these at a time per grant.

    :param App app: the app that the grant belongs to.
    :param str refresh_token: the latest one; it is used up by this.
    :keyword session: of ``transport.new_session()``.
    :keyword connect_timeout: seconds to reach Xero.
    :keyword total_timeout: seconds for everything.
    :keyword now: a callable that returns the aware current time.
    :returns: :class:`Token`, with the old refresh token where no new one came.
    :raises InvalidGrant: it is over: a person must connect again.
    :raises TokenUnavailable: nothing is known; keep the old token and try again.
    """
    session = _Session(app, TOKEN_PATH, **options)
    extra = {} if app.auth else {"client_id": app.client_id}
    with _translated():
        answer = session.refresh_token(
            session.https_address, refresh_token, auth=app.auth, **extra
        )
        return session.token_of(answer, refresh_token)


def revoke(app, refresh_token, **options):
    """End the grant: this disconnects *every* organisation of the user who gave it.

    :param options: see :func:`refresh`.
    :raises OAuthError: of the class that the error stands for.
    """
    data = {"token": refresh_token, "token_type_hint": "refresh_token"}
    if not app.auth:
        data["client_id"] = app.client_id
    session = _Session(app, REVOCATION_PATH, **options)
    answer = session.request("POST", session.address, data, auth=app.auth)
    if answer.status_code != 200:
        raise oauth_errors.from_text(answer.text)


def claims(access_token):
    """What an access token says of itself. Its signature is not checked.

    :param str access_token: a JWT, as Xero's are.
    :returns: dict, with ``authentication_event_id``, ``xero_userid`` and ``scope`` (a
        list) among others; empty for a token that is not a JWT.
    """
    try:
        payload = access_token.split(".")[1]
        padded = payload + "=" * (-len(payload) % 4)
        found = json.loads(base64.urlsafe_b64decode(padded))
    except (AttributeError, IndexError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


# === EXCHANGE === #


class _Session(OAuth2Session):
    """requests-oauthlib's session, whose requests go over :mod:`transport`."""

    def __init__(
        self, app, path, *, session=None, now=None, scope=None, pkce=None, **limits
    ):
        super().__init__(
            app.client_id, redirect_uri=app.redirect_uri, scope=scope, pkce=pkce
        )
        self.address = transport.check_url(app.identity_url) + path
        self.https_address = _as_https(self.address)
        self._http = session
        self._limits = limits
        self._now = now or _utc_now

    @property
    def code_verifier(self):
        """The PKCE verifier of the last authorization_url, or ""."""
        return getattr(self, "_code_verifier", None) or ""

    def request(self, method, url, data=None, headers=None, auth=None, **_):
        """Send a form to ``address``. Called by requests-oauthlib.

        :raises TokenUnavailable: no answer, or none that says anything.
        """
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        request = transport.HttpRequest(
            method,
            self.address,
            headers={"Accept": "application/json", **form},
            body=urlencode(data or {}).encode(),
        )
        answer = self._exchange(request, auth)
        if answer.status >= 500 or answer.status in (408, 429):
            raise _unavailable(answer)
        return _Response(answer)

    def _exchange(self, request, auth):
        session = self._http or transport.new_session()
        try:
            return transport.exchange(session, request, auth=auth, **self._limits)
        except errors.XeroError as exc:
            raise TokenUnavailable(reason=exc.reason) from None
        finally:
            if self._http is None:
                session.close()

    def token_of(self, answer, refresh_token=""):
        """The token in an answer that requests-oauthlib has accepted."""
        life = int(answer.get("expires_in") or DEFAULT_LIFE)
        return Token(
            access_token=answer["access_token"],
            refresh_token=answer.get("refresh_token") or refresh_token,
            expires_at=self._now() + datetime.timedelta(seconds=life),
            scope=_scope_of(answer),
            id_token=answer.get("id_token") or "",
        )


class _Response:
    """The few things that requests-oauthlib reads of a response."""

    request = types.SimpleNamespace(url="", headers={}, body="")

    def __init__(self, answer):
        self.status_code = answer.status
        self.headers = answer.headers
        self.text = answer.text


class _translated:
    """Turns the protocol's exceptions, whose text may hold secrets, into ours."""

    def __enter__(self):
        return self

    def __exit__(self, _type, exc, _traceback):
        if isinstance(exc, ProtocolError):
            raise oauth_errors.from_code(exc.error, exc.description) from None
        if isinstance(exc, ValueError | LookupError | TypeError | AttributeError):
            raise TokenUnavailable(reason=type(exc).__name__) from None


def _unavailable(answer):
    found = errors.from_response("GET", answer.status, answer.headers, "")
    return TokenUnavailable(status=answer.status, retry_after=found.retry_after)


def _scope_of(answer):
    """The scopes given: of the answer, else of the access token itself."""
    scope = answer.get("scope") or claims(answer["access_token"]).get("scope") or ""
    return scope if isinstance(scope, str) else " ".join(scope)


def _utc_now():
    return datetime.datetime.now(datetime.timezone.utc)


def _as_https(url):
    """The same address by https, for the OAuth library, which insists on it.

    It refuses plain http even on this machine, unless an environment variable allows
    it for the whole process. ``_Session`` calls the true address all the same.
    """
    return url.replace("http://", "https://", 1)


class _Discreet(logging.Filter):
    """Drops the debug lines of requests-oauthlib: they hold tokens (I10)."""

    def filter(self, record):
        return record.levelno > logging.DEBUG


logging.getLogger("requests_oauthlib.oauth2_session").addFilter(_Discreet())
