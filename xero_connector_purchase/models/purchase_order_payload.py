"""A purchase order as Xero wants it."""

import math
from datetime import timedelta

from xero_python.accounting import PurchaseOrder as XeroPurchaseOrder

from odoo import models
from odoo.tools import html2plaintext

from odoo.addons.xero_connector.lib import merge, money

#: Xero's limits (xero-api.md, section 6, and its own documents).
_INSTRUCTIONS_MAX, _ATTENTION_MAX, _TELEPHONE_MAX = 500, 255, 50
_REFERENCE_MAX = 255


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    _xero_compared_fields = (
        "Contact",
        "Date",
        "DeliveryDate",
        "PurchaseOrderNumber",
        "Reference",
        "CurrencyCode",
        "CurrencyRate",
        "LineAmountTypes",
        *merge.DELIVERY,
    )

    def _xero_model(self, facts, values, status):
        """The element; Xero's own defaults would fill in what is left out."""
        where = self._xero_delivery_partner()
        return XeroPurchaseOrder(
            purchase_order_number=self.name,
            reference=(self.partner_ref or self.origin or "")[:_REFERENCE_MAX] or None,
            delivery_date=self._xero_delivery_date(facts),
            delivery_address=self._xero_address(where) or None,
            attention_to=(self._xero_attention() or "")[:_ATTENTION_MAX] or None,
            telephone=(where.phone or "")[:_TELEPHONE_MAX] or None,
            delivery_instructions=self._xero_instructions(facts) or None,
            **values,
        )

    # === HEAD === #

    def _xero_date(self, facts):
        return self._xero_day()

    def _xero_status_wanted(self, facts):
        return facts.connection.order_status

    def _xero_currency_rate(self):
        if self.currency_id == self.company_id.currency_id:
            return None
        rate = self.currency_rate
        return money.exact(round(rate, max(6, 5 - math.floor(math.log10(rate)))))

    # === DELIVERY === #

    def _xero_delivery_date(self, facts):
        """So many days after the order, or when it is expected (S118)."""
        if facts.connection.order_delivery == "days":
            return self._xero_day() + timedelta(days=facts.connection.order_days)
        return self._xero_day(self.date_planned) if self.date_planned else None

    def _xero_delivery_partner(self):
        """Where it is to be delivered."""
        return self.dest_address_id or self.company_id.partner_id

    def _xero_address(self, partner):
        lines = partner._display_address().splitlines()
        return "\n".join(line.strip() for line in lines if line.strip())

    def _xero_attention(self):
        return self.dest_address_id.name or self.user_id.name

    def _xero_instructions(self, facts):
        """The text of the order and, by option, the way back to Odoo, which is never
        cut off: an order in Xero has no link of its own."""
        text = html2plaintext(self.note or "").strip()
        link = self._xero_order_link(facts)
        room = _INSTRUCTIONS_MAX - (len(link) + 1 if link else 0)
        return "\n".join(filter(None, (text[:room].strip(), link)))

    def _xero_order_link(self, facts):
        if not facts.public_url:
            return ""
        return f"{facts.public_url}/odoo/purchase-orders/{self.id}"

    def _xero_links_back(self, connection):
        return connection.order_link
