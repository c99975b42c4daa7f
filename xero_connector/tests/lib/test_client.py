"""The client against a real web server that stands where Xero would."""

import datetime
import socket
import time
from decimal import Decimal

import pytest
import requests

from lib import errors, transport
from lib.client import Client, Limits

TOKEN = "access-token-of-the-first"


@pytest.fixture
def client(xero):
    with Client(xero.url, "tenant-1", TOKEN) as client:
        yield client


@pytest.fixture
def hasty(xero):
    """A client that gives half a second to a whole call."""
    with Client(xero.url, "tenant-1", TOKEN, total_timeout=0.5) as client:
        yield client


def create(client, **kwargs):
    payload = {"Invoices": [{"Type": "ACCREC"}]}
    return client.call("create_invoices", payload, **kwargs)


# === WHAT IS SENT === #


def test_a_write_carries_path_credentials_key_and_body(client, xero):
    create(client, summarize_errors=False, unitdp=4, idempotency_key="key-1")
    (seen,) = xero.requests
    assert seen.method == "PUT"
    assert seen.path == "/api.xro/2.0/Invoices?summarizeErrors=false&unitdp=4"
    assert seen.headers["Authorization"] == f"Bearer {TOKEN}"
    assert seen.headers["xero-tenant-id"] == "tenant-1"
    assert seen.headers["Idempotency-Key"] == "key-1"
    assert seen.headers["Content-Type"] == "application/json"
    assert "xero_connector" in seen.headers["User-Agent"]
    assert seen.json == {"Invoices": [{"Type": "ACCREC"}]}


def test_numbers_are_sent_digit_by_digit(client, xero):
    payload = {"Invoices": [{"UnitAmount": Decimal("0.1000")}]}
    client.call("create_invoices", payload)
    assert xero.requests[0].body == b'{"Invoices":[{"UnitAmount":0.1000}]}'


def test_a_model_of_the_sdk_is_sent_in_wire_form(client, xero):
    from xero_python.accounting import Contact, Contacts

    client.call("create_contacts", Contacts(contacts=[Contact(name="Acme")]))
    assert xero.requests[0].json == {"Contacts": [{"Name": "Acme"}]}


def test_a_read_carries_its_filters(client, xero):
    moment = datetime.datetime(2026, 9, 14, 9, 29, 59, 123456, datetime.timezone.utc)
    client.call(
        "get_invoices",
        if_modified_since=moment,
        i_ds=["a", "b"],
        page=1,
        include_archived=True,
        statuses=None,
    )
    (seen,) = xero.requests
    assert seen.path == "/api.xro/2.0/Invoices?IDs=a%2Cb&page=1&includeArchived=true"
    assert seen.headers["If-Modified-Since"] == "2026-09-14T09:29:59"


def test_an_attachment_is_sent_as_it_is(client, xero):
    client.call(
        "create_invoice_attachment_by_file_name",
        "id-1",
        "Bill 1.pdf",
        b"%PDF-1.7 \x00\xff",
        content_type="application/pdf",
    )
    (seen,) = xero.requests
    assert seen.path == "/api.xro/2.0/Invoices/id-1/Attachments/Bill%201.pdf"
    assert seen.headers["Content-Type"] == "application/pdf"
    assert seen.body == b"%PDF-1.7 \x00\xff"


def test_a_document_can_be_fetched_as_pdf(client, xero):
    xero.reply(200, b"%PDF \xff", Content_Type="application/pdf")
    answer = client.call("get_invoice", "id-1", accept="application/pdf")
    assert xero.requests[0].headers["Accept"] == "application/pdf"
    assert answer.content == b"%PDF \xff"


def test_describe_tells_what_would_be_sent_and_sends_nothing(client, xero):
    told = client.describe("create_invoices", {}, unitdp=4, idempotency_key="k")
    assert told == ("PUT", "/api.xro/2.0/Invoices?unitdp=4")
    assert client.describe("get_contact", "id-1")[1] == "/api.xro/2.0/Contacts/id-1"
    assert xero.requests == []


@pytest.mark.parametrize("key", ["", "  ", "x" * 129])
def test_an_idempotency_key_is_never_empty_or_too_long(client, xero, key):
    with pytest.raises(errors.Bug):
        create(client, idempotency_key=key)
    assert xero.requests == []


@pytest.mark.parametrize(
    "operation, arguments",
    [("no_such_thing", ()), ("get_contact", ()), ("_x", ()), ("base_url", ())],
)
def test_a_wrong_operation_is_a_bug_and_sends_nothing(
    client, xero, operation, arguments
):
    with pytest.raises(errors.Bug):
        client.call(operation, *arguments)
    assert xero.requests == []


# === WHAT COMES BACK === #


def test_an_answer_tells_everything(client, xero):
    xero.reply(
        200,
        '{"Id":"1","pagination":{"pageCount":3},"Invoices":[{"Total":24.15}]}',
        Xero_Correlation_Id="corr-1",
        X_DayLimit_Remaining="344",
        X_MinLimit_Remaining="59",
        X_AppMinLimit_Remaining="9999",
    )
    answer = client.call("get_invoices", page=1)
    assert answer.elements("Invoices") == [{"Total": Decimal("24.15")}]
    assert isinstance(answer.json["Invoices"][0]["Total"], Decimal)
    assert answer.correlation_id == "corr-1"
    assert answer.headers["x-daylimit-remaining"] == "344"
    assert answer.limits == Limits(day=344, minute=59, app_minute=9999)
    assert answer.text.startswith('{"Id"')
    assert answer.duration > 0


def test_limits_are_none_where_not_told(client, xero):
    assert client.call("get_accounts").limits is None


def test_unknown_values_lose_no_page(client, xero):
    """Defect 7 of the SDK: one unknown currency loses a whole page there."""
    xero.reply(200, {"Invoices": [{"CurrencyCode": "XYZ"}, {"Type": None}]})
    assert len(client.call("get_invoices").elements("Invoices")) == 2


def test_nothing_changed_is_no_error(client, xero):
    xero.play(lambda handler: handler.reply(304))
    answer = client.call(
        "get_contacts", if_modified_since=datetime.datetime(2026, 1, 1)
    )
    assert answer.not_modified
    assert answer.elements("Contacts") == []


def test_deleting_gives_an_empty_answer(client, xero):
    xero.play(lambda handler: (handler.send_response(204), handler.end_headers()))
    assert client.call("delete_item", "id-1").json == {}


@pytest.mark.parametrize("body", ["<html>login</html>", "", "7", '{"Invo'])
def test_a_success_that_cannot_be_read_is_not_an_empty_list(client, xero, body):
    """I9: could not read is never taken for is not there."""
    xero.reply(200, body)
    with pytest.raises(errors.Unavailable):
        client.call("get_invoices")
    xero.reply(200, body)
    with pytest.raises(errors.Uncertain):
        create(client)


def test_a_missing_list_is_not_an_empty_one(client, xero):
    """I9."""
    xero.reply(200, {"Status": "OK"})
    with pytest.raises(errors.Unavailable):
        client.call("get_invoices").elements("Invoices")
    xero.reply(200, {"Status": "OK"})
    with pytest.raises(errors.Uncertain):
        create(client).elements("Invoices")


def test_a_refusal_tells_how_many_calls_are_left(client, xero):
    """N8: the budget hears of every answer, whatever its status."""
    xero.reply(404, "", X_DayLimit_Remaining="10")
    with pytest.raises(errors.Gone) as caught:
        client.call("get_contact", "id-1")
    assert caught.value.limits == Limits(day=10)


# === CONNECTIONS === #


def test_connections_need_no_tenant(xero):
    xero.reply(200, [{"id": "c-1", "tenantId": "t-1"}])
    with Client(xero.url, None, TOKEN) as client:
        answer = client.get_connections(auth_event_id="event-1")
        client.delete_connection("c-1")
    assert answer.json == [{"id": "c-1", "tenantId": "t-1"}]
    first, second = xero.requests
    assert first.path == "/connections?authEventId=event-1"
    assert (second.method, second.path) == ("DELETE", "/connections/c-1")
    assert "xero-tenant-id" not in first.headers


def test_no_list_of_connections_is_not_an_empty_one(xero):
    """I9: else a passing fault would look like a removed connection."""
    xero.reply(200, {"Message": "?"})
    with Client(xero.url, None, TOKEN) as client, pytest.raises(errors.Unavailable):
        client.get_connections()


# === CREDENTIALS === #


def test_two_clients_in_one_process_do_not_mix(xero, other_xero):
    """The configuration of xero-python is one for the whole process; ours is not."""
    first = Client(xero.url, "tenant-1", "token-1")
    second = Client(other_xero.url, "tenant-2", lambda: "token-2")
    for client in (first, second, first):
        client.call("get_accounts")
    sent = [
        (r.headers["Authorization"], r.headers["xero-tenant-id"])
        for r in xero.requests + other_xero.requests
    ]
    assert sent == [("Bearer token-1", "tenant-1")] * 2 + [
        ("Bearer token-2", "tenant-2")
    ]


def test_a_renewed_token_is_used_by_the_next_call(xero):
    tokens = iter(["old", "new"])
    with Client(xero.url, "t", lambda: next(tokens)) as client:
        client.call("get_accounts")
        client.call("get_accounts")
    sent = [request.headers["Authorization"] for request in xero.requests]
    assert sent == ["Bearer old", "Bearer new"]


def test_a_netrc_file_does_not_replace_the_access(client, xero, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine localhost login somebody password else")
    monkeypatch.setenv("NETRC", str(netrc))
    client.call("get_accounts")
    assert xero.requests[0].headers["Authorization"] == f"Bearer {TOKEN}"


def test_cookies_are_not_remembered(client, xero):
    xero.reply(200, {}, Set_Cookie="a=b")
    client.call("get_accounts")
    client.call("get_accounts")
    assert "Cookie" not in xero.requests[1].headers


def test_a_redirect_is_not_followed_with_our_access(client, xero, other_xero):
    xero.reply(302, "", Location=other_xero.url)
    with pytest.raises(errors.Bug):
        client.call("get_accounts")
    assert other_xero.requests == []


@pytest.mark.parametrize("token", ["", None, "a b", "a\nb", "ä", 7])
def test_an_unusable_token_is_not_sent(xero, token):
    with Client(xero.url, "t", token) as client, pytest.raises(errors.AccessRevoked):
        client.call("get_accounts")
    assert xero.requests == []


@pytest.mark.parametrize(
    "url", ["http://api.xero.com", "ftp://localhost", "localhost", "", None]
)
def test_only_https_or_this_machine_is_called(url):
    with pytest.raises(ValueError, match="https"):
        Client(url, "t", TOKEN)


# === FAULTS === #


def test_an_answer_that_is_lost_is_not_asked_for_again(client, xero):
    """Defect 3 of the SDK sends a lost PUT four times. I4: doubt is read, not sent."""
    xero.reset()
    with pytest.raises(errors.Uncertain) as caught:
        create(client)
    assert len(xero.requests) == 1
    assert not caught.value.surely_no_effect


def test_a_lost_read_changed_nothing(client, xero):
    xero.reset()
    with pytest.raises(errors.Unavailable):
        client.call("get_accounts")
    assert len(xero.requests) == 1


def test_a_refused_connection_surely_had_no_effect(xero):
    client = Client("http://localhost:9", "t", TOKEN, connect_timeout=1)
    with client, pytest.raises(errors.NotSent) as caught:
        create(client)
    assert caught.value.surely_no_effect


def test_an_unknown_host_surely_had_no_effect(monkeypatch):
    def unknown(*_args, **_kwargs):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    client = Client("https://api.xero.test", "t", TOKEN)
    with client, pytest.raises(errors.NotSent):
        create(client)


def test_half_an_answer_is_doubt(client, xero):
    xero.play(
        lambda handler: (
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}"),
            handler.hang_up(),
        )
    )
    with pytest.raises(errors.Uncertain) as caught:
        create(client)
    assert caught.value.status == 200


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX-Slow: ",
        HEAD + b"Content-Length: 100000\r\n\r\n{",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1",
        HEAD + b"\r\n{",
    ],
    ids=["first byte", "header", "body", "chunked body", "body without length"],
)
def test_an_answer_that_drips_ends_at_the_limit(hasty, xero, head):
    """decisions.md 14: one total time limit; a read timeout alone never comes."""
    xero.drip(head)
    started = time.monotonic()
    with pytest.raises(errors.Uncertain):
        create(hasty)
    assert time.monotonic() - started < 1.5


def test_a_dripping_read_is_no_doubt(hasty, xero):
    xero.drip(HEAD + b"\r\n{")
    with pytest.raises(errors.Unavailable):
        hasty.call("get_invoices")


def test_silence_ends_at_the_limit(hasty, xero):
    xero.play(lambda _handler: xero.stopping.wait(5))
    with pytest.raises(errors.Uncertain):
        create(hasty)


def test_an_answer_too_large_is_not_kept(xero):
    xero.reply(200, b" " * 2000)
    client = Client(xero.url, "t", TOKEN, max_bytes=1000)
    with client, pytest.raises(errors.Unavailable):
        client.call("get_invoices")


def test_a_429_is_never_decoded(client, xero):
    xero.reply(
        429,
        "{broken",
        Retry_After="26",
        X_Rate_Limit_Problem="minute",
        X_DayLimit_Remaining="344",
        X_MinLimit_Remaining="0",
    )
    with pytest.raises(errors.Throttled) as caught:
        create(client)
    assert (caught.value.problem, caught.value.retry_after) == ("minute", 26)
    assert caught.value.limits == Limits(day=344, minute=0)


def test_a_404_page_is_gone(client, xero):
    xero.reply(404, "", Content_Type="text/html; charset=utf-8")
    with pytest.raises(errors.Gone):
        client.call("get_invoice", "id-1")


def test_after_a_fault_the_next_call_works(client, xero):
    xero.reset()
    with pytest.raises(errors.Unavailable):
        client.call("get_accounts")
    assert client.call("get_accounts").status == 200


def test_the_guard_of_odoo_tests_is_obeyed_and_changes_no_limit(
    hasty, xero, monkeypatch
):
    """Odoo's test cases compare the timeout with 10 and raise it: it is a number."""
    original, seen = requests.Session.send, []

    def guard(session, request, **kwargs):
        seen.append(kwargs["timeout"])
        if kwargs["timeout"] < 10:
            kwargs["timeout"] = 10
        return original(session, request, **kwargs)

    monkeypatch.setattr(requests.Session, "send", guard)
    xero.drip(HEAD + b"\r\n{")
    started = time.monotonic()
    with pytest.raises(errors.Unavailable):
        hasty.call("get_invoices")
    assert time.monotonic() - started < 1.5
    assert seen == [0.5]


def test_a_shared_session_serves_several_clients(xero):
    session = transport.new_session()
    for token in ("one", "two"):
        Client(xero.url, "t", token, session=session).call("get_accounts")
    sent = [request.headers["Authorization"] for request in xero.requests]
    assert sent == ["Bearer one", "Bearer two"]
