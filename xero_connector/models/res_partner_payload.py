"""A contact as Xero wants it, and what of a change may go."""

import dataclasses
from dataclasses import dataclass, field

from odoo import api, models

from ..lib import contacts, sides, wire
from .xero_assessment import Assessment, Facts

#: Odoo's payment terms that Xero knows too, when they are one single line.
_TERMS = {
    "days_after": "DAYSAFTERBILLDATE",
    "days_after_end_of_month": "DAYSAFTERBILLMONTH",
}

#: Children whose address or name is part of the contact.
_KINDS = ("invoice", "delivery", "contact")


@dataclass
class ContactFacts(Facts):
    """Everything that a batch of contacts looks up, read once."""

    rules: object = None
    """``lib.sides.Rules`` of the connection."""
    references: dict = field(default_factory=dict)
    """Partner id to account reference."""
    accounts_elsewhere: dict = field(default_factory=dict)
    """Account reference in small letters to who has it in Xero, if not linked."""
    linked: set = field(default_factory=set)
    """Ids of partners that Xero has."""
    doubtful: dict = field(default_factory=dict)
    """Partner id to the name of a contact in Xero that may be the same."""
    addresses: dict = field(default_factory=dict)
    """(Partner id, ``invoice``, ``delivery`` or ``contact``) to the child."""
    countries: dict = field(default_factory=dict)
    """Country id to its English name in plain letters."""
    terms: dict = field(default_factory=dict)
    """Payment term id to Xero's form of it."""
    all_terms: dict = field(default_factory=dict)
    """The same of every term; filled where Xero's terms are taken."""


class ResPartner(models.Model):
    _inherit = "res.partner"

    # === READ AHEAD === #

    def _xero_facts(self, connection):
        own = self.env(su=True)
        links = own["xero.link"]._live_for(self, connection)
        company = connection.sudo().company_id
        references = own["xero.account.ref"]._by_partner(company, self)
        mirror, match = own["xero.mirror"], own["xero.match"]
        addresses = self._xero_addresses()
        everybody = self.union(*addresses.values())
        return ContactFacts(
            connection=connection,
            rules=connection.sudo()._contact_rules(),
            references=references,
            accounts_elsewhere=mirror._accounts(connection, references.values()),
            linked={res_id for res_id, link in links.items() if link.xero_id},
            doubtful=match._open_for(connection, self),
            addresses=addresses,
            countries=everybody._xero_country_names(),
            terms=self._xero_terms(company),
        )

    def _xero_addresses(self):
        """The first child of each kind, which holds an address or a person."""
        found = {}
        for child in self.child_ids.sorted("id"):
            if child.type in _KINDS and child.active and not child.is_company:
                found.setdefault((child.parent_id.id, child.type), child)
        return found

    def _xero_country_names(self):
        """Names as Xero wants them, whatever language the reader speaks."""
        countries = self.country_id.with_context(lang="en_US")
        return {each.id: contacts.country(each.name) for each in countries}

    def _xero_terms(self, company):
        """Payment terms of these contacts that Xero can hold."""
        ours = self.with_company(company)
        terms = ours.property_payment_term_id | ours.property_supplier_payment_term_id
        return terms._xero_by_id()

    # === AS FIELDS === #

    def _xero_flat(self, facts):
        """This contact as ``lib.contacts`` fields, cut to what Xero takes."""
        company = self.with_company(facts.connection.sudo().company_id)
        first, last = self._xero_person_name(facts)
        return {
            "name": (self.name or "").strip(),
            "email": self._xero_email(facts),
            "first_name": first,
            "last_name": last,
            "account_number": facts.references.get(self.id, ""),
            "tax_number": (self.vat or "").strip()[:50],
            "company_number": (self.company_registry or "").strip()[:50],
            "phone": (self.phone or "").strip()[:50].strip(),
            "postal": self._xero_address_of(facts, "invoice"),
            "street": self._xero_address_of(facts, "delivery"),
            "sales_terms": facts.terms.get(company.property_payment_term_id.id, ""),
            "bills_terms": facts.terms.get(
                company.property_supplier_payment_term_id.id, ""
            ),
            "archived": "" if self.active else "yes",
        }

    def _xero_person(self, facts):
        """The person who goes along, if the option says so (S40, S41)."""
        if facts.connection.sudo().contact_person_mode != "primary":
            return self.browse()
        return facts.addresses.get((self.id, "contact"), self.browse())

    def _xero_person_name(self, facts):
        first, _space, last = (self._xero_person(facts).name or "").rpartition(" ")
        return first.strip(), last.strip()

    def _xero_email(self, facts):
        person = self._xero_person(facts)
        return (person.email or self.email or "").strip()

    def _xero_holder(self, facts, kind):
        """Who holds an address: the billing address, else the contact itself (G8).

        A delivery address is sent only where there is one.
        """
        child = facts.addresses.get((self.id, kind), self.browse())
        if kind == "invoice" and not (child.street or child.city):
            return self
        return child

    def _xero_address_of(self, facts, kind):
        holder = self._xero_holder(facts, kind)
        return contacts.address(
            holder.street,
            holder.street2,
            holder.city,
            holder.state_id.name,
            holder.zip,
            facts.countries.get(holder.country_id.id),
        )

    # === TO XERO === #

    def _xero_payload(self, facts, link):
        # Archived here before it went: active there, as its document needs it.
        here = self._xero_flat(facts)
        contact = contacts.write(
            here | {"archived": ""},
            contact_number=self._xero_contact_number(facts.connection),
            default_currency=facts.connection.sudo().contact_currency_id.name or None,
        )
        return contact, {"here": here}

    def _xero_contact_number(self, connection):
        """Our hidden key: stable, unique, and never one of another system's."""
        return f"{connection.contact_prefix}-{self.id}"

    # === CHANGES === #

    def _xero_merge(self, facts, snapshot):
        """What both sides changed since they last agreed (N4).

        :param snapshot: of the link, with what Xero was last ``seen`` to hold
        :rtype: lib.sides.Merge
        """
        seen, rules = snapshot["seen"], facts.rules
        chosen = snapshot.get("chosen")
        if chosen:  # A person decided that these go, whatever the options say.
            sendable = rules.sendable | set(chosen)
            rules = dataclasses.replace(rules, sendable=sendable)
        merged = sides.merge(
            snapshot["here"], snapshot["there"], self._xero_flat(facts), seen, rules
        )
        theirs = seen.get("account_number")
        foreign = theirs and theirs != snapshot["here"].get("account_number")
        if foreign and "account_number" not in (chosen or ()):
            # Someone else uses that field: never overwritten.
            merged.send.pop("account_number", None)
        for name in contacts.TERMS:
            if not merged.send.get(name):
                merged.send.pop(name, None)  # Xero's terms cannot be emptied.
        return merged

    def _xero_assess_change(self, facts, assessment):
        """What of this contact changed here only goes; a true conflict is asked."""
        snapshot = assessment.link.snapshot or {}
        if "seen" not in snapshot:
            return super()._xero_assess_change(facts, assessment)
        merged = self._xero_merge(facts, snapshot)
        archived = snapshot["seen"].get("archived")
        if merged.send and not archived:
            return self._xero_assess_update(assessment, merged)
        problem = self._xero_problem_of_change(snapshot, merged)
        if problem:
            return Assessment(self, assessment.link, "blocked", problems=[problem])
        return super()._xero_assess_change(facts, assessment)

    def _xero_problem_of_change(self, snapshot, merged):
        """What a person must settle about a contact that both sides have."""
        if snapshot.get("merged_to"):
            return self._xero_problem("contact_merged", other=snapshot["merged_name"])
        if snapshot["seen"].get("archived"):
            # Xero lets nobody but people touch it; said where Odoo uses it again.
            wanted = "archived" in merged.send
            return self._xero_problem("contact_archived") if wanted else None
        if snapshot.get("refused"):
            return self._xero_problem("contact_not_taken", reason=snapshot["refused"])
        return self._xero_conflict(merged.conflicts) if merged.conflicts else None

    def _xero_assess_update(self, assessment, merged):
        model = contacts.write(merged.send, clear=True)
        identity = {"ContactID": assessment.link.xero_id}
        assessment.action = "update"
        assessment.payload = identity | wire.encode(model)
        assessment.fingerprint = wire.fingerprint(assessment.payload)
        assessment.agreed = {
            "here": merged.here | merged.send,
            "there": merged.there,
            "sent": sorted(merged.send),
        }
        return assessment

    def _xero_conflict(self, names):
        labels = self._xero_field_labels()
        listed = ", ".join(str(labels[name]) for name in names)
        return self._xero_problem("contact_conflict", fields=listed)

    def _xero_assess_out_of_scope(self, connection, link):
        """Became part of a company, or left the groups: what is in Xero stays."""
        return Assessment(self, link, "leave")

    # === ANSWERS === #

    @api.model
    def _xero_agreed(self, element, agreed):
        """What each side held when Xero accepted this (N4).

        Of a change only the fields that were sent are agreed on: another may have
        been changed in Xero at the same time and is taken when Xero is read.
        """
        seen = contacts.read(element)
        if "sent" in agreed:
            sent = {name: seen[name] for name in agreed["sent"]}
            there = agreed["there"] | sent
        else:
            # As it was sent: found after a doubt, it may have been edited since. What
            # the answer leaves out was not emptied, though.
            ours = agreed["here"] | {"archived": ""}
            there = {n: ours[n] if any(seen[n]) else seen[n] for n in ours}
        return {
            "here": agreed["here"],
            "there": there,
            "seen": seen,
        }

    @api.model
    def _xero_accepted(self, connection, accepted):
        """What else changed in Xero is taken, now that ours is there."""
        found = self.env["xero.link"].sudo()
        found = found.union(*(line.link_id for line, _element in accepted))
        links = found.filtered(lambda link: self._xero_differs(link.snapshot))
        if links:
            worker = self.with_env(connection._as_worker().env)
            worker._xero_meet_links(connection, links)

    @api.model
    def _xero_differs(self, snapshot):
        """Whether Xero was seen to hold something else than was agreed on."""
        seen, there = snapshot["seen"], snapshot["there"]
        return any(not contacts.same(name, seen[name], there[name]) for name in seen)

    def _xero_meet(self, link, there, payload, agreed):
        """Send only what Xero's users left alone since we last agreed (I15)."""
        connection = link.connection_id
        partner = self.with_env(connection._as_worker().env).exists()
        snapshot = (link.snapshot or {}) | {"seen": contacts.read(there)}
        if not partner or snapshot["seen"]["archived"]:
            agreed |= {"here": snapshot["here"], "there": snapshot["there"], "sent": []}
            return None
        merged = partner._xero_merge(partner._xero_facts(connection), snapshot)
        wanted = set(agreed["sent"])
        send = {name: value for name, value in merged.send.items() if name in wanted}
        agreed |= {
            "here": merged.here | send,
            "there": merged.there,
            "sent": sorted(send),
        }
        if not send:
            return None
        model = contacts.write(send, clear=True)
        return {"ContactID": link.xero_id} | wire.encode(model)


class AccountPaymentTerm(models.Model):
    _inherit = "account.payment.term"

    def _xero_by_id(self):
        """Terms that Xero knows too: one line, all of it, after so many days (S43).

        :return: dict of id to ``"DAYSAFTERBILLDATE 30"``
        """
        found = {}
        for term in self:
            line = term.line_ids
            if (
                len(line) == 1
                and line.delay_type in _TERMS
                and not term.early_discount
                and line.nb_days >= 0
            ):
                found[term.id] = f"{_TERMS[line.delay_type]} {line.nb_days}"
        return found
