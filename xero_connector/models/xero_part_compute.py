"""What settles documents: one SQL statement for a batch of them.

Seen from the entries: of each entry that settles one of the documents, every document
that it settles, in the order of their ids, so that what an entry wrote off is shared
out the same way whichever of them is looked at.
"""

from dataclasses import dataclass, field

from odoo import api, models
from odoo.tools import SQL, float_round

from .account_move_money import DOCUMENTS

#: Per entry and document: what it settles, what came before, and the entry's money.
#: Partials with exchange differences carry no money (T49); those of cash-basis entries
#: do not stand on debtors or creditors.
_SETTLED = """
WITH settling AS (
    SELECT DISTINCT other.move_id
      FROM account_move_line own
      JOIN account_partial_reconcile p
        ON own.id IN (p.debit_move_id, p.credit_move_id)
      JOIN account_move_line other
        ON other.id = p.debit_move_id + p.credit_move_id - own.id
     WHERE own.move_id IN %(documents)s
       AND NOT EXISTS (SELECT 1 FROM account_partial_reconcile x
                        WHERE x.exchange_move_id = other.move_id)
), pairs AS (
    SELECT e.move_id AS entry_id, e.account_id, d.move_id AS document_id,
           SUM(CASE WHEN p.debit_move_id = d.id THEN p.debit_amount_currency
                    ELSE p.credit_amount_currency END) AS settled,
           SUM(CASE WHEN p.debit_move_id = e.id THEN p.debit_amount_currency
                    ELSE p.credit_amount_currency END) AS used
      FROM account_move_line e
      JOIN account_account a ON a.id = e.account_id
       AND a.account_type IN ('asset_receivable', 'liability_payable')
      JOIN account_partial_reconcile p ON e.id IN (p.debit_move_id, p.credit_move_id)
      JOIN account_move_line d ON d.id = p.debit_move_id + p.credit_move_id - e.id
      JOIN account_move m ON m.id = d.move_id AND m.move_type IN %(kinds)s
     WHERE e.move_id IN (SELECT move_id FROM settling)
     GROUP BY 1, 2, 3
), classed AS (
    SELECT l.move_id, l.account_id, l.balance, l.amount_currency, l.currency_id,
           l.tax_line_id, a.account_type,
           (SELECT MIN(t.account_tax_id) FROM account_move_line_account_tax_rel t
             WHERE t.account_move_line_id = l.id) AS tax_id,
           CASE WHEN a.account_type IN ('asset_receivable', 'liability_payable')
                THEN 'counterpart'
                WHEN l.account_id = pay.outstanding_account_id
                  OR l.account_id = j.default_account_id
                  OR a.account_type IN ('asset_cash', 'liability_credit_card')
                  OR l.account_id IN (SELECT ml.payment_account_id
                       FROM account_payment_method_line ml
                      WHERE ml.journal_id = j.id AND ml.payment_account_id IS NOT NULL)
                THEN 'money'
                WHEN l.account_id = j.suspense_account_id THEN 'open'
                ELSE 'other' END AS class
      FROM account_move_line l
      JOIN account_move m ON m.id = l.move_id AND m.move_type = 'entry'
      JOIN account_journal j ON j.id = m.journal_id
      JOIN account_account a ON a.id = l.account_id
      LEFT JOIN account_payment pay ON pay.id = m.origin_payment_id
     WHERE l.move_id IN (SELECT move_id FROM settling)
       AND (l.display_type IS NULL
            OR l.display_type NOT IN ('line_section', 'line_subsection', 'line_note'))
), money AS (
    SELECT move_id,
           SUM(balance) FILTER (WHERE class = 'money') AS cash,
           SUM(amount_currency) FILTER (WHERE class = 'money') AS cash_currency,
           MIN(currency_id) FILTER (WHERE class = 'money') AS bank_currency_id,
           jsonb_agg(jsonb_build_object(
               'account', account_id, 'balance', balance,
               'currency', amount_currency, 'tax', tax_id, 'tax_line', tax_line_id))
               FILTER (WHERE class = 'other') AS others,
           BOOL_AND(class = 'counterpart')
               AND COUNT(DISTINCT account_type) > 1 AS is_contra
      FROM classed GROUP BY 1
), whole AS (
    SELECT move_id, account_id, SUM(balance) AS balance,
           ABS(SUM(amount_residual_currency)) AS open
      FROM account_move_line
     WHERE move_id IN (SELECT move_id FROM settling) GROUP BY 1, 2
)
SELECT pairs.document_id, pairs.entry_id, pairs.settled, pairs.used,
       SUM(pairs.used) OVER before - pairs.used AS before,
       SUM(pairs.used) OVER (PARTITION BY pairs.entry_id, pairs.account_id)
           + whole.open AS used_in_all,
       d.currency_id AS document_currency_id, d.move_type, d.state AS document_state,
       m.move_type AS entry_type, m.state AS entry_state, m.date,
       m.journal_id, m.currency_id AS entry_currency_id, m.statement_line_id,
       GREATEST(d.date, m.date) AS later_date,
       money.cash, money.cash_currency, money.bank_currency_id, money.others,
       money.is_contra,
       whole.balance AS whole,
       pay.id AS payment_id, pay.payment_method_line_id AS method_line_id,
       COALESCE(NULLIF(pay.payment_reference, ''), NULLIF(pay.memo, ''),
                NULLIF(st.payment_ref, ''), NULLIF(m.ref, ''), m.name) AS reference
  FROM pairs
  JOIN account_move d ON d.id = pairs.document_id
  JOIN account_move m ON m.id = pairs.entry_id
  JOIN whole ON whole.move_id = m.id AND whole.account_id = pairs.account_id
  LEFT JOIN money ON money.move_id = m.id
  LEFT JOIN account_payment pay ON pay.id = m.origin_payment_id
  LEFT JOIN account_bank_statement_line st ON st.id = m.statement_line_id
WINDOW before AS (PARTITION BY pairs.entry_id, pairs.account_id
                  ORDER BY pairs.document_id)
 ORDER BY pairs.document_id, pairs.entry_id
"""


@dataclass
class WriteOff:
    """What of an entry did not reach the bank, on one account under one tax."""

    account_id: int
    tax_id: int = None
    net: float = 0.0
    tax: float = 0.0


@dataclass
class Settlement:
    """What one entry settles of one document."""

    document_id: int
    entry_id: int
    row: dict = field(repr=False)
    cash: float = 0.0
    """In the document's currency."""
    write_offs: list = field(default_factory=list)

    @property
    def is_money(self):
        """Whether it moved money, so that some of it may belong to no document."""
        return self.row["cash"] is not None

    @property
    def is_held(self):
        """While one of the two is a draft, nothing is concluded."""
        return "draft" in (self.row["document_state"], self.row["entry_state"])


class XeroPart(models.Model):
    _inherit = "xero.part"

    @api.model
    def _settlements(self, documents):
        """What settles these documents, and what else the same entries settle.

        :rtype: list[Settlement]
        """
        if not documents:
            return []
        for name in ("account.partial.reconcile", "account.move", "account.payment"):
            self.env[name].flush_model()
        self.env["account.move.line"].flush_model()
        self.env.cr.execute(
            SQL(_SETTLED, documents=tuple(documents.ids), kinds=DOCUMENTS)
        )
        rows = self.env.cr.dictfetchall()
        return [self._settlement(row) for row in rows]

    def _settlement(self, row):
        """Cash and write-offs of one row, in the document's currency."""
        found = Settlement(row["document_id"], row["entry_id"], row)
        currency = self.env["res.currency"].browse(row["document_currency_id"])
        if row["cash"] is not None:
            found.write_offs = self._write_offs(row, currency)
        written = sum(each.net + each.tax for each in found.write_offs)
        found.cash = currency.round(row["settled"] - written)
        return found

    def _write_offs(self, row, currency):
        """The document's share of what the entry wrote off, by account and tax.

        What was booked on the other side is other money, not a write-off.
        """
        found, by_tax = {}, {}
        lines = [line for line in row["others"] or () if _is_written_off(row, line)]
        for line in sorted(lines, key=lambda line: bool(line["tax_line"])):
            tax = line["tax_line"] or line["tax"]
            key = by_tax.get(tax) if line["tax_line"] else None
            key = key or (line["account"], tax)
            by_tax.setdefault(tax, key)
            each = found.setdefault(key, WriteOff(*key))
            share = self._share(row, line, currency)
            if line["tax_line"]:
                each.tax += share
            else:
                each.net += share
        return [each for each in found.values() if each.net or each.tax]

    @api.model
    def _share(self, row, line, currency):
        """The document's share of a line of the entry, in its own currency.

        Shares of all documents add up to the whole: each gets what is rounded up to
        it, less what was rounded up to those before.
        """
        if row["entry_currency_id"] != row["document_currency_id"]:
            return currency.round(row["settled"] * abs(line["balance"] / row["whole"]))
        before, upto = _fractions(row)
        amount = abs(line["currency"])
        return currency.round(
            currency.round(amount * upto) - currency.round(amount * before)
        )

    @api.model
    def _bank_share(self, row, column):
        """The document's share of the entry's money, without other money in it.

        :param column: ``cash`` is in the company's currency, ``cash_currency`` in the
            bank's
        """
        written = sum(
            line["balance"]
            for line in row["others"] or ()
            if _is_written_off(row, line)
        )
        net, money = abs(row["whole"] + written), abs(row[column] or 0)
        if row["cash"] and abs(abs(row["cash"]) - net) > 0.005:
            money *= net / abs(row["cash"])
        before, upto = _fractions(row)
        share = float_round(money * upto, precision_digits=2) - float_round(
            money * before, precision_digits=2
        )
        return float_round(share, precision_digits=2)


def _is_written_off(row, line):
    """Whether a line stands on the side of the money, in its place."""
    return line["balance"] * row["whole"] < 0


def _fractions(row):
    """How much of the entry is used before this document, and with it."""
    whole = row["used_in_all"] or 1
    return row["before"] / whole, (row["before"] + row["used"]) / whole
