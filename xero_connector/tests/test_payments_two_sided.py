"""Money on both sides in any order, with faults: equal amounts due in the end."""

import os
import random

from odoo import SUPERUSER_ID, api

from .test_payments import PaymentCase

_FIRST = int(os.environ.get("XERO_SEED", 1))
_SEEDS = range(_FIRST, _FIRST + int(os.environ.get("XERO_MONEY_HISTORIES", 4)))

#: How often each thing happens.
_WEIGHTS = {
    "pay_here": 4,
    "pay_together": 2,
    "pay_there": 4,
    "undo_here": 2,
    "remove_there": 2,
    "fault": 2,
    "work_now": 2,
    "pull": 2,
}


class TestTwoSided(PaymentCase):
    """Each side has a bank of its own; what is deleted there is undone here."""

    def setUp(self):
        super().setUp()
        self.connection.payment_deleted = "undo"
        self.xero.set_limits(minute=10000)  # here a minute takes a second
        self.feed = self.journal("Feed", "091", owner="xero")

    def test_histories(self):
        """S147, S200, S205, T43, I4, I13, I14: no payment twice, none lost."""
        for seed in _SEEDS:
            with self.subTest(seed=seed):
                self.live(random.Random(seed))

    def live(self, chance):
        self.documents = self.env["account.move"]
        for price in (100, 50, 20, 10):
            self.documents |= self.invoice({"price_unit": price})
        self.settle()
        names, weights = zip(*_WEIGHTS.items(), strict=True)
        for step in chance.choices(names, weights, k=12):
            getattr(self, step)(chance)
        self.xero.clear_faults()
        for _round in range(2):
            self.settle()
            self.pull()
        self.settle()
        self.check()

    # === STEPS === #

    def pay_here(self, chance):
        open_ones = self.documents.filtered("amount_residual")
        if open_ones:
            document = chance.choice(open_ones)
            part = chance.choice([0.25, 0.5, 1])
            self.register(document, round(document.amount_residual * part, 2))

    def pay_together(self, chance):
        open_ones = self.documents.filtered("amount_residual")
        if len(open_ones) > 1:
            self.register(open_ones[:2], group_payment=True)

    def pay_there(self, chance):
        document = chance.choice(self.documents)
        due = self.due(document)
        if due:
            amount = round(due * chance.choice([1, 2, 4]) / 4, 2)
            self.xero.pay(
                document._xero_link().xero_id,
                amount=amount,
                account="091",
                date="2026-08-20",
            )

    def undo_here(self, chance):
        payments = self.env["account.payment"].search(
            [("journal_id", "=", self.bank.id), ("state", "!=", "canceled")]
        )
        if payments:
            payment = chance.choice(payments)
            payment.action_draft()
            payment.action_cancel()

    def remove_there(self, chance):
        payments = [
            each
            for each in self.in_xero("payments")
            if each["Status"] == "AUTHORISED" and not each.get("BatchPaymentID")
        ]
        if payments:
            self.xero.remove_payment(chance.choice(payments)["PaymentID"])

    def fault(self, chance):
        kind = chance.choice(["answer_lost", "dropped", "bad_gateway", "server_error"])
        self.xero.fault(kind, path="Payments", times=1)

    def work_now(self, chance):
        self.work()
        self.later()

    def pull(self, chance=None):
        self.commit()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            worker = env["xero.connection"].browse(self.connection.id)._as_worker()
            resource = env["xero.resource"]._get("payment")
            try:
                worker._apply_payments(worker._read_list(resource, page_size=1000))
            except Exception:
                if chance is None:
                    raise
        self.env.invalidate_all()

    # === IN THE END === #

    def check(self):
        """Equal amounts due, but for documents that are paid on both sides at once."""
        noted = self.env["xero.note"].search([("state", "=", "open")])
        parts = self.env["xero.part"].browse(noted.link_ids.mapped("res_id"))
        disputed = parts.document_id
        for document in self.documents - disputed:
            paid_twice = self.due(document) == 0 and document.amount_residual == 0
            self.assertTrue(
                paid_twice
                or abs(float(self.due(document)) - document.amount_residual) < 0.005,
                (document.name, self.due(document), document.amount_residual),
            )
        live = [p for p in self.in_xero("payments") if p["Status"] == "AUTHORISED"]
        links = self.env["xero.link"].search(
            [("resource", "=", "payment"), ("state", "=", "synced")]
        )
        there = {each["PaymentID"] for each in live}
        self.assertLessEqual(set(links.mapped("xero_id")), there)
        busy = self.env["xero.request"].search(
            [("state", "in", ("ready", "uncertain"))]
        )
        self.assertFalse(busy)
