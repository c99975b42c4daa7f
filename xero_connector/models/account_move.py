"""Documents: when they are looked at, whether they belong in Xero, what people see."""

from odoo import api, fields, models

#: Which documents are which resource.
_RESOURCES = {
    "out_invoice": "invoice",
    "in_invoice": "bill",
    "out_refund": "credit_note",
    "in_refund": "supplier_credit",
}

#: Documents that go to customers.
SALES = ("out_invoice", "out_refund")


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "xero.document"]

    _xero_tracked_fields = frozenset(
        {
            "state",
            "name",
            "is_move_sent",
            "ref",
            "invoice_origin",
            "payment_reference",
            "narration",
            "invoice_date",
            "invoice_date_due",
            "partner_id",
        }
    )

    xero_sendable = fields.Boolean(compute="_compute_xero_sendable")

    # === COMPUTE METHODS === #

    @api.depends_context("company")
    @api.depends("state", "move_type", "xero_state")
    def _compute_xero_sendable(self):
        """Whether 'Send to Xero' makes sense now."""
        for move in self:
            connected = bool(move._xero_shown_connections())
            move.xero_sendable = (
                connected
                and bool(move._xero_resource())
                and move.state == "posted"
                and move.xero_state not in ("synced", "gone")
            )

    @api.depends("xero_link_ids.state", "xero_link_ids.note_id")
    def _compute_alerts(self):
        return super()._compute_alerts()

    def _get_alerts(self):
        """One amber bar: why this document is not in Xero, and what mends it (S220)."""
        alerts = super()._get_alerts()
        note = self._xero_link().note_id if self._xero_may_see() else None
        if note and note.state == "open":
            alerts["xero_connector"] = {
                "level": "warning",
                "message": self.env._(
                    "Not in Xero: %(message)s %(advice)s",
                    message=note.message,
                    advice=note.advice,
                ),
                "action_text": note._mend_label(),
                "action": note._mend_action(),
            }
        return alerts

    # === TOUCH === #

    def _xero_touch(self, by_user=False):
        """Drafts that never went are nobody's business."""
        documents = self.filtered(
            lambda move: (
                move._xero_is_watched()
                and (by_user or move.state != "draft" or move.posted_before)
            )
        )
        return super(AccountMove, documents)._xero_touch(by_user)

    def _xero_is_watched(self):
        """Whether changes of this one move concern Xero."""
        return self.move_type in _RESOURCES

    def _xero_touch_posted(self):
        """Lines of these documents changed; drafts are seen when they are posted."""
        self.filtered(lambda move: move.state == "posted")._xero_touch()

    # === SCOPE === #

    def _xero_resource(self):
        return _RESOURCES.get(self.move_type)

    def _xero_partner(self):
        return self.commercial_partner_id

    def _xero_in_scope(self, connection, by_user=False, linked=False):
        """Posted documents from the start date on, once their trigger fired.

        A document whose every line is zero moves nothing and stays out; a total of
        zero with lines that are not does go (S153, T52).
        """
        wanted = self.filtered(
            lambda move: (
                move._xero_wanted(connection)
                and (linked or by_user or move._xero_triggered(connection))
            )
        )
        return wanted.filtered_domain(connection._document_filter())

    def _xero_wanted(self, connection):
        sales = self.move_type in SALES
        return (
            (connection.send_invoices if sales else connection.send_bills)
            and self.move_type in _RESOURCES
            and self.state == "posted"
            and (not connection.date_from or self.invoice_date >= connection.date_from)
            and any(line.price_unit and line.quantity for line in self.invoice_line_ids)
        )

    def _xero_triggered(self, connection):
        """Whether the document goes by itself now (S137).

        Only sales documents are ever marked as sent.
        """
        if connection.trigger == "sent" and self.move_type in SALES:
            return self.is_move_sent
        return connection.trigger != "manual"
