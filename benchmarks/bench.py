"""A British company that is connected to a simulated Xero and live."""

from contextlib import contextmanager
from urllib.parse import parse_qsl, urlsplit

from odoo import Command

from .odoo import Database
from .runner import Runner

ADDRESSES = ("login_url", "identity_url", "api_url")
GROUPS = (
    "account.group_account_manager",
    "base.group_partner_manager",
    "product.group_product_manager",
    "purchase.group_purchase_user",
)


def hire_accountant(database):
    """Let the database work in the name of an accountant, not of the superuser."""
    with database.transaction() as env:
        groups = [Command.link(env.ref(group).id) for group in GROUPS]
        manager = env.ref("xero_connector.group_manager", raise_if_not_found=False)
        groups += [Command.link(manager.id)] if manager else []
        values = {"name": "Anna", "login": "anna", "email": "anna@example.com"}
        user = env["res.users"].create(values | {"group_ids": groups})
    database.user = user.id


class Bench:
    """What measurements work with.

    :param xero: ``Control`` of the simulator
    """

    def __init__(self, name, xero):
        self.database = Database(name)
        self.xero = xero
        self.runner = Runner(self.database)
        self._set_addresses()
        hire_accountant(self.database)
        self.connection_id = self._create_connection()
        self._connect()

    def _set_addresses(self):
        with self.database.transaction() as env:
            for name in ADDRESSES:
                parameter = f"xero_connector.{name}"
                env["ir.config_parameter"].set_param(parameter, self.xero.url)
            env["ir.config_parameter"].set_param(
                "web.base.url", "http://localhost:8069"
            )

    def _create_connection(self):
        with self.database.transaction(user=1) as env:
            values = {"client_id": "demo-client", "client_secret": "demo-secret"}
            return env["xero.connection"].create(values).id

    def _connect(self):
        """Allow access on Xero's page and come back, then go live."""
        with self.connection() as connection:
            url = connection.action_connect()["url"]
        answer = dict(parse_qsl(urlsplit(self.xero.authorise(url)).query))
        with self.connection() as connection:
            connection.browse()._consent_given(answer)
        with self.connection() as connection:
            connection._join_organisation()
        with self.connection() as connection:
            assert connection.state == "connected", connection.problem
            wizard = connection.env["xero.go.live"]
            wizard.create({"connection_id": connection.id}).action_leave()

    def read(self):
        """Read Xero's lists once, as the cron does every hour."""
        with self.connection() as connection:
            connection.sudo()._wake_poll()
        self.runner.work()

    @contextmanager
    def connection(self):
        """The connection, in a transaction of the accountant's."""
        with self.database.transaction() as env:
            yield env["xero.connection"].browse(self.connection_id)

    @contextmanager
    def unconnected(self):
        """As if the company had never connected: the connection is archived."""
        self._set_active(False)
        try:
            yield
        finally:
            self._set_active(True)

    def _set_active(self, active):
        with self.connection() as connection:
            connection.active = active
