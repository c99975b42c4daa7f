"""Payments that have no journal entry before the bank's line is matched (T41)."""

from odoo import models

from .xero_part import key_of, plain

#: States in which a payment without an entry says that money moved.
_PAID = ("in_process", "paid")

#: What a payment without an entry keeps when the bank's line comes.
_AGREED = (
    "journal_id",
    "method_line_id",
    "bank_currency_id",
    "bank_amount",
    "company_amount",
    "date",
    "reference",
)


class XeroPart(models.Model):
    _inherit = "xero.part"

    def _entryless_values(self, documents, known, wanted):
        """Payments that have no journal entry before the bank's line is matched (T41).

        What was concluded about one stays, whatever is open now.
        """
        payments = documents.matched_payment_ids.filtered(
            lambda pay: not pay.move_id and pay.state in _PAID
        )
        adopted = {
            part.payment_id.id
            for part in known
            if part.counterpart_move_id and part._key() in wanted
        }
        found = {}
        for payment in payments.filtered(lambda pay: pay.id not in adopted):
            for document, amount in self._entryless_shares(payment, known):
                values = self._entryless_part(payment, document, amount)
                found[key_of(values)] = values
        return found

    def _entryless_shares(self, payment, known):
        """How much of each document it pays: (document, amount).

        Several documents are paid only where the money is all that they owe.
        """
        before = known.filtered(
            lambda part: part.payment_id == payment and not part.counterpart_move_id
        )
        if before:
            return [(part.document_id, part.amount) for part in before]
        documents = payment.invoice_ids.filtered(lambda move: move.state == "posted")
        open_ones = {
            document: document.amount_residual
            - sum(
                known.filtered(
                    lambda part, document=document: (
                        part.document_id == document
                        and not part.counterpart_move_id
                        and part.wanted
                    )
                ).mapped("amount")
            )
            for document in documents
        }
        currency = payment.currency_id
        if documents.currency_id != currency:
            return []
        if len(documents) == 1:
            return [(documents, min(payment.amount, open_ones[documents]))]
        if currency.compare_amounts(payment.amount, sum(open_ones.values())):
            return [(document, 0.0) for document in documents]
        return list(open_ones.items())

    def _entryless_part(self, payment, document, amount):
        journal = payment.journal_id
        return {
            "document_id": document.id,
            "counterpart_move_id": False,
            "payment_id": payment.id,
            "kind": "payment",
            "account_id": False,
            "tax_id": False,
            "journal_id": journal.id,
            "method_line_id": payment.payment_method_line_id.id,
            "currency_id": document.currency_id.id,
            "bank_currency_id": payment.currency_id.id,
            "amount": amount,
            "settled": amount,
            "bank_amount": amount,
            "company_amount": 0.0,
            "date": payment.date,
            "reference": payment.payment_reference or payment.memo or payment.name,
            "obstacle": False if amount else "payment_unshared",
            "open_write_offs": [],
            "wanted": True,
        }

    def _adopt(self, known, wanted):
        """The bank's line of a payment without an entry is the payment that there was:
        its part is taken over, so that the same money is not sent twice."""
        parts = known.filtered(lambda part: part.payment_id and part.kind == "payment")
        for part in parts.filtered(
            lambda each: each.counterpart_move_id and not each.payment_id.move_id
        ):
            if part._key() not in wanted and part.payment_id.state in _PAID:
                part.counterpart_move_id = False  # unmatched again
        by_key = {part._key(): part for part in known}
        for values in wanted.values():
            if values["kind"] != "payment" or values["account_id"]:
                continue
            part = by_key.get(key_of(values)) or self._adopted(parts, values)
            if part and part.payment_id and not part.payment_id.move_id:
                part.counterpart_move_id = values["counterpart_move_id"]
                values |= part._values_kept(values)

    def _values_kept(self, values):
        """A payment that is sent stays as it is when the bank's line is matched: only
        another amount changes it."""
        kept = {"payment_id": self.payment_id.id}
        if not self.currency_id.compare_amounts(self.amount, values["amount"]):
            for name in _AGREED:
                kept[name] = plain(self[name])
        return kept

    def _adopted(self, parts, values):
        """The part without an entry whose money this is: the same amount, or else one
        that cannot stand beside it as the document is paid."""
        free = parts.filtered(
            lambda part: (
                part.document_id.id == values["document_id"]
                and not part.counterpart_move_id
                and part.wanted
            )
        )
        entry = self.env["account.move"].browse(values["counterpart_move_id"])
        if not free or not entry.statement_line_id:
            return self.browse()
        same = free.filtered(
            lambda part: (
                not part.currency_id.compare_amounts(part.amount, values["settled"])
            )
        )
        beyond = free.filtered(
            lambda part: (
                part.currency_id.compare_amounts(
                    part.document_id.amount_residual, part.amount
                )
                < 0
            )
        )
        return (same or beyond)[:1]
