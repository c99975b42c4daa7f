from . import (
    xero_contact_compare,
    xero_contact_import,
    xero_go_live,
    xero_link_existing,
    xero_skip,
)
