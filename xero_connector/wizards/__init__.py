from . import xero_go_live, xero_import, xero_import_line, xero_link_existing, xero_skip
