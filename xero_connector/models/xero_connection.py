"""One Odoo company joined to one Xero organisation: credentials and options.

Written by people, never by jobs; what jobs write often lives in ``xero.token``,
``xero.organisation`` and ``xero.budget``.
"""

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError

from ..fields import Secret
from ..lib import scopes

#: Fields that only the connector's own steps write.
_TECHNICAL = {
    "bound_to",
    "connected_at",
    "connected_by_id",
    "consent_event",
    "consent_ref",
    "consent_user",
    "contact_prefix",
    "disconnected_at",
    "mode",
    "tenant_id",
    "token_id",
}


class XeroConnection(models.Model):
    _name = "xero.connection"
    _description = "Xero Connection"
    _inherit = ["mail.thread"]
    _order = "company_id, id"

    name = fields.Char(compute="_compute_name")
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        tracking=True,
    )

    # The app at developer.xero.com
    client_id = fields.Char(copy=True)
    client_secret = Secret(groups="base.group_system")
    webhook_key = Secret(groups="base.group_system")
    scopes = fields.Char(
        "Permissions",
        default=scopes.MINIMAL,
        groups="base.group_system",
        help="What the app asks Xero for. Older apps may still use broad ones.",
    )
    redirect_uri = fields.Char(
        "Redirect Address",
        compute="_compute_redirect_uri",
        help="Enter this address in the app's configuration at Xero.",
    )

    # The grant and the organisation
    token_id = fields.Many2one("xero.token", readonly=True, copy=False)
    tenant_id = fields.Char("Organisation ID", readonly=True, copy=False)
    consent_ref = fields.Char("Xero's Connection ID", readonly=True, copy=False)
    contact_prefix = fields.Char(
        readonly=True,
        default=lambda self: self._new_contact_prefix(),
        help="Begins our own number of each contact in Xero, which nobody else uses.",
    )
    candidate_ids = fields.One2many(
        "xero.connection.candidate", "connection_id", readonly=True
    )
    organisation_ids = fields.One2many(
        "xero.organisation", "connection_id", "Organisations"
    )
    organisation_id = fields.Many2one(
        "xero.organisation", compute="_compute_organisation_id"
    )
    organisation_name = fields.Char(
        "Organisation Name", related="organisation_ids.name"
    )
    budget_ids = fields.One2many("xero.budget", "connection_id")
    connected_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    connected_at = fields.Datetime(readonly=True, copy=False)
    disconnected_at = fields.Datetime(readonly=True, copy=False)
    problem = fields.Text(
        readonly=True, copy=False, help="What went wrong when someone last connected."
    )
    # Options
    mode = fields.Selection(
        [("trial", "Trial"), ("live", "Live")],
        default="trial",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    sync_user_id = fields.Many2one(
        "res.users",
        "Works As",
        tracking=True,
        help="The accountant in whose name documents are read and sent.",
    )
    notification_emails = fields.Char(
        tracking=True, help="Addresses, separated by commas."
    )
    mapping_ids = fields.One2many("xero.mapping", "connection_id")
    no_tax_sale_rate_id = fields.Many2one(
        "xero.tax.rate",
        "Sales Lines Without Tax",
        compute="_compute_no_tax_rates",
        inverse="_inverse_no_tax_sale_rate_id",
    )
    no_tax_purchase_rate_id = fields.Many2one(
        "xero.tax.rate",
        "Purchase Lines Without Tax",
        compute="_compute_no_tax_rates",
        inverse="_inverse_no_tax_purchase_rate_id",
    )

    _tenant_company_uniq = models.UniqueIndex(
        "(company_id) WHERE active", "This company already has a connection to Xero."
    )

    # === COMPUTE METHODS === #

    @api.depends("company_id", "organisation_ids.name")
    def _compute_name(self):
        for connection in self:
            organisation = connection.organisation_ids.name
            company = connection.company_id.name or ""
            connection.name = f"{organisation} ↔ {company}" if organisation else company

    def _compute_redirect_uri(self):
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url")
        self.redirect_uri = f"{base}/xero/oauth/callback"

    @api.depends("organisation_ids")
    def _compute_organisation_id(self):
        for connection in self:
            connection.organisation_id = connection.organisation_ids[:1]

    @api.depends("mapping_ids.xero_tax_rate_id")
    def _compute_no_tax_rates(self):
        for connection in self:
            rows = connection.mapping_ids.grouped("kind")
            none = self.env["xero.mapping"]
            connection.no_tax_sale_rate_id = rows.get(
                "no_tax_sale", none
            ).xero_tax_rate_id
            connection.no_tax_purchase_rate_id = rows.get(
                "no_tax_purchase", none
            ).xero_tax_rate_id

    def _inverse_no_tax_sale_rate_id(self):
        for connection in self:
            connection._set_mapping("no_tax_sale", connection.no_tax_sale_rate_id)

    def _inverse_no_tax_purchase_rate_id(self):
        for connection in self:
            connection._set_mapping(
                "no_tax_purchase", connection.no_tax_purchase_rate_id
            )

    def _set_mapping(self, kind, rate):
        """Choose a rate for lines without tax; an untouched form chooses nothing."""
        rows = self.mapping_ids.filtered(lambda mapping: mapping.kind == kind)
        if rows.xero_tax_rate_id != rate:
            self.env["xero.mapping"]._ensure(self, kind).xero_tax_rate_id = rate

    # === CONSTRAINS METHODS === #

    @api.constrains("notification_emails")
    def _check_notification_emails(self):
        for connection in self:
            for address in (connection.notification_emails or "").split(","):
                if address.strip() and not tools.single_email_re.match(address.strip()):
                    raise UserError(
                        self.env._(
                            "'%s' is not an e-mail address. Separate several with"
                            " commas.",
                            address.strip(),
                        )
                    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_technical(vals)
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self._check_technical(vals)
        self.env.registry.clear_cache()
        result = super().write(vals)
        if not self._deciding_fields().isdisjoint(vals):
            self._retry_blocked()
        return result

    @api.model
    def _deciding_fields(self):
        """Options whose change may free what was stopped."""
        return {"mode", "sync_user_id"}

    @api.model
    def _check_technical(self, vals):
        """What connecting and going live decide is not typed, not even over RPC."""
        if not self.env.su and not _TECHNICAL.isdisjoint(vals):
            raise AccessError(
                self.env._("This is decided by connecting and by Go live, not typed.")
            )

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def _new_contact_prefix(self):
        """Stays with the connection, whatever becomes of the database's identity."""
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid") or ""
        return f"odoo-{uuid[:8]}"

    # === WHICH CONNECTION === #

    @api.model
    @tools.ormcache()
    def _live_ids(self):
        """Ids of the connections that records may concern."""
        return self.sudo().search([("tenant_id", "!=", False)])._ids

    @api.model
    @tools.ormcache("company_id")
    def _id_for_company(self, company_id):
        """Id of a company's connection, or of its nearest ancestor's."""
        company = self.env["res.company"].sudo().browse(company_id)
        connections = {
            connection.company_id.id: connection.id
            for connection in self.sudo().search([("tenant_id", "!=", False)])
        }
        for ancestor in reversed(company.parent_ids.ids):
            if ancestor in connections:
                return connections[ancestor]
        return False

    @tools.ormcache("self.id")
    def _company_ids(self):
        """Ids of the connection's company and of the branches that use it."""
        companies = self.env["res.company"].sudo()
        family = companies.search([("id", "child_of", self.company_id.id)])
        return [id_ for id_ in family.ids if self._id_for_company(id_) == self.id]

    def _as_worker(self):
        """This connection as its jobs see it: the sync user's rights, its companies."""
        self.ensure_one()
        return self.with_user(self.sync_user_id).with_context(
            allowed_company_ids=self._worker_company_ids()
        )

    def _worker_company_ids(self):
        """Those of our companies that the sync user may see; never an error."""
        own = self.sudo().sync_user_id.company_ids.ids
        return [id_ for id_ in self._company_ids() if id_ in own] or [
            self.company_id.id
        ]

    # === RIGHTS AND FEEDBACK === #

    def _check_user(self):
        """Only people of the Xero group send and update (S15), in their companies."""
        if self:
            self.check_access("read")
        if not self.env.user.has_group("xero_connector.group_user"):
            raise AccessError(
                self.env._(
                    "Sending to Xero needs the right 'Xero: User'."
                    " Ask an administrator."
                )
            )

    def _check_manager(self):
        """Only managers connect, map and settle (S15, S16), in their companies."""
        if self:
            self.check_access("write")
        if not self.env.user.has_group("xero_connector.group_manager"):
            raise AccessError(
                self.env._(
                    "Xero's settings need the right 'Xero: Administrator'."
                    " Ask an administrator."
                )
            )

    @api.model
    def _notify(self, message, kind="info"):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": kind,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
