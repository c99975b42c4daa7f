"""What comes back: a contact of Xero's as values of a partner."""

from odoo import api, fields, models

from ..lib import contacts

_ADDRESS_FIELDS = ("street", "street2", "city", "state_id", "zip", "country_id")

#: Plain fields on both sides.
_PLAIN = {
    "name": "name",
    "phone": "phone",
    "tax_number": "vat",
    "company_number": "company_registry",
}

#: Countries that Xero's users call by other names than ISO's.
_ALSO = {
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "usa": "US",
    "united states of america": "US",
}


class ResPartner(models.Model):
    _inherit = "res.partner"

    xero_sale_tax_id = fields.Many2one(
        "account.tax",
        "Default Tax in Xero",
        company_dependent=True,
        readonly=True,
        help="What Xero proposes on this customer's invoices, as mapped here.",
    )

    # === FROM XERO === #

    @api.model
    def _xero_places(self, flats):
        """Countries and their regions that some contacts name, by name in small
        letters.

        :param flats: contacts as ``lib.contacts`` fields
        :return: ``place(country, region)``, which gives two ids or False
        """
        everywhere = self.env["res.country"].with_context(lang="en_US").search([])
        by_name = {contacts.country(each.name).casefold(): each for each in everywhere}
        by_code = {each.code.casefold(): each for each in everywhere if each.code}
        by_name |= by_code | {name: by_code[c.lower()] for name, c in _ALSO.items()}
        wanted = {
            by_name[plain].id
            for flat in flats
            for name in contacts.ADDRESSES
            if (plain := contacts.country(flat[name][5]).casefold()) in by_name
        }
        domain = [("country_id", "in", list(wanted))]
        states = self.env["res.country.state"].search(domain)
        regions = {}
        for state in states:
            for word in (state.name, state.code):
                regions.setdefault((state.country_id.id, word.casefold()), state.id)

        def place(country, region):
            found = by_name.get(contacts.country(country).casefold())
            key = (found and found.id, region.casefold())
            return found.id if found else False, regions.get(key, False)

        return place

    @api.model
    def _xero_address_values(self, address, place):
        """An address as values."""
        street, street2, city, region, code, country = address
        country_id, state_id = place(country, region)
        values = (street, street2, city, state_id, code, country_id)
        return {
            name: value or False
            for name, value in zip(_ADDRESS_FIELDS, values, strict=True)
        }

    @api.model
    def _xero_new_values(self, connection, flat, place):
        """A new partner for a contact of Xero's (S44, S45)."""
        system = connection.sudo()
        person = " ".join(filter(None, (flat["first_name"], flat["last_name"])))
        values = {own: flat[name] or False for name, own in _PLAIN.items()}
        values |= self._xero_address_values(flat["postal"], place)
        values |= {
            "email": flat["email"] or False,
            "is_company": not person or person.casefold() != flat["name"].casefold(),
            "category_id": [fields.Command.set(system.contact_default_category_id.ids)],
            "active": not flat["archived"],
        }
        children = []
        if any(flat["street"]):
            street = self._xero_address_values(flat["street"], place)
            children.append({"type": "delivery", "name": flat["name"]} | street)
        if person and values["is_company"] and system.contact_person_mode == "primary":
            children.append({"type": "contact", "name": person})
        values["child_ids"] = [fields.Command.create(child) for child in children]
        if flat["account_number"] and system.update_partner_ref != "never":
            values["ref"] = flat["account_number"]
        return values

    def _xero_write(self, facts, taken, place):
        """Write values of Xero's on this one contact and its addresses.

        :param taken: some ``lib.contacts`` fields
        :return: dict of a record to its values
        """
        values = {own: taken[n] or False for n, own in _PLAIN.items() if n in taken}
        if "archived" in taken:
            values["active"] = not taken["archived"]
        written = {self: values}
        if "email" in taken:
            person = self._xero_person(facts)
            holder = person if person.email else self
            written.setdefault(holder, {})["email"] = taken["email"] or False
        for name, kind in (("postal", "invoice"), ("street", "delivery")):
            holder = self._xero_holder(facts, kind) if name in taken else None
            if holder:
                address = self._xero_address_values(taken[name], place)
                written.setdefault(holder, {}).update(address)
        self._xero_write_person(facts, taken, written)
        self._xero_write_terms(facts, taken, written)
        return {record: found for record, found in written.items() if found}

    def _xero_write_person(self, facts, taken, written):
        person = self._xero_person(facts)
        if person and not {"first_name", "last_name"}.isdisjoint(taken):
            first, last = self._xero_person_name(facts)
            first, last = taken.get("first_name", first), taken.get("last_name", last)
            name = " ".join(filter(None, (first, last)))
            written.setdefault(person, {})["name"] = name or person.name

    def _xero_write_terms(self, facts, taken, written):
        """Terms of Xero's that Odoo has too; others stay as they are."""
        own = {
            "sales_terms": "property_payment_term_id",
            "bills_terms": "property_supplier_payment_term_id",
        }
        for name in set(own) & set(taken):
            terms = facts.all_terms.items()
            found = [id_ for id_, text in terms if text == taken[name]]
            if found or not taken[name]:
                written[self][own[name]] = found[0] if found else False

    # === RANKS AND TAX === #

    def _xero_take_roles(self, connection, mirrored):
        """Ranks and default taxes as Xero shows them (S49, S50).

        :param mirrored: dict of partner id to what Xero says beside the fields
        """
        system = connection.sudo()
        taxes = {
            row.xero_tax_rate_id.key: row.tax_id
            for row in system.mapping_ids
            if row.kind == "tax" and row.xero_tax_rate_id and row.tax_id
        }
        for partner in self.with_company(system.company_id):
            more = mirrored.get(partner.id) or {}
            values = {
                rank: 1
                for rank, role in (
                    ("customer_rank", "is_customer"),
                    ("supplier_rank", "is_supplier"),
                )
                if more.get(role) and not partner[rank]
            }
            tax = taxes.get(more.get("sale_tax"))
            if tax and tax.type_tax_use == "sale" and partner.xero_sale_tax_id != tax:
                values["xero_sale_tax_id"] = tax.id
            if values:
                partner.write(values)
