"""What contacts cost: calls to send and to read them, and queries per page (I11)."""

import random

from .odoo import Queries
from .result import Result

OUT, OUT_CALLS = 1000, 21
IN, IN_CALLS = 10_000, 11
PAGE = 1000

#: First sync: so many on each side, so many of them the same people.
CROWD, SAME, CROWD_CALLS = 2000, 1500, 60

_CONSONANTS, _VOWELS = "bcdfghjklmnprstvwz", "aeiou"


def measure(bench):
    """Sending 1,000, reading 10,000, and a first sync of two full ledgers."""
    with bench.runner.on_duty():
        yield from _first_sync(bench)
        yield from _out(bench)
        yield from _in(bench)


def names(count, seed):
    """Different company names of two made-up words."""
    chance = random.Random(seed)

    def word():
        return "".join(
            chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(4)
        ).title()

    return [f"{word()} {word()}" for _ in range(count)]


def misspelled(name, chance):
    """The same name as another person would type it."""
    return chance.choice(
        (
            str.upper,
            str.lower,
            lambda text: text + " Ltd",
            lambda text: text.replace(" ", "  "),
            lambda text: text.replace(" ", "-"),
            lambda text: text.replace("a", "á", 1),
            lambda text: "The " + text + " Limited",
            lambda text: text[:-2] + text[-1] if len(text) > 8 else text,
        )
    )(name)


def _create_partners(bench, values):
    with bench.database.transaction() as env:
        return env["res.partner"].create(values).ids


def _create_there(bench, values):
    for each in values:
        bench.xero.create("contacts", each)


def _send(bench, ids):
    with bench.database.transaction() as env:
        env["res.partner"].browse(ids).action_xero_send()
    bench.runner.work()


def _set(bench, **options):
    with bench.connection() as connection:
        connection.write(options)
    bench.runner.forget()


def _first_sync(bench):
    """2,000 here and 2,000 there, of whom 1,500 are the same people."""
    chance = random.Random(5)
    everyone = names(CROWD * 2 - SAME, 5)
    ours, strangers = everyone[:CROWD], everyone[CROWD:]
    there = [misspelled(name, chance) for name in ours[:SAME]] + strangers
    chance.shuffle(there)
    _create_there(bench, [{"Name": name} for name in there])
    ids = _create_partners(bench, [{"name": n, "is_company": True} for n in ours])
    bench.xero.clear_calls()
    _send(bench, ids)
    calls = len(bench.xero.calls(kind="api"))
    yield Result("first sync of 2,000 and 2,000: calls", calls, CROWD_CALLS, most=True)
    created = len(bench.xero.documents("contacts")) - CROWD
    yield Result("first sync: contacts created twice", _doubled(bench, ids[:SAME]), 0)
    yield Result("first sync: contacts created", created)
    with bench.database.transaction() as env:
        pairs = env["xero.match"].search_count([("state", "=", "open")])
    yield Result("first sync: pairs for a person to decide", pairs)


def _doubled(bench, ids):
    """Of those who were there already, how many were created all the same."""
    with bench.database.transaction() as env:
        lines = env["xero.request.line"].search(
            [
                ("outcome", "=", "created"),
                ("link_id.res_model", "=", "res.partner"),
                ("link_id.res_id", "in", ids),
            ]
        )
        return len(lines)


def _out(bench):
    bench.read()
    values = [
        {"name": f"{name} {number:04d}", "is_company": True, "city": "York"}
        for number, name in enumerate(names(OUT, 7))
    ]
    ids = _create_partners(bench, values)
    bench.xero.clear_calls()
    _send(bench, ids)
    calls = len(bench.xero.calls(kind="api"))
    yield Result("1,000 contacts out: calls", calls, OUT_CALLS, most=True)


def _in(bench):
    address = {"AddressType": "POBOX", "AddressLine1": "1 High St", "City": "York"}
    with bench.database.transaction() as env:
        group = env["res.partner.category"].create({"name": "From Xero"}).id
    _set(bench, contact_direction="in", contact_default_category_id=group)
    bench.read()
    costs = {}
    for count in (PAGE // 10, PAGE, IN):
        found = names(count, count)
        bench.xero.clock.advance(150)
        bench.read()  # what was read last is not read again
        _create_there(
            bench,
            [
                {
                    "Name": f"{name} {count}-{number}",
                    "AccountNumber": f"I{count}-{number}",
                    "Addresses": [address],
                }
                for number, name in enumerate(found)
            ],
        )
        bench.xero.clear_calls()
        with Queries() as queries:
            bench.read()
        costs[count] = queries.count
        calls = [call for call in bench.xero.calls() if "/Contacts" in call["path"]]
        if count == IN:
            yield Result("10,000 contacts in: calls", len(calls), IN_CALLS, most=True)
    yield Result("contacts in: queries for 100", costs[PAGE // 10])
    yield Result("contacts in: queries for a page of 1,000", costs[PAGE])
    yield Result("contacts in: queries per page of 10,000", costs[IN] / (IN / PAGE))
