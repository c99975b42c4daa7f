"""Lanes: plan, send and poll are each alone per connection, across processes."""

from contextlib import contextmanager
from contextvars import ContextVar

from psycopg2.errors import LockNotAvailable

from odoo import models

#: Advisory lock spaces: the connection's id is the second key.
_LANES = {"plan": 0x78706C6E, "send": 0x7873656E, "poll": 0x78706F6C}

#: Lanes that this thread is in. (A cursor's cache is emptied by every commit.)
_HELD = ContextVar("lanes", default=frozenset())


class Busy(Exception):
    """Somebody else is at it for this connection; try again in ``seconds``."""

    def __init__(self, seconds):
        super().__init__(f"busy, again in {seconds} s")
        self.seconds = seconds


class Stopped(Exception):
    """Nothing to do until somebody connects again, which wakes the request."""


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    @contextmanager
    def _lane(self, name):
        """Be alone at ``name`` for this connection, across processes.

        The lock belongs to a session of its own, with no transaction open while the
        work goes on, and ends with that session whatever becomes of this process.
        Whoever is in the lane already stays in it.

        :raises Busy: someone else is, and did not finish within two seconds
        """
        key = [_LANES[name], self.id]
        place = (self.env.cr.dbname, *key)
        if place in _HELD.get():
            yield
            return
        with self.env.registry.cursor() as lock:
            lock.execute("SET LOCAL lock_timeout = '2s'")
            try:
                lock.execute("SELECT pg_advisory_lock(%s, %s)", key)
            except LockNotAvailable as error:
                raise Busy(1) from error
            lock.commit()
            outside = _HELD.set(_HELD.get() | {place})
            try:
                yield
            finally:
                _HELD.reset(outside)
                lock.execute("SELECT pg_advisory_unlock(%s, %s)", key)
