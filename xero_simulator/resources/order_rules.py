"""Which status of a purchase order may follow which."""

from .. import fields
from ..errors import Complaints, Refused

CREATABLE = ("DRAFT", "SUBMITTED", "AUTHORISED")
APPROVED = ("AUTHORISED", "BILLED")
NO_SUCH_CHANGE = "PurchaseOrder status change is invalid"
IS_DELETED = "Deleted PurchaseOrders cannot be updated"

NEXT = {
    "DRAFT": {"DRAFT", "SUBMITTED", "AUTHORISED", "DELETED"},
    "SUBMITTED": {"DRAFT", "SUBMITTED", "AUTHORISED", "DELETED"},
    "AUTHORISED": {"AUTHORISED", "BILLED", "DELETED"},
    "BILLED": {"BILLED", "DELETED"},
}


def check_transition(existing, element):
    """Whether an existing order may go where the element sends it.

    :raise Refused: with the recorded words
    """
    if existing["Status"] == "DELETED":
        raise Refused(Complaints([NO_SUCH_CHANGE, IS_DELETED]))
    wanted = fields.text(element, "Status") or existing["Status"]
    if wanted not in NEXT[existing["Status"]]:
        raise Refused(NO_SUCH_CHANGE)
