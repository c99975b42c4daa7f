"""Who records the money of a bank, cash or provider journal first (N25)."""

from odoo import api, fields, models

OWNERS = [
    ("xero", "Xero"),
    ("odoo", "Odoo"),
    ("none", "Not sent"),
]

#: Journals that money moves through.
MONEY = ("bank", "cash", "credit")


class AccountJournal(models.Model):
    _inherit = "account.journal"

    xero_money_choice = fields.Selection(
        OWNERS, copy=False, help="Who records the money first, as someone chose."
    )
    xero_money_owner = fields.Selection(
        OWNERS,
        "Money Is Recorded First In",
        compute="_compute_xero_money_owner",
        inverse="_inverse_xero_money_owner",
        help="The other side links what it finds there and never creates it: that is"
        " what keeps money from being there twice.",
    )

    @api.depends_context("company")
    @api.depends("xero_money_choice", "type", "inbound_payment_method_line_ids")
    def _compute_xero_money_owner(self):
        """The choice; else Xero for banks, and Odoo for cash and payment providers
        once they have an account in Xero (accounting.md 1.3)."""
        for journal in self:
            journal.xero_money_owner = (
                journal.xero_money_choice or journal._xero_default_owner()
            )

    def _xero_default_owner(self):
        if self.type not in MONEY:
            return "none"
        if self.type == "bank" and not self._xero_is_provider():
            return "xero"
        return "odoo" if self._xero_clearing_account() else "none"

    def _xero_is_provider(self):
        """Whether a payment provider takes money through this journal."""
        lines = self.inbound_payment_method_line_ids
        return "payment_provider_id" in lines._fields and bool(
            lines.sudo().filtered("payment_provider_id")
        )

    def _xero_clearing_account(self):
        """Its account in Xero, for whoever looks."""
        company = self.company_id
        return self.sudo().with_company(company).xero_account_id

    def _inverse_xero_money_owner(self):
        self.env["xero.connection"]._check_manager()
        for journal in self:
            journal.sudo().xero_money_choice = journal.xero_money_owner
            connection = journal.company_id._xero_connection()
            connection._retry_arrivals("payment_owned")
