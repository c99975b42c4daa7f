"""Login, tokens, revocation and connections (spec: OAuth2).

Strict where a connector can go wrong: codes and redirect addresses must match, an
application with a secret uses HTTP Basic (or the form) and no PKCE, one without uses
PKCE, and a refresh token is replaced on every use.
"""

import base64
import binascii
from urllib.parse import urlencode

from . import errors, scopes
from .exchange import Reply, plain_json_reply, redirect, text_reply
from .grants import ACCESS_SECONDS, USER, challenge_of
from .login_page import consent_page, error_page


class OAuthError(Exception):
    """An error of the token endpoint."""

    def __init__(self, code, description=None):
        super().__init__(code)
        self.body = {"error": code}
        if description:
            self.body["error_description"] = description


class Identity:
    """The identity endpoints."""

    def __init__(self, universe):
        self.universe = universe
        self.grants = universe.grants

    def answer(self, request):
        """Route a request; None when the path is not ours."""
        handlers = {
            ("GET", "/identity/connect/authorize"): self.authorize,
            ("POST", "/identity/connect/authorize"): self.decide,
            ("POST", "/connect/token"): self.token,
            ("POST", "/connect/revocation"): self.revocation,
            ("GET", "/connections"): self.list_connections,
        }
        handler = handlers.get((request.method, request.path))
        if handler is None and request.path.startswith("/connections/"):
            handler = self.delete_connection
        if handler is None:
            return None
        try:
            return handler(request)
        except OAuthError as error:
            return plain_json_reply(error.body, 400)

    # Consent

    def authorize(self, request):
        """The page on which the user allows or cancels."""
        problem = self._authorize_problem(request.query)
        if problem:
            return text_reply(error_page(*problem), 400, "text/html; charset=utf-8")
        organisations = self.universe.organisations.values()
        page = consent_page(request.query, organisations, USER)
        return text_reply(page, 200, "text/html; charset=utf-8")

    def decide(self, request):
        """The submitted page: back to the application with a code or an error."""
        form = request.form()
        problem = self._authorize_problem(form)
        if problem:
            return text_reply(error_page(*problem), 400, "text/html; charset=utf-8")
        answer = {"state": form["state"]} if form.get("state") else {}
        if form.get("decision") != "allow":
            answer = {"error": "access_denied", **answer}
        else:
            answer = {"code": self._consent(form), **answer}
            answer["scope"] = form["scope"]
        separator = "&" if "?" in form["redirect_uri"] else "?"
        return redirect(form["redirect_uri"] + separator + urlencode(answer))

    def _consent(self, form):
        app = self.grants.apps[form["client_id"]]
        organisation = self.universe.organisation(form.get("tenant") or None)
        chain = self.grants.consent(app, organisation.tenant_id, form["scope"].split())
        challenge = form.get("code_challenge")
        return self.grants.issue_code(chain, form["redirect_uri"], challenge)

    def _authorize_problem(self, values):
        """OAuth error and explanation when the page cannot be shown."""
        app = self.grants.apps.get(values.get("client_id"))
        if app is None:
            return "unauthorized_client", "Unknown client or client not enabled"
        if not app.accepts_redirect(values.get("redirect_uri", "")):
            return "invalid_request", "Invalid redirect_uri"
        if values.get("response_type") != "code":
            return "unsupported_response_type", "response_type must be code"
        wanted = values.get("scope", "").split()
        problem = scopes.problem_with(app, wanted) if wanted else "invalid_scope"
        if problem:
            return problem, "Invalid scope for client"
        return self._challenge_problem(app, values)

    @staticmethod
    def _challenge_problem(app, values):
        """PKCE for applications without secret, and only for those."""
        challenge = values.get("code_challenge")
        if app.secret:
            if challenge:
                return "invalid_request", "This client does not use PKCE"
        elif not challenge or values.get("code_challenge_method") != "S256":
            return "invalid_request", "code challenge required, method S256"
        return None

    # Tokens

    def token(self, request):
        """Exchange a code, refresh a token, or log in as a custom connection."""
        form = request.form()
        handlers = {
            "authorization_code": self._exchange,
            "refresh_token": self._refresh,
            "client_credentials": self._client_credentials,
        }
        app = self._authenticated_app(request, form)
        handler = handlers.get(form.get("grant_type"))
        if handler is None:
            raise OAuthError("unsupported_grant_type")
        return plain_json_reply(handler(app, form))

    def _exchange(self, app, form):
        code = self.grants.take_code(form.get("code"))
        if code is None or code.chain.app is not app or code.chain.revoked:
            raise OAuthError("invalid_grant", "Invalid, used or expired code")
        if code.redirect_uri != form.get("redirect_uri"):
            raise OAuthError("invalid_grant", "Invalid redirect_uri")
        self._check_verifier(code, form.get("code_verifier"))
        return self._tokens(code.chain)

    @staticmethod
    def _check_verifier(code, verifier):
        if not code.challenge:
            if verifier:
                raise OAuthError("invalid_grant", "Unexpected code_verifier")
            return
        if not verifier or not 43 <= len(verifier) <= 128:
            raise OAuthError("invalid_grant", "code_verifier needs 43 to 128 letters")
        if challenge_of(verifier) != code.challenge:
            raise OAuthError(
                "invalid_grant", "Transformed code verifier does not match"
            )

    def _refresh(self, app, form):
        chain = self.grants.chain_of(form.get("refresh_token"), app)
        if chain is None:
            raise OAuthError("invalid_grant")
        return self._tokens(chain)

    def _client_credentials(self, app, form):
        if not app.organisation:
            raise OAuthError("unauthorized_client")
        wanted = form.get("scope", "").split()
        problem = scopes.problem_with(app, wanted)
        if problem:
            raise OAuthError(problem)
        self.grants.connect(app, app.organisation, "")
        token = self.grants.issue_access(app, wanted, "", app.organisation)
        return _token_body(token)

    def _tokens(self, chain):
        """Access token, refresh token for offline_access, id token for openid."""
        token = self.grants.issue_access(chain.app, chain.scopes, chain.auth_event_id)
        body = _token_body(token)
        if "offline_access" in chain.scopes:
            body["refresh_token"] = self.grants.rotate(chain)
        if "openid" in chain.scopes:
            body["id_token"] = self._id_token(chain)
        return body

    def _id_token(self, chain):
        now = int(self.grants.now().timestamp())
        claims = {"aud": chain.app.client_id, "sub": USER["xero_userid"], **USER}
        return self.grants.signed({**claims, "iat": now, "exp": now + 300})

    def revocation(self, request):
        """Withdraw a grant: all connections of that user and application go."""
        form = request.form()
        app = self._authenticated_app(request, form)
        chain = self.grants.holder_of(form.get("token"))
        if chain is not None and chain.app is app:
            self.grants.revoke(app)
        return Reply(200)

    def _authenticated_app(self, request, form):
        """The application that proves itself, by header or by form.

        :raise OAuthError: invalid_client
        """
        client_id, secret = _basic(request) or (
            form.get("client_id"),
            form.get("client_secret", ""),
        )
        app = self.grants.apps.get(client_id)
        if app is None or app.secret != secret:
            raise OAuthError("invalid_client")
        return app

    # Connections

    def list_connections(self, request):
        """Organisations that the token's user has connected to the application."""
        token = self._bearer(request)
        event = request.query.get("authEventId")
        rows = [
            self._connection_row(connection)
            for connection in self.grants.connections.values()
            if connection.app is token.app and event in (None, connection.auth_event_id)
        ]
        return plain_json_reply(rows)

    def delete_connection(self, request):
        """Drop one organisation."""
        token = self._bearer(request)
        connection_id = request.path.removeprefix("/connections/")
        connection = self.grants.connections.get(connection_id)
        if request.method != "DELETE" or not connection or connection.app != token.app:
            return Reply(404, b"", "text/html; charset=utf-8")
        del self.grants.connections[connection_id]
        return Reply(204)

    def _connection_row(self, connection):
        organisation = self.universe.organisations[connection.tenant_id]
        return {
            "id": connection.connection_id,
            "authEventId": connection.auth_event_id,
            "tenantId": connection.tenant_id,
            "tenantType": "ORGANISATION",
            "tenantName": organisation.name,
            "createdDateUtc": _seven_digits(connection.created_at),
            "updatedDateUtc": _seven_digits(connection.updated_at),
        }

    def _bearer(self, request):
        return bearer_token(self.grants, request)


def bearer_token(grants, request):
    """The access token of a request.

    :raise Problem: 401 when missing, unknown or expired
    """
    scheme, _, value = (request.header("Authorization") or "").partition(" ")
    token = grants.access_tokens.get(value)
    if scheme.lower() != "bearer" or token is None:
        raise errors.unauthenticated()
    if token.expires_at <= grants.now():
        raise errors.token_expired(token.expires_at)
    return token


def _token_body(token):
    return {
        "access_token": token.value,
        "expires_in": ACCESS_SECONDS,
        "token_type": "Bearer",
        "scope": " ".join(token.scopes),
    }


def _basic(request):
    """``(client_id, secret)`` of HTTP Basic, or None."""
    scheme, _, value = (request.header("Authorization") or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client_id, _, secret = base64.b64decode(value).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None, None
    return client_id, secret


def _seven_digits(moment):
    """Connections carry seven decimals and no zone."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f") + "0"
