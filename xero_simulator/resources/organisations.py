"""Organisation and what its user may do."""

from .. import wire
from .endpoint import Endpoint

ACTIONS = (
    "AttachFilesToAccount",
    "CreateApprovedBill",
    "CreateApprovedInvoice",
    "CreateDraftBill",
    "CreateDraftInvoice",
    "CreateInvoicePayment",
    "CreateBillPayment",
    "CreateItem",
    "CreateTaxRate",
    "UpdateTaxRate",
    "UpdateContact",
    "CreateContact",
    "UseMulticurrency",
    "ApproveTransactionsBeforePeriodLockDate",
)


class Organisations(Endpoint):
    """``/Organisation``: lock dates are left out while they are not set."""

    plural = "Organisation"
    routes = {("GET", ""): "listed", ("GET", "/Actions"): "actions"}

    def listed(self):
        """The organisation of the tenant header."""
        return self.envelope(
            [self.row(self.organisation.profile)], plural="Organisations"
        )

    def row(self, record, detailed=True):
        return wire.without_none(record)

    def actions(self):
        """What is allowed with this plan and this user's role."""
        refused = set()
        if len(self.organisation.currencies) < 2:
            refused.add("UseMulticurrency")
        if not self.organisation.options["adviser"]:
            refused.add("ApproveTransactionsBeforePeriodLockDate")
        rows = [
            {"Name": name, "Status": "NOT-ALLOWED" if name in refused else "ALLOWED"}
            for name in ACTIONS
        ]
        return self.envelope(rows, plural="Actions")
