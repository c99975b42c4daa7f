"""Bring Xero's items and accounts to Odoo: look, tick, import, and see what came of it.

Not a transient model: the list of results stays to be looked at (S75, S100).
"""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..lib import errors

KINDS = [("item", "Items"), ("account", "Accounts")]

#: What is looked through, by kind.
_LISTS = {"item": "xero.item", "account": "xero.account"}

OUTCOMES = [
    ("created", "Created"),
    ("linked", "Linked to what Odoo had"),
    ("refused", "Needs attention"),
]


class XeroImport(models.Model):
    _name = "xero.import"
    _description = "Import From Xero"
    _order = "id desc"

    connection_id = fields.Many2one(
        "xero.connection",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.company._xero_connection(),
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    kind = fields.Selection(KINDS, "What", required=True, default="item")
    words = fields.Char("Look for", help="Part of a code or name; empty for all.")
    modified_since = fields.Datetime(
        "Changed Since", help="Only what changed in Xero since then."
    )
    product_type = fields.Selection(
        [("service", "Services"), ("consu", "Goods")],
        "Become",
        default="service",
        help="What kind of product the items become in Odoo.",
    )
    categ_id = fields.Many2one("product.category", "Product Category")
    state = fields.Selection(
        [("look", "Choose"), ("waiting", "Waiting"), ("done", "Done")],
        default="look",
        required=True,
        readonly=True,
    )
    line_ids = fields.One2many("xero.import.line", "import_id")
    summary = fields.Char(compute="_compute_summary")

    @api.depends("kind", "create_date")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for each in self:
            each.display_name = self.env._("Import of %s", kinds[each.kind].lower())

    @api.depends("line_ids.outcome", "line_ids.chosen")
    def _compute_summary(self):
        """``12 created, 3 linked, 1 needs attention``, or how many are ticked."""
        for each in self:
            by_outcome = each.line_ids.grouped("outcome")
            if each.state == "look":
                chosen = len(each.line_ids.filtered("chosen"))
                each.summary = self.env._(
                    "%(chosen)s of %(count)s ticked",
                    chosen=chosen,
                    count=len(each.line_ids),
                )
                continue
            count = {name: len(by_outcome.get(name, ())) for name, _label in OUTCOMES}
            each.summary = self.env._(
                "%(created)s created, %(linked)s linked, %(refused)s need attention",
                **count,
            )

    # === LOOK === #

    def action_look_up(self):
        """Read the list from Xero, one call, and show what fits (S33, S75, S77)."""
        self.ensure_one()
        self.env["xero.connection"]._check_manager()
        self.connection_id.check_access("read")
        found = self._read().filtered(self._fits)
        have = self._known(found)
        self.line_ids = [Command.clear()] + [
            Command.create(
                {
                    "xero_res_id": each.id,
                    "code": each.code,
                    "name": each.name,
                    "in_odoo": have[each.id].display_name if each.id in have else "",
                }
            )
            for each in found
        ]

    def _read(self):
        """The copies of what Xero just answered."""
        connection = self.connection_id.sudo()
        model = self.env[_LISTS[self.kind]].sudo()
        since = self.modified_since
        parameters = {"if_modified_since": since} if since else {}
        try:
            elements = model._read_elements(connection, **parameters)
        except errors.XeroError as error:
            raise connection._as_user_error(error) from error
        model._take_list(connection, elements, whole=not since)
        keys = [model._values(element)["key"] for element in elements]
        return model.search(
            [("connection_id", "=", connection.id), ("key", "in", keys)]
        )

    def _fits(self, copy):
        """What the words ask for; accounts that Odoo keeps by itself stay out."""
        if self.kind == "account" and (
            copy.system_account or copy.account_type == "BANK"
        ):
            return False
        words = (self.words or "").lower()
        return words in f"{copy.code or ''} {copy.name or ''}".lower()

    def _known(self, copies):
        """What Odoo already has for these, by id of the copy."""
        return self.env["xero.import.line"]._known(self.connection_id, copies)

    def action_tick_all(self):
        """Tick what Odoo does not have yet; untick all when that is done."""
        new = self.line_ids.filtered(lambda line: not line.in_odoo)
        new.chosen = not all(new.mapped("chosen"))

    # === IMPORT === #

    def action_import(self):
        """Have the ticked ones imported by a job (S33)."""
        self.ensure_one()
        self.env["xero.connection"]._check_manager()
        self._check_may_create()
        if not self.line_ids.filtered("chosen"):
            raise UserError(self.env._("Tick what is to be imported first."))
        self.line_ids.filtered(lambda line: not line.chosen).unlink()
        self.state = "waiting"
        if not self.connection_id.sudo()._runner_alive():
            self._job_import()
            return
        self.with_delay(
            channel="root.xero",
            max_retries=1,
            identity_key=f"xero-import-{self.id}",
            description=self.env._("Xero: import"),
        )._job_import()

    def _check_may_create(self):
        model = "product.product" if self.kind == "item" else "account.account"
        self.env[model].check_access("create")

    def _job_import(self):
        """Every ticked line by itself: what one lacks keeps no other back."""
        for line in self.line_ids.filtered(lambda each: not each.outcome):
            line._import()
        self.state = "done"

    @api.autovacuum
    def _gc_old(self):
        """Results are of no use after a month."""
        month_ago = fields.Datetime.subtract(fields.Datetime.now(), days=30)
        self.search([("create_date", "<", month_ago)], limit=100).unlink()
