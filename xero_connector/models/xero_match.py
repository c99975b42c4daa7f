"""Pairs that may be the same: a person says yes or no, once (N23)."""

from odoo import api, fields, models

from ..lib import matching

REASONS = [
    ("account", "Same account reference"),
    ("tax", "Same tax number"),
    ("name", "Same name"),
    ("email", "Same e-mail"),
    ("alike", "Similar name"),
]


class XeroMatch(models.Model):
    _name = "xero.match"
    _description = "May Be The Same"
    _order = "partner_id, reason, id"

    connection_id = fields.Many2one(
        "xero.connection", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner", "In Odoo", required=True, ondelete="cascade", readonly=True
    )
    partner_detail = fields.Char("Known By", compute="_compute_details")
    mirror_id = fields.Many2one(
        "xero.mirror", "In Xero", required=True, ondelete="cascade", readonly=True
    )
    mirror_detail = fields.Char("Known There By", compute="_compute_details")
    reason = fields.Selection(REASONS, "Why", required=True, readonly=True)
    state = fields.Selection(
        [("open", "To decide"), ("other", "Not the same")],
        default="open",
        required=True,
        readonly=True,
    )

    _pair_uniq = models.UniqueIndex("(partner_id, mirror_id)")
    _partner_idx = models.Index("(connection_id, partner_id) WHERE state = 'open'")

    # === COMPUTE METHODS === #

    def _compute_details(self):
        for match in self:
            partner, mirror = match.partner_id, match.mirror_id
            ours = (partner.xero_account_ref, partner.vat, partner.email, partner.city)
            theirs = (
                mirror.account_number,
                mirror.tax_number,
                mirror.email,
                mirror.town,
                self.env._("archived") if mirror.archived else "",
            )
            match.partner_detail = " · ".join(filter(None, ours))
            match.mirror_detail = " · ".join(filter(None, theirs))

    # === FINDING === #

    @api.model
    def _open_for(self, connection, partners):
        """Names of contacts in Xero that may be these partners, by partner id."""
        found = self.search(
            [
                ("connection_id", "=", connection.id),
                ("partner_id", "in", partners.ids),
                ("state", "=", "open"),
            ]
        )
        return {match.partner_id.id: match.mirror_id.name for match in found}

    @api.model
    def _look(self, connection, partners):
        """Who of these partners is in Xero already (S35)?

        What is sure is returned; what is not is listed for a person, except what a
        person decided before.

        :return: dict of partner id to the row of ``xero.mirror`` that it surely is
        """
        mirror = self.env["xero.mirror"].sudo()._unlinked(connection)
        if not mirror or not partners:
            return {}
        rows = {row.xero_id: row for row in mirror}
        index = matching.Index(row._party() for row in mirror)
        ours = partners._xero_parties(connection)
        crowd = matching.Index(partners._xero_crowd(connection))
        found = {
            party.id: [
                each
                for each in index.candidates(party, crowd)
                if not (rows[each.id].archived and each.reason == "alike")
            ]
            for party in ours
        }
        return self._sort_out(connection, found, rows)

    def _sort_out(self, connection, found, rows):
        """The sure ones; the others are written down.

        :param found: dict of partner id to candidates
        :param rows: dict of Xero id to row of ``xero.mirror``
        """
        decided = self._decided(found)
        sure, doubtful = {}, []
        for partner_id, candidates in found.items():
            for each in candidates:
                row = rows[each.id]
                state = decided.get((partner_id, row.id))
                if state == "other":
                    continue
                free = partner_id not in sure and row not in sure.values()
                if each.sure and free and not row.archived:
                    sure[partner_id] = row
                elif not state:
                    doubtful.append((partner_id, row, each.reason))
        self.create(
            [
                {
                    "connection_id": connection.id,
                    "partner_id": partner_id,
                    "mirror_id": row.id,
                    "reason": reason,
                }
                for partner_id, row, reason in doubtful
            ]
        )
        return sure

    def _decided(self, partner_ids):
        """States of the pairs that are listed already."""
        known = self.search([("partner_id", "in", list(partner_ids))])
        return {
            (match.partner_id.id, match.mirror_id.id): match.state for match in known
        }

    def unlink(self):
        """Whoever waited for a decision that nobody need make is looked at again."""
        for connection, matches in self.grouped("connection_id").items():
            waiting = matches.filtered(lambda match: match.state == "open")
            self.env["xero.change"]._collect(waiting.partner_id, connection.ids)
        return super().unlink()

    # === A PERSON'S DECISIONS === #

    def action_same(self):
        """They are the same: link them."""
        self.ensure_one()
        self.env["xero.connection"]._check_user()
        self.check_access("read")
        match = self.sudo()
        link = (
            self.env["xero.link"]
            .sudo()
            ._ensure_pending(
                match.connection_id, "contact", match.partner_id.ids, by_user=True
            )
        )
        reason = dict(self._fields["reason"]._description_selection(self.env))
        link._link_to_mirror(match.mirror_id, reason[match.reason])

    def action_other(self):
        """They are not the same; who is the same as nobody is new and goes."""
        self.env["xero.connection"]._check_user()
        self.check_access("read")
        matches = self.sudo()
        matches.state = "other"
        for connection, found in matches.grouped("connection_id").items():
            partners = found.partner_id
            self.env["xero.change"]._collect(partners, connection.ids, by_user=True)
            found.mirror_id.filtered(
                lambda row: row.not_imported == "doubtful"
            ).not_imported = False
            if connection.contact_direction != "out":
                self.env["xero.cursor"].sudo()._of(connection, "contact")._read_again(
                    found.mirror_id.mapped("xero_id")
                )


class XeroMirror(models.Model):
    _inherit = "xero.mirror"

    def unlink(self):
        """A contact that was linked to somebody is nobody else."""
        matches = self.env["xero.match"].sudo()
        matches.search([("mirror_id", "in", self.ids)]).unlink()
        return super().unlink()
