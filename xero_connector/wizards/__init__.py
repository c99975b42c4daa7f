from . import xero_go_live, xero_link_existing, xero_skip
