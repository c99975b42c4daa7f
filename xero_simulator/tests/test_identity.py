"""The consent and the first token."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from xero_simulator.control import ALL_SCOPES, XeroRefused
from xero_simulator.grants import challenge_of

from .client import Client
from .signing_in import (
    CALLBACK,
    authorize_url,
    claims_of,
    connections,
    consent,
    exchange,
    refresh,
    signed_in,
    token_call,
)

VERIFIER = "v" * 43


class TestConsent:
    def test_the_page_lists_the_organisations_and_two_buttons(self, simulator):
        simulator.control.add_organisation("nz")
        page = requests.get(authorize_url(simulator), timeout=10).text
        assert "Demo Company (UK)" in page and "Demo Company (NZ)" in page
        assert ">Allow access</button>" in page and ">Cancel</button>" in page

    def test_allowing_returns_to_the_caller_with_code_and_state(self, control):
        location = control.authorise(authorize_url(control))
        assert location.startswith(f"{CALLBACK}?code=")
        assert parse_qs(urlsplit(location).query)["state"] == ["s p&ce"]

    def test_cancelling_returns_access_denied_and_the_state(self, control):
        location = control.authorise(authorize_url(control), allow=False)
        answer = parse_qs(urlsplit(location).query)
        assert answer == {"error": ["access_denied"], "state": ["s p&ce"]}

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"client_id": "stranger"}, "unauthorized_client"),
            ({"redirect_uri": "http://127.0.0.1:8069/x"}, "Invalid redirect_uri"),
            ({"redirect_uri": "http://odoo.example.com/x"}, "Invalid redirect_uri"),
            ({"redirect_uri": "http://localhost.evil.com/x"}, "Invalid redirect_uri"),
            ({"response_type": "token"}, "unsupported_response_type"),
            ({"scope": "accounting.everything"}, "invalid_scope"),
            ({"scope": ""}, "invalid_scope"),
            ({"scope": "accounting.transactions"}, "unauthorized_client"),
            ({"code_challenge": "x"}, "does not use PKCE"),
        ],
    )
    def test_what_is_wrong_with_a_request_stays_on_xeros_page(
        self, simulator, control, changes, error
    ):
        with pytest.raises(XeroRefused, match=error):
            control.authorise(authorize_url(simulator, **changes))

    def test_https_addresses_are_accepted(self, control):
        url = authorize_url(control, redirect_uri="https://odoo.example.com/cb?db=x")
        assert control.authorise(url).startswith(
            "https://odoo.example.com/cb?db=x&code="
        )

    def test_registered_addresses_must_match_exactly(self, control):
        control.register_app("exact", "s", redirect_uris=["https://a.example.com/cb"])
        wrong = authorize_url(
            control, client_id="exact", redirect_uri="https://a.example.com/cb/"
        )
        with pytest.raises(XeroRefused, match="redirect_uri"):
            control.authorise(wrong)

    def test_an_app_made_before_march_2026_may_ask_for_broad_scopes(
        self, simulator, control
    ):
        control.register_app("old", "s", legacy=True)
        scope = "offline_access accounting.transactions"
        code = consent(simulator, client_id="old", scope=scope)
        token = exchange(simulator, code, auth=("old", "s")).json()
        tenant = {"tenant_id": control.tenant_id()}
        xero = Client(simulator.url, {**token, **tenant})
        assert xero.get("Invoices").status == 200
        assert xero.get("Contacts").status == 401


class TestCodeExchange:
    def test_gives_access_refresh_and_id_token(self, simulator):
        token = signed_in(simulator)
        assert token["token_type"] == "Bearer" and token["expires_in"] == 1800
        assert token["scope"] == ALL_SCOPES
        assert token["refresh_token"] and token["id_token"].count(".") == 2

    def test_the_access_token_tells_scope_user_and_event(self, simulator):
        token = signed_in(simulator)
        claims = claims_of(token)
        assert claims["scope"] == ALL_SCOPES.split()
        assert claims["xero_userid"]
        (connection,) = connections(simulator, token)
        assert claims["authentication_event_id"] == connection["authEventId"]

    def test_without_offline_access_there_is_no_refresh_token(self, simulator):
        token = signed_in(simulator, scope="accounting.contacts")
        assert "refresh_token" not in token and "id_token" not in token

    def test_a_code_works_once(self, simulator):
        code = consent(simulator)
        assert exchange(simulator, code).status_code == 200
        again = exchange(simulator, code)
        assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")

    def test_a_code_is_too_old_after_five_minutes(self, simulator):
        code = consent(simulator)
        simulator.control.clock.advance(301)
        assert exchange(simulator, code).json()["error"] == "invalid_grant"

    def test_the_redirect_address_must_be_the_same(self, simulator):
        answer = exchange(simulator, consent(simulator), redirect_uri=CALLBACK + "/")
        assert answer.json()["error"] == "invalid_grant"

    @pytest.mark.parametrize("auth", [("demo-client", "wrong"), ("nobody", "x")])
    def test_a_wrong_secret_is_an_invalid_client(self, simulator, auth):
        answer = exchange(simulator, consent(simulator), auth=auth)
        assert (answer.status_code, answer.json()) == (400, {"error": "invalid_client"})

    def test_credentials_may_also_stand_in_the_form(self, simulator):
        form = {"client_id": "demo-client", "client_secret": "demo-secret"}
        answer = exchange(simulator, consent(simulator), auth=None, **form)
        assert answer.status_code == 200

    def test_a_code_of_another_application_is_refused(self, simulator):
        simulator.control.register_app("other", "s")
        answer = exchange(simulator, consent(simulator), auth=("other", "s"))
        assert answer.json()["error"] == "invalid_grant"

    def test_an_unknown_grant_type_is_named_as_such(self, simulator):
        answer = token_call(simulator, grant_type="password")
        assert answer.json()["error"] == "unsupported_grant_type"


class TestPkce:
    @pytest.fixture(autouse=True)
    def app(self, control):
        control.register_app("pkce")

    def code(self, simulator):
        return consent(
            simulator,
            client_id="pkce",
            code_challenge=challenge_of(VERIFIER),
            code_challenge_method="S256",
        )

    def exchange(self, simulator, code, **form):
        return exchange(simulator, code, auth=None, client_id="pkce", **form)

    def test_the_verifier_takes_the_place_of_the_secret(self, simulator):
        answer = self.exchange(simulator, self.code(simulator), code_verifier=VERIFIER)
        assert answer.status_code == 200
        refreshed = refresh(
            simulator, answer.json()["refresh_token"], auth=None, client_id="pkce"
        )
        assert refreshed.status_code == 200

    @pytest.mark.parametrize("verifier", [None, "w" * 43, "short", "v" * 129])
    def test_a_wrong_verifier_is_refused(self, simulator, verifier):
        form = {"code_verifier": verifier} if verifier else {}
        answer = self.exchange(simulator, self.code(simulator), **form)
        assert answer.json()["error"] == "invalid_grant"

    def test_a_challenge_is_required(self, simulator, control):
        with pytest.raises(XeroRefused, match="code challenge required"):
            control.authorise(authorize_url(simulator, client_id="pkce"))

    def test_a_secret_is_refused(self, simulator):
        form = {"code_verifier": VERIFIER, "client_secret": "x"}
        answer = self.exchange(simulator, self.code(simulator), **form)
        assert answer.json()["error"] == "invalid_client"

    def test_a_verifier_is_refused_where_a_secret_is_due(self, simulator):
        answer = exchange(simulator, consent(simulator), code_verifier=VERIFIER)
        assert answer.json()["error"] == "invalid_grant"
