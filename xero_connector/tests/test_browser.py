"""What people do and see, in a real browser, as far as Xero's own page."""

import json
from contextlib import contextmanager

from odoo.tests import HttpCase, common, tagged

from .common import XeroCase

#: Presses the button on Xero's page, as the user does there.
_ON_XEROS_PAGE = """
if (location.origin === %s) {
    document.addEventListener("DOMContentLoaded", () => {
        document.querySelector("button[value=allow]").click();
    });
}
"""


class Browser(common.ChromeBrowser):
    """Chromium with a user who also acts on Xero's pages."""

    def __init__(self, test_case, **options):
        super().__init__(test_case, **options)
        source = _ON_XEROS_PAGE % json.dumps(test_case.simulator.url)
        self._websocket_request(
            "Page.addScriptToEvaluateOnNewDocument", params={"source": source}
        )


class BrowserCase(HttpCase, XeroCase):
    """Tours with the connector's work done in between, as its jobs would.

    Odoo's own address is ``localhost`` here: Xero sends users back to no other plain
    http address, and only then may the browser leave to the simulator's page.
    """

    @classmethod
    def setUpClass(cls):
        cls.classPatch(common, "HOST", "localhost")
        cls.classPatch(common, "ChromeBrowser", Browser)
        super().setUpClass()
        cls.accountant.group_ids += cls.env.ref("base.group_partner_manager")

    @contextmanager
    def enter_registry_test_mode(self):
        """A browser case is always in it."""
        yield

    def tour(self, path, name, user="xero_accountant"):
        """Play a tour; what its requests changed is seen here afterwards."""
        self.start_tour(path, name, login=user)
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestConnecting(BrowserCase):
    def test_from_an_empty_screen_to_the_tick(self):
        """S5, N33, S139, S136: through Xero's page, live, posted, ticked."""
        admin = self.env.ref("base.user_admin")
        self.tour("/odoo/xero-connections", "xero_first_screen", user=admin.login)

        self.tour("/odoo/xero-connections", "xero_connect_and_go_live")
        connection = self.env["xero.connection"].search([])
        self.assertEqual(connection.state, "connected")
        self.assertEqual(connection.mode, "live")

        connection.date_from = "2026-01-01"
        self.map_income(connection)
        invoice = self.invoice(post=False)
        self.tour("/odoo/customer-invoices", "xero_post_invoice")
        self.work()
        self.assertEqual(
            [each["Status"] for each in self.in_xero("invoices")], ["AUTHORISED"]
        )

        self.tour("/odoo/customer-invoices", "xero_see_the_tick")
        self.assertEqual(invoice.xero_state, "synced")


@tagged("post_install", "-at_install")
class TestMending(BrowserCase):
    def setUp(self):
        super().setUp()
        self.connection = self.connect()
        tax = self.tax.copy({"name": "20% special"})
        self.invoices = self.env["account.move"].union(
            *(self.invoice({"tax_ids": tax.ids}) for _each in range(3))
        )
        self.work()
        self.assertEqual(set(self.invoices.mapped("xero_state")), {"blocked"})

    def assert_all_sent(self):
        self.work()
        self.assertEqual(set(self.invoices.mapped("xero_state")), {"synced"})
        self.assertEqual(len(self.in_xero("invoices")), 3)

    def test_one_choice_frees_all_that_waited(self):
        """N6, N7, S177, S223: a click, a choice, all three; History says why."""
        self.tour("/odoo/xero-attention", "xero_mend_a_tax")
        self.assert_all_sent()
        self.tour("/odoo/xero-attention", "xero_mended")

    def test_the_bar_on_the_invoice_opens_the_choice(self):
        """S220, N7: what to mend is one click away from the document."""
        self.tour("/odoo/customer-invoices", "xero_alert_on_invoice")

    def test_mapping_begins_with_what_stops_documents(self):
        """S87, N6: chosen in the row, and said what that set free."""
        self.tour("/odoo/xero-mapping", "xero_mapping")
        self.assert_all_sent()


@tagged("post_install", "-at_install")
class TestWhatWouldHappen(BrowserCase):
    def setUp(self):
        super().setUp()
        self.connection = self.connect(trigger="manual")

    def test_blocked_mended_and_sent(self):
        """S173, N2, S176, S179: what stops one is mended here; then all three go."""
        tax = self.tax.copy({"name": "20% special"})
        invoices = self.invoice() | self.invoice() | self.invoice({"tax_ids": tax.ids})
        self.invoice(move_type="out_receipt")
        self.tour("/odoo/xero-preview", "xero_preview")
        self.work()
        self.assertEqual(set(invoices.mapped("xero_state")), {"synced"})
        self.tour("/odoo/xero-runs", "xero_run_results")

    def test_a_missing_filter_is_named_and_applied(self):
        """S168, S169, S170, S171: from the list, through its filters, to the count."""
        self.invoice(), self.invoice()
        self.tour("/odoo/customer-invoices", "xero_send_all")

    def test_bills_have_their_buttons(self):
        """S136, S168: once bills are switched on, and not before."""
        self.connection.send_bills = True
        self.tour("/odoo/vendor-bills", "xero_bills_list")

    def test_the_questions_after_connecting(self):
        """G5, S20: answered in a dialog with live counts."""
        self.connection.mode = "trial"
        self.tour("/odoo/xero-connections", "xero_answer")
        self.assertTrue(self.connection.send_bills)


@tagged("post_install", "-at_install")
class TestMapping(BrowserCase):
    def test_suggestions_are_accepted(self):
        """N15, S87, S88, S95, T24, N31: sure ones at once, the others one by one."""
        connection = self.connect(send_bills=True)
        plan = self.env["account.analytic.plan"].create({"name": "Region"})
        places = self.env["account.analytic.account"].create(
            [{"name": name, "plan_id": plan.id} for name in ("North", "Moon")]
        )
        rent = self.env["account.account"].create(
            {"code": "469", "name": "Premises", "account_type": "expense"}
        )
        self.invoice(
            {"analytic_distribution": {places[0].id: 60, places[1].id: 40}}, post=False
        )
        for number, template in enumerate(("PT_20_G", "PT_20_S", "PT_20_PVA")):
            line = {"account_id": rent.id, "tax_ids": self._tax(template).ids}
            self.invoice(line, move_type="in_invoice", ref=f"{number}", post=False)
        mapping = self.env["xero.mapping"]
        mapping._suggest(connection)
        capital = self.env["xero.tax.rate"].search([("tax_type", "=", "CAPEXINPUT2")])
        mapping._ensure(connection, "tax", self._tax("PT_20_S")).write(
            {"xero_tax_rate_id": capital.id}
        )

        self.tour("/odoo/xero-mapping", "xero_mapping_suggestions")

        postponed = mapping._ensure(connection, "tax", self._tax("PT_20_PVA"))
        self.assertEqual(postponed.xero_tax_rate_id.tax_type, "ZERORATEDINPUT")
        moon = mapping._ensure(connection, "analytic", places[1])
        self.assertEqual(moon.xero_option_id.name, "South")

    def test_items_are_looked_up_ticked_and_imported(self):
        """S33, S100: from an empty form to the list of results."""
        connection = self.connect()
        self.accountant.group_ids += self.env.ref("product.group_product_manager")
        items = [("A1", "Red lamp"), ("B1", "Blue lamp"), ("C1", "Desk")]
        body = {"Items": [{"Code": code, "Name": name} for code, name in items]}
        connection._call("create_items", body)
        self.product("B1")

        self.tour("/odoo/xero-import", "xero_import")

        product = self.env["product.product"].search([("default_code", "=", "A1")])
        self.assertEqual(product.name, "Red lamp")
        self.assertEqual(product.xero_state, "synced")
