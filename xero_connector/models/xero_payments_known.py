"""Payments that Odoo knows already: what becomes of them when Xero's change."""

from odoo import models

from .xero_arrival import Arrival
from .xero_look import STALE


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _apply_known(self, element, link, part):
        """One that we sent, booked or undid: only its end and the bank matter.

        What Odoo itself is just changing there is looked at afterwards.
        """
        if link.request_id:
            return Arrival(element, "busy", part)
        if element.get("Status") in STALE:
            return self._apply_deletion(element, link, part)
        part.reconciled = bool(element.get("IsReconciled"))
        return Arrival(element, "known", part)

    def _apply_deletion(self, element, link, part):
        """Deleted in Xero: as the setting says; never resurrected by itself (S205).

        The credit of a write-off is never undone by itself: the payment stays there.
        """
        theirs = (link.snapshot or {}).get("theirs")
        is_write_off = part.kind == "allocation" and part.account_id
        rule = self.payment_deleted
        link._set_gone("DELETED")
        self.env["xero.note"].sudo()._settle(link)
        if not part.wanted:
            return Arrival(element, "deleted", part)
        if rule == "undo" and not is_write_off:
            part._undo_here()
            return Arrival(element, "undone", part)
        if rule == "send" and not theirs:
            link._supersede()
            self.sudo()._wake_plan()
            return Arrival(element, "deleted", part)
        problem = part._xero_problem("payment_deleted_there")
        self.env["xero.note"].sudo()._raise(self, [(link, problem, None)])
        return Arrival(element, "deleted", part)


class XeroPart(models.Model):
    _inherit = "xero.part"

    def _undo_here(self):
        """Cancel the payment in Odoo, as Xero deleted it; what settles other documents,
        too, only lets go of this one."""
        payment = self.payment_id or self.counterpart_move_id.origin_payment_id
        if payment and not self._settles_others():
            payment.action_draft()
            payment.action_cancel()
        elif self.counterpart_move_id:
            self._let_go()
        else:
            payment.invoice_ids -= self.document_id
        self.sudo().wanted = False

    def _settles_others(self):
        """Whether the same money settles another document."""
        same = self.sudo().search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("counterpart_move_id", "=", self.counterpart_move_id.id),
                ("payment_id", "=", self.payment_id.id),
                ("kind", "=", self.kind),
                ("wanted", "=", True),
            ]
        )
        return bool(same - self)

    def _let_go(self):
        """Take its document and what settles it apart."""
        lines = self.document_id.line_ids
        partials = lines.matched_debit_ids | lines.matched_credit_ids
        partials.filtered(
            lambda each: (
                self.counterpart_move_id
                in (each.debit_move_id | each.credit_move_id).move_id
            )
        ).unlink()
