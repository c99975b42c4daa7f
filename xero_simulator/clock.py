"""The simulator's clock: real time plus what a test has added."""

import datetime
import threading

from .wire import UTC


class Clock:
    """Tells the time to everything in the simulator."""

    def __init__(self):
        self._lock = threading.Lock()
        self._offset = datetime.timedelta()
        self._frozen_at = None

    def now(self):
        """The current moment, UTC."""
        base = self._frozen_at or datetime.datetime.now(UTC)
        return base + self._offset

    def today(self):
        """The current date, UTC."""
        return self.now().date()

    def advance(self, seconds):
        """Move forward (or back, when negative)."""
        with self._lock:
            self._offset += datetime.timedelta(seconds=seconds)

    def freeze(self):
        """Stop; only :meth:`advance` moves it on."""
        with self._lock:
            self._frozen_at = self._frozen_at or datetime.datetime.now(UTC)

    def thaw(self):
        """Run again, from the present moment."""
        with self._lock:
            self._frozen_at = None

    def reset(self):
        """Real time again."""
        with self._lock:
            self._offset = datetime.timedelta()
            self._frozen_at = None
