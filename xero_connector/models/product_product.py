from dataclasses import dataclass

from xero_python.accounting import Item

from odoo import api, models

from .xero_assessment import Facts, Problem

_CODE_MAX = 30
_NAME_MAX = 50


@dataclass
class ItemFacts(Facts):
    holders: dict
    """Item code to the id of the one product that may use it."""


class ProductProduct(models.Model):
    """Products as Xero items, untracked: stock stays in Odoo (S102, T67)."""

    _name = "product.product"
    _inherit = ["product.product", "xero.sync.mixin"]

    _xero_tracked_fields = frozenset({"default_code"})

    def _xero_resource(self):
        return "item"

    def _xero_in_scope(self, connection, by_user=False, linked=False):
        """Products with a reference, when they stand on a document."""
        return self.filtered(
            lambda product: (linked or by_user) and product.default_code
        )

    def _xero_facts(self, connection):
        """Codes that other products already hold in Xero, or share in this batch."""
        links = (
            self.env["xero.link"]
            .sudo()
            .search_fetch(
                [
                    ("connection_id", "=", connection.id),
                    ("resource", "=", "item"),
                    ("xero_id", "!=", False),
                    ("xero_number", "in", self.mapped("default_code")),
                ],
                ["res_id", "xero_number"],
            )
        )
        alive = set(self.browse(links.mapped("res_id")).exists().ids)
        holders = {
            link.xero_number: link.res_id for link in links if link.res_id in alive
        }
        for product in self:
            holders.setdefault(product.default_code, product.id)
        return ItemFacts(connection, holders)

    def _xero_problems(self, facts):
        code, problems = self.default_code, []
        if len(code) > _CODE_MAX:
            problems.append(
                Problem(
                    "item_code_long",
                    f"item_code_long:{self.id}",
                    {"code": code, "name": self.name},
                    self,
                )
            )
        if facts.holders[code] != self.id:
            problems.append(
                Problem(
                    "item_code_twice", f"item_code_twice:{code}", {"code": code}, self
                )
            )
        return problems

    def _xero_payload(self, facts, link):
        item = Item(
            code=self.default_code,
            name=self.name[:_NAME_MAX],
            description=self.description_sale or self.name,
            is_sold=True,
            is_purchased=bool(self.purchase_ok),
        )
        return item, {}

    @api.model
    def _xero_agreed(self, element, agreed):
        """An item whose stock Xero counts: lines leave its code out (T67)."""
        return agreed | {"tracked": bool(element.get("IsTrackedAsInventory"))}

    @api.model
    def _xero_search_parameters(self, search):
        """Items are not searched by words, only by code."""
        quoted = (search or "").replace('"', "")
        return {"where": f'Code=="{quoted}"'}
