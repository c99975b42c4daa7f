"""Accounts and taxes of purchase orders want a choice in Mapping as well."""

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.xero_connector.models.xero_mapping_use import PURCHASES, Pair


class XeroMapping(models.Model):
    _inherit = "xero.mapping"

    @api.model
    def _types_sent(self, connection):
        """Orders say on what and with which taxes bills will be booked."""
        types = super()._types_sent(connection)
        return tuple(dict.fromkeys((*types, *(PURCHASES * connection.send_orders))))

    @api.model
    def _domain_of_purchases(self):
        orders = Domain("connection_id.send_orders", "=", True)
        return super()._domain_of_purchases() | orders

    @api.model
    def _pairs(self, connection):
        return super()._pairs(connection) + self._pairs_of_orders(connection)

    @api.model
    def _pairs_of_orders(self, connection):
        """Every account and tax pair of confirmed orders since the from-date."""
        if not connection.send_orders:
            return []
        domain = Domain("display_type", "=", False) & Domain("state", "=", "purchase")
        domain &= Domain("company_id", "in", self._companies(connection).ids)
        if connection.date_from:
            domain &= Domain("order_id.date_approve", ">=", connection.date_from)
        orders = {}
        for line in self.env["purchase.order.line"].sudo().search(domain):
            key = (line._xero_booked_on().id, tuple(sorted(line.tax_ids.ids)))
            orders.setdefault(key, set()).add(line.order_id.id)
        return [
            Pair(account_id, taxes, "purchase", len(ids))
            for (account_id, taxes), ids in orders.items()
            if account_id
        ]
