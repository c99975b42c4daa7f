from odoo import api, fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


class XeroItem(models.Model):
    """A copy of one item of Xero's, for matching and for the import (S77, S100)."""

    _name = "xero.item"
    _description = "Xero Item"
    _inherit = ["xero.reference.mixin"]
    _order = "code"
    _rec_names_search = ["code", "name"]

    _xero_operation = "get_items"
    _xero_list_name = _lt("items")
    _xero_endpoint = "Items"
    _xero_parameters = {"unitdp": 4}

    code = fields.Char(readonly=True)
    description = fields.Char(readonly=True)
    is_sold = fields.Boolean("Sold", readonly=True)
    is_purchased = fields.Boolean("Purchased", readonly=True)
    tracked = fields.Boolean(
        readonly=True, help="Xero counts its stock and refuses to sell what is short."
    )
    quantity_on_hand = fields.Float(digits=(16, 4), readonly=True)
    sales_price = fields.Float(digits=(16, 4), readonly=True)
    sales_account_code = fields.Char(readonly=True)
    sales_tax_type = fields.Char(readonly=True)
    purchase_price = fields.Float(digits=(16, 4), readonly=True)
    purchase_account_code = fields.Char(readonly=True)
    purchase_tax_type = fields.Char(readonly=True)

    @api.depends("code", "name")
    def _compute_display_name(self):
        for item in self:
            item.display_name = " ".join(filter(None, (item.code, item.name)))

    @api.model
    def _values(self, element):
        sales = element.get("SalesDetails") or {}
        purchase = element.get("PurchaseDetails") or {}
        return {
            "key": element["ItemID"],
            "code": element.get("Code"),
            "name": element.get("Name"),
            "description": element.get("Description"),
            "is_sold": bool(element.get("IsSold")),
            "is_purchased": bool(element.get("IsPurchased")),
            "tracked": bool(element.get("IsTrackedAsInventory")),
            "quantity_on_hand": float(element.get("QuantityOnHand") or 0),
            "sales_price": float(sales.get("UnitPrice") or 0),
            "sales_account_code": sales.get("AccountCode"),
            "sales_tax_type": sales.get("TaxType"),
            "purchase_price": float(purchase.get("UnitPrice") or 0),
            "purchase_account_code": purchase.get("AccountCode")
            or purchase.get("COGSAccountCode"),
            "purchase_tax_type": purchase.get("TaxType"),
        }
