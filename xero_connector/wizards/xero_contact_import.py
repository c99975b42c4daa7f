"""Choose contacts of Xero's that shall be in Odoo, too (S33)."""

from odoo import Command, api, fields, models
from odoo.fields import Domain

#: Contacts listed at once; words narrow them.
_SHOWN = 200


class XeroContactImport(models.TransientModel):
    _name = "xero.contact.import"
    _description = "Contacts From Xero"

    connection_id = fields.Many2one(
        "xero.connection",
        required=True,
        readonly=True,
        default=lambda self: self.env.company._xero_connection(),
    )
    words = fields.Char("Look for", help="A name, a reference or an e-mail address.")
    read_at = fields.Datetime(compute="_compute_read_at")
    hidden_count = fields.Integer(readonly=True)
    line_ids = fields.One2many("xero.contact.import.line", "wizard_id")
    done_message = fields.Char(readonly=True)

    def _compute_read_at(self):
        for wizard in self:
            cursors = self.env["xero.cursor"].sudo()
            cursor = cursors._of(wizard.connection_id, "contact")
            wizard.read_at = cursor.read_at

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        for wizard in wizards:
            wizard._fill()
        return wizards

    def _fill(self):
        """List what Xero has and Odoo has not."""
        self.env["xero.connection"]._check_user()
        self.connection_id.check_access("read")
        rows = self.env["xero.mirror"].search(self._domain())
        self.hidden_count = max(0, len(rows) - _SHOWN)
        self.line_ids = [Command.clear()] + [
            Command.create({"mirror_id": row.id}) for row in rows[:_SHOWN]
        ]

    def _domain(self):
        domain = Domain(
            [
                ("connection_id", "=", self.connection_id.id),
                ("resource", "=", "contact"),
                ("merged_to", "=", False),
            ]
        )
        words = (self.words or "").strip()
        if words:
            names = ("name", "account_number", "email", "tax_number")
            domain &= Domain.OR([[(name, "ilike", words)] for name in names])
        return domain

    # === ACTIONS === #

    def action_look(self):
        """List what fits the words."""
        self.ensure_one()
        self._fill()
        return self._open()

    def action_all(self):
        """Tick everything that is listed."""
        self.ensure_one()
        self.line_ids.chosen = True
        return self._open()

    def action_read(self):
        """Read from Xero what changed; the list shows it when that is done."""
        self.connection_id.action_pull()
        return self._open()

    def action_import(self):
        """Bring the ticked contacts to Odoo, and say what became of each."""
        self.ensure_one()
        self.env["xero.connection"]._check_user()
        self.connection_id.check_access("read")
        rows = self.line_ids.filtered("chosen").mirror_id.sudo()
        came = self.sudo().connection_id._import_contacts(rows)
        self.done_message = self.env._(
            "%(came)s of %(count)s are in Odoo now.", came=came, count=len(rows)
        )
        self.line_ids.filtered(lambda line: not line.mirror_id).unlink()
        self.line_ids.chosen = False
        return self._open()

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Contacts from Xero"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }


class XeroContactImportLine(models.TransientModel):
    _name = "xero.contact.import.line"
    _description = "Contact From Xero"

    wizard_id = fields.Many2one(
        "xero.contact.import", required=True, ondelete="cascade"
    )
    chosen = fields.Boolean("Import")
    mirror_id = fields.Many2one("xero.mirror", ondelete="cascade", readonly=True)
    name = fields.Char(related="mirror_id.name")
    account_number = fields.Char(related="mirror_id.account_number")
    email = fields.Char(related="mirror_id.email")
    town = fields.Char(related="mirror_id.town")
    archived = fields.Boolean(related="mirror_id.archived")
    not_imported = fields.Selection(related="mirror_id.not_imported")
    refusal = fields.Char(related="mirror_id.refusal")


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def action_import_contacts(self):
        """List the contacts that only Xero has, to choose from."""
        self.ensure_one()
        values = {"connection_id": self.id}
        return self.env["xero.contact.import"].create(values)._open()

    def _import_contacts(self, rows):
        """Bring contacts that a person chose to Odoo; how many came."""
        rows.wanted = True
        partners = self.env["res.partner"].with_env(self._as_worker().env)
        came = partners._xero_import(self, rows)
        if self._has_work():
            self._wake_plan(by_user=True)
        return came
