"""Faults that a test orders (spec: Emulators): what goes wrong, when, how often."""

import itertools
import re
import threading
from dataclasses import dataclass, field

KINDS = {
    "minute_limit",
    "day_limit",
    "app_minute_limit",
    "concurrent_limit",
    "dropped",
    "answer_lost",
    "refresh_lost",
    "server_error",
    "bad_gateway",
    "unavailable",
    "unavailable_unknown",
    "token_expired",
    "scope_missing",
    "forbidden",
    "slow",
    "drip",
    "key_reused",
    "not_json",
    "hold",
}
TOKEN_PATH = r"/connect/token$"


@dataclass
class Fault:
    """One order.

    :param times: how many requests it hits, None for every one
    :param after: how many matching requests pass unharmed first
    """

    number: int
    kind: str
    method: str = None
    path: str = None
    times: int = 1
    after: int = 0
    options: dict = field(default_factory=dict)
    hits: int = 0

    def matches(self, request, is_api):
        """Without a path only Accounting calls are hit."""
        if self.method and self.method.upper() != request.method:
            return False
        if self.path is None:
            return is_api
        return re.search(self.path, request.target) is not None

    def option(self, name, default=None):
        """One of the further options."""
        return self.options.get(name, default)

    @property
    def is_spent(self):
        """It has hit as often as it should."""
        return self.times is not None and self.hits >= self.times


@dataclass
class Held:
    """A request that stands still until it is released."""

    number: int
    at: str
    request: object
    call_number: int
    gate: threading.Event = field(default_factory=threading.Event)
    drop: bool = False

    def described(self):
        """For the test that waits for it."""
        return {
            "number": self.number,
            "at": self.at,
            "call": self.call_number,
            "method": self.request.method,
            "path": self.request.path,
        }


class Faults:
    """The orders of a test and the requests that are held."""

    def __init__(self):
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._orders = []
        self._held = {}

    def order(self, kind, method=None, path=None, times=1, after=0, **options):
        """Let something go wrong.

        :raise ValueError: unknown kind
        """
        if kind not in KINDS:
            raise ValueError(f"unknown fault {kind!r}; known: {sorted(KINDS)}")
        if kind == "refresh_lost":
            path = path or TOKEN_PATH
        fault = Fault(next(self._numbers), kind, method, path, times, after, options)
        with self._lock:
            self._orders.append(fault)
        return fault.number

    def take(self, request, is_api):
        """The fault that hits this request, or None. The oldest order goes first."""
        with self._lock:
            for fault in self._orders:
                if fault.is_spent or not fault.matches(request, is_api):
                    continue
                if fault.after > 0:
                    fault.after -= 1
                    continue
                fault.hits += 1
                return fault
        return None

    def clear(self):
        """Cancel every order and let held requests go on."""
        with self._lock:
            self._orders.clear()
        self.release()

    def listed(self):
        """The orders and how often each has hit."""
        with self._lock:
            return [vars(fault) for fault in self._orders]

    def hold(self, at, request, call_number):
        """Stand still until released.

        :return: False when the request is to be dropped instead of going on
        """
        held = Held(next(self._numbers), at, request, call_number)
        with self._lock:
            self._held[held.number] = held
        held.gate.wait()
        return not held.drop

    def held(self):
        """What stands still now."""
        with self._lock:
            return [held.described() for held in self._held.values()]

    def release(self, number=None, drop=False):
        """Let one held request go on, or all.

        :param drop: close the connection instead
        :return: how many were released
        """
        with self._lock:
            numbers = list(self._held) if number is None else [number]
            released = [self._held.pop(n) for n in numbers if n in self._held]
        for held in released:
            held.drop = drop
            held.gate.set()
        return len(released)
