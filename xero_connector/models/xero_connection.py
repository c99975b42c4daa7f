"""One Odoo company joined to one Xero organisation: credentials and options.

Written by people, never by jobs; what jobs write often lives in ``xero.token``,
``xero.organisation`` and ``xero.budget``.
"""

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..fields import Secret
from ..lib import client, deeplinks, errors, scopes

#: Where Xero is; system administrators may point these at a simulator.
URLS = {
    "login_url": "https://login.xero.com",
    "identity_url": "https://identity.xero.com",
    "api_url": "https://api.xero.com",
}

#: Documents that go as drafts before someone must press Go live (N33).
TRIAL_DOCUMENTS = 10


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
    state = fields.Selection(
        [
            ("draft", "Not connected"),
            ("connected", "Connected"),
            ("broken", "Access lost"),
            ("disconnected", "Disconnected"),
        ],
        compute="_compute_state",
        compute_sudo=True,
    )
    state_message = fields.Char(compute="_compute_state", compute_sudo=True)

    # The database that may send (T75)
    bound_to = fields.Json(readonly=True, copy=False)
    is_copy = fields.Boolean(compute="_compute_is_copy")

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
    date_from = fields.Date(
        "From",
        default=lambda self: fields.Date.context_today(self).replace(day=1),
        tracking=True,
        help="Documents dated earlier stay out.",
    )
    filed_up_to = fields.Date("Returns Filed Up To", tracking=True)
    send_invoices = fields.Boolean(
        "Sales Invoices", default=True, tracking=True
    )
    create_items = fields.Boolean(
        "Products As Items",
        default=True,
        tracking=True,
        help="Products on a sent document become untracked items in Xero.",
    )
    trigger = fields.Selection(
        [
            ("post", "When they are posted"),
            ("sent", "When they are marked as sent"),
            ("manual", "Only when someone asks"),
        ],
        "Send Documents",
        default="post",
        required=True,
        tracking=True,
    )
    invoice_status = fields.Selection(
        [
            ("DRAFT", "Draft"),
            ("SUBMITTED", "Awaiting approval"),
            ("AUTHORISED", "Approved"),
        ],
        "Status in Xero",
        default="AUTHORISED",
        required=True,
        tracking=True,
        help="Used once live. A draft takes no payment and is in no report.",
    )
    default_sale_account_id = fields.Many2one(
        "xero.account",
        "Default Sales Account",
        domain="[('connection_id', '=', id), ('account_class', '=', 'REVENUE')]",
        copy=False,
        tracking=True,
        help="Used for lines whose account is not mapped.",
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

    # Facts for the screen
    facts = fields.Char(compute="_compute_facts", compute_sudo=True)
    last_contact = fields.Datetime(related="organisation_ids.last_contact")
    day_calls_left = fields.Integer("Calls Left Today", compute="_compute_budget")
    day_calls_limit = fields.Integer(compute="_compute_budget")
    day_calls_used = fields.Integer("Calls Used Today", compute="_compute_budget")
    day_calls_reserve = fields.Integer(compute="_compute_budget")
    paused = fields.Char(compute="_compute_budget")
    runner_missing = fields.Boolean(compute="_compute_runner_missing")
    unmapped_count = fields.Integer(compute="_compute_counts")
    waiting_count = fields.Integer(compute="_compute_counts")
    synced_count = fields.Integer(compute="_compute_counts")
    attention_count = fields.Integer(compute="_compute_counts")
    trial_count = fields.Integer(compute="_compute_counts")

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

    @api.depends(
        "token_id.refused",
        "organisation_ids.refused",
        "tenant_id",
        "disconnected_at",
        "is_copy",
    )
    def _compute_state(self):
        for connection in self:
            state, message = connection._state_and_message()
            connection.state = state
            connection.state_message = message

    def _state_and_message(self):
        if self.disconnected_at:
            return "disconnected", self.env._(
                "Odoo neither sends nor reads. What is in Xero stays."
            )
        if not self.tenant_id or not self.token_id:
            return "draft", False
        refused = self.token_id.refused or self.organisation_id.refused
        if refused:
            since = self.token_id.refused_at or self.organisation_id.refused_at
            return "broken", self._broken_message(refused, since)
        return "connected", False

    def _broken_message(self, refused, since):
        reasons = {
            "revoked": self.env._("Xero no longer accepts our access."),
            "client": self.env._("Xero does not know the client id or secret."),
            "scope": self.env._("A permission that Odoo needs was not given."),
            "disconnected": self.env._("Someone removed Odoo in Xero's connected apps."),
        }
        return self.env._(
            "%(reason)s Since %(since)s documents wait here; nothing is lost."
            " Someone with a Xero log-in must connect again.",
            reason=reasons[refused],
            since=tools.format_datetime(self.env, since, dt_format="short"),
        )

    def _compute_is_copy(self):
        here = self._this_database()
        for connection in self:
            bound = connection.bound_to
            connection.is_copy = bool(bound) and bound != here

    def _compute_facts(self):
        """Country, currency, tax basis and lock date in one line (T31, T32)."""
        for connection in self:
            organisation = connection.organisation_id
            facts = [organisation.country_code, organisation.base_currency]
            facts += organisation._tax_notices()
            if organisation.lock_date:
                facts.append(
                    self.env._(
                        "locked up to %s",
                        tools.format_date(self.env, organisation.lock_date),
                    )
                )
            connection.facts = " · ".join(filter(None, facts))

    def _compute_budget(self):
        for connection in self:
            budget = connection.sudo().budget_ids[:1]
            connection.day_calls_left = budget.day_left
            connection.day_calls_limit = budget.day_limit
            connection.day_calls_used = budget.day_limit - budget.day_left
            connection.day_calls_reserve = budget.reserve if budget else 0
            connection.paused = connection._paused_message(budget)

    def _paused_message(self, budget):
        if budget._at_reserve():
            return self.env._(
                "%(left)s calls are left today and kept for people. Background work"
                " continues by itself when Xero's day has turned.",
                left=budget.day_left,
            )
        if budget._wait(by_user=True):
            until = tools.format_datetime(
                self.env, budget.paused_until, dt_format="short"
            )
            return self.env._("Xero takes no more calls before %s.", until)
        return False

    def _compute_runner_missing(self):
        self.runner_missing = not self._runner_alive()

    def _compute_counts(self):
        documents = [
            row.name for row in self.env["xero.resource"]._in_order() if row.document
        ]
        groups = self.env["xero.link"]._read_group(
            [
                ("connection_id", "in", self.ids),
                ("superseded_by_id", "=", False),
                ("resource", "in", documents),
            ],
            ["connection_id", "state"],
            ["__count"],
        )
        counts = {(connection.id, state): n for connection, state, n in groups}
        for connection in self:

            def count(*states, connection=connection):
                return sum(counts.get((connection.id, state), 0) for state in states)

            connection.waiting_count = count("pending")
            connection.synced_count = count("synced")
            connection.attention_count = count("error", "blocked")
            connection.trial_count = connection._trial_sent()
            connection.unmapped_count = len(
                connection.mapping_ids.filtered(lambda mapping: not mapping.is_mapped)
            )

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
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        result = super().write(vals)
        if {"date_from", "filed_up_to", "trigger", "send_invoices"} & set(vals):
            self._retry_blocked()
        return result

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

    def _companies(self):
        """The connection's company and the branches that use it."""
        self.ensure_one()
        family = self.env["res.company"].sudo().search(
            [("id", "child_of", self.company_id.id)]
        )
        return family.filtered(
            lambda company: self._id_for_company(company.id) == self.id
        )

    def _as_worker(self):
        """This connection as its jobs see it: the sync user's rights, its companies."""
        self.ensure_one()
        return self.with_user(self.sync_user_id).with_context(
            allowed_company_ids=self._companies().ids
        )

    # === TALKING TO XERO === #

    @api.model
    def _url(self, name):
        """One of Xero's addresses, as a system administrator may have set it."""
        parameters = self.env["ir.config_parameter"].sudo()
        return parameters.get_param(f"xero_connector.{name}", URLS[name]).rstrip("/")

    def _call(self, operation, *args, **kwargs):
        """Make one call; an expired token is refreshed once and the call repeated.

        :return: ``lib.client.Answer``
        :raises lib.errors.XeroError: with the connection marked where access is lost
        """
        self.ensure_one()
        connection = self.sudo()
        if connection.is_copy:
            raise errors.AccessRevoked(
                self.env._("This is a copy. It is not connected to Xero.")
            )
        token = connection.token_id._access_token()
        try:
            return connection._call_with(token, operation, *args, **kwargs)
        except errors.Unauthorised:
            token = connection.token_id._access_token(rejected=token)
        try:
            return connection._call_with(token, operation, *args, **kwargs)
        except errors.Unauthorised as error:
            connection.token_id._refuse("revoked")
            raise errors.AccessRevoked(str(error)) from error

    def _call_with(self, access_token, operation, *args, **kwargs):
        budget = self.env["xero.budget"]
        try:
            answer = self._client(access_token).call(operation, *args, **kwargs)
        except errors.Disconnected:
            self.organisation_id._refuse("disconnected")
            raise
        except errors.ScopeMissing:
            self.organisation_id._refuse("scope")
            raise
        except errors.Throttled as error:
            pause = error.retry_after if error.problem in ("day", "minute") else 0
            budget._record(self, error.limits, pause=pause or 0)
            raise
        budget._record(self, answer.limits)
        return answer

    def _client(self, access_token, tenant_id=None):
        """Xero's API with this token and organisation, and this server's limits."""
        parameters = self.env["ir.config_parameter"].sudo()
        return client.Client(
            self._url("api_url"),
            tenant_id or self.tenant_id,
            access_token,
            connect_timeout=int(
                parameters.get_param("xero_connector.connect_seconds", 5)
            ),
            total_timeout=self._call_seconds(),
        )

    def _call_seconds(self):
        """The longest that one call may take, in seconds."""
        parameters = self.env["ir.config_parameter"].sudo()
        return int(parameters.get_param("xero_connector.call_seconds", 60))

    def _grace_seconds(self):
        """How much longer Xero may still be busy with a call that we gave up."""
        parameters = self.env["ir.config_parameter"].sudo()
        return int(parameters.get_param("xero_connector.grace_seconds", 60))

    def _deep_link(self, link):
        """Where Xero shows a linked record."""
        short_code = self.sudo().organisation_id.short_code
        return deeplinks.link(link.resource, link.xero_id, short_code)

    # === COPIES OF THE DATABASE === #

    @api.model
    def _this_database(self):
        """What a connection is bound to: a copy differs in one of these."""
        parameters = self.env["ir.config_parameter"].sudo()
        return {
            "name": self.env.cr.dbname,
            "uuid": parameters.get_param("database.uuid"),
            "url": parameters.get_param("web.base.url"),
        }

    def action_rebind(self):
        """Say that this is the live database, after a move or a rename."""
        if not self.env.user._is_system():
            raise AccessError(
                self.env._("Only a system administrator can say which database is live.")
            )
        for connection in self:
            connection.message_post(
                body=self.env._(
                    "This is the live database now: %(here)s, before %(before)s.",
                    here=self._this_database(),
                    before=connection.bound_to,
                )
            )
        self.bound_to = self._this_database()

    # === RIGHTS AND FEEDBACK === #

    @api.model
    def _check_user(self):
        """Only people of the Xero group send and update (S15)."""
        if not self.env.user.has_group("xero_connector.group_user"):
            raise AccessError(
                self.env._(
                    "Sending to Xero needs the right 'Xero: User'. Ask an administrator."
                )
            )

    @api.model
    def _check_manager(self):
        """Only managers connect, map and settle (S15, S16)."""
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

    # === WORK === #

    @api.model
    def _runner_alive(self):
        """Whether a job runner holds its master lock in this database."""
        self.env.cr.execute(
            SQL(
                "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted"
                " AND database = (SELECT oid FROM pg_database"
                " WHERE datname = current_database())"
                " AND ((classid::bigint << 32) | objid::bigint) = %s LIMIT 1",
                2293787760715711918,
            )
        )
        return bool(self.env.cr.fetchone())

    def _wake_plan(self, by_user=False):
        """Have this connection planned soon: by a job, or by cron without a runner.

        One job per transaction and no identity key: a transaction sees jobs as they
        were when it began, so "one is already waiting" may long be untrue.
        """
        for connection in self:
            if connection._runner_alive():
                connection._as_worker().with_delay(
                    priority=5 if by_user else 10,
                    max_retries=0,
                    description="Xero: plan what to send",
                )._job_plan()
            else:
                self.env.ref("xero_connector.ir_cron_drive").sudo()._trigger()

    def _retry_blocked(self, cause_keys=None):
        """Look again at what was stopped, because its cause may be mended (N6)."""
        domain = [
            ("connection_id", "in", self.ids),
            ("state", "=", "open"),
        ]
        if cause_keys is not None:
            domain.append(("cause_key", "in", list(cause_keys)))
        notes = self.env["xero.note"].sudo().search(domain)
        for model, links in notes.link_ids.grouped("res_model").items():
            records = self.env[model].sudo().browse(links.mapped("res_id")).exists()
            self.env["xero.change"]._collect(records, self.ids, by_user=True)

    # === ACTIONS === #

    def action_push(self):
        """Send now what waits."""
        self._check_user()
        self.sudo()._wake_plan(by_user=True)
        return self._notify(self.env._("What waits is on its way to Xero."))

    def action_open_in_xero(self):
        self.ensure_one()
        short_code = self.sudo().organisation_id.short_code
        return {
            "type": "ir.actions.act_url",
            "url": deeplinks.link("organisation", short_code=short_code),
            "target": "new",
        }

    def action_go_live(self):
        """Ask once what becomes of the trial drafts."""
        self._check_manager()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_connector.xero_go_live_action"
        )
        return dict(action, context={"default_connection_id": self.id})

    def _go_live(self, approve_drafts):
        """From now on documents are approved in Xero at once (N33)."""
        self._check_manager()
        self.ensure_one()
        documents = self.env["xero.link"].sudo().search(
            [("connection_id", "=", self.id), ("xero_status", "=", "DRAFT")]
        )
        self.mode = "live"
        if approve_drafts:
            for model, links in documents.grouped("res_model").items():
                records = self.env[model].browse(links.mapped("res_id"))
                self.env["xero.change"]._collect(records, self.ids, by_user=True)
        else:
            documents.keep_draft = True
        self.sudo()._wake_plan(by_user=True)

    def _trial_sent(self):
        """How many documents went, or are going, as trial drafts."""
        documents = [
            row.name for row in self.env["xero.resource"]._in_order() if row.document
        ]
        return self.env["xero.link"].sudo().search_count(
            [
                ("connection_id", "=", self.id),
                ("resource", "in", documents),
                ("kind", "=", "normal"),
                "|",
                ("xero_id", "!=", False),
                ("request_id", "!=", False),
            ]
        )
