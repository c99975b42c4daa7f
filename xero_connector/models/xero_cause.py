"""The words for every cause that can stop a record: what happened, what to do.

Sentences are filled with the values of a ``Problem`` or a note. Say what screens.md
says: customer, bill, tax, account, organisation; never how it works inside.
"""

from .causes import changes, contacts, documents, mapping, money, said_by_xero
from .causes.cause import Cause  # noqa: F401  (part of what another addon needs)

#: Every cause by name. Another addon adds its own.
CAUSES = {
    **mapping.CAUSES,
    **documents.CAUSES,
    **changes.CAUSES,
    **contacts.CAUSES,
    **money.CAUSES,
    **said_by_xero.CAUSES,
}

#: Causes that one note covers for all the documents they stop: what must be mended is
#: not the document.
SHARED = {
    "account_archived",
    "account_invalid",
    "currency_missing",
    "lock_date",
    "no_permission",
    "plan_limit",
    "tax_type_account",
    "tax_type_invalid",
    "url_invalid",
}
