"""Tables of immutable records with indexes and savepoints.

A record is a dict that is never changed in place: to change it, put a new one. That
makes "one bad element and nothing is saved" a matter of putting the old ones back.
"""

from collections import defaultdict
from contextlib import contextmanager


class Table:
    """Records of one kind by id.

    :param id_field: name of the id in a record; a name that ends in ``ID`` holds a
        GUID in lower case, which may be asked for in any case
    :param indexes: ``{name: function(record) -> key or None}``
    """

    def __init__(self, journal, id_field, **indexes):
        self.id_field = id_field
        self._fold = str.lower if id_field.endswith("ID") else str
        self._journal = journal
        self._records = {}
        self._functions = indexes
        self._indexes = {name: defaultdict(dict) for name in indexes}

    def __len__(self):
        return len(self._records)

    def get(self, record_id):
        """The record, or None."""
        return self._records.get(self._fold(str(record_id)))

    def has_index(self, name):
        """Whether records can be found by an index of this name."""
        return name in self._indexes

    def all(self):
        """Every record, in the order of creation."""
        return list(self._records.values())

    def find(self, index, key):
        """Records whose index function gives ``key``, in order of arrival."""
        ids = self._indexes[index].get(key, ())
        return [self._records[record_id] for record_id in ids]

    def first(self, index, key):
        """The first of :meth:`find`, or None."""
        return next(iter(self.find(index, key)), None)

    def put(self, record):
        """Insert or replace."""
        record_id = record[self.id_field]
        self._journal.note(self, record_id, self._records.get(record_id))
        self._set(record_id, record)
        return record

    def remove(self, record_id):
        """Delete for good."""
        self._journal.note(self, record_id, self._records.get(record_id))
        self._set(record_id, None)

    def _set(self, record_id, record):
        self._unindex(record_id)
        if record is None:
            self._records.pop(record_id, None)
            return
        self._records[record_id] = record
        for name, function in self._functions.items():
            key = function(record)
            if key is not None:
                self._indexes[name][key][record_id] = True

    def _unindex(self, record_id):
        old = self._records.get(record_id)
        if old is None:
            return
        for name, function in self._functions.items():
            key = function(old)
            if key is not None:
                self._indexes[name][key].pop(record_id, None)


class Journal:
    """Remembers replaced records for as long as a savepoint is open.

    ``listener`` is called after the outermost savepoint, with what changed in it:
    ``(table, id, record before)``, in order; None where there was none.
    """

    def __init__(self):
        self._entries = []
        self._depth = 0
        self.listener = None

    def note(self, table, record_id, old):
        """Remember what stood there before."""
        if self._depth:
            self._entries.append((table, record_id, old))

    @contextmanager
    def savepoint(self):
        """Undo everything inside when an exception leaves the block."""
        mark = len(self._entries)
        self._depth += 1
        try:
            yield
        except BaseException:
            self._undo(mark)
            raise
        finally:
            self._depth -= 1
            if not self._depth:
                self._commit()

    def _commit(self):
        entries, self._entries = self._entries, []
        if entries and self.listener:
            self.listener(entries)

    def _undo(self, mark):
        while len(self._entries) > mark:
            table, record_id, old = self._entries.pop()
            table._set(record_id, old)
