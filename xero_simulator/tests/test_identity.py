"""Login, tokens and connections."""

import base64
import json
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from xero_simulator.control import ALL_SCOPES, XeroRefused
from xero_simulator.grants import challenge_of

from .client import Client

CALLBACK = "http://localhost:8069/xero/oauth/callback"
VERIFIER = "v" * 43


def authorize_url(simulator, **changes):
    values = {
        "response_type": "code",
        "client_id": "demo-client",
        "redirect_uri": CALLBACK,
        "scope": ALL_SCOPES,
        "state": "s p&ce",
        **changes,
    }
    values = {name: value for name, value in values.items() if value is not None}
    return f"{simulator.url}/identity/connect/authorize?{urlencode(values)}"


def token_call(simulator, auth=("demo-client", "demo-secret"), **form):
    return requests.post(
        f"{simulator.url}/connect/token", data=form, auth=auth, timeout=10
    )


def consent(simulator, organisation=None, **changes):
    """Allow access; the code."""
    location = simulator.control.authorise(
        authorize_url(simulator, **changes), organisation=organisation
    )
    return parse_qs(urlsplit(location).query)["code"][0]


def exchange(simulator, code, **changes):
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
    return token_call(simulator, **{**form, **changes})


def refresh(simulator, refresh_token, **changes):
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    return token_call(simulator, **{**form, **changes})


def signed_in(simulator, **changes):
    return exchange(simulator, consent(simulator, **changes)).json()


def connections(simulator, token, query=""):
    return requests.get(
        f"{simulator.url}/connections{query}",
        headers={"Authorization": f"Bearer {token['access_token']}"},
        timeout=10,
    ).json()


def claims_of(token):
    part = token["access_token"].split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


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


class TestRefresh:
    def test_replaces_both_tokens(self, simulator):
        old = signed_in(simulator)
        new = refresh(simulator, old["refresh_token"]).json()
        assert new["refresh_token"] != old["refresh_token"]
        assert new["access_token"] != old["access_token"]

    def test_never_adds_scopes(self, simulator):
        old = signed_in(simulator, scope="offline_access accounting.contacts")
        new = refresh(simulator, old["refresh_token"], scope=ALL_SCOPES).json()
        assert new["scope"] == "offline_access accounting.contacts"

    def test_the_previous_token_works_for_thirty_minutes(self, simulator):
        first = signed_in(simulator)["refresh_token"]
        refresh(simulator, first)
        simulator.control.clock.advance(1799)
        assert refresh(simulator, first).status_code == 200

    def test_and_not_a_second_longer(self, simulator):
        first = signed_in(simulator)["refresh_token"]
        refresh(simulator, first)
        simulator.control.clock.advance(1801)
        answer = refresh(simulator, first)
        assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})

    def test_the_one_before_the_previous_is_dead(self, simulator):
        first = signed_in(simulator)["refresh_token"]
        second = refresh(simulator, first).json()["refresh_token"]
        refresh(simulator, second)
        assert refresh(simulator, first).json()["error"] == "invalid_grant"

    def test_using_the_previous_kills_the_token_in_between(self, simulator):
        first = signed_in(simulator)["refresh_token"]
        second = refresh(simulator, first).json()["refresh_token"]
        third = refresh(simulator, first).json()["refresh_token"]
        assert refresh(simulator, second).json()["error"] == "invalid_grant"
        assert refresh(simulator, third).status_code == 200

    def test_a_token_is_too_old_after_sixty_days(self, simulator):
        token = signed_in(simulator)["refresh_token"]
        simulator.control.clock.advance(60 * 86_400 + 1)
        assert refresh(simulator, token).json()["error"] == "invalid_grant"

    def test_a_token_of_another_application_stays_unharmed(self, simulator):
        token = signed_in(simulator)["refresh_token"]
        simulator.control.register_app("other", "s")
        answer = refresh(simulator, token, auth=("other", "s"))
        assert answer.json()["error"] == "invalid_grant"
        assert refresh(simulator, token).status_code == 200

    def test_refreshes_are_in_the_call_log(self, simulator, control):
        token = signed_in(simulator)["refresh_token"]
        before = control.calls()[-1]["number"]
        refresh(simulator, token)
        assert control.refreshes(since=before) == 1
        assert control.writes() == 0


class TestConnections:
    def test_show_the_organisation_that_was_chosen(self, simulator, control):
        tenant = control.add_organisation("nz")
        token = exchange(simulator, consent(simulator, "Demo Company (NZ)")).json()
        (row,) = connections(simulator, token)
        assert row["tenantId"] == tenant and row["tenantType"] == "ORGANISATION"
        assert row["tenantName"] == "Demo Company (NZ)" and row["id"] != tenant

    def test_one_more_consent_adds_an_organisation_to_the_same_grant(
        self, simulator, control
    ):
        control.add_organisation("nz")
        first = signed_in(simulator)
        second = exchange(simulator, consent(simulator, "Demo Company (NZ)")).json()
        assert len(connections(simulator, first)) == 2
        event = claims_of(second)["authentication_event_id"]
        (row,) = connections(simulator, second, f"?authEventId={event}")
        assert row["tenantName"] == "Demo Company (NZ)"

    def test_scopes_add_up_over_consents(self, simulator):
        signed_in(simulator, scope="offline_access accounting.contacts")
        token = signed_in(simulator, scope="offline_access accounting.invoices")
        wanted = "offline_access accounting.contacts accounting.invoices"
        assert token["scope"] == wanted

    def test_connecting_again_keeps_the_connection(self, simulator):
        (before,) = connections(simulator, signed_in(simulator))
        (after,) = connections(simulator, signed_in(simulator))
        assert before["id"] == after["id"]
        assert before["authEventId"] != after["authEventId"]

    def test_deleting_one_answers_204_and_then_404(self, simulator):
        token = signed_in(simulator)
        (row,) = connections(simulator, token)
        url = f"{simulator.url}/connections/{row['id']}"
        headers = {"Authorization": f"Bearer {token['access_token']}"}
        assert requests.delete(url, headers=headers, timeout=10).status_code == 204
        assert requests.delete(url, headers=headers, timeout=10).status_code == 404
        assert connections(simulator, token) == []

    def test_an_expired_token_gets_the_recorded_401(self, simulator, control):
        token = signed_in(simulator)
        control.expire_tokens()
        answer = connections(simulator, token)
        assert answer["Detail"].startswith("TokenExpired: token expired at ")


class TestRevocation:
    def revoke(self, simulator, token):
        return requests.post(
            f"{simulator.url}/connect/revocation",
            data={"token": token["refresh_token"]},
            auth=("demo-client", "demo-secret"),
            timeout=10,
        )

    def test_removes_every_connection_of_the_user(self, simulator, control):
        control.add_organisation("nz")
        signed_in(simulator)
        token = exchange(simulator, consent(simulator, "Demo Company (NZ)")).json()
        assert self.revoke(simulator, token).status_code == 200
        assert control.connections() == []
        answer = refresh(simulator, token["refresh_token"])
        assert answer.json()["error"] == "invalid_grant"

    def test_by_the_user_in_xero_ends_access_too(self, simulator, control):
        token = signed_in(simulator)
        control.revoke()
        xero = Client(simulator.url, {**token, "tenant_id": control.tenant_id()})
        assert xero.get("Organisation").status == 403
        answer = refresh(simulator, token["refresh_token"])
        assert answer.json()["error"] == "invalid_grant"


class TestCustomConnections:
    @pytest.fixture(autouse=True)
    def app(self, control):
        control.register_app("custom", "s", organisation=0)

    def log_in(self, simulator, scope="accounting.contacts"):
        form = {"grant_type": "client_credentials", "scope": scope}
        return token_call(simulator, auth=("custom", "s"), **form)

    def test_get_a_token_without_refresh_token(self, simulator):
        token = self.log_in(simulator).json()
        assert "refresh_token" not in token and token["expires_in"] == 1800

    def test_need_no_tenant_header(self, simulator):
        token = self.log_in(simulator).json()
        xero = Client(simulator.url, {**token, "tenant_id": None})
        assert xero.get("Contacts").status == 200

    def test_list_their_one_organisation(self, simulator, control):
        (row,) = connections(simulator, self.log_in(simulator).json())
        assert row["tenantId"] == control.tenant_id()

    @pytest.mark.parametrize(
        ("scope", "error"),
        [
            ("accounting.transactions", "unauthorized_client"),
            ("accounting.nothing", "invalid_scope"),
        ],
    )
    def test_learn_of_wrong_scopes_at_the_token_endpoint(self, simulator, scope, error):
        answer = self.log_in(simulator, scope)
        assert (answer.status_code, answer.json()["error"]) == (400, error)

    def test_are_not_for_other_applications(self, simulator):
        answer = token_call(simulator, grant_type="client_credentials")
        assert answer.json()["error"] == "unauthorized_client"
