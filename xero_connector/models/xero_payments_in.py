"""Payments that Xero recorded: booked in Odoo once, or linked to what is there.

The poll, the webhook and the import wizard all come here. What is known is recognised
by its id, also when it was deleted here (S204); what was entered on both sides is
linked (S209, T43, T44); what is not ours is said and left (S201).
"""

import logging
from dataclasses import dataclass
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import models
from odoo.exceptions import UserError, ValidationError

from ..lib import elements as lib_elements
from ..lib import wire
from .xero_look import STALE
from .xero_part_doubt import _document_of

_logger = logging.getLogger(__name__)

#: The same payment entered on both sides has dates this far apart at most (S209).
_NEAR = timedelta(days=7)

#: Which way money of a document goes, and whose account it settles.
_WAYS = {
    "out_invoice": ("inbound", "customer"),
    "out_refund": ("outbound", "customer"),
    "in_invoice": ("outbound", "supplier"),
    "in_refund": ("inbound", "supplier"),
}


@dataclass
class Arrival:
    """What became of one payment of Xero's."""

    element: dict
    outcome: str
    """``created``, ``linked``, ``known``, ``deleted``, ``undone``, ``not_ours``,
    ``owned``, ``no_journal``, ``draft``, ``refused``, or ``busy``: look again."""
    part: object = None
    message: str = ""


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    # === APPLY === #

    def _apply_payments(self, elements):
        """Bring payments as Xero has them into Odoo's books; call it as the worker.

        Running it again with the same elements changes nothing (I7). One that cannot
        be booked keeps no other back (S211).

        :param elements: of Xero's list of payments, deleted ones too
        :rtype: list[Arrival]
        """
        self.ensure_one()
        links = self._known_payments(elements)
        documents = self._documents_paid(elements)
        return [
            self._apply_payment(element, links, documents)
            for element in sorted(elements, key=lambda each: each["Date"])
        ]

    def _apply_money_on_account(self, elements):
        """Book what pre- and overpayments gave to documents, on the bank's day (T58).

        Only what is set against a document of ours comes (S210). Deletions are not
        seen here: Xero does not list them.

        :param elements: prepayments or overpayments of Xero's list
        :rtype: list[Arrival]
        """
        return self._apply_payments(
            [
                {
                    "PaymentID": row.get("AllocationID") or f"{_id_of(each)}:{place}",
                    "Date": each["Date"],
                    "Amount": row["Amount"],
                    "CurrencyRate": each.get("CurrencyRate"),
                    "Reference": each.get("Reference"),
                    "Status": "AUTHORISED",
                    "Invoice": row["Invoice"],
                }
                for each in elements
                if each.get("Status") not in STALE
                for place, row in enumerate(each.get("Allocations") or ())
            ]
        )

    def _known_payments(self, elements):
        """Links of these payments, those taken out again included, by PaymentID."""
        found = (
            self.env["xero.link"]
            .sudo()
            .search(
                [
                    ("connection_id", "=", self.id),
                    ("resource", "=", "payment"),
                    ("xero_id", "in", [each["PaymentID"] for each in elements]),
                ]
            )
        )
        return {link.xero_id: link for link in found}

    def _documents_paid(self, elements):
        """Odoo's documents that these payments are on, by id in Xero."""
        ids = {_document_of(each)[1] for each in elements} - {None}
        return self._documents_of(ids)

    def _documents_of(self, xero_ids):
        """Odoo's documents by their ids in Xero."""
        found = (
            self.env["xero.link"]
            .sudo()
            .search(
                [
                    ("connection_id", "=", self.id),
                    ("res_model", "=", "account.move"),
                    ("superseded_by_id", "=", False),
                    ("xero_id", "in", list(xero_ids)),
                ]
            )
        )
        moves = self.env["account.move"]
        return {link.xero_id: moves.browse(link.res_id).exists() for link in found}

    def _apply_payment(self, element, links, documents):
        """One payment, by itself: an error stops only this one (I8)."""
        try:
            with self.env.cr.savepoint():
                return self._apply_one(element, links, documents)
        except OperationalError:
            raise
        except (UserError, ValidationError) as error:
            return Arrival(element, "refused", message=str(error))
        except Exception as error:
            _logger.exception("A payment of Xero's could not be booked")
            return Arrival(element, "refused", message=type(error).__name__)

    def _apply_one(self, element, links, documents):
        link = links.get(element["PaymentID"])
        if link:
            return self._apply_known(element, link)
        if element.get("Status") in STALE:
            return Arrival(element, "known")
        document = documents.get(_document_of(element)[1])
        if not document:
            return Arrival(element, "not_ours", message=self._not_ours_words())
        if document.state != "posted":
            words = self.env._("%s is a draft in Odoo.", document.display_name)
            return Arrival(element, "draft", message=words)
        if self._is_on_its_way(element, document):
            words = self.env._("Odoo sends such a payment just now.")
            return Arrival(element, "busy", message=words)
        part = self._part_for(element, document)
        if part:
            self._link_payment(part, element)
            return Arrival(element, "linked", part)
        return self._book(element, document)

    def _not_ours_words(self):
        return self.env._("Not on a document that Odoo sent or that is linked.")

    # === KNOWN === #

    def _apply_known(self, element, link):
        """One that we sent, booked or undid: only its end and the bank matter."""
        part = self.env["xero.part"].sudo().browse(link.res_id).exists()
        over = link.superseded_by_id or link.state == "gone"
        if element.get("Status") in STALE and not over:
            return self._apply_deletion(element, link, part)
        reconciled = bool(element.get("IsReconciled"))
        if not over and part.reconciled != reconciled:
            part.reconciled = reconciled
        return Arrival(element, "known", part)

    def _apply_deletion(self, element, link, part):
        """Deleted in Xero: as the setting says; never resurrected by itself (S205)."""
        theirs = (link.snapshot or {}).get("theirs")
        rule = self.payment_deleted
        link._set_gone("DELETED")
        if not part.wanted:
            return Arrival(element, "deleted", part)
        if rule == "undo":
            part._undo_here()
            return Arrival(element, "undone", part)
        if rule == "send" and not theirs:
            link._supersede()
            self.sudo()._wake_plan()
            return Arrival(element, "deleted", part)
        problem = part._xero_problem("payment_deleted_there")
        self.env["xero.note"].sudo()._raise(self, [(link, problem, None)])
        return Arrival(element, "deleted", part)

    # === LINK === #

    def _is_on_its_way(self, element, document):
        """Whether this may be one whose answer we do not have yet: look again later."""
        parts = (
            self.env["xero.part"]
            .sudo()
            .search(
                [
                    ("connection_id", "=", self.id),
                    ("document_id", "=", document.id),
                    ("kind", "=", "payment"),
                ]
            )
        )
        links = self.env["xero.link"].sudo()._live_for(parts, self)
        return any(
            part.id in links
            and links[part.id].request_id
            and not part.currency_id.compare_amounts(
                part.amount, float(element["Amount"])
            )
            for part in parts
        )

    def _part_for(self, element, document):
        """The same money in Odoo already: same document, amount, currency, within a
        week; nearest day first."""
        parts = (
            self.env["xero.part"]
            .sudo()
            .search(
                [
                    ("connection_id", "=", self.id),
                    ("document_id", "=", document.id),
                    ("kind", "=", "payment"),
                    ("wanted", "=", True),
                    ("obstacle", "=", False),
                ]
            )
        )
        links = self.env["xero.link"].sudo()._live_for(parts, self)
        day = wire.parse_date(element["Date"])
        same = parts.filtered(
            lambda part: (
                not (part.id in links and _is_taken(links[part.id]))
                and not part.currency_id.compare_amounts(
                    part.amount, float(element["Amount"])
                )
                and abs(part.date - day) <= _NEAR
            )
        )
        return same.sorted(lambda part: (abs(part.date - day), part.id))[:1]

    def _link_payment(self, part, element):
        """From now on the two are one; Odoo never changes Xero's."""
        links = self.env["xero.link"].sudo()
        link = links._ensure_pending(self, "payment", part.ids)
        links.env["xero.note"]._settle(link)
        link.write(
            {
                "state": "synced",
                "waiting_for": False,
                "xero_id": element["PaymentID"],
                "xero_number": element.get("Reference"),
                "xero_status": element.get("Status"),
                "fingerprint": "theirs",
                "snapshot": {
                    "theirs": True,
                    "date": wire.parse_date(element["Date"]).isoformat(),
                    "amount": f"{element['Amount']:.2f}",
                    "updated": lib_elements.updated(element),
                },
                "synced_at": self.env.cr.now(),
            }
        )
        part.reconciled = bool(element.get("IsReconciled"))

    # === BOOK === #

    def _book(self, element, document):
        """A payment in Odoo on the journal's own account, so that the document becomes
        Paid at once (T46), set against the document."""
        journal = self._journal_of(element)
        if not journal:
            words = self.env._("Its account in Xero belongs to no journal.")
            return Arrival(element, "no_journal", message=words)
        if journal.xero_money_owner == "odoo":
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

    def _journal_of(self, element):
        """By the account, else the journal for all other accounts; money on account
        does not tell its account, so that one bank is taken if there is only one."""
        key = (element.get("Account") or {}).get("AccountID")
        rows = self.env["xero.mapping"].sudo()._rows(self, "journal")
        rows = rows.filtered("xero_account_id")
        journals = rows.journal_id.with_env(self.env)
        if not key:
            banks = journals.filtered(lambda each: each.xero_money_owner == "xero")
            return self.payment_journal_id or (banks if len(banks) == 1 else banks[:0])
        own = rows.filtered(lambda row: row.xero_account_id.key == key)[:1]
        return own.journal_id.with_env(self.env) or self.payment_journal_id

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


class XeroPart(models.Model):
    _inherit = "xero.part"

    def _undo_here(self):
        """Cancel the payment in Odoo, as Xero deleted it."""
        payment = self.payment_id or self.counterpart_move_id.origin_payment_id
        if payment:
            payment.action_draft()
            payment.action_cancel()
        else:
            self.counterpart_move_id.line_ids.remove_move_reconcile()
        self.sudo().wanted = False


def _id_of(element):
    return element.get("OverpaymentID") or element.get("PrepaymentID")


def _is_taken(link):
    """Whether it is in Xero, was there, or is on its way."""
    return bool(link.xero_id or link.request_id or link.state in ("skipped", "gone"))
