from . import (
    xero_booking_date,
    xero_conflict,
    xero_filed,
    xero_go_live,
    xero_link_existing,
    xero_skip,
)
