"""History notes of contacts and documents (spec: misc, History)."""

from .. import fields
from ..errors import Complaints, ValidationFailed

LONGEST_NOTE = 2500


def listed(endpoint, key):
    """GET: newest first."""
    record = endpoint.found(key)
    subject = record[endpoint.id_field]
    notes = endpoint.organisation.history.find("subject", subject)
    return endpoint.envelope([row(n) for n in reversed(notes)], plural="HistoryRecords")


def added(endpoint, key):
    """PUT: add notes."""
    record = endpoint.found(key)
    rows = []
    for element in endpoint.elements("HistoryRecords"):
        details = fields.text(element, "Details") or ""
        if not 0 < len(details) <= LONGEST_NOTE:
            message = f"Details must have 1 to {LONGEST_NOTE} characters."
            raise ValidationFailed([Complaints([message]).mark(element)])
        rows.append(_added(endpoint, record, details))
    return endpoint.envelope(rows, plural="HistoryRecords")


def _added(endpoint, record, details):
    user = endpoint.call.user_name
    subject = record[endpoint.id_field]
    return row(endpoint.organisation.log(subject, "Note", details, user))


def row(note):
    """A note on the wire."""
    return {
        "Changes": note["Changes"],
        "DateUTCString": note["DateUTC"].strftime("%Y-%m-%dT%H:%M:%S"),
        "DateUTC": note["DateUTC"],
        "User": note["User"],
        "Details": note["Details"],
    }
