"""A cause: the words for what can stop a record."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cause:
    """``category`` is where it is listed; ``opens`` names what the button mends."""

    category: str
    title: str
    advice: str
    opens: str = "record"
    """``record``, ``mapping``, ``lists``, ``connection``, ``xero``, ``live``, ``link``,
    ``conflict``, ``reverse``, ``filed``, ``bad_debt`` or ``contra``."""
