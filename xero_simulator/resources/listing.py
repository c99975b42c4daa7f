"""Filters, order, pages and modified-since of lists; elements of a body."""

import datetime
import email.utils
import math
from dataclasses import dataclass

from .. import fields, query, wire
from ..errors import BadQuery, BadRequest, BadValue

DEFAULT_PAGE_SIZE = 100
LARGEST_PAGE_SIZE = 1000


@dataclass
class Page:
    """One page of a list, numbered from 1."""

    number: int
    size: int

    def cut(self, records):
        """The records on this page."""
        start = (self.number - 1) * self.size
        return records[start : start + self.size]

    def described(self, count):
        """The envelope's ``pagination``, which only paged answers carry."""
        return {
            "page": self.number,
            "pageSize": self.size,
            "pageCount": math.ceil(count / self.size),
            "itemCount": count,
        }


def page_of(parameters):
    """The page asked for, or None when ``page`` is not sent."""
    if "page" not in parameters:
        return None
    number = _positive(parameters, "page", 1)
    size = _positive(parameters, "pageSize", DEFAULT_PAGE_SIZE)
    return Page(number, min(size, LARGEST_PAGE_SIZE))


def _positive(parameters, name, default):
    value = parameters.get(name) or default
    try:
        return max(1, int(value))
    except ValueError:
        raise BadQuery(f"{name} must be a number") from None


def modified_since(records, header):
    """Records changed at or after a moment, compared in whole seconds."""
    if not header:
        return records
    since = parse_since(header)
    return [r for r in records if r["UpdatedDateUTC"].replace(microsecond=0) >= since]


def parse_since(header):
    """``2026-09-14T09:29:59`` or the RFC 1123 form, both UTC.

    :raise BadQuery: anything else
    """
    try:
        moment = datetime.datetime.fromisoformat(header)
    except ValueError:
        try:
            moment = email.utils.parsedate_to_datetime(header)
        except ValueError:
            raise BadQuery(f"If-Modified-Since '{header}' is no date") from None
    return moment.replace(tzinfo=moment.tzinfo or wire.UTC, microsecond=0)


def filtered(endpoint, records, parameters):
    """Records that ``where`` leaves, in the order asked for.

    Without ``order`` they come by UpdatedDateUTC, so that they move between pages.
    """
    wanted, order = parameters.get("where"), parameters.get("order")
    if not wanted and not order:
        return sorted(records, key=_by_update)
    pairs = [(endpoint.facts(r), r) for r in sorted(records, key=_by_update)]
    if wanted:
        is_wanted = query.where(wanted, endpoint.known_fields)
        pairs = [pair for pair in pairs if is_wanted(pair[0])]
    if order:
        pairs = query.ordered(pairs, order, endpoint.known_fields)
    return [record for facts, record in pairs]


def _by_update(record):
    return record.get("UpdatedDateUTC") or wire.EPOCH


def elements_of(body, plural):
    """The objects of a body: ``{"Items": [...]}``, ``[...]`` or one object.

    :raise BadRequest: no JSON, or no objects in it
    """
    try:
        payload = fields.present(wire.loads(body.decode("utf-8")))
    except ValueError as error:
        raise BadRequest(f"JSON for post data was invalid: {error}") from None
    if isinstance(payload, dict) and plural in payload:
        payload = payload[plural]
    elements = [payload] if isinstance(payload, dict) else payload
    if not isinstance(elements, list) or not elements:
        raise BadRequest("JSON for post data was invalid: no elements")
    if not all(isinstance(element, dict) for element in elements):
        raise BadValue(f"{plural}: objects expected")
    return elements
