"""Sales invoices (ACCREC) and bills (ACCPAY) (spec: Invoice)."""

from ..errors import Complaints, NotFound, ValidationFailed
from ..organisation import lower
from . import invoice_view
from .document_rules import STALE
from .document_view import due
from .documents import Documents
from .endpoint import ROUTES, names, uuid_list
from .invoice_writer import InvoiceWriter

NOT_MAILABLE = "Only approved sales invoices can be emailed."


class Invoices(Documents):
    """``/Invoices``. POST with a known sales number updates that invoice."""

    plural = "Invoices"
    table_name = "invoices"
    types = ("ACCREC", "ACCPAY")
    writer = InvoiceWriter
    view = invoice_view
    unknown_id = "The document with the supplied id was not found for this endpoint."
    known_fields = names(
        "InvoiceID Type InvoiceNumber Reference Contact Date DueDate Status "
        "LineAmountTypes SubTotal TotalTax Total AmountDue AmountPaid AmountCredited "
        "CurrencyCode CurrencyRate UpdatedDateUTC FullyPaidOnDate SentToContact "
        "ExpectedPaymentDate PlannedPaymentDate BrandingThemeID Url"
    )
    date_fields = names("Date DueDate ExpectedPaymentDate PlannedPaymentDate")
    routes = {
        **ROUTES,
        ("GET", "/<key>/OnlineInvoice"): "online_invoice",
        ("POST", "/<key>/Email"): "email",
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
        return {**super().facts(record), "AmountDue": due(record)}

    def row(self, record, detailed=True):
        is_summary = self.call.flag("summaryOnly")
        return invoice_view.row(self.call, record, detailed, is_summary)

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


def _named(records, field, parameter):
    """Records whose field is one of a list separated by commas."""
    if not parameter:
        return records
    wanted = {part.strip().lower() for part in parameter.split(",")}
    return [r for r in records if (r.get(field) or "").lower() in wanted]
