"""How values look on the wire: models, numbers, dates, and fingerprints of them.

Sources: xero-api.md section 6 ("Wire basics") and section 8 (defects 7 and 9 of the
SDK: its serialiser turns Decimals into floats and dates into ``/Date(ms)/``, adds
flags that were never set, and its models lose a whole page over one unknown value).
So models are only written with, by their own attribute maps; answers are read as JSON.
"""

import datetime
import decimal
import enum
import hashlib
import inspect
import json
import re

from xero_python.models import BaseModel

# The names that hold numbers in xero-python's accounting models. In these, and only
# in these, "10.00" and 10 are the same value: an account code "200" is not "0200".
NUMERIC_NAMES = frozenset(
    {
        "Amount",
        "AmountCredited",
        "AmountDue",
        "AmountPaid",
        "AppliedAmount",
        "BankAmount",
        "CurrencyRate",
        "Discount",
        "DiscountAmount",
        "DiscountRate",
        "DisplayTaxRate",
        "EffectiveRate",
        "EnteredTotal",
        "LineAmount",
        "Quantity",
        "Rate",
        "RemainingCredit",
        "RoundingAmount",
        "SubTotal",
        "TaxAmount",
        "Total",
        "TotalAmount",
        "TotalDiscount",
        "TotalTax",
        "UnitAmount",
        "UnitPrice",
    }
)

_DATE = re.compile(r"^/Date\((-?\d+)([+-]\d{4})?\)/$")
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def encode(value):
    """A model, or a dictionary that holds models, as plain wire values.

    Numbers become Decimals or ints, dates ``"YYYY-MM-DD"``, times of day
    ``"YYYY-MM-DDTHH:MM:SS"`` in UTC, enumerations their values. Nothing that is None
    is kept, nor the flags that the SDK sets to False by itself.

    :param value: an xero-python model, dictionary, list or plain value.
    :returns: a dictionary, list or plain value of the same shape, by wire names.
    """
    if isinstance(value, BaseModel):
        return _encode_model(value)
    if isinstance(value, dict):
        return {k: encode(v) for k, v in value.items() if v is not None}
    if isinstance(value, list | tuple):
        return [encode(item) for item in value]
    return _encode_plain(value)


def _encode_model(model):
    defaults, encoded = inspect.signature(type(model)).parameters, {}
    for attribute, name in model.attribute_map.items():
        value = getattr(model, attribute)
        unset = value is False and defaults[attribute].default is False
        if value is not None and not unset:
            encoded[name] = encode(value)
    return encoded


def _encode_plain(value):
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, datetime.datetime):
        return format_timestamp(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float):
        return decimal.Decimal(repr(value))
    return value


def format_timestamp(moment):
    """A moment as ``YYYY-MM-DDTHH:MM:SS`` in UTC, as If-Modified-Since takes it.

    :param datetime.datetime moment: with a zone; without one it counts as UTC.
    """
    if moment.tzinfo is not None:
        moment = moment.astimezone(datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def parse_date(value):
    """The calendar day of an accounting date.

    :param str value: ``"/Date(1789344000000+0000)/"``, which is midnight UTC of the
        day meant whatever offset follows, or ``"2026-09-14[T00:00:00]"``.
    :returns: ``datetime.date``, or None where there is no value.
    :raises ValueError: the value is neither.
    """
    if not value:
        return None
    match = _DATE.match(value)
    if match:
        return _from_milliseconds(match[1]).date()
    return datetime.date.fromisoformat(value[:10])


def parse_timestamp(value):
    """A moment, in UTC, with its milliseconds.

    :param str value: ``"/Date(1789378199160+0000)/"``, with or without an offset
        (which does not move the moment), or ISO; without a zone it is UTC.
    :returns: aware ``datetime.datetime``, or None where there is no value.
    :raises ValueError: the value is neither.
    """
    if not value:
        return None
    match = _DATE.match(value)
    if match:
        return _from_milliseconds(match[1])
    moment = datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
    if moment.tzinfo is None:
        return moment.replace(tzinfo=datetime.timezone.utc)
    return moment.astimezone(datetime.timezone.utc)


def _from_milliseconds(digits):
    return _EPOCH + datetime.timedelta(milliseconds=int(digits))


def loads(text):
    """JSON read with exact numbers: fractions as Decimal, the rest as int.

    :raises ValueError: the text is not JSON.
    """
    return json.loads(text, parse_float=decimal.Decimal)


def dumps(value):
    """JSON written with exact numbers: a Decimal appears digit by digit.

    :param value: plain wire values, as of :func:`encode`; dates are understood too.
    :returns: str, ASCII only, without spaces.
    :raises ValueError: a number is not finite.
    :raises TypeError: a value has no form in JSON.
    """
    return "".join(_written(value, _digits))


def canonical(value):
    """One text for all ways to write the same content, to compare and to hash.

    Keys are sorted, numbers have no superfluous zeros, absent and None are the same;
    in the fields that hold numbers (:data:`NUMERIC_NAMES`) text counts as a number.
    The order of lists is kept: the order of lines is content.

    :param value: plain wire values, as of :func:`encode`.
    """
    return "".join(_written(_settled(encode(value)), _shortest))


def fingerprint(value):
    """SHA-256 of :func:`canonical`, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def _settled(value, name=None):
    if isinstance(value, dict):
        return {key: _settled(value[key], key) for key in sorted(value)}
    if isinstance(value, list):
        return [_settled(item) for item in value]
    if name in NUMERIC_NAMES and isinstance(value, str):
        return _number_or_text(value)
    return value


def _number_or_text(text):
    try:
        number = decimal.Decimal(text)
    except decimal.InvalidOperation:
        return text
    return number if number.is_finite() else text


def _digits(number):
    if not number.is_finite():
        raise ValueError("JSON has no form for a number that is not finite")
    return format(number, "f")


def _shortest(number):
    digits = _digits(number)
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits in ("-0", "") else digits


def _written(value, digits):
    """The pieces of a JSON text; ``digits`` writes a Decimal."""
    if isinstance(value, dict):
        yield from _written_dict(value, digits)
    elif isinstance(value, list | tuple):
        yield from _written_list(value, digits)
    else:
        yield _written_plain(_encode_plain(value), digits)


def _written_dict(value, digits):
    yield "{"
    for position, (key, item) in enumerate(value.items()):
        yield f"{',' if position else ''}{json.dumps(str(key))}:"
        yield from _written(item, digits)
    yield "}"


def _written_list(value, digits):
    yield "["
    for position, item in enumerate(value):
        yield "," if position else ""
        yield from _written(item, digits)
    yield "]"


def _written_plain(value, digits):
    if isinstance(value, decimal.Decimal):
        return digits(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return digits(decimal.Decimal(value))
    return json.dumps(value)
