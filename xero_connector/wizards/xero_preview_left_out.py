"""Not sent by design: what stays out of Xero, counted, never a mystery (T69, N34)."""

from odoo import models
from odoo.fields import Domain
from odoo.tools import format_amount


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _left_out(self):
        """Posted documents and entries that never go, per reason and journal.

        :return: list of dicts ``name``, ``count``, ``total``
        """
        ours = Domain("company_id", "in", self._company_ids()) & Domain(
            "state", "=", "posted"
        )
        since = self.date_from and self.date_from.isoformat()
        recent = ours & (Domain("date", ">=", since) if since else Domain.TRUE)
        kinds = Domain("move_type", "in", self._sent_kinds())
        rows = []
        if since:
            early = ours & kinds & Domain("invoice_date", "<", since)
            words = self.env._("Dated before %s", self._day_words())
            rows += self._count_left_out(early, words, by_journal=False)
        if self.journal_ids:
            other = Domain("journal_id", "not in", self.journal_ids.ids)
            rows += self._count_left_out(recent & kinds & other, self.env._("Journal"))
        receipts = Domain("move_type", "in", ["out_receipt", "in_receipt"])
        rows += self._count_left_out(recent & receipts, self.env._("Receipts"))
        entries = Domain("move_type", "=", "entry") & Domain(
            "origin_payment_id", "=", False
        )
        return rows + self._count_left_out(recent & entries, self.env._("Entries"))

    def _count_left_out(self, domain, words, by_journal=True):
        """Count and total, one row per journal or one for all."""
        by = ["journal_id"] if by_journal else []
        groups = self.env["account.move"]._read_group(
            domain, by, ["__count", "amount_total_signed:sum"]
        )
        return [
            {
                "name": self._left_out_name(words, *journal),
                "count": count,
                "total": format_amount(
                    self.env, abs(total or 0), self.company_id.currency_id
                ),
            }
            for *journal, count, total in groups
            if count
        ]

    def _left_out_name(self, words, journal=None):
        return f"{words}: {journal.display_name}" if journal else words

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
