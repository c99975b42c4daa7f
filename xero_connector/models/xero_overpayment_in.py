"""Overpayments that Odoo made, as Xero uses them: the same money, never booked anew."""

from odoo import api, models

from .xero_arrival import Arrival, is_taken
from .xero_look import STALE


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _apply_money_on_account(self, elements, book=True):
        """What Odoo made itself is booked here already; only its uses may be news."""
        own = self._own_overpayments()
        others = [each for each in elements if each.get("OverpaymentID") not in own]
        arrivals = super()._apply_money_on_account(others, book=book)
        for each in elements:
            part = own.get(each.get("OverpaymentID"))
            if part and each.get("Status") not in STALE:
                arrivals += self._apply_uses(each, part, book)
        return arrivals

    def _own_overpayments(self):
        """Money without a document that Odoo made an overpayment of, by its id there;
        taken out or not."""
        domain = [("connection_id", "=", self.id), ("resource", "=", "overpayment")]
        links = self.env["xero.link"].sudo().search(domain)
        parts = self.env["xero.part"].sudo().browse(links.mapped("res_id")).exists()
        return {
            (link.snapshot or {}).get("overpayment"): part
            for link in links
            for part in parts.filtered(lambda each, link=link: each.id == link.res_id)
        }

    def _apply_uses(self, element, money, book):
        """Where Xero uses one of them: linked, or reconciled in Odoo as it is there.

        :param money: the part of it
        :rtype: list[Arrival]
        """
        xero_id, uses = element["OverpaymentID"], element.get("Allocations") or ()
        known = self._known_uses(xero_id)
        documents = self._documents_of(row["Invoice"]["InvoiceID"] for row in uses)
        rows = [dict(row, OnAccount=xero_id) for row in uses]
        arrivals = [
            Arrival(row, "known")
            if row["AllocationID"] in known
            else self._apply_use(row, money, documents, book)
            for row in rows
        ]
        return arrivals + self._ended_allocations(known, rows)

    def _known_uses(self, xero_id):
        """Links of what Odoo knows of its use, by AllocationID."""
        domain = [("connection_id", "=", self.id), ("on_account", "=", xero_id)]
        parts = self.env["xero.part"].sudo().search(domain)
        links = self.env["xero.link"].sudo()._live_for(parts, self).values()
        return {
            key: link
            for link in links
            if link.xero_id
            for key in (link.xero_id, *(link.snapshot or {}).get("more", ()))
        }

    def _apply_use(self, row, money, documents, book):
        document = documents.get(row["Invoice"]["InvoiceID"])
        entry = money.counterpart_move_id
        if not document or not entry:
            return Arrival(row, "not_ours")
        if {document.state, entry.state} != {"posted"}:
            return Arrival(row, "draft")
        part = self._offset_part(document, entry)
        link = self.env["xero.link"].sudo()._live_for(part, self).get(part.id)
        if link and link.request_id:
            return Arrival(row, "busy", part)
        if part.wanted and not (link and is_taken(link)):
            self._link_use(part, link, row)
            return Arrival(row, "linked", part)
        if not book:
            return Arrival(row, "off")
        if not self._set_against(document, entry, float(row["Amount"])):
            return Arrival(row, "refused", part)
        part = self._offset_part(document, entry)
        self._link_use(part, link, row)
        return Arrival(row, "created", part)

    def _link_use(self, part, link, row):
        """This use in Xero is that part, or more of it."""
        part.on_account = row["OnAccount"]
        if link and link.state == "synced":
            self._link_more(part, link, row)
            return
        if link and link.xero_id:
            link._supersede()
        used = row["OnAccount"]
        self._link_arrival(part, "allocation", row, overpayment=used)


class XeroPart(models.Model):
    _inherit = "xero.part"

    @api.model
    def _xero_accepted(self, connection, accepted):
        """A use says of which overpayment it is, so that Xero's word of it is known."""
        result = super()._xero_accepted(connection, accepted)
        parts = self._of_lines(line for line, _element in accepted)
        for line, part in parts.items():
            used = (line.agreed or {}).get("overpayment")
            if used and part.kind == "allocation":
                part.on_account = used
        return result

    def _undo_here(self):
        """A use that Xero took back leaves the money as it is."""
        if not self._xero_is_drawn():
            return super()._undo_here()
        self._let_go()
        self.sudo().wanted = False
        return None
