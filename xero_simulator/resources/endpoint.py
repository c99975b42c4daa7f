"""What all endpoint groups share: lists, single reads, batches of writes.

An endpoint group is one file: a subclass that names its routes, its table and its
scopes, says how a record looks on the wire (``row``) and how an element is saved
(``save``). It is listed in ``resources/__init__.py``.
"""

from .. import fields, wire
from ..errors import (
    UNKNOWN_ID,
    BadRequest,
    NotFound,
    Refused,
    ValidationFailed,
    as_messages,
)
from ..exchange import Reply, json_reply
from . import listing


def names(text):
    """A set of names, written as one text."""
    return frozenset(text.split())


#: What most resources can: listed, written in lists, read, with a history.
ROUTES = {
    ("GET", ""): "listed",
    ("PUT", ""): "create",
    ("POST", ""): "upsert",
    ("GET", "/<key>"): "read",
    ("POST", "/<key>"): "update",
    ("GET", "/<key>/History"): "history",
    ("PUT", "/<key>/History"): "add_history",
}


class Endpoint:
    """One endpoint group, for one call.

    :cvar plural: its name in the envelope, and in the path unless ``root`` says more
    :cvar root: where its paths begin, when it stands below another endpoint
    :cvar table_name: the organisation's table
    :cvar scopes: any one of these is needed
    :cvar routes: ``{(method, rule below the plural): method name}``
    :cvar error_flag: how a refused element says so; None if it has no such field
    :cvar known_fields: names that ``where`` and ``order`` may use
    :cvar largest_body: bytes, where it is not what holds for all
    :cvar date_fields: dates that an echo shows in Xero's form, not in ours
    """

    plural = ""
    root = None
    table_name = ""
    scopes = ("accounting.settings",)
    routes = {}
    error_flag = None
    known_fields = frozenset()
    date_fields = frozenset()
    has_modified_since = False
    has_paging = False
    is_always_paged = False
    one_per_request = False
    most_per_request = None
    largest_body = None

    def __init__(self, call):
        self.call = call
        self.organisation = call.organisation

    @property
    def table(self):
        """The records of this group."""
        return getattr(self.organisation, self.table_name)

    @property
    def id_field(self):
        """Name of the identifier."""
        return self.table.id_field

    # Records on the wire

    def row(self, record, detailed=True):
        """A record as a GET shows it.

        :param detailed: False in a list that was asked for without ``page``
        """
        raise NotImplementedError

    def written_row(self, record, element):
        """A record as the answer to a write shows it, which may tell less."""
        return self.row(record)

    def facts(self, record):
        """What ``where`` and ``order`` see."""
        return record

    def truth(self, record):
        """Everything, for comparing ledgers."""
        return self.row(record)

    # Reading

    def listed(self):
        """GET of the whole group."""
        records = self.chosen(self.table.all())
        if self.has_modified_since and self.call.request:
            header = self.call.request.header("If-Modified-Since")
            records = listing.modified_since(records, header)
        records = listing.filtered(self, records, self.call.query)
        page = self.page()
        shown = page.cut(records) if page else records
        rows = [self.row(record, detailed=page is not None) for record in shown]
        return self.envelope(rows, page and page.described(len(records)))

    def page(self):
        """The page asked for; None where a list comes whole."""
        if not self.has_paging:
            return None
        first = {"page": "1"} if self.is_always_paged else {}
        return listing.page_of({**first, **self.call.query})

    def chosen(self, records):
        """Records that the group's own parameters leave; subclasses narrow."""
        return records

    def read(self, key):
        """GET of one record."""
        return self.envelope([self.row(self.found(key))])

    def found(self, key):
        """The record by id, or by what else the path accepts.

        :raise NotFound: there is none
        """
        record = self.table.get(key) or self.by_natural_key(key)
        if record is None:
            raise NotFound
        return record

    def by_natural_key(self, key):
        """A record by its number or code; None where the path takes ids only."""
        return None

    def envelope(self, rows, pagination=None, plural=None):
        """The answer around rows."""
        body = {
            "Id": self.call.correlation_id,
            "Status": "OK",
            "ProviderName": self.call.app.client_id if self.call.app else "Xero",
            "DateTimeUTC": wire.BareTimestamp.of(self.organisation.clock.now()),
        }
        if pagination:
            body["pagination"] = pagination
        return json_reply({**body, (plural or self.plural): rows})

    # Writing

    def create(self):
        """PUT: every element is new."""
        return self.save_all("create")

    def upsert(self):
        """POST: an element that is known is changed."""
        return self.save_all("upsert")

    def update(self, key):
        """POST to one record."""
        record = self.found(key)
        element = self.elements()[0]
        return self.save_all("update", [{**element, **self.identity_of(record)}])

    def identity_of(self, record):
        """What names a record inside an element."""
        return {self.id_field: record[self.id_field]}

    def elements(self, plural=None):
        """The objects in the body: wrapped, as a list, or a single one."""
        return listing.elements_of(self.call.request.body, plural or self.plural)

    def save_all(self, mode, elements=None):
        """Save a batch by the rule of ``summarizeErrors`` (true unless said).

        :raise ValidationFailed: one is refused, and nothing is saved
        """
        elements = self.elements() if elements is None else elements
        self.check_count(elements)
        summarize = self.call.flag("summarizeErrors", default=True)
        outcomes = [self.attempt(element, mode) for element in elements]
        refused = [row for row, is_good in outcomes if not is_good]
        if refused and summarize:
            raise ValidationFailed(refused)
        rows = [self.marked(row, ok) if not summarize else row for row, ok in outcomes]
        return self.envelope(rows)

    def check_count(self, elements):
        """Accounts and tax rates come one at a time; items have a maximum."""
        limit = 1 if self.one_per_request else self.most_per_request
        if limit and len(elements) > limit:
            raise BadRequest(f"At most {limit} {self.plural} per request", number=17)

    def attempt(self, element, mode):
        """Save one element; what a refused one changed is undone.

        :return: row for the answer, and whether it was saved
        """
        try:
            with self.organisation.journal.savepoint():
                record = self.save(element, mode)
        except Refused as refusal:
            return self.refused_row(element, refusal.complaints), False
        return self.written_row(record, element), True

    def save(self, element, mode):
        """Save one element.

        :param mode: ``create``, ``upsert``, or ``update`` (of the element's id)
        :return: the record
        :raise Refused: with the messages
        """
        raise NotImplementedError

    def refused_row(self, element, complaints):
        """The echo of a refused element: our own words back, an all-zero id."""
        row = {self.id_field: UNKNOWN_ID, **element}
        for name in self.date_fields & set(row):
            row[name] = fields.day(row, name)
        if self.error_flag:
            row[self.error_flag] = True
        return complaints.mark(row)

    def refuse_if(self, complaints, element):
        """400 for one element outside a batch.

        :raise ValidationFailed: something was said
        """
        if complaints.all_messages():
            raise ValidationFailed([self.refused_row(element, complaints)])

    def marked(self, row, is_good):
        """With ``summarizeErrors=false`` each element says how it went."""
        status = "OK" if is_good else "ERROR"
        if row.get("Warnings") and is_good:
            status = "WARNING"
        return {**row, "StatusAttributeString": status}

    def warned(self, row, warnings):
        """Add warnings, if any."""
        return {**row, "Warnings": as_messages(warnings)} if warnings else row

    def deleted(self):
        """204, nothing else to say."""
        return Reply(204)

    # Text in the history

    def log(self, record, changes, details=""):
        """Add to the record's history."""
        subject = record[self.id_field]
        self.organisation.log(subject, changes, details, self.call.user_name)


def uuid_list(query, name):
    """Identifiers separated by commas, or None when the parameter is missing."""
    value = query.get(name)
    if not value:
        return None
    return [fields.guid(part.strip(), name) for part in value.split(",")]
