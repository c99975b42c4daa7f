"""Every fault that can be ordered, and what it leaves behind."""

import json

import pytest
import requests

from xero_simulator.errors import OFFLINE_TEXTS

from .client import Client

GONE = requests.exceptions.ConnectionError


def put(xero, **headers):
    return xero.put("Contacts", {"Name": "a"}, **headers)


def count(control):
    return len(control.documents("contacts"))


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ("minute_limit", "minute"),
        ("day_limit", "day"),
        ("app_minute_limit", "appminute"),
    ],
)
def test_limits_say_how_long_to_wait_and_do_nothing(xero, control, kind, problem):
    control.fault(kind, retry_after=26)
    answer = put(xero)
    assert (answer.status, answer.content) == (429, b"")
    assert answer.headers["X-Rate-Limit-Problem"] == problem
    assert answer.headers["Retry-After"] == "26"
    assert count(control) == 0


def test_the_concurrent_limit_does_not_say_how_long(xero, control):
    control.fault("concurrent_limit")
    answer = put(xero)
    assert answer.status == 429 and "Retry-After" not in answer.headers
    assert answer.headers["X-Rate-Limit-Problem"] == "concurrent"


def test_dropped_closes_the_connection_before_anything(xero, control):
    control.fault("dropped")
    with pytest.raises(GONE):
        put(xero)
    assert count(control) == 0
    (call,) = control.calls()
    assert (call["fault"], call["status"]) == ("dropped", None)


def test_answer_lost_closes_the_connection_after_the_commit(xero, control):
    control.fault("answer_lost")
    with pytest.raises(GONE):
        put(xero, Idempotency_Key="k")
    assert count(control) == 1
    assert put(xero, Idempotency_Key="k").status == 200
    assert count(control) == 1


@pytest.mark.parametrize("committed", [False, True])
def test_server_error_may_have_committed_or_not(xero, control, committed):
    control.fault("server_error", committed=committed)
    assert put(xero).status == 500
    assert count(control) == committed


@pytest.mark.parametrize("status", [502, 504])
@pytest.mark.parametrize("committed", [False, True])
def test_bad_gateway_is_html_and_not_remembered(xero, control, status, committed):
    control.fault("bad_gateway", status=status, committed=committed)
    answer = put(xero, Idempotency_Key="k")
    assert answer.status == status and answer.text.startswith("<html>")
    assert count(control) == committed
    assert put(xero, Idempotency_Key="k").status == 200
    assert count(control) == 1


def test_unavailable_is_plain_text_that_is_known(xero, control):
    control.fault("unavailable")
    answer = put(xero)
    assert answer.status == 503 and answer.text in OFFLINE_TEXTS
    assert count(control) == 0


def test_unavailable_can_say_that_the_organisation_is_offline(xero, control):
    control.fault("unavailable", text="The Organisation is offline")
    assert put(xero).text == "The Organisation is offline"


def test_unavailable_unknown_says_something_else(xero, control):
    control.fault("unavailable_unknown")
    answer = put(xero)
    assert answer.status == 503 and answer.text not in OFFLINE_TEXTS


@pytest.mark.parametrize(
    ("kind", "status", "detail"),
    [
        ("token_expired", 401, "TokenExpired"),
        ("scope_missing", 401, "AuthorizationUnsuccessful"),
        ("forbidden", 403, "AuthenticationUnsuccessful"),
    ],
)
def test_access_can_fail_once(xero, control, kind, status, detail):
    control.fault(kind)
    answer = put(xero)
    assert answer.status == status and answer.body["Detail"].startswith(detail)
    assert count(control) == 0
    assert put(xero).status == 200


def test_key_reused_names_the_key(xero, control):
    control.fault("key_reused")
    answer = put(xero, Idempotency_Key="abc")
    assert answer.status == 400
    assert answer.body["Message"].startswith("Idempotency Key: abc is used")


def test_not_json_answers_200_with_a_page(xero, control):
    control.fault("not_json")
    answer = put(xero)
    assert answer.status == 200
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.text)
    assert count(control) == 1


def test_slow_takes_its_time(xero, control):
    control.fault("slow", seconds=5)
    with pytest.raises(requests.exceptions.ReadTimeout):
        xero.get("Organisation", timeout=0.2)


def test_drip_never_lets_a_single_read_time_out(xero, control):
    control.fault("drip", seconds_per_byte=0.0005)
    answer = xero.get("Organisation", timeout=0.3)
    assert answer.status == 200 and answer.row["Name"] == "Demo Company (UK)"
    assert control.calls()[-1]["fault"] == "drip"


class TestHold:
    def call(self, simulator, control, in_thread, at):
        """A write that is held; the future of its answer."""
        control.fault("hold", method="PUT", at=at)
        client = Client(simulator.url, control.grant())
        future = in_thread(put, client)
        (held,) = control.wait_held()
        assert held["at"] == at and held["path"] == "/api.xro/2.0/Contacts"
        return future

    @pytest.mark.parametrize(("at", "done"), [("before", 0), ("after", 1)])
    def test_stands_still_until_released(self, simulator, control, in_thread, at, done):
        future = self.call(simulator, control, in_thread, at)
        assert count(control) == done
        assert control.release() == 1
        assert future.result().status == 200
        assert count(control) == 1 and control.held() == []

    @pytest.mark.parametrize(("at", "done"), [("before", 0), ("after", 1)])
    def test_can_end_in_a_dropped_connection(
        self, simulator, control, in_thread, at, done
    ):
        future = self.call(simulator, control, in_thread, at)
        control.release(drop=True)
        with pytest.raises(GONE):
            future.result()
        assert count(control) == done

    def test_does_not_stop_other_calls(self, simulator, control, in_thread, xero):
        self.call(simulator, control, in_thread, "before")
        assert xero.get("Contacts").status == 200
        control.release()

    def test_outlives_the_client_that_is_killed(self, xero, control):
        control.fault("hold")
        with pytest.raises(requests.exceptions.ReadTimeout):
            xero.put("Contacts", {"Name": "a"}, timeout=0.2)
        control.wait_held()
        control.release()
        control.wait_for(lambda: count(control) == 1)


class TestRefreshLost:
    def refresh(self, simulator, token):
        return requests.post(
            f"{simulator.url}/connect/token",
            data={"grant_type": "refresh_token", "refresh_token": token},
            auth=("demo-client", "demo-secret"),
            timeout=10,
        )

    def test_the_old_token_still_works(self, simulator, control):
        token = control.grant()["refresh_token"]
        control.fault("refresh_lost")
        with pytest.raises(GONE):
            self.refresh(simulator, token)
        assert self.refresh(simulator, token).status_code == 200
        assert control.refreshes() == 2


class TestOrders:
    def test_hit_as_often_as_ordered(self, xero, control):
        control.fault("forbidden", times=2)
        assert [xero.get("Items").status for _ in range(3)] == [403, 403, 200]
        assert control.faults()[0]["hits"] == 2

    def test_let_some_calls_pass_first(self, xero, control):
        control.fault("forbidden", after=2)
        assert [xero.get("Items").status for _ in range(4)] == [200, 200, 403, 200]

    def test_may_be_for_one_method_or_path_only(self, xero, control):
        control.fault("forbidden", method="PUT", path="Items", times=None)
        assert xero.get("Items").status == 200
        assert put(xero).status == 200
        assert xero.put("Items", {"Code": "a"}).status == 403

    def test_look_at_the_query_too(self, xero, control):
        control.fault("forbidden", path=r"page=2")
        assert xero.get("Contacts?page=1").status == 200
        assert xero.get("Contacts?page=2").status == 403

    def test_are_cancelled_by_clear_faults(self, xero, control):
        control.fault("forbidden", times=None)
        control.clear_faults()
        assert xero.get("Items").status == 200

    def test_do_not_hit_identity_unless_told(self, simulator, xero, control):
        control.fault("dropped")
        url = f"{simulator.url}/connections"
        headers = {"Authorization": f"Bearer {xero.grant['access_token']}"}
        assert requests.get(url, headers=headers, timeout=10).status_code == 200
        control.fault("unavailable", path="^/connections")
        assert requests.get(url, headers=headers, timeout=10).status_code == 503

    def test_of_an_unknown_kind_are_a_mistake(self, control):
        with pytest.raises(ValueError, match="unknown fault"):
            control.fault("earthquake")
