"""The permissions that the connector asks for.

Apps made since March 2026 know only these granular names (xero-api.md, section 1).
Older apps may still hold the broad ones, so the string is a setting of the connection.
"""

MINIMAL = (
    "openid profile email offline_access "
    "accounting.invoices accounting.payments accounting.contacts "
    "accounting.settings accounting.attachments"
)

# What money without a document needs beyond: Xero keeps it as a bank transaction.
BANK = "accounting.banktransactions"

# Broad names of older apps, and the granular ones that each of them includes.
BROAD = {
    "accounting.transactions": frozenset(
        {
            "accounting.invoices",
            "accounting.payments",
            "accounting.banktransactions",
            "accounting.manualjournals",
        }
    ),
}

# Not a permission to do something at Xero, so nothing is missing without them.
_IDENTITY = frozenset({"openid", "profile", "email"})


def missing(granted, wanted=MINIMAL):
    """What was asked for and not given, in the order of asking.

    :param str granted: scopes of the token, separated by spaces.
    :param str wanted: scopes that are needed, separated by spaces.
    :returns: list of scope names; empty when everything is covered.
    """
    covered = set((granted or "").split())
    for name in list(covered):
        covered |= BROAD.get(name, frozenset())
    return [
        name
        for name in (wanted or "").split()
        if name not in covered and name not in _IDENTITY
    ]
