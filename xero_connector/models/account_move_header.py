"""What the head of a document says in Xero: date, number, reference, status."""

import math

from xero_python.accounting import CreditNote, Invoice

from odoo import models
from odoo.tools import html2plaintext

from ..lib import due_dates, money
from .account_move import SALES

_REFERENCE_MAX = 255

_TYPES = {
    "out_invoice": "ACCREC",
    "in_invoice": "ACCPAY",
    "out_refund": "ACCRECCREDIT",
    "in_refund": "ACCPAYCREDIT",
}

#: Where a document is found in Odoo, for the link back.
_PATHS = {"out_invoice": "customer-invoices", "in_invoice": "vendor-bills"}


class AccountMove(models.Model):
    _inherit = "account.move"

    # === ELEMENT === #

    def _xero_model(self, facts, values, status):
        """The element: invoices and bills have a due date and a link back."""
        values["type"] = _TYPES[self.move_type]
        if self._xero_is_sale():
            values["reference"] = self._xero_reference(facts)
            if facts.connection.mark_sent and status == "AUTHORISED":
                values["sent_to_contact"] = self.is_move_sent or None
        if self.move_type == "out_refund":
            values["credit_note_number"] = self._xero_number(facts)
        if self.move_type in ("out_refund", "in_refund"):
            return CreditNote(**values)
        return Invoice(
            due_date=self._xero_due_date(facts),
            invoice_number=self._xero_number(facts),
            url=self._xero_url(facts),
            **values,
        )

    def _xero_is_sale(self):
        return self.move_type in SALES

    def _xero_salesperson(self):
        return self.invoice_user_id

    def _xero_preview_values(self):
        return {
            "move_id": self.id,
            "delivery_id": self.partner_shipping_id.id,
            "date": self.invoice_date,
        }

    def _xero_takes_discounts(self):
        """Only sales invoices have them in Xero."""
        return self.move_type == "out_invoice"

    # === LINES === #

    def _xero_document_lines(self):
        return self.invoice_line_ids

    def _xero_base_lines(self):
        base_lines, _tax_lines = self._get_rounded_base_and_tax_lines()
        return base_lines

    # === DATES === #

    def _xero_date(self, facts):
        """The one date that Xero has: the document's (T6), or, for a bill in a closed
        period, the booking date if a person chose so."""
        return self.date if self.id in facts.booking_dates else self.invoice_date

    def _xero_due_date(self, facts):
        """The due date by the policy; the last one of instalments (S117, T11)."""
        return due_dates.due_date(
            facts.connection.due_date_policy,
            self._xero_date(facts),
            self.invoice_date_due,
        )

    # === NUMBER AND REFERENCE === #

    def _xero_number(self, facts):
        """The number to give it in Xero, or None for Xero's own (S113).

        A bill has its supplier's, which is what keeps it from being paid twice.
        """
        if not self._xero_is_sale():
            return self.ref or self.name
        policy = facts.connection.number_policy
        return {"name": self.name, "id": str(self.id), "xero": None}[policy]

    def _xero_reference(self, facts):
        """What the payer should write: by the option; credit notes always name their
        invoice (S119, S120, S121, G1)."""
        if self.move_type == "out_refund" and self.reversed_entry_id:
            return self.reversed_entry_id.name
        text = self._xero_reference_of(facts.connection.reference_source)
        terms = self._xero_payment_terms()
        if len(terms) > 1:
            plan = self.env._("%s instalments", len(terms))
            text = " · ".join(filter(None, (text, plan)))
        return (text or "")[:_REFERENCE_MAX] or None

    def _xero_payment_terms(self):
        """Its instalments; one if it is due at once."""
        return self.line_ids.filtered(lambda line: line.display_type == "payment_term")

    def _xero_reference_of(self, source):
        if source == "customer":
            return self.ref or self.invoice_origin
        if source == "origin":
            return self.invoice_origin
        if source == "payment":
            return self.payment_reference
        if source == "narration":
            return self._xero_narration()
        if source == "analytic":
            accounts = self.invoice_line_ids._xero_analytic_accounts()
            return ", ".join(account.code or account.name for account in accounts)
        return None

    def _xero_narration(self):
        """The text of the document, without its layout."""
        return html2plaintext(self.narration or "").strip()

    # === STATUS === #

    def _xero_status(self, facts, link):
        if self._xero_is_short_of_stock(facts):
            return "DRAFT"
        return super()._xero_status(facts, link)

    def _xero_status_wanted(self, facts):
        return facts.connection[_STATUS_OPTIONS[self.move_type]]

    def _xero_is_short_of_stock(self, facts):
        """Whether Xero counts the stock of an item and has not enough of it (S106)."""
        if self.move_type != "out_invoice" or not facts.stock:
            return False
        wanted = {}
        for line in self.invoice_line_ids:
            code = line._xero_item_code(facts)
            if code in facts.stock:
                wanted[code] = wanted.get(code, 0) + line.quantity
        return any(facts.stock[code] < quantity for code, quantity in wanted.items())

    # === RATE AND LINK === #

    def _xero_currency_rate(self):
        """Odoo's rate, to six significant digits."""
        if self.currency_id == self.company_currency_id:
            return None
        rate = self.invoice_currency_rate
        return money.exact(round(rate, max(6, 5 - math.floor(math.log10(rate)))))

    def _xero_url(self, facts):
        """The link back to Odoo; Xero keeps one on invoices and bills only (S132)."""
        path = _PATHS.get(self.move_type)
        if not facts.public_url or not path:
            return None
        return f"{facts.public_url}/odoo/accounting/{path}/{self.id}"


_STATUS_OPTIONS = {
    "out_invoice": "invoice_status",
    "out_refund": "credit_note_status",
    "in_invoice": "bill_status",
    "in_refund": "bill_status",
}
