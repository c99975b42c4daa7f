"""What travels over HTTP: one request, one reply."""

import json
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from . import wire


@dataclass
class Request:
    """A request as it came off the socket.

    :param headers: names in lower case
    :param query: the last value of each query parameter
    """

    method: str
    target: str
    headers: dict
    body: bytes = b""
    path: str = field(init=False)
    query: dict = field(init=False)
    query_string: str = field(init=False)

    def __post_init__(self):
        parts = urlsplit(self.target)
        self.path = unquote(parts.path)
        self.query_string = parts.query
        self.query = dict(parse_qsl(parts.query, keep_blank_values=True))

    def header(self, name):
        """The header's value, or None."""
        return self.headers.get(name.lower())

    def form(self):
        """The body as an HTML form."""
        return dict(parse_qsl(self.body.decode("utf-8"), keep_blank_values=True))


@dataclass
class Reply:
    """A response: status, raw body, content type and further headers."""

    status: int
    body: bytes = b""
    content_type: str = ""
    headers: dict = field(default_factory=dict)
    drip: float = 0.0
    """Seconds between two bytes of the body; 0 sends it at once."""

    def with_headers(self, headers):
        """The same reply with more headers (cached replies are never changed)."""
        return Reply(
            self.status,
            self.body,
            self.content_type,
            {**self.headers, **headers},
            self.drip,
        )


class Silence(Exception):
    """The connection is closed and no byte is answered."""


def json_reply(value, status=200, headers=None):
    """A reply in Xero's JSON (dates as ``/Date(ms)/``, amounts as numbers)."""
    body = wire.dumps(value).encode()
    return Reply(status, body, "application/json; charset=utf-8", headers or {})


def plain_json_reply(value, status=200, headers=None):
    """A reply in ordinary JSON: identity and control answers."""
    body = json.dumps(value, default=wire.plain).encode()
    return Reply(status, body, "application/json", headers or {})


def text_reply(text, status=200, content_type="text/plain; charset=utf-8"):
    """A reply of plain text or HTML."""
    return Reply(status, text.encode(), content_type)


def redirect(location):
    """Send the browser elsewhere."""
    return Reply(302, b"", "text/html; charset=utf-8", {"Location": location})
