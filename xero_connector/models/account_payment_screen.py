"""What people see of Xero on a payment: where its money stands, and what to do."""

from odoo import fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    xero_words = fields.Char("Xero", compute="_compute_xero_words")
    xero_is_there = fields.Boolean("In Xero", compute="_compute_xero_words")

    def _compute_xero_words(self):
        for payment in self:
            parts = payment._xero_parts()
            links = parts._xero_live_links()
            payment.xero_words = parts._xero_words(links)
            payment.xero_is_there = any(link.xero_id for link in links)

    def _xero_parts(self):
        """What of this payment's money settles documents."""
        self.ensure_one()
        parts = self.env["xero.part"].sudo()
        connection = self.company_id._xero_connection()
        if not (self._origin and connection):
            return parts
        return parts.search(
            [
                ("connection_id", "=", connection.id),
                ("kind", "=", "payment"),
                ("account_id", "=", False),
                "|",
                ("payment_id", "=", self._origin.id),
                ("counterpart_move_id", "in", self.move_id.ids),
            ]
        )

    def action_xero_open(self):
        """Open it in Xero, in another tab."""
        links = self._xero_parts()._xero_live_links()
        return links.filtered("xero_id")[:1].action_open_in_xero()


class XeroPart(models.Model):
    _inherit = "xero.part"

    def _xero_live_links(self):
        links = self.env["xero.link"].sudo()
        return links.union(*links._live_for(self, self.connection_id).values())

    def _xero_words(self, links):
        """What became of one payment's money in Xero (T42, T44, T45).

        :param links: of those of these parts that go there
        """
        stopped = links.filtered(lambda link: link.note_id.state == "open")[:1]
        if stopped:
            return stopped.note_id.message
        wanted = self.filtered("wanted")
        links = links.filtered(lambda link: link.res_id in wanted.ids)
        return wanted._xero_words_wanted(links) if wanted else False

    def _xero_words_wanted(self, links):
        if len(links) < len(self):
            return self._xero_words_unsent()
        if links.filtered(lambda link: link.state == "gone"):
            return self.env._("Deleted in Xero.")
        waiting = links.filtered(lambda link: link.state != "synced")[:1]
        if waiting.xero_id:
            return self.env._("It is being changed in Xero.")
        if waiting:
            return self.env._(
                "Not in Xero yet. %s.", waiting.why or self.env._("It is on its way")
            )
        found = [self._xero_words_there(links), self._xero_words_reconciled()]
        return " ".join(filter(None, found))

    def _xero_words_unsent(self):
        journal = self.journal_id[:1]
        if journal.xero_money_owner != "xero":
            return False
        return self.env._(
            "Noted in Odoo. %s is read in Xero, so this payment is not sent; it will be"
            " linked when the bank line is reconciled there.",
            journal.name,
        )

    def _xero_words_there(self, links):
        batch = (links[0].snapshot or {}).get("batch")
        if not batch:
            return self.env._("In Xero on %s.", self.journal_id[:1].name)
        together = self[0]._xero_of_batch(batch)
        total = sum(float(link.snapshot["amount"]) for link in together.values())
        return self.env._(
            "In Xero as one batch of %(count)s, %(total)s, so that it matches one bank"
            " line. Undoing it undoes all %(count)s.",
            count=len(together),
            total=self.currency_id[:1].format(total),
        )

    def _xero_words_reconciled(self):
        if all(part.reconciled for part in self):
            return self.env._("It is reconciled with the bank there.")
        account = self[0]._xero_account(self._xero_facts(self.connection_id))
        if account.account_type != "BANK":
            return False
        return self.env._(
            "It is not reconciled with the bank there yet: in Xero press OK on the"
            " green match; do not add a new transaction."
        )
