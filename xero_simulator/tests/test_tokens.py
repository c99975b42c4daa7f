"""Refreshing and revoking tokens; connections."""

import pytest
import requests

from xero_simulator.control import ALL_SCOPES

from .client import Client
from .signing_in import (
    claims_of,
    connections,
    consent,
    exchange,
    refresh,
    signed_in,
    token_call,
)


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
