"""Apply: payments of a page, or read by id; what is on its way is read again."""

from odoo import api, models

from .xero_arrival import NEWS


class XeroPart(models.Model):
    _inherit = "xero.part"

    @api.model
    def _xero_apply(self, connection, cursor, page):
        """Apply payments, or money on account, as Xero has them.

        :param cursor: where elements go that cannot be applied just now
        :return: how many brought something new
        """
        book = connection.sudo().import_payments
        if cursor.resource == "payment":
            arrivals = connection._apply_payments(page, book=book)
        else:
            arrivals = connection._apply_money_on_account(page, book=book)
        busy = [each.element for each in arrivals if each.outcome == "busy"]
        cursor._read_again(each.get("OnAccount") or each["PaymentID"] for each in busy)
        return sum(each.outcome in NEWS for each in arrivals)
