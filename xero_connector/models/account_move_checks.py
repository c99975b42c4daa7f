"""What Xero would refuse of invoices, bills and credit notes beyond what it refuses of
every document."""

from odoo import models

#: Kinds of journal items that become lines with an amount.
_WITH_AMOUNT = (
    "product",
    "rounding",
    "epd",
    "non_deductible_product",
    "non_deductible_product_total",
)


class AccountMove(models.Model):
    _inherit = "account.move"

    def _xero_base_records(self):
        return self.line_ids.filtered(
            lambda line: (
                line.display_type in _WITH_AMOUNT and not line.tax_repartition_line_id
            )
        )

    # === HEADER === #

    def _xero_problems_of_header(self, facts):
        checks = (
            self._xero_check_period,
            self._xero_check_double,
            self._xero_check_there,
        )
        found = [problem for check in checks for problem in check(facts)]
        return found + super()._xero_problems_of_header(facts)

    def _xero_check_period(self, facts):
        """Lock dates and filed returns (T6, T8, T9)."""
        date = self._xero_date(facts)
        closed = self._xero_closed(facts, date)
        if not closed:
            return []
        booked = self.date != date and not self._xero_closed(facts, self.date)
        if booked and not self._xero_is_sale():
            return [
                self._xero_problem(
                    "bill_date_closed",
                    date=self._xero_day(date),
                    booked=self._xero_day(self.date),
                )
            ]
        return [
            self._xero_problem(
                closed,
                date=self._xero_day(date),
                locked=self._xero_day(facts.locked),
                filed=self._xero_day(facts.connection.filed_up_to),
            )
        ]

    def _xero_closed(self, facts, date):
        """Which wall a date lies behind: a cause, or None."""
        if facts.locked and date <= facts.locked:
            return "locked_period"
        filed = facts.connection.filed_up_to
        return "filed_period" if filed and date <= filed else None

    def _xero_day(self, date):
        return self.env["ir.qweb.field.date"].value_to_html(date, {}) if date else ""

    def _xero_check_number(self, facts):
        """A credit note may not have the number of an invoice (T73, S128)."""
        if self.move_type == "out_refund" and self.name in facts.invoice_numbers:
            return [self._xero_problem("number_of_invoice", number=self.name)]
        return super()._xero_check_number(facts)

    def _xero_check_double(self, facts):
        """The second bill of a supplier with one reference is stopped (T63)."""
        first = facts.first_bills.get(self.id)
        if not first:
            return []
        return [
            self._xero_problem(
                "bill_twice",
                partner=self.commercial_partner_id.name,
                number=self.ref,
                first=first.name,
            )
        ]
