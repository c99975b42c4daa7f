"""Customers and suppliers as Xero contacts; by default they go with a document.

Split by what is asked: who goes (``res_partner_scope``), as what
(``res_partner_payload``), what comes back (``res_partner_values``), the account
reference (``res_partner_ref``), merged partners (``res_partner_merge``) and what people
see (``res_partner_screen``).
"""

import re
from datetime import timedelta

from odoo import api, models

from ..lib import matching, wire
from .xero_assessment import Problem

#: Xero's clock and ours may differ by so much.
_CLOCKS = timedelta(minutes=1)

#: One plain address: Xero takes neither several nor umlauts.
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class ResPartner(models.Model):
    """Customers as Xero contacts; they go with their first document."""

    _name = "res.partner"
    _inherit = ["res.partner", "xero.sync.mixin"]

    _xero_tracked_fields = frozenset(
        {
            "active",
            "category_id",
            "city",
            "company_registry",
            "country_id",
            "email",
            "is_company",
            "name",
            "parent_id",
            "phone",
            "property_payment_term_id",
            "property_supplier_payment_term_id",
            "ref",
            "state_id",
            "street",
            "street2",
            "type",
            "vat",
            "zip",
        }
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if self.env["xero.connection"]._live_ids():
            partners._xero_worth_a_look()._xero_touch()
        return partners

    def write(self, vals):
        """A site that moves to another company concerns the one it leaves, too."""
        moves = not {"parent_id", "is_company"}.isdisjoint(vals)
        left = self.commercial_partner_id if moves else self.browse()
        result = super().write(vals)
        left._xero_touch()
        return result

    def unlink(self):
        """Addresses and persons are part of their company's contact."""
        companies = self.commercial_partner_id - self
        result = super().unlink()
        companies.exists()._xero_touch()
        return result

    # === TOUCH === #

    def _xero_touch(self, by_user=False):
        """Addresses and persons of a company are part of its contact."""
        companies = self.commercial_partner_id
        return super(ResPartner, companies)._xero_touch(by_user)

    # === MAPPING === #

    def _xero_resource(self):
        return "contact"

    def _xero_partner(self):
        return self

    def _xero_problems(self, facts):
        problems = self._xero_problems_of_scope(facts)
        name = (self.name or "").strip()
        if not name:
            problems.append(self._xero_problem("contact_name_missing"))
        elif len(name) > 255:
            problems.append(
                self._xero_problem("contact_name_long", name=name[:40] + "…")
            )
        email = self._xero_email(facts)
        if email and not _EMAIL.fullmatch(email):
            problems.append(self._xero_problem("contact_email_invalid", email=email))
        return problems + self._xero_problems_of_ref(facts)

    def _xero_problem(self, cause, **values):
        values = {"name": self.name or ""} | values
        return Problem(cause, f"{cause}:res.partner,{self.id}", values, self)

    # === ANSWERS === #

    @api.model
    def _xero_is_ours(self, there, sent, agreed):
        """Nobody else uses our prefix, but a restored database gives ids again: of
        another name is who was there before.

        An archived contact takes no document.
        """
        if there.get("ContactStatus") != "ACTIVE":
            return False
        changed, sent_at = (
            wire.parse_timestamp(there.get("UpdatedDateUTC")),
            agreed["at"],
        )
        return bool(
            matching.same_name(there.get("Name"), sent.get("Name"))
            or (changed and changed.replace(tzinfo=None) > sent_at - _CLOCKS)
        )
