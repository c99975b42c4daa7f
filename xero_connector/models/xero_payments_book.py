"""Booking a payment of Xero's in Odoo, so that its document becomes Paid (T46)."""

from odoo import models

from ..lib import wire
from .xero_arrival import Arrival

#: Which way money of a document goes, and whose account it settles.
_WAYS = {
    "out_invoice": ("inbound", "customer"),
    "out_refund": ("outbound", "customer"),
    "in_invoice": ("outbound", "supplier"),
    "in_refund": ("inbound", "supplier"),
}


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _book(self, element, document):
        """A payment in Odoo on the journal's own account, so that the document becomes
        Paid at once (T46), set against the document."""
        if self._is_opening(element, document):
            words = self.env._("Paid before Odoo and Xero were connected.")
            return Arrival(element, "not_ours", message=words)
        journal = self._journal_of(element)
        if not journal:
            words = self.env._("Its account in Xero belongs to no journal.")
            return Arrival(element, "no_journal", message=words)
        if journal._xero_records(wire.parse_date(element["Date"])):
            words = self.env._("%s is recorded in Odoo first.", journal.name)
            return Arrival(element, "owned", message=words)
        if (
            document.currency_id.compare_amounts(
                float(element["Amount"]), document.amount_residual
            )
            > 0
        ):
            words = self.env._("%s owes less than this in Odoo.", document.name)
            return Arrival(element, "refused", message=words)
        payment = self._create_payment(element, document, journal)
        lines = payment.move_id.line_ids | document.line_ids
        lines.filtered(
            lambda line: (
                line.account_id == payment.destination_account_id
                and not line.reconciled
                and line.parent_state == "posted"
            )
        ).reconcile()
        part = self._part_of_entry(document, payment.move_id)
        self._link_payment(part, element)
        return Arrival(element, "created", part)

    def _is_opening(self, element, document):
        """Whether both books knew it when they were joined: what was still owed was
        agreed on then (T3)."""
        links = self.env["xero.link"].sudo()._live_for(document, self)
        start = self.sudo().date_from
        before = start and wire.parse_date(element["Date"]) < start
        return bool(before and links[document.id].kind == "opening")

    def _journal_of(self, element):
        """By the account, else the journal for all other accounts; money on account
        does not tell its account, so that one bank is taken if there is only one."""
        key = (element.get("Account") or {}).get("AccountID")
        if key:
            return self._own_journal_of(key) or self.payment_journal_id
        journals = self._mapped_journals().journal_id.with_env(self.env)
        banks = journals.filtered(lambda each: each.xero_money_owner == "xero")
        return self.payment_journal_id or (banks if len(banks) == 1 else banks[:0])

    def _own_journal_of(self, key):
        """The journal whose account in Xero this is."""
        rows = self._mapped_journals()
        own = rows.filtered(lambda row: row.xero_account_id.key == key)[:1]
        return own.journal_id.with_env(self.env)

    def _mapped_journals(self):
        rows = self.env["xero.mapping"].sudo()._rows(self, "journal")
        return rows.filtered("xero_account_id")

    def _create_payment(self, element, document, journal):
        way, kind = _WAYS[document.move_type]
        own = document.line_ids.filtered(
            lambda line: (
                line.account_id.account_type
                in ("asset_receivable", "liability_payable")
            )
        )
        lines = journal._get_available_payment_method_lines(way)
        values = {
            "payment_type": way,
            "partner_type": kind,
            "partner_id": document.commercial_partner_id.id,
            "journal_id": journal.id,
            "payment_method_line_id": lines.filtered(lambda m: m.code == "manual")[
                :1
            ].id
            or lines[:1].id,
            "outstanding_account_id": journal.default_account_id.id,
            "destination_account_id": own[:1].account_id.id,
            "amount": float(element["Amount"]),
            "currency_id": document.currency_id.id,
            "date": wire.parse_date(element["Date"]),
            "memo": element.get("Reference") or document.name,
        }
        balance = self._bank_balance(element, document, journal)
        if balance:
            values["force_balance"] = balance
        company = document.company_id
        payment = self.env["account.payment"].with_company(company).create(values)
        payment.action_post()
        return payment

    def _bank_balance(self, element, document, journal):
        """What the bank got in the books' currency, where it changed the money."""
        company = document.company_id.currency_id
        if document.currency_id == company:
            return None
        if (journal.currency_id or company) == company and element.get("BankAmount"):
            return float(element["BankAmount"])
        rate = element.get("CurrencyRate")
        return company.round(float(element["Amount"] / rate)) if rate else None

    def _part_of_entry(self, document, entry):
        """The part of a payment that was just booked."""
        parts = self.env["xero.part"].sudo()
        parts._refresh(self, document.sudo())
        return parts.search(
            [
                ("connection_id", "=", self.id),
                ("document_id", "=", document.id),
                ("counterpart_move_id", "=", entry.id),
                ("kind", "=", "payment"),
                ("account_id", "=", False),
            ]
        )
