"""Voided or deleted in Xero: made there again only if a person says so (S157, T74)."""

from odoo import models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    def action_xero_create_again(self):
        """Create this document in Xero once more, as a new one."""
        self.ensure_one()
        self.env["xero.connection"]._check_user()
        link = self._xero_link().sudo()
        if link.state != "gone" or self.state != "posted":
            raise UserError(
                self.env._("Only a posted document that is gone in Xero goes again.")
            )
        if self._xero_number_is_burnt(link):
            raise UserError(
                self.env._(
                    "Xero keeps %s as voided. Give the document a new number to send"
                    " it again.",
                    link.xero_number,
                )
            )
        link._supersede()
        return self._xero_send_now()

    def _xero_number_is_burnt(self, link):
        """Whether Xero would refuse its number: it never gives up a voided one's.

        Suppliers' numbers may repeat, and of its own it makes a new one.
        """
        facts = self._xero_facts(link.connection_id)
        unique = self.env["xero.resource"]._get(link.resource).unique_number
        return (
            unique
            and link.xero_status == "VOIDED"
            and self._xero_number(facts) == link.xero_number
        )


class XeroLink(models.Model):
    _inherit = "xero.link"

    def _supersede(self):
        """A new link takes the place of this one, which keeps what was.

        :return: the new link, waiting to be planned
        """
        self.ensure_one()
        self._claim_for_person()
        # One link of a record is live: this one steps aside before the new one is.
        self.superseded_by_id = self
        self.flush_recordset()
        new = self.browse()._ensure_pending(
            self.connection_id, self.resource, [self.res_id], by_user=True
        )
        self.superseded_by_id = new
        self._tell(
            self.env._(
                "It goes to Xero again, as a new document: %s there is gone.",
                self.xero_number or "",
            )
        )
        return new
