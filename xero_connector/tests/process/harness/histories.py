"""Random histories of a company, its connector and a Xero that fails.

A history is a seed: the same seed does the same again. People and the connector's
work share one process but use real transactions, on a database of their own; time
passes by moving what was written down into the past. A crash is an exception that
nobody may catch, after which every session to the database is closed, as it is when
a process dies.
"""

import logging
import random
import uuid
from contextlib import contextmanager, suppress
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

from odoo import SUPERUSER_ID, Command, api, sql_db
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.sql_db import Cursor

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.xero_connector.lib import deadline

from xero_simulator.control import XeroRefused

from . import invariants

#: Rounds of time and work after which everything must be quiet.
ROUNDS = 40

#: Calls of a day that background work leaves alone, by the most that was ever left.
RESERVES = ((1000, 100), (5000, 500))

#: More calls than any history has reason to make.
MANY_CALLS = 400

#: What may go wrong with a call; weights and options.
FAULTS = (
    ("answer_lost", {}),
    ("answer_lost", {"method": "PUT"}),
    ("dropped", {}),
    ("server_error", {"committed": True}),
    ("server_error", {"committed": False}),
    ("bad_gateway", {"committed": True}),
    ("bad_gateway", {"status": 504}),
    ("minute_limit", {"retry_after": 20}),
    ("app_minute_limit", {"retry_after": 20}),
    ("day_limit", {"retry_after": 600}),
    ("concurrent_limit", {}),
    ("unavailable", {}),
    ("unavailable_unknown", {}),
    ("token_expired", {}),
    ("not_json", {}),
    ("refresh_lost", {}),
    ("key_reused", {}),
    ("server_error", {"method": "GET"}),
    ("dropped", {"method": "GET"}),
    ("slow", {"seconds": 1.2}),
)

_SHIFTED = {
    "xero_request": ("write_date", "sent_at", "deadline_at", "retry_at"),
    "xero_budget": ("told_at", "paused_until", "day_turns_at"),
    "xero_token": ("expires_at",),
}


class Crash(BaseException):
    """The process dies here; nothing but the test may catch it."""


class Violation(BaseException):
    """The connector does what it must not do."""


class World:
    """One database, one simulator, and the histories that are lived in them.

    :param database: a :class:`databases.Database` of its own
    :param simulator: a running simulator
    """

    def __init__(self, database, simulator):
        self.database, self.simulator = database, simulator
        self.xero = simulator.control
        self.registry = Registry(database.name)
        with self.cursor() as cr:
            self._set_up(api.Environment(cr, SUPERUSER_ID, {}))

    def close(self):
        self.database.close()
        Registry.delete(self.database.name)
        sql_db.close_db(self.database.name)

    def cursor(self):
        return self.registry.cursor()

    def _set_up(self, env):
        parameters = env["ir.config_parameter"]
        for name in ("login_url", "identity_url", "api_url"):
            parameters.set_param(f"xero_connector.{name}", self.simulator.url)
        parameters.set_param("xero_connector.call_seconds", 1)
        parameters.set_param("xero_connector.grace_seconds", 3)
        parameters.set_param("web.base.url", "http://localhost:8069")
        groups = (
            "account.group_account_manager",
            "base.group_partner_manager",
            "xero_connector.group_manager",
        )
        self.user_id = (
            env["res.users"]
            .create(
                {
                    "name": "Anna",
                    "login": "anna",
                    "email": "anna@example.com",
                    "group_ids": [Command.link(env.ref(name).id) for name in groups],
                }
            )
            .id
        )
        taxes = {"out": "ST11", "in": "PT_20_G"}
        self.tax_ids = {
            side: env.ref(f"account.{env.company.id}_{name}").id
            for side, name in taxes.items()
        }
        types = {"out": "income", "in": "expense"}
        self.account_ids = {
            side: env["account.account"]
            .search([("account_type", "=", name)], limit=1)
            .id
            for side, name in types.items()
        }

    def begin(self, limits, mode, number_policy):
        """A new organisation and a new connection; nothing of earlier histories."""
        self.xero.reset()
        self.xero.clear_faults()
        self.xero.set_limits(**limits)
        self.database.execute(
            "TRUNCATE xero_change, xero_request, xero_request_line, xero_link,"
            " xero_note, xero_token, xero_connection CASCADE"
        )
        self.registry.clear_all_caches()
        with self.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            connection = env["xero.connection"].create(
                {
                    "client_id": "demo-client",
                    "client_secret": "demo-secret",
                    "date_from": "2026-01-01",
                }
            )
            self.connection_id = connection.id
            assert not self.connect(env)
            for side, code in (("sale", "200"), ("purchase", "429")):
                connection[f"default_{side}_account_id"] = env["xero.account"].search(
                    [("connection_id", "=", connection.id), ("code", "=", code)]
                )
            tax = env["account.tax"].browse(self.tax_ids["in"])
            row = env["xero.mapping"]._ensure(connection, "tax", tax)
            row.xero_tax_rate_id = env["xero.tax.rate"].search(
                [("connection_id", "=", connection.id), ("tax_type", "=", "INPUT2")]
            )
            connection.write(
                {"mode": mode, "send_bills": True, "number_policy": number_policy}
            )

    def connection(self, env):
        return env["xero.connection"].browse(self.connection_id)

    def connect(self, env):
        """Connect, or connect again, through Xero's login.

        :return: what went wrong, as the person is told; they try again later
        """
        connection = self.connection(env).with_user(self.user_id)
        location = self.xero.authorise(connection.action_connect()["url"])
        env.cr.commit()
        parameters = dict(parse_qsl(urlsplit(location).query))
        connection = connection.browse()._consent_given(parameters)
        env.cr.commit()
        return connection._join_organisation().problem


class Outside:
    """What stands between the connector and the world during one history.

    It watches every call (I2, I3, I12) and lets the process die where it is told.
    """

    def __init__(self, history):
        self.history = history
        self.world = history.world
        self.fuse = None
        self.in_user_transaction = False
        self.calls = 0

    @contextmanager
    def installed(self):
        send, commit = deadline.DeadlineAdapter.send, Cursor.commit

        def watched_send(adapter, request, *args, **kwargs):
            self._watch(request)
            self._burn("before call")
            answer = send(adapter, request, *args, **kwargs)
            self._burn("after call")
            return answer

        def watched_commit(cr):
            self._burn("before commit")
            commit(cr)
            self._burn("after commit")

        with (
            patch.object(deadline.DeadlineAdapter, "send", watched_send),
            patch.object(Cursor, "commit", watched_commit),
        ):
            yield self

    def _burn(self, point):
        """Come one step nearer to the crash, if one is to happen."""
        if self.fuse is None:
            return
        self.fuse -= 1
        if self.fuse < 0:
            self.fuse = None
            self.history.tell("crash", point)
            raise Crash(point)

    def _watch(self, request):
        """A call that must not be made ends the history, whoever would catch it."""
        try:
            self._look_at(request)
        except Exception as error:
            raise Violation(str(error)) from error

    def _look_at(self, request):
        self.calls += 1
        assert self.calls < MANY_CALLS, "I11: calls without end"
        assert not self.in_user_transaction, "I2: a call in a user's transaction"
        if request.method == "GET" or "/api.xro/" not in request.url:
            return
        [row] = self.world.database.execute(
            "SELECT r.*, b.day_left, b.day_seen,"
            " b.told_at > now() AT TIME ZONE 'utc' - interval '1 hour'"
            " AND b.told_at > coalesce(b.paused_until, '2000-01-01') AS fresh"
            " FROM xero_request r"
            " LEFT JOIN xero_budget b ON b.connection_id = r.connection_id"
            " WHERE idempotency_key = %s",
            request.headers["Idempotency-Key"],
        ) or [None]
        assert row, f"I3: not committed before it was sent: {request.url}"
        assert row["state"] == "sending", f"I3: sent while {row['state']}"
        assert row["sent_at"] and row["deadline_at"] and row["attempt"]
        seen = row["day_seen"] or 0
        spent = seen and row["day_left"] <= next(n for m, n in RESERVES if seen <= m)
        assert row["by_user"] or not spent or not row["fresh"], (
            f"I12: background work with {row['day_left']} calls left"
        )


class History:
    """One seed's worth of posting, changing, failing and recovering."""

    def __init__(self, world, seed, steps=18):
        self.world, self.seed, self.steps = world, seed, steps
        self.random = random.Random(seed)
        self.outside = Outside(self)
        self.told = []
        self.customers, self.bad, self.products, self.moves = [], set(), [], []
        self.edited, self.clashed, self.paid = set(), set(), set()
        self.recoded = {}
        self.number_policy = self.random.choice(["name", "name", "xero"])

    def tell(self, *words):
        """Remember what happened, to print when it goes wrong."""
        self.told.append(" ".join(map(str, words)))

    # === LIFE === #

    def live(self):
        """Do everything, wait for quiet, and check.

        :raises AssertionError: with the seed and what happened
        """
        complaints = _Complaints()
        day = self.random.choice([5000, 5000, 5000, 112])
        try:
            mode = self.random.choice(["live", "live", "live", "trial"])
            limits = {"day": day, "minute": 10_000, "concurrent": 5}
            self.world.begin(limits, mode, self.number_policy)
            self.tell(mode, "with", day, "calls a day, numbers:", self.number_policy)
            with complaints.heard(), self.outside.installed():
                for _step in range(self.steps):
                    self.step()
                self.quieten()
            self.check()
            assert not complaints.records, complaints.records
        except (Exception, Violation) as error:
            told = self.told + complaints.records
            story = "\n".join(f"  {line}" for line in told)
            raise AssertionError(
                f"seed {self.seed}: {type(error).__name__}: {error}\n{story}"
            ) from error
        finally:
            self.world.xero.clear_faults()

    def step(self):
        """One random event."""
        actions = (
            (4, self.post_new),
            (4, self.edit_again),
            (1, self.cancel),
            (1, self.restore),
            (3, self.recode),
            (1, self.pay),
            (2, self.choose),
            (1, self.clash),
            (1, self.mend),
            (1, self.ask),
            (1, self.lose_access),
            (1, self.connect_again),
            (1, self.go_live),
            (4, self.disturb),
            (3, self.drive),
            (4, self.plan),
            (5, self.advance),
            (2, self.pass_some_time),
        )
        weights, choices = zip(*actions, strict=True)
        [action] = self.random.choices(choices, weights)
        action()

    # === PEOPLE === #

    @contextmanager
    def user(self):
        """A user's transaction; no call may be made in it."""
        self.outside.in_user_transaction = True
        try:
            with self.world.cursor() as cr:
                company = {"allowed_company_ids": [1]}
                yield api.Environment(cr, self.world.user_id, company)
        finally:
            self.outside.in_user_transaction = False

    def post_new(self):
        """Post one to four invoices, for new or known customers and products."""
        with self.user() as env:
            moves = env["account.move"].create(
                [self._invoice(env) for _n in range(self.random.randint(1, 4))]
            )
            moves.action_post()
            self.tell("post", moves.mapped("name"), "for", moves.partner_id.ids)
        self.moves += moves.ids

    def _invoice(self, env):
        """An invoice or a bill; where Xero gives the numbers, often twice the same."""
        side = self.random.choice(["out", "out", "out", "in"])
        if self.number_policy == "xero" and side == "out":
            lines = [self._line(env, side) | {"price_unit": 10, "product_id": False}]
        else:
            count = self.random.randint(1, 3)
            lines = [self._line(env, side) for _n in range(count)]
        return {
            "move_type": f"{side}_invoice",
            "partner_id": self._customer(env),
            "invoice_date": "2026-07-03",
            "invoice_date_due": "2026-08-02",
            "invoice_line_ids": [Command.create(line) for line in lines],
        }

    def _line(self, env, side):
        return {
            "name": "Consulting",
            "quantity": self.random.choice([1, 2, 3, 0.5]),
            "price_unit": self.random.randint(1, 99999) / 100,
            "product_id": self._product(env),
            "account_id": self.world.account_ids[side],
            "tax_ids": [Command.set([self.world.tax_ids[side]])],
        }

    def _customer(self, env):
        if self.customers and self.random.random() < 0.6:
            return self.random.choice(self.customers)
        bad = self.random.random() < 0.15
        partner = env["res.partner"].create(
            {
                "name": f"Customer {uuid.uuid4().hex[:8]}",
                "is_company": True,
                "email": "not an address" if bad else False,
            }
        )
        self.customers.append(partner.id)
        if bad:
            self.bad.add(partner.id)
        return partner.id

    def _product(self, env):
        if self.random.random() < 0.5:
            return False
        if self.products and self.random.random() < 0.6:
            return self.random.choice(self.products)
        product = (
            env["product.product"]
            .sudo()
            .create(
                {"name": "Widget", "default_code": f"W{uuid.uuid4().hex[:8]}"}
                | {"type": "service"}
            )
        )
        self.products.append(product.id)
        return product.id

    def _some_move(self, env, *states):
        moves = env["account.move"].browse(self.moves)
        moves = moves.filtered(lambda move: move.state in states)
        recoded = moves.filtered(
            lambda move: set(move.xero_link_ids.mapped("xero_id")) & set(self.recoded)
        )
        if recoded and self.random.random() < 0.5:
            return self.random.choice(recoded)
        under_way = moves.filtered(lambda move: move.xero_link_ids.request_id)
        if under_way and self.random.random() < 0.6:
            moves = under_way
        return self.random.choice(moves) if moves else moves

    def edit_again(self):
        """Reset to draft, change a price, post again, all at once or not."""
        with self.user() as env:
            move = self._some_move(env, "posted", "draft")
            if not move:
                return
            if move.state == "posted":
                move.button_draft()
            line = self.random.choice(move.invoice_line_ids)
            line.price_unit = self.random.randint(1, 99999) / 100
            if self.random.random() < 0.8:
                move.action_post()
            self.edited.add(move.id)
            self.tell("edit", move.name, move.state, move.amount_total)

    def cancel(self):
        with self.user() as env:
            move = self._some_move(env, "posted")
            if move:
                move.button_draft()
                move.button_cancel()
                self.edited.add(move.id)
                self.tell("cancel", move.name)

    def restore(self):
        """Post again what was cancelled."""
        with self.user() as env:
            move = self._some_move(env, "cancel")
            if move:
                move.button_draft()
                move.action_post()
                self.tell("post again", move.name)

    def choose(self):
        """Somebody decides about what was changed on both sides."""
        with self.user() as env:
            notes = env["xero.note"].search(
                [("state", "=", "open"), ("cause", "=", "changed_in_xero")]
            )
            link = self.random.choice(notes).link_ids[:1] if notes else notes
        if not link:
            return
        choice = self.random.choice(["merge", "overwrite", "nothing"])
        with self.world.cursor() as cr, suppress(UserError):
            env = api.Environment(cr, self.world.user_id, {})
            wizard = env["xero.conflict"].create({"link_id": link.id})
            wizard._choose(choice)
            if choice == "overwrite":
                self.recoded.pop(wizard.link_id.xero_id, None)
            self.tell("choose", choice, "for", wizard.record_name)

    def clash(self):
        """Somebody types an invoice into Xero, under the next number of ours."""
        with self.user() as env:
            move = self._some_move(env, "posted")
            there = {
                each.get("InvoiceNumber")
                for each in self.world.xero.documents("invoices")
            }
            if not move or move.name in there or move.move_type != "out_invoice":
                return
            under_way = self.world.database.value(
                "SELECT 1 FROM xero_link WHERE res_id = %s AND request_id IS NOT NULL"
                " AND res_model = 'account.move'",
                move.id,
            )
            if under_way:
                return
            self.world.xero.create(
                "invoices",
                {
                    "Type": "ACCREC",
                    "Status": "AUTHORISED",
                    "InvoiceNumber": move.name,
                    "Reference": "by hand",
                    "Contact": {"Name": "By hand"},
                    "Date": "2026-06-01",
                    "DueDate": "2026-06-30",
                    "LineItems": [
                        {
                            "Description": "By hand",
                            "Quantity": 1,
                            "UnitAmount": 1,
                            "AccountCode": "200",
                        }
                    ],
                },
            )
            self.clashed.add(move.id)
            self.tell("clash", move.name)

    def mend(self):
        """Somebody corrects an address that stopped a customer."""
        if not self.bad:
            return
        with self.user() as env:
            partner = env["res.partner"].browse(self.random.choice(sorted(self.bad)))
            partner.email = "ap@example.com"
            self.bad.discard(partner.id)
            self.tell("mend", partner.id)

    def ask(self):
        """A person presses Send to Xero."""
        with self.user() as env:
            move = self._some_move(env, "posted")
            if move:
                move.action_xero_send()
                self.tell("ask for", move.name)

    def go_live(self):
        """The trial is over; its drafts are approved."""
        with self.user() as env:
            connection = self.world.connection(env)
            if connection.mode == "trial":
                connection._go_live(approve_drafts=True)
                self.tell("go live")

    def connect_again(self):
        """Somebody with a Xero log-in connects again, where access was lost."""
        with self.world.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            if self.world.connection(env).state == "broken":
                self.tell("connect again:", self.world.connect(env) or "done")

    # === XERO === #

    def recode(self):
        """An accountant gives a line of ours another account."""
        document = self._some_document()
        kept = ("LineItemID", "TaxAmount")
        lines = [
            {name: line[name] for name in kept if name in line}
            for line in document.get("LineItems", ())
        ]
        if lines and "AccountCode" in document["LineItems"][0]:
            lines[0]["AccountCode"] = "260" if document["Type"] == "ACCREC" else "461"
            if self._change_there(document, LineItems=lines):
                self.recoded[document["InvoiceID"]] = lines[0]
                self.tell("recode", document.get("InvoiceNumber"))

    def pay(self):
        """Some of a document of ours is paid in Xero."""
        document = self._some_document()
        if document.get("Status") == "AUTHORISED" and document["Total"] > 1:
            with suppress(XeroRefused):
                self.world.xero.pay(document["InvoiceID"], 1)
                self.paid.add(document["InvoiceID"])
                self.tell("pay some of", document.get("InvoiceNumber"))

    def _some_document(self):
        """A living document of ours in Xero, when Xero is at rest."""
        self.world.xero.wait_for(self._all_calls_ended, 10, "end of calls")
        ours = [
            each
            for each in self.world.xero.documents("invoices")
            if each["Status"] not in ("VOIDED", "DELETED")
            and each.get("Reference") != "by hand"
        ]
        return self.random.choice(ours) if ours else {}

    def _change_there(self, document, **values):
        with suppress(XeroRefused):
            self.world.xero.clock.advance(1)
            self.world.xero.update("invoices", document["InvoiceID"], values)
            return True
        return False

    def lose_access(self):
        """Somebody removes the application, or the organisation, in Xero."""
        if self.random.random() < 0.3:
            how = self.random.choice(["revoke", "disconnect"])
            getattr(self.world.xero, how)()
            self.tell(how)

    def disturb(self):
        """Order one or more faults."""
        kind, options = self.random.choice(FAULTS)
        order = {
            "after": self.random.choice([0, 0, 0, 1, 2]),
            "times": self.random.choice([1, 1, 1, 2, 3]),
        }
        if kind == "slow":
            order["times"] = 1
        self.tell("fault", kind, options, order)
        self.world.xero.fault(kind, **order | options)

    # === THE CONNECTOR === #

    def drive(self):
        self.tell("cron")
        self._work(lambda env: env["xero.connection"]._cron_drive())

    def plan(self):
        self.tell("plan")
        self._work(lambda env: self._worker(env)._job_plan())

    def advance(self):
        """The job of some request, also of one that is done or not due."""
        ids = self.world.database.values(
            "SELECT id FROM xero_request WHERE state NOT IN ('done', 'failed')"
            " ORDER BY id"
        )
        if not ids:
            return
        request_id = self.random.choice(ids)
        self.tell("advance", request_id)
        self._work(
            lambda env: (
                self._worker(env).env["xero.request"].browse(request_id)._job_advance()
            )
        )

    def _worker(self, env):
        return self.world.connection(env)._as_worker()

    def _work(self, action):
        """Run a job or the cron in a transaction of its own; it may die."""
        if self.random.random() < 0.35:
            self.outside.fuse = self.random.randint(0, 14)
        try:
            with self.world.cursor() as cr:
                action(api.Environment(cr, SUPERUSER_ID, {}))
        except RetryableJobError as error:
            self.tell("  again later:", error)
        except Crash:
            sql_db.close_db(self.world.database.name)
            self.world.registry.clear_all_caches()
        finally:
            self.outside.fuse = None

    # === TIME === #

    def pass_some_time(self):
        self.pass_time(self.random.choice([1, 5, 30, 70, 200]))

    def pass_time(self, seconds):
        """Time passes for Xero, and for all that was written down here."""
        xero = self.world.xero
        xero.wait_for(self._all_calls_ended, 10, "end of calls")
        self.tell("pass", seconds)
        xero.clock.advance(seconds)
        for table, columns in _SHIFTED.items():
            shifted = ", ".join(
                f"{name} = {name} - make_interval(secs => {seconds})"
                for name in columns
            )
            self.world.database.execute(f"UPDATE {table} SET {shifted}")

    def _all_calls_ended(self):
        """Xero works on nothing: time that did not pass there must not pass here."""
        return all(
            call["status"] or call["fault"] == "dropped"
            for call in self.world.xero.calls()
        )

    def quieten(self):
        """The faults end; within a few rounds of time and work all is settled."""
        self.tell("quiet")
        self.world.xero.clear_faults()
        self.go_live()
        for round_ in range(ROUNDS):
            self.connect_again()
            with self.world.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                env["xero.connection"]._cron_drive()
            if not invariants.unsettled(self.world.database):
                return
            self.pass_time(400 if round_ < 5 else 86400)

    # === CHECKS === #

    def check(self):
        """Every invariant that is visible from outside, and what people expect."""
        invariants.check_all(self.world.database, self.world.xero)
        with self.world.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            for move in env["account.move"].browse(self.moves):
                self._check_move(move)
        self._check_recoded()

    def _check_move(self, move):
        """I8: what nothing stops is in Xero; what is stopped has its own reason."""
        link = move.with_company(move.company_id)._xero_link()
        cause = link.note_id.cause
        what = f"{move.name} {move.state}: {link.state} {cause}"
        if cause:
            assert cause in self._allowed_causes(move, link), f"I8: {what}"
        elif move.state == "posted" and link.state != "gone":
            assert link.state == "synced", f"I8: {what}"
            assert link.xero_status == "AUTHORISED", f"I8: {what} {link.xero_status}"
        elif move.state == "posted":
            assert move.id in self.edited, f"N11: {what}"
        elif move.state == "cancel" and link.xero_id:
            left = link.state == "synced" and link.conflict_choice == "nothing"
            assert link.state == "gone" or left, f"S164: {what}"
        elif not link.xero_id:
            assert not link, f"I8: {what}"

    def _allowed_causes(self, move, link):
        causes = set()
        if move.partner_id.id in self.bad:
            causes.add("contact_email_invalid")
        if link.xero_id in self.recoded or link.conflict_choice:
            causes |= {"changed_in_xero", "invoice_total_differs"}
        if link.xero_id in self.paid:
            causes |= {"paid_in_xero", "withdrawal_paid"}
        if move.id in self.clashed:
            causes.add("invoice_number_taken")
        if self.number_policy == "xero" or move.move_type == "in_invoice":
            causes.add("looks_alike")
        return causes

    def _check_recoded(self):
        """I15: no account that was chosen in Xero was put back unasked."""
        for document in self.world.xero.documents("invoices"):
            row = self.recoded.get(document["InvoiceID"])
            for line in document["LineItems"] if row else ():
                if line["LineItemID"] == row["LineItemID"]:
                    what = document.get("InvoiceNumber"), line["AccountCode"]
                    assert line["AccountCode"] == row["AccountCode"], f"I15: {what}"


class _Complaints(logging.Handler):
    """What the connector logs as an error: it should have been handled."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.records = []

    def emit(self, record):
        self.records.append(self.format(record))

    @contextmanager
    def heard(self):
        logger = logging.getLogger("odoo.addons.xero_connector")
        logger.addHandler(self)
        try:
            yield self
        finally:
            logger.removeHandler(self)
