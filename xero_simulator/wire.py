"""Xero's wire formats: dates, amounts, JSON (spec: Objects, wire basics)."""

import datetime
import json
import re
from decimal import Decimal

UTC = datetime.timezone.utc
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=UTC)
MS_DATE = re.compile(r"^/Date\((-?\d+)([+-]\d{4})?\)/$")
ISO_DATE = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}")


class BareTimestamp(datetime.datetime):
    """A timestamp that Xero writes without ``+0000`` (Item.UpdatedDateUTC)."""

    @classmethod
    def of(cls, moment):
        """Copy an aware ``datetime``; None stays None."""
        return moment and cls.fromtimestamp(moment.timestamp(), UTC)


def milliseconds(moment):
    """Whole milliseconds since 1970."""
    return (moment - EPOCH) // datetime.timedelta(milliseconds=1)


def timestamp(moment):
    """``/Date(ms+0000)/``, with no zone for a :class:`BareTimestamp`."""
    zone = "" if isinstance(moment, BareTimestamp) else "+0000"
    return f"/Date({milliseconds(moment)}{zone})/"


def midnight(day):
    """The UTC midnight that stands for an accounting date."""
    return datetime.datetime(day.year, day.month, day.day, tzinfo=UTC)


def date_string(day):
    """The ISO twin of a date, e.g. ``2026-09-14T00:00:00``."""
    return day and f"{day.isoformat()}T00:00:00"


def utc_string(moment):
    """The ISO twin of a timestamp; milliseconds are cut off, not rounded."""
    return moment and moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _encode(value):
    """JSON form of the types that ``json`` does not know.

    Amounts become doubles, as Xero's are; up to 15 digits nothing is lost.
    """
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime.datetime):
        return timestamp(value)
    if isinstance(value, datetime.date):
        return timestamp(midnight(value))
    raise TypeError(f"{type(value).__name__} cannot be sent")


def plain(value):
    """JSON form of the same types for control answers: numbers and ISO dates."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be sent")


def dumps(value):
    """Xero's JSON text."""
    return json.dumps(value, default=_encode, ensure_ascii=False)


def loads(text):
    """Parse JSON with amounts as ``Decimal``."""
    return json.loads(text, parse_float=Decimal)


def parse_date(value):
    """A request's date as ``date``.

    :param value: ``2026-09-14``, an ISO timestamp or ``/Date(ms)/``
    :raise ValueError: anything else
    """
    if isinstance(value, datetime.date):
        return value
    match = MS_DATE.match(str(value))
    if match:
        return parse_milliseconds(match.group(1)).date()
    if not ISO_DATE.match(str(value)):
        raise ValueError(f"{value!r} is not a date")
    return datetime.date.fromisoformat(str(value)[:10])


def parse_milliseconds(text):
    """A moment from milliseconds since 1970."""
    return EPOCH + datetime.timedelta(milliseconds=int(text))


def without_none(values):
    """Absent values are omitted on Xero's wire, never null."""
    return {key: value for key, value in values.items() if value is not None}
