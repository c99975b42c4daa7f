"""What Odoo's documents use: which accounts, with which taxes, how often."""

from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

#: Document types of each side.
SALES = ("out_invoice", "out_refund")
PURCHASES = ("in_invoice", "in_refund")

#: Journal items that become lines in Xero.
_LINES = ("product", "rounding", "epd")

#: Accounts may take a tax's rate when they did in the last months (accounting.md 3.1).
_MONTHS = 12


@dataclass(frozen=True)
class Pair:
    """An account and the taxes that stand on it together, on documents of one side."""

    account_id: int
    tax_ids: tuple
    side: str
    count: int
    """Documents since the connection's from-date."""


class XeroMapping(models.Model):
    _inherit = "xero.mapping"

    @api.model
    def _pairs(self, connection):
        """Every account and tax pair in use, in one query.

        Documents of the last twelve months count as use too, with a ``count`` of 0
        where they are older than what is sent.

        :rtype: list[Pair]
        """
        today = fields.Date.context_today(self)
        year_ago = today - relativedelta(months=_MONTHS)
        date_from = connection.date_from or year_ago
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "WITH line AS (SELECT l.move_id, l.account_id, l.date, m.move_type,"
                " COALESCE(array_agg(r.account_tax_id ORDER BY r.account_tax_id)"
                "  FILTER (WHERE r.account_tax_id IS NOT NULL), '{}') AS taxes"
                " FROM account_move_line l JOIN account_move m ON m.id = l.move_id"
                " LEFT JOIN account_move_line_account_tax_rel r"
                "  ON r.account_move_line_id = l.id"
                " WHERE m.move_type IN %(types)s AND m.state != 'cancel'"
                " AND l.display_type IN %(lines)s AND l.account_id IS NOT NULL"
                " AND l.company_id IN %(companies)s AND l.date >= %(since)s"
                " GROUP BY l.id, m.id)"
                " SELECT account_id, taxes, move_type IN %(sales)s,"
                " count(DISTINCT move_id) FILTER (WHERE date >= %(date_from)s)"
                " FROM line GROUP BY 1, 2, 3",
                types=self._types_sent(connection),
                lines=_LINES,
                companies=tuple(self._companies(connection).ids),
                since=min(date_from, year_ago),
                sales=SALES,
                date_from=date_from,
            )
        )
        return [
            Pair(account, tuple(taxes), "sale" if sale else "purchase", count)
            for account, taxes, sale, count in self.env.cr.fetchall()
        ]

    @api.model
    def _default_account(self, connection, side):
        """Xero's account for lines whose own is not mapped (S71)."""
        connection = connection.sudo()
        if side == "sale":
            return connection.default_sale_account_id
        return connection.default_purchase_account_id

    @api.model
    def _types_sent(self, connection):
        """The document types that this connection sends; never none."""
        types = SALES if connection.send_invoices else ()
        types += PURCHASES if connection.send_bills else ()
        return types or SALES

    @api.model
    def _companies(self, connection):
        """The connection's company and the branches that use it."""
        companies = self.env["res.company"].sudo()
        return companies.search([("id", "child_of", connection.company_id.id)])

    @api.model
    def _analytic_counts(self, connection):
        """Documents that carry each analytic account, since the from-date.

        :rtype: dict[int, int]
        """
        self.env.cr.execute(
            SQL(
                "SELECT part::int, count(DISTINCT l.move_id)"
                " FROM account_move_line l JOIN account_move m ON m.id = l.move_id,"
                " jsonb_object_keys(l.analytic_distribution) key,"
                " regexp_split_to_table(key, ',') part"
                " WHERE m.move_type IN %s AND m.state != 'cancel'"
                " AND l.display_type = 'product' AND l.company_id IN %s"
                " AND l.date >= %s AND part ~ '^[0-9]+$' GROUP BY 1",
                self._types_sent(connection),
                tuple(self._companies(connection).ids),
                connection.date_from or fields.Date.to_date("1900-01-01"),
            )
        )
        return dict(self.env.cr.fetchall())

    @api.model
    def _service_counts(self, connection):
        """Services on documents of sale, since the from-date (S74).

        :rtype: dict[int, int]
        """
        self.env.cr.execute(
            SQL(
                "SELECT t.id, count(DISTINCT l.move_id)"
                " FROM account_move_line l JOIN account_move m ON m.id = l.move_id"
                " JOIN product_product p ON p.id = l.product_id"
                " JOIN product_template t ON t.id = p.product_tmpl_id"
                " WHERE m.move_type IN %s AND m.state != 'cancel'"
                " AND t.type = 'service' AND l.display_type = 'product'"
                " AND l.company_id IN %s AND l.date >= %s GROUP BY 1",
                SALES,
                tuple(self._companies(connection).ids),
                connection.date_from or fields.Date.to_date("1900-01-01"),
            )
        )
        return dict(self.env.cr.fetchall())

    @api.model
    def _write_off_counts(self, connection):
        """Accounts that took the part of a payment that never reached the bank (T40).

        :rtype: dict[int, int]
        """
        self.env.cr.execute(
            SQL(
                "SELECT l.account_id, count(DISTINCT l.move_id)"
                " FROM account_move_line l JOIN account_move m ON m.id = l.move_id"
                " JOIN account_account a ON a.id = l.account_id"
                " WHERE m.move_type = 'entry' AND m.state = 'posted'"
                " AND (m.origin_payment_id IS NOT NULL"
                "  OR m.statement_line_id IS NOT NULL)"
                " AND a.account_type ~ '^(income|expense)'"
                " AND l.company_id IN %s AND l.date >= %s"
                " AND EXISTS (SELECT 1 FROM account_move_line o"
                "  JOIN account_account b ON b.id = o.account_id"
                "  WHERE o.move_id = m.id AND b.account_type IN"
                "  ('asset_receivable', 'liability_payable'))"
                " GROUP BY 1",
                tuple(self._companies(connection).ids),
                connection.date_from or fields.Date.to_date("1900-01-01"),
            )
        )
        return dict(self.env.cr.fetchall())
