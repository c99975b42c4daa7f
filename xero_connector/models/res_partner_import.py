"""Contacts of Xero's that become partners, and partners that are looked for there."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..lib import batches, matching


class ResPartner(models.Model):
    _inherit = "res.partner"

    # === BEFORE THE PLAN === #

    @api.model
    def _xero_prepare(self, connection, links):
        """Look for partners in Xero before they are created there (S35, N23).

        Nobody is created before all of Xero's contacts were read once.
        """
        unsent = links.filtered(lambda link: not link.xero_id)
        self._xero_meet_links(connection, links - unsent)
        if not unsent:
            return links
        if not self.env["xero.cursor"].sudo()._is_complete(connection, "contact"):
            unsent.waiting_for = "look"
            if connection._runner_alive():
                connection._wake_poll("awaited")
            return links - unsent
        partners = self.browse(unsent.mapped("res_id")).exists()
        partners = partners._filtered_access("read")
        partners._xero_look(connection, unsent)
        return links

    def _xero_look(self, connection, links):
        """Link those of these partners who surely are in Xero, list who may be."""
        partners = self._xero_in_scope(connection, linked=True)
        partners._xero_ensure_refs(connection)
        if connection.sudo().contact_direction == "in":
            return
        sure = self.env["xero.match"].sudo()._look(connection, partners)
        by_partner = {link.res_id: link for link in links}
        self._xero_link_up(
            connection, {by_partner[id_]: row for id_, row in sure.items()}
        )

    # === WHO IS WHO === #

    def _xero_parties(self, connection):
        """These partners as what matching compares, in one query."""
        return self._xero_read_parties(
            connection, SQL("p.id = ANY(%s)", self.ids) if self else SQL("FALSE")
        )

    @api.model
    def _xero_crowd(self, connection, unlinked=False):
        """Everyone in Odoo who may be a contact of this organisation.

        :param unlinked: only those whom Xero does not have yet
        """
        condition = SQL("p.active")
        if unlinked:
            condition = SQL(
                "p.active AND NOT EXISTS (SELECT 1 FROM xero_link l"
                " WHERE l.res_model = 'res.partner' AND l.res_id = p.id"
                " AND l.connection_id = %s AND l.superseded_by_id IS NULL"
                " AND (l.xero_id IS NOT NULL OR l.request_id IS NOT NULL"
                " OR l.state = 'skipped'))",
                connection.id,
            )
        return self._xero_read_parties(connection, condition)

    @api.model
    def _xero_read_parties(self, connection, condition):
        company = connection.sudo().company_id
        currency = company.currency_id.name
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT p.id, p.name, coalesce(r.reference, p.ref), p.vat, p.email,"
                " p.city FROM res_partner p LEFT JOIN xero_account_ref r"
                " ON r.partner_id = p.id AND r.company_id = %s"
                " WHERE p.commercial_partner_id = p.id"
                " AND (p.company_id IS NULL OR p.company_id = ANY(%s)) AND %s",
                company.id,
                connection._company_ids(),
                condition,
            )
        )
        return [
            matching.Party(id_, *(text or "" for text in texts), currency)
            for id_, *texts in self.env.cr.fetchall()
        ]

    # === FROM XERO === #

    @api.model
    def _xero_import(self, connection, rows):
        """Contacts of Xero's that come to Odoo: linked, created, or said why not.

        :param rows: of ``xero.mirror``
        :return: how many came
        """
        system = connection.sudo()
        if system.contact_direction == "out":
            rows = rows.filtered("wanted")
        rows = rows.filtered(lambda row: not row.merged_to)
        if not rows:
            return 0
        joined = self._xero_link_known(connection, rows)
        rest = rows.exists()
        rest -= self._xero_keep_out(connection, rest)
        return joined + self._xero_create_from(connection, rest)

    @api.model
    def _xero_link_known(self, connection, rows):
        """Link rows to partners who surely are the same; list who may be."""
        found = self._xero_find_partners(connection, rows)
        by_id = {row.xero_id: row for row in rows}
        sure = self.env["xero.match"].sudo()._sort_out(connection, found, by_id)
        links = self.env["xero.link"].sudo()
        made = links._ensure_pending(connection, "contact", list(sure)) if sure else ()
        self._xero_link_up(
            connection,
            {link: sure[link.res_id] for link in made if not link.request_id},
        )
        return len(sure)

    @api.model
    def _xero_find_partners(self, connection, rows):
        """Who in Odoo may be these contacts: candidates by partner id."""
        active = rows.filtered(lambda row: not row.archived)
        everyone = self.env["xero.mirror"].sudo()._unlinked(connection)
        crowd = matching.Index(self._xero_crowd(connection, unlinked=True))
        theirs = matching.Index(row._party() for row in everyone)
        found = {}
        for row in active:
            for each in crowd.candidates(row._party(), theirs):
                pair = matching.Candidate(row.xero_id, each.reason, each.sure)
                found.setdefault(each.id, []).append(pair)
        return found

    @api.model
    def _xero_keep_out(self, connection, rows):
        """Contacts that may not come yet, each with the reason (S44)."""
        company = connection.sudo().company_id
        references = [row.account_number for row in rows if row.account_number]
        holders = self.env["xero.account.ref"].sudo()._holders(company, references)
        matches = (
            self.env["xero.match"]
            .sudo()
            .search([("mirror_id", "in", rows.ids), ("state", "=", "open")])
        )
        kept = rows.browse()
        for row in rows:
            reason = self._xero_why_not(connection, row, holders, matches.mirror_id)
            if row.not_imported != reason:
                row.not_imported = reason
            if reason:
                kept |= row
            else:  # of two with one reference only the first comes
                holders[row.account_number.lower()] = None
        return kept

    @api.model
    def _xero_why_not(self, connection, row, holders, doubtful):
        if row.archived:
            return "archived"
        if not connection.sudo().contact_default_category_id:
            return "group"
        if not row.account_number:
            return "account_number"
        if not any(row["values"]["postal"]):
            return "postal"
        if row in doubtful:
            return "doubtful"
        if row.account_number.lower() in holders:
            return "reference"
        return False

    @api.model
    def _xero_create_from(self, connection, rows):
        """New partners for these contacts; what Odoo refuses stays out by itself."""
        if not rows:
            return 0
        place = self._xero_places([row["values"] for row in rows])
        try:
            with self.env.cr.savepoint():
                self._xero_create_all(connection, rows, place)
                return len(rows)
        except UserError as error:
            if len(rows) == 1:
                rows.write({"not_imported": "refused", "refusal": str(error)})
                return 0
        return sum(
            self._xero_create_from(connection, half) for half in batches.halves(rows)
        )

    @api.model
    def _xero_create_all(self, connection, rows, place):
        system = connection.sudo()
        worker = self.with_context(xero_from=connection.id, tracking_disable=True)
        partners = worker.create(
            [self._xero_new_values(connection, row["values"], place) for row in rows]
        )
        pairs = list(zip(partners, rows, strict=True))
        self.env["xero.account.ref"].sudo()._assign(
            system.company_id,
            {partner.id: row.account_number for partner, row in pairs},
        )
        facts = partners._xero_facts(connection)
        self.env["xero.link"].sudo().create(
            [self._xero_new_link(connection, facts, *pair) for pair in pairs]
        )
        partners._xero_take_roles(
            connection,
            {
                partner.id: {
                    "is_customer": row.is_customer,
                    "is_supplier": row.is_supplier,
                    "sale_tax": row.sale_tax,
                }
                for partner, row in pairs
            },
        )
        rows.unlink()
        self.env.flush_all()

    @api.model
    def _xero_new_link(self, connection, facts, partner, row):
        """The link of a partner made just now: both sides hold what they hold."""
        values = partner._xero_link_values(row)
        seen = values["snapshot"]["seen"]
        values["snapshot"] |= {"here": partner._xero_flat(facts), "there": seen}
        return values | {
            "connection_id": connection.id,
            "resource": "contact",
            "res_model": "res.partner",
            "res_id": partner.id,
            "partner_id": partner.id,
            "state": "synced",
            "synced_at": self.env.cr.now(),
        }
