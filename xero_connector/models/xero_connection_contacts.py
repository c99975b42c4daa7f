"""How customers and suppliers travel: who owns them, what goes, what comes."""

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..lib import contacts, references, sides

#: Options whose change may free what was stopped, or send what was left alone.
_OPTIONS = {
    "account_ref_mode",
    "contact_archive",
    "contact_category_ids",
    "contact_conflict",
    "contact_direction",
    "contact_person_mode",
    "contact_update_policy",
    "sync_contact_name",
}

#: What "address and e-mail" lets go.
_ADDRESS_AND_EMAIL = {"email", "postal", "street"}
_PERSON = {"first_name", "last_name"}


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    contact_direction = fields.Selection(
        [
            ("out", "From Odoo to Xero"),
            ("in", "From Xero to Odoo"),
            ("both", "Both ways"),
        ],
        "Customers And Suppliers Go",
        default="out",
        required=True,
        tracking=True,
    )
    contact_category_ids = fields.Many2many(
        "res.partner.category",
        string="Only These Groups",
        tracking=True,
        help="Contacts with one of these tags go when they are saved, and no others."
        " Without a group, a contact goes with its first document.",
    )
    contact_default_category_id = fields.Many2one(
        "res.partner.category",
        "Group Of New Contacts",
        tracking=True,
        help="Contacts that come from Xero get this tag. Without it none are created.",
    )
    contact_update_policy = fields.Selection(
        [
            ("never", "Nothing"),
            ("address", "Address and e-mail"),
            ("full", "Everything but the name"),
        ],
        "Changes In Odoo Update",
        default="address",
        required=True,
        tracking=True,
        help="A change goes to Xero only where Xero's side did not change too.",
    )
    sync_contact_name = fields.Boolean(
        "Names Too",
        tracking=True,
        help="A name changed in Odoo is changed in Xero, also on filed documents.",
    )
    contact_person_mode = fields.Selection(
        [("none", "No"), ("primary", "The first contact person")],
        "Contact Person",
        default="none",
        required=True,
        tracking=True,
        help="The person and their e-mail become the primary person in Xero.",
    )
    account_ref_mode = fields.Selection(
        [
            ("partner", "The contact's reference, where it has one"),
            ("generate", "Made from the name where it has none"),
            ("required", "Typed by people; without one it does not go"),
        ],
        "Account Reference",
        default="partner",
        required=True,
        tracking=True,
    )
    account_ref_pattern = fields.Char(
        "Format",
        default=references.DEFAULT,
        tracking=True,
        help="{letters:3} are letters of the name, {number:4} the number: DAR0001.",
    )
    update_partner_ref = fields.Selection(
        [
            ("never", "Never"),
            ("empty", "Where it is empty"),
            ("always", "Always"),
        ],
        "Write It Into The Contact's Reference",
        default="empty",
        required=True,
        tracking=True,
    )
    contact_conflict = fields.Selection(
        [
            ("ask", "Ask"),
            ("odoo", "Odoo's value counts"),
            ("xero", "Xero's value counts"),
        ],
        "When Both Sides Changed",
        default="ask",
        required=True,
        tracking=True,
    )
    contact_currency_id = fields.Many2one(
        "res.currency",
        "Currency Of New Contacts",
        tracking=True,
        help="Given to contacts that Odoo creates in Xero.",
    )
    contact_archive = fields.Boolean(
        "Archive On Both Sides",
        tracking=True,
        help="A contact archived on one side is archived on the other. Xero lets only"
        " people restore them.",
    )

    # === CONSTRAINS METHODS === #

    @api.constrains("account_ref_pattern")
    def _check_account_ref_pattern(self):
        for connection in self:
            try:
                references.Pattern(connection.account_ref_pattern)
            except references.PatternError as error:
                raise ValidationError(
                    self.env._(
                        "The format needs a number such as {number:4}, and may have"
                        " letters of the name such as {letters:3}, each once."
                    )
                ) from error

    @api.constrains("contact_category_ids")
    def _check_contact_categories(self):
        for connection in self:
            connection.contact_category_ids._xero_check_not_mixed()

    # === CRUD METHODS === #

    def write(self, vals):
        result = super().write(vals)
        if not _OPTIONS.isdisjoint(vals):
            self._retry_blocked()
        if vals.get("contact_category_ids"):
            for connection in self:
                connection._send_groups()
        return result

    def _send_groups(self):
        """Contacts of groups that were chosen just now go."""
        partners = self.env["res.partner"].sudo()
        found = partners.search([("category_id", "in", self.contact_category_ids.ids)])
        if found and self.tenant_id:
            self.env["xero.change"]._collect(found, self.ids, by_user=True)

    # === WHAT TRAVELS === #

    @api.model
    @tools.ormcache()
    def _contact_group_ids(self):
        """Ids of the tags whose contacts go when they are saved, in any connection."""
        return frozenset(
            self.sudo().search([("tenant_id", "!=", False)]).contact_category_ids.ids
        )

    def _contact_rules(self):
        """Which fields of a contact may be written on which side, and who wins.

        :rtype: lib.sides.Rules
        """
        self.ensure_one()
        everything = set(contacts.FIELDS) - self._contact_left_out()
        out = self.contact_direction in ("out", "both")
        into = self.contact_direction in ("in", "both")
        return sides.Rules(
            sendable=frozenset(self._contact_sendable(everything) if out else ()),
            takeable=frozenset(everything if into else everything & {"archived"}),
            winner=self.contact_conflict,
            same=contacts.same,
        )

    def _contact_left_out(self):
        """Fields that the options keep from travelling at all."""
        left_out = set() if self.contact_person_mode == "primary" else set(_PERSON)
        return left_out | (set() if self.contact_archive else {"archived"})

    def _contact_sendable(self, everything):
        policies = {
            "never": set(),
            "address": everything & _ADDRESS_AND_EMAIL,
            "full": everything - {"name"},
        }
        names = {"name"} if self.sync_contact_name else set()
        return policies[self.contact_update_policy] | names | everything & {"archived"}
