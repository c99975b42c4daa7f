"""Credits that Xero set against invoices: reconciled in Odoo, or linked (T58, N13)."""

import logging

from psycopg2 import OperationalError

from odoo import models
from odoo.fields import Domain

from .xero_arrival import Arrival

_logger = logging.getLogger(__name__)


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    # === APPLY === #

    def _apply_allocations(self, elements, book=True):
        """Set credit notes against invoices as Xero has it; call it as the worker.

        What Xero has no longer, of these credit notes, is treated as deleted there.

        :param elements: credit notes of Xero's list, with their allocations
        :param book: False to recognise, link and follow deletions only
        :rtype: list[Arrival]
        """
        self.ensure_one()
        notes = self._documents_of(each["CreditNoteID"] for each in elements)
        rows = [
            dict(row, CreditNote={"CreditNoteID": note["CreditNoteID"]})
            for note in elements
            if note["CreditNoteID"] in notes
            for row in note.get("Allocations") or ()
        ]
        known = self._known_allocations(notes, rows)
        documents = notes | self._documents_of(
            row["Invoice"]["InvoiceID"] for row in rows
        )
        quiet = self._quiet_allocations(known)
        arrivals = [
            Arrival(row, "known")
            if row["AllocationID"] in quiet
            else self._apply_allocation(row, known, documents, book)
            for row in rows
        ]
        return arrivals + self._ended_allocations(known, rows)

    def _known_allocations(self, notes, rows):
        """Links of allocations of these credit notes, by AllocationID."""
        moves = self.env["account.move"].union(*notes.values())
        parts = (
            self.env["xero.part"]
            .sudo()
            .search(
                Domain("connection_id", "=", self.id)
                & Domain("kind", "=", "allocation")
                & Domain("account_id", "=", False)
                & (
                    Domain("counterpart_move_id", "in", moves.ids)
                    | Domain("on_account", "in", list(notes))
                )
            )
        )
        domain = [
            ("connection_id", "=", self.id),
            ("resource", "=", "allocation"),
            ("res_id", "in", parts.ids),
            ("xero_id", "!=", False),
        ]
        found = self.env["xero.link"].sudo().search(domain)
        found.fetch(["snapshot"])
        return {
            key: link
            for link in found
            for key in (link.xero_id, *(link.snapshot or {}).get("more", ()))
        }

    def _quiet_allocations(self, known):
        """Those that wait for nothing, or that a person left."""
        links = self.env["xero.link"].sudo().union(*known.values())
        parts = self.env["xero.part"].sudo().browse(links.mapped("res_id"))
        waiting = set(parts.filtered("waits").ids)
        return {
            xero_id
            for xero_id, link in known.items()
            if link.res_id not in waiting or link.state == "skipped"
        }

    def _ended_allocations(self, known, rows):
        """Those that were known and are not there any more."""
        there = {row["AllocationID"] for row in rows}
        arrivals = []
        for xero_id in known.keys() - there:
            link, gone = known[xero_id], {"AllocationID": xero_id, "Status": "DELETED"}
            part = self.env["xero.part"].sudo().browse(link.res_id)
            if part.waits:
                self._forget_waiting(link)
            elif link.state == "synced" and not link.request_id:
                arrivals.append(self._apply_deletion(gone, link, part))
        return arrivals

    def _apply_allocation(self, row, known, documents, book):
        """One allocation, by itself: an error stops only this one (I8)."""
        link = known.get(row["AllocationID"])
        invoice = documents.get(row["Invoice"]["InvoiceID"])
        if not invoice:
            return Arrival(row, "not_ours")
        credit = documents[_credit_of(row)]
        row = row | {"OnAccount": _credit_of(row), "Reference": credit.name}
        try:
            with self.env.cr.savepoint():
                arrival = self._apply_new_allocation(row, link, invoice, credit, book)
        except OperationalError:
            raise
        except Exception as error:
            _logger.exception("A credit could not be set against its document")
            arrival = Arrival(row, "refused", message=type(error).__name__)
        if arrival.outcome in ("draft", "refused"):
            self._keep_waiting(arrival, invoice, link, "allocation")
        return arrival

    def _apply_new_allocation(self, row, waiting, invoice, credit, book):
        if {credit.state, invoice.state} != {"posted"}:
            return Arrival(row, "draft")
        part = self._offset_part(invoice, credit)
        link = self.env["xero.link"].sudo()._live_for(part, self).get(part.id)
        if link and link.request_id:
            return Arrival(row, "busy", part)
        amount, there = float(row["Amount"]), _amount_there(link)
        known = part.amount - there if part.wanted else 0.0
        enough = invoice.currency_id.compare_amounts(known, amount) >= 0
        if known and (enough or not there):
            self._forget_waiting(waiting)
            self._link_more(part, link, row)
            return Arrival(row, "linked", part)
        if not book:
            return Arrival(row, "off")
        if not self._set_against(invoice, credit, amount):
            return Arrival(row, "refused")
        part = self._offset_part(invoice, credit)
        self._forget_waiting(waiting)
        self._link_more(part, link, row)
        return Arrival(row, "created", part)

    def _offset_part(self, invoice, credit):
        """The part of these two as they stand now."""
        parts = self.env["xero.part"].sudo()
        parts._refresh(self, (invoice | credit).sudo())
        return parts.search(
            [
                ("connection_id", "=", self.id),
                ("document_id", "=", invoice.id),
                ("counterpart_move_id", "=", credit.id),
                ("kind", "=", "allocation"),
                ("account_id", "=", False),
            ]
        )

    def _link_more(self, part, link, row):
        """Xero may set two documents against each other several times, Odoo knows the
        sum: the link remembers all of Xero's, and Odoo changes none of them. Where the
        sums differ, the plan says so."""
        before = (link.snapshot or {}) if _amount_there(link) else {}
        if not before and link and link.xero_id:
            link._supersede()
        if not before:
            link = self._link_arrival(part, "allocation", row, credit=_credit_of(row))
        amount = float(before.get("amount", 0)) + float(row["Amount"])
        more = before.get("more", {})
        if before:
            more = more | {row["AllocationID"]: f"{row['Amount']:.2f}"}
        same = not part.currency_id.compare_amounts(part.amount, amount)
        link.env["xero.note"]._settle(link)
        link.write(
            {
                "state": "synced" if same else "pending",
                "waiting_for": False if same else "plan",
                "fingerprint": "theirs",
                "snapshot": link.snapshot
                | {"theirs": True, "more": more, "amount": f"{amount:.2f}"},
            }
        )

    # === WRITE-OFFS === #

    def _see_write_offs(self, notes):
        """Follow credits of write-offs that are not on their invoices any more.

        :param notes: dict of a write-off's xero.link to its credit note in Xero
        :return: how many brought something new
        """
        if not notes:
            return 0
        there = {
            row["AllocationID"]
            for element in notes.values()
            for row in element.get("Allocations") or ()
        }
        seen = {link.xero_id for link in notes}
        uses = self._write_off_uses(self.env["xero.link"].union(*notes))
        ended = {
            part: link
            for part, link in uses.items()
            if link.state == "synced"
            and not link.request_id
            and (link.snapshot or {}).get("credit") in seen
            and link.xero_id not in there
        }
        for part, link in ended.items():
            gone = {"AllocationID": link.xero_id, "Status": "DELETED"}
            self._apply_deletion(gone, link, part)
        return len(ended)

    def _write_off_uses(self, notes):
        """Allocations of the write-offs behind these links: part to its link."""
        parts = self.env["xero.part"].sudo()
        documents = parts.browse(notes.mapped("res_id")).exists().document_id
        uses = parts.search(
            [
                ("connection_id", "=", self.id),
                ("kind", "=", "allocation"),
                ("account_id", "!=", False),
                ("document_id", "in", documents.ids),
            ]
        )
        links = self.env["xero.link"].sudo()._live_for(uses, self)
        return {part: links[part.id] for part in uses if part.id in links}

    # === BOOK === #

    def _set_against(self, invoice, credit, amount):
        """Reconcile exactly this amount; whether that was possible."""
        lines = (invoice | credit).line_ids.filtered(
            lambda line: (
                line.account_id.account_type
                in ("asset_receivable", "liability_payable")
                and not line.reconciled
            )
        )
        one = lines.account_id, lines.currency_id
        if any(len(each) != 1 for each in one) or len(lines.move_id) != 2:
            return False
        currency = invoice.currency_id
        left = min(
            abs(sum(found.mapped("amount_residual_currency")))
            for found in lines.grouped("move_id").values()
        )
        if currency.compare_amounts(left, amount) < 0:
            return False
        if not currency.compare_amounts(left, amount):
            lines.reconcile()
            return True
        partials = self.env["account.partial.reconcile"].create(
            [
                {
                    "debit_move_id": debit.id,
                    "credit_move_id": credited.id,
                    "amount": taken / (invoice.invoice_currency_rate or 1),
                    "debit_amount_currency": taken,
                    "credit_amount_currency": taken,
                }
                for debit, credited, taken in _pairs(lines, amount)
            ]
        )
        # What Odoo does after each reconciliation of its own.
        if invoice.company_id.tax_exigibility:
            partials._create_tax_cash_basis_moves()
            partials._set_draft_caba_move_vals()
        return True


def _pairs(lines, amount):
    """Which lines give how much of an amount, instalments that are due first."""
    lines = lines.sorted(lambda line: (line.date_maturity or line.date, line.id))
    open_ones = {line: abs(line.amount_residual_currency) for line in lines}
    for debit in lines.filtered(lambda line: line.balance > 0):
        for credited in lines.filtered(lambda line: line.balance < 0):
            taken = min(amount, open_ones[debit], open_ones[credited])
            taken = debit.currency_id.round(taken)
            if taken > 0:
                yield debit, credited, taken
                amount -= taken
                open_ones[debit] -= taken
                open_ones[credited] -= taken


def _amount_there(link):
    """How much of the two stands against each other in Xero, as far as is known."""
    if not link or not link.xero_id or link.state == "gone":
        return 0.0
    return float((link.snapshot or {}).get("amount") or 0)


def _credit_of(row):
    return row["CreditNote"]["CreditNoteID"]
