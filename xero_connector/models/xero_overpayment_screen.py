"""Money without a document, as people see it: on the payment, and in a list."""

from odoo import api, fields, models

from ..lib import scopes


class XeroPart(models.Model):
    _inherit = "xero.part"

    words = fields.Char("What It Is", compute="_compute_words")
    may_create = fields.Boolean(compute="_compute_words")

    @api.depends("amount", "wanted", "counterpart_move_id", "xero_link_ids.state")
    def _compute_words(self):
        for part in self:
            part.may_create = (
                part.kind == "overpayment"
                and part.wanted
                and not part.obstacle
                and not part.xero_state
                and part._xero_is_recorded_here()
            )
            part.words = part._unapplied_words() if part.kind == "overpayment" else ""

    def _unapplied_words(self):
        """What it is and what becomes of it (T50)."""
        values = {
            "amount": self.currency_id.format(self.amount),
            "entry": self.counterpart_move_id.name,
        }
        if self.xero_state == "synced":
            return self.env._(
                "%(amount)s of %(entry)s was in no document: it is an overpayment in"
                " Xero, and is used from there.",
                **values,
            )
        return self.env._(
            "%(amount)s of %(entry)s belongs to no invoice. It stays in Odoo until you"
            " use or refund it.",
            **values,
        )

    def action_open_payment(self):
        """Open the payment, or the entry of the bank's line."""
        self.ensure_one()
        record = self.payment_id or self.counterpart_move_id
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }


class AccountPayment(models.Model):
    _inherit = "account.payment"

    xero_unapplied_id = fields.Many2one(
        "xero.part", compute="_compute_xero_unapplied", compute_sudo=False
    )
    xero_unapplied_words = fields.Char(compute="_compute_xero_unapplied")
    xero_may_create = fields.Boolean(compute="_compute_xero_unapplied")

    @api.depends("move_id")
    @api.depends_context("uid", "company")
    def _compute_xero_unapplied(self):
        """What of it belongs to no document, for those who may see it."""
        parts = self.env["xero.part"]
        found = {}
        if self.env.user.has_group("xero_connector.group_user"):
            domain = [
                ("kind", "=", "overpayment"),
                ("wanted", "=", True),
                ("counterpart_move_id", "in", self.move_id.ids),
            ]
            found = {each.counterpart_move_id.id: each for each in parts.search(domain)}
        for payment in self:
            part = found.get(payment.move_id.id, parts)
            payment.xero_unapplied_id = part
            payment.xero_unapplied_words = part.words
            payment.xero_may_create = part.may_create

    def action_xero_create_overpayment(self):
        """Have it in Xero as an overpayment: a person asked for it."""
        self.ensure_one()
        return self.xero_unapplied_id.action_xero_send()


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def write(self, vals):
        """What belongs to no document is looked at when the option changes."""
        result = super().write(vals)
        if "send_overpayments" in vals:
            unapplied = [("connection_id", "in", self.ids), ("wanted", "=", True)]
            parts = self.env["xero.part"].sudo().search(unapplied)
            parts._xero_touching().filtered(
                lambda move: move._xero_moves_money()
            )._xero_touch()
        return result

    def _wanted_scopes(self):
        """Bank transactions only where overpayments are made (xero-api.md, 1)."""
        wanted = super()._wanted_scopes()
        if self.send_overpayments and scopes.missing(wanted, scopes.BANK):
            return f"{wanted} {scopes.BANK}"
        return wanted
