"""What a document in Xero says of the money on it: what Odoo does not know is read.

Xero tells of invoices and credit notes, never of payments; but each document lists the
payments and credits that stand on it.
"""

from collections import Counter

from odoo import api, models

from .xero_arrival import NEWS
from .xero_link_money import CREDITS
from .xero_money_on_account import LISTS

_PAYMENTS = [("kind", "=", "payment"), ("on_account", "=", False)]
_ON_ACCOUNT = [("on_account", "!=", False)]
_OFFSETS = [("kind", "=", "allocation"), ("account_id", "=", False)]


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _xero_apply_kind(self, connection, cursor, name, found):
        """And have read what stands on documents of ours and is not known.

        The credit of a write-off is ours too, and no document in Odoo.
        """
        links, news, rest = self.env["xero.link"].sudo(), 0, dict(found)
        if name in CREDITS:
            own = links._by_xero_id(connection, "write_off", found)
            self.env["xero.mirror"].sudo()._of(connection, name, own).unlink()
            news += connection._see_write_offs(
                {link: rest.pop(xero_id) for xero_id, link in own.items()}
            )
        news += super()._xero_apply_kind(connection, cursor, name, rest)
        ours = {
            link.res_id: rest[xero_id]
            for xero_id, link in links._by_xero_id(connection, name, rest).items()
            if not link.superseded_by_id and not link.request_id
        }
        return news + connection._see_money(self.env["xero.resource"]._get(name), ours)


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _see_money(self, resource, documents):
        """Have what stands on these documents brought here, as far as it is not known.

        :param resource: of what kind they are
        :param documents: dict of account.move id to the document in Xero
        :return: how many brought something new
        """
        if not documents:
            return 0
        rows = self._polled_resources()
        name = next(row.name for row in rows if row.endpoint == resource.endpoint)
        cursor = self.env["xero.cursor"].sudo()._of(self, name)
        self._see_payments(cursor, documents)
        self._see_money_on_account(documents)
        return self._see_allocations(cursor, resource.name, documents)

    def _see_payments(self, cursor, documents):
        """Have payments read that Odoo does not know, or that are gone from where they
        stood.

        :param cursor: the documents'; in the middle of a first reading the list of
            payments tells all the same
        :param documents: dict of account.move id to the document in Xero
        """
        cursors = self.env["xero.cursor"].sudo()
        payments = cursors._of(self, "payment")
        if not self.import_payments or (cursor.page and not payments.complete):
            return
        there = {
            row["PaymentID"]
            for each in documents.values()
            for row in each.get("Payments") or ()
        }
        known = self.env["xero.link"].sudo()._by_xero_id(self, "payment", there)
        parts = self._parts_there(documents, _PAYMENTS)
        gone = {link.xero_id for link in parts.values()} - there
        payments._read_again(there - known.keys() | gone)

    def _see_money_on_account(self, documents):
        """Have pre- and overpayments read of which Odoo knows another amount."""
        if not self.import_payments:
            return
        here, there, names = Counter(), Counter(), {}
        for part in self._parts_there(documents, _ON_ACCOUNT):
            if part.kind == "payment" or part._xero_is_drawn():
                here[part.document_id.id, part.on_account] += part.amount
        for endpoint, name in LISTS.items():
            for res_id, row in _rows(documents, endpoint):
                xero_id = row[f"{endpoint[:-1]}ID"]
                there[res_id, xero_id] += float(row["AppliedAmount"])
                names[xero_id] = name
        for xero_id in _differing(here, there):
            # Nobody says which of the two it was once it is gone.
            for name in [names[xero_id]] if xero_id in names else LISTS.values():
                self.env["xero.cursor"].sudo()._of(self, name)._read_again([xero_id])

    def _see_allocations(self, cursor, name, documents):
        """Set credits against invoices as credit notes say; have those read that only
        the invoice tells of.

        :return: how many brought something new
        """
        if name in CREDITS:
            book = self.sudo().import_payments
            arrivals = self._apply_allocations(documents.values(), book=book)
            cursor._read_again(
                each.element["CreditNote"]["CreditNoteID"]
                for each in arrivals
                if each.outcome == "busy"
            )
            return sum(each.outcome in NEWS for each in arrivals)
        notes = self.env["xero.cursor"].sudo()._of(self, "credit_note")
        if self.import_payments and (notes.complete or not cursor.page):
            notes._read_again(self._credits_unlike(documents))
        return 0

    def _credits_unlike(self, documents):
        """Credit notes of ours that gave another amount than Odoo knows."""
        rows = list(_rows(documents, "CreditNotes"))
        there, here = Counter(), Counter()
        for res_id, row in rows:
            there[res_id, row["CreditNoteID"]] += float(row["AppliedAmount"])
        ours = self._documents_of(row["CreditNoteID"] for _res_id, row in rows)
        ids = {move.id: xero_id for xero_id, move in ours.items()}
        for part in self._parts_there(documents, _OFFSETS):
            xero_id = part.on_account or ids.get(part.counterpart_move_id.id)
            here[part.document_id.id, xero_id] += part.amount
        return _differing(here, there) & ours.keys()

    def _parts_there(self, documents, condition):
        """What settles these documents and stands in Xero, with its link."""
        domain = [
            ("connection_id", "=", self.id),
            ("document_id", "in", list(documents)),
        ]
        parts = self.env["xero.part"].sudo().search(domain + condition)
        links = self.env["xero.link"].sudo()._live_for(parts, self)
        return {
            part: links[part.id]
            for part in parts
            if part.id in links and (links[part.id].state == "synced" or part.waits)
        }


def _rows(documents, name):
    """What stands on these documents under a name: (account.move id, row)."""
    for res_id, element in documents.items():
        for row in element.get(name) or ():
            yield res_id, row


def _differing(here, there):
    """Ids whose amounts differ on any document.

    :param here: Counter of (account.move id, Xero id) to amount
    """
    return {
        key[1]
        for key in here.keys() | there.keys()
        if abs(here[key] - there[key]) >= 0.005
    }
