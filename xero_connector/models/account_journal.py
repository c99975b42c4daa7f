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
    xero_money_since = fields.Date(
        "Recorded In Odoo Since",
        copy=False,
        help="Payments dated before are left to Xero, where they were recorded first.",
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
            journal.sudo()._xero_set_owner(journal.xero_money_owner)
            connection = journal.company_id._xero_connection()
            connection._retry_arrivals("payment_owned")

    # === CRUD METHODS === #

    def write(self, vals):
        """Payments before and after another first day are looked at again."""
        result = super().write(vals)
        if "xero_money_since" in vals:
            parts = self.env["xero.part"].sudo()
            wanted = [("journal_id", "in", self.ids), ("wanted", "=", True)]
            parts.search(wanted).document_id._xero_touch()
        return result

    # === BUSINESS METHODS === #

    def _xero_set_owner(self, owner):
        """Who records the money first from now on; False for the default.

        What was recorded elsewhere until today stays there: sent as well, it would be
        there twice.
        """
        self.ensure_one()
        before = self.xero_money_choice or self._xero_default_owner()
        was_elsewhere = before != "odoo" and self._xero_was_used()
        self.xero_money_choice = owner
        after = owner or self._xero_default_owner()
        if after == "odoo" and was_elsewhere:
            self.xero_money_since = fields.Date.context_today(self)

    def _xero_was_used(self):
        """Whether money of it was met, or booked since its owner was chosen."""
        own = [("journal_id", "=", self.id)]
        if self.env["xero.part"].sudo().search_count(own, limit=1):
            return True
        booked = own + [("state", "=", "posted")]
        moves = self.env["account.move"].sudo()
        return bool(self.xero_money_choice and moves.search_count(booked, limit=1))

    def _xero_records(self, date):
        """Whether Odoo recorded money of that day first, so that it is sent."""
        since = self.xero_money_since
        return self.xero_money_owner == "odoo" and not (since and date < since)
