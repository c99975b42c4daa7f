"""The web server: one thread per connection, and full control over the socket."""

import sys
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from . import pages
from .control import Control
from .controls import Controls
from .exchange import Reply, Request, Silence, text_reply
from .gateway import API_PREFIX, Gateway
from .mischief import hang_up
from .resources import routes
from .universe import Universe


class Application:
    """Sends a request to the Accounting API, identity, control or the web page."""

    def __init__(self, organisations=("uk",)):
        self.universe = Universe(organisations)
        self.gateway = Gateway(self.universe, routes())
        self.controls = Controls(self.universe)

    def answer(self, request):
        """The reply to a request.

        :raise Silence: none, the connection is to be closed
        """
        if request.path.startswith(API_PREFIX):
            return self.gateway.answer_api(request)
        if request.path.startswith("/simulator/"):
            return self.controls.answer(request)
        reply = self.gateway.answer_identity(request)
        return reply or self._page(request)

    def _page(self, request):
        if request.path != "/" or request.method != "GET":
            return Reply(404, b"", "text/html; charset=utf-8")
        with self.universe.lock:
            page = pages.overview(self.universe)
        return text_reply(page, content_type="text/html; charset=utf-8")


class Handler(BaseHTTPRequestHandler):
    """HTTP/1.1 with connections that stay open."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    application = None

    def _serve(self):
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(length)
        request = Request(self.command, self.path, headers, body)
        try:
            self._send(self.application.answer(request))
        except (Silence, ConnectionError):
            self.close_connection = True
            hang_up(self.connection)
        except Exception:
            traceback.print_exc()
            self._send(text_reply("The simulator itself has a defect", 500))

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = _serve

    def _send(self, reply):
        self.send_response(reply.status)
        if reply.content_type:
            self.send_header("Content-Type", reply.content_type)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if reply.drip:
            self._drip(reply)
        else:
            self.wfile.write(reply.body)

    def _drip(self, reply):
        """The body byte by byte: no single read ever times out."""
        for position in range(len(reply.body)):
            self.wfile.write(reply.body[position : position + 1])
            time.sleep(reply.drip)

    def log_message(self, format, *args):
        """Calls are in the call log."""


class Server(ThreadingHTTPServer):
    """Threads die with the process; many clients may queue up."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self._open = set()

    def process_request(self, request, client_address):
        """Remember the connection, so that stopping can close it."""
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request):
        """The connection is done."""
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up_all(self):
        """Close connections that clients keep open for later."""
        for connection in list(self._open):
            hang_up(connection)

    def handle_error(self, request, client_address):
        """A client that hangs up is no error; anything else is a defect of ours."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class RunningSimulator:
    """A simulator in a thread of this process.

    Use it as a context manager, or call :meth:`stop`.
    """

    def __init__(self, port=0, organisations=("uk",)):
        self.application = Application(organisations)
        handler = type("BoundHandler", (Handler,), {"application": self.application})
        self.server = Server(("127.0.0.1", port), handler)
        self.url = f"http://localhost:{self.server.server_address[1]}"
        self.control = Control(self.url)
        self.thread = threading.Thread(
            target=self.server.serve_forever,
            kwargs={"poll_interval": 0.05},
            name="xero-simulator",
            daemon=True,
        )
        self.thread.start()

    def stop(self):
        """Let held requests go and close the port."""
        self.application.universe.faults.clear()
        self.server.shutdown()
        self.server.server_close()
        self.server.hang_up_all()
        self.thread.join()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.stop()


def serve(port=0, organisations=("uk",)):
    """Start a simulator.

    :param port: 0 for any free one
    :param organisations: names of seeds
    :return: a :class:`RunningSimulator`, ready
    """
    return RunningSimulator(port, organisations)
