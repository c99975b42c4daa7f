"""Money on both sides in any order, with faults: both ledgers agree in the end.

``XERO_SEED=123`` lives that history again; ``XERO_MONEY_HISTORIES=1000`` lives so many,
from that seed on (see ``scripts/soak``).
"""

import os
from unittest.mock import patch

from ..models import (
    xero_part_doubt,
    xero_part_entryless,
    xero_part_payload,
    xero_part_values,
    xero_payments_match,
)
from .test_payments import PaymentCase
from .two_sided.history import History
from .two_sided.there import KEY

_FIRST = int(os.environ.get("XERO_SEED", 1))
_DEFAULT = 1 if "XERO_SEED" in os.environ else 60
_COUNT = int(os.environ.get("XERO_MONEY_HISTORIES", _DEFAULT))

#: Histories lived on one connection, one after the other.
_PER_TEST = 20

#: Seeds that found something wrong once, in the connector or in these checks.
_ONCE_WRONG = (
    1795374793,
    1795374830,
    1795374879,
    1795374899,
    1795374941,
    1795374999,
    1795375026,
    1795375138,
    1795375228,
    1795375342,
    1795375362,
    1795379840,
    1795380449,
    1795380571,
)

#: A broken engine must be noticed within so many.
_ENOUGH = 10


class TwoSidedCase(PaymentCase):
    """Each side has a bank of its own, and the rules for write-offs are chosen."""

    def setUp(self):
        super().setUp()
        self.feed = self.journal("Feed", "091", owner="xero")
        self.codes = {self.bank: "090", self.feed: "091"}
        self.account_codes = {
            each["AccountID"]: each.get("Code") for each in self.in_xero("accounts")
        }
        self.xero.set_limits(day=10**6, minute=10**6, app_minute=10**6)
        self.connection.write({"send_bills": True, "webhook_key": KEY})
        self.map_tax(self.connection, self.purchase_tax, "INPUT2")
        self.supplier = self.env["res.partner"].create({"name": "Steel & Sons"})
        self.write_offs = self.write_off_accounts()
        self.usd = self.dollars()
        self.xero.subscribe("http://localhost:8069/xero/webhook", KEY)

    def write_off_accounts(self):
        """One becomes a credit note, the other a second payment."""
        accounts = self.env["account.account"]
        for action, code in (("credit_note", "404"), ("payment", "405")):
            account = accounts.create(
                {"name": action, "code": f"99{code}0", "account_type": "expense"}
            )
            if action == "payment":
                self.xero.create(
                    "accounts",
                    {
                        "Code": code,
                        "Name": "Charges paid by",
                        "Type": "EXPENSE",
                        "EnablePaymentsToAccount": True,
                    },
                )
                self.connection.action_refresh_reference_data()
            self.write_off(account, action, code)
            accounts |= account
        return accounts

    def dollars(self):
        """A currency whose rate moved between invoice and payment."""
        usd = self.env.ref("base.USD")
        usd.active = True
        for day, rate in (("2026-07-03", 1.25), ("2026-07-10", 1.2)):
            values = {"currency_id": usd.id, "name": day, "rate": rate}
            self.env["res.currency.rate"].create(
                values | {"company_id": self.company.id}
            )
        return usd

    def liquidity(self, journal):
        """Accounts that a journal's money stands on."""
        lines = journal.inbound_payment_method_line_ids
        lines |= journal.outbound_payment_method_line_ids
        payments = self.env["account.payment"].search([("journal_id", "=", journal.id)])
        return (
            journal.default_account_id
            | lines.payment_account_id
            | payments.outstanding_account_id
        )


class TestTwoSided(TwoSidedCase):
    """The histories of the suite."""

    def live(self, seeds):
        """Live them, and see that most documents agree without a word."""
        documents, declared = 0, 0
        for seed in seeds:
            history = History(self, seed)
            history.live()
            documents += len(history.documents)
            declared += len({name for name, _reason in history.declared})
        if len(seeds) >= _PER_TEST:
            self.assertLess(declared, documents / 2)

    def test_once_wrong(self):
        """I4, I7, I8, I13, I14: what was wrong once is right since."""
        self.live(_ONCE_WRONG)


def _lives(seeds):
    def test(self):
        """S147, S190, S200, S205, S206, S209, N9, N13, N26, N29, T40, T41, T43, T44,
        I4, I7, I8, I13, I14: no payment twice, none lost, and each difference says
        why."""
        self.live(seeds)

    return test


for _start in range(_FIRST, _FIRST + _COUNT, _PER_TEST):
    _seeds = range(_start, min(_start + _PER_TEST, _FIRST + _COUNT))
    setattr(TestTwoSided, f"test_histories_from_{_start}", _lives(_seeds))


# === BROKEN ON PURPOSE === #


def _link_nothing(connection, element, document):
    """Money that was entered on both sides is taken for two payments."""
    return connection.env["xero.part"]


def _find_nothing(request, free, sent):
    """What is in doubt is never found in Xero."""
    return None


def _adopt_nothing(parts, known, values):
    """The bank's line is another payment than the one that announced it."""
    return parts.browse()


def _agree(part, assessment, link):
    """What Xero recorded first is taken as it is, whatever its amount."""
    assessment.action = "nothing"
    return assessment


def _settle_in_full(parts, connection, each, known, rules):
    """The bank got what was settled, whatever was written off."""
    found = _money_values(parts, connection, each, known, rules)
    for values in found.values():
        if values["kind"] == "payment" and not values["account_id"]:
            values["amount"] = values["settled"]
    return found


_money_values = xero_part_values.XeroPart._money_values

#: What is broken, how, and steps that it takes to notice.
_BROKEN = {
    "not linked": (
        (xero_payments_match.XeroConnection, "_part_for", _link_nothing),
        ("expect_here", "work", "pay_expected_there"),
    ),
    "not found": (
        (xero_part_doubt.XeroRequest, "_pick_alike", _find_nothing),
        ("pay_here", "fail", "work"),
    ),
    "not adopted": (
        (xero_part_entryless.XeroPart, "_adopted", _adopt_nothing),
        ("pay_without_entry_here", "match_bank_line_here", "work"),
    ),
    "settled": (
        (xero_part_values.XeroPart, "_money_values", _settle_in_full),
        ("pay_short_here", "work"),
    ),
    "not said": (
        (xero_part_payload.XeroPart, "_xero_assess_theirs", _agree),
        ("set_off_here", "set_off_there"),
    ),
}


class TestBroken(TwoSidedCase):
    """An engine that is broken on purpose is noticed."""


def _notices(how):
    def test(self):
        """I4, I13: the checks above would notice."""
        broken, steps = _BROKEN[how]
        with patch.object(*broken):
            for seed in range(1, _ENOUGH + 1):
                try:
                    History(self, seed, dict.fromkeys(steps, 1)).live()
                except AssertionError as error:
                    self.assertIn(f"seed {seed}: ", str(error))
                    return
        self.fail(f"{_ENOUGH} histories did not notice: {how}")

    return test


for _how in _BROKEN:
    setattr(TestBroken, f"test_{_how.replace(' ', '_')}", _notices(_how))
