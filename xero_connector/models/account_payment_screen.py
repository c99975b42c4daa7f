"""What people see of Xero on a payment: where its money stands, and what to do."""

from odoo import fields, models
from odoo.fields import Domain


class AccountPayment(models.Model):
    _inherit = "account.payment"

    xero_words = fields.Char("Xero", compute="_compute_xero_words")
    xero_is_there = fields.Boolean("In Xero", compute="_compute_xero_words")

    def _compute_xero_words(self):
        for payment in self:
            parts = payment._xero_parts()
            links = parts._xero_live_links()
            payment.xero_words = parts and parts._xero_words(links)
            payment.xero_is_there = any(link.xero_id for link in links)

    def _xero_parts(self):
        """What of this payment's money settles documents, or belongs to none."""
        self.ensure_one()
        money = Domain(
            [
                ("kind", "in", ("payment", "overpayment")),
                ("account_id", "=", False),
                ("wanted", "=", True),
            ]
        )
        own = Domain("payment_id", "=", self._origin.id)
        if self.move_id:
            own |= Domain("counterpart_move_id", "=", self.move_id.id)
        return self.env["xero.part"].sudo().search(money & own)

    def action_xero_open(self):
        """Open it in Xero, in another tab."""
        links = self._xero_parts()._xero_live_links()
        return links.filtered("xero_id")[:1].action_open_in_xero()


class XeroPart(models.Model):
    _inherit = "xero.part"

    def _xero_live_links(self):
        links = self.env["xero.link"].sudo()
        return links.union(*links._live_for(self, self.connection_id[:1]).values())

    def _xero_words(self, links):
        """What became of one payment's money in Xero (T42, T44, T45).

        :param links: of those of these parts that go there
        """
        stopped = links.filtered(lambda link: link.note_id.state == "open")[:1]
        if stopped:
            return stopped.note_id.message
        if len(links) < len(self):
            return self._xero_words_unsent()
        if links.filtered(lambda link: link.state != "synced"):
            return self.env._("On its way to Xero.")
        found = self.env._("In Xero on %s.", self.journal_id[:1].name)
        batches = {(link.snapshot or {}).get("batch") for link in links}
        if len(links) > 1 and len(batches) == 1 and all(batches):
            found = self.env._(
                "In Xero as one batch of %(count)s, %(total)s, so that it matches one"
                " bank line. Undoing it undoes all %(count)s.",
                count=len(links),
                total=self.currency_id[:1].format(sum(self.mapped("amount"))),
            )
        return f"{found} {self._xero_words_reconciled()}"

    def _xero_words_unsent(self):
        journal = self.journal_id[:1]
        if journal.xero_money_owner != "xero":
            return False
        return self.env._(
            "Noted in Odoo. %s is read in Xero, so this payment is not sent; it will be"
            " linked when the bank line is reconciled there.",
            journal.name,
        )

    def _xero_words_reconciled(self):
        if all(part.reconciled for part in self):
            return self.env._("It is reconciled with the bank there.")
        return self.env._(
            "It is not reconciled with the bank there yet: in Xero press OK on the"
            " green match; do not add a new transaction."
        )
