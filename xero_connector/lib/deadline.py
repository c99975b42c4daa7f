"""Connections that keep to one deadline per exchange.

requests' read timeout is per read: an answer that drips byte by byte never ends. Here
an exchange has one deadline (decisions.md 14), and before *each* read from the socket,
of the header as of the body, and before each piece written to it, the socket's timeout
is set to what is left. The exchange also knows whether a byte of the request went out,
which is what tells "surely no effect" from "effect unknown".
"""

import contextlib
import contextvars
import http.client
import io
import time

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util import Timeout

CHUNK = 64 * 1024  # bytes written or read at a time


class Attempt:
    """The time left to one exchange, and whether it has begun to be sent."""

    def __init__(self, connect_timeout, total_timeout):
        self.connect_timeout, self.total_timeout = connect_timeout, total_timeout
        self.deadline = time.monotonic() + total_timeout
        self.sent = False

    def remaining(self):
        """Seconds left, always above zero.

        :raises TimeoutError: when nothing is left.
        """
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("total time limit reached")
        return left


_attempt = contextvars.ContextVar("xero_connector_attempt", default=None)


@contextlib.contextmanager
def attempt(connect_timeout, total_timeout):
    """Within it, requests made with a :class:`DeadlineAdapter` are one attempt.

    :param connect_timeout: seconds to reach the other side.
    :param total_timeout: seconds for everything.
    """
    current = Attempt(connect_timeout, total_timeout)
    mark = _attempt.set(current)
    try:
        yield current
    finally:
        _attempt.reset(mark)


class _DeadlineReader(io.RawIOBase):
    """Reads from a socket, each time with the time that is left as its timeout."""

    def __init__(self, sock, attempt):
        super().__init__()
        self._sock, self._attempt = sock, attempt
        self._raw = sock.makefile("rb", buffering=0)

    def readable(self):
        return True

    def readinto(self, buffer):
        self._sock.settimeout(self._attempt.remaining())
        return self._raw.readinto(buffer)

    def close(self):
        self._raw.close()
        super().close()


class _DeadlineResponse(http.client.HTTPResponse):
    """A response whose header and body are read within the deadline."""

    def __init__(self, sock, *args, **kwargs):
        super().__init__(sock, *args, **kwargs)
        current = _attempt.get()
        if current is not None:
            self.fp.close()
            self.fp = io.BufferedReader(_DeadlineReader(sock, current))


class _DeadlineMixin:
    """A connection that notes when it begins to send, and keeps to the deadline."""

    response_class = _DeadlineResponse

    def send(self, data):
        if self.sock is None:
            self.connect()
        current = _attempt.get()
        if current is None:
            return super().send(data)
        # Asking a proxy for a tunnel does not reach Xero yet.
        current.sent = current.sent or not data.startswith(b"CONNECT ")
        for start in range(0, len(data), CHUNK):
            self.sock.settimeout(current.remaining())
            super().send(data[start : start + CHUNK])


class _Connection(_DeadlineMixin, HTTPConnection):
    pass


class _SecureConnection(_DeadlineMixin, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


_POOLS = {"http": _Pool, "https": _SecurePool}


class DeadlineAdapter(HTTPAdapter):
    """The requests adapter that keeps to the deadline of the current attempt.

    The timeout that reaches it through requests is a plain number, because the guard
    in Odoo's test cases compares it with 10; the attempt knows the true limits.
    """

    def init_poolmanager(self, *args, **kwargs):
        """As the base class, with connections of ours."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, *args, **kwargs):
        """As the base class, with connections of ours."""
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager

    def send(self, request, *args, **kwargs):
        """As the base class, within the deadline of the attempt, if there is one."""
        current = _attempt.get()
        if current is not None:
            left = current.remaining()
            connect = min(current.connect_timeout, left)
            kwargs["timeout"] = Timeout(connect=connect, read=left)
        return super().send(request, *args, **kwargs)
