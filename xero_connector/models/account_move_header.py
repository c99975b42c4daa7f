"""What the head of a document says in Xero: date, number, reference, status."""

import math

from odoo import models
from odoo.tools import html2plaintext

from ..lib import due_dates, money
from .account_move import SALES

_REFERENCE_MAX = 255

#: Where a document is found in Odoo, for the link back.
_PATHS = {"out_invoice": "customer-invoices", "in_invoice": "vendor-bills"}


class AccountMove(models.Model):
    _inherit = "account.move"

    def _xero_is_sale(self):
        """Whether this document goes to a customer."""
        return self.move_type in SALES

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
        """Drafts in a trial; afterwards as set, except drafts that someone kept."""
        connection = facts.connection
        if connection.mode == "trial" or link.keep_draft:
            return "DRAFT"
        if self._xero_is_short_of_stock(facts):
            return "DRAFT"
        if link.status_choice:
            return link.status_choice
        return connection[_STATUS_OPTIONS[self.move_type]]

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
        """Odoo's rate, foreign units per company unit, to six significant digits
        (S94); None for documents in the books' own currency."""
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
