"""What stands before the endpoints: token, scope, tenant, limits, log."""

import re

import pytest
import requests

from .client import Client, a_line, an_invoice


class TestTokens:
    def test_without_a_token_the_call_is_unauthenticated(self, xero):
        answer = xero.get("Organisation", Authorization=None)
        assert answer.status == 401
        assert answer.body["Detail"] == "AuthenticationUnsuccessful"

    def test_after_thirty_minutes_a_token_is_expired(self, xero, control):
        control.clock.advance(1801)
        answer = xero.get("Organisation")
        assert answer.status == 401
        assert set(answer.body) == {
            "Type",
            "Title",
            "Status",
            "Detail",
            "Instance",
            "Extensions",
        }
        pattern = r"TokenExpired: token expired at \d\d/\d\d/\d{4} \d\d:\d\d:\d\d"
        assert re.fullmatch(pattern, answer.body["Detail"])

    @pytest.mark.parametrize(
        ("scopes", "path", "status"),
        [
            ("accounting.contacts.read", "Contacts", 200),
            ("accounting.contacts", "Invoices", 401),
            ("accounting.invoices", "Invoices", 200),
            ("accounting.invoices", "Items", 200),
            ("accounting.settings", "Items", 200),
            ("accounting.settings.read", "Accounts", 200),
            ("accounting.invoices", "Accounts", 401),
            ("accounting.payments.read", "Payments", 200),
            ("accounting.invoices", "Payments", 401),
        ],
    )
    def test_each_endpoint_wants_its_own_scope(
        self, simulator, control, scopes, path, status
    ):
        xero = Client(simulator.url, control.grant(scopes=scopes))
        assert xero.get(path).status == status

    def test_a_missing_scope_is_a_401_that_says_so(self, simulator, control):
        grant = control.grant(scopes="accounting.contacts.read")
        answer = Client(simulator.url, grant).put("Contacts", {"Name": "x"})
        assert answer.status == 401
        assert answer.body["Detail"] == "AuthorizationUnsuccessful"
        assert answer.headers["WWW-Authenticate"] == "insufficient_scope"

    @pytest.mark.parametrize("tenant", [None, "6f0a9f60-0000-0000-0000-000000000000"])
    def test_a_missing_or_strange_organisation_is_a_403(self, xero, tenant):
        answer = xero.get("Organisation", Xero_Tenant_Id=tenant)
        assert answer.status == 403
        assert answer.body["Detail"] == "AuthenticationUnsuccessful"
        assert answer.body["Title"] == "Forbidden"

    def test_a_disconnected_organisation_is_a_403(self, xero, control):
        control.disconnect()
        assert xero.get("Organisation").status == 403

    def test_a_reset_demo_company_has_a_new_tenant_id(self, control):
        before = control.tenant_id()
        control.reset()
        assert control.tenant_id() != before


class TestAnswers:
    def test_carry_a_correlation_id_that_is_also_the_envelopes_id(self, xero):
        answer = xero.get("Organisation")
        assert answer.headers["Xero-Correlation-Id"] == answer.body["Id"]
        assert answer.body["Status"] == "OK"

    def test_carry_a_correlation_id_when_they_are_errors(self, xero, control):
        answer = xero.get("Invoices/6f0a9f60-0000-0000-0000-000000000000")
        last = control.calls()[-1]
        assert answer.headers["Xero-Correlation-Id"] == last["correlation_id"]

    @pytest.mark.parametrize("path", ["Quotes", "ManualJournals", "Nonsense"])
    def test_unknown_endpoints_are_an_empty_404(self, xero, path):
        answer = xero.get(path)
        assert (answer.status, answer.content) == (404, b"")

    def test_unknown_records_are_an_empty_404_of_type_html(self, xero):
        answer = xero.get("Contacts/6f0a9f60-0000-0000-0000-000000000000")
        assert (answer.status, answer.content) == (404, b"")
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"

    def test_unknown_methods_are_a_405(self, xero):
        assert xero.delete("Invoices").status == 405

    def test_nothing_is_ever_null(self, xero, contact):
        xero.invoice(contact)
        assert "null" not in xero.get("Invoices?page=1").text
        assert "null" not in xero.get("Accounts").text


class TestBodies:
    def test_over_the_limit_are_refused(self, xero, control):
        control.set_options(max_body=1000)
        answer = xero.put("Contacts", {"Name": "x" * 1000})
        assert (answer.status, answer.content) == (413, b"")

    def test_that_are_no_json_get_error_14(self, xero):
        answer = xero.call("PUT", "Contacts", data=b"{broken")
        assert answer.status == 400
        assert answer.body["ErrorNumber"] == 14
        assert answer.body["Type"] == "PostDataInvalidException"

    def test_with_a_value_of_the_wrong_type_get_error_17(self, xero, contact):
        line = a_line("a lot")
        answer = xero.put("Invoices", an_invoice(contact, line))
        assert (answer.status, answer.body["ErrorNumber"]) == (400, 17)

    def test_may_be_wrapped_a_list_or_a_single_object(self, xero):
        for payload in ({"Contacts": [{"Name": "a"}]}, [{"Name": "b"}], {"Name": "c"}):
            assert xero.put("Contacts", payload).status == 200

    def test_nulls_are_as_if_absent(self, xero):
        row = xero.create("Contacts", {"Name": "a", "EmailAddress": None})
        assert "EmailAddress" not in row

    def test_a_query_that_is_too_long_is_a_414(self, xero):
        assert xero.get("Invoices?IDs=" + "x" * 4096).status == 414


class TestLimits:
    def test_every_answer_tells_what_is_left(self, xero):
        headers = xero.get("Organisation").headers
        assert headers["X-DayLimit-Remaining"] == "4999"
        assert headers["X-MinLimit-Remaining"] == "59"
        assert headers["X-AppMinLimit-Remaining"] == "9999"

    def test_the_minute_limit_answers_as_recorded(self, xero, control):
        control.set_limits(minute=2)
        xero.get("Organisation"), xero.get("Organisation")
        answer = xero.get("Organisation")
        assert (answer.status, answer.content) == (429, b"")
        assert "Content-Type" not in answer.headers
        assert answer.headers["X-Rate-Limit-Problem"] == "minute"
        assert answer.headers["X-MinLimit-Remaining"] == "0"
        assert 1 <= int(answer.headers["Retry-After"]) <= 60

    def test_the_minute_is_over_when_retry_after_says(self, xero, control):
        control.set_limits(minute=1)
        xero.get("Organisation")
        wait = int(xero.get("Organisation").headers["Retry-After"])
        control.clock.advance(wait)
        assert xero.get("Organisation").status == 200

    def test_the_day_limit_lasts_a_day(self, xero, control):
        control.set_limits(day=1, minute=100)
        xero.get("Organisation")
        answer = xero.get("Organisation")
        assert answer.headers["X-Rate-Limit-Problem"] == "day"
        assert 86_000 < int(answer.headers["Retry-After"]) <= 86_400

    def test_the_app_limit_counts_all_organisations(self, simulator, control, xero):
        control.set_limits(app_minute=1)
        other = control.grant(tenant=control.add_organisation("nz"))
        xero.get("Organisation")
        answer = Client(simulator.url, other).get("Organisation")
        assert answer.headers["X-Rate-Limit-Problem"] == "appminute"

    def test_organisations_have_limits_of_their_own(self, simulator, control, xero):
        control.set_limits(minute=1)
        other = control.grant(tenant=control.add_organisation("nz"))
        xero.get("Organisation")
        assert Client(simulator.url, other).get("Organisation").status == 200

    def test_a_refused_call_is_not_counted(self, xero, control):
        control.set_limits(day=10, minute=1)
        for _ in range(3):
            answer = xero.get("Organisation")
        assert answer.headers["X-DayLimit-Remaining"] == "9"

    def test_five_calls_at_a_time(self, simulator, control, in_thread):
        control.fault("hold", times=5, at="during")
        grant = control.grant()
        held = [
            in_thread(lambda: Client(simulator.url, grant).get("Organisation"))
            for _ in range(5)
        ]
        control.wait_held(5)
        answer = Client(simulator.url, grant).get("Organisation")
        assert answer.status == 429
        assert answer.headers["X-Rate-Limit-Problem"] == "concurrent"
        assert "Retry-After" not in answer.headers
        control.release()
        assert [call.result().status for call in held] == [200] * 5


class TestCallLog:
    def test_tells_what_was_called(self, xero, control):
        xero.put("Contacts?x=1", [{"Name": "a"}, {"Name": "b"}], Idempotency_Key="k")
        (call,) = control.calls(payloads=True)
        assert call["kind"] == "api" and call["method"] == "PUT"
        assert call["path"] == "/api.xro/2.0/Contacts" and call["query"] == {"x": "1"}
        assert call["status"] == 200 and call["elements"] == 2
        assert call["resource"] == "Contacts" and call["idempotency_key"] == "k"
        assert call["tenant_id"] == control.tenant_id() and call["fault"] is None
        assert call["payload"] == [{"Name": "a"}, {"Name": "b"}]

    def test_counts_reads_and_writes(self, xero, control):
        xero.get("Contacts")
        first = control.calls()[-1]["number"]
        xero.put("Contacts", {"Name": "a"})
        assert (control.reads(), control.writes()) == (1, 1)
        assert (control.reads(first), control.writes(first)) == (0, 1)
        control.clear_calls()
        assert control.calls() == []

    def test_keeps_no_secret(self, simulator, control):
        requests.post(
            f"{simulator.url}/connect/token",
            data={"grant_type": "refresh_token", "refresh_token": "hush"},
            timeout=10,
        )
        assert "hush" not in str(control.calls(payloads=True))


def test_a_defect_of_the_simulator_is_told_as_such(simulator, xero, monkeypatch, capfd):
    def broken(request):
        raise RuntimeError("a defect")

    monkeypatch.setattr(simulator.application, "answer", broken)
    answer = xero.get("Organisation")
    assert answer.status == 500 and "defect" in answer.text
    assert "RuntimeError" in capfd.readouterr().err
