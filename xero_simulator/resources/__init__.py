"""The endpoint groups. A new one is one file and one name in ``ENDPOINTS``."""

from werkzeug.routing import Map, Rule

from .accounts import Accounts
from .allocations import Allocations
from .attachments import Attachments
from .bank_transactions import BankTransactions
from .batch_payments import BatchPayments
from .branding import BrandingThemes
from .contacts import Contacts
from .credit_notes import CreditNotes
from .currencies import Currencies
from .invoices import Invoices
from .items import Items
from .money_on_account import (
    OverpaymentAllocations,
    Overpayments,
    PrepaymentAllocations,
    Prepayments,
)
from .organisations import Organisations
from .payments import Payments
from .purchase_orders import PurchaseOrders
from .reports import Reports
from .tax_rates import TaxRates
from .tracking import TrackingCategories

ENDPOINTS = (
    Organisations,
    Accounts,
    TaxRates,
    Currencies,
    TrackingCategories,
    BrandingThemes,
    Items,
    Contacts,
    Invoices,
    CreditNotes,
    Allocations,
    Attachments,
    Payments,
    BatchPayments,
    BankTransactions,
    Prepayments,
    PrepaymentAllocations,
    Overpayments,
    OverpaymentAllocations,
    PurchaseOrders,
    Reports,
)


def routes():
    """Paths below ``/api.xro/2.0/`` to ``(endpoint class, method name)``."""
    rules = [
        Rule(
            f"/api.xro/2.0/{endpoint.root or endpoint.plural}{rule}",
            methods=[method],
            endpoint=(endpoint, name),
        )
        for endpoint in ENDPOINTS
        for (method, rule), name in endpoint.routes.items()
    ]
    return Map(rules, strict_slashes=False).bind("localhost")


def endpoint_named(resource):
    """An endpoint class by its plural name, in any case.

    :raise KeyError: there is none
    """
    for endpoint in ENDPOINTS:
        if resource.lower() in (endpoint.plural.lower(), endpoint.table_name):
            return endpoint
    raise KeyError(f"no resource {resource!r}")
