"""One part of what settles a document: the record behind one Xero object.

A part is named by what it settles and by what settles it, never by a partial
reconciliation, which Odoo deletes and makes anew. Its amount is the money that reached
the bank, not what was settled (T40).
"""

from odoo import api, fields, models
from odoo.fields import Domain

from .account_move import SALES

KINDS = [
    ("payment", "Payment"),
    ("credit_note", "Credit note of a write-off"),
    ("allocation", "Credit set against an invoice"),
    ("overpayment", "Money without a document"),
]

#: Which kinds are which resource.
RESOURCES = {
    "payment": "payment",
    "credit_note": "write_off",
    "allocation": "allocation",
    "overpayment": "overpayment",
}

#: What makes a part the same part; a payment counts only where there is no entry.
_KEY = (
    "document_id",
    "kind",
    "counterpart_move_id",
    "payment_id",
    "account_id",
    "tax_id",
)


class XeroPart(models.Model):
    _name = "xero.part"
    _description = "Part Of A Settlement"
    _inherit = ["xero.sync.mixin"]
    _order = "document_id desc, id"

    connection_id = fields.Many2one(
        "xero.connection", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    document_id = fields.Many2one(
        "account.move", readonly=True, ondelete="set null", index=True
    )
    counterpart_move_id = fields.Many2one(
        "account.move",
        "Settled By",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    payment_id = fields.Many2one(
        "account.payment", readonly=True, ondelete="set null", index="btree_not_null"
    )
    account_id = fields.Many2one(
        "account.account",
        "Written Off To",
        readonly=True,
        help="Of the part that did not reach the bank.",
    )
    tax_id = fields.Many2one("account.tax", readonly=True)
    journal_id = fields.Many2one("account.journal", readonly=True)
    method_line_id = fields.Many2one("account.payment.method.line", readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary(readonly=True, help="In the document's currency.")
    tax_amount = fields.Monetary(readonly=True, help="Of a write-off, within it.")
    settled = fields.Monetary(
        readonly=True, help="What it settles of the document, write-offs included."
    )
    bank_currency_id = fields.Many2one("res.currency", readonly=True)
    bank_amount = fields.Monetary(
        readonly=True,
        currency_field="bank_currency_id",
        help="The money on the bank's line.",
    )
    company_amount = fields.Float(
        readonly=True, digits=0, help="The same in the company's currency."
    )
    date = fields.Date(readonly=True, help="Of the entry.")
    reference = fields.Char(readonly=True)
    open_write_offs = fields.Json(
        readonly=True, help="What is written off without a rule: account, amount."
    )
    obstacle = fields.Char(
        readonly=True, help="Why no payment in Xero can stand for it: a cause."
    )
    wanted = fields.Boolean(
        default=True, readonly=True, help="It still settles the document in Odoo."
    )
    reconciled = fields.Boolean(
        "Reconciled In Xero", readonly=True, help="With the bank's line there."
    )

    _key_uniq = models.UniqueIndex(
        "(connection_id, document_id, kind, COALESCE(counterpart_move_id, 0),"
        " COALESCE(CASE WHEN counterpart_move_id IS NULL THEN payment_id END, 0),"
        " COALESCE(account_id, 0), COALESCE(tax_id, 0))"
        " WHERE document_id IS NOT NULL AND"
        " (counterpart_move_id IS NOT NULL OR payment_id IS NOT NULL)",
    )

    @api.depends("document_id", "amount", "currency_id")
    def _compute_display_name(self):
        for part in self:
            name = part.sudo()._xero_subject().name or self.env._("deleted document")
            amount = part.currency_id.format(part.amount)
            part.display_name = f"{name} · {amount}"

    @api.model
    def _search_display_name(self, operator, value):
        return Domain("document_id.name", operator, value)

    # === KEY === #

    def _key(self):
        """What makes a part the same part, whatever was reconciled anew meanwhile."""
        return key_of({name: plain(self[name]) for name in _KEY})

    def _xero_subject(self):
        """The record that this one part is about."""
        return self.document_id

    # === SCOPE === #

    def _xero_shown_connections(self):
        connections = self.env["xero.connection"]
        ids = {connections._id_for_company(each.id) for each in self.env.companies}
        return connections.browse(ids - {False})

    def _xero_concerned(self):
        return [
            (connection._live_ids() and connection.ids, parts)
            for connection, parts in self.grouped("connection_id").items()
        ]

    def _xero_resource(self):
        return RESOURCES[self.kind]

    def _xero_partner(self):
        return self.document_id.commercial_partner_id

    def _xero_in_scope(self, connection, by_user=False, linked=False):
        """Parts that Odoo is to create: of money that it records first (N25), on
        documents that go to Xero or are there."""
        wanted = self.filtered(
            lambda part: part.wanted and part._xero_is_recorded_here()
        )
        kept = wanted.document_id.filtered_domain(connection._document_filter())
        links = self.env["xero.link"].sudo()._live_for(wanted.document_id, connection)
        there = {res_id for res_id, link in links.items() if link.xero_id}
        return wanted.filtered(
            lambda part: (
                part.document_id.id in there
                or (part.document_id in kept and part._xero_is_sent(connection))
            )
        )

    def _xero_is_sent(self, connection):
        """Whether documents of this kind go to Xero."""
        sales = self.document_id.move_type in SALES
        return connection.send_invoices if sales else connection.send_bills

    def _xero_is_recorded_here(self):
        """Whether Odoo may create it in Xero (I14)."""
        connection = self.connection_id
        if self._xero_is_offset():
            return connection.send_allocations
        return connection.export_payments and (
            bool(self.obstacle)
            or self.contra
            or self.journal_id._xero_records(self.date)
        )

    def _xero_is_offset(self):
        """Whether no money moves: one document of a customer is set against another."""
        return self.kind == "allocation" and not self.account_id


def key_of(values):
    """The key of a part with these values.

    :param dict values: ids, False where there is none
    """
    by_entry = {"payment_id": False} if values["counterpart_move_id"] else {}
    return tuple((values | by_entry)[name] for name in _KEY)


def plain(value):
    """A field's value as it is written: the id of a record."""
    return value.id if isinstance(value, models.BaseModel) else value
