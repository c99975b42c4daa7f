"""Documents that became ours after their money may have been read: read them again.

A payment on a document that nobody here is passes by. Once the document is linked, it
tells itself which payments and credits stand on it.
"""

from odoo import api, fields, models


class XeroLink(models.Model):
    _inherit = "xero.link"

    def _read_soon(self):
        """Have these read as Xero has them, by the next batch of events."""
        categories = self.env["xero.event"]._categories()
        every = self.env["xero.resource"]._get_resources()
        wanted = self.filtered(
            lambda link: (
                link.xero_id and every[link.resource].webhook_category in categories
            )
        )
        self.env["xero.event"].create(
            [
                {
                    "connection_id": link.connection_id.id,
                    "category": every[link.resource].webhook_category,
                    "xero_id": link.xero_id.lower(),
                    "kind": "LINKED",
                    "received_at": fields.Datetime.now(),
                }
                for link in wanted
            ]
        )
        for connection in wanted.connection_id:
            connection._wake_events()

    def _link_by_hand(self, element, reason):
        result = super()._link_by_hand(element, reason)
        if self._is_document():
            self.sudo()._read_soon()
        return result


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _xero_accepted(self, connection, accepted):
        """What Xero had for a while before we knew may have been paid meanwhile."""
        result = super()._xero_accepted(connection, accepted)
        payments = self.env["xero.cursor"]._of(connection, "payment")
        late = [
            line.link_id
            for line, _element in accepted
            if line.request_id.action == "create"
            and (
                line.outcome == "adopted"
                or (payments.read_at and payments.read_at > line.request_id.sent_at)
            )
        ]
        self.env["xero.link"].union(*late)._read_soon()
        return result
