"""The account reference of a contact: typed, taken from its reference, or made."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..lib import references


class ResPartner(models.Model):
    _inherit = "res.partner"

    xero_account_ref = fields.Char(
        "Account Reference",
        compute="_compute_xero_account_ref",
        inverse="_inverse_xero_account_ref",
        search="_search_xero_account_ref",
        compute_sudo=True,
        help="The bond between this contact and the one in Xero; unique in both.",
    )

    # === COMPUTE METHODS === #

    @api.depends_context("company")
    def _compute_xero_account_ref(self):
        rows = self.env["xero.account.ref"]._by_partner(self._xero_ref_company(), self)
        for partner in self:
            partner.xero_account_ref = rows.get(partner.id, False)

    def _inverse_xero_account_ref(self):
        """Typed by a person: unique, at most 50 characters; empty takes it away."""
        self.env["xero.connection"]._check_user()
        rows = self.env["xero.account.ref"].sudo()
        company = self._xero_ref_company()
        for partner in self:
            reference = (partner.xero_account_ref or "").strip()
            if len(reference) > references.MAXIMUM:
                raise ValidationError(
                    self.env._("An account reference has at most 50 characters.")
                )
            if not reference:
                rows.search(
                    [("company_id", "=", company.id), ("partner_id", "=", partner.id)]
                ).unlink()
            elif rows._assign(company, {partner.id: reference}):
                raise ValidationError(partner._xero_ref_taken(company, reference))
        self._xero_touch()

    def _xero_ref_taken(self, company, reference):
        rows = self.env["xero.account.ref"].sudo()
        holder = self.browse(rows._holders(company, [reference])[reference.lower()])
        return self.env._(
            "The account reference %(reference)s belongs to %(name)s.",
            reference=reference,
            name=holder.sudo().display_name,
        )

    def _search_xero_account_ref(self, operator, value):
        known = operator in ("in", "=", "like", "ilike", "=like", "=ilike")
        if not known or (operator == "in" and False in value):
            return NotImplemented
        rows = self.env["xero.account.ref"].sudo()
        found = rows._search(
            [
                ("company_id", "=", self._xero_ref_company().id),
                ("reference", operator, value),
            ]
        )
        return Domain("id", "in", found.subselect("partner_id"))

    def _xero_ref_company(self):
        """Whose references the reader sees: of the company that is connected."""
        company = self.env.company
        return company._xero_connection().sudo().company_id or company

    # === PREPARING === #

    def _xero_ensure_refs(self, connection):
        """Give these contacts the account references that the options ask for.

        Their own reference where it is filled and free, else a new one if wanted
        (S56, S57, S62).
        """
        connection = connection.sudo()
        company = connection.company_id
        rows = self.env["xero.account.ref"].sudo()
        known = rows._by_partner(company, self)
        lacking = self.filtered(lambda partner: partner.id not in known)
        typed = {
            partner.id: partner.ref.strip()
            for partner in lacking
            if (partner.ref or "").strip()
            and len(partner.ref.strip()) <= references.MAXIMUM
        }
        if connection.account_ref_mode == "required":
            return
        refused = rows._assign(company, typed) if typed else set()
        blank = lacking.filtered(
            lambda partner: partner.id not in typed or partner.id in refused
        )
        if blank and connection.account_ref_mode == "generate":
            blank._xero_generate_refs(connection)

    def _xero_generate_refs(self, connection):
        mirror = self.env["xero.mirror"].sudo()
        made = (
            self.env["xero.account.ref"]
            .sudo()
            ._generate(
                connection.company_id,
                references.Pattern(connection.account_ref_pattern),
                self,
                taken=lambda wanted: mirror._accounts_taken(connection, wanted),
            )
        )
        self._xero_write_back_refs(connection, made)

    def _xero_write_back_refs(self, connection, made):
        """Copy account references into the contacts' own, by option (S62 to S64).

        :param made: dict of partner id to account reference
        """
        policy = connection.sudo().update_partner_ref
        if policy == "never" or not made:
            return
        for partner in self.browse(made).with_context(xero_from=connection.id):
            reference = made[partner.id]
            if partner.ref != reference and (policy == "always" or not partner.ref):
                partner.sudo().ref = reference

    # === CHECKS === #

    def _xero_problems_of_ref(self, facts):
        reference = facts.references.get(self.id)
        connection = facts.connection.sudo()
        if not reference and connection.account_ref_mode == "required":
            return [self._xero_problem("account_ref_missing")]
        holder = facts.accounts_elsewhere.get((reference or "").lower())
        if holder and self.id not in facts.linked:
            values = {"number": reference, "other": holder["name"]}
            archived = holder["archived"]
            cause = "account_ref_archived" if archived else "account_ref_elsewhere"
            return [self._xero_problem(cause, **values)]
        return []

    # === ACTIONS === #

    def action_xero_generate_ref(self):
        """Make an account reference now, as the settings say."""
        self.env["xero.connection"]._check_user()
        connection = self.env.company._xero_connection().sudo()
        if not connection:
            raise UserError(self.env._("Connect this company to Xero first."))
        known = (
            self.env["xero.account.ref"].sudo()._by_partner(connection.company_id, self)
        )
        lacking = self.filtered(lambda partner: partner.id not in known)
        lacking._xero_generate_refs(connection)
        lacking.invalidate_recordset(["xero_account_ref"])
        lacking._xero_touch()
