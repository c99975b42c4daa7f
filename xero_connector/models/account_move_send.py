from odoo import api, models


class AccountMoveSend(models.AbstractModel):
    """Where Xero numbers the invoices, the customer gets none without it (S115)."""

    _inherit = "account.move.send"

    @api.model
    def _get_alerts(self, moves, moves_data):
        alerts = super()._get_alerts(moves, moves_data)
        early = moves.filtered(lambda move: move._xero_waits_for_number())
        if early:
            alerts["xero_connector_number"] = {
                "level": "warning",
                "message": self.env._(
                    "Xero has not numbered these yet: %s. Wait until it has, or the"
                    " customer gets them without the number that Xero shows.",
                    ", ".join(early.mapped("name")),
                ),
            }
        return alerts


class AccountMove(models.Model):
    _inherit = "account.move"

    def _xero_waits_for_number(self):
        """Whether Xero is to number this document and has not yet."""
        connections = self.env["xero.connection"].sudo()
        connection = connections.browse(
            connections._id_for_company(self.company_id.id) or ()
        )
        return (
            connection.number_policy == "xero"
            and not self.xero_id
            and bool(self._xero_in_scope(connection, by_user=True))
        )
