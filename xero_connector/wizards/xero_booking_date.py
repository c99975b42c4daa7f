from odoo import fields, models


class XeroBookingDate(models.TransientModel):
    """Send a bill of a closed period with the date on which Odoo books it (T6)."""

    _name = "xero.booking.date"
    _description = "Send A Bill With Its Booking Date"

    note_id = fields.Many2one("xero.note", required=True, readonly=True)
    message = fields.Char(related="note_id.message")

    def action_send(self):
        """The bill goes with its booking date; who decided stands in its history."""
        self.env["xero.connection"]._check_user()
        self.note_id.check_access("read")
        links = self.note_id.sudo().link_ids
        links._claim_for_person()
        links.use_booking_date = True
        links._tell(self.env._("Goes to Xero with its booking date."))
        links.connection_id._retry_blocked([self.note_id.cause_key])
        return {"type": "ir.actions.client", "tag": "soft_reload"}
