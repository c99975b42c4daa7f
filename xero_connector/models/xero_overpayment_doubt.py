"""Reading back how overpayments are used: written as bank transactions, read so."""

import dataclasses

from odoo import models


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _overpayments_resource(self):
        """How overpayments are read, which are written as bank transactions."""
        row = self.env["xero.resource"]._get("overpayment")
        return dataclasses.replace(
            row,
            endpoint="Overpayments",
            id_field="OverpaymentID",
            read="get_overpayments",
        )

    def _read_uses(self, overpayment_ids):
        """Every use of these overpayments on documents."""
        ids = sorted(overpayment_ids - {None})
        if not ids:
            return []
        return [
            dict(row, Overpayment={"OverpaymentID": each["OverpaymentID"]})
            for each in self._read_by_id(self._overpayments_resource(), ids)
            for row in each.get("Allocations") or ()
        ]

    def _read_allocations_of(self, links):
        used = {(link.snapshot or {}).get("overpayment") for link in links}
        return super()._read_allocations_of(links) + self._read_uses(used)

    def _read_allocations_like(self, sent):
        used = {(each.get("Overpayment") or {}).get("OverpaymentID") for each in sent}
        return super()._read_allocations_like(sent) + self._read_uses(used)
