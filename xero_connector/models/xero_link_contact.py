"""Links found by Xero's id, and links to contacts that polls found."""

import re

from odoo import api, models
from odoo.exceptions import UserError

from ..lib import errors

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class XeroLink(models.Model):
    _inherit = "xero.link"

    @api.model
    def _by_xero_id(self, connection, resource, xero_ids):
        """Links that hold these ids, those of merged records too.

        :rtype: dict[str, xero.link]
        """
        links = self.search(
            [
                ("connection_id", "=", connection.id),
                ("resource", "=", resource),
                ("xero_id", "in", list(xero_ids)),
            ]
        )
        return {link.xero_id: link for link in links}

    def _link_to_mirror(self, mirror, reason):
        """Join this contact to one that a poll found, as a person decided."""
        self.ensure_one()
        self._claim_for_person()
        if self.xero_id or not mirror:
            raise UserError(
                self.env._("One of the two was linked meanwhile. Nothing changed.")
            )
        connection = self.connection_id
        name = mirror.name
        partners = self.env["res.partner"].with_env(connection._as_worker().env)
        partners._xero_link_up(connection, {self: mirror})
        self.by_user = True
        self.env["xero.note"]._settle(self)
        self._tell(
            self.env._(
                "Linked by hand to %(number)s in Xero. %(reason)s",
                number=name,
                reason=reason or "",
            )
        )
        connection._wake_plan(by_user=True)

    def _keep_loser(self, xero_id):
        """Remember a contact that was merged into this link's one.

        Neither id is lost: whatever Xero still says of it finds its way here.
        """
        self.ensure_one()
        return self.create(
            {
                "connection_id": self.connection_id.id,
                "resource": self.resource,
                "res_model": self.res_model,
                "res_id": self.res_id,
                "partner_id": self.partner_id.id,
                "xero_id": xero_id,
                "xero_status": "ARCHIVED",
                "state": "gone",
                "superseded_by_id": self.id,
            }
        )

    def _link_by_id(self, xero_id, reason):
        """Join this contact to one by Xero's id, as a person typed it (S53)."""
        self.ensure_one()
        if not _GUID.fullmatch(xero_id):
            raise UserError(
                self.env._(
                    "This is no id of Xero's. It is at the end of the contact's address"
                    " in the browser, such as 6f0a9f60-1234-4000-8000-0123456789ab."
                )
            )
        contact = self.env["xero.resource"]._get("contact")
        try:
            found = self.connection_id._read_by_id(contact, [xero_id])
        except errors.XeroError as error:
            raise self.connection_id._as_user_error(error) from error
        if not found:
            raise UserError(self.env._("Xero has no contact with this id."))
        self._link_by_hand(found[0], reason)

    # === FIELD BY FIELD === #

    def _decide_fields(self, partner, facts, seen, chosen):
        """Settle differing fields as a person chose.

        :param seen: what Xero holds now
        :param chosen: dict of ``keep``, ``odoo`` or ``xero`` to field names
        """
        self.ensure_one()
        take = {name: seen[name] for name in chosen.get("xero", ())}
        refused = partner._xero_take(
            self.connection_id, facts, {partner: take} if take else {}
        )
        if refused:
            raise UserError("\n".join({*refused[partner].values()}))
        ours = partner._xero_flat(partner._xero_facts(self.connection_id))
        snapshot = dict(self.snapshot or {})
        here, there = dict(snapshot.get("here", ours)), snapshot.get("there", seen)
        there = dict(there)
        for name in (*chosen.get("keep", ()), *chosen.get("xero", ())):
            here[name], there[name] = ours[name], seen[name]
        for name in chosen.get("odoo", ()):
            here[name], there[name] = None, seen[name]
        snapshot |= {"here": here, "there": there, "seen": seen}
        snapshot["chosen"] = list(chosen.get("odoo", ()))
        self.write(
            {
                "snapshot": snapshot,
                "state": "pending",
                "waiting_for": "plan",
                "by_user": True,
            }
        )
