"""Account references: the bond between a contact here and in Xero, unique (S56).

A table of their own, since a column that differs by company cannot be unique in
PostgreSQL; and a counter for each prefix, whose numbers are never given out twice.
"""

# Numbers are given out in a transaction of their own.
# pylint: disable=invalid-commit

from collections import defaultdict

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools import SQL

#: How often references that are taken are replaced by the next ones.
_ROUNDS = 20


class XeroAccountRef(models.Model):
    _name = "xero.account.ref"
    _description = "Account Reference"
    _log_access = False
    _rec_name = "reference"

    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner", required=True, ondelete="cascade", readonly=True
    )
    reference = fields.Char(required=True, readonly=True)

    _reference_uniq = models.UniqueIndex(
        "(company_id, lower(reference))",
        "This account reference is already used by another contact.",
    )
    _partner_uniq = models.UniqueIndex("(company_id, partner_id)")
    _partner_idx = models.Index("(partner_id)")

    # === READING === #

    @api.model
    def _by_partner(self, company, partners):
        """References of these partners.

        :rtype: dict[int, str]
        """
        rows = self.search(
            [("company_id", "=", company.id), ("partner_id", "in", partners.ids)]
        )
        return {row.partner_id.id: row.reference for row in rows}

    @api.model
    def _holders(self, company, wanted):
        """Who has these references: id of the partner by reference in small letters."""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "SELECT lower(reference), partner_id FROM xero_account_ref"
                " WHERE company_id = %s AND lower(reference) = ANY(%s)",
                company.id,
                [reference.lower() for reference in wanted],
            )
        )
        return dict(self.env.cr.fetchall())

    # === WRITING === #

    @api.model
    def _assign(self, company, wanted):
        """Give partners the references they are to have, where nobody else has them.

        :param wanted: dict of partner id to reference
        :return: set of ids of partners whose reference another partner has
        """
        holders = self._holders(company, wanted.values())
        free, refused = {}, set()
        for partner_id, reference in wanted.items():
            holder = holders.setdefault(reference.lower(), partner_id)
            if holder == partner_id:
                free[partner_id] = reference
            else:
                refused.add(partner_id)
        known = self.search(
            [("company_id", "=", company.id), ("partner_id", "in", list(free))]
        )
        for row in known:
            reference = free.pop(row.partner_id.id)
            if row.reference != reference:
                row.reference = reference
        self.create(
            [
                {"company_id": company.id, "partner_id": id_, "reference": reference}
                for id_, reference in free.items()
            ]
        )
        return refused

    @api.model
    def _generate(self, company, pattern, partners, taken=lambda wanted: set()):
        """Give each of these partners the next reference of its letters (S57).

        :param pattern: ``lib.references.Pattern``
        :param taken: which of some references are used elsewhere, in small letters
        """
        waiting, found = list(partners), {}
        for _round in range(_ROUNDS):
            proposed = self._propose(company, pattern, waiting)
            used = set(self._holders(company, proposed.values()))
            used |= taken(list(proposed.values()))
            found |= {
                partner.id: reference
                for partner, reference in proposed.items()
                if reference.lower() not in used
            }
            waiting = [each for each in waiting if each.id not in found]
            if not waiting:
                break
        self._assign(company, found)
        return found

    def _propose(self, company, pattern, partners):
        by_prefix = defaultdict(list)
        for partner in partners:
            by_prefix[pattern.prefix(partner.name)].append(partner)
        counts = {prefix: len(found) for prefix, found in by_prefix.items()}
        last = self.env["xero.account.ref.counter"]._take(company, counts)
        return {
            partner: pattern.reference(prefix, last[prefix] - len(found) + place)
            for prefix, found in by_prefix.items()
            for place, partner in enumerate(found, 1)
        }


class XeroAccountRefCounter(models.Model):
    _name = "xero.account.ref.counter"
    _description = "Account Reference Counter"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", readonly=True
    )
    prefix = fields.Char(required=True, readonly=True)
    number = fields.Integer(required=True, readonly=True)

    _prefix_uniq = models.UniqueIndex("(company_id, prefix)")

    @api.model
    def _take(self, company, counts):
        """Take the next numbers of some prefixes; nobody gets them again.

        :param counts: dict of prefix to how many
        :return: dict of prefix to the last number taken
        """
        while True:
            try:
                with self.env.registry.cursor() as cr:
                    return self._take_in(cr, company, counts)
            except SerializationFailure:
                continue  # Someone took some meanwhile; a new look sees theirs.

    def _take_in(self, cr, company, counts):
        rows = [(company.id, prefix, counts[prefix]) for prefix in sorted(counts)]
        cr.execute(
            SQL(
                "INSERT INTO xero_account_ref_counter AS c (company_id, prefix, number)"
                " VALUES %s ON CONFLICT (company_id, prefix)"
                " DO UPDATE SET number = c.number + EXCLUDED.number"
                " RETURNING prefix, number",
                SQL(", ").join(SQL("%s", row) for row in rows),
            )
        )
        return dict(cr.fetchall())
