"""What Xero answered, and how many calls it says are left."""

import dataclasses

from requests.structures import CaseInsensitiveDict

from . import errors, wire


@dataclasses.dataclass(frozen=True)
class Limits:
    """Calls left, as Xero counted them in its last answer; None where not told."""

    day: int | None = None
    minute: int | None = None
    app_minute: int | None = None

    @classmethod
    def from_headers(cls, headers):
        """The limits in an answer's headers, or None where there are none."""
        names = ("X-DayLimit", "X-MinLimit", "X-AppMinLimit")
        left = [_whole(headers.get(f"{name}-Remaining")) for name in names]
        return None if left == [None, None, None] else cls(*left)


@dataclasses.dataclass(frozen=True)
class Answer:
    """What Xero said.

    ``status`` int; ``headers`` without case; ``text`` the body as it came, ``content``
    as bytes; ``json`` the body read with exact numbers (``{}`` where there is none; a
    list for connections), ``is_json`` whether it was JSON at all; ``limits``
    :class:`Limits` or None; ``duration`` in seconds.
    """

    method: str
    path: str
    status: int
    headers: CaseInsensitiveDict = dataclasses.field(repr=False)
    content: bytes = dataclasses.field(repr=False)
    text: str = dataclasses.field(repr=False)
    json: dict | list = dataclasses.field(repr=False)
    is_json: bool
    limits: Limits | None
    duration: float

    @property
    def correlation_id(self):
        """Xero's number of this call, to quote to its support; or None."""
        return self.headers.get("Xero-Correlation-Id")

    @property
    def not_modified(self):
        """Whether nothing has changed since the time asked about (304)."""
        return self.status == 304

    def elements(self, name):
        """The list called ``name`` of the envelope: ``answer.elements("Invoices")``.

        :raises errors.Unavailable: a read has no such list: that is not the same as
            an empty one (I9).
        :raises errors.Uncertain: the answer to a write has no such list.
        """
        if self.not_modified:
            return []
        found = self.json.get(name) if isinstance(self.json, dict) else None
        if not isinstance(found, list):
            raise self.unreadable(f"no {name}")
        return found

    def unreadable(self, reason):
        """The error for an answer that came but cannot be read."""
        return errors.answer_lost(
            self.method,
            reason,
            status=self.status,
            headers=self.headers,
            correlation_id=self.correlation_id,
            limits=self.limits,
        )


def read(request, raw):
    """An answer as it came, made ready to use.

    :param transport.HttpRequest request: what was sent.
    :param transport.HttpAnswer raw: what came back.
    """
    document = _document(raw.text)
    return Answer(
        method=request.method,
        path=request.path,
        status=raw.status,
        headers=raw.headers,
        content=raw.content,
        text=raw.text,
        json={} if document is None else document,
        is_json=document is not None,
        limits=Limits.from_headers(raw.headers),
        duration=raw.duration,
    )


def _document(text):
    """The document in a body, or None where there is none that can be read."""
    try:
        document = wire.loads(text)
    except ValueError:
        return None
    return document if isinstance(document, dict | list) else None


def _whole(value):
    try:
        return int(value)
    except (TypeError, ValueError):
        return None
