"""What the endpoints of invoices, bills and credit notes share."""

from .. import fields
from ..errors import Refused
from ..exchange import Reply
from ..organisation import lower
from . import history
from .contacts import Contacts
from .document_kinds import KINDS, kind_of
from .document_rules import check_transition
from .document_writer import number_holder
from .endpoint import Endpoint
from .pdf import pdf_of


class Documents(Endpoint):
    """An endpoint of documents.

    :cvar types: values of ``Type`` that it takes
    :cvar writer: builds a new version of a document
    :cvar view: module that shows a document: ``row`` and ``written``
    :cvar unknown_id: what is said of an identifier in a body that is not known
    """

    scopes = ("accounting.invoices",)
    error_flag = "HasErrors"
    has_modified_since = True
    has_paging = True
    types = ()
    writer = None
    view = None
    unknown_id = ""

    def facts(self, record):
        contact = self.organisation.contacts.get(record["ContactID"])
        return {**record, "Contact": contact}

    def read(self, key):
        """A single read has the whole contact in it; ``Accept`` may ask for a PDF."""
        record = self.found(key)
        if self.call.request.header("Accept") == "application/pdf":
            return Reply(200, pdf_of(self.organisation, record), "application/pdf")
        row = self.row(record)
        return self.envelope([{**row, "Contact": self._whole_contact(record)}])

    def row(self, record, detailed=True):
        return self.view.row(self.call, record, detailed)

    def truth(self, record):
        return {**self.view.row(self.call, record), "CreatedBy": record["CreatedBy"]}

    def written_row(self, record, element):
        """Less than a GET: no settlement fields."""
        row = self.view.written(self.call, record)
        row["Contact"] = self._whole_contact(record)
        return self.warned(row, record.get("Warnings"))

    def _whole_contact(self, record):
        contacts = Contacts(self.call)
        return contacts.row(self.organisation.contacts.get(record["ContactID"]))

    def refused_row(self, element, complaints):
        """The echo of a refused update comes without its number."""
        row = super().refused_row(element, complaints)
        if element.get(self.id_field):
            row.pop(self.id_field.replace("ID", "Number"), None)
        return row

    # Writes

    def save(self, element, mode):
        existing = None if mode == "create" else self._existing(element)
        name = fields.text(element, "Type") or (existing or {}).get("Type")
        if name not in self.types:
            noun = KINDS[self.types[0]].noun.capitalize()
            raise Refused(f"{noun} type must be {' or '.join(self.types)}.")
        if existing:
            check_transition(self.call, existing, element)
        writer = self.writer(self.call, KINDS[name], existing, element)
        self._check_number(writer.record)
        writer.complaints.check()
        record = self.table.put(writer.stamped())
        self.log(record, "Updated" if existing else "Created", record["Status"].title())
        return record

    def _existing(self, element):
        """By id; the customer's side also by number, unless that one was deleted.

        :raise Refused: the id is unknown
        """
        document_id = fields.identifier(element, self.id_field)
        if document_id:
            existing = self.table.get(document_id)
            if existing is None:
                raise Refused(self.unknown_id)
            return existing
        kind = KINDS.get(element.get("Type"))
        if kind is None or not kind.is_sale or kind.name not in self.types:
            return None
        number = lower(fields.text(element, kind.number_field))
        holders = self.table.find("number", (kind.name, number)) if number else ()
        return next((h for h in holders if h["Status"] != "DELETED"), None)

    def _check_number(self, record):
        """The customer's side has unique numbers."""
        kind = kind_of(record)
        number = record.get(kind.number_field)
        if not kind.is_sale or not number:
            return
        holder = number_holder(self.organisation, kind, number)
        if holder and holder.get(self.id_field) != record[self.id_field]:
            raise Refused(f"{kind.noun.capitalize()} # must be unique.")

    # Further paths

    def history(self, key):
        """GET the history."""
        return history.listed(self, key)

    def add_history(self, key):
        """PUT a note."""
        return history.added(self, key)
