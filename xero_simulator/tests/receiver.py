"""A receiver of webhooks for tests: it keeps the requests and answers as it is told."""

import base64
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = "webhook-key"


class Receiver:
    """Listens on a port of its own, and by default does everything right.

    :ivar requests: the headers and the raw body of each, in order
    :ivar status: what it answers to everything, None for what is right
    """

    def __init__(self, key=KEY):
        self.key = key
        self.requests = []
        self.reset()
        handler = type("Bound", (Handler,), {"receiver": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://localhost:{self.server.server_address[1]}/xero/webhook"
        serve = self.server.serve_forever
        threading.Thread(target=serve, args=(0.02,), daemon=True).start()

    def reset(self):
        """Do everything right again."""
        self.status, self.body, self.cookie = None, b"", None
        self.gate = threading.Event()
        self.gate.set()

    def stop(self):
        self.gate.set()
        self.server.shutdown()
        self.server.server_close()

    @property
    def bodies(self):
        """The parsed bodies."""
        return [json.loads(body) for headers, body in self.requests]

    @property
    def events(self):
        """All events of all requests."""
        return [event for body in self.bodies for event in body["events"]]

    def right_status(self, headers, body):
        """200 when the signature is right."""
        digest = hmac.new(self.key.encode(), body, hashlib.sha256).digest()
        is_right = base64.b64encode(digest).decode() == headers["x-xero-signature"]
        return 200 if is_right else 401


class Handler(BaseHTTPRequestHandler):
    receiver = None

    def do_POST(self):
        receiver = self.receiver
        body = self.rfile.read(int(self.headers["Content-Length"]))
        receiver.requests.append((self.headers, body))
        receiver.gate.wait(30)
        self.send_response(receiver.status or receiver.right_status(self.headers, body))
        self.send_header("Content-Length", str(len(receiver.body)))
        if receiver.status == 302:
            self.send_header("Location", "/web/login")
        if receiver.cookie:
            self.send_header("Set-Cookie", receiver.cookie)
        self.end_headers()
        self.wfile.write(receiver.body)

    def log_message(self, format, *args):
        """Nothing."""
