"""A random history of a few documents and everybody's money, from its seed."""

import random
from datetime import date, timedelta

from odoo import SUPERUSER_ID, Command, api

from ...models.xero_request import UNFINISHED
from .checks import Checks
from .here import Here
from .there import There

#: What happens between setting out and the end, and how often.
STEPS = {
    "pay_here": 6,
    "pay_twice_alike_here": 1,
    "pay_together_here": 3,
    "pay_short_here": 3,
    "expect_here": 2,
    "pay_without_entry_here": 2,
    "match_bank_line_here": 3,
    "set_off_here": 4,
    "undo_here": 3,
    "amend_here": 3,
    "take_apart_here": 2,
    "put_together_here": 3,
    "cancel_here": 2,
    "post_anew_here": 2,
    "pay_there": 5,
    "pay_expected_there": 2,
    "pay_together_there": 2,
    "pay_faster_there": 2,
    "set_off_there": 3,
    "remove_there": 3,
    "remove_together_there": 1,
    "take_off_there": 2,
    "confirm_there": 1,
    "void_there": 1,
    "fail": 8,
    "tell": 5,
    "work": 6,
    "poll": 4,
}

#: Steps of one history.
_COUNT = 8

#: More than the moments that a poll reads twice, in seconds.
_HOUR = 180

#: Rounds after which everything must be quiet.
_ROUNDS = 15

#: What is on the documents of a history: always these, and some of those.
_ALWAYS = ("out_invoice", "in_invoice", "out_refund")
_SOMETIMES = ("out_invoice", "in_invoice", "in_refund", "foreign")


class History(Here, There, Checks):
    """One life.

    :param case: the test, connected
    :param seed: decides everything
    :param steps: what happens in it, and how often
    """

    def __init__(self, case, seed, steps=None):
        self.case, self.seed, self.steps = case, seed, steps or STEPS
        self.random = random.Random(seed)
        none = case.env["account.payment"]
        self.payments = self.entryless = self.short = none
        self.untold, self.told = [], []
        self.made_there, self.bank_lines = set(), {}

    def live(self):
        self.begin()
        names = self.random.choices(
            list(self.steps), list(self.steps.values()), k=_COUNT
        )
        for name in names:
            self.told.append(name)
            getattr(self, name)()
        self.end()
        self.check()

    def begin(self):
        """Documents that are in Xero."""
        self.case.xero.clear_calls()
        self.case.xero.drop_events()
        rules = ("undo", "undo", "send", "ask")
        self.case.connection.payment_deleted = self.random.choice(rules)
        some = self.random.sample(_SOMETIMES, 2)
        moves = self.case.env["account.move"]
        self.documents = moves.create([self.values(kind) for kind in (*_ALWAYS, *some)])
        self.documents.action_post()
        self.case.work()

    def values(self, kind):
        """Of one document."""
        sale = kind in ("out_invoice", "out_refund", "foreign")
        line = {"price_unit": self.random.choice((10, 20, 50, 99.99, 100))}
        if not sale:
            line |= {
                "account_id": self.case.expense.id,
                "tax_ids": [Command.set(self.case.purchase_tax.ids)],
            }
        values = {
            "move_type": "out_invoice" if kind == "foreign" else kind,
            "partner_id": (self.case.customer if sale else self.case.supplier).id,
            "invoice_date": "2026-07-03",
            "invoice_date_due": "2026-08-02",
            "invoice_line_ids": [Command.create(self.case._line(line))],
        }
        if not sale:
            values["ref"] = f"S-{next(self.case._numbers)}"
        if kind == "foreign":
            values["currency_id"] = self.case.usd.id
        return values

    # === WHAT IS RANDOM === #

    def pick(self, those):
        """One of them, or none where there is none."""
        if not those:
            return those
        return those[self.random.randrange(len(those))]

    def some_of(self, amount):
        """All of it, or a part."""
        part = self.random.choice((0.25, 0.5, 1, 1))
        return max(round(amount * part, 2), 0.01)

    def day(self):
        """Within a week, so that the same money on both sides is recognised."""
        return str(date(2026, 7, 10) + timedelta(days=self.random.randrange(4)))

    # === THE CONNECTOR === #

    def work(self):
        self.case.work()
        self.case.later()

    def plan(self):
        """Write down what is to be sent, and no more."""
        self.case.commit()
        with self.case.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["xero.connection"].browse(self.case.connection.id)._as_worker()._plan()
        self.case.env.invalidate_all()

    def poll(self):
        """The poll of every hour; what was read then is not read again."""
        self.case.fetch()
        self.case.xero.clock.advance(_HOUR)

    def end(self):
        """Nothing fails any more; everybody waits until all is quiet."""
        self.case.xero.clear_faults()
        for _round in range(_ROUNDS):
            before = len(self.writes())
            self.tell(everything=True)
            self.work()
            self.poll()
            if not self.busy() and len(self.writes()) == before:
                return
        busy = self.busy().mapped(lambda each: (each.resource, each.state, each.error))
        self.fail_with(f"never quiet: {busy}, {self.writes()[before:]}")

    def busy(self):
        requests = self.case.env["xero.request"]
        return requests.search([("state", "in", UNFINISHED)])

    def fail_with(self, message):
        self.case.fail(
            f"seed {self.seed}: {message}\n{' '.join(self.told)}\n{self.sent()}"
        )

    def sent(self):
        """The last requests, in words."""
        lines = self.case.env["xero.request.line"].search([], order="id desc", limit=12)
        return "\n".join(
            f"{line.request_id.name} {line.request_id.action} {line.link_id.resource}"
            f" of {line.link_id.record_name}: {line.outcome} {line.message or ''}"
            for line in lines.sorted()
        )
