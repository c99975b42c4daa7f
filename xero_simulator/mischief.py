"""Plays an ordered fault around one request: before, during and after the work."""

import contextlib
import socket
import time

from . import errors
from .exchange import Reply, Silence, text_reply

LIMITS = {
    "minute_limit": "minute",
    "day_limit": "day",
    "app_minute_limit": "appminute",
    "concurrent_limit": "concurrent",
}
GARBAGE = "<!DOCTYPE html><html><body>Oops, something is broken</body></html>"


class Mischief:
    """One fault, or none, for one request."""

    def __init__(self, universe, fault, request, entry):
        self.universe = universe
        self.fault = fault
        self.kind = fault and fault.kind
        self.request = request
        self.entry = entry
        entry["fault"] = self.kind

    def option(self, name, default=None):
        """An option of the fault."""
        return self.fault.option(name, default)

    # Before anything is looked at

    def before(self):
        """Delay, drop, or answer at once.

        :return: a reply that ends the matter, or None
        :raise Silence: the connection is closed
        """
        if not self.fault:
            return None
        self._linger("before")
        if self.kind == "dropped":
            raise Silence
        return self._limit() or self._gateway_answer()

    def _limit(self):
        problem = LIMITS.get(self.kind)
        if problem is None:
            return None
        value = (self.request.header("Authorization") or "").partition(" ")[2]
        token = self.universe.grants.access_tokens.get(value)
        client_id = token.app.client_id if token else ""
        tenant_id = self.request.header("Xero-Tenant-Id")
        wait = self.option("retry_after")
        return self.universe.limits.refusal(client_id, tenant_id, problem, wait)

    def _gateway_answer(self):
        """Answers given without processing anything."""
        now = self.universe.clock.now
        answers = {
            "unavailable": lambda: errors.unavailable(
                self.option("text", errors.OFFLINE_TEXTS[1])
            ),
            "unavailable_unknown": lambda: errors.unavailable(
                self.option("text", "Service Unavailable")
            ),
            "token_expired": lambda: errors.token_expired(now()).reply(),
            "scope_missing": lambda: errors.scope_missing().reply(),
            "forbidden": lambda: errors.forbidden().reply(),
            "key_reused": lambda: errors.key_reused(
                self.request.header("Idempotency-Key")
            ),
            "bad_gateway": self._bad_gateway,
        }
        is_late = self.kind == "bad_gateway" and self.option("committed", False)
        if self.kind not in answers or is_late:
            return None
        return answers[self.kind]()

    def _bad_gateway(self):
        return errors.bad_gateway(self.option("status", 502))

    # Around the work, inside the idempotency key

    def during(self, work):
        """Do the work, or fail in a way that the key remembers."""
        self._linger("during")
        if self.kind != "server_error":
            return work()
        if self.option("committed", False):
            work()
        return errors.server_error()

    # When the answer is ready

    def after(self, reply):
        """Delay, lose or spoil the answer.

        :raise Silence: the connection is closed without an answer
        """
        if not self.fault:
            return reply
        self._linger("after")
        if self.kind in ("answer_lost", "refresh_lost"):
            raise Silence
        if self.kind == "bad_gateway":
            return self._bad_gateway()
        if self.kind == "not_json":
            text = self.option("text", GARBAGE)
            return text_reply(text, 200, "application/json").with_headers(reply.headers)
        if self.kind == "drip":
            seconds = float(self.option("seconds_per_byte", 0.05))
            head = reply.status, reply.body, reply.content_type, reply.headers
            return Reply(*head, drip=seconds)
        return reply

    # Waiting

    def _linger(self, moment):
        """``slow`` and ``hold``, at the moment that was ordered."""
        if not self.fault or self.option("at", "before") != moment:
            return
        if self.kind == "slow":
            time.sleep(float(self.option("seconds", 1)))
        if self.kind == "hold":
            self._hold(moment)

    def _hold(self, moment):
        faults = self.universe.faults
        if not faults.hold(moment, self.request, self.entry["number"]):
            raise Silence


def hang_up(connection):
    """Close a socket so that the other side notices at once."""
    with contextlib.suppress(OSError):  # the other side was faster
        connection.shutdown(socket.SHUT_RDWR)
