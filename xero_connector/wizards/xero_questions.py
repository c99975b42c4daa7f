"""What onboarding must ask; everything else has a safe default."""

from odoo import Command, api, fields, models
from odoo.fields import Domain

from ..models.account_journal import MONEY, OWNERS


class XeroQuestions(models.TransientModel):
    """From which date, and what: each answer sets several options."""

    _name = "xero.questions"
    _description = "Questions After Connecting"

    connection_id = fields.Many2one("xero.connection", required=True, readonly=True)
    money = fields.Selection(
        [
            ("xero", "In Xero, against the bank feed"),
            ("odoo", "In Odoo"),
            ("account", "It depends on the account"),
        ],
        "Where do you reconcile the bank?",
        default="xero",
        required=True,
    )
    journal_ids = fields.One2many("xero.questions.journal", "questions_id")
    filed_up_to = fields.Date("Last return filed ends on")
    date_from = fields.Date("First document date", required=True)
    opening = fields.Selection(
        [
            (
                "link",
                "They are in Xero already: find them, so that payments can follow",
            ),
            ("leave", "Leave them alone"),
        ],
        "Invoices before that are still open",
        required=True,
        default="link",
    )
    open_count = fields.Integer(compute="_compute_words")
    send_invoices = fields.Boolean("Sales invoices and credit notes")
    send_bills = fields.Boolean("Supplier bills and credits")
    words = fields.Char(compute="_compute_words")

    @api.model
    def default_get(self, fields_list):
        """What the connection has; the date as Xero's and Odoo's locks suggest."""
        values = super().default_get(fields_list)
        connection = self.env["xero.connection"].browse(values.get("connection_id"))
        if connection:
            values |= {
                "filed_up_to": connection._suggested_filed_up_to(),
                "date_from": connection._suggested_date_from(),
                "send_invoices": connection.send_invoices,
                "send_bills": connection.send_bills,
                "money": connection.bank_is_read,
                "journal_ids": [
                    Command.create(
                        {"journal_id": journal.id, "owner": journal.xero_money_owner}
                    )
                    for journal in connection._money_journals()
                ],
            }
        return values

    # === COMPUTE METHODS === #

    @api.depends("date_from", "send_invoices", "send_bills")
    def _compute_words(self):
        """A live count of what the answers mean."""
        for questions in self:
            sent, early, still_open = questions._count()
            questions.open_count = still_open
            questions.words = self.env._(
                "Posted documents that will be sent: %(sent)s. Too early: %(early)s,"
                " of which still open: %(open)s.",
                sent=f"{sent:,}",
                early=f"{early:,}",
                open=f"{still_open:,}",
            )

    def _count(self):
        """How many documents go, are too early, and are too early but still owed."""
        kinds = ["out_invoice", "out_refund"] if self.send_invoices else []
        kinds += ["in_invoice", "in_refund"] if self.send_bills else []
        ours = Domain(
            [
                ("company_id", "in", self.connection_id._company_ids()),
                ("state", "=", "posted"),
                ("move_type", "in", kinds),
            ]
        )
        start = self.date_from
        early = Domain("invoice_date", "<", start) if start else Domain.FALSE
        owed = Domain("amount_residual", "!=", 0)
        count = self.env["account.move"].search_count
        return count(ours & ~early), count(ours & early), count(ours & early & owed)

    @api.onchange("filed_up_to")
    def _onchange_filed_up_to(self):
        """Documents of filed returns stay out."""
        if (
            self.filed_up_to
            and (self.date_from or self.filed_up_to) <= self.filed_up_to
        ):
            self.date_from = fields.Date.add(self.filed_up_to, days=1)

    # === ACTIONS === #

    def action_answer(self):
        """Set the options that follow from the answers."""
        self.ensure_one()
        self.connection_id._check_manager()
        self.connection_id.write(
            {
                "filed_up_to": self.filed_up_to,
                "date_from": self.date_from,
                "send_invoices": self.send_invoices,
                "send_bills": self.send_bills,
                "questions_answered": True,
                "bank_is_read": self.money,
            }
        )
        self._set_owners()
        if self.opening == "link" and self.open_count:
            return self.connection_id.action_link_opening()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _set_owners(self):
        """One owner of each account: banks by the answer, or each as chosen (N25).

        Cash and payment providers begin in Odoo, once they have an account in Xero.
        """
        for line in self.journal_ids:
            journal = line.journal_id.sudo()
            if self.money == "account":
                journal._xero_set_owner(line.owner)
            elif journal.type == "bank" and not journal._xero_is_provider():
                journal._xero_set_owner(self.money)
            else:
                journal._xero_set_owner(False)


class XeroQuestionsJournal(models.TransientModel):
    """Who records the money of one journal first."""

    _name = "xero.questions.journal"
    _description = "Owner Of A Journal's Money"

    questions_id = fields.Many2one("xero.questions", required=True, ondelete="cascade")
    journal_id = fields.Many2one("account.journal", required=True)
    xero_account_id = fields.Many2one(related="journal_id.xero_account_id")
    owner = fields.Selection(OWNERS, "Recorded First In", required=True)


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    bank_is_read = fields.Selection(
        [("xero", "In Xero"), ("odoo", "In Odoo"), ("account", "By account")],
        default="xero",
        required=True,
        readonly=True,
        copy=False,
    )
    questions_answered = fields.Boolean(readonly=True, copy=False)

    def action_ask(self):
        """Open the questions."""
        self.ensure_one()
        self._check_manager()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_connector.xero_questions_action"
        )
        return dict(action, context={"default_connection_id": self.id})

    def _money_journals(self):
        """Bank, cash and card journals of the companies that it serves."""
        return self.env["account.journal"].search(
            [("company_id", "in", self._company_ids()), ("type", "in", MONEY)]
        )

    def _suggested_filed_up_to(self):
        """The later of Xero's lock date and Odoo's tax lock date."""
        known = [
            self.filed_up_to,
            self.sudo().organisation_id.lock_date,
            self.company_id.sudo().tax_lock_date,
        ]
        return max(filter(None, known), default=False)

    def _suggested_date_from(self):
        """The day after, else as it is: the first of the month of connecting (G5)."""
        filed = self._suggested_filed_up_to()
        day_after = fields.Date.add(filed, days=1) if filed else None
        return max(filter(None, [self.date_from, day_after]), default=False)
