"""Whether an element in Xero holds everything that was sent.

Xero fills in, rounds to its decimals, shows dates in another form and leaves empty
values out (xero-api.md, section 6); none of that is a difference.
"""

import decimal

from . import wire

#: What a status turns into by itself.
_BECOMES = {"AUTHORISED": {"AUTHORISED", "PAID"}}

#: Lists whose order and length are content; of others only what was sent counts.
_EXACT = {"LineItems"}


def holds(there, sent):
    """Whether ``there`` has every value of ``sent``.

    :param there: an element as Xero shows it, or a value inside one.
    :param sent: the same as it was sent.
    """
    if isinstance(sent, dict):
        return isinstance(there, dict) and all(
            _holds_field(name, there, value) for name, value in sent.items()
        )
    if isinstance(sent, list):
        return _holds_each(there or [], sent)
    return same(there, sent)


def _holds_field(name, there, value):
    now = there.get(name)
    if name == "Status":
        return now in _BECOMES.get(value, {value})
    if name in _EXACT and len(now or []) != len(value):
        return False
    if name in _EXACT:
        return all(map(holds, now, value))
    return holds(now, value)


def _holds_each(there, sent):
    """Each of the list sent is in the list there."""
    return isinstance(there, list) and all(
        any(holds(now, value) for now in there) for value in sent
    )


def same(there, ours):
    """Whether two plain values mean the same to Xero."""
    return plain(there) == plain(ours)


def plain(value):
    """A plain value in one form: text trimmed, numbers and days without their dress.

    :returns: str, which is empty where there is no value.
    """
    if value is None or value is False:
        return ""
    if value is True:
        return "true"
    text = str(value).strip()
    number = _number(value, text)
    if number is not None:
        return number
    if text.startswith("/Date(") or text[10:] == "T00:00:00":
        return wire.parse_date(text).isoformat()
    return " ".join(text.split())


def _number(value, text):
    """Numbers only: a code that looks like one is text and keeps its zeros."""
    if isinstance(value, str):
        return None
    return wire.canonical(decimal.Decimal(text))
