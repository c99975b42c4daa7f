"""A payment that Xero deleted: a person says what becomes of it (S205)."""

from odoo import models
from odoo.exceptions import UserError


class XeroNote(models.Model):
    _inherit = "xero.note"

    def _open_deleted_payment(self):
        """The part, with its two buttons."""
        return {
            "type": "ir.actions.act_window",
            "res_model": "xero.part",
            "res_id": self.link_ids[:1].res_id,
            "views": [(self.env.ref("xero_connector.xero_part_view_form").id, "form")],
            "target": "new",
        }

    _open_arrival = _open_deleted_payment


class XeroPart(models.Model):
    _inherit = "xero.part"

    def action_undo_here(self):
        """Undo it in Odoo, too."""
        self.ensure_one()
        link = self._xero_deleted_link()
        self.sudo(False)._undo_here()
        link.env["xero.note"]._settle(link)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_send_again(self):
        """Make it anew in Xero."""
        self.ensure_one()
        link = self._xero_deleted_link()
        link.env["xero.note"]._settle(link)
        link._supersede(by_user=True)
        link.connection_id._wake_plan(by_user=True)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _xero_deleted_link(self):
        """Its link, once the person may settle that it is gone.

        :raises UserError: somebody else did meanwhile
        """
        link = self._xero_claimed_link()
        if link.state != "gone" or not self.wanted:
            raise UserError(self.env._("This is not gone in Xero."))
        return link

    def _xero_claimed_link(self):
        """Its link, once the person may decide about it."""
        connection = self.connection_id
        connection._check_user()
        self.check_access("read")
        links = self.env["xero.link"].sudo()
        link = links._live_for(self, connection).get(self.id, links)
        link._claim_for_person()
        return link
