"""What people type into an invoice, bill or credit note: a change of it is a change."""

from odoo import models

#: What a document itself says, whatever it is mapped to.
_OWN = (
    "name",
    "ref",
    "invoice_origin",
    "payment_reference",
    "narration",
    "invoice_date",
    "date",
    "invoice_date_due",
    "amount_untaxed",
    "amount_tax",
    "amount_total",
    "invoice_currency_rate",
)

_OWN_LINE = (
    "id",
    "name",
    "quantity",
    "price_unit",
    "discount",
    "display_type",
    "analytic_distribution",
    "deductible_amount",
)


class AccountMove(models.Model):
    _inherit = "account.move"

    def _xero_own_values(self):
        found = [repr(self[name]) for name in _OWN]
        found += [self.partner_id.id, self.currency_id.id]
        for line in self.invoice_line_ids.sorted(lambda line: (line.sequence, line.id)):
            found += [repr(line[name]) for name in _OWN_LINE]
            found += [line.account_id.id, line.product_id.id, line.tax_ids.ids]
        taxes = self.line_ids.filtered("tax_repartition_line_id")
        found += sorted(
            [line.tax_repartition_line_id.id, line.amount_currency] for line in taxes
        )
        return found

    def _xero_was_sent_out(self):
        return self.is_move_sent
