"""How many calls Xero lets us make today, as its answers say."""

from contextlib import suppress
from datetime import timedelta

from psycopg2.errors import ForeignKeyViolation, SerializationFailure

from odoo import fields, models
from odoo.tools import SQL

#: What Xero's plans allow a day; answers only tell how much is left.
_DAY_LIMITS = (1000, 5000)

#: Calls never left to background work: this share of the day, and at least so many.
_RESERVE_SHARE = 0.1
_RESERVE_LEAST = 50

#: At the reserve, background work looks again this often whether the day has turned:
#: Xero tells neither when its day starts nor how large it is.
_LOOK_AGAIN = timedelta(hours=1)


#: Another answer was noted at this moment, or the connection is not committed yet.
_LOST_RACES = (SerializationFailure, ForeignKeyViolation)


class XeroBudget(models.Model):
    _name = "xero.budget"
    _description = "Xero Call Budget"
    _log_access = False

    connection_id = fields.Many2one(
        "xero.connection", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="connection_id.company_id")
    day_left = fields.Integer(readonly=True)
    day_seen = fields.Integer(readonly=True, help="The most that was ever left.")
    day_limit = fields.Integer(
        compute="_compute_reserve", help="What the organisation's plan allows a day."
    )
    minute_left = fields.Integer(readonly=True)
    told_at = fields.Datetime(readonly=True)
    paused_until = fields.Datetime(readonly=True, help="As Xero's Retry-After said.")
    day_turns_at = fields.Datetime(
        readonly=True,
        help="When Xero's day turns, as its answer at the day's limit said.",
    )
    reserve = fields.Integer(compute="_compute_reserve")

    _connection_uniq = models.UniqueIndex("(connection_id)")

    def _compute_reserve(self):
        for budget in self:
            plans = (plan for plan in _DAY_LIMITS if plan >= budget.day_seen)
            budget.day_limit = next(plans, budget.day_seen) if budget.day_seen else 0
            share = round(budget.day_limit * _RESERVE_SHARE)
            budget.reserve = max(share, _RESERVE_LEAST)

    def _record(self, connection, limits=None, pause=0, day_is_over=False):
        """Note what an answer said, in a transaction of its own.

        Losing a race against another answer loses nothing: the next one tells again.

        :param limits: ``lib.client.Limits`` or None
        :param pause: seconds for which Xero wants no call at all
        :param day_is_over: whether that is because the day's calls are used up
        """
        if not limits and not pause:
            return
        now = fields.Datetime.now()
        day = limits.day if limits else None
        until = now + timedelta(seconds=pause) if pause else None
        with self.env.registry.cursor() as cr, suppress(*_LOST_RACES):
            cr.execute(
                SQL(
                    "INSERT INTO xero_budget AS b (connection_id, day_left, day_seen,"
                    " minute_left, told_at, paused_until, day_turns_at)"
                    " VALUES (%(connection)s, %(day)s, %(day)s, %(minute)s, %(now)s,"
                    " %(until)s, %(turns)s) ON CONFLICT (connection_id) DO UPDATE SET"
                    " day_left = COALESCE(EXCLUDED.day_left, b.day_left),"
                    " day_seen = GREATEST(EXCLUDED.day_left, b.day_seen),"
                    " minute_left = EXCLUDED.minute_left, told_at = EXCLUDED.told_at,"
                    " paused_until = GREATEST(EXCLUDED.paused_until, b.paused_until),"
                    " day_turns_at = COALESCE(EXCLUDED.day_turns_at, b.day_turns_at)",
                    connection=connection.id,
                    day=day,
                    minute=limits.minute if limits else None,
                    now=now,
                    until=until,
                    turns=until if day_is_over else None,
                )
            )

    def _wait(self, by_user):
        """Seconds that this kind of work must wait; 0 if it may call now.

        A person's work stops only where Xero itself says so; background work stops at
        the reserve (I12).
        """
        if not self:
            return 0
        now = fields.Datetime.now()
        if self.paused_until and self.paused_until > now:
            return (self.paused_until - now).total_seconds()
        if by_user or not self.day_limit or self.day_left > self.reserve:
            return 0
        if self.day_turns_at and self.told_at <= self.day_turns_at <= now:
            # Xero's day has turned since; the next answer tells how much is left.
            return 0
        return max(0, (self.told_at + _LOOK_AGAIN - now).total_seconds())

    def _at_reserve(self):
        """Whether background work waits while a person's work may go on."""
        return bool(self._wait(by_user=False) and not self._wait(by_user=True))
