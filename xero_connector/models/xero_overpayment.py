"""Money that belongs to no document: shown, and by option an overpayment in Xero (T50).

Its part is named by the entry alone. What Xero has of it is used there, too, when Odoo
uses it on a document: as an allocation, never as a second payment. Never a prepayment,
whose tax is a person's decision.
"""

from odoo import fields, models

from .xero_part import key_of

#: Accounts of customers and suppliers.
_PARTNERS = ("asset_receivable", "liability_payable")


class XeroPart(models.Model):
    _inherit = "xero.part"

    partner_id = fields.Many2one(
        "res.partner",
        "Customer Or Supplier",
        readonly=True,
        index="btree_not_null",
        help="Of money without a document.",
    )

    _unapplied_uniq = models.UniqueIndex(
        "(connection_id, counterpart_move_id)"
        " WHERE kind = 'overpayment' AND counterpart_move_id IS NOT NULL",
    )

    def _xero_subject(self):
        if self.kind == "overpayment":
            return self.counterpart_move_id
        return super()._xero_subject()

    def _xero_partner(self):
        return self.partner_id or super()._xero_partner()

    def _xero_touching(self):
        unapplied = self.filtered(lambda part: part.kind == "overpayment")
        return super()._xero_touching() | unapplied.counterpart_move_id

    # === SCOPE === #

    def _xero_in_scope(self, connection, by_user=False, linked=False):
        """Money without a document goes by option, or where a person said so; one paid
        back without a credit note is said always (T55)."""
        unapplied = self.filtered(lambda part: part.kind == "overpayment")
        others = super(XeroPart, self - unapplied)
        found = others._xero_in_scope(connection, by_user, linked)
        ours = unapplied.filtered(
            lambda part: part.wanted and part._xero_is_recorded_here()
        )
        if connection.send_overpayments or by_user or linked:
            return found | ours
        taken = self.env["xero.link"].sudo()._live_for(ours, connection)
        return found | ours.filtered(
            lambda part: part.id in taken or part.obstacle == "refund_unmatched"
        )

    def _xero_is_recorded_here(self):
        if self.kind != "overpayment":
            return super()._xero_is_recorded_here()
        connection = self.connection_id
        begins = connection.date_from
        return (
            connection.export_payments
            and self.journal_id._xero_records(self.date)
            and not (begins and self.date < begins)
        )

    def _xero_is_offset(self):
        return super()._xero_is_offset() and not self._xero_is_drawn()

    def _xero_is_drawn(self):
        """Whether it uses money that Xero has without a document."""
        return (
            self.kind == "allocation"
            and not self.account_id
            and self.counterpart_move_id.move_type == "entry"
        )

    # === VALUES === #

    def _unapplied_values(self, entries, known, wanted, held):
        """What of the money of these entries belongs to no document, by key."""
        drawn = self._drawn_amounts(known, wanted, held)
        found = {}
        for entry in entries.filtered(lambda move: move.state == "posted"):
            values = self._unapplied_part(entry, drawn.get(entry.id, 0))
            if values:
                found[key_of(values)] = values
        return found

    def _drawn_amounts(self, known, wanted, held):
        """By entry: what is used of the money that Xero has without a document."""
        kept = known.filtered(
            lambda part: (
                part._key() not in wanted
                and part.wanted
                and part._xero_is_drawn()
                and part._is_held(held)
            )
        )
        amounts = {}
        rows = [(part.counterpart_move_id.id, part.amount) for part in kept]
        rows += [
            (values["counterpart_move_id"], values["amount"])
            for values in wanted.values()
            if values["kind"] == "allocation" and not values["account_id"]
        ]
        for entry_id, amount in rows:
            amounts[entry_id] = amounts.get(entry_id, 0) + amount
        return amounts

    def _unapplied_part(self, entry, drawn):
        """Values for what is left of one entry, with what was drawn of it in Xero."""
        lines = entry.line_ids.filtered(
            lambda line: line.account_id.account_type in _PARTNERS
        )
        open_lines = lines.filtered("amount_residual_currency") or lines
        partner = open_lines.partner_id.commercial_partner_id
        currency = open_lines.currency_id
        left = abs(sum(open_lines.mapped("amount_residual_currency")))
        if len(partner) != 1 or len(currency) != 1 or currency.is_zero(left + drawn):
            return None
        payment, amount = entry.origin_payment_id, currency.round(left + drawn)
        whole = sum(open_lines.mapped("amount_currency"))
        rate = sum(open_lines.mapped("balance")) / whole if whole else 0
        return {
            "document_id": False,
            "counterpart_move_id": entry.id,
            "payment_id": payment.id,
            "kind": "overpayment",
            "partner_id": partner.id,
            "account_id": False,
            "tax_id": False,
            "journal_id": entry.journal_id.id,
            "method_line_id": payment.payment_method_line_id.id,
            "currency_id": currency.id,
            "bank_currency_id": currency.id,
            "amount": amount,
            "settled": 0.0,
            "bank_amount": amount,
            "company_amount": abs(amount * rate),
            "date": entry.date,
            "reference": _reference(entry),
            "obstacle": _obstacle(entry, lines, open_lines),
            "open_write_offs": [],
            "wanted": True,
        }

    def _cash_values(self, row, values, known):
        """Money that Xero has without a document is used from there."""
        paid = super()._cash_values(row, values, known)
        drawn = values | {"kind": "allocation", "date": row["later_date"]}
        drawn = {key_of(drawn): drawn}
        for agreed in (paid, drawn):
            parts = known.filtered(lambda part, of=agreed: part._key() in of)
            if parts.filtered("wanted")._is_in_xero():
                return agreed
        left = self._left_in_xero(row["entry_id"], known)
        currency = self.env["res.currency"].browse(values["currency_id"])
        is_there = left and currency.compare_amounts(values["amount"], left) <= 0
        return drawn if is_there else paid

    def _left_in_xero(self, entry_id, known):
        """How much of an entry's money Xero has without a document."""
        own = known.filtered(
            lambda part: part.wanted and part.counterpart_move_id.id == entry_id
        )
        there = own.filtered(lambda part: part.kind == "overpayment")
        uses = own.filtered(lambda part: part._xero_is_drawn())
        return there._amount_in_xero() - sum(uses.mapped("amount"))

    def _amount_in_xero(self):
        """The amount of this one as it is in Xero, or on its way there."""
        link = self.xero_link_ids.filtered(lambda link: not link.superseded_by_id)
        if not self._is_in_xero():
            return 0.0
        changing = link.xero_id and link.state != "synced"
        return float(link.snapshot["amount"]) if changing else self.amount

    def _is_in_xero(self):
        """Whether any of these is in Xero, or on its way."""
        links = self.xero_link_ids.filtered(lambda link: not link.superseded_by_id)
        return any(
            link.request_id or (link.xero_id and link.state != "gone") for link in links
        )


def _reference(entry):
    """What identifies the money (S212)."""
    payment = entry.origin_payment_id
    return (
        payment.payment_reference
        or payment.memo
        or entry.statement_line_id.payment_ref
        or entry.ref
        or entry.name
    )


def _obstacle(entry, lines, open_lines):
    """Why Xero cannot have it as an overpayment, or False."""
    if len(open_lines.account_id) != 1 or not _is_all_money(entry, lines):
        return "overpayment_mixed"
    received = open_lines.account_id.account_type == "asset_receivable"
    if (sum(open_lines.mapped("balance")) < 0) != received:
        return "refund_unmatched"
    return False


def _is_all_money(entry, lines):
    """Whether the money is all that these lines say: no fee, no discount."""
    money = entry.origin_payment_id or entry.statement_line_id
    whole = sum(lines.mapped("amount_currency"))
    amounts = [money.amount]
    if entry.statement_line_id and money.foreign_currency_id:
        amounts.append(money.amount_currency)
    return any(
        not money.currency_id.compare_amounts(abs(amount), abs(whole))
        for amount in amounts
    )
