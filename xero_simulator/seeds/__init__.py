"""Organisations to begin with: a chart of accounts, tax rates, currencies, tracking.

They hold no contact, item or document, so that what a test finds is what it made.
Reference data carries an UpdatedDateUTC of 2010, as Xero's demo companies do.
"""

import importlib

from ..organisation import Organisation, long_ago, new_id
from ..resources.currencies import currency

KNOWN = ("uk", "nz", "au", "us", "sg", "za")


def load(code, clock):
    """A new organisation.

    :param code: one of ``KNOWN``
    :raise ValueError: unknown
    """
    if code not in KNOWN:
        raise ValueError(f"unknown organisation {code!r}; known: {', '.join(KNOWN)}")
    seed = importlib.import_module(f".{code}", __name__)
    organisation = Organisation(clock, {**COMMON_PROFILE, **seed.PROFILE})
    organisation.profile["CreatedDateUTC"] = long_ago()
    for rate in seed.TAX_RATES:
        organisation.tax_rates.put(rate)
    for account in seed.ACCOUNTS:
        fresh = {"AccountID": new_id(), "UpdatedDateUTC": long_ago()}
        organisation.accounts.put({**account, **fresh})
    for currency_code in seed.CURRENCIES:
        organisation.currencies.put(currency(currency_code))
    for name, options in seed.TRACKING.items():
        organisation.tracking_categories.put(_category(name, options))
    organisation.branding_themes.put(_theme("Standard", 0))
    organisation.branding_themes.put(_theme("Special Projects", 1))
    return organisation


COMMON_PROFILE = {
    "PaysTax": True,
    "OrganisationType": "COMPANY",
    "OrganisationEntityType": "COMPANY",
    "OrganisationStatus": "ACTIVE",
    "IsDemoCompany": True,
    "Class": "DEMO",
    "Edition": "BUSINESS",
    "DefaultSalesTax": "Tax Exclusive",
    "DefaultPurchasesTax": "Tax Exclusive",
    "Addresses": [],
    "Phones": [],
    "ExternalLinks": [],
    "PaymentTerms": {},
}


def _category(name, options):
    rows = [
        {"TrackingOptionID": new_id(), "Name": option, "Status": "ACTIVE"}
        for option in options
    ]
    head = {"TrackingCategoryID": new_id(), "Name": name, "Status": "ACTIVE"}
    return {**head, "Options": rows}


def _theme(name, order):
    return {
        "BrandingThemeID": new_id(),
        "Name": name,
        "Type": "INVOICE",
        "SortOrder": order,
        "CreatedDateUTC": long_ago(),
    }
