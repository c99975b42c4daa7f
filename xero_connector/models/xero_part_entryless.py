"""Payments that have no journal entry before the bank's line is matched (T41)."""

from odoo import api, models

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

    @api.model
    def _announced_together(self, documents):
        """What one payment without an entry is for is looked at together: what is left
        for one depends on the others."""
        more = documents
        while more:
            payments = more.matched_payment_ids.filtered(_is_announced)
            more = payments.invoice_ids - documents
            documents |= more
        return documents

    # === SHARES === #

    def _entryless_values(self, documents, known, wanted):
        """Payments that have no journal entry before the bank's line is matched (T41).

        What was concluded about one stays, whatever is open now.
        """
        payments = documents.matched_payment_ids.filtered(_is_announced)
        adopted = {part.payment_id.id for part in known if part.counterpart_move_id} | {
            values["payment_id"]
            for values in wanted.values()
            if values["counterpart_move_id"]
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
        before = {
            part.document_id: part.amount
            for part in known
            if part.payment_id == payment
            and not part.counterpart_move_id
            and part.document_id in payment.invoice_ids
        }
        currency = payment.currency_id
        if before and not currency.compare_amounts(
            sum(before.values()), payment.amount
        ):
            return list(before.items())
        documents = payment.invoice_ids.filtered(lambda move: move.state == "posted")
        if documents.currency_id != currency:
            return []
        open_ones = {each: _open_for(payment, each, known) for each in documents}
        if len(documents) == 1:
            most = max(open_ones[documents], before.get(documents, 0.0))
            return [(documents, min(payment.amount, most))]
        if currency.compare_amounts(payment.amount, sum(open_ones.values())):
            return [(document, 0.0) for document in documents]
        return list(open_ones.items())

    def _entryless_part(self, payment, document, amount):
        journal = payment.journal_id
        is_companys = payment.currency_id == payment.company_id.currency_id
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
            "company_amount": amount if is_companys else 0.0,
            "date": payment.date,
            "reference": payment.payment_reference or payment.memo or payment.name,
            "obstacle": False if amount else "payment_unshared",
            "open_write_offs": [],
            "wanted": True,
        }

    # === THE BANK'S LINE === #

    def _adopt(self, documents, known, wanted, held):
        """The bank's line of a payment without an entry is the payment that there was:
        its part is taken over, so that the same money is not sent twice.

        :param documents: whose settlements are all among what is wanted
        """
        parts = known.filtered(lambda part: part.payment_id and part.kind == "payment")
        for part in parts.filtered(
            lambda each: (
                each.counterpart_move_id
                and each.document_id in documents
                and _is_announced(each.payment_id)
            )
        ):
            if part._key() not in wanted and not part._is_held(held):
                part.counterpart_move_id = False  # unmatched again
        by_key = {part._key(): part for part in known}
        new = []
        for values in wanted.values():
            if values["kind"] != "payment" or values["account_id"]:
                continue
            part = by_key.get(key_of(values)) or self._adopted(parts, values)
            if part and part.payment_id and not part.payment_id.move_id:
                part._take_line(values)
            elif not part:
                new.append(values)
        self._adopt_announced(parts, new)

    def _adopt_announced(self, parts, new):
        """What was announced and matched before anybody looked is one payment, too; and
        the bank's line says what nobody knew, how much of each document."""
        documents = self.env["account.move"].browse(
            values["document_id"] for values in new
        )
        unshared = parts.filtered(lambda part: part.obstacle == "payment_unshared")
        payments = documents.matched_payment_ids.filtered(_is_announced)
        for payment in payments - (parts - unshared).payment_id:
            for values in self._line_of(payment, new):
                values["payment_id"] = payment.id
                unshared.filtered(
                    lambda part, document=values["document_id"], payment=payment: (
                        part.document_id.id == document and part.payment_id == payment
                    )
                )._take_line(values)

    def _line_of(self, payment, new):
        """What one line of the bank settles of the documents of a payment: as much as
        was announced, or else what leaves no room for that."""
        moves, by_entry = self.env["account.move"], {}
        for values in new:
            entry = moves.browse(values["counterpart_move_id"])
            is_on = values["document_id"] in payment.invoice_ids.ids
            same = values["currency_id"] == payment.currency_id.id
            if is_on and same and not values["payment_id"] and entry.statement_line_id:
                by_entry.setdefault(entry, []).append(values)
        compare = payment.currency_id.compare_amounts
        for rows in by_entry.values():
            if not compare(sum(row["settled"] for row in rows), payment.amount):
                return rows
        room = sum(payment.invoice_ids.mapped("amount_residual"))
        beyond = compare(room, payment.amount) < 0
        return next(iter(by_entry.values()), []) if beyond else []

    def _take_line(self, values):
        """This part's money is the line's that has these values; none where empty."""
        for part in self:
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
                and (part.wanted or _is_announced(part.payment_id))
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


def _is_announced(payment):
    """Whether it says that money moved, and has no entry."""
    return not payment.move_id and payment.state in _PAID


def _open_for(payment, document, known):
    """What is open on a document but for what others announced."""
    others = known.filtered(
        lambda part: (
            part.document_id == document
            and part.payment_id != payment
            and not part.counterpart_move_id
            and part.wanted
        )
    )
    return max(document.amount_residual - sum(others.mapped("amount")), 0.0)
