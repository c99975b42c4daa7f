"""The table that turns an HTTP answer into what may be done next."""

import email.utils
import json
import re
import time

import pytest
from requests.structures import CaseInsensitiveDict

from lib import errors, oauth

VALIDATION = json.dumps(
    {
        "ErrorNumber": 10,
        "Type": "ValidationException",
        "Message": "A validation exception occurred",
        "Elements": [
            {
                "InvoiceID": "00000000-0000-0000-0000-000000000000",
                "LineItems": [{"ValidationErrors": [{"Message": "Line is wrong"}]}],
                "ValidationErrors": [{"Message": "Invoice # must be unique."}],
            }
        ],
    }
)
PARSE = json.dumps({"ErrorNumber": 16, "Type": "QueryParseException", "Message": "x"})
MALFORMED = json.dumps({"ErrorNumber": 14, "Type": "PostDataInvalidException"})
REUSED = json.dumps(
    {"Message": "Idempotency Key: k-1 is used with a different request."}
)
SCOPE = {"WWW-Authenticate": 'Bearer error="insufficient_scope"'}
NO_ACCESS = '{"Title":"Forbidden","Status":403,"Detail":"AuthenticationUnsuccessful"}'
EXPIRED = '{"Status":401,"Detail":"TokenExpired: token expired at 09/24/2021 08:23"}'
UNSUCCESSFUL = '{"Title":"Unauthorized","Detail":"AuthenticationUnsuccessful"}'


def error_of(method, status, body="", headers=None):
    headers = CaseInsensitiveDict(headers or {})
    return errors.from_response(method, status, headers, body)


@pytest.mark.parametrize("status", [200, 201, 204, 304])
def test_a_success_is_no_error(status):
    assert error_of("GET", status) is None


# xero-api.md section 7 and decisions.md 12, row by row.
@pytest.mark.parametrize(
    "status, body, headers, on_write, on_read",
    [
        (400, VALIDATION, {}, errors.Invalid, errors.Bug),
        (400, PARSE, {}, errors.Bug, errors.Bug),
        (400, MALFORMED, {}, errors.Bug, errors.Bug),
        (400, REUSED, {}, errors.Uncertain, errors.Uncertain),
        (400, '{"Message":"Something else"}', {}, errors.Invalid, errors.Bug),
        (400, "<html>", {}, errors.Bug, errors.Bug),
        (401, EXPIRED, {}, errors.Unauthorised, errors.Unauthorised),
        (401, "", {}, errors.Unauthorised, errors.Unauthorised),
        (401, UNSUCCESSFUL, SCOPE, errors.ScopeMissing, errors.ScopeMissing),
        (401, "", SCOPE, errors.ScopeMissing, errors.ScopeMissing),
        (
            401,
            '{"Detail":"AuthorizationUnsuccessful"}',
            {},
            errors.ScopeMissing,
            errors.ScopeMissing,
        ),
        (401, UNSUCCESSFUL, {}, errors.AccessRevoked, errors.AccessRevoked),
        (403, NO_ACCESS, {}, errors.Disconnected, errors.Disconnected),
        (404, "", {}, errors.Gone, errors.Gone),
        (412, "", {}, errors.Bug, errors.Bug),
        (302, "", {}, errors.Bug, errors.Bug),
        (429, "", {}, errors.Throttled, errors.Throttled),
        (500, "", {}, errors.Uncertain, errors.Unavailable),
        (502, "<html>", {}, errors.Uncertain, errors.Unavailable),
        (504, "", {}, errors.Uncertain, errors.Unavailable),
        (503, "", {}, errors.Uncertain, errors.Unavailable),
        (503, "Service Temporarily Unavailable", {}, errors.Uncertain, None),
        (418, "", {}, errors.Bug, errors.Bug),
    ],
)
def test_each_answer_has_its_kind(status, body, headers, on_write, on_read):
    assert type(error_of("PUT", status, body, headers)) is on_write
    assert type(error_of("DELETE", status, body, headers)) is on_write
    read = type(error_of("GET", status, body, headers))
    assert read is (on_read or errors.Unavailable)


@pytest.mark.parametrize(
    "text",
    [
        "The Xero API is currently offline for maintenance",
        "The Xero API is temporarily unavailable",
        "The Organisation is offline",
    ],
)
def test_an_outage_that_xero_names_had_no_effect(text):
    """decisions.md 12: known texts wait five minutes; any other 503 is doubt."""
    error = error_of("PUT", 503, text)
    assert type(error) is errors.Unavailable
    assert error.surely_no_effect
    assert error.retry_after == 300
    assert error_of("PUT", 503, text, {"Retry-After": "10"}).retry_after == 300
    assert error_of("PUT", 503, text, {"Retry-After": "900"}).retry_after == 900


@pytest.mark.parametrize(
    "named, problem, seconds",
    [
        ("minute", "minute", 60),
        ("day", "day", 3600),
        ("concurrent", "concurrent", 2),
        ("appminute", "appminute", 60),
        ("app-minute", "appminute", 60),
        ("AppMinute", "appminute", 60),
        ("", "minute", 60),
    ],
)
def test_each_limit_is_told_apart(named, problem, seconds):
    """Names are compared loosely; a 429 without Retry-After has our own seconds."""
    error = error_of("PUT", 429, "", {"X-Rate-Limit-Problem": named})
    assert error.problem == problem
    assert error.retry_after == seconds
    assert error_of("PUT", 429, "", {"Retry-After": "26"}).retry_after == 26


def test_the_day_limit_has_its_own_words():
    error = error_of("PUT", 429, "", {"X-Rate-Limit-Problem": "day"})
    assert "today" in error.message


def test_a_retry_after_may_be_a_date_or_nonsense():
    later = email.utils.formatdate(time.time() + 120, usegmt=True)
    assert 100 < error_of("GET", 429, "", {"Retry-After": later}).retry_after <= 120
    assert error_of("GET", 429, "", {"Retry-After": "soon"}).retry_after == 60
    assert error_of("GET", 429, "", {"Retry-After": "-5"}).retry_after == 0


def test_a_refusal_tells_xeros_words_and_elements():
    error = error_of("PUT", 400, VALIDATION, {"Xero-Correlation-Id": "corr-1"})
    assert error.messages == ["Invoice # must be unique.", "Line is wrong"]
    assert len(error.elements) == 1
    assert error.correlation_id == "corr-1"
    assert error.status == 400
    assert error.kind == "Invalid"


@pytest.mark.parametrize("body", ["[]", "7", '{"Elements": 7}', '{"Elements": [7]}'])
def test_a_strange_refusal_is_still_an_error(body):
    assert error_of("PUT", 400, body).elements == []


def test_only_doubt_may_have_had_an_effect():
    """I4: everything else may be sent again or mended."""
    doubtful = [kind for kind in all_kinds() if not kind.surely_no_effect]
    assert doubtful == [errors.Uncertain]


def test_a_lost_answer_is_doubt_for_writes_only():
    """I4, I9."""
    assert type(errors.answer_lost("PUT", "reset")) is errors.Uncertain
    assert type(errors.answer_lost("DELETE", "reset")) is errors.Uncertain
    assert type(errors.answer_lost("GET", "reset")) is errors.Unavailable


@pytest.mark.parametrize(
    "status, running",
    [(500, False), (400, False), (502, True), (503, True), (504, True)],
)
def test_a_gateway_does_not_know_whether_xero_is_done(status, running):
    """A read-back while the call is in flight would say absent (odoo-19-facts.md 5)."""
    assert error_of("PUT", status, REUSED).may_be_running is running
    assert errors.answer_lost("PUT", "ReadTimeout").may_be_running


def all_kinds(kind=errors.XeroError):
    children = [found for child in kind.__subclasses__() for found in all_kinds(child)]
    return list(dict.fromkeys([kind, *children]))


FORBIDDEN = re.compile(
    r"!|\b(sync\w*|payload|endpoint|tenant|tokens?|guid|webhook|element|resource|upsert"
    r"|queue|oops|successfully|[45]\d\d)\b",
    re.IGNORECASE,
)


def test_the_words_are_for_accountants():
    """screens.md 5.0: no words of programmers, no exclamation marks."""
    assert oauth.InvalidClient in all_kinds()
    rows = [(rule.message, rule.advice) for rule in errors.TABLE]
    kinds = [(kind.default_message, kind.default_advice) for kind in all_kinds()]
    for message, advice in rows + kinds:
        for sentence in filter(None, (message, advice)):
            assert not FORBIDDEN.search(sentence), sentence
            assert sentence.endswith(".")
