"""Where what is sold stands in Xero: a default of services, an account of a product."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form

from .test_document_options import OptionsCase


class TestProductAccounts(OptionsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant.group_ids += cls.env.ref("product.group_product_manager")

    def account(self, code):
        return self.xero_account(self.connection, code)

    def unmap_income(self):
        rows = self.connection.mapping_ids.filtered(lambda row: row.kind == "account")
        rows.xero_account_id = False

    def codes(self, document):
        return [line["AccountCode"] for line in self.sent(document)["LineItems"]]

    def test_services_have_a_default_of_their_own(self):
        """S74, S71: where the account is not mapped; goods and plain lines as ever."""
        self.unmap_income()
        self.connection.write(
            {
                "default_sale_account_id": self.account("200").id,
                "default_service_account_id": self.account("260").id,
            }
        )
        service, goods = self.product("SERVICE"), self.product("GOODS", type="consu")
        invoice = self.invoice({"product_id": service.id}, {"product_id": goods.id}, {})
        self.assertEqual(self.codes(invoice), ["260", "200", "200"])

    def test_a_mapped_account_goes_before_the_default(self):
        """S73, S74: the default is for what is not mapped."""
        self.connection.default_service_account_id = self.account("260")
        service = self.product("SERVICE")
        self.assertEqual(self.codes(self.invoice({"product_id": service.id})), ["200"])

    def test_a_product_has_an_account_of_its_own(self):
        """S74: chosen on its form; what it costs stays where it is booked."""
        service = self.product("SERVICE")
        with Form(service.product_tmpl_id.with_user(self.accountant)) as form:
            form.xero_sale_account_id = self.account("260").with_user(self.accountant)
        self.assertEqual(
            self.codes(self.invoice({"product_id": service.id}, {})), ["260", "200"]
        )
        self.connection.send_bills = True
        bill = self.document("in_invoice", {"product_id": service.id})
        self.assertEqual(self.codes(bill), ["429"])

    def test_a_choice_survives_other_changes_of_the_form(self):
        """S74: opening, changing something else and saving leaves it alone."""
        service = self.product("SERVICE").product_tmpl_id.with_user(self.accountant)
        service.xero_sale_account_id = self.account("260")
        with Form(service) as form:
            form.name = "Advice"
            form.list_price = 80
        self.env.invalidate_all()
        self.assertEqual(service.xero_sale_account_id, self.account("260"))

    def test_nothing_is_offered_where_accounts_are_not_mapped(self):
        """S74, S82: codes are made of parts or come with Xero's item there."""
        service = self.product("SERVICE").product_tmpl_id.with_user(self.accountant)
        self.assertIn(self.account("260"), service.xero_fitting_account_ids)
        parts = [Command.create({"text": "200"})]
        self.connection.write({"account_source": "segments", "segment_ids": parts})
        self.env.invalidate_all()
        self.assertFalse(service.xero_fitting_account_ids)
        self.connection.active = False
        self.env.invalidate_all()
        self.assertFalse(service.xero_fitting_account_ids)

    def test_a_rate_that_its_account_does_not_take(self):
        """S74, T24: what was chosen for the product is checked, too."""
        service = self.product("SERVICE")
        service.with_user(self.accountant).xero_sale_account_id = self.account("260")
        self.map_tax(self.connection, self.tax, "CAPEXINPUT2")
        invoice = self.invoice({"product_id": service.id})
        self.work()
        note = invoice._xero_link().note_id
        self.assertEqual(note.cause, "tax_on_account")
        self.assertIn("260", note.message)

    def test_a_product_without_one_follows_its_account_again(self):
        """S74: emptied, nothing of it stays."""
        service = self.product("SERVICE")
        service.with_user(self.accountant).xero_sale_account_id = self.account("260")
        service.with_user(self.accountant).xero_sale_account_id = False
        self.assertEqual(self.codes(self.invoice({"product_id": service.id})), ["200"])

    def test_only_managers_choose(self):
        """S16, S74: as with every other mapping."""
        service = self.product("SERVICE").product_tmpl_id
        self.clerk.group_ids += self.env.ref("product.group_product_manager")
        with self.assertRaises(AccessError):
            service.with_user(self.clerk).xero_sale_account_id = self.account("260")

    def test_services_in_use_stand_in_mapping(self):
        """S74: a tab of their own, where nothing is missing and anything may be chosen.

        Only accounts of revenue are offered.
        """
        service, unused = self.product("SERVICE"), self.product("UNUSED")
        self.invoice({"product_id": service.id})
        mapping = self.env["xero.mapping"].with_user(self.accountant)
        mapping.sudo()._suggest(self.connection)
        row = mapping.search([("kind", "=", "product")])
        self.assertEqual(row.product_tmpl_id, service.product_tmpl_id)
        self.assertNotIn(unused.product_tmpl_id, row.product_tmpl_id)
        self.assertEqual((row.check_mark, row.urgency), ("as_account", 4))
        self.assertEqual(
            set(row.fitting_account_ids.mapped("account_class")), {"REVENUE"}
        )
        tabs = {tab["filter"]: tab for tab in mapping.tab_counts()}
        self.assertEqual(tabs["tab_products"]["count"], "0/1")
        self.assertFalse(tabs["tab_products"]["attention"])
        row.xero_account_id = self.account("260")
        self.env.invalidate_all()
        tabs = {tab["filter"]: tab for tab in mapping.tab_counts()}
        self.assertEqual(tabs["tab_products"]["count"], "1/1")
        self.assertEqual(self.codes(self.invoice({"product_id": service.id})), ["260"])

    def test_the_order_of_the_list(self):
        """S74: products that follow their account come last, as what is settled."""
        self.invoice({"product_id": self.product("SERVICE").id})
        mapping = self.env["xero.mapping"]
        mapping._suggest(self.connection)
        rows = mapping.search([("used_count", ">", 0)], order="urgency")
        self.assertEqual(rows.mapped("urgency"), sorted(row.urgency for row in rows))

    def test_an_account_that_xero_archived_stops_its_documents(self):
        """S74, T34: never silently on another account."""
        service = self.product("SERVICE")
        service.with_user(self.accountant).xero_sale_account_id = self.account("260")
        self.xero.archive_account("260")
        self.connection._read_lists()
        invoice = self.invoice({"product_id": service.id})
        self.work()
        self.assertEqual(invoice.xero_state, "blocked")
