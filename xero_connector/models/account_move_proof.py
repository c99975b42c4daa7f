"""The first document of a delicate tax mapping proves it (N31, T19).

Reverse charge, imports and their like are told apart by names and percentages that may
deceive. So the first document goes as a draft, Xero's totals are compared, and only
then is it approved and are the others sent.
"""

from odoo import api, fields, models

from .xero_assessment import Assessment

#: States of a link that proves nothing any more, or never did.
_OVER = ("error", "blocked", "skipped", "gone", "synced")


class XeroMapping(models.Model):
    _inherit = "xero.mapping"

    proof_link_id = fields.Many2one(
        "xero.link", readonly=True, help="The first document, which proves the choice."
    )

    def _free_what_waited(self):
        """Another choice is proven anew: none waits for what proved the old."""
        result = super()._free_what_waited()
        for connection in self.connection_id:
            waiting = self.env["xero.link"].sudo()._proof_waiting(connection)
            waiting.waiting_for = "plan"
            if waiting:
                connection.sudo()._wake_plan()
        return result

    @api.model
    def _unproven(self, connection):
        """Rows whose first document is still to be compared, by tax id."""
        rows = self._rows(connection, "tax") | self._rows(connection, "tax_asset")
        found = {}
        for row in rows.filtered(lambda row: row.delicate and not row.proven_at):
            found[row.tax_id.id] = found.get(row.tax_id.id, self) | row
        return found

    def _prover(self):
        """The link that proves this row at the moment, empty if none does."""
        link = self.proof_link_id
        return link if link.state not in _OVER else link.browse()


class AccountMove(models.Model):
    _inherit = "account.move"

    def _xero_unproven(self, facts):
        """Unproven mappings that this document uses."""
        rows = self.env["xero.mapping"].sudo()
        if not facts.unproven:
            return rows
        taxes = self._xero_base_records().tax_ids
        for tax in taxes | taxes.flatten_taxes_hierarchy():
            rows |= facts.unproven.get(tax.id, rows)
        return rows

    def _xero_assess(self, facts, link):
        """A document whose tax another one is proving waits for it."""
        found = super()._xero_assess(facts, link)
        if found.action != "create":
            return found
        rows = self._xero_unproven(facts)
        others = {facts.proving.get(row.id) or row._prover() for row in rows}
        if any(other and other != link for other in others):
            return Assessment(self, link, "wait", waiting_for="proof")
        facts.proving |= {row.id: link for row in rows}
        if rows:
            found.agreed["proves"] = rows.ids
        return found

    def _xero_status(self, facts, link):
        if not link.xero_id and self._xero_unproven(facts):
            return "DRAFT"
        return super()._xero_status(facts, link)

    @api.model
    def _xero_written_down(self, assessments):
        """Remember which document proves which mapping."""
        for found in assessments:
            rows = self.env["xero.mapping"].sudo().browse(found.agreed.get("proves"))
            rows.proof_link_id = found.link

    @api.model
    def _xero_accepted(self, connection, accepted):
        """Totals that agree prove the mapping: it is approved, the others follow."""
        super()._xero_accepted(connection, accepted)
        links = self.env["xero.link"].union(*(line.link_id for line, _ in accepted))
        rows = self.env["xero.mapping"]
        for link in links.filtered(lambda link: link.state == "synced"):
            rows |= rows.browse((link.snapshot or {}).get("proves"))
        proven = rows.exists().filtered(
            lambda row: not row.proven_at and row.proof_link_id in links
        )
        if not proven:
            return
        proven.proven_at = fields.Datetime.now()
        again = links._proof_waiting(connection) | proven.proof_link_id
        again.write({"state": "pending", "waiting_for": "plan"})


class XeroLink(models.Model):
    _inherit = "xero.link"

    @api.model
    def _proof_waiting(self, connection):
        """Links of documents that wait for another's proof."""
        return self.search(
            [("connection_id", "=", connection.id), ("waiting_for", "=", "proof")]
        )
