"""Where Xero records the money first, its date is the bank's (T59)."""

from odoo import models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..lib import wire


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _link_payment(self, part, element):
        """The payment that was expected in Odoo takes the bank's date."""
        result = super()._link_payment(part, element)
        day = wire.parse_date(element["Date"])
        if part.date != day and part.journal_id.xero_money_owner == "xero":
            part.with_env(self.env)._take_date(day)
        return result


class XeroPart(models.Model):
    _inherit = "xero.part"

    def _take_date(self, day):
        """Move the payment to the bank's day; a bank line of Odoo's own keeps its."""
        payment = self.payment_id or self.counterpart_move_id.origin_payment_id
        if not payment:
            return
        before = payment.date
        try:
            with self.env.cr.savepoint():
                payment.move_id.with_context(
                    skip_readonly_check=True, skip_is_manually_modified=True
                ).write({"date": day})
                payment.date = day
        except (UserError, ValidationError) as error:
            self._say_date(payment, self._date_kept_words(before, day, error))
            return
        self.sudo().date = day
        self._say_date(payment, self._date_changed_words(before, day))

    def _date_changed_words(self, before, day):
        return self.env._(
            "Date changed from %(before)s to %(day)s, the bank's date.",
            before=format_date(self.env, before),
            day=format_date(self.env, day),
        )

    def _date_kept_words(self, before, day, error):
        return self.env._(
            "The bank's date is %(day)s; %(before)s was kept. %(reason)s",
            before=format_date(self.env, before),
            day=format_date(self.env, day),
            reason=error,
        )

    def _say_date(self, payment, words):
        payment._message_log(body=words)
        self.document_id._message_log(body=words)
