from . import xero_go_live
