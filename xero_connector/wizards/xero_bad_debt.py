"""A debt that was written off by a journal entry, as a credit note (T53).

Xero takes no journals on customers' accounts. The entry is reversed in Odoo and a
credit note on its account takes its place, which then goes to Xero like any other.
"""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

_REFUNDS = {"out_invoice": "out_refund", "in_invoice": "in_refund"}

_PARTNERS = ("asset_receivable", "liability_payable")


class XeroBadDebt(models.TransientModel):
    _name = "xero.bad.debt"
    _description = "Credit Note For A Written-Off Debt"

    note_id = fields.Many2one("xero.note", required=True, readonly=True)
    entry_id = fields.Many2one(
        "account.move", "Journal Entry", compute="_compute_entry_id"
    )
    account_id = fields.Many2one("account.account", compute="_compute_entry_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    relief = fields.Selection(
        [
            ("yes", "Tax relief is allowed: the tax is credited too"),
            ("no", "No tax relief: all of it is a loss, without tax"),
        ],
        "Tax",
        required=True,
        default="no",
    )

    @api.depends("note_id")
    def _compute_entry_id(self):
        for debt in self:
            note = debt.note_id
            entry = self.env["account.move"].browse(note.res_id).exists()
            debt.entry_id = entry if note.cause == "closed_by_entry" else False
            accounts = debt.entry_id.line_ids.account_id.filtered(
                lambda account: account.account_type not in _PARTNERS
            )
            debt.account_id = accounts[:1]

    def action_make(self):
        """Reverse the entry and credit what it closed, by the rights of who asks.

        :return: opens the credit notes
        """
        self.ensure_one()
        self.env["xero.connection"]._check_manager()
        closed = self._closed()
        if not closed or not self.account_id:
            raise UserError(self.env._("The entry closes nothing any more."))
        self.entry_id._reverse_moves([{"date": self.date}], cancel=True)
        refunds = self.env["account.move"]
        for document, amount in closed:
            refunds |= self._credit(document, amount)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Credit notes"),
            "res_model": "account.move",
            "domain": [("id", "in", refunds.ids)],
            "views": [(False, "list"), (False, "form")],
        }

    def _closed(self):
        """Documents that the entry closes: (document, how much of it)."""
        parts = self.env["xero.part"].search(
            [
                ("connection_id", "=", self.note_id.connection_id.id),
                ("counterpart_move_id", "=", self.entry_id.id),
                ("obstacle", "=", "closed_by_entry"),
                ("wanted", "=", True),
            ]
        )
        documents = [(part.document_id, part.settled) for part in parts]
        return [pair for pair in documents if pair[0].move_type in _REFUNDS]

    def _credit(self, document, amount):
        """A posted credit note of this amount, set against the document."""
        refund = self.env["account.move"].create(
            {
                "move_type": _REFUNDS[document.move_type],
                "partner_id": document.partner_id.id,
                "currency_id": document.currency_id.id,
                "invoice_date": self.date,
                "date": self.date,
                "ref": document.name,
                "reversed_entry_id": document.id,
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    Command.create(values) for values in self._lines(document, amount)
                ],
            }
        )
        refund.action_post()
        lines = (document | refund).line_ids.filtered(
            lambda line: line.account_id.account_type in _PARTNERS
        )
        lines.filtered(lambda line: not line.reconciled).reconcile()
        return refund

    def _lines(self, document, amount):
        """Its share of each rate of the document, or all of it without tax."""
        own = {"account_id": self.account_id.id, "quantity": 1}
        own["name"] = f"{self.account_id.name} · {document.name}"
        if self.relief == "no":
            return [own | {"price_unit": amount, "tax_ids": [Command.clear()]}]
        share, totals = amount / document.amount_total, {}
        for line in document.invoice_line_ids.filtered("price_total"):
            included = any(line.tax_ids.mapped("price_include"))
            price = line.price_total if included else line.price_subtotal
            totals[line.tax_ids] = totals.get(line.tax_ids, 0) + price
        return [
            own
            | {
                "price_unit": document.currency_id.round(price * share),
                "tax_ids": [Command.set(taxes.ids)],
            }
            for taxes, price in totals.items()
        ]
