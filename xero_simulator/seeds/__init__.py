"""Organisations to begin with: a chart of accounts, tax rates, currencies, tracking.

They hold no contact, item or document, so that what a test finds is what it made.
Reference data carries an UpdatedDateUTC of 2010, as Xero's demo companies do.
"""

import importlib

from ..organisation import Organisation, long_ago, new_id
from ..resources.accounts import CLASS_OF_TYPE
from ..resources.currencies import currency
from ..resources.tax_rates import CLASS_FIELDS

KNOWN = ("uk", "nz")


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
    for row in seed.TAX_RATES:
        organisation.tax_rates.put(_tax_rate(*row))
    for row, more in seed.ACCOUNTS:
        organisation.accounts.put(_account(*row, **more))
    for currency_code in seed.CURRENCIES:
        organisation.currencies.put(currency(currency_code))
    for name, options in seed.TRACKING.items():
        organisation.tracking_categories.put(_category(name, options))
    organisation.branding_themes.put(_theme("Standard", 0))
    organisation.branding_themes.put(_theme("Special Projects", 1))
    return organisation


REPORT_TYPES = {
    "OUTPUT2": "OUTPUT",
    "INPUT2": "INPUT",
    "RROUTPUT": "OUTPUT",
    "RRINPUT": "INPUT",
    "ECZROUTPUT": "ECOUTPUT",
    "ECZROUTPUTSERVICES": "ECOUTPUTSERVICES",
    "ECZRINPUT": "ECINPUT",
    "ECZRACQUISITIONS": "ECACQUISITIONS",
    "DRCHARGESUPPLY20": "DRCHARGESUPPLY",
    "DRCHARGE20": "DRCHARGE",
    "CAPEXINPUT2": "CAPITALEXPENSESINPUT",
    "CAPEXOUTPUT2": "CAPITALSALESOUTPUT",
    "ZERORATED": "ZERORATEDOUTPUT",
}
"""ReportTaxType where it is not the TaxType's own name."""

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


def _account(code, name, kind, tax_type, system=None, **more):
    """An account of a seed's list; banks say currency and number in ``more``."""
    account = {
        "AccountID": new_id(),
        "Code": code,
        "Name": name,
        "Status": "ACTIVE",
        "Type": kind,
        "TaxType": tax_type,
        "Class": CLASS_OF_TYPE[kind],
        "SystemAccount": system,
        "EnablePaymentsToAccount": False,
        "ShowInExpenseClaims": False,
        "HasAttachments": False,
        "UpdatedDateUTC": long_ago(),
    }
    if kind == "BANK":
        account["BankAccountType"] = "BANK"
    return {**account, **more}


def _tax_rate(
    tax_type, name, rate, classes, status="ACTIVE", components=None, shown=None
):
    """A tax rate of a seed's list.

    :param classes: letters of the account classes it may be used on: A, Q (equity), X
        (expenses), L, R
    :param components: several, when they do not simply add up to one
    :param shown: DisplayTaxRate, when it differs from the effective rate
    """
    letters = dict(zip("AQXLR", CLASS_FIELDS.values(), strict=True))
    return {
        "Name": name,
        "TaxType": tax_type,
        "ReportTaxType": REPORT_TYPES.get(tax_type, tax_type),
        "Status": status,
        "TaxComponents": components or [component("VAT", rate)],
        "DisplayTaxRate": rate if shown is None else shown,
        "EffectiveRate": rate,
        "IsSystem": True,
        **{field: letter in classes for letter, field in letters.items()},
    }


def component(name, rate, is_compound=False):
    """One component of a tax rate."""
    return {
        "Name": name,
        "Rate": rate,
        "IsCompound": is_compound,
        "IsNonRecoverable": False,
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
