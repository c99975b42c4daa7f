"""What the parts of an entry are: its money, what was written off, what was offset."""

from odoo import models

from .xero_part import key_of


class XeroPart(models.Model):
    _inherit = "xero.part"

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
            "reference": False,  # of which of the two, depends on who is looked at
            "journal_id": False,
            "bank_currency_id": False,
        }
        return {key_of(values): values}

    def _money_values(self, connection, each, known, rules):
        """The money of an entry that reached the bank, and what did not."""
        row = each.row
        values = self._plain_values(row) | {
            "kind": "payment",
            "amount": each.cash,
            "settled": row["settled"],
            "bank_amount": self._bank_share(row, "cash_currency"),
            "company_amount": self._bank_share(row, "cash"),
            "obstacle": self._obstacle(connection, row),
            "contra": self._is_contra(connection, row),
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
        return found | (self._cash_values(row, values, known) if each.cash else {})

    def _cash_values(self, row, values, known):
        """What reached the bank for one document, by key."""
        return {key_of(values): values}

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

    def _obstacle(self, connection, row):
        """Why no payment in Xero can stand for this entry, or False."""
        if row["cash"] is None and not self._is_contra(connection, row):
            return "closed_by_contra" if row["is_contra"] else "closed_by_entry"
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
            return {key_of(common): common}
        if action == "credit_note":
            note = common | {"kind": "credit_note", "tax_amount": write_off.tax}
            allocation = common | {"kind": "allocation"}
            return {key_of(note): note, key_of(allocation): allocation}
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
