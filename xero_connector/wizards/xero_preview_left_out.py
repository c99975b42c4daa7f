"""Not sent by design: what stays out of Xero, counted, never a mystery (T69, N34)."""

from odoo import models
from odoo.fields import Domain
from odoo.tools import format_amount

#: Kinds of documents that have a counterpart in Xero.
_DOCUMENTS = ["out_invoice", "out_refund", "in_invoice", "in_refund"]


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _left_out(self):
        """Posted documents and entries that never go, per reason and journal.

        :return: list of dicts ``name``, ``count``, ``total``
        """
        since = self.date_from and self.date_from.isoformat()
        recent = Domain("date", ">=", since) if since else Domain.TRUE
        early = Domain("invoice_date", "<", since) if since else Domain.FALSE
        sent, documents = self._sent_kinds(), Domain("move_type", "in", _DOCUMENTS)
        kinds, filters = Domain("move_type", "in", sent), self._document_filter()
        receipts = Domain("move_type", "in", ["out_receipt", "in_receipt"])
        entries = Domain("move_type", "=", "entry") & Domain(
            [("origin_payment_id", "=", False), ("statement_line_id", "=", False)]
        )
        found = [
            (kinds & early, self.env._("Dated before %s", self._day_words()), None),
            (recent & kinds & ~filters, self.env._("Kept out by filter"), "journal_id"),
            (recent & documents & ~kinds, self.env._("Not switched on"), "move_type"),
            (recent & receipts, self.env._("Receipts"), "journal_id"),
            (recent & entries, self.env._("Entries"), "journal_id"),
        ]
        return [row for reason in found for row in self._count_left_out(*reason)]

    def _count_left_out(self, domain, words, by):
        """Count and total for a reason, one row for each journal or kind."""
        ours = Domain("company_id", "in", self._company_ids())
        groups = self.env["account.move"]._read_group(
            ours & Domain("state", "=", "posted") & domain,
            [by] if by else [],
            ["__count", "amount_total_signed:sum"],
        )
        currency = self.company_id.currency_id
        return [
            {
                "name": self._left_out_name(words, by, *value),
                "count": count,
                "total": format_amount(self.env, abs(total or 0), currency),
            }
            for *value, count, total in groups
            if count
        ]

    def _left_out_name(self, words, by, value=None):
        if by == "move_type":
            move_type = self.env["account.move"]._fields["move_type"]
            value = dict(move_type._description_selection(self.env))[value]
        elif value:
            value = value.display_name
        return f"{words}: {value}" if value else words

    def _day_words(self):
        return self.env["ir.qweb.field.date"].value_to_html(self.date_from, {})


class AccountMove(models.Model):
    _inherit = "account.move"

    def _xero_why_out(self, connection):
        """Why this one document does not go; what a filter leaves out is no news.

        :rtype: Problem or None
        """
        self.ensure_one()
        start = connection.date_from
        if self.state == "draft":
            return self._xero_problem("draft_here")
        if start and self.invoice_date and self.invoice_date < start:
            return self._xero_problem("dated_early", start=connection._day_words())
        if not any(line.price_unit and line.quantity for line in self.invoice_line_ids):
            return self._xero_problem("all_zero")
        return None
