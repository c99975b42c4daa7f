"""A contact here and in Xero, side by side, read when it is opened (S52)."""

import json

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, format_datetime

from ..lib import contacts, errors, wire
from ..models.res_partner_screen import shown


class XeroContactCompare(models.TransientModel):
    _name = "xero.contact.compare"
    _description = "Contact Here And In Xero"

    link_id = fields.Many2one("xero.link", required=True, readonly=True)
    partner_id = fields.Many2one("res.partner", compute="_compute_partner_id")
    linked = fields.Char(compute="_compute_partner_id")
    read_message = fields.Char(readonly=True)
    warning = fields.Char(readonly=True)
    element = fields.Json(readonly=True)
    line_ids = fields.One2many("xero.contact.compare.line", "wizard_id")
    new_xero_id = fields.Char("Xero's ID of another contact")
    reason = fields.Char(help="Kept in the contact's history with your name.")

    # === COMPUTE METHODS === #

    @api.depends("link_id")
    def _compute_partner_id(self):
        for wizard in self:
            link = wizard.link_id
            wizard.partner_id = link.res_id
            since = format_datetime(self.env, link.synced_at, dt_format="short")
            wizard.linked = self.env._("In Xero since %s", since) if since else ""

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        for wizard in wizards:
            self.env["xero.connection"]._check_user()
            wizard.link_id.check_access("read")
            wizard.sudo()._read()
        return wizards

    def _read(self):
        """Read the contact from Xero: one call."""
        link = self.link_id
        contact = self.env["xero.resource"]._get("contact")
        try:
            found = link.connection_id._read_by_id(contact, [link.xero_id])
        except errors.XeroError:
            found = []
        element = found[0] if found else None
        if element:
            self.element = json.loads(wire.dumps(element))
            now = format_datetime(self.env, fields.Datetime.now(), dt_format="short")
            self.read_message = self.env._("Read from Xero %s (1 call).", now)
            self.warning = self._warn(element)
        else:
            known = format_datetime(self.env, link.synced_at, dt_format="short")
            self.read_message = self.env._(
                "Xero did not answer. Here is what we knew on %s.", known
            )
        self.line_ids = [Command.clear()] + [
            Command.create(values) for values in self._lines(element)
        ]

    def _warn(self, element):
        if element.get("MergedToContactID"):
            return self.env._("Merged into another contact in Xero.")
        if element.get("ContactStatus") == "ARCHIVED":
            return self.env._(
                "Archived in Xero. Xero does not let apps restore contacts; restore it"
                " there."
            )
        return False

    # === LINES === #

    def _lines(self, element):
        """Values of the lines: fields that either side fills, then what is owed."""
        partner, facts = self._partner_and_facts()
        ours = partner._xero_flat(facts)
        seen = (self.link_id.snapshot or {}).get("seen") or {}
        theirs = contacts.read(element) if element else seen
        labels = partner._xero_field_labels()
        lines = []
        for name in contacts.FIELDS:
            here, there = ours[name], theirs.get(name, "")
            if contacts.shown(here) or contacts.shown(there):
                differs = not contacts.same(name, here, there)
                lines.append(
                    {
                        "field": name,
                        "label": labels[name],
                        "ours": shown(here, self.env),
                        "theirs": shown(there, self.env),
                        "differs": differs,
                        "choice": "keep" if differs else False,
                    }
                )
        return lines + (self._owed(partner, element) if element else [])

    def _partner_and_facts(self):
        connection = self.link_id.connection_id
        partner = self.env["res.partner"].browse(self.link_id.res_id)
        partner = partner.with_env(connection._as_worker().env)
        return partner, partner._xero_facts(connection)

    def _owed(self, partner, element):
        """What is owed on both sides, for reading only (S55)."""
        company = self.link_id.connection_id.company_id
        partner = partner.with_company(company).sudo()
        balances = element.get("Balances") or {}
        sides = (
            ("AccountsReceivable", self.env._("Owed to us"), "asset_receivable", 1),
            ("AccountsPayable", self.env._("Owed by us"), "liability_payable", -1),
        )
        lines = []
        for side, label, kind, sign in sides:
            there = balances.get(side) or {}
            total, overdue = self._open_amounts(partner, company, kind)
            theirs = (there.get("Outstanding") or 0, there.get("Overdue") or 0)
            for words, our, their in (
                (label, sign * total, theirs[0]),
                (self.env._("%s, overdue", label), sign * overdue, theirs[1]),
            ):
                if our or their:
                    lines.append(self._amount_line(words, our, their, company))
        return lines

    def _amount_line(self, label, ours, theirs, company):
        currency = company.currency_id
        return {
            "label": label,
            "ours": format_amount(self.env, ours, currency),
            "theirs": format_amount(self.env, float(theirs), currency),
            "differs": bool(currency.compare_amounts(ours, float(theirs))),
        }

    def _open_amounts(self, partner, company, kind):
        """What is open on accounts of a kind, and how much of it is overdue."""
        lines = self.env["account.move.line"].sudo()
        domain = [
            ("partner_id", "child_of", partner.id),
            ("company_id", "child_of", company.id),
            ("account_id.account_type", "=", kind),
            ("parent_state", "=", "posted"),
            ("reconciled", "=", False),
        ]
        today = fields.Date.context_today(self)
        total = lines._read_group(domain, [], ["amount_residual:sum"])[0][0]
        late = domain + [("date_maturity", "<", today)]
        overdue = lines._read_group(late, [], ["amount_residual:sum"])[0][0]
        return total or 0.0, overdue or 0.0

    # === ACTIONS === #

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.partner_id.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_apply(self):
        """Do what was chosen on each line."""
        self.ensure_one()
        self.env["xero.connection"]._check_user()
        self.link_id.check_access("read")
        self.sudo()._apply()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _apply(self):
        link = self.link_id
        if not self.element:
            raise UserError(self.env._("Xero did not answer; nothing was changed."))
        link._claim_for_person()
        partner, facts = self._partner_and_facts()
        chosen = {
            choice: [line.field for line in lines if line.field]
            for choice, lines in self.line_ids.filtered("differs")
            .grouped("choice")
            .items()
        }
        link._decide_fields(partner, facts, contacts.read(self.element), chosen)
        self.env["xero.note"]._settle(link)
        link.connection_id._wake_plan(by_user=True)

    def action_open_in_xero(self):
        """Open the contact in Xero, in another tab."""
        return self.link_id.action_open_in_xero()

    def action_link_to_another(self):
        """Link this contact to another one in Xero, by Xero's id (S53)."""
        self.ensure_one()
        connections = self.env["xero.connection"]
        connections._check_manager()
        self.link_id.check_access("read")
        xero_id = (self.new_xero_id or "").strip().lower()
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why; it is kept in the history."))
        self.sudo().link_id._link_by_id(xero_id, self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}


class XeroContactCompareLine(models.TransientModel):
    _name = "xero.contact.compare.line"
    _description = "Field Here And In Xero"

    wizard_id = fields.Many2one(
        "xero.contact.compare", required=True, ondelete="cascade"
    )
    field = fields.Char(readonly=True)
    label = fields.Char(readonly=True)
    ours = fields.Char("Odoo", readonly=True)
    theirs = fields.Char("Xero", readonly=True)
    differs = fields.Boolean(readonly=True)
    choice = fields.Selection(
        [("keep", "Keep both"), ("odoo", "Odoo → Xero"), ("xero", "Xero → Odoo")],
        "After Saving",
    )
