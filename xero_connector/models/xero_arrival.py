"""What came from Xero and settles a document: one word for what became of it, and one
way to be linked."""

from dataclasses import dataclass

from odoo import models

from ..lib import elements as lib_elements
from ..lib import wire
from .xero_link import LEFT_ALONE

#: What brought something new to Odoo.
NEWS = {"created", "linked", "deleted", "undone"}


@dataclass
class Arrival:
    """What became of one payment or allocation of Xero's."""

    element: dict
    outcome: str
    """``created``, ``linked``, ``known``, ``deleted``, ``undone``, ``not_ours``,
    ``off``; ``owned``, ``no_journal``, ``elsewhere``, ``draft``, ``refused``: a person
    decides; or ``busy``: look again."""
    part: object = None
    message: str = ""


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _link_arrival(self, part, resource, element, **agreed):
        """From now on the two are one; Odoo never changes Xero's.

        :param resource: ``payment`` or ``allocation``
        :param agreed: what else to remember of it
        :return: the link
        """
        row = self.env["xero.resource"]._get(resource)
        links = self.env["xero.link"].sudo()
        link = links._ensure_pending(self, resource, part.ids)
        links.env["xero.note"]._settle(link)
        link.write(
            {
                "state": "synced",
                "waiting_for": False,
                "xero_id": element[row.id_field],
                "xero_number": element.get(row.number_field),
                "xero_status": element.get("Status"),
                "fingerprint": "theirs",
                "snapshot": {
                    "theirs": True,
                    "date": wire.parse_date(element["Date"]).isoformat(),
                    "amount": f"{element['Amount']:.2f}",
                    "updated": lib_elements.updated(element),
                }
                | agreed,
                "synced_at": self.env.cr.now(),
            }
        )
        return link


def is_taken(link):
    """Whether it is in Xero, was there, or is on its way."""
    return bool(link.xero_id or link.request_id or link.state in LEFT_ALONE)
