"""One HTTP exchange, sent once, within one total time limit, over requests.

No retries, no redirects, no cookies, no password from a .netrc file: a request goes
out once, with the credentials it was given. See :mod:`deadline` for the time limit.
"""

import dataclasses
import http.client
import http.cookiejar
import logging
import re
import time
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from . import deadline, errors

_logger = logging.getLogger(__name__)

CONNECT_TIMEOUT = 5
TOTAL_TIMEOUT = 60
MAX_BYTES = 50 * 1024 * 1024
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclasses.dataclass(frozen=True)
class HttpRequest:
    """A request as it will go out, without its credentials."""

    method: str
    url: str
    params: tuple = ()
    headers: dict = dataclasses.field(default_factory=dict)
    body: bytes | None = None

    @property
    def path(self):
        """The path without host and query: fit for a log."""
        return urlsplit(self.url).path


@dataclasses.dataclass(frozen=True)
class HttpAnswer:
    """An answer, read to its end. ``headers`` has no case; ``duration`` in seconds."""

    status: int
    headers: requests.structures.CaseInsensitiveDict
    content: bytes = dataclasses.field(repr=False)
    duration: float = 0.0

    @property
    def text(self):
        """The body as text; bytes that are not UTF-8 become the replacement sign."""
        return self.content.decode("utf-8", "replace")


class _BearerAuth(requests.auth.AuthBase):
    """Sets the Authorization header last, so that no .netrc entry can replace it."""

    def __init__(self, access_token):
        self._access_token = access_token

    def __call__(self, request):
        request.headers["Authorization"] = f"Bearer {self._access_token}"
        return request


class _NoAuth(requests.auth.AuthBase):
    def __call__(self, request):
        return request


def new_session():
    """A requests session that keeps to the deadline and remembers no cookies."""
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, deadline.DeadlineAdapter(max_retries=0))
    nowhere = http.cookiejar.DefaultCookiePolicy(allowed_domains=[])
    session.cookies.set_policy(nowhere)
    return session


def bearer(access_token):
    """Credentials for :func:`exchange` made of an access token.

    :raises errors.AccessRevoked: when the value cannot be an access token; sending it
        would put it into an error message.
    """
    text = access_token if isinstance(access_token, str) else ""
    if not re.fullmatch(r"[!-~]+", text):
        raise errors.AccessRevoked(reason="unusable access token")
    return _BearerAuth(access_token)


def check_url(url):
    """The address without a slash at its end, if it may be called at all.

    :raises ValueError: neither https, nor plain http on this very machine.
    """
    parts = urlsplit(url or "")
    local = parts.scheme == "http" and parts.hostname in LOCAL_HOSTS
    if not (parts.hostname and (parts.scheme == "https" or local)):
        raise ValueError("Only https addresses, or http on localhost, may be called.")
    return url.rstrip("/")


def exchange(
    session,
    request,
    *,
    auth=None,
    connect_timeout=CONNECT_TIMEOUT,
    total_timeout=TOTAL_TIMEOUT,
    max_bytes=MAX_BYTES,
    clock=time.monotonic,
):
    """Send a request once and read its whole answer.

    :param session: a session of :func:`new_session`.
    :param HttpRequest request: what to send.
    :param auth: credentials as requests takes them, or None.
    :param connect_timeout: seconds to reach the other side.
    :param total_timeout: seconds for everything, from the first to the last byte.
    :param max_bytes: the largest body to accept, after unpacking.
    :param clock: seconds; measures the duration that is reported.
    :returns: :class:`HttpAnswer`, of whatever status.
    :raises errors.NotSent: nothing reached the other side.
    :raises errors.Uncertain: a write went out and no whole answer came back.
    :raises errors.Unavailable: a read went out and no whole answer came back.
    """
    started = clock()
    try:
        with deadline.attempt(connect_timeout, total_timeout) as attempt:
            answer = _exchange(session, request, auth, attempt, max_bytes)
        return dataclasses.replace(answer, duration=clock() - started)
    except errors.XeroError as error:
        _log_failure(request, error, clock() - started)
        raise


_FAILURES = (
    requests.RequestException,
    HTTPError,
    http.client.HTTPException,
    OSError,
)


def _exchange(session, request, auth, attempt, max_bytes):
    """As :func:`exchange`; the original exceptions are dropped, as they may hold
    header values (I10); their class stays as the reason."""
    status, failure = None, None
    try:
        with _request(session, request, auth, attempt.total_timeout) as response:
            status = response.status_code
            headers = response.headers
            content = b"" if status == 429 else _read(response, attempt, max_bytes)
            return HttpAnswer(status, headers, content)
    except _FAILURES as exc:
        failure = type(exc).__name__
    except (ValueError, UnicodeError) as exc:
        raise errors.Bug(reason=type(exc).__name__) from None
    if not attempt.sent:
        raise errors.NotSent(reason=failure)
    raise errors.answer_lost(request.method, failure, status=status)


def _request(session, request, auth, total_timeout):
    return session.request(
        request.method,
        request.url,
        params=list(request.params),
        data=request.body,
        headers=dict(request.headers),
        auth=auth or _NoAuth(),
        timeout=total_timeout,
        allow_redirects=False,
        stream=True,
    )


def _read(response, attempt, max_bytes):
    """The body, in pieces, so that neither time nor size can run away."""
    pieces, size = [], 0
    for piece in response.iter_content(deadline.CHUNK):
        attempt.remaining()
        size += len(piece)
        if size > max_bytes:
            raise OSError("answer too large")
        pieces.append(piece)
    _check_whole(response)
    return b"".join(pieces)


def _check_whole(response):
    """urllib3 before version 2 takes an answer that was cut off for a whole one."""
    promised = response.headers.get("Content-Length", "")
    has_body = response.status_code not in (204, 304)
    if has_body and promised.isdigit() and response.raw.tell() < int(promised):
        raise OSError("answer cut off")


def _log_failure(request, error, duration):
    _logger.info(
        "%s %s failed after %.2f s: %s (%s)",
        request.method,
        request.path,
        duration,
        error.kind,
        error.reason,
    )
