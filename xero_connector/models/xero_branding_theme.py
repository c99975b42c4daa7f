from odoo import api, fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


class XeroBrandingTheme(models.Model):
    """A copy of one branding theme: how Xero prints a document."""

    _name = "xero.branding.theme"
    _description = "Xero Branding Theme"
    _inherit = ["xero.reference.mixin"]
    _order = "sequence, name"

    _xero_operation = "get_branding_themes"
    _xero_list_name = _lt("branding themes")
    _xero_endpoint = "BrandingThemes"

    sequence = fields.Integer(readonly=True)

    @api.model
    def _values(self, element):
        return {
            "key": element["BrandingThemeID"],
            "name": element.get("Name"),
            "sequence": int(element.get("SortOrder") or 0),
        }
