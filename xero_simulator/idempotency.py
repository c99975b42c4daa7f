"""Idempotency keys (spec: Idempotency-Key).

The first answer is kept for six minutes, errors 500 included. A repeat that arrives
while the first is still at work waits for it. Another request under the same key is
refused. A key belongs to one access token, unless the option says to one application.
"""

import hashlib
import itertools
import threading
from dataclasses import dataclass, field

from . import errors
from .exchange import json_reply

KEPT_SECONDS = 360
LONGEST_KEY = 128
LONGEST_WAIT = 120


@dataclass
class Entry:
    """One key: the request's fingerprint and, once known, its answer."""

    fingerprint: str
    since: object
    answered: threading.Event = field(default_factory=threading.Event)
    reply: object = None


class KeyStore:
    """The keys of all callers."""

    def __init__(self, clock):
        self.clock = clock
        self.by_token = True
        self._lock = threading.Lock()
        self._entries = {}

    def reset(self):
        """Forget every key."""
        with self._lock:
            self._entries.clear()

    def run(self, call, work):
        """Do ``work()`` once per key.

        :param call: has ``request``, ``token`` and ``app``
        :return: reply, and whether it is a replay
        """
        key = call.request.header("Idempotency-Key")
        if key is None or call.request.method == "GET":
            return work(), False
        if not 0 < len(key) <= LONGEST_KEY:
            message = f"Idempotency Key must have 1 to {LONGEST_KEY} characters."
            return json_reply({"Message": message}, 400), False
        owner = call.token.value if self.by_token else call.app.client_id
        return self._run_once((owner, call.tenant_id, key), call.request, work)

    def _run_once(self, name, request, work):
        entry, is_new = self._claim(name, _fingerprint(request))
        if entry is None:
            return errors.key_reused(name[-1]), False
        if not is_new:
            entry.answered.wait(LONGEST_WAIT)
            return entry.reply or errors.server_error(), True
        try:
            entry.reply = work()
            return entry.reply, False
        finally:
            if entry.reply is None:
                self._entries.pop(name, None)
            entry.answered.set()

    def _claim(self, name, fingerprint):
        """The key's entry and whether we are first; None for another request."""
        now = self.clock.now()
        with self._lock:
            self._forget_old(now)
            entry = self._entries.get(name)
            if entry is None or self._is_old(entry, now):
                self._entries.pop(name, None)
                entry = self._entries[name] = Entry(fingerprint, now)
                return entry, True
            if entry.fingerprint != fingerprint:
                return None, False
            return entry, False

    @staticmethod
    def _is_old(entry, now):
        return (now - entry.since).total_seconds() > KEPT_SECONDS

    def _forget_old(self, now):
        """Keys are in order of arrival: drop from the front."""
        for name, entry in list(itertools.islice(self._entries.items(), 50)):
            if self._is_old(entry, now):
                del self._entries[name]


def _fingerprint(request):
    text = f"{request.method} {request.target}\n".encode() + request.body
    return hashlib.sha256(text).hexdigest()
