"""Splitting elements into requests that Xero takes.

Xero recommends about 50 elements and its pages give 10 MB and 3.5 MB as the limit of
a body: the design keeps to the smaller (xero-api.md, section 4).
"""

import dataclasses

from . import errors, wire

MAX_ELEMENTS = 50
MAX_BYTES = 3_500_000
_ENVELOPE = 200  # bytes kept for the outer object and its name


class ElementTooLarge(errors.Refused):
    """One element alone is larger than a request may be.

    :ivar position: its position in the list, from 0.
    :ivar size: its size in bytes.
    """

    default_message = "The document is too large for Xero."
    default_advice = "Split it into several documents with fewer lines."

    def __init__(self, position, size):
        super().__init__(reason=f"element {position} has {size} bytes")
        self.position, self.size = position, size


@dataclasses.dataclass
class _Batch:
    elements: list = dataclasses.field(default_factory=list)
    size: int = _ENVELOPE

    def takes(self, size, max_elements, max_bytes):
        """Whether one more element of this size may join."""
        return len(self.elements) < max_elements and self.size + size <= max_bytes

    def add(self, element, size):
        self.elements.append(element)
        self.size += size


def split(elements, max_elements=MAX_ELEMENTS, max_bytes=MAX_BYTES):
    """Batches of elements, in order, as full as they may be.

    :param elements: encoded elements, as of ``wire.encode``.
    :param int max_elements: per batch.
    :param int max_bytes: of the JSON of a batch, with its envelope.
    :returns: list of lists; empty where there is nothing to send.
    :raises ElementTooLarge: an element fits into no batch.
    """
    batches = []
    for position, element in enumerate(elements):
        size = len(wire.dumps(element)) + 1
        if _ENVELOPE + size > max_bytes:
            raise ElementTooLarge(position, size)
        if not batches or not batches[-1].takes(size, max_elements, max_bytes):
            batches.append(_Batch())
        batches[-1].add(element, size)
    return [batch.elements for batch in batches]


def halves(elements):
    """Two batches of one, to find a culprit that nobody names.

    An unknown ContactID is a 404 for all of 50 (decisions.md 13).

    :param elements: a list, or a recordset.
    :returns: list of at most two of them.
    """
    middle = (len(elements) + 1) // 2
    return [half for half in (elements[:middle], elements[middle:]) if half]
