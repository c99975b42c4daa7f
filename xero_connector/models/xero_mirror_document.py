"""Documents in Xero that are not ours: one header row each, no lines (decision 8).

Read before a bill is created, so that none is paid twice (T61), and to warn of
repeating invoices (T72).
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ..lib import elements, numbers, wire
from .xero_look import STALE


class XeroMirror(models.Model):
    _inherit = "xero.mirror"

    contact = fields.Char(readonly=True, help="The id of its contact in Xero.")
    date = fields.Date(readonly=True)
    total = fields.Float(digits=(16, 2), readonly=True)
    status = fields.Char("Status in Xero", readonly=True)
    reference = fields.Char(readonly=True)
    number_key = fields.Char(
        readonly=True, help="Its number without punctuation and leading zeros."
    )
    repeating = fields.Char(
        readonly=True, help="The repeating invoice in Xero that made it."
    )

    _contact_idx = models.Index(
        "(connection_id, resource, contact) WHERE contact IS NOT NULL"
    )

    # === FILLING === #

    @api.model
    def _values_of(self, element):
        if "LineAmountTypes" not in element:
            return super()._values_of(element)
        number = element.get("InvoiceNumber") or element.get("CreditNoteNumber")
        contact = element.get("Contact") or {}
        return {
            "name": contact.get("Name") or False,
            "contact": contact.get("ContactID") or False,
            "number": number or False,
            "number_key": numbers.key(number) or False,
            "reference": element.get("Reference") or False,
            "date": wire.parse_date(element.get("DateString") or element.get("Date")),
            "total": float(element.get("Total") or 0),
            "currency": element.get("CurrencyCode") or False,
            "status": element.get("Status") or False,
            "repeating": element.get("RepeatingInvoiceID") or False,
            "updated": elements.updated(element),
        }

    # === LOOKING === #

    @api.model
    def _standing(self, connection, resource, contacts, condition):
        """Documents of these contacts that stand in Xero and are nobody's here.

        :param condition: SQL on the row ``m``
        """
        self.flush_model()
        self.env["xero.link"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT m.id FROM xero_mirror m
                 WHERE m.connection_id = %(connection)s AND m.resource = %(resource)s
                   AND m.contact = ANY(%(contacts)s)
                   AND NOT COALESCE(m.status, '') = ANY(%(stale)s)
                   AND (%(condition)s)
                   AND NOT EXISTS (SELECT 1 FROM xero_link l
                        WHERE l.connection_id = m.connection_id
                          AND l.resource = m.resource AND l.xero_id = m.xero_id)
                 ORDER BY m.date DESC, m.id
                """,
                connection=connection.id,
                resource=resource,
                contacts=list(contacts),
                stale=list(STALE),
                condition=condition,
            )
        )
        return self.browse([row_id for (row_id,) in rows])
