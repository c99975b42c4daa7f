"""A British company on a server of its own, connected to a simulated Xero."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg2

from xero_simulator.control import Control

from . import invariants
from .server import Server

#: Users and their groups; passwords are the logins.
_CLERK = ("account.group_account_invoice", "base.group_partner_manager")
PEOPLE = {
    "anna": (*_CLERK, "account.group_account_manager", "xero_connector.group_manager"),
    "ben": _CLERK,
    "cleo": _CLERK,
}

#: So that doubts settle in seconds: the limit of a call, and what is added to it.
CALL_SECONDS, GRACE_SECONDS = 4, 1

_API_URL = "xero_connector.api_url"

#: Everything is settled within three minutes after a cause has ended.
LIMIT = 180


class Company:
    """What people do in Odoo, what stands in both ledgers, and waiting for quiet.

    :param database: a :class:`databases.Database` with the addon installed
    :param simulator: a running simulator
    """

    def __init__(self, database, simulator, **server):
        self.database = database
        self.xero = simulator.control
        self.server = Server(database, **server)
        self._numbers = itertools.count(1)
        self.simulator = simulator

    # === SET-UP === #

    def open(self):
        """Start the server, create the people, connect, go live."""
        self._set_parameters()
        self.database.only_our_cron()
        self.server.start()
        self._hire()
        self.xero.set_limits(minute=10_000, app_minute=100_000)
        self._find_accounts()
        self._enter_app()
        self.connect()
        self._map_income()
        self.database.execute("UPDATE xero_connection SET mode = 'live'")
        self._read_once()
        return self

    def close(self):
        self.server.stop()
        self.database.close()

    def _set_parameters(self):
        parameters = {
            "web.base.url": self.server.url,
            "web.base.url.freeze": "True",
            "xero_connector.call_seconds": CALL_SECONDS,
            "xero_connector.grace_seconds": GRACE_SECONDS,
            "xero_connector.connect_seconds": 2,
        }
        for name in ("login_url", "identity_url", "api_url"):
            parameters[f"xero_connector.{name}"] = self.simulator.url
        for key, value in parameters.items():
            self.database.parameter(key, value)

    def _hire(self):
        self.admin = self.server.login("admin")
        groups = {name: self._xmlid(name) for name in set().union(*PEOPLE.values())}
        self.admin.call(
            "res.users",
            "create",
            [
                {
                    "name": login.title(),
                    "login": login,
                    "password": login,
                    "email": f"{login}@example.com",
                    "group_ids": [(4, groups[name]) for name in names],
                }
                for login, names in PEOPLE.items()
            ],
        )
        self.anna, self.ben, self.cleo = map(self.server.login, PEOPLE)

    def _xmlid(self, name):
        module, _dot, short = name.partition(".")
        return self.database.value(
            "SELECT res_id FROM ir_model_data WHERE module = %s AND name = %s",
            module,
            short,
        )

    def _find_accounts(self):
        self.tax = self._xmlid("account.1_ST11")
        [self.income] = self.anna.call(
            "account.account", "search", [("account_type", "=", "income")], limit=1
        )

    def _enter_app(self):
        """The system administrator types the app's id and secret."""
        values = {
            "client_id": "demo-client",
            "client_secret": "demo-secret",
            "date_from": "2026-01-01",
        }
        [self.connection_id] = self.admin.call("xero.connection", "create", [values])

    def connect(self):
        """The accountant connects, or connects again, through Xero's login."""
        action = self.anna.call(
            "xero.connection", "action_connect", [self.connection_id]
        )
        self.anna.get(self.xero.authorise(action["url"]))
        problem = self.connection()["problem"]
        assert not problem, problem

    def _read_once(self):
        """Xero's lists are read: new contacts go without a look, and nobody reads
        beside what a test does."""
        self.anna.call("xero.connection", "action_pull", [self.connection_id])
        self.drive()
        Control.wait_for(
            lambda: self.database.value(
                "SELECT 1 WHERE 2 = (SELECT count(*) FROM xero_cursor"
                "  WHERE resource IN ('contact', 'payment') AND complete)"
                " AND NOT EXISTS (SELECT 1 FROM queue_job WHERE model_name ~ '^xero'"
                "  AND state IN ('pending', 'enqueued', 'started'))"
            ),
            60,
            "Xero's lists to be read",
        )

    def connection(self):
        """The connection as the accountant sees it."""
        [connection] = self.anna.read(
            "xero.connection",
            [],
            "state",
            "state_message",
            "problem",
            "runner_missing",
            "is_copy",
            "paused",
        )
        return connection

    def _map_income(self):
        [account] = self.anna.call("xero.account", "search", [("code", "=", "200")])
        self.anna.call(
            "xero.connection",
            "write",
            [self.connection_id],
            {"default_sale_account_id": account},
        )

    def start_again(self, down=60):
        """The server comes back.

        :param down: seconds that it was away beyond those that really passed: every
            moment that was written down lies so much further back
        """
        self.pass_time(down)
        self.server.start()

    def pass_time(self, seconds):
        """Let time pass for what Odoo and its jobs wrote down."""
        moments = {
            "queue_job": ("date_enqueued", "eta"),
            "xero_request": ("write_date", "sent_at", "deadline_at", "retry_at"),
            "xero_budget": ("told_at", "paused_until", "day_turns_at"),
            "xero_cursor": ("read_at",),
        }
        for table, columns in moments.items():
            shifted = ", ".join(
                f"{name} = {name} - make_interval(secs => {seconds})"
                for name in columns
            )
            self.database.execute(f"UPDATE {table} SET {shifted}")

    # === PEOPLE'S WORK === #

    def customer(self, user=None, **values):
        """A new customer with a name of its own."""
        values = {
            "name": f"Customer {next(self._numbers)}",
            "is_company": True,
        } | values
        [partner] = (user or self.anna).call("res.partner", "create", [values])
        return partner

    def draft(self, customer, *prices, count=1, user=None, **values):
        """Draft invoices, by default one line of 100.00 + 20 %; their ids."""
        lines = [
            (
                0,
                0,
                {"name": "Consulting", "quantity": 1, "price_unit": price}
                | {"account_id": self.income, "tax_ids": [(6, 0, [self.tax])]},
            )
            for price in prices or (100,)
        ]
        values = {
            "move_type": "out_invoice",
            "partner_id": customer,
            "invoice_date": "2026-07-03",
            "invoice_date_due": "2026-08-02",
            "invoice_line_ids": lines,
        } | values
        return (user or self.ben).call("account.move", "create", [values] * count)

    def post(self, *ids, user=None):
        """Post drafts in one go, as a person does; their ids."""
        (user or self.ben).call("account.move", "action_post", list(ids))
        return list(ids)

    def invoice(self, customer=None, *prices, count=1, user=None):
        """Post new invoices, for a new customer unless one is given; their ids."""
        drafts = self.draft(
            customer or self.customer(), *prices, count=count, user=user
        )
        return self.post(*drafts, user=user)

    def at_once(self, *actions):
        """Several people do something at the same moment; the results."""
        with ThreadPoolExecutor(len(actions)) as pool:
            return [each.result() for each in [pool.submit(a) for a in actions]]

    def move_xero(self, url):
        """Xero's API is at another address from now on."""
        self.admin.call("ir.config_parameter", "set_param", _API_URL, url)

    # === WAITING === #

    def requests(self, *states, resource=None):
        """Requests in these states, oldest first."""
        return self.database.execute(
            "SELECT * FROM xero_request WHERE state = ANY(%s)"
            " AND (%s IS NULL OR resource = %s) ORDER BY id",
            list(states),
            resource,
            resource,
        )

    def wait_request(self, *states, resource="invoice", timeout=30):
        """Wait until a request is in one of these states; it."""
        return Control.wait_for(
            lambda: self.requests(*states, resource=resource),
            timeout,
            f"request {' or '.join(states)}",
        )[0]

    def left(self):
        """Everything that is not settled, in words; empty when all is quiet."""
        return invariants.unsettled(self.database)

    def wait_quiet(self, timeout=LIMIT):
        """Wait until nothing is left to do.

        :raises AssertionError: with what is stuck and the server's complaints
        """
        try:
            Control.wait_for(lambda: not self.left(), timeout, "quiet")
        except TimeoutError:
            left = "\n".join(self.left())
            raise AssertionError(
                f"not settled within {timeout} s:\n{left}\n{self.server.complaints()}"
            ) from None

    def drive(self):
        """Let the cron's minute be over now."""
        self.database.execute(
            "INSERT INTO ir_cron_trigger (cron_id, call_at)"
            " SELECT res_id, now() AT TIME ZONE 'utc' FROM ir_model_data"
            " WHERE model = 'ir.cron' AND module = 'xero_connector'"
        )
        with closing(psycopg2.connect(dbname="postgres")) as session:
            session.autocommit = True
            session.cursor().execute(
                "SELECT pg_notify('cron_trigger', %s)", [self.database.name]
            )

    # === WHAT IS TRUE NOW === #

    def assert_in_xero(self, ids):
        """These invoices are in Xero exactly once, and so is everything else.

        Every invariant that can be seen from outside holds, nothing is stuck, and
        each invoice says that it is in Xero.
        """
        invariants.check_all(self.database, self.xero)
        numbers = self.database.values(
            "SELECT name FROM account_move WHERE id = ANY(%s)", list(ids)
        )
        found = [each["InvoiceNumber"] for each in self.xero.documents("invoices")]
        for number in numbers:
            assert found.count(number) == 1, (number, found.count(number))
        shown = self.ben.read("account.move", [("id", "in", list(ids))], "xero_state")
        assert [each["xero_state"] for each in shown] == ["synced"] * len(ids)

    def history(self, *ids, model="account.move"):
        """Outcomes of these records in History, as the accountant reads them."""
        links = self.anna.call(
            "xero.link",
            "search",
            [("res_model", "=", model), ("res_id", "in", list(ids))],
        )
        rows = self.anna.read(
            "xero.request.line", [("link_id", "in", links)], "outcome"
        )
        return [row["outcome"] for row in rows]
