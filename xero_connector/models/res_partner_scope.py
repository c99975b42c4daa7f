"""Which contacts go: with a document, by their group, never sites of a company."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResPartner(models.Model):
    _inherit = "res.partner"

    xero_account_type = fields.Selection(
        [("1", "Xero")],
        "Account Type",
        compute="_compute_xero_account_type",
        compute_sudo=True,
        help="1 where the contact goes to Xero by its group or is there already.",
    )

    # === COMPUTE METHODS === #

    @api.depends_context("company")
    @api.depends("category_id", "xero_link_ids.xero_id")
    def _compute_xero_account_type(self):
        groups = self.env["xero.connection"]._contact_group_ids()
        for partner in self:
            grouped = not groups.isdisjoint(partner.category_id.ids)
            is_account = partner.xero_id or (grouped and partner._xero_is_account())
            partner.xero_account_type = "1" if is_account else False

    # === CONSTRAINS METHODS === #

    @api.constrains("category_id", "parent_id")
    def _check_xero_groups(self):
        """A site of a company has no place in a group that goes to Xero (S25)."""
        groups = self.env["xero.connection"]._contact_group_ids()
        if groups:
            concerned = self.category_id.filtered(lambda group: group.id in groups)
            concerned._xero_check_not_mixed()

    # === SCOPE === #

    def _xero_is_account(self):
        """Whether this is a contact of its own: sites belong to their company (S26)."""
        return self.commercial_partner_id == self

    def _xero_worth_a_look(self):
        """Of partners made just now, those that may concern Xero."""
        groups = self.env["xero.connection"]._contact_group_ids()
        return self.filtered(
            lambda partner: (
                partner.parent_id or not groups.isdisjoint(partner.category_id.ids)
            )
        )

    def _xero_in_scope(self, connection, by_user=False, linked=False):
        """Contacts with a document or by request, and those of the chosen groups.

        Contacts in Xero are people with an invoice; a prospect has no place there.
        """
        groups = set(connection.sudo().contact_category_ids.ids)
        return self.filtered(
            lambda partner: (
                partner._xero_is_account()
                and (linked or by_user or partner._xero_grouped(groups))
            )
        )

    def _xero_grouped(self, groups):
        return self.active and not groups.isdisjoint(self.category_id.ids)

    def _xero_problems_of_scope(self, facts):
        """Why a contact that is not in Xero may not be created there."""
        if self.id in facts.linked:
            return []
        connection = facts.connection.sudo()
        if connection.contact_direction == "in":
            return [self._xero_problem("contact_comes_from_xero")]
        groups = connection.contact_category_ids
        if groups and not self._xero_grouped(set(groups.ids)):
            names = ", ".join(groups.mapped("name"))
            return [self._xero_problem("contact_group", groups=names)]
        doubtful = facts.doubtful.get(self.id)
        if doubtful:
            return [self._xero_problem("contact_doubtful", other=doubtful)]
        return []


class ResPartnerCategory(models.Model):
    _inherit = "res.partner.category"

    def _xero_check_not_mixed(self):
        """A group holds companies or their sites, never both (S25).

        :raises ValidationError: naming the group and one of its sites
        """
        partners = self.env["res.partner"].sudo().with_context(active_test=True)
        for group in self:
            members = partners.search([("category_id", "=", group.id)])
            sites = members.filtered(lambda each: not each._xero_is_account())
            if sites and sites != members:
                raise ValidationError(
                    self.env._(
                        "The group '%(group)s' goes to Xero and holds companies, but"
                        " %(site)s is a part of %(company)s. Keep such addresses in"
                        " another group; their invoices go to the company.",
                        group=group.name,
                        site=sites[0].display_name,
                        company=sites[0].commercial_partner_id.display_name,
                    )
                )
