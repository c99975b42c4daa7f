"""What orders Xero has: one row each, filled by reading what changed.

Xero takes a new order with the number of another for a change of that one, without a
word, and looks nothing up by number; so the numbers in use are kept here.
"""

from odoo import api, fields, models

from odoo.addons.xero_connector.lib import elements as wire_elements


class XeroOrderCopy(models.Model):
    _name = "xero.order.copy"
    _description = "Purchase Order In Xero"
    _log_access = False
    _rec_name = "number"

    connection_id = fields.Many2one(
        "xero.connection", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    xero_id = fields.Char("Xero ID", required=True, readonly=True)
    number = fields.Char(readonly=True)
    number_key = fields.Char(readonly=True, help="In small letters, as Xero compares.")
    supplier = fields.Char(readonly=True)
    total = fields.Char(readonly=True)
    status = fields.Char(readonly=True)
    updated = fields.Char(readonly=True)

    _xero_id_uniq = models.UniqueIndex("(connection_id, xero_id)")
    _number_idx = models.Index("(connection_id, number_key)")

    @api.model
    def _store(self, connection, elements):
        """Rows of these elements, made or brought up to date.

        :return: how many were new or changed
        """
        wanted = {each["PurchaseOrderID"]: each for each in elements}
        rows = self.search(
            [("connection_id", "=", connection.id), ("xero_id", "in", list(wanted))]
        )
        known, created, changed = {row.xero_id: row for row in rows}, [], 0
        for xero_id, element in wanted.items():
            values = self._values_of(element)
            row = known.get(xero_id)
            if row is None:
                keys = {"connection_id": connection.id, "xero_id": xero_id}
                created.append(keys | values)
            elif row.updated != values["updated"]:
                # An answer to a deletion tells nothing but the status.
                row.write({k: v for k, v in values.items() if v})
                changed += 1
        self.create(created)
        return len(created) + changed

    @api.model
    def _values_of(self, element):
        number, total = element.get("PurchaseOrderNumber"), element.get("Total")
        return {
            "number": number,
            "number_key": (number or "").lower(),
            "supplier": (element.get("Contact") or {}).get("Name"),
            "total": f"{total:.2f} {element.get('CurrencyCode')}" if total else False,
            "status": element.get("Status"),
            "updated": wire_elements.updated(element),
        }

    @api.model
    def _holders(self, connection, numbers):
        """Who has these numbers in Xero; a deleted order keeps its own for ever.

        :return: dict of number in small letters to row
        """
        rows = self.search(
            [
                ("connection_id", "=", connection.id),
                ("number_key", "in", [number.lower() for number in numbers]),
            ]
        )
        living_last = rows.sorted(lambda row: row.status != "DELETED")
        return {row.number_key: row for row in living_last}
