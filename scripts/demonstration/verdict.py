"""What became of every demo document, and whether that is what should have."""

from collections import Counter
from dataclasses import dataclass

from .ledgers import Entry, OdooLedger, XeroLedger

APPROVED = "AUTHORISED"
#: An approved document of zero is paid at once, in Xero as in Odoo.
NOTHING_DUE = "PAID"


def _shown(value):
    """A field of an entry as text; sums as ``200/OUTPUT2 254.59``."""
    if not isinstance(value, dict):
        return str(value)
    names = {
        key: "/".join(map(str, key)) if isinstance(key, tuple) else key for key in value
    }
    sums = sorted(f"{names[key]} {amount}" for key, amount in value.items())
    return ", ".join(sums) or "nothing"


@dataclass
class Outcome:
    """One document in both ledgers."""

    move: int
    """Id in Odoo."""
    number: str
    fate: str
    """What must become of it, as in ``books.Document``."""
    ours: Entry
    theirs: Entry = None
    status: str = ""
    complaint: str = ""
    """Empty when it is as it should be."""


class Verdict:
    """Compares both ledgers; ``complaints`` is empty only when all is right.

    :param connector: what connected them
    :param documents: dict of move id to ``books.Document``
    """

    def __init__(self, connector, documents):
        self._me, self._connection = connector.accountant, connector.connection
        self._documents = documents
        self.in_xero = XeroLedger(connector.xero).entries()
        self.notes = self._open_notes()
        self.outcomes = self._outcomes()
        self.complaints = [
            *(each.complaint for each in self.outcomes if each.complaint),
            *self._strangers(),
            *self._unexpected_notes(),
            *self._twice(connector.xero),
        ]

    # What Odoo says

    def _open_notes(self):
        """Open notes, each with the causes, sentences and documents it stops."""
        domain = [("connection_id", "=", self._connection), ("state", "=", "open")]
        names = ["message", "advice", "cause", "category", "link_ids"]
        notes = self._me.read("xero.note", domain, names)
        for note in notes:
            links = [("id", "in", note["link_ids"]), ("res_model", "=", "account.move")]
            found = self._me.read("xero.link", links, ["res_id"])
            note["moves"] = {link["res_id"] for link in found}
        return notes

    def _outcomes(self):
        posted = [move for move, document in self._documents.items() if document.post]
        entries = OdooLedger(self._me, self._connection).entries(posted)
        rows = self._me.read(
            "account.move", [("id", "in", posted)], ["name", "xero_state"]
        )
        return [
            self._outcome(row, self._documents[row["id"]], entries[row["name"]])
            for row in rows
        ]

    # One document

    def _outcome(self, row, document, ours):
        found = [each for each in self.in_xero if each[0].number == ours.number]
        theirs, status = found[0] if found else (None, "")
        outcome = Outcome(row["id"], ours.number, document.fate, ours, theirs, status)
        judge = getattr(self, f"_judge_{document.fate}")
        complaint = judge(row, document, outcome, len(found))
        outcome.complaint = complaint and f"{ours.number} {complaint}"
        return outcome

    def _judge_sent(self, row, _document, outcome, times):
        if times != 1:
            return f"is {times} times in Xero."
        wanted = APPROVED if outcome.ours.total else NOTHING_DUE
        if outcome.status != wanted:
            return f"is {outcome.status} in Xero, not {wanted}."
        different = outcome.ours.differences(outcome.theirs)
        if different:
            values = "; ".join(
                f"{name}: Odoo {_shown(getattr(outcome.ours, name))},"
                f" Xero {_shown(getattr(outcome.theirs, name))}"
                for name in different
            )
            return f"differs. {values}."
        if row["xero_state"] != "synced":
            return f"is in Xero, but Odoo shows it as {row['xero_state']}."
        return ""

    def _judge_stopped(self, row, document, _outcome, times):
        if times:
            return "is in Xero, although it had to be stopped."
        notes = [note for note in self.notes if row["id"] in note["moves"]]
        if [note["cause"] for note in notes] != [document.cause]:
            return f"has no note that says why it was stopped ({document.cause})."
        if row["xero_state"] != "blocked":
            return f"was stopped, but Odoo shows it as {row['xero_state']}."
        return ""

    def _judge_out(self, row, _document, _outcome, times):
        if times or row["xero_state"]:
            return "is dated before the start date and should have stayed out."
        return ""

    # All of them

    def _strangers(self):
        """Documents in Xero that Odoo has not posted."""
        known = {outcome.number for outcome in self.outcomes}
        for entry, _status in self.in_xero:
            if entry.number not in known:
                yield f"Xero has a document {entry.number} that Odoo has not."

    def _unexpected_notes(self):
        expected = {document.cause for document in self._documents.values()}
        for note in self.notes:
            if note["cause"] not in expected:
                yield f"An unexpected note: {note['message']} {note['advice']}"

    def _twice(self, xero):
        """Contacts and items that Xero has more than once."""
        for resource, field in (("contacts", "Name"), ("items", "Code")):
            names = Counter(each[field] for each in xero.documents(resource))
            for name, times in names.items():
                if times > 1:
                    yield f"Xero has {name} {times} times among its {resource}."
