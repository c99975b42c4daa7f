from . import (
    xero_booking_date,
    xero_go_live,
    xero_link_existing,
    xero_skip,
    xero_preview,
    xero_preview_rehearsal,
    xero_preview_line,
    xero_preview_rows,
    xero_preview_live,
    xero_preview_left_out,
    xero_send_all,
    xero_questions,
)
