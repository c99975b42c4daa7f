"""A small real web server that stands where Xero would."""

import contextlib
import dataclasses
import http.server
import json
import socket
import socketserver
import threading

import pytest


@dataclasses.dataclass
class Seen:
    """One request as it reached the server."""

    method: str
    path: str
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _serve(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        fake = self.server.fake
        fake.requests.append(Seen(self.command, self.path, self.headers, body))
        with contextlib.suppress(ConnectionError):
            fake.next_play()(self)

    do_GET = do_PUT = do_POST = do_DELETE = _serve

    def log_message(self, *_args):
        """Nothing on the screen."""

    def hang_up(self):
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def reply(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Server(socketserver.ThreadingTCPServer):
    """Not HTTPServer, which asks the name service for its own name."""

    daemon_threads = True

    def handle_error(self, *_args):
        """A client that breaks off is what some tests are about."""


class FakeXero:
    """Plays what it is told, in order; afterwards it answers ``200 {}``.

    ``requests`` holds everything it was sent.
    """

    def __init__(self):
        self.requests, self._plays = [], []
        self.stopping = threading.Event()
        self.server = _Server(("127.0.0.1", 0), _Handler)
        self.server.fake = self

    @property
    def port(self):
        return self.server.server_address[1]

    @property
    def url(self):
        return f"http://localhost:{self.port}"

    def next_play(self):
        return self._plays.pop(0) if self._plays else lambda h: h.reply(200, b"{}")

    def play(self, function):
        """Let ``function(handler)`` write the next answer."""
        self._plays.append(function)

    def reply(self, status, body=b"", **headers):
        """The next answer. A dictionary or list becomes JSON; ``_`` becomes ``-``."""
        if isinstance(body, dict | list):
            body = json.dumps(body)
        body = body.encode() if isinstance(body, str) else body
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.play(lambda handler: handler.reply(status, body, headers))

    def reset(self):
        """The next request is read, and the connection cut without an answer."""
        self.play(_Handler.hang_up)

    def drip(self, head, pause=0.05):
        """``head`` at once, then a byte at a time until the other side gives up."""

        def play(handler):
            handler.wfile.write(head)
            while not self.stopping.wait(pause):
                handler.wfile.write(b" ")
                handler.wfile.flush()

        self.play(play)

    @contextlib.contextmanager
    def running(self):
        thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield self
        finally:
            self.stopping.set()
            self.server.shutdown()
            self.server.server_close()
            thread.join()


@pytest.fixture
def xero():
    with FakeXero().running() as fake:
        yield fake


@pytest.fixture
def other_xero():
    with FakeXero().running() as fake:
        yield fake
