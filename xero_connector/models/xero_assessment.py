"""What would become of a record, and why: what the plan and the preview pass around."""

from collections import defaultdict
from dataclasses import dataclass, field

from .xero_cause import CAUSES


@dataclass
class Problem:
    """Why a record cannot go, in a form that groups by cause (N6).

    One open note exists per ``key``; its words come from the cause's entry in
    ``xero_cause.py``, filled with ``values``.
    """

    cause: str
    """Name of an entry in ``xero_cause.CAUSES``."""
    key: str
    """What must be mended, e.g. ``tax_unmapped:12``: one note for all documents."""
    values: dict = field(default_factory=dict)
    """Arguments of the sentences."""
    record: object = None
    """What the note's button opens; the record itself if empty."""

    def message(self, env):
        """What happened, in the reader's words."""
        return env._(CAUSES[self.cause].title) % defaultdict(str, self.values)


@dataclass
class Facts:
    """What was read ahead for a batch; models add what they need."""

    connection: object


@dataclass
class Assessment:
    """What would happen to one record if it were planned now. Writes nothing."""

    record: object
    link: object
    action: str
    """``create``, ``update``, ``nothing``, ``blocked``, ``wait`` or ``leave``."""
    payload: dict = None
    """The element to send, in Xero's wire form."""
    fingerprint: str = None
    agreed: dict = field(default_factory=dict)
    """What both sides agree on once Xero accepts it; goes to the snapshot."""
    problems: list = field(default_factory=list)
    waiting_for: str = False
    remember: dict = field(default_factory=dict)
    """What to add to the snapshot although nothing is to be done."""
    note: object = None
    """The open note of what this record waits for; it stops this one too."""
