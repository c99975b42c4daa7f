"""Contacts that became one, in Xero or in Odoo: no id is lost (N11)."""

from odoo import api, models

from ..lib import contacts, elements, sides


class ResPartner(models.Model):
    _inherit = "res.partner"

    # === IN XERO === #

    @api.model
    def _xero_follow_merge(self, connection, cursor, link, found):
        """A linked contact was merged into another one in Xero: follow it.

        :param found: dict of Xero id to element, of this page
        """
        element = found[link.xero_id]
        winner = self._xero_survivor(connection, element["MergedToContactID"])
        links = self.env["xero.link"].sudo()
        holder = links._by_xero_id(connection, "contact", [winner]).get(winner, links)
        link.fetch(["snapshot"])
        known = (link.snapshot or {}).get("merged_to") == winner
        if link.superseded_by_id or known:
            return
        if (link | holder).request_id:
            cursor._read_again([link.xero_id])
        elif holder.superseded_by_id == link:
            self._xero_change_places(connection, link, holder, cursor)
        elif holder:
            self._xero_merged_elsewhere(link, holder, element)
        else:
            self._xero_go_along(connection, cursor, link, winner, found)

    @api.model
    def _xero_survivor(self, connection, xero_id):
        """Where merged contacts ended up, as far as is known."""
        row = self.env["xero.mirror"].sudo()._of(connection, "contact", [xero_id])
        return row._survivor() if row else xero_id

    @api.model
    def _xero_merged_elsewhere(self, link, holder, element):
        """The other contact is another partner's: a person must merge them here."""
        link.write(
            {
                "state": "pending",
                "waiting_for": "plan",
                "xero_status": "ARCHIVED",
                "snapshot": (link.snapshot or {})
                | {
                    "seen": contacts.read(element),
                    "updated": elements.updated(element),
                    "merged_to": holder.xero_id,
                    "merged_name": holder.record_name,
                },
            }
        )

    @api.model
    def _xero_go_along(self, connection, cursor, link, winner, found):
        """Nobody here is the other contact: this partner is, from now on."""
        row = self.env["xero.mirror"].sudo()._of(connection, "contact", [winner])
        there = found.get(winner) or row
        if not there:
            cursor._read_again([link.xero_id, winner])
            return
        loser, before = link.xero_id, link.snapshot
        link.xero_id = winner
        link.flush_recordset()
        kept = link._keep_loser(loser)
        kept.snapshot = {"updated": elements.updated(found[loser])}
        name = there["Name"] if isinstance(there, dict) else there.name
        self._xero_link_up(connection, {link: there})
        self._xero_take_winner(connection, link, before)
        link._tell(self.env._("Merged into %s in Xero. We follow that one now.", name))

    @api.model
    def _xero_take_winner(self, connection, link, before):
        """What the contact that stayed says otherwise counts as changed in Xero.

        :param before: snapshot of the link to the other one
        """
        snapshot = link.snapshot
        here, there = dict(snapshot["here"]), dict(snapshot["there"])
        for name, agreed in before["there"].items():
            seen = snapshot["seen"][name]
            if sides.says(seen) and not contacts.same(name, seen, agreed):
                here[name], there[name] = before["here"][name], agreed
        link.snapshot = snapshot | {"here": here, "there": there}
        self._xero_meet_links(connection, link)

    @api.model
    def _xero_change_places(self, connection, link, kept, cursor):
        """The contact that we had kept as the loser turned out to be the winner."""
        link._swap_ids(kept)
        cursor._read_again([link.xero_id])


class XeroLink(models.Model):
    _inherit = "xero.link"

    def _swap_ids(self, other):
        """Exchange what two links say of Xero; each keeps its record."""
        names = ("xero_id", "xero_number", "xero_status", "snapshot")
        mine = {name: self[name] for name in names}
        theirs = {name: other[name] for name in names}
        other.xero_id = False
        other.flush_recordset()
        self.write(theirs)
        self.flush_recordset()
        other.write(mine)

    def _merge_into(self, winner):
        """These links' partners became the partner of ``winner``.

        The winner's contact stays, unless Xero merged it away already.

        :param winner: the live link of the partner that stays, maybe empty
        """
        for link in self:
            if not winner:
                winner = link
            elif not link.xero_id:
                link.unlink()
            else:
                dead = (winner.snapshot or {}).get("merged_to") == link.xero_id
                if dead or not winner.xero_id:
                    winner._swap_ids(link)
                    winner.write({"state": "pending", "waiting_for": "plan"})
                link.write({"state": "gone", "superseded_by_id": winner.id})
                if not link.xero_id:
                    link.unlink()
        return winner


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_reference_fields(self, src_partners, dst_partner):
        """Links of the partners that go become the one's that stays (N11)."""
        self._xero_move_links(src_partners, dst_partner)
        return super()._update_reference_fields(src_partners, dst_partner)

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """The partner that stays keeps its own account reference and decisions."""
        everybody = src_partners | dst_partner
        refs = self.env["xero.account.ref"].sudo()
        for rows in (
            refs.search([("partner_id", "in", everybody.ids)]).grouped("company_id"),
            self.env["xero.match"]
            .sudo()
            .search([("partner_id", "in", everybody.ids)])
            .grouped("mirror_id"),
        ):
            for found in rows.values():
                own = found.filtered(lambda row: row.partner_id == dst_partner)
                (found - (own or found[:1])).unlink()
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _xero_move_links(self, src_partners, dst_partner):
        links = self.env["xero.link"].sudo()
        links.flush_model()
        found = links.search(
            [
                ("res_model", "=", "res.partner"),
                ("res_id", "in", (src_partners | dst_partner).ids),
            ]
        )
        if not found:
            return
        found._claim_for_person()
        for theirs in found.grouped("connection_id").values():
            alive = theirs.filtered(lambda link: not link.superseded_by_id)
            winner = alive.filtered(lambda link: link.res_id == dst_partner.id)
            twice = len(alive.filtered("xero_id")) > 1
            winner = (alive - winner)._merge_into(winner)
            rest = theirs.exists()
            rest.write({"res_id": dst_partner.id, "partner_id": dst_partner.id})
            if twice:
                winner._tell(
                    self.env._(
                        "Merged in Odoo. In Xero there are still two contacts; merge"
                        " them there. Documents go to %s.",
                        winner.xero_number or winner.xero_id,
                    )
                )
