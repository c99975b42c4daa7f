from . import (
    xero_booking_date,
    xero_conflict,
    xero_contact_compare,
    xero_contact_import,
    xero_filed,
    xero_go_live,
    xero_link_existing,
    xero_skip,
)
