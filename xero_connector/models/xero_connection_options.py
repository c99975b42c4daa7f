"""What of a company's documents goes to Xero, when, and how it looks there."""

from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: Statuses in which a document may be created in Xero.
STATUSES = [
    ("DRAFT", "Draft"),
    ("SUBMITTED", "Awaiting approval"),
    ("AUTHORISED", "Approved"),
]


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    # === WHICH, AND WHEN === #

    send_invoices = fields.Boolean("Sales Invoices", default=True, tracking=True)
    send_bills = fields.Boolean("Bills and Supplier Credits", tracking=True)
    date_from = fields.Date(
        "From",
        default=lambda self: fields.Date.context_today(self).replace(day=1),
        tracking=True,
        help="Documents dated earlier stay out.",
    )
    filed_up_to = fields.Date("Returns Filed Up To", tracking=True)
    trigger = fields.Selection(
        [
            ("post", "When they are posted"),
            ("sent", "When they are marked as sent"),
            ("manual", "Only when someone asks"),
        ],
        "Send Documents",
        default="post",
        required=True,
        tracking=True,
    )
    journal_ids = fields.Many2many(
        "account.journal",
        string="Only These Journals",
        domain="[('company_id', '=', company_id),"
        " ('type', 'in', ('sale', 'purchase'))]",
        help="Documents of other journals stay out. Empty: all journals.",
    )
    document_domain = fields.Char(
        "Only Documents That Match",
        default="[]",
        tracking=True,
        help="Documents that do not match stay out, and out of the preview.",
    )

    # === STATUS AND NUMBERS === #

    invoice_status = fields.Selection(
        STATUSES,
        "Sales Invoices Arrive As",
        default="AUTHORISED",
        required=True,
        tracking=True,
        help="Used once live. A draft takes no payment and is in no report.",
    )
    credit_note_status = fields.Selection(
        STATUSES,
        "Credit Notes Arrive As",
        default="AUTHORISED",
        required=True,
        tracking=True,
    )
    bill_status = fields.Selection(
        STATUSES,
        "Bills and Supplier Credits Arrive As",
        default="AUTHORISED",
        required=True,
        tracking=True,
    )
    number_policy = fields.Selection(
        [
            ("name", "Odoo's number"),
            ("xero", "Xero's own number"),
            ("id", "Odoo's internal id"),
        ],
        "Number in Xero",
        default="name",
        required=True,
        tracking=True,
    )
    due_date_policy = fields.Selection(
        [
            ("odoo", "Odoo's due date"),
            ("invoice_date", "The invoice date"),
            ("days_7", "7 days after the invoice date"),
            ("days_14", "14 days after the invoice date"),
            ("days_30", "30 days after the invoice date"),
            ("twentieth", "The 20th of the invoice's month"),
            ("twentieth_following", "The 20th of the following month"),
        ],
        "Due Date",
        default="odoo",
        required=True,
        tracking=True,
    )
    reference_source = fields.Selection(
        [
            ("customer", "The customer's reference, else the order"),
            ("origin", "The order"),
            ("payment", "The payment reference"),
            ("narration", "The text of the invoice"),
            ("analytic", "The analytic account"),
            ("none", "Nothing"),
        ],
        "Reference",
        default="customer",
        required=True,
        tracking=True,
    )

    # === LINES === #

    default_sale_account_id = fields.Many2one(
        "xero.account",
        "Default Sales Account",
        domain="[('connection_id', '=', id), ('account_class', '=', 'REVENUE')]",
        copy=False,
        tracking=True,
        help="Used for lines whose account is not mapped.",
    )
    default_service_account_id = fields.Many2one(
        "xero.account",
        "Default Account of Services",
        domain="[('connection_id', '=', id), ('account_class', '=', 'REVENUE')]",
        copy=False,
        tracking=True,
        help="Used for services that are sold on an account that is not mapped.",
    )
    default_purchase_account_id = fields.Many2one(
        "xero.account",
        "Default Purchases Account",
        domain="[('connection_id', '=', id), ('account_class', '=', 'EXPENSE')]",
        copy=False,
        tracking=True,
        help="Used for lines of bills whose account is not mapped.",
    )
    narration_line = fields.Boolean("Text of the Invoice as First Line", tracking=True)
    line_description = fields.Selection(
        [
            ("line", "The line's text"),
            ("product", "The product's name"),
            ("product_line", "The product's name, then the line's text"),
        ],
        "Description of Lines",
        default="line",
        required=True,
        tracking=True,
    )
    collapse_quantity = fields.Boolean("Quantity Always 1", tracking=True)
    section_lines = fields.Boolean("Sections as Text Lines", default=True)
    note_lines = fields.Boolean("Notes as Text Lines", default=True)
    deep_link = fields.Boolean("Link Back to Odoo", default=True, tracking=True)
    mark_sent = fields.Boolean("Mark As Sent in Xero", tracking=True)
    attach_pdf = fields.Boolean("Attach the Invoice As PDF", tracking=True)
    attach_supplier = fields.Boolean(
        "Attach the Supplier's Document", default=True, tracking=True
    )

    # === ITEMS AND ACCOUNTS === #

    create_items = fields.Boolean(
        "Products As Items",
        default=True,
        tracking=True,
        help="Products on a sent document become untracked items in Xero.",
    )
    tracked_item_codes = fields.Boolean(
        "Also Items Whose Stock Xero Counts",
        tracking=True,
        help="Sending their code moves Xero's stock as well.",
    )
    item_source = fields.Selection(
        [
            ("product", "The product"),
            ("analytic", "An analytic account"),
            ("none", "No item"),
        ],
        "Item on a Line",
        default="product",
        required=True,
        tracking=True,
    )
    item_plan_id = fields.Many2one(
        "account.analytic.plan", "Analytic Plan of Items", tracking=True
    )
    account_source = fields.Selection(
        [
            ("mapping", "The mapped account"),
            ("item", "The account of the item in Xero"),
            ("segments", "A code made of parts"),
        ],
        "Account on a Line",
        default="mapping",
        required=True,
        tracking=True,
    )
    segment_ids = fields.One2many("xero.account.segment", "connection_id")
    segment_separator = fields.Char("Between Parts", default="-")

    # === CONSTRAINS METHODS === #

    @api.constrains("item_source", "item_plan_id", "account_source", "segment_ids")
    def _check_item_and_account(self):
        """Pairs that make no sense are refused in words (S83)."""
        for connection in self:
            reason = connection._senseless_pair()
            if reason:
                raise UserError(reason)

    def _senseless_pair(self):
        """What is wrong with where items and accounts come from, or None."""
        if self.item_source == "analytic" and not self.item_plan_id:
            return self.env._(
                "Choose the analytic plan whose accounts are items in Xero."
            )
        if self.item_source == "none" and self.account_source == "item":
            return self.env._(
                "Without an item on the line, no item can bring its account. Choose"
                " another source for the account, or put items on lines."
            )
        if self.account_source == "segments" and not self.segment_ids:
            return self.env._("Add at least one part of the account code.")
        return None

    # === WHICH DOCUMENTS === #

    def _document_filter(self):
        """Which documents may go at all, by the filters of this connection (S151).

        :rtype: Domain
        """
        found = Domain(literal_eval(self.document_domain or "[]"))
        if self.journal_ids:
            found &= Domain("journal_id", "in", self.journal_ids.ids)
        return found

    @api.model
    def _deciding_fields(self):
        return super()._deciding_fields() | _OPTIONS


#: Options that decide which documents go, or what they look like.
_OPTIONS = {
    "account_source",
    "attach_pdf",
    "attach_supplier",
    "bill_status",
    "collapse_quantity",
    "create_items",
    "credit_note_status",
    "date_from",
    "deep_link",
    "default_purchase_account_id",
    "default_sale_account_id",
    "default_service_account_id",
    "document_domain",
    "due_date_policy",
    "filed_up_to",
    "invoice_status",
    "item_plan_id",
    "item_source",
    "journal_ids",
    "line_description",
    "mark_sent",
    "narration_line",
    "note_lines",
    "number_policy",
    "reference_source",
    "section_lines",
    "segment_ids",
    "segment_separator",
    "send_bills",
    "send_invoices",
    "tracked_item_codes",
    "trigger",
}
