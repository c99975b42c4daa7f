"""Sales invoices (ACCREC) and bills (ACCPAY) (spec: Invoice)."""

from .. import fields
from ..errors import Complaints, NotFound, Refused, ValidationFailed
from ..organisation import lower
from . import history, invoice_view
from .contacts import Contacts
from .endpoint import Endpoint, names, uuid_list
from .invoice_rules import STALE, check_transition
from .invoice_writer import InvoiceWriter

UNKNOWN_DOCUMENT = "The document with the supplied id was not found for this endpoint."
NOT_UNIQUE = "Invoice # must be unique."


class Invoices(Endpoint):
    """``/Invoices``. POST with a known sales number updates that invoice."""

    plural = "Invoices"
    table_name = "invoices"
    scopes = ("accounting.invoices",)
    error_flag = "HasErrors"
    has_modified_since = True
    has_paging = True
    known_fields = names(
        "InvoiceID Type InvoiceNumber Reference Contact Date DueDate Status "
        "LineAmountTypes SubTotal TotalTax Total AmountDue AmountPaid AmountCredited "
        "CurrencyCode CurrencyRate UpdatedDateUTC FullyPaidOnDate SentToContact "
        "ExpectedPaymentDate PlannedPaymentDate BrandingThemeID Url"
    )
    date_fields = names("Date DueDate ExpectedPaymentDate PlannedPaymentDate")
    routes = {
        ("GET", ""): "listed",
        ("PUT", ""): "create",
        ("POST", ""): "upsert",
        ("GET", "/<key>"): "read",
        ("POST", "/<key>"): "update",
        ("GET", "/<key>/OnlineInvoice"): "online_invoice",
        ("POST", "/<key>/Email"): "email",
        ("GET", "/<key>/History"): "history",
        ("PUT", "/<key>/History"): "add_history",
    }

    def by_natural_key(self, key):
        for kind in ("ACCREC", "ACCPAY"):
            found = self.table.first("number", (kind, lower(key)))
            if found:
                return found
        return None

    # Lists

    def chosen(self, records):
        """The optimised parameters: ids, numbers, contacts, statuses, own, search."""
        parameters = self.call.query
        ids = uuid_list(parameters, "IDs")
        if ids is not None:
            records = [record for record in map(self.table.get, ids) if record]
        contacts = uuid_list(parameters, "ContactIDs")
        if contacts is not None:
            records = [r for r in records if r["ContactID"] in contacts]
        records = _named(records, "InvoiceNumber", parameters.get("InvoiceNumbers"))
        records = _named(records, "Status", parameters.get("Statuses"))
        if self.call.flag("createdByMyApp"):
            mine = self.call.app.client_id
            records = [r for r in records if r["CreatedBy"] == mine]
        term = (parameters.get("searchTerm") or "").lower()
        return [r for r in records if self._is_match(r, term)] if term else records

    def _is_match(self, record, term):
        contact = self.organisation.contacts.get(record["ContactID"])
        texts = (record.get("InvoiceNumber"), record.get("Reference"), contact["Name"])
        return any(term in (text or "").lower() for text in texts)

    def facts(self, record):
        contact = self.organisation.contacts.get(record["ContactID"])
        return {**record, "Contact": contact, "AmountDue": invoice_view.due(record)}

    def read(self, key):
        """A single read has the whole contact in it."""
        record = self.found(key)
        row = self.row(record)
        return self.envelope([{**row, "Contact": self._whole_contact(record)}])

    def row(self, record, detailed=True):
        is_summary = self.call.flag("summaryOnly")
        return invoice_view.row(self.call, record, detailed, is_summary)

    def truth(self, record):
        return invoice_view.truth(self.call, record)

    def written_row(self, record, element):
        """Less than a GET: no settlement fields, and a void still shows its due."""
        row = invoice_view.written(self.call, record)
        row["Contact"] = self._whole_contact(record)
        return self.warned(row, record.get("Warnings"))

    def _whole_contact(self, record):
        contacts = Contacts(self.call)
        return contacts.row(self.organisation.contacts.get(record["ContactID"]))

    def refused_row(self, element, complaints):
        """The echo of a refused update comes without its number."""
        row = super().refused_row(element, complaints)
        if element.get("InvoiceID"):
            row.pop("InvoiceNumber", None)
        return row

    # Writes

    def save(self, element, mode):
        existing = None if mode == "create" else self._existing(element)
        kind = fields.text(element, "Type") or (existing or {}).get("Type")
        if kind not in ("ACCREC", "ACCPAY"):
            raise Refused("Invoice type must be ACCREC or ACCPAY.")
        if existing:
            check_transition(self.call, existing, element)
        writer = InvoiceWriter(self.call, kind, existing, element)
        self._check_number(writer.record, existing)
        writer.complaints.check()
        record = self.table.put(writer.stamped())
        self.log(record, "Updated" if existing else "Created", record["Status"].title())
        return record

    def _existing(self, element):
        """By InvoiceID; for sales also by number, unless that invoice was deleted.

        :raise Refused: the InvoiceID is unknown
        """
        invoice_id = fields.identifier(element, "InvoiceID")
        if invoice_id:
            existing = self.table.get(invoice_id)
            if existing is None:
                raise Refused(UNKNOWN_DOCUMENT)
            return existing
        number = lower(fields.text(element, "InvoiceNumber"))
        if not number or element.get("Type") != "ACCREC":
            return None
        return self._holder_of(("ACCREC", number))

    def _holder_of(self, number):
        holders = self.table.find("number", number)
        return next((h for h in holders if h["Status"] != "DELETED"), None)

    def _check_number(self, record, existing):
        """Sales numbers are unique; a voided one is taken, a deleted one is free."""
        number = record.get("InvoiceNumber")
        if record["Type"] != "ACCREC" or not number:
            return
        holder = self._holder_of(("ACCREC", lower(number)))
        if holder and (not existing or holder["InvoiceID"] != existing["InvoiceID"]):
            raise Refused(NOT_UNIQUE)

    # Further paths

    def online_invoice(self, key):
        """The link for the customer, for approved sales invoices."""
        record = self.found(key)
        if record["Type"] != "ACCREC" or record["Status"] in STALE | {"DRAFT"}:
            raise NotFound
        url = f"https://in.xero.com/{record['InvoiceID'].replace('-', '')[:24]}"
        return self.envelope([{"OnlineInvoiceUrl": url}], plural="OnlineInvoices")

    def email(self, key):
        """Mail it to the customer: approved sales invoices only; 204."""
        record = self.found(key)
        if record["Type"] != "ACCREC" or record["Status"] not in ("AUTHORISED", "PAID"):
            row = {"InvoiceID": record["InvoiceID"]}
            raise ValidationFailed([Complaints([NOT_MAILABLE]).mark(row)])
        self.table.put(self.organisation.stamp({**record, "SentToContact": True}))
        self.log(record, "Emailed")
        return self.deleted()

    def history(self, key):
        """GET the history."""
        return history.listed(self, key)

    def add_history(self, key):
        """PUT a note."""
        return history.added(self, key)


NOT_MAILABLE = "Only approved sales invoices can be emailed."


def _named(records, field, parameter):
    """Records whose field is one of a list separated by commas."""
    if not parameter:
        return records
    wanted = {part.strip().lower() for part in parameter.split(",")}
    return [r for r in records if (r.get(field) or "").lower() in wanted]
