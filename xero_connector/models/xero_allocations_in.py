"""Credits that Xero set against invoices: reconciled in Odoo, or linked (T58, N13)."""

from odoo import models

from ..lib import wire
from .xero_payments_in import Arrival, _is_taken


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _apply_allocations(self, elements):
        """Set credit notes against invoices as Xero has it; call it as the worker.

        What Xero has no longer, of these credit notes, is treated as deleted there.

        :param elements: credit notes of Xero's list, with their allocations
        :rtype: list[Arrival]
        """
        self.ensure_one()
        notes = self._documents_of(each["CreditNoteID"] for each in elements)
        rows = [
            dict(row, CreditNote=note)
            for note in elements
            if note["CreditNoteID"] in notes
            for row in note.get("Allocations") or ()
        ]
        documents = self._documents_of(row["Invoice"]["InvoiceID"] for row in rows)
        links = self._known_allocations(notes)
        arrivals = [
            self._apply_allocation(row, links, notes, documents) for row in rows
        ]
        there = {row["AllocationID"] for row in rows}
        for xero_id, link in links.items():
            if xero_id not in there and link.state == "synced":
                part = self.env["xero.part"].sudo().browse(link.res_id)
                gone = {"AllocationID": xero_id, "Status": "DELETED"}
                arrivals.append(self._apply_deletion(gone, link, part))
        return arrivals

    def _known_allocations(self, notes):
        """Links of allocations of these credit notes, by AllocationID."""
        moves = self.env["account.move"].union(*notes.values())
        parts = (
            self.env["xero.part"]
            .sudo()
            .search(
                [
                    ("connection_id", "=", self.id),
                    ("kind", "=", "allocation"),
                    ("account_id", "=", False),
                    ("counterpart_move_id", "in", moves.ids),
                ]
            )
        )
        found = (
            self.env["xero.link"]
            .sudo()
            .search(
                [
                    ("connection_id", "=", self.id),
                    ("resource", "=", "allocation"),
                    ("res_id", "in", parts.ids),
                    ("xero_id", "!=", False),
                ]
            )
        )
        return {link.xero_id: link for link in found}

    def _apply_allocation(self, row, links, notes, documents):
        if row["AllocationID"] in links:
            return Arrival(row, "known")
        credit = notes[row["CreditNote"]["CreditNoteID"]]
        invoice = documents.get(row["Invoice"]["InvoiceID"])
        if not invoice:
            return Arrival(row, "not_ours", message=self._not_ours_words())
        if {credit.state, invoice.state} != {"posted"}:
            return Arrival(row, "draft")
        part = self._offset_part(invoice, credit)
        outcome = "linked"
        if not part:
            if not self._set_against(invoice, credit, float(row["Amount"])):
                return Arrival(row, "refused")
            outcome, part = "created", self._offset_part(invoice, credit)
        if part.currency_id.compare_amounts(part.amount, float(row["Amount"])):
            return Arrival(row, "refused", part)
        self._link_allocation(part, row)
        return Arrival(row, outcome, part)

    def _offset_part(self, invoice, credit):
        """The part of these two that is not in Xero yet."""
        parts = self.env["xero.part"].sudo()
        parts._refresh(self, invoice.sudo())
        found = parts.search(
            [
                ("connection_id", "=", self.id),
                ("document_id", "=", invoice.id),
                ("counterpart_move_id", "=", credit.id),
                ("kind", "=", "allocation"),
                ("account_id", "=", False),
                ("wanted", "=", True),
            ]
        )
        links = self.env["xero.link"].sudo()._live_for(found, self)
        return found.filtered(
            lambda part: not (part.id in links and _is_taken(links[part.id]))
        )

    def _set_against(self, invoice, credit, amount):
        """Reconcile exactly this amount; whether that was possible."""
        lines = (invoice | credit).line_ids.filtered(
            lambda line: (
                line.account_id.account_type
                in ("asset_receivable", "liability_payable")
                and not line.reconciled
            )
        )
        if len(lines.account_id) != 1 or len(lines.move_id) != 2:
            return False
        currency = invoice.currency_id
        left = min(invoice.amount_residual, credit.amount_residual)
        if currency.compare_amounts(left, amount) < 0:
            return False
        if not currency.compare_amounts(left, amount):
            lines.reconcile()
            return True
        debit = lines.filtered(lambda line: line.balance > 0)[:1]
        credited = lines.filtered(lambda line: line.balance < 0)[:1]
        self.env["account.partial.reconcile"].create(
            {
                "debit_move_id": debit.id,
                "credit_move_id": credited.id,
                "amount": amount / (invoice.invoice_currency_rate or 1),
                "debit_amount_currency": amount,
                "credit_amount_currency": amount,
            }
        )
        return True

    def _link_allocation(self, part, row):
        links = self.env["xero.link"].sudo()
        link = links._ensure_pending(self, "allocation", part.ids)
        links.env["xero.note"]._settle(link)
        link.write(
            {
                "state": "synced",
                "waiting_for": False,
                "xero_id": row["AllocationID"],
                "fingerprint": "theirs",
                "snapshot": {
                    "theirs": True,
                    "date": wire.parse_date(row["Date"]).isoformat(),
                    "amount": f"{row['Amount']:.2f}",
                    "credit": row["CreditNote"]["CreditNoteID"],
                },
                "synced_at": self.env.cr.now(),
            }
        )
