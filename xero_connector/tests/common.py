"""A connected company, a simulated Xero, and the words tests are written in."""

import itertools
from contextlib import ExitStack
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.tests import TransactionCase, new_test_user

from xero_simulator.server import serve


class XeroCase(TransactionCase):
    """A British company, an accountant, a clerk and a simulated Xero per class.

    Jobs are not run by a runner here: :meth:`work` does what the cron does where
    there is none, in cursors of its own.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.simulator = serve(port=0, organisations=("uk",))
        cls.addClassCleanup(cls.simulator.stop)
        cls.xero = cls.simulator.control
        cls.company = cls.env.company
        assert cls.company.currency_id.name == "GBP"
        cls.env["xero.connection"].search([]).unlink()
        parameters = cls.env["ir.config_parameter"]
        for name in ("login_url", "identity_url", "api_url"):
            parameters.set_param(f"xero_connector.{name}", cls.simulator.url)
        parameters.set_param("xero_connector.grace_seconds", 0)
        parameters.set_param("web.base.url", "http://localhost:8069")
        cls.accountant = new_test_user(
            cls.env,
            "xero_accountant",
            "account.group_account_manager,xero_connector.group_manager",
            email="anna@example.com",
        )
        cls.clerk = new_test_user(
            cls.env, "xero_clerk", "account.group_account_invoice"
        )
        cls.income = cls.env["account.account"].search(
            [("account_type", "=", "income"), ("company_ids", "in", cls.company.id)],
            limit=1,
        )
        cls.tax = cls._tax("ST11")
        cls.expense = cls.env["account.account"].search(
            [("account_type", "=", "expense"), ("company_ids", "in", cls.company.id)],
            limit=1,
        )
        cls.purchase_tax = cls._tax("PT_20_G")
        cls._numbers = itertools.count(1)
        cls.customer = cls.env["res.partner"].create(
            {"name": "Azure Interior", "is_company": True, "email": "ap@azure.example"}
        )

    def setUp(self):
        super().setUp()
        self.xero.reset()
        self._stack = ExitStack()
        self.addCleanup(self._stack.close)
        self._stack.enter_context(self.enter_registry_test_mode())

    # === SET-UP === #

    @classmethod
    def _tax(cls, template_id):
        """A tax of the chart by its template's id."""
        return cls.env.ref(f"account.{cls.company.id}_{template_id}")

    def connect(self, live=True, **values):
        """Connect the company through the authorize page, as a person does."""
        connection = self.new_connection(**values)
        connection = self.consent(connection)
        self.assertFalse(connection.problem)
        self.map_income(connection)
        self.map_account(connection, self.expense, "429")
        if live:
            connection.sudo().mode = "live"
        return connection.sudo()

    def new_connection(self, **values):
        defaults = {
            "company_id": self.company.id,
            "client_id": "demo-client",
            "client_secret": "demo-secret",
            "date_from": "2026-01-01",
        }
        connection = self.env["xero.connection"].create(defaults | values)
        return connection.with_user(self.accountant)

    def consent(self, connection, allow=True, **options):
        """Go through Xero's login and come back; the connection shown then."""
        url = connection.action_connect()["url"]
        return self.come_back(connection, self.xero.authorise(url, allow, **options))

    def come_back(self, connection, location):
        self.env.flush_all()
        parameters = dict(parse_qsl(urlsplit(location).query))
        connection = connection.browse()._consent_given(parameters)
        connection = connection.with_user(self.accountant)
        return connection._join_organisation().with_user(self.accountant)

    def map_income(self, connection, code="200"):
        """Choose the Xero account for the company's income account."""
        self.map_account(connection, self.income, code)

    def map_account(self, connection, account, code):
        """Choose the Xero account for an account."""
        mapping = self.env["xero.mapping"]._ensure(connection, "account", account)
        mapping.xero_account_id = self.xero_account(connection, code)

    def xero_account(self, connection, code):
        """The copy of an account of Xero's."""
        return self.env["xero.account"].search(
            [("connection_id", "=", connection.id), ("code", "=", code)]
        )

    def xero_rate(self, connection, tax_type):
        """The copy of a rate of Xero's."""
        return self.env["xero.tax.rate"].search(
            [("connection_id", "=", connection.id), ("tax_type", "=", tax_type)]
        )

    def map_tax(self, connection, tax, tax_type, **values):
        """Choose the Xero rate for a tax, as a person does."""
        row = self.env["xero.mapping"]._ensure(connection, "tax", tax)
        row.write(
            {"xero_tax_rate_id": self.xero_rate(connection, tax_type).id} | values
        )
        return row

    # === DOCUMENTS === #

    def invoice(self, *lines, post=True, **values):
        """A sales invoice; lines are dicts, by default one of 100.00 + 20 %."""
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_date": "2026-07-03",
                "invoice_date_due": "2026-08-02",
                "invoice_line_ids": [
                    Command.create(self._line(line)) for line in lines or ({},)
                ],
            }
            | values
        )
        if post:
            move.action_post()
        return move

    def document(self, move_type, *lines, post=True, **values):
        """A document of any kind; bills stand on the expense account with 20 %."""
        if move_type in ("in_invoice", "in_refund"):
            own = {
                "account_id": self.expense.id,
                "tax_ids": [Command.set(self.purchase_tax.ids)],
            }
            lines = [own | line for line in lines or ({},)]
            values = {"ref": f"S-{next(self._numbers)}"} | values
        return self.invoice(*lines, post=post, **{"move_type": move_type} | values)

    def sent(self, document):
        """The document as Xero has it, after the work."""
        self.work()
        link = document._xero_link()
        self.assertTrue(link.xero_id, link.note_id.message or link.waiting_for)
        resource = self.env["xero.resource"]._get(link.resource)
        return next(
            each
            for each in self.in_xero(resource.endpoint.lower())
            if each[resource.id_field] == link.xero_id
        )

    def stopped(self, document, cause):
        """The note that stops a document, after the work."""
        self.work()
        link = document._xero_link()
        self.assertEqual((link.state, link.note_id.cause), ("blocked", cause))
        return link.note_id

    def _line(self, line):
        return {
            "name": "Consulting",
            "quantity": 1,
            "price_unit": 100,
            "account_id": self.income.id,
            "tax_ids": [Command.set(self.tax.ids)],
        } | line

    def product(self, code, **values):
        return self.env["product.product"].create(
            {"name": f"Product {code}", "default_code": code, "type": "service"}
            | values
        )

    # === WORK === #

    def commit(self):
        """End the user's transaction: precommit hooks run."""
        self.env.flush_all()
        self.env.cr.flush()

    def work(self):
        """Let the connector do everything that it can do now, which has an end."""
        self.commit()
        drive = "odoo.addons.xero_connector.models.xero_drive"
        with self.registry.cursor() as cr, self.assertNoLogs(drive, "WARNING"):
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["xero.connection"]._cron_drive()
        self.env.invalidate_all()

    def fetch(self):
        """Read what changed in Xero, as the cron does every hour."""
        self.commit()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["xero.connection"]._cron_poll()
        self.env.invalidate_all()

    def later(self):
        """Time passes: what waits for a moment is due now."""
        self.env.flush_all()
        past = fields.Datetime.now() - timedelta(seconds=1)
        self.env.cr.execute(
            "UPDATE xero_request SET retry_at = %s WHERE retry_at IS NOT NULL", [past]
        )
        self.env.cr.execute(
            "UPDATE xero_request SET deadline_at = %s WHERE deadline_at IS NOT NULL",
            [past],
        )
        self.env.cr.execute(
            "UPDATE xero_budget SET paused_until = %s, told_at = %s,"
            " day_turns_at = CASE WHEN day_turns_at IS NULL THEN NULL ELSE %s END"
            " WHERE paused_until IS NOT NULL",
            [past, past - timedelta(hours=1), past],
        )
        self.env.invalidate_all()

    def settle(self):
        for _round in range(4):
            self.work()
            self.later()
        self.work()

    # === WHAT IS IN XERO === #

    def in_xero(self, resource):
        return self.xero.documents(resource)

    def note(self, **values):
        """The one open note, with these values."""
        domain = [("state", "=", "open")]
        notes = self.env["xero.note"].search(domain)
        self.assertEqual(len(notes), 1, notes.mapped("message"))
        for name, value in values.items():
            self.assertEqual(notes[name], value)
        return notes
