"""Apply: what Xero says of documents, ours and others.

Ours show it: status, number, what is due, what was changed there. Others are kept as
rows of ``xero.mirror``. Odoo's documents themselves are left alone.
"""

import logging

from psycopg2 import DatabaseError

from odoo import api, models

_logger = logging.getLogger(__name__)

#: Which type in Xero is which resource.
RESOURCES = {
    "ACCREC": "invoice",
    "ACCPAY": "bill",
    "ACCRECCREDIT": "credit_note",
    "ACCPAYCREDIT": "supplier_credit",
}


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _xero_apply(self, connection, cursor, page):
        """Apply a page of documents of one of Xero's lists.

        :param cursor: where elements go that cannot be applied just now
        :param page: documents with their lines
        :return: how many brought news
        """
        connection._add_option_ids(page)
        every, kinds, news = self.env["xero.resource"]._get_resources(), {}, 0
        for element in page:
            name = RESOURCES.get(element.get("Type"))
            if name:
                xero_id = element[every[name].id_field]
                kinds.setdefault(name, {})[xero_id] = element
        for name, found in kinds.items():
            news += self._xero_apply_kind(connection, cursor, name, found)
        return news

    @api.model
    def _xero_apply_kind(self, connection, cursor, name, found):
        """Apply documents of one kind, by Xero's id."""
        mirror = self.env["xero.mirror"].sudo()
        links = self.env["xero.link"].sudo()._by_xero_id(connection, name, found)
        strangers = {id_: each for id_, each in found.items() if id_ not in links}
        mirror._of(connection, name, links).unlink()
        _rows, news = mirror._store(connection, name, strangers)
        self.env["xero.link"].sudo().union(*links.values()).fetch(["snapshot"])
        for xero_id, link in links.items():
            if link.request_id:
                # Its own answer comes first.
                cursor._read_again([xero_id])
            elif not link.superseded_by_id:
                news += self._xero_see_one(link, found[xero_id])
        return news

    @api.model
    def _xero_see_one(self, link, element):
        """An error in our own code stops only this document (I8)."""
        try:
            return link._see(element)
        except DatabaseError:
            raise
        except Exception:
            _logger.exception("%s in Xero could not be compared", link.xero_number)
            return False

    # === WHAT A PERSON DECIDED === #

    def _xero_is_changed(self, assessment):
        """Or only Xero was changed, and a person wants it as it is here."""
        return super()._xero_is_changed(assessment) or assessment.link._takes_back()

    # === ANSWERS === #

    @api.model
    def _xero_accepted(self, connection, accepted):
        """What is due is known at once."""
        for line, element in accepted:
            line.link_id.write(line.link_id._seen_values(element))
        return super()._xero_accepted(connection, accepted)
