"""Joins the demo company to the simulated organisation, as two people do."""

from xero_simulator.control import Control

from . import books
from .failure import Failure, wait_until
from .keeping import day
from .session import Session

#: The simulator's registered application.
APP = {"client_id": "demo-client", "client_secret": "demo-secret"}

ACCOUNTANT = {"login": "anna", "password": "anna-demo", "name": "Anna Accountant"}


class Connector:
    """Does what an administrator and an accountant do once.

    :param odoo_url: of the running server
    :param xero_url: of the simulator
    """

    def __init__(self, odoo_url, xero_url, database):
        self._odoo_url, self._xero_url, self._database = odoo_url, xero_url, database
        self.xero = Control(xero_url)
        self.admin = Session(odoo_url, database, "admin", "admin")
        self._set_addresses()
        self.accountant = self._hire_accountant()
        self.connection = None

    def _set_addresses(self):
        """Where Xero and we are, before connecting: a connection is bound to them."""
        for name in ("login_url", "identity_url", "api_url"):
            self._set_parameter(f"xero_connector.{name}", self._xero_url)
        self._set_parameter("web.base.url", self._odoo_url)
        self._set_parameter("web.base.url.freeze", "True")

    def _set_parameter(self, name, value):
        self.admin.call("ir.config_parameter", "set_param", name, value)

    def _hire_accountant(self):
        groups = (
            "account.group_account_manager",
            "base.group_partner_manager",
            "product.group_product_manager",
            "xero_connector.group_manager",
        )
        values = ACCOUNTANT | {
            "email": "anna@harbourvale.example",
            "group_ids": [(4, self.admin.ref(group)) for group in groups],
        }
        self.admin.call("res.users", "create", values)
        return Session(
            self._odoo_url,
            self._database,
            ACCOUNTANT["login"],
            ACCOUNTANT["password"],
        )

    def connect(self):
        """Enter the app's credentials, allow access in Xero, come back to Odoo."""
        values = APP | {"date_from": day(books.SENT_FROM_DAYS)}
        self.connection = self.admin.call("xero.connection", "create", values)
        action = self._press("action_connect")
        back = self.xero.authorise(action["url"])
        self.accountant.visit(back)
        found = self.state("state", "problem")
        if found["state"] != "connected":
            raise Failure(f"Connecting did not work: {found['problem']}")

    def _press(self, button):
        return self.accountant.call("xero.connection", button, [self.connection])

    def state(self, *fields):
        """Fields of the connection, as the accountant sees them."""
        domain = [("id", "=", self.connection)]
        [found] = self.accountant.read("xero.connection", domain, fields)
        return found

    def wait_for_runner(self):
        """The job runner takes hold of the database some seconds after the start."""
        wait_until(
            lambda: not self.state("runner_missing")["runner_missing"],
            60,
            "the job runner",
        )

    def choose_mappings(self, bookkeeper):
        """Accept what is sure, choose the accounts and the tax of our own.

        The tax that must stop a document is left without a choice.
        """
        me = self.accountant
        mine = [("connection_id", "=", self.connection)]
        rows = me.call("xero.mapping", "search", mine)
        me.call("xero.mapping", "action_accept_sure", rows)
        for code, theirs in books.ACCOUNTS.items():
            account = bookkeeper.accounts[code]
            xero = me.find("xero.account", [*mine, ("code", "=", theirs)])
            values = {"xero_account_id": xero}
            me.call("account.account", "write", [account], values)
        rate = me.find("xero.tax.rate", [*mine, ("tax_type", "=", "OUTPUT2")])
        inside = bookkeeper.taxes[books.INSIDE]
        me.call("account.tax", "write", [inside], {"xero_tax_rate_id": rate})

    def go_live(self):
        """From now on documents are approved in Xero at once."""
        values = {"connection_id": self.connection}
        wizard = self.accountant.call("xero.go.live", "create", values)
        self.accountant.call("xero.go.live", "action_approve", [wizard])

    def wait_until_quiet(self, timeout=180):
        """Wait until nothing is on its way to Xero any more."""
        try:
            wait_until(lambda: not self._waiting(), timeout, "what waits for Xero")
        except Failure as failure:
            raise Failure(f"{failure}\n{self._what_waits()}") from None

    def _waiting(self):
        """How many touches, links and requests are not settled, in that order.

        Work only moves on along this order, so that nothing slips past.
        """
        mine = ("connection_id", "=", self.connection)
        unfinished = ("ready", "sending", "answered", "uncertain")
        return (
            self.accountant.count("xero.change", [mine])
            or self.accountant.count("xero.link", [mine, ("state", "=", "pending")])
            or self.accountant.count(
                "xero.request", [mine, ("state", "in", unfinished)]
            )
        )

    def _what_waits(self):
        """What a reader of the failure needs."""
        mine = ("connection_id", "=", self.connection)
        fields = ["record_name", "waiting_for", "request_id"]
        links = self.admin.read("xero.link", [mine, ("state", "=", "pending")], fields)
        fields = ["name", "state", "path", "attempt", "error", "retry_at"]
        settled = ("state", "not in", ("done", "failed"))
        requests = self.admin.read("xero.request", [mine, settled], fields)
        fields = ["name", "state", "exc_message"]
        jobs = self.admin.read("queue.job", [("state", "!=", "done")], fields)
        return "\n".join(str(row) for row in [*links, *requests, *jobs])
