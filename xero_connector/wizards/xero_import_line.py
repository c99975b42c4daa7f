"""One item or account of Xero's on its way to Odoo."""

from psycopg2 import Error as DatabaseError

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .xero_import import OUTCOMES

#: Xero's account types to Odoo's.
ACCOUNT_TYPES = {
    "CURRENT": "asset_current",
    "INVENTORY": "asset_current",
    "FIXED": "asset_fixed",
    "NONCURRENT": "asset_non_current",
    "PREPAYMENT": "asset_prepayments",
    "EQUITY": "equity",
    "DEPRECIATN": "expense_depreciation",
    "DIRECTCOSTS": "expense_direct_cost",
    "EXPENSE": "expense",
    "OVERHEADS": "expense",
    "CURRLIAB": "liability_current",
    "LIABILITY": "liability_current",
    "TERMLIAB": "liability_non_current",
    "PAYG": "liability_current",
    "OTHERINCOME": "income_other",
    "REVENUE": "income",
    "SALES": "income",
}


class XeroImportLine(models.Model):
    _name = "xero.import.line"
    _description = "Line Of An Import From Xero"
    _order = "code, id"

    import_id = fields.Many2one(
        "xero.import", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="import_id.company_id", store=True)
    chosen = fields.Boolean("Import")
    xero_res_id = fields.Integer(required=True, readonly=True)
    code = fields.Char(readonly=True)
    name = fields.Char(readonly=True)
    in_odoo = fields.Char("In Odoo Already", readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    message = fields.Char("What Happened", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    account_id = fields.Many2one("account.account", readonly=True)

    @api.model
    def _known(self, connection, copies):
        """Odoo's records that are these already, or have their code.

        :param copies: of ``xero.item`` or ``xero.account``
        :return: dict of the copy's id to the record
        """
        codes = [copy.code for copy in copies if copy.code]
        if copies._name == "xero.item":
            found = self.env["product.product"].search([("default_code", "in", codes)])
            by_code = {product.default_code: product for product in found}
            linked = self._linked(connection, copies)
        else:
            accounts = self.env["account.account"].with_company(connection.company_id)
            found = accounts.search([("code", "in", codes)])
            by_code, linked = {account.code: account for account in found}, {}
        same = {
            copy.id: linked.get(copy.key, by_code.get(copy.code)) for copy in copies
        }
        return {copy: record for copy, record in same.items() if record}

    def _linked(self, connection, items):
        """The product of each item that has one, by the item's key."""
        links = (
            self.env["xero.link"]
            .sudo()
            .search(
                [
                    ("connection_id", "=", connection.id),
                    ("resource", "=", "item"),
                    ("xero_id", "in", items.mapped("key")),
                ]
            )
        )
        products = self.env["product.product"]
        return {link.xero_id: products.browse(link.res_id).exists() for link in links}

    def _import(self):
        """Create the record, or link the one that Odoo has."""
        try:
            with self.env.cr.savepoint():
                if self.import_id.kind == "item":
                    self._import_item()
                else:
                    self._import_account()
        except (UserError, ValidationError, DatabaseError) as error:
            self.outcome = "refused"
            self.message = str(error).splitlines()[0]

    # === ITEMS === #

    def _import_item(self):
        item = self.env["xero.item"].browse(self.xero_res_id)
        connection = self.import_id.connection_id
        product = self._known(connection, item).get(item.id)
        self.outcome = "linked" if product else "created"
        if not product:
            products = self.env["product.product"].with_company(connection.company_id)
            product = products.create(self._product_values(item))
        self.product_id = product
        self._link(product, item)

    def _product_values(self, item):
        """A product as the item is in Xero; accounts and taxes through the mapping."""
        wizard = self.import_id
        values = {
            "name": item.name or item.code,
            "default_code": item.code,
            "type": wizard.product_type,
            "list_price": item.sales_price,
            "standard_price": item.purchase_price,
            "description_sale": item.description,
            "sale_ok": item.is_sold,
            "purchase_ok": item.is_purchased,
            "property_account_income_id": self._account(item.sales_account_code),
            "property_account_expense_id": self._account(item.purchase_account_code),
        }
        if wizard.categ_id:
            values["categ_id"] = wizard.categ_id.id
        sale = self._tax("sale", item.sales_tax_type)
        purchase = self._tax("purchase", item.purchase_tax_type)
        if sale:
            values["taxes_id"] = sale.ids
        if purchase:
            values["supplier_taxes_id"] = purchase.ids
        return values

    def _account(self, code):
        """Odoo's account that is mapped to this code, if it is one."""
        if not code:
            return False
        rows = self._mapped("account", "xero_account_id.code", code)
        return rows.account_id.id if len(rows) == 1 else False

    def _tax(self, side, tax_type):
        """Odoo's tax that is mapped to this rate, if it is one."""
        rows = self._mapped("tax", "xero_tax_rate_id.tax_type", tax_type)
        rows = rows.filtered(lambda row: row.tax_id.type_tax_use == side)
        return rows.tax_id if len(rows) == 1 else None

    def _mapped(self, kind, column, value):
        return self.env["xero.mapping"].search(
            [
                ("connection_id", "=", self.import_id.connection_id.id),
                ("kind", "=", kind),
                (column, "=", value),
            ]
        )

    def _link(self, product, item):
        """From now on they are one, so that nothing creates it in Xero again."""
        connection = self.import_id.connection_id.sudo()
        links = self.env["xero.link"].sudo()
        link = links._ensure_pending(connection, "item", product.ids)
        if link.xero_id and link.xero_id != item.key:
            raise UserError(
                self.env._("%s is another item in Xero.", product.display_name)
            )
        element = {"ItemID": item.key, "Code": item.code}
        link._link_by_hand(element, self.env._("Imported from Xero."))
        link.snapshot = {"tracked": item.tracked}

    # === ACCOUNTS === #

    def _import_account(self):
        """An account of the same code and a fitting type, mapped to Xero's."""
        copy = self.env["xero.account"].browse(self.xero_res_id)
        connection = self.import_id.connection_id
        account = self._known(connection, copy).get(copy.id)
        self.outcome = "linked" if account else "created"
        if not account:
            accounts = self.env["account.account"].with_company(connection.company_id)
            account = accounts.create(
                {
                    "code": copy.code,
                    "name": copy.name,
                    "account_type": ACCOUNT_TYPES.get(copy.account_type, "expense"),
                    "description": copy.description,
                }
            )
        self.account_id = account
        row = self.env["xero.mapping"]._ensure(connection, "account", account)
        if row.xero_account_id and row.xero_account_id != copy:
            raise UserError(
                self.env._(
                    "%(account)s is mapped to %(other)s.",
                    account=account.display_name,
                    other=row.xero_account_id.display_name,
                )
            )
        if not row.xero_account_id:
            row.xero_account_id = copy

    def action_open(self):
        """Open what came of it."""
        self.ensure_one()
        record = self.product_id or self.account_id
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }
