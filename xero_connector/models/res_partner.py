import re
import unicodedata

from xero_python.accounting import Address, Contact, Phone

from odoo import api, models

from .xero_sync_mixin import Problem

#: One plain address: Xero takes neither several nor umlauts.
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class ResPartner(models.Model):
    """Customers as Xero contacts; they go with their first document."""

    _name = "res.partner"
    _inherit = ["res.partner", "xero.sync.mixin"]

    _xero_tracked_fields = frozenset(
        {
            "name",
            "email",
            "vat",
            "ref",
            "phone",
            "street",
            "street2",
            "city",
            "zip",
            "state_id",
            "country_id",
        }
    )

    def _xero_resource(self):
        return "contact"

    def _xero_partner(self):
        return self

    def _xero_in_scope(self, connection, by_user=False, linked=False):
        """Only companies of their own, and only with a document or by request (S26).

        Contacts in Xero are people with an invoice; a prospect has no place there.
        """
        return self.filtered(
            lambda partner: (
                (linked or by_user) and partner.commercial_partner_id == partner
            )
        )

    def _xero_problems(self, facts):
        problems = []
        name = (self.name or "").strip()
        if not name:
            problems.append(self._xero_problem("contact_name_missing"))
        elif len(name) > 255:
            problems.append(
                self._xero_problem("contact_name_long", name=name[:40] + "…")
            )
        if self.email and not _EMAIL.fullmatch(self.email.strip()):
            problems.append(
                self._xero_problem("contact_email_invalid", email=self.email)
            )
        return problems

    def _xero_problem(self, cause, **values):
        return Problem(cause, f"{cause}:res.partner,{self.id}", values, self)

    def _xero_payload(self, facts, link):
        contact = Contact(
            name=self.name.strip(),
            contact_number=self._xero_contact_number(facts.connection),
            account_number=(self.ref or "")[:50] or None,
            email_address=self.email and self.email.strip() or None,
            tax_number=(self.vat or "")[:50] or None,
            addresses=[self._xero_postal_address()],
            phones=[Phone(phone_type="DEFAULT", phone_number=self.phone[:50])]
            if self.phone
            else None,
        )
        return contact, {}

    def _xero_contact_number(self, connection):
        """Our hidden key: stable, unique, and never one of another system's."""
        return f"{connection.contact_prefix}-{self.id}"

    def _xero_postal_address(self):
        """The address for letters and invoices (S39)."""
        return Address(
            address_type="POBOX",
            address_line1=self.street or None,
            address_line2=self.street2 or None,
            city=self.city or None,
            region=self.state_id.name or None,
            postal_code=self.zip or None,
            country=self._xero_country(),
        )

    def _xero_country(self):
        """The country's name with plain letters only, as Xero wants it."""
        name = unicodedata.normalize("NFKD", self.country_id.name or "")
        plain = name.encode("ascii", "ignore").decode()
        return " ".join(re.findall(r"[A-Za-z]+", plain))[:50] or None

    @api.model
    def _xero_is_ours(self, there, sent, agreed):
        """Nobody else uses our prefix; an archived contact takes no document."""
        return there.get("ContactStatus") == "ACTIVE"

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
