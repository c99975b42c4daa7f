"""Money: which way payments go, and what becomes of those deleted."""

from odoo import fields, models

#: Cursors of the lists that tell of payments, and of credits set against invoices.
_MONEY_LISTS = ("payment", "invoice", "credit_note")


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    export_payments = fields.Boolean(
        "Send Payments",
        default=True,
        tracking=True,
        help="Of journals whose money is recorded in Odoo first.",
    )
    import_payments = fields.Boolean(
        "Bring Payments From Xero",
        default=True,
        tracking=True,
        help="Payments of documents that Odoo sent are booked here, so that they become"
        " Paid.",
    )
    payment_journal_id = fields.Many2one(
        "account.journal",
        "Journal For Other Accounts",
        domain="[('company_id', '=', company_id),"
        " ('type', 'in', ('bank', 'cash', 'credit'))]",
        help="Books payments from Xero whose account is not mapped to a journal. Do not"
        " import bank statements into it.",
    )
    payment_account_id = fields.Many2one(
        "xero.account",
        "Account For Other Journals",
        domain="[('connection_id', '=', id), ('takes_payments', '=', True)]",
        help="Takes payments of journals without an account of their own in Xero.",
    )
    send_overpayments = fields.Boolean(
        "Create Overpayments In Xero",
        tracking=True,
        help="Money that belongs to no document goes to Xero as an overpayment, which"
        " bears no tax. Otherwise it stays in Odoo, listed, until it is used.",
    )
    payment_deleted = fields.Selection(
        [
            ("ask", "Ask"),
            ("undo", "Undo it in Odoo"),
            ("send", "Send it again"),
        ],
        "Payment Deleted In Xero",
        default="ask",
        required=True,
        tracking=True,
    )
    send_allocations = fields.Boolean(
        "Set Credit Notes Against Invoices",
        default=True,
        tracking=True,
        help="What is reconciled in Odoo is set against each other in Xero.",
    )

    def write(self, vals):
        """Once payments are wanted, those that passed are read again."""
        off = self.filtered(lambda connection: not connection.import_payments)
        result = super().write(vals)
        if vals.get("import_payments") and off:
            self.env["xero.cursor"].sudo().search(
                [
                    ("connection_id", "in", off.ids),
                    ("resource", "in", _MONEY_LISTS),
                ]
            ).write({"watermark": False, "page": 0})
        if vals.get("payment_journal_id"):
            self._retry_arrivals("payment_no_journal")
        return result
