from odoo import api, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


class XeroCurrency(models.Model):
    """A copy of one currency that the organisation is subscribed to (S92)."""

    _name = "xero.currency"
    _description = "Xero Currency"
    _inherit = ["xero.reference.mixin"]
    _order = "key"

    _xero_operation = "get_currencies"
    _xero_list_name = _lt("currencies")
    _xero_endpoint = "Currencies"

    @api.model
    def _values(self, element):
        return {"key": element["Code"], "name": element.get("Description")}
