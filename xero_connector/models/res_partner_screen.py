"""What people see and do on a contact: compare, link, send."""

import math

from odoo import api, fields, models
from odoo.tools import LazyTranslate

from ..lib import contacts, sides

_lt = LazyTranslate(__name__)

#: Contacts in one call.
_BATCH = 50

_LABELS = {
    "name": _lt("Name"),
    "email": _lt("E-mail"),
    "first_name": _lt("First name"),
    "last_name": _lt("Last name"),
    "account_number": _lt("Account reference"),
    "tax_number": _lt("Tax number"),
    "company_number": _lt("Company number"),
    "phone": _lt("Phone"),
    "postal": _lt("Postal address"),
    "street": _lt("Delivery address"),
    "sales_terms": _lt("Payment terms, sales"),
    "bills_terms": _lt("Payment terms, bills"),
    "archived": _lt("Archived"),
}


class ResPartner(models.Model):
    _inherit = "res.partner"

    xero_export = fields.Boolean(
        compute="_compute_xero_export",
        compute_sudo=True,
        help="Whether the contact can be sent to Xero or linked there.",
    )

    @api.depends_context("company")
    @api.depends("xero_link_ids.xero_id", "parent_id")
    def _compute_xero_export(self):
        connected = self.env.company._xero_connection()
        for partner in self:
            wanted = connected and not partner.xero_id and partner._xero_is_account()
            partner.xero_export = bool(wanted)

    @api.model
    def _xero_field_labels(self):
        """What people call the fields of ``lib.contacts``."""
        return {name: self.env._(label) for name, label in _LABELS.items()}

    # === LINKING BY HAND === #

    @api.model
    def _xero_search_parameters(self, search):
        """Contacts by words, archived ones too, with what tells them apart."""
        return super()._xero_search_parameters(search) | {"include_archived": True}

    @api.model
    def _xero_candidate(self, element):
        """A contact with what tells it from others: number, e-mail, town."""
        towns = {address.get("City") for address in element.get("Addresses") or ()}
        details = [element.get("AccountNumber"), element.get("EmailAddress"), *towns]
        return {
            "name": element.get("Name"),
            "detail": " · ".join(filter(None, details)),
            "status": element.get("ContactStatus"),
        }

    def _xero_agree_by_hand(self, link, element):
        """What each side holds, from which on only changes travel."""
        connection = link.connection_id
        worker = self.with_env(connection._as_worker().env)
        facts = worker._xero_facts(connection)
        values = self._xero_link_values(element)
        seen = values["snapshot"]["seen"]
        here, there = sides.first_agreement(worker._xero_flat(facts), seen, facts.rules)
        values["snapshot"] |= {"here": here, "there": there}
        self.env["xero.mirror"].sudo()._of(
            connection, "contact", [values["xero_id"]]
        ).unlink()
        # The plan carries what only one side knows.
        return values | {"state": "pending", "waiting_for": "plan", "by_user": True}

    # === ACTIONS === #

    def _xero_send_now(self):
        """Say how many calls it takes (S32)."""
        accounts = self.commercial_partner_id
        super()._xero_send_now()
        return self.env["xero.connection"]._notify(
            self.env._(
                "%(count)s contacts go to Xero in %(calls)s calls.",
                count=len(accounts),
                calls=math.ceil(len(accounts) / _BATCH),
            )
        )

    def action_xero_compare(self):
        """Show both sides of this contact; or look for it in Xero."""
        self.ensure_one()
        self.env["xero.connection"]._check_user()
        link = self._xero_link()
        if not link.xero_id:
            return self.action_xero_look_up()
        wizard = self.env["xero.contact.compare"].create({"link_id": link.id})
        return wizard._open()

    def action_xero_look_up(self):
        """Look for this contact in Xero and link it (S54)."""
        self.ensure_one()
        self.env["xero.connection"]._check_user()
        connection = self.env.company._xero_connection()
        link = (
            self.env["xero.link"]
            .sudo()
            ._ensure_pending(connection, "contact", self.commercial_partner_id.ids)
        )
        wizard = self.env["xero.link.existing"].create({"link_id": link.id})
        return wizard._reopen()


class XeroNote(models.Model):
    _inherit = "xero.note"

    opens = fields.Selection(
        selection_add=[("match", "Decide"), ("compare", "Compare")]
    )

    def _open_match(self):
        """The contacts in Xero that may be this one."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_connector.xero_match_action"
        )
        partners = self.link_ids.filtered(lambda link: link.res_model == "res.partner")
        domain = [("partner_id", "in", partners.mapped("res_id"))]
        return dict(action, domain=domain)

    def _open_compare(self):
        """Both sides of the contact."""
        return self.env["res.partner"].browse(self.res_id).action_xero_compare()


def shown(value, env):
    """A value of ``lib.contacts`` for people."""
    if value == "yes":
        return env._("Yes")
    return contacts.shown(value)
