"""The log of calls, from which tests and benchmarks count."""

import threading
import zlib
from collections import deque

from .wire import loads

KEPT = 50_000
WRITES = ("POST", "PUT", "PATCH", "DELETE")


class CallLog:
    """Numbered calls, the oldest dropped after fifty thousand."""

    def __init__(self, clock):
        self.clock = clock
        self._lock = threading.Lock()
        self._number = 0
        self.entries = deque(maxlen=KEPT)

    def clear(self):
        """Forget the calls; numbers go on, so that ``since`` stays right."""
        with self._lock:
            self.entries.clear()

    @property
    def count(self):
        """How many are in the log."""
        return len(self.entries)

    def begin(self, request, kind):
        """Log a request that has just arrived.

        :param kind: ``api``, or ``identity`` for tokens and connections
        """
        with self._lock:
            self._number += 1
            entry = {
                "number": self._number,
                "kind": kind,
                "at": self.clock.now(),
                "method": request.method,
                "path": request.path,
                "query": request.query,
                "resource": resource_of(request.path) if kind == "api" else None,
                "tenant_id": request.header("Xero-Tenant-Id"),
                "idempotency_key": request.header("Idempotency-Key"),
                "modified_since": request.header("If-Modified-Since"),
                "elements": 0,
                "status": None,
                "replayed": False,
                "correlation_id": None,
                "fault": None,
                "grant_type": None,
                "_body": zlib.compress(request.body, 1) if kind == "api" else b"",
            }
            self.entries.append(entry)
        entry["elements"] = count_elements(payload_of(entry))
        return entry

    def listed(self, since=None, payloads=False):
        """Entries after number ``since``.

        :param payloads: add the parsed body as ``payload``
        """
        with self._lock:
            entries = [e for e in self.entries if since is None or e["number"] > since]
        return [presented(entry, payloads) for entry in entries]


def presented(entry, payloads=False):
    """An entry without its raw body."""
    shown = {key: value for key, value in entry.items() if key != "_body"}
    if payloads:
        shown["payload"] = payload_of(entry)
    return shown


def payload_of(entry):
    """The parsed body, or None."""
    try:
        body = zlib.decompress(entry["_body"]) if entry["_body"] else b""
        return loads(body) if body else None
    except ValueError:
        return None


def resource_of(path):
    """``Invoices`` for ``/api.xro/2.0/Invoices/...``."""
    parts = path.strip("/").split("/")
    return parts[2] if len(parts) > 2 else None


def count_elements(payload):
    """Elements in a body: of the wrapped list, of a bare list, or one object."""
    if isinstance(payload, list):
        return len(payload)
    if not isinstance(payload, dict):
        return 0
    lists = [value for value in payload.values() if isinstance(value, list)]
    return len(lists[0]) if len(payload) == 1 and lists else 1
