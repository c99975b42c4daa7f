from . import xero_booking_date, xero_go_live, xero_link_existing, xero_skip
