"""Parts of touched documents, compared with what there was: new, changed, ended.

Runs in the plan. What was taken apart and put together again between two plans is as
it was, and nothing happens.
"""

from odoo import api, models

from .account_move_money import DOCUMENTS

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


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _fold(self, records, by_user):
        """Documents bring the parts of what settles them."""
        result = super()._fold(records, by_user)
        parts = self.env["xero.part"].sudo()
        if records._name == "account.move":
            parts._refresh(self, records.sudo(), by_user)
        elif records._name == "xero.part":
            parts._refresh(self, records.sudo().document_id, by_user)
        return result

    def _fold_deleted(self, records):
        result = super()._fold_deleted(records)
        if records._name == "account.move":
            self.env["xero.part"].sudo()._end_orphans(self)
        return result


class XeroPart(models.Model):
    _inherit = "xero.part"

    # === REFRESH === #

    @api.model
    def _refresh(self, connection, documents, by_user=False):
        """Bring the parts of these documents up to date, and have them planned.

        Queries do not grow with the documents.
        """
        documents = documents.filtered(
            lambda move: (
                move.move_type in DOCUMENTS
                and move.company_id.id in connection._company_ids()
            )
        )
        if not documents:
            return self.browse()
        found = self._settlements(documents)
        known = self._known(connection, documents, found)
        wanted, held = self._wanted(connection, documents, found, known)
        return self._settle_parts(connection, documents, known, wanted, held, by_user)

    def _known(self, connection, documents, found):
        """Parts of these documents, and of others that the same entries settle."""
        ids = set(documents.ids) | {each.document_id for each in found}
        ids |= {each.entry_id for each in found if each.row["entry_type"] in DOCUMENTS}
        return self.search(
            [("connection_id", "=", connection.id), ("document_id", "in", list(ids))]
        )

    def _wanted(self, connection, documents, found, known):
        """What there should be: values by key, and keys that are not concluded on."""
        rules = self.env["xero.mapping"]._actions(connection, "write_off")
        wanted, held = {}, set()
        for each in found:
            if each.is_held:
                held.add((each.document_id, each.entry_id))
                held.add((each.entry_id, each.document_id))
            elif each.row["entry_type"] in DOCUMENTS:
                wanted |= self._offset_values(each)
            else:
                wanted |= self._money_values(connection, each, known, rules)
        self._adopt(known, wanted)
        return wanted | self._entryless_values(documents, known, wanted), held

    def _settle_parts(self, connection, documents, known, wanted, held, by_user):
        by_key = {part._key(): part for part in known}
        changed = self.browse()
        for part in known.filtered(lambda each: each.document_id in documents):
            if part._key() not in wanted and not part._is_held(held) and part.wanted:
                part.wanted = False
                changed |= part
        new = []
        for key, values in wanted.items():
            part = by_key.get(key)
            if part is None:
                new.append(values | {"connection_id": connection.id})
            elif part._differs(values):
                part.write(values)
                changed |= part
        changed |= self.create(new)
        self._have_planned(connection, known | changed, changed, by_user)
        return changed

    def _is_held(self, held):
        """While its document or its entry is a draft, a part stays as it is."""
        states = {self.document_id.state, self.counterpart_move_id.state}
        pair = (self.document_id.id, self.counterpart_move_id.id)
        return pair in held or "draft" in states

    def _differs(self, values):
        return any(not _same(_plain(self[name]), now) for name, now in values.items())

    def _have_planned(self, connection, parts, changed, by_user):
        """Links of those that changed, and of those that were stopped before."""
        links = self.env["xero.link"]
        known = links._live_for(parts, connection)
        ours = parts._xero_in_scope(connection)
        again = parts.filtered(
            lambda part: (
                (part in changed and (part in ours or part.id in known))
                or (part in ours and part.id not in known)
                or (part.id in known and known[part.id].state != "synced")
            )
        )
        again._supersede_withdrawn(known)
        self._settle_gone(changed, known)
        for resource, some in again.grouped(lambda p: p._xero_resource()).items():
            found = links._ensure_pending(connection, resource, some.ids, by_user)
            found.filtered(
                lambda link: link.state == "pending" and not link.request_id
            ).waiting_for = "plan"

    @api.model
    def _settle_gone(self, changed, known):
        """What Xero deleted and Odoo has undone is agreed on."""
        ended = changed.filtered(lambda part: not part.wanted and part.id in known)
        links = self.env["xero.link"].union(*(known[part.id] for part in ended))
        gone = links.filtered(lambda link: link.state == "gone")
        self.env["xero.note"]._settle(gone)

    def _supersede_withdrawn(self, known):
        """What we took out of Xero and is wanted again becomes a new one there."""
        for part in self.filtered("wanted"):
            link = known.get(part.id)
            if link and link.state == "gone" and link.fingerprint == "withdrawn":
                link._supersede()

    @api.model
    def _end_orphans(self, connection):
        """Parts whose document was deleted settle nothing any more."""
        orphans = self.search(
            [
                ("connection_id", "=", connection.id),
                ("document_id", "=", False),
                ("wanted", "=", True),
            ]
        )
        orphans.wanted = False
        self._have_planned(connection, orphans, orphans, by_user=False)

    # === VALUES === #

    def _offset_values(self, each):
        """A credit note set against an invoice: no money moves."""
        row = each.row
        document, credit = row["document_id"], row["entry_id"]
        if row["move_type"].endswith("_refund"):
            document, credit = credit, document
        values = self._plain_values(row) | {
            "document_id": document,
            "counterpart_move_id": credit,
            "kind": "allocation",
            "amount": row["settled"],
            "settled": row["settled"],
            "date": row["later_date"],
            "journal_id": False,
            "bank_currency_id": False,
        }
        return {_key_of(values): values}

    def _money_values(self, connection, each, known, rules):
        """The money of an entry that reached the bank, and what did not."""
        row = each.row
        values = self._plain_values(row) | {
            "kind": "payment",
            "amount": each.cash,
            "settled": row["settled"],
            "bank_amount": self._bank_share(row, "cash_currency"),
            "company_amount": self._bank_share(row, "cash"),
            "obstacle": self._obstacle(row),
            "open_write_offs": [],
        }
        found = {}
        for write_off in each.write_offs:
            parts = self._write_off_values(values, write_off, known, rules)
            if not parts:
                values["open_write_offs"].append(
                    [write_off.account_id, f"{write_off.net + write_off.tax:.2f}"]
                )
            found |= parts
        return found | ({_key_of(values): values} if each.cash else {})

    def _plain_values(self, row):
        return {
            "document_id": row["document_id"],
            "counterpart_move_id": row["entry_id"],
            "payment_id": row["payment_id"] or False,
            "account_id": False,
            "tax_id": False,
            "journal_id": row["journal_id"],
            "method_line_id": row["method_line_id"] or False,
            "currency_id": row["document_currency_id"],
            "bank_currency_id": row["bank_currency_id"] or False,
            "date": row["date"],
            "reference": row["reference"] or False,
            "wanted": True,
        }

    def _obstacle(self, row):
        """Why no payment in Xero can stand for this entry, or False."""
        if row["cash"] is None:
            return "closed_by_entry"
        journal = self.env["account.journal"].browse(row["journal_id"])
        companys = journal.company_id.currency_id
        if row["entry_currency_id"] not in (row["document_currency_id"], companys.id):
            return "payment_currency"
        return False

    def _write_off_values(self, cash, write_off, known, rules):
        """A credit note and its allocation, or a second payment, by the rule; nothing
        where there is none. What was agreed on before stays what it is."""
        total = write_off.net + write_off.tax
        action = self._agreed_action(cash, write_off, known) or self._rule(
            rules.get(write_off.account_id), cash
        )
        common = cash | {
            "account_id": write_off.account_id,
            "tax_id": write_off.tax_id or False,
            "amount": total,
            "settled": total,
            "bank_amount": 0.0,
            "company_amount": 0.0,
            "open_write_offs": [],
        }
        if action == "payment":
            return {_key_of(common): common}
        if action == "credit_note":
            note = common | {"kind": "credit_note", "tax_amount": write_off.tax}
            allocation = common | {"kind": "allocation"}
            return {_key_of(note): note, _key_of(allocation): allocation}
        return {}

    def _rule(self, mapping, cash):
        """What a person chose for the account; a refund of a credit note knows no
        credit note of its own."""
        if mapping is None or not mapping.is_mapped:
            return None
        document = self.env["account.move"].browse(cash["document_id"])
        is_refund = document.move_type.endswith("_refund")
        action = mapping.write_off_action
        return None if is_refund and action == "credit_note" else action

    def _agreed_action(self, cash, write_off, known):
        """As what this write-off is in Xero already."""
        same = known.filtered(
            lambda part: (
                part.document_id.id == cash["document_id"]
                and part.counterpart_move_id.id == cash["counterpart_move_id"]
                and part.account_id.id == write_off.account_id
                and part.tax_id.id == (write_off.tax_id or False)
                and part.kind in ("payment", "credit_note")
                and part.wanted
                and part.xero_link_ids.filtered("xero_id")
            )
        )
        return same[:1].kind

    # === WITHOUT AN ENTRY === #

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
                found[_key_of(values)] = values
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
            part = by_key.get(_key_of(values)) or self._adopted(parts, values)
            if part and part.payment_id and not part.payment_id.move_id:
                part.counterpart_move_id = values["counterpart_move_id"]
                values |= part._values_kept(values)

    def _values_kept(self, values):
        """A payment that is sent stays as it is when the bank's line is matched: only
        another amount changes it."""
        kept = {"payment_id": self.payment_id.id}
        if not self.currency_id.compare_amounts(self.amount, values["amount"]):
            for name in _AGREED:
                kept[name] = _plain(self[name])
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


def _key_of(values):
    """As of ``xero.part._key``."""
    entry = values["counterpart_move_id"]
    return (
        values["document_id"],
        values["kind"],
        entry,
        False if entry else values["payment_id"],
        values["account_id"],
        values["tax_id"],
    )


def _plain(value):
    return value.id if isinstance(value, models.BaseModel) else value


def _same(before, now):
    if isinstance(now, float):
        return abs((before or 0.0) - now) < 0.00001
    return (before or False) == (now or False)
