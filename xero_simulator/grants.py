"""Applications, users' grants, tokens and connections (spec: OAuth2)."""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from .organisation import new_id

CODE_SECONDS = 300
ACCESS_SECONDS = 1800
REFRESH_DAYS = 60
GRACE_SECONDS = 1800

USER = {
    "xero_userid": "5c0ab3d4-8a0f-4f4b-9d0f-2e9c7c1d5e21",
    "email": "robin.keeper@example.com",
    "given_name": "Robin",
    "family_name": "Keeper",
}
"""The one person who logs in to the simulated Xero."""


@dataclass
class App:
    """An application registered with Xero.

    :param secret: empty for a PKCE application
    :param redirect_uris: exact addresses, or None for any that Xero would accept
    :param legacy: made before March 2026: broad scopes are still allowed
    :param organisation: tenant id of a custom connection (client credentials), or None
    """

    client_id: str
    secret: str = ""
    redirect_uris: list = None
    legacy: bool = False
    organisation: str = None

    def accepts_redirect(self, uri):
        """https, or http on localhost by that very name."""
        if self.redirect_uris is not None:
            return uri in self.redirect_uris
        host = uri.removeprefix("http://").split("/")[0].split(":")[0]
        return uri.startswith("https://") or (
            uri.startswith("http://") and host == "localhost"
        )


@dataclass
class Code:
    """An authorization code."""

    value: str
    chain: object
    redirect_uri: str
    challenge: str
    issued_at: object


@dataclass
class Chain:
    """The refresh tokens that follow from one consent; only two are ever valid."""

    app: App
    scopes: list
    auth_event_id: str
    current: str = None
    current_since: object = None
    previous: str = None
    replaced_at: object = None
    revoked: bool = False


@dataclass
class AccessToken:
    """An access token as the gateway sees it."""

    value: str
    app: App
    scopes: list
    auth_event_id: str
    expires_at: object
    organisation: str = None


@dataclass
class Connection:
    """One organisation joined to one application by the user."""

    app: App
    tenant_id: str
    auth_event_id: str
    created_at: object
    updated_at: object
    connection_id: str = field(default_factory=new_id)


class Grants:
    """All of that, and how one leads to the next."""

    def __init__(self, clock):
        self.clock = clock
        self.apps = {}
        self.register(App("demo-client", "demo-secret"))
        self._signing_key = secrets.token_bytes(32)
        self.reset()

    def reset(self):
        """No codes, tokens or connections; the applications stay."""
        self.codes, self.chains = {}, []
        self.access_tokens, self.connections = {}, {}

    def register(self, app):
        """Add or replace an application."""
        self.apps[app.client_id] = app
        return app

    # Consent

    def consent(self, app, tenant_id, scopes):
        """The user allows access to one organisation.

        Scopes add up over the consents of one application. An organisation that is
        connected already keeps its connection, with a new event id.
        """
        earlier = [c for c in self.chains if c.app is app and not c.revoked]
        known = [s for chain in earlier for s in chain.scopes]
        event = new_id()
        chain = Chain(app, list(dict.fromkeys(known + scopes)), event)
        self.chains.append(chain)
        self.connect(app, tenant_id, event)
        return chain

    def connect(self, app, tenant_id, event):
        """Make or renew a connection."""
        now = self.clock.now()
        for connection in self.connections.values():
            if connection.app is app and connection.tenant_id == tenant_id:
                connection.auth_event_id, connection.updated_at = event, now
                return connection
        connection = Connection(app, tenant_id, event, now, now)
        self.connections[connection.connection_id] = connection
        return connection

    def issue_code(self, chain, redirect_uri, challenge):
        """An authorization code for the redirect."""
        code = Code(
            secrets.token_urlsafe(32), chain, redirect_uri, challenge, self.now()
        )
        self.codes[code.value] = code
        return code.value

    def take_code(self, value):
        """Use up a code; None when unknown, used or older than five minutes."""
        code = self.codes.pop(value, None)
        if code and self._age(code.issued_at) <= CODE_SECONDS:
            return code
        return None

    # Tokens

    def issue_access(self, app, scopes, auth_event_id, organisation=None):
        """A new access token."""
        expires_at = self.now() + timedelta(seconds=ACCESS_SECONDS)
        value = self._jwt(app, scopes, auth_event_id, expires_at)
        token = AccessToken(value, app, scopes, auth_event_id, expires_at, organisation)
        self.access_tokens[value] = token
        return token

    def rotate(self, chain):
        """A new refresh token; the one before stays good for the grace period.

        Whoever comes with the one before gets yet another token, and the token in
        between, which was never used, is dead.
        """
        chain.current, chain.current_since = secrets.token_urlsafe(32), self.now()
        return chain.current

    def chain_of(self, refresh_token, app):
        """The chain in which a refresh token may still be used, or None."""
        for chain in self.chains:
            if chain.revoked or chain.app is not app or not refresh_token:
                continue
            if refresh_token == chain.current and self._is_fresh(chain):
                chain.previous, chain.replaced_at = chain.current, self.now()
                return chain
            if refresh_token == chain.previous and self._is_in_grace(chain):
                return chain
        return None

    def _is_fresh(self, chain):
        return self._age(chain.current_since) <= REFRESH_DAYS * 86_400

    def _is_in_grace(self, chain):
        return self._age(chain.replaced_at) <= GRACE_SECONDS

    def holder_of(self, refresh_token):
        """The chain that a token belongs to, whatever its age (for revocation)."""
        tokens = ((c, (c.current, c.previous)) for c in self.chains)
        return next((c for c, known in tokens if refresh_token in known), None)

    def revoke(self, app=None):
        """Withdraw the user's grant: every connection of the application is gone."""
        for chain in self.chains:
            chain.revoked = chain.revoked or app in (None, chain.app)
        for key, connection in list(self.connections.items()):
            if app in (None, connection.app):
                del self.connections[key]

    def expire_access_tokens(self):
        """Every access token issued so far is past its time."""
        moment = self.now() - timedelta(seconds=1)
        for token in self.access_tokens.values():
            token.expires_at = min(token.expires_at, moment)

    def connection_for(self, token, tenant_id):
        """The connection that lets a token see an organisation, or None."""
        for connection in self.connections.values():
            if connection.app is token.app and connection.tenant_id == tenant_id:
                return connection
        return None

    def now(self):
        """The clock's time."""
        return self.clock.now()

    def _age(self, moment):
        return (self.now() - moment).total_seconds()

    def _jwt(self, app, scopes, auth_event_id, expires_at):
        claims = {
            "iss": "https://identity.xero.com",
            "aud": "https://identity.xero.com/resources",
            "client_id": app.client_id,
            "xero_userid": USER["xero_userid"],
            "authentication_event_id": auth_event_id,
            "scope": scopes,
            "iat": int(self.now().timestamp()),
            "exp": int(expires_at.timestamp()),
            "jti": secrets.token_hex(16).upper(),
        }
        return self.signed(claims)

    def signed(self, claims):
        """A JSON Web Token of these claims."""
        header = {"alg": "HS256", "typ": "JWT"}
        text = f"{_part(header)}.{_part(claims)}"
        mac = hmac.new(self._signing_key, text.encode(), hashlib.sha256).digest()
        return f"{text}.{_base64(mac)}"


def _base64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _part(value):
    return _base64(json.dumps(value).encode())


def challenge_of(verifier):
    """The S256 challenge that belongs to a PKCE verifier."""
    return _base64(hashlib.sha256(verifier.encode()).digest())
