"""Rate limits (spec: Rate limits): five at a time, 60 a minute, a daily quota.

Minute and day are fixed windows that begin with an organisation's first call. A refused
call is not counted. The 429 is empty; only minute and day say how long to wait.
"""

import math
from collections import defaultdict
from dataclasses import dataclass

from .exchange import Reply

MINUTE, DAY = 60, 86_400
APP_MINUTE_LIMIT = 10_000


@dataclass
class Window:
    """Calls counted since ``start``."""

    seconds: int
    start: object = None
    used: int = 0

    def roll(self, now):
        """Begin anew when the window is over."""
        if self.start is None or (now - self.start).total_seconds() >= self.seconds:
            self.start, self.used = now, 0

    def retry_after(self, now):
        """Whole seconds until the window ends, at least one."""
        passed = (now - self.start).total_seconds()
        return max(1, math.ceil(self.seconds - passed))


class Limits:
    """Counters per application and organisation, and per application."""

    def __init__(self, clock):
        self.clock = clock
        self.day, self.minute, self.concurrent = 5000, 60, 5
        self.app_minute = APP_MINUTE_LIMIT
        self.reset()

    def reset(self):
        """Forget every count; the limits stay."""
        self._days = defaultdict(lambda: Window(DAY))
        self._minutes = defaultdict(lambda: Window(MINUTE))
        self._app_minutes = defaultdict(lambda: Window(MINUTE))
        self._in_flight = defaultdict(int)

    def set(self, day=None, minute=None, concurrent=None, app_minute=None):
        """Change limits; None leaves one as it is. Counts start again."""
        self.day = self.day if day is None else day
        self.minute = self.minute if minute is None else minute
        self.concurrent = self.concurrent if concurrent is None else concurrent
        self.app_minute = self.app_minute if app_minute is None else app_minute
        for windows in (self._days, self._minutes, self._app_minutes):
            windows.clear()

    def enter(self, client_id, tenant_id):
        """Count one call in.

        :return: None, or the name of the limit that it broke
        """
        pair = (client_id, tenant_id)
        problem = self._problem(client_id, pair)
        if problem is None:
            for window in self._windows(client_id, pair):
                window.used += 1
            self._in_flight[pair] += 1
        return problem

    def leave(self, client_id, tenant_id):
        """The call has been answered."""
        self._in_flight[client_id, tenant_id] -= 1

    def _windows(self, client_id, pair):
        windows = self._days[pair], self._minutes[pair], self._app_minutes[client_id]
        for window in windows:
            window.roll(self.clock.now())
        return windows

    def _problem(self, client_id, pair):
        day, minute, app_minute = self._windows(client_id, pair)
        if self._in_flight[pair] >= self.concurrent:
            return "concurrent"
        if app_minute.used >= self.app_minute:
            return "appminute"
        if minute.used >= self.minute:
            return "minute"
        return "day" if day.used >= self.day else None

    def headers(self, client_id, tenant_id):
        """What is left, as every answer tells."""
        windows = self._windows(client_id, (client_id, tenant_id))
        day, minute, app_minute = windows
        return {
            "X-DayLimit-Remaining": str(max(0, self.day - day.used)),
            "X-MinLimit-Remaining": str(max(0, self.minute - minute.used)),
            "X-AppMinLimit-Remaining": str(max(0, self.app_minute - app_minute.used)),
        }

    def refusal(self, client_id, tenant_id, problem, retry_after=None):
        """The 429 for a broken limit: empty body, no content type.

        :param problem: minute, day, appminute or concurrent
        """
        windows = self._windows(client_id, (client_id, tenant_id))
        by_name = dict(zip(("day", "minute", "appminute"), windows, strict=True))
        headers = self.headers(client_id, tenant_id)
        headers["X-Rate-Limit-Problem"] = problem
        if problem in by_name:
            wait = retry_after or by_name[problem].retry_after(self.clock.now())
            headers["Retry-After"] = str(wait)
            headers |= _nothing_left(problem)
        return Reply(429, b"", "", headers)


def _nothing_left(problem):
    """The counter of the broken limit reads zero, also when a fault broke it."""
    names = {
        "day": "X-DayLimit-Remaining",
        "minute": "X-MinLimit-Remaining",
        "appminute": "X-AppMinLimit-Remaining",
    }
    return {names[problem]: "0"}
