"""Apply: what Xero says of a contact, compared with what both sides agreed on.

Nothing changed, or our own change come back: stop (I7). Changed there only: written
here. Changed on both sides: merged field by field (N4). Contacts that nobody here is
are kept as rows of ``xero.mirror``; by option they become partners.
"""

import logging

from odoo import api, models
from odoo.exceptions import UserError

from ..lib import batches, contacts, elements, matching, sides

_logger = logging.getLogger(__name__)


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _xero_apply(self, connection, cursor, page):
        """Apply a page of contacts.

        :param cursor: where elements go that cannot be applied just now
        :param page: contacts of Xero's, with everything in them
        :return: how many brought news
        """
        found = {each["ContactID"]: each for each in page}
        links = self.env["xero.link"].sudo()._by_xero_id(connection, "contact", found)
        strangers = {id_: each for id_, each in found.items() if id_ not in links}
        strangers, own = self._xero_own_strangers(connection, cursor, strangers)
        links |= own
        merged = [
            xero_id for xero_id in links if found[xero_id].get("MergedToContactID")
        ]
        rows, news = (
            self.env["xero.mirror"].sudo()._store(connection, "contact", strangers)
        )
        for xero_id in merged:
            self._xero_follow_merge(connection, cursor, links.pop(xero_id), found)
            news += 1
        news += self._xero_apply_linked(connection, cursor, links, found)
        return news + self._xero_import(connection, rows.exists())

    @api.model
    def _xero_own_strangers(self, connection, cursor, strangers):
        """Contacts that carry our number and have no link yet.

        Most are on their way: their answer is not applied yet, and they are read again
        later. Where nothing is on its way they were found again, and are linked: if
        the name says so, too, since a restored database gives ids once more.

        :return: the other strangers, and links by Xero id
        """
        prefix = f"{connection.contact_prefix}-"
        own = {}
        for xero_id, element in strangers.items():
            number = element.get("ContactNumber") or ""
            if number.startswith(prefix) and number[len(prefix) :].isdigit():
                own[int(number[len(prefix) :])] = xero_id
        partners = self.browse(own).exists()
        links = self.env["xero.link"].sudo()._live_for(partners, connection)
        rest, found = dict(strangers), {}
        for partner in partners:
            xero_id, link = own[partner.id], links.get(partner.id)
            if link and link.request_id:
                cursor._read_again([xero_id])
                del rest[xero_id]
            elif not (link and link.xero_id) and partner._xero_is_in(rest[xero_id]):
                found[partner.id] = rest.pop(xero_id)
        return rest, self._xero_link_own(connection, found)

    def _xero_is_in(self, element):
        """Whether a contact with this partner's number is this partner.

        One that was merged away is, too: it leads to the one that stayed.
        """
        archived = contacts.read(element)["archived"]
        return (
            self._xero_is_account()
            and (not archived or element.get("MergedToContactID"))
            and matching.same_name(self.name, element.get("Name"))
        )

    @api.model
    def _xero_link_own(self, connection, found):
        """Link partners to their own contacts that were found again.

        :param found: dict of partner id to element
        :return: links by Xero id
        """
        links = self.env["xero.link"].sudo()
        if not found:
            return {}
        links = links._ensure_pending(connection, "contact", list(found))
        facts = self.browse(found)._xero_facts(connection)
        alive = {}
        for link in links:
            element = found[link.res_id]
            if element.get("MergedToContactID"):
                values = self._xero_link_values(element)
                ours = self.browse(link.res_id)._xero_flat(facts)
                values["snapshot"] |= {
                    "here": ours,
                    "there": values["snapshot"]["seen"],
                }
                link.write(values)
            else:
                alive[link] = element
        if alive:
            self._xero_link_up(connection, alive)
        return {link.xero_id: link for link in links}

    # === CHANGES OF LINKED CONTACTS === #

    @api.model
    def _xero_apply_linked(self, connection, cursor, links, found):
        """Take what changed in Xero only; have the plan look at the rest.

        :param links: dict of Xero id to link
        :return: how many brought news
        """
        self.env["xero.link"].sudo().union(*links.values()).fetch(["snapshot"])
        news = {}
        for xero_id, link in links.items():
            snapshot = link.snapshot or {}
            known = snapshot.get("updated") == elements.updated(found[xero_id])
            if link.superseded_by_id or known:
                continue
            if link.request_id:
                cursor._read_again([xero_id])
            else:
                news[link] = found[xero_id]
        self._xero_see(connection, news)
        return len(news)

    @api.model
    def _xero_see(self, connection, found):
        """Remember what Xero holds now, and meet it.

        :param found: dict of link to element
        """
        for link, element in found.items():
            seen = contacts.read(element)
            snapshot = dict(link.snapshot or {})
            snapshot |= {"seen": seen, "updated": elements.updated(element)}
            link.write(
                {
                    "snapshot": snapshot,
                    "xero_number": element.get("ContactNumber") or link.xero_number,
                    "xero_status": element.get("ContactStatus"),
                }
            )
        links = self.env["xero.link"].sudo().union(*found)
        self._xero_meet_links(connection, links)
        more = {link.res_id: self._xero_roles(each) for link, each in found.items()}
        partners = self.browse(links.mapped("res_id")).exists()
        partners._filtered_access("read")._xero_take_roles(connection, more)

    @api.model
    def _xero_roles(self, element):
        return {
            "is_customer": element.get("IsCustomer"),
            "is_supplier": element.get("IsSupplier"),
            "sale_tax": element.get("AccountsReceivableTaxType"),
        }

    @api.model
    def _xero_meet_links(self, connection, links):
        """Merge linked contacts with what was last seen of them in Xero.

        Takes what Xero alone changed. What Odoo changed, or both did, is for the plan,
        which is told to look.
        """
        links.fetch(["snapshot"])
        links = links.filtered(lambda link: "seen" in (link.snapshot or {}))
        # Who was given to another company meanwhile is none of this worker's.
        partners = self.browse(links.mapped("res_id")).exists()
        partners = partners._filtered_access("read")
        facts = partners._xero_facts(connection)
        by_id = {partner.id: partner for partner in partners}
        merges = {
            link: by_id[link.res_id]._xero_merge(facts, link.snapshot)
            for link in links
            if link.res_id in by_id
        }
        refused = self._xero_take(
            connection,
            facts,
            {by_id[link.res_id]: m.take for link, m in merges.items() if m.take},
        )
        self._xero_settle_merges(connection, merges, refused)

    @api.model
    def _xero_settle_merges(self, connection, merges, refused):
        """Write down what both sides agree on after taking.

        :param merges: dict of link to ``lib.sides.Merge``
        :param refused: dict of partner to fields and Odoo's words
        """
        taken = {link: m for link, m in merges.items() if m.take}
        partners = self.browse(link.res_id for link in taken)
        facts = partners._xero_facts(connection) if partners else None
        for link, found in merges.items():
            here, there = found.here, found.there
            partner = self.browse(link.res_id)
            kept_out = refused.get(partner, {})
            done = found.take.keys() - kept_out.keys()
            if done:
                now, seen = partner._xero_flat(facts), link.snapshot["seen"]
                here = here | {name: now[name] for name in done}
                there = there | {name: seen[name] for name in done}
            self._xero_agree(link, here, there, " ".join({*kept_out.values()}))
            open_questions = found.send or found.conflicts or kept_out
            settled = link.state in ("skipped", "gone", "pending")
            if not settled and (open_questions or link.state != "synced"):
                link.write({"state": "pending", "waiting_for": "plan"})

    @api.model
    def _xero_agree(self, link, here, there, refused):
        """Keep what was agreed, and why Odoo did not accept the rest."""
        snapshot = link.snapshot | {"here": here, "there": there}
        snapshot.pop("refused", None)
        if refused:
            snapshot["refused"] = refused
        if snapshot != link.snapshot:
            link.snapshot = snapshot

    # === WRITING === #

    @api.model
    def _xero_take(self, connection, facts, taken):
        """Write Xero's values on partners, as the sync user.

        All in one go; what Odoo refuses is found by halves and keeps only itself out.

        :param taken: dict of partner to fields
        :return: dict of partner to what Odoo refused, and why
        """
        if not taken:
            return {}
        facts.all_terms = self.env["account.payment.term"].search([])._xero_by_id()
        blank = dict.fromkeys(contacts.ADDRESSES, contacts.NO_ADDRESS)
        place = self._xero_places([blank | values for values in taken.values()])
        try:
            with self.env.cr.savepoint():
                return self._xero_take_all(connection, facts, taken, place)
        except UserError as error:
            if sum(map(len, taken.values())) == 1:
                [(partner, values)] = taken.items()
                return {partner: {name: str(error) for name in values}}
        return self._xero_take_halves(connection, facts, taken)

    @api.model
    def _xero_take_halves(self, connection, facts, taken):
        """What was refused together: half of the contacts, or of the one's fields."""
        if len(taken) > 1:
            parts = [dict(half) for half in batches.halves(list(taken.items()))]
        else:
            [(partner, values)] = taken.items()
            halves = batches.halves(list(values.items()))
            parts = [{partner: dict(half)} for half in halves]
        refused = {}
        for part in parts:
            for partner, found in self._xero_take(connection, facts, part).items():
                refused.setdefault(partner, {}).update(found)
        return refused

    @api.model
    def _xero_take_all(self, connection, facts, taken, place):
        system = connection.sudo()
        worker = self.with_context(xero_from=connection.id).with_company(
            system.company_id
        )
        written = {}
        for partner, values in taken.items():
            for record, found in partner._xero_write(facts, values, place).items():
                written.setdefault(record, {}).update(found)
        for record, values in written.items():
            worker.browse(record.id).write(values)
        refused = self._xero_take_refs(connection, taken)
        self.env.flush_all()
        return refused

    @api.model
    def _xero_take_refs(self, connection, taken):
        """Account references that were changed in Xero (S46, S64, S65)."""
        wanted = {
            partner.id: values["account_number"]
            for partner, values in taken.items()
            if values.get("account_number")
        }
        if not wanted:
            return {}
        company = connection.sudo().company_id
        rows = self.env["xero.account.ref"].sudo()
        refused = rows._assign(company, wanted)
        self.browse(wanted)._xero_write_back_refs(
            connection, {id_: r for id_, r in wanted.items() if id_ not in refused}
        )
        return {
            self.browse(id_): {
                "account_number": self._xero_ref_taken(company, wanted[id_])
            }
            for id_ in refused
        }

    # === JOINING === #

    @api.model
    def _xero_link_up(self, connection, found):
        """Links of partners that turned out to be in Xero.

        What only one side knows goes to the other, as far as the options allow; what
        differs stays as it is on each side until someone changes or decides it.

        :param found: dict of link to element, or to a row of ``xero.mirror``
        """
        links = self.env["xero.link"].sudo().union(*found)
        partners = self.browse(links.mapped("res_id")).exists()
        facts = partners._xero_facts(connection)
        by_id = {partner.id: partner for partner in partners}
        for link, there in found.items():
            values = self._xero_link_values(there)
            here, agreed = sides.first_agreement(
                by_id[link.res_id]._xero_flat(facts),
                values["snapshot"]["seen"],
                facts.rules,
            )
            values["snapshot"] |= {"here": here, "there": agreed}
            link.write({"state": "pending", "waiting_for": "plan"} | values)
        self.env["xero.mirror"].sudo()._of(
            connection, "contact", links.mapped("xero_id")
        ).unlink()
        self._xero_meet_links(connection, links)

    @api.model
    def _xero_link_values(self, there):
        """Columns of a link to an element, or to a row of ``xero.mirror``."""
        if isinstance(there, dict):
            seen, updated = contacts.read(there), elements.updated(there)
            xero_id, number = there["ContactID"], there.get("ContactNumber")
        else:
            seen, updated = there["values"], there.updated
            xero_id, number = there.xero_id, there.number
        return {
            "xero_id": xero_id,
            "xero_number": number,
            "xero_status": "ARCHIVED" if seen["archived"] else "ACTIVE",
            "snapshot": {"seen": seen, "updated": updated},
        }
