"""The types of document that share lines, taxes, statuses and settlement."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """What a type of document is called, and on which side it stands.

    :param name: ``Type`` on the wire
    :param stem: what its fields begin with: ``Invoice``, ``CreditNote``,
        ``Prepayment``, ``Overpayment``
    :param noun: what messages call it
    :param prefix: what automatic numbers begin with; empty where there are none
    """

    name: str
    stem: str
    noun: str
    prefix: str

    def table(self, organisation):
        """The organisation's documents of this kind, and of the other side."""
        return getattr(organisation, TABLES[self.stem])

    @property
    def title(self):
        """The noun with its article."""
        return f"{'an' if self.noun[0] in 'aeiou' else 'a'} {self.noun}"

    @property
    def id_field(self):
        """Name of the identifier."""
        return f"{self.stem}ID"

    @property
    def number_field(self):
        """Name of the number."""
        return f"{self.stem}Number"

    @property
    def is_sale(self):
        """Whether it is the customer's side."""
        return is_sale(self.name)

    @property
    def keeps_number(self):
        """A supplier's credit note has no number of its own; it is ignored."""
        return self.name != "ACCPAYCREDIT"


TABLES = {
    "Invoice": "invoices",
    "CreditNote": "credit_notes",
    "Prepayment": "prepayments",
    "Overpayment": "overpayments",
}
KINDS = {
    kind.name: kind
    for kind in (
        Kind("ACCREC", "Invoice", "invoice", "INV-"),
        Kind("ACCPAY", "Invoice", "invoice", "INV-"),
        Kind("ACCRECCREDIT", "CreditNote", "credit note", "CN-"),
        Kind("ACCPAYCREDIT", "CreditNote", "credit note", "CN-"),
        Kind("RECEIVE-PREPAYMENT", "Prepayment", "prepayment", ""),
        Kind("SPEND-PREPAYMENT", "Prepayment", "prepayment", ""),
        Kind("RECEIVE-OVERPAYMENT", "Overpayment", "overpayment", ""),
        Kind("SPEND-OVERPAYMENT", "Overpayment", "overpayment", ""),
    )
}


def kind_of(record):
    """The :class:`Kind` of a document."""
    return KINDS[record["Type"]]


def is_sale(type_name):
    """Whether a ``Type`` is the customer's side; the other is the supplier's."""
    return type_name.startswith(("ACCREC", "RECEIVE"))


def takes_discounts(type_name):
    """Sales invoices alone have discounts on their lines."""
    return type_name == "ACCREC"
