"""Reading orders: Xero lists them by day and by time of change, and in no other way."""

from datetime import timedelta

from odoo import fields, models

from odoo.addons.xero_connector.lib import errors

#: Clocks may differ; what was written since the day before is surely read.
_SINCE = timedelta(days=1)


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _polled_resources(self):
        """Orders cost no call where none are sent."""
        return [
            row
            for row in super()._polled_resources()
            if row.name != "purchase_order" or self.send_orders
        ]

    def _read_by_id(self, resource, ids):
        """Orders of the days that these have, then one by one what is not among them.

        An order whose day was changed in Xero stands elsewhere (I9).
        """
        if resource.name != "purchase_order":
            return super()._read_by_id(resource, ids)
        wanted = {each.lower() for each in ids}
        found = {
            each["PurchaseOrderID"].lower(): each
            for each in self._read_orders(**self._days_of_orders(ids))
        }
        kept = [found[each] for each in wanted & found.keys()]
        for xero_id in sorted(wanted - found.keys()):
            kept += self._read_order(xero_id)
        return kept

    def _days_of_orders(self, ids):
        """The days that these orders had when both sides last agreed."""
        links = (
            self.env["xero.link"]
            .sudo()
            .search(
                [
                    ("connection_id", "=", self.id),
                    ("resource", "=", "purchase_order"),
                    ("xero_id", "in", ids),
                ]
            )
        )
        days = [
            (link.snapshot or {}).get("theirs", {}).get("header", {}).get("Date")
            for link in links
        ]
        days = [fields.Date.to_date(day) for day in days if day]
        today = fields.Date.today()
        return {
            "date_from": min(days, default=today),
            "date_to": max(days, default=today),
        }

    def _read_orders(self, **parameters):
        """Every page of a list of orders."""
        resource = self.env["xero.resource"]._get("purchase_order")
        return self._read_pages(resource, **parameters)

    def _read_order(self, xero_id):
        """One order, in a list; empty if Xero has it no longer."""
        try:
            answer = self._call("get_purchase_order", xero_id)
        except errors.Gone:
            return []
        found = answer.elements("PurchaseOrders")
        self._add_option_ids(found)
        return found


class XeroRequest(models.Model):
    _inherit = "xero.request"

    def _read_by_number(self, resource, numbers):
        """What became of creations without an answer: written since they were sent."""
        if resource.name != "purchase_order":
            return super()._read_by_number(resource, numbers)
        since = (self.sent_at or fields.Datetime.now()) - _SINCE
        wanted = {number.lower() for number in numbers}
        found = self.connection_id._read_orders(if_modified_since=since)
        return [
            each
            for each in found
            if (each.get("PurchaseOrderNumber") or "").lower() in wanted
        ]
