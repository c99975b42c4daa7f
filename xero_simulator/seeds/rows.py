"""How a seed writes down its accounts and tax rates."""

from decimal import Decimal

from ..resources.accounts import CLASS_OF_TYPE
from ..resources.tax_rates import CLASS_FIELDS

ALL = "AQXLR"


def tax_rate(tax_type, name, percent, classes=ALL, **more):
    """A system tax rate.

    :param percent: EffectiveRate, as text or number
    :param classes: letters of the account classes it may be used on: A(ssets),
        Q (equity), X (expenses), L(iabilities), R(evenue)
    :param more: see :func:`_details`
    """
    rate = Decimal(percent)
    letters = dict(zip("AQXLR", CLASS_FIELDS.values(), strict=True))
    return {
        "Name": name,
        "TaxType": tax_type,
        "DisplayTaxRate": rate,
        "EffectiveRate": rate,
        "IsSystem": True,
        **_details(tax_type, rate, **more),
        **{field: letter in classes for letter, field in letters.items()},
    }


def _details(
    tax_type, rate, status="ACTIVE", charge="normal", report=None, components=None
):
    """What most rates have in common.

    :param charge: ``normal``; ``reverse``: the rate is shown, yet nothing is charged,
        since the buyer accounts for it; ``import``: the line itself is the tax, so that
        nothing is charged on top
    :param report: ReportTaxType where it is not the TaxType's own name
    """
    if charge == "reverse" and rate:
        components = [component("Tax", rate), component("Reverse tax", -rate)]
    return {
        "ReportTaxType": report or tax_type,
        "Status": status,
        "Charge": charge,
        "TaxComponents": components or [component("Tax", rate)],
    }


def custom_rate(number, name, *parts, **more):
    """A rate that somebody made: ``TAX001`` and on.

    :param parts: ``(name, percent)`` of each component
    """
    components = [component(part, percent) for part, percent in parts]
    total = sum(part["Rate"] for part in components)
    more = {"report": "OUTPUT", **more}
    rate = tax_rate(f"TAX{number:03d}", name, total, components=components, **more)
    return {**rate, "IsSystem": False}


def component(name, percent):
    """One component of a tax rate."""
    return {
        "Name": name,
        "Rate": Decimal(percent),
        "IsCompound": False,
        "IsNonRecoverable": False,
    }


def account(code, name, kind, tax_type, system=None, **more):
    """An account.

    :param system: SystemAccount
    :param more: further fields, e.g. ``EnablePaymentsToAccount=True``
    """
    return {
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
        **more,
    }


def bank(code, name, number, currency, tax_type="NONE"):
    """A bank account; some have no code."""
    return account(
        code,
        name,
        "BANK",
        tax_type,
        BankAccountType="BANK",
        BankAccountNumber=number,
        CurrencyCode=currency,
    )
