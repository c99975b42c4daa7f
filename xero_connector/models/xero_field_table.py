"""Which fields of Odoo become which fields of Xero: the table people read (S175).

The same words name what changes in the preview. A test compares the table with what is
sent.
"""

from odoo import api, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

#: Field of a document in Xero, what people call it, where in Odoo it comes from.
DOCUMENT_FIELDS = [
    ("Type", _lt("Kind"), _lt("Kind of the document")),
    ("Contact", _lt("Customer or supplier"), _lt("The paying company")),
    ("Date", _lt("Date"), _lt("Invoice date")),
    ("DueDate", _lt("Due date"), _lt("Due date, or by the setting 'Due date'")),
    ("InvoiceNumber", _lt("Number"), _lt("Number, or by the setting 'Number in Xero'")),
    ("CreditNoteNumber", _lt("Number"), _lt("Number of the credit note")),
    ("Reference", _lt("Reference"), _lt("By the setting 'Reference'")),
    ("CurrencyCode", _lt("Currency"), _lt("Currency")),
    ("CurrencyRate", _lt("Exchange rate"), _lt("Odoo's own rate of the document")),
    ("LineAmountTypes", _lt("Amounts are"), _lt("Whether its taxes are in its prices")),
    ("Status", _lt("Status"), _lt("By the settings; drafts in a trial")),
    ("SentToContact", _lt("Marked as sent"), _lt("Off, or by the setting")),
    ("Url", _lt("Link to Odoo"), _lt("Address of the document in Odoo")),
    ("LineItems", _lt("Lines"), _lt("Lines of the document")),
]

#: The same of a line.
LINE_FIELDS = [
    ("Description", _lt("Description"), _lt("By the setting 'Description of lines'")),
    ("Quantity", _lt("Quantity"), _lt("Quantity")),
    ("UnitAmount", _lt("Price"), _lt("Unit price, at most four decimals")),
    ("DiscountRate", _lt("Discount"), _lt("Discount; elsewhere it is in the price")),
    ("ItemCode", _lt("Item"), _lt("Reference of the product")),
    ("AccountCode", _lt("Account"), _lt("By Mapping, or by the setting")),
    ("TaxType", _lt("Tax rate"), _lt("By Mapping")),
    ("TaxAmount", _lt("Tax"), _lt("Odoo's cents, where Xero would round differently")),
    ("LineAmount", _lt("Amount"), _lt("Amount without tax")),
    ("Tracking", _lt("Tracking"), _lt("Analytic distribution")),
]


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    @api.model
    def _xero_field_label(self, name):
        """What people call a field of a document or line in Xero."""
        labels = {code: label for code, label, _source in DOCUMENT_FIELDS + LINE_FIELDS}
        return self.env._(labels[name]) if name in labels else name
