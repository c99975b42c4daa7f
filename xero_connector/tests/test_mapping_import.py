"""Xero's items and accounts become products and accounts of Odoo's."""

from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import XeroCase


@tagged("post_install", "-at_install")
class TestImport(XeroCase):
    def setUp(self):
        super().setUp()
        self.connection = self.connect()
        creator = self.env.ref("product.group_product_manager")
        self.accountant.group_ids += creator

    def item_in_xero(self, code, name, **details):
        item = {"Code": code, "Name": name} | details
        self.connection._call("create_items", {"Items": [item]}, unitdp=4)

    def look(self, kind="item", **values):
        """The grid that the accountant sees."""
        wizard = self.env["xero.import"].with_user(self.accountant)
        found = wizard.create(
            {"connection_id": self.connection.id, "kind": kind} | values
        )
        found.action_look_up()
        return found

    def imported(self, found, *codes):
        lines = found.line_ids
        lines.filtered(lambda line: not codes or line.code in codes).chosen = True
        found.action_import()
        return found.line_ids

    def test_items_become_products(self):
        """S100: with their prices, accounts and taxes, as the type that was chosen."""
        details = {"UnitPrice": 12.5, "AccountCode": "200", "TaxType": "OUTPUT2"}
        self.item_in_xero("DESK", "Desk", SalesDetails=details)
        category = self.env["product.category"].create({"name": "Furniture"})

        found = self.look(product_type="consu", categ_id=category.id)
        line = self.imported(found, "DESK")

        self.assertEqual(line.outcome, "created")
        product = line.product_id
        self.assertEqual(product.name, "Desk")
        self.assertEqual(product.default_code, "DESK")
        self.assertEqual(product.list_price, 12.5)
        self.assertEqual(product.type, "consu")
        self.assertEqual(product.categ_id, category)
        self.assertEqual(product.property_account_income_id, self.income)
        self.assertEqual(product.taxes_id, self.tax)
        self.assertEqual(found.state, "done")
        self.assertEqual(found.summary, "1 created, 0 linked, 0 need attention")

    def test_an_imported_item_is_not_created_again(self):
        """S98, S102: the product and the item are one from then on."""
        self.item_in_xero("DESK", "Desk")
        product = self.imported(self.look()).product_id
        self.assertEqual(product.xero_state, "synced")
        self.invoice({"product_id": product.id})
        self.work()
        self.assertEqual(len(self.in_xero("items")), 1)
        [invoice] = self.in_xero("invoices")
        self.assertEqual(invoice["LineItems"][0]["ItemCode"], "DESK")

    def test_a_product_with_the_code_is_linked(self):
        """S98: the code is the link; nothing of the product changes."""
        product = self.product("DESK", list_price=3)
        self.item_in_xero("DESK", "Desk", SalesDetails={"UnitPrice": 12.5})
        found = self.look()
        self.assertIn("DESK", found.line_ids.in_odoo)
        line = self.imported(found)
        self.assertEqual(line.outcome, "linked")
        self.assertEqual(line.product_id, product)
        self.assertEqual(product.list_price, 3)
        self.assertEqual(product.xero_state, "synced")

    def test_words_and_ticks_choose(self):
        """S33, S75, S100: look by part of a code or name, import what is ticked."""
        for code, name in (("A1", "Red lamp"), ("B1", "Blue lamp"), ("C1", "Desk")):
            self.item_in_xero(code, name)
        found = self.look(words="LAMP")
        self.assertEqual(found.line_ids.mapped("code"), ["A1", "B1"])
        self.product("B1")
        found.action_look_up()
        found.action_tick_all()
        self.assertEqual(found.line_ids.filtered("chosen").code, "A1")
        lines = self.imported(found, "A1")
        self.assertEqual(lines.mapped("code"), ["A1"])

    def test_only_what_changed_since(self):
        """S77: Xero is asked for news; what else was copied stays."""
        self.item_in_xero("NEW", "New")
        self.item_in_xero("OLD", "Old")
        [old] = [each for each in self.in_xero("items") if each["Code"] == "OLD"]
        self.xero.set_updated("items", old["ItemID"], "2020-01-01T00:00:00")
        self.connection._read_lists()
        found = self.look(modified_since=datetime(2021, 1, 1))
        self.assertEqual(found.line_ids.mapped("code"), ["NEW"])
        self.assertEqual(
            len(self.env["xero.item"].search([("company_id", "=", self.company.id)])), 2
        )

    def test_one_that_cannot_be_imported_keeps_no_other_back(self):
        """S100, N8: each line has its result and says what happened."""
        self.item_in_xero("DESK", "Desk")
        self.item_in_xero("LAMP", "Lamp")
        product = self.imported(self.look(words="desk")).product_id
        product.default_code = "LAMP"
        lines = self.imported(self.look()).grouped("code")
        self.assertEqual(lines["LAMP"].outcome, "refused")
        self.assertIn("another item", lines["LAMP"].message)
        self.assertEqual(lines["DESK"].outcome, "linked")
        self.assertEqual(lines["DESK"].product_id, product)

    def test_accounts_become_accounts_and_are_mapped(self):
        """S75: of the fitting type; banks and Xero's own accounts are not offered."""
        found = self.look("account")
        codes = set(found.line_ids.mapped("code"))
        self.assertIn("400", codes)
        self.assertFalse(codes & {"090", "610", "800"})
        line = self.imported(found, "400")
        account = line.account_id
        self.assertEqual(account.name, "Advertising & Marketing")
        self.assertEqual(account.account_type, "expense")
        self.assertEqual(account.with_user(self.accountant).xero_account_id.code, "400")

    def test_an_account_that_odoo_has_is_mapped(self):
        """S75: by its code."""
        account = self.env["account.account"].create(
            {"code": "400", "name": "Ads", "account_type": "expense"}
        )
        line = self.imported(self.look("account", words="400"))
        self.assertEqual(line.outcome, "linked")
        self.assertEqual(account.with_user(self.accountant).xero_account_id.code, "400")
        self.assertEqual(account.name, "Ads")

    def test_nothing_ticked(self):
        """S75: said, and nothing happens."""
        self.item_in_xero("DESK", "Desk")
        with self.assertRaisesRegex(UserError, "Tick"):
            self.look().action_import()

    def test_who_may_not_create_products_may_not_import_them(self):
        """S75, S100: Xero's rights do not open Odoo's."""
        self.item_in_xero("DESK", "Desk")
        self.accountant.group_ids -= self.env.ref("product.group_product_manager")
        found = self.look()
        found.line_ids.chosen = True
        with self.assertRaises(AccessError):
            found.action_import()
        clerk = self.env["xero.import"].with_user(self.clerk)
        self.assertFalse(clerk.has_access("read"))
