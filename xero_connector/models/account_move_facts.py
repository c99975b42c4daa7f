"""What a batch of invoices, bills and credit notes looks up beyond any document."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _xero_facts(self, connection):
        facts = super()._xero_facts(connection)
        facts.unproven = self.env["xero.mapping"].sudo()._unproven(connection)
        facts.booking_dates = self._xero_booking_dates(connection)
        facts.invoice_numbers = self._xero_invoice_numbers(connection)
        facts.first_bills = self._xero_first_bills(connection)
        return facts

    def _xero_prefetch(self):
        """Fill the caches that the tax engine would otherwise fill record by record."""
        lines = self.line_ids
        columns = [
            name
            for name, column in lines._fields.items()
            if column.store and column.prefetch is True and column.column_type
        ]
        lines.fetch([*columns, "tax_ids", "tax_tag_ids"])
        lines.tax_ids.mapped("children_tax_ids")
        lines.tax_ids.mapped("repartition_line_ids.tag_ids")
        lines.mapped("tax_repartition_line_id.tax_id")
        lines.account_id.mapped("code")
        lines.product_id.mapped("default_code")
        self.reversed_entry_id.mapped("name")

    def _xero_booking_dates(self, connection):
        links = self.env["xero.link"].sudo()._live_for(self, connection)
        return {res_id for res_id, link in links.items() if link.use_booking_date}

    def _xero_invoice_numbers(self, connection):
        """Which names of credit notes an invoice has in Xero: refused there (T73)."""
        names = self.filtered(lambda m: m.move_type == "out_refund").mapped("name")
        if not names:
            return set()
        links = (
            self.env["xero.link"]
            .sudo()
            .search(
                [
                    ("connection_id", "=", connection.id),
                    ("resource", "=", "invoice"),
                    ("xero_number", "in", names),
                ]
            )
        )
        return set(links.mapped("xero_number"))

    def _xero_first_bills(self, connection):
        """Other posted bills of the same supplier with the same reference (T63).

        The one that Xero has, or else the older one, is the first.
        """
        bills = self.filtered(lambda m: m.move_type == "in_invoice" and m.ref)
        if not bills:
            return {}
        same = self.sudo().search_fetch(
            [
                ("move_type", "=", "in_invoice"),
                ("state", "=", "posted"),
                ("company_id", "in", connection._company_ids()),
                ("commercial_partner_id", "in", bills.commercial_partner_id.ids),
                ("ref", "in", bills.mapped("ref")),
            ],
            ["ref", "commercial_partner_id", "name"],
        )
        links = self.env["xero.link"].sudo()._live_for(same, connection)
        sent = {res_id for res_id, link in links.items() if link.xero_id}
        groups = same.grouped(lambda m: (m.commercial_partner_id.id, m.ref))
        found = {}
        for group in groups.values():
            first = min(group, key=lambda m: (m.id not in sent, m.id))
            found |= {bill.id: first for bill in group - first}
        return found
