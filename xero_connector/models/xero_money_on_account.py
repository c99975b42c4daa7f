"""Pre- and overpayments in Xero: what they gave to documents of ours (T58, S210).

Their lists are not polled: an invoice says which of them were used on it, and only
those that Odoo does not know like this are read.
"""

from odoo import fields, models

from .xero_look import STALE
from .xero_resource import Resource

#: Names of the lists, by what an invoice calls them.
LISTS = {"Prepayments": "prepayment", "Overpayments": "overpayment"}


class XeroPart(models.Model):
    _inherit = "xero.part"

    on_account = fields.Char(
        "Prepayment Or Overpayment",
        readonly=True,
        index="btree_not_null",
        help="The one in Xero whose money it is.",
    )


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _on_account_resources(self):
        """How they are read: by id only, as they belong to no record of Odoo's."""
        return [
            Resource(
                name=name,
                many=self.env._("money on account"),
                model="xero.part",
                endpoint=endpoint,
                id_field=f"{endpoint[:-1]}ID",
                number_field="Reference",
                create="",
                update="",
                read=f"get_{name}s",
                sequence=60,
                number_taken="",
                unique_number=False,
            )
            for endpoint, name in LISTS.items()
        ]

    def _apply_money_on_account(self, elements, book=True):
        """Book what pre- and overpayments gave to documents, on the bank's day (T58).

        Only what is set against a document of ours comes (S210). What Xero has no
        longer, of these, is treated as deleted there.

        :param elements: prepayments or overpayments of Xero's list
        :rtype: list[Arrival]
        """
        shares = [share for each in elements for share in _shares(each)]
        there = {share["PaymentID"] for share in shares}
        arrivals = self._apply_payments(shares, book=book)
        for part, link in self._parts_on_account(elements):
            if link.xero_id in there:
                continue
            if part.waits:
                self._forget_waiting(link)
            else:
                gone = {"PaymentID": link.xero_id, "Status": "DELETED"}
                gone["OnAccount"] = part.on_account
                arrivals.append(self._apply_deletion(gone, link, part))
        return arrivals

    def _parts_on_account(self, elements):
        """What is known of these: (part, link), those that ended excluded."""
        domain = [
            ("connection_id", "=", self.id),
            ("on_account", "in", [_id_of(each) for each in elements]),
        ]
        parts = self.env["xero.part"].sudo().search(domain)
        links = self.env["xero.link"].sudo()._live_for(parts, self)
        return [
            (part, links[part.id])
            for part in parts
            if part.id in links and (links[part.id].state == "synced" or part.waits)
        ]


def _shares(element):
    """What one of them gave to each document, as if it were a payment."""
    if element.get("Status") in STALE:
        return []
    return [
        {
            "PaymentID": row.get("AllocationID") or f"{_id_of(element)}:{place}",
            "OnAccount": _id_of(element),
            "Date": element["Date"],
            "Amount": row["Amount"],
            "CurrencyRate": element.get("CurrencyRate"),
            "Reference": element.get("Reference"),
            "Status": "AUTHORISED",
            "Invoice": row["Invoice"],
        }
        for place, row in enumerate(element.get("Allocations") or ())
    ]


def _id_of(element):
    return element.get("OverpaymentID") or element.get("PrepaymentID")
