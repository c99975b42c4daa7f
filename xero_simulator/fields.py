"""Reading values out of a request's element, as strictly as Xero reads them."""

import uuid
from decimal import Decimal, InvalidOperation

from . import money, wire
from .errors import BadValue


def present(value):
    """The payload without nulls: null means absent."""
    if isinstance(value, dict):
        return {k: present(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [present(item) for item in value if item is not None]
    return value


def text(element, name):
    """A string, or None when absent."""
    value = element.get(name)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (dict, list)):
        raise BadValue(f"{name}: text expected")
    return str(value)


def number(element, name, places=None):
    """A ``Decimal``, rounded half up to ``places``, or None when absent."""
    value = element.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, (bool, dict, list)):
        raise BadValue(f"{name}: number expected")
    try:
        result = Decimal(str(value))
    except InvalidOperation:
        raise BadValue(f"{name}: number expected, not '{value}'") from None
    return result if places is None else money.rounded(result, places)


def boolean(element, name):
    """A bool, or None when absent."""
    value = element.get(name)
    if value is None or isinstance(value, bool):
        return value
    if str(value).lower() in ("true", "false"):
        return str(value).lower() == "true"
    raise BadValue(f"{name}: true or false expected")


def day(element, name):
    """A ``date``, or None when absent."""
    value = element.get(name)
    if value is None or value == "":
        return None
    try:
        return wire.parse_date(value)
    except ValueError:
        raise BadValue(f"{name}: '{value}' is not a date") from None


def identifier(element, name):
    """A GUID in lower case, or None when absent."""
    value = element.get(name)
    if value is None or value == "":
        return None
    return guid(value, name)


def guid(value, name="ID"):
    """A GUID in lower case.

    :raise BadValue: it is none
    """
    try:
        return str(uuid.UUID(str(value)))
    except ValueError:
        raise BadValue(f"{name}: '{value}' is not a GUID") from None


def rows(element, name):
    """A list of objects, or None when absent."""
    value = element.get(name)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(r, dict) for r in value):
        raise BadValue(f"{name}: list of objects expected")
    return value


def nested(element, name):
    """An object, or None when absent."""
    value = element.get(name)
    if value is not None and not isinstance(value, dict):
        raise BadValue(f"{name}: object expected")
    return value


def too_long(element, limits, complaints):
    """Complain about text over its length.

    :param limits: ``{name: letters}``
    """
    for name, limit in limits.items():
        if len(text(element, name) or "") > limit:
            complaints.add(
                f"The field {name} must be a string with a maximum length of {limit}."
            )
