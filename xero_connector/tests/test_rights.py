"""Nobody reaches across companies, and nobody without rights is in anyone's way."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .test_engine import EngineCase


class TestAcrossCompanies(EngineCase):
    def setUp(self):
        super().setUp()
        self.elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.outsider = new_test_user(
            self.env,
            "xero_outsider",
            "account.group_account_manager,base.group_partner_manager,"
            "xero_connector.group_manager",
            company_id=self.elsewhere.id,
            company_ids=[(6, 0, self.elsewhere.ids)],
        )

    def stopped_contact(self):
        """The link of a customer whose address Xero would not take."""
        self.customer.email = "a, b"
        self.invoice()
        self.work()
        return self.customer._xero_link()

    def test_another_companys_manager_neither_connects_nor_disconnects(self):
        """N10, S15: a manager manages the connections of their own companies."""
        connection = self.connection.with_user(self.outsider)
        for step in (connection.action_connect, connection.action_disconnect):
            with self.assertRaises(AccessError):
                step()
        self.assertEqual(self.connection.state, "connected")

    def test_another_companys_user_decides_nothing_about_a_record(self):
        """N10, S176: neither looks it up in Xero nor skips it nor takes that back."""
        link = self.stopped_contact()
        self.xero.clear_calls()
        for wizard, values in (
            ("xero.link.existing", {"link_id": link.id, "words": "Azure"}),
            ("xero.skip", {"link_ids": link.ids, "reason": "x"}),
        ):
            with self.assertRaises(AccessError):
                self.env[wizard].with_user(self.outsider).create(values)
        self.assertEqual(self.xero.calls(), [])
        skip = self.env["xero.skip"].with_user(self.accountant)
        skip.create({"link_ids": link.ids, "reason": "x"}).action_skip()
        with self.assertRaises(AccessError):
            link.with_user(self.outsider).action_take_back()
        self.assertEqual(link.state, "skipped")

    def test_what_hangs_on_a_connection_is_its_companys(self):
        """N10, N19: organisation, limits, lists, history and access."""
        self.stopped_contact()
        for model in (
            "xero.organisation",
            "xero.budget",
            "xero.note",
            "xero.tax.rate",
            "xero.currency",
            "xero.token",
        ):
            self.assertTrue(self.env[model].search([]), model)
            self.assertFalse(self.env[model].with_user(self.outsider).search([]), model)

    def test_another_companys_private_contact_stops_nothing(self):
        """N10, I8: sent by hand there, it is nobody's business here."""
        partner = self.env["res.partner"].create(
            {"name": "Private", "company_id": self.elsewhere.id}
        )
        partner.with_user(self.outsider).action_xero_send()
        self.env["xero.change"]._collect(partner, self.connection.ids, by_user=True)
        invoice = self.invoice()
        self.settle()
        self.assert_once(invoice)
        self.assertEqual(len(self.in_xero("contacts")), 1)
        self.assertFalse(partner.sudo()._xero_link())


class TestOwnCompany(EngineCase):
    def test_a_clerk_opens_an_invoice_that_is_in_xero(self):
        """S15, I2: every field of the form, without a right on anything of Xero."""
        invoice = self.invoice()
        self.work()
        self.env.invalidate_all()
        [values] = invoice.with_user(self.clerk).read()
        self.assertEqual(values["name"], invoice.name)
        self.assertNotIn("xero_connector", values["alerts"] or {})

    def test_a_clerk_is_not_told_what_stops_an_invoice(self):
        """S15, S220: the bar with its buttons is for people of the Xero group."""
        invoice = self.invoice({"tax_ids": self.tax.copy({"name": "odd"}).ids})
        self.work()
        for user, told in ((self.accountant, True), (self.clerk, False)):
            self.env.invalidate_all()
            alerts = invoice.with_user(user).alerts or {}
            self.assertEqual("xero_connector" in alerts, told)

    def test_a_manager_does_not_type_what_connecting_decides(self):
        """N33, S15: live, organisation and access are never written over RPC."""
        connection = self.connection.with_user(self.accountant)
        for name, value in (
            ("mode", "trial"),
            ("tenant_id", "00000000-0000-4000-8000-000000000000"),
            ("bound_to", "elsewhere"),
        ):
            with self.assertRaises(AccessError):
                connection.write({name: value})
        self.assertEqual(self.connection.mode, "live")
