"""Credit notes of both sides: ACCRECCREDIT, ACCPAYCREDIT (spec: CreditNote)."""

from . import credit_note_view
from .document_view import due
from .document_writer import DocumentWriter
from .documents import Documents
from .endpoint import ROUTES, names


class CreditNotes(Documents):
    """``/CreditNotes``. A supplier's has neither number nor reference of its own."""

    plural = "CreditNotes"
    table_name = "credit_notes"
    types = ("ACCRECCREDIT", "ACCPAYCREDIT")
    writer = DocumentWriter
    view = credit_note_view
    unknown_id = (
        "An existing Credit Note with the specified CreditNoteID could not be found"
    )
    known_fields = names(
        "CreditNoteID Type CreditNoteNumber Reference Contact Date DueDate Status "
        "LineAmountTypes SubTotal TotalTax Total RemainingCredit AppliedAmount "
        "CurrencyCode CurrencyRate UpdatedDateUTC FullyPaidOnDate SentToContact "
        "BrandingThemeID"
    )
    date_fields = names("Date DueDate")
    routes = ROUTES

    def facts(self, record):
        amounts = {
            "RemainingCredit": due(record),
            "AppliedAmount": record["AmountCredited"],
        }
        return {**super().facts(record), **amounts}
