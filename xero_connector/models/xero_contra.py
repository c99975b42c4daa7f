"""A customer settled against its own bills: two payments from one account (T54)."""

from odoo import fields, models


class XeroPart(models.Model):
    _inherit = "xero.part"

    contra = fields.Boolean(
        readonly=True,
        help="Its document was set against one of the other side; no money moved.",
    )

    def _is_contra(self, connection, row):
        """Whether both documents are paid from the clearing account that was chosen."""
        return bool(row["is_contra"] and connection.sudo().contra_account_id)


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    contra_account_id = fields.Many2one(
        "xero.account",
        "Account For Mutual Settlements",
        domain="[('connection_id', '=', id), ('takes_payments', '=', True)]",
        tracking=True,
        help="Where Odoo sets a customer's invoice against its own bill, Xero pays both"
        " from this account.",
    )

    def write(self, vals):
        """What was settled so is looked at again with another account."""
        result = super().write(vals)
        if "contra_account_id" in vals:
            settled = self.env["xero.part"].sudo()
            settled = settled.search(
                [
                    ("connection_id", "in", self.ids),
                    ("wanted", "=", True),
                    "|",
                    ("contra", "=", True),
                    ("obstacle", "=", "closed_by_contra"),
                ]
            )
            settled.document_id._xero_touch()
        return result


class XeroNote(models.Model):
    _inherit = "xero.note"

    def _open_contra(self):
        """Choose the account; both payments then go by themselves."""
        self.env["xero.connection"]._check_manager()
        view = self.env.ref("xero_connector.xero_connection_view_form_contra")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Settled against each other"),
            "res_model": "xero.connection",
            "res_id": self.connection_id.id,
            "views": [(view.id, "form")],
            "target": "new",
        }

    def _open_bad_debt(self):
        """Make a credit note in place of the entry; what was not sent yet is shown."""
        if not self.id:
            return self._open_record()
        self.env["xero.connection"]._check_manager()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_connector.xero_bad_debt_action"
        )
        return dict(action, context={"default_note_id": self.id})
