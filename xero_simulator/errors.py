"""Xero's error answers (spec: Errors), each an exception that knows its reply."""

import uuid

from .exchange import Reply, json_reply, text_reply

UNKNOWN_ID = "00000000-0000-0000-0000-000000000000"


class ApiError(Exception):
    """An answer other than success."""

    def reply(self):
        """The HTTP reply."""
        raise NotImplementedError


class Refused(Exception):
    """One element breaks the rules.

    :param complaints: a :class:`Complaints`, or one message
    """

    def __init__(self, complaints):
        super().__init__()
        if isinstance(complaints, str):
            complaints = Complaints([complaints])
        self.complaints = complaints

    def __str__(self):
        return "; ".join(self.complaints.all_messages())


class Complaints:
    """Validation messages of one element, on top and in nested elements."""

    def __init__(self, messages=()):
        self.messages = list(messages)
        self.nested = {}

    def add(self, message):
        """A message about the element itself (each is said once)."""
        if message not in self.messages:
            self.messages.append(message)

    def at(self, *path):
        """The complaints about a nested element, e.g. ``at("Addresses", 0)``."""
        return self.nested.setdefault(path, Complaints())

    def all_messages(self):
        """Every message, the nested ones included."""
        inner = (m for part in self.nested.values() for m in part.all_messages())
        return [*self.messages, *inner]

    def check(self):
        """Refuse the element if anything was said.

        :raise Refused: with these complaints
        """
        if self.all_messages():
            raise Refused(self)

    def mark(self, element):
        """A copy of the echoed element that carries the messages."""
        marked = {**element, "ValidationErrors": as_messages(self.messages)}
        for path, complaints in self.nested.items():
            _mark_nested(marked, path, complaints)
        return marked


def _mark_nested(element, path, complaints):
    """Put messages on the element at ``path``, copying what lies on the way."""
    if not complaints.all_messages():
        return
    key, *rest = path
    if rest:
        rows = list(element.get(key) or [])
        rows[rest[0]] = complaints.mark(rows[rest[0]])
        element[key] = rows
    else:
        element[key] = complaints.mark(element.get(key) or {})


def as_messages(messages):
    """``ValidationErrors`` or ``Warnings``."""
    return [{"Message": message} for message in messages]


class ValidationFailed(ApiError):
    """400: the whole request is refused because of some elements."""

    def __init__(self, elements):
        super().__init__()
        self.elements = elements

    def reply(self):
        body = {
            "ErrorNumber": 10,
            "Type": "ValidationException",
            "Message": "A validation exception occurred",
            "Elements": self.elements,
        }
        return json_reply(body, 400)


class BadRequest(ApiError):
    """400 for what cannot even be read.

    Error 14 is a body that is no JSON, 17 a value of the wrong type, 16 a bad filter.
    """

    def __init__(self, message, number=14, kind="PostDataInvalidException"):
        super().__init__(message)
        self.body = {"ErrorNumber": number, "Type": kind, "Message": message}

    def reply(self):
        return json_reply(self.body, 400)


class BadQuery(BadRequest):
    """400: a ``where`` or ``order`` that cannot be understood."""

    def __init__(self, message):
        super().__init__(message, 16, "QueryParseException")


class BadValue(BadRequest):
    """400: a value of the wrong type."""

    def __init__(self, message):
        super().__init__(message, 17)


class NotFound(ApiError):
    """404: empty, and called text/html, as recorded."""

    def reply(self):
        return Reply(404, b"", "text/html; charset=utf-8")


class TooLarge(ApiError):
    """413: the body is over the limit."""

    def reply(self):
        return Reply(413, b"", "text/html; charset=utf-8")


class UriTooLong(ApiError):
    """414: the query string is over the limit."""

    def reply(self):
        return Reply(414, b"", "text/html; charset=utf-8")


class Problem(ApiError):
    """401 and 403 in the gateway's format."""

    def __init__(self, status, title, detail, headers=None):
        super().__init__(detail)
        self.status, self.title, self.detail = status, title, detail
        self.headers = headers or {}

    def reply(self):
        body = {
            "Type": None,
            "Title": self.title,
            "Status": self.status,
            "Detail": self.detail,
            "Instance": str(uuid.uuid4()),
            "Extensions": {},
        }
        return json_reply(body, self.status, self.headers)


def token_expired(moment):
    """401: renew the token and try once more."""
    stamp = moment.strftime("%m/%d/%Y %H:%M:%S")
    return Problem(401, "Unauthorized", f"TokenExpired: token expired at {stamp}")


def unauthenticated():
    """401: no token, or one that was never issued."""
    return Problem(401, "Unauthorized", "AuthenticationUnsuccessful")


def scope_missing():
    """401, not 403: the token lacks the scope."""
    header = {"WWW-Authenticate": "insufficient_scope"}
    return Problem(401, "Unauthorized", "AuthorizationUnsuccessful", header)


def forbidden():
    """403: the organisation is not connected."""
    return Problem(403, "Forbidden", "AuthenticationUnsuccessful")


def server_error():
    """500; Xero keeps it under the idempotency key."""
    body = {"ErrorNumber": 500, "Type": "Error", "Message": "An error occurred in Xero"}
    return json_reply(body, 500)


def bad_gateway(status=502):
    """502 or 504 from the gateway, in HTML."""
    title = {502: "Bad Gateway", 504: "Gateway Time-out"}[status]
    page = f"<html><head><title>{status} {title}</title></head></html>"
    return text_reply(page, status, "text/html")


OFFLINE_TEXTS = (
    "The Xero API is currently offline for maintenance",
    "The Xero API is temporarily unavailable",
    "The Organisation is offline",
)


def unavailable(text=OFFLINE_TEXTS[1]):
    """503 as plain text."""
    return text_reply(text, 503)


def key_reused(key):
    """400: the idempotency key belongs to another request."""
    message = f"Idempotency Key: {key} is used with a different request."
    return json_reply({"Message": message}, 400)
