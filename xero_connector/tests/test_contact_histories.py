"""Random histories of contacts: two users, one on each side, and everything between.

Both create, edit, rename, archive and merge while jobs, readings and faults interleave.
Once all is quiet both sides are equal field by field, nobody is there twice, and no
edit is lost except to a declared conflict.

``XERO_SEED=123`` lives that history again; ``XERO_HISTORIES=1000`` lives so many, from
that seed on (see ``scripts/soak``).
"""

import os
import random

from odoo.addons.xero_connector.lib import contacts

from .test_contacts_in import ADDRESS as UK
from .test_contacts_in import InCase

#: As Odoo writes it, so that equal is equal.
ADDRESS = UK | {"Country": "United Kingdom"}

_FIRST = int(os.environ.get("XERO_SEED", 1))
_DEFAULT = 1 if "XERO_SEED" in os.environ else 60
_COUNT = int(os.environ.get("XERO_HISTORIES", _DEFAULT))

#: Histories lived on one connection, one after the other.
_PER_TEST = 10
_STEPS = 14

#: What both users edit: ours, theirs.
_FIELDS = {
    "name": ("name", "Name"),
    "email": ("email", "EmailAddress"),
    "company_number": ("company_registry", "CompanyNumber"),
    "phone": ("phone", "Phones"),
    "postal": ("street", "Addresses"),
}


class History:
    """One life of a few contacts.

    :param case: the test, connected
    """

    def __init__(self, case, seed):
        self.case, self.seed = case, seed
        self.random = random.Random(seed)
        self.ours = case.env["res.partner"]
        self.edits = {}
        self.untraceable = set()
        self.number = 0
        self.told = []

    def live(self):
        winner = self.random.choice(("odoo", "xero", "ask"))
        self.case.connection.contact_conflict = winner
        self.create_here()
        self.create_there()
        self.case.fetch()
        for _step in range(_STEPS):
            step = self.random.choice(self.steps())
            self.told.append(step.__name__)
            step()
        self.settle()
        self.check()

    def steps(self):
        often = [self.edit_here, self.edit_there, self.case.work, self.case.fetch]
        seldom = [
            self.create_here,
            self.create_there,
            self.fault,
            self.archive_there,
            self.archive_here,
            self.merge_there,
            self.merge_here,
            self.case.later,
        ]
        return often * 4 + seldom

    # What people do

    def value(self, name):
        """A value that nobody used before."""
        self.number += 1
        mark = f"{self.seed}x{self.number}"
        return {
            "name": f"{self.random.choice(_NAMES)} {mark}",
            "email": f"u{mark}@example.com",
            "company_number": f"X{mark}Q",
            "phone": f"+44 {self.seed:05d} {self.number:05d}",
            "postal": f"{mark} High St",
        }[name]

    def create_here(self):
        partner = self.case.partner(self.value("name"), email=self.value("email"))
        self.ours |= partner
        partner.with_user(self.case.accountant).action_xero_send()

    def create_there(self):
        name = self.value("name")
        number = f"R{self.seed}-{self.number}"
        self.case.stranger(name, AccountNumber=number, Addresses=[ADDRESS])

    def edit_here(self):
        partner = self.pick(self.ours.exists().filtered("active"))
        if partner:
            name = self.random.choice(list(_FIELDS))
            value = self.value(name)
            partner[_FIELDS[name][0]] = value
            self.remember(partner, name, "odoo", value)

    def edit_there(self):
        contact = self.pick(self.alive_there())
        if contact:
            name = self.random.choice(list(_FIELDS))
            value = self.value(name)
            values = {
                "phone": [{"PhoneType": "DEFAULT", "PhoneNumber": value}],
                "postal": [ADDRESS | {"AddressLine1": value}],
            }
            there = {_FIELDS[name][1]: values.get(name, value)}
            self.case.xero.update("contacts", contact["ContactID"], there)
            self.remember(self.partner_of(contact), name, "xero", value)

    def archive_there(self):
        contact = self.pick(self.alive_there())
        if contact:
            self.case.xero.archive_contact(contact["ContactID"])

    def archive_here(self):
        partner = self.pick(self.ours.exists().filtered("active"))
        if partner:
            partner.active = False

    def merge_there(self):
        loser, winner = self.pick(self.alive_there()), self.pick(self.alive_there())
        if loser and loser["ContactID"] != winner["ContactID"]:
            for each in (loser, winner):
                self.untraceable |= set(self.partner_of(each).ids)
            self.case.xero.merge_contacts(loser["ContactID"], winner["ContactID"])

    def merge_here(self):
        partners = self.ours.exists().filtered("active")
        gone, stays = self.pick(partners), self.pick(partners)
        links = self.case.env["xero.link"].search(
            [("res_model", "=", "res.partner"), ("res_id", "in", (gone + stays).ids)]
        )
        if gone and gone != stays and not links.request_id:
            self.untraceable |= set((gone | stays).ids)
            wizard = self.case.env["base.partner.merge.automatic.wizard"].create({})
            wizard._merge((gone | stays).ids, stays, extra_checks=False)
            self.case.env.invalidate_all()

    def fault(self):
        kind = self.random.choice(
            ("answer_lost", "dropped", "unavailable", "minute_limit", "server_error")
        )
        method = self.random.choice(("GET", "PUT", "POST"))
        options = {"retry_after": 1} if kind == "minute_limit" else {}
        if kind == "server_error":
            options["committed"] = self.random.random() < 0.5
        self.case.xero.fault(kind, path="/Contacts", method=method, **options)

    # Who is who

    def pick(self, those):
        if not those:
            return those
        return those[self.random.randrange(len(those))]

    def alive_there(self):
        mark = f" {self.seed}x"
        return [
            each
            for each in self.case.in_xero("contacts")
            if each["ContactStatus"] == "ACTIVE" and mark in each["Name"]
        ]

    def partner_of(self, contact):
        """Who a contact is; by our number while the answer that says so is lost."""
        prefix = f"{self.case.connection.contact_prefix}-"
        link = self.case.env["xero.link"].search(
            [("xero_id", "=", contact["ContactID"]), ("superseded_by_id", "=", False)]
        )
        number = (contact.get("ContactNumber") or "").removeprefix(prefix)
        own = int(number) if number.isdigit() else ()
        return self.case.env["res.partner"].browse(link.res_id or own)

    def remember(self, partner, name, side, value):
        key = (partner.id, name)
        if not partner:
            return
        self.edits.setdefault(key, {})[side] = value

    # The end

    def settle(self):
        case = self.case
        case.xero.clear_faults()
        for _round in range(4):
            case.later()
            case.work()
            case.fetch()
        case.settle()
        self.ours |= case.env["res.partner"].search(
            [("name", "like", f" {self.seed}x")]
        )

    def check(self):
        conflicts = self.check_equal()
        self.check_once()
        self.check_edits(conflicts)
        self.check_quiet()

    def say(self, message):
        return f"seed {self.seed}: {message}\n{' '.join(self.told)}"

    def check_equal(self):
        """Both sides hold the same, but for what a person is asked about."""
        case, asked = self.case, set()
        there = {each["ContactID"]: each for each in case.in_xero("contacts")}
        worker = case.connection._as_worker()
        partners = self.ours.exists().with_env(worker.env)
        facts = partners._xero_facts(case.connection)
        for partner in partners.filtered("xero_id"):
            link = partner._xero_link()
            case.assertFalse(link.request_id, self.say("in flight"))
            if link.note_id.state == "open":
                asked.add(partner.id)
                continue
            ours = partner._xero_flat(facts)
            theirs = contacts.read(there[link.xero_id])
            if theirs["archived"]:
                words = f"{partner.name} archived {link.state} {link.snapshot}"
                case.assertTrue(ours["archived"], self.say(words))
                continue
            if link.snapshot["here"]["archived"] != link.snapshot["there"]["archived"]:
                ours["archived"] = ""  # archived here before it went
            for name in ours:
                same = contacts.same(name, ours[name], theirs[name])
                words = f"{partner.name} {name}: {ours[name]} {theirs[name]}"
                words += f" {link.snapshot} {self.edits}"
                case.assertTrue(same, self.say(words))
        return asked

    def check_once(self):
        """Nobody is there twice: each contact is one partner, and ours all are."""
        case = self.case
        links = case.env["xero.link"].search([("resource", "=", "contact")])
        known = set(links.mapped("xero_id"))
        prefix = case.connection.contact_prefix
        for contact in self.alive_there():
            if contact.get("ContactNumber", "").startswith(prefix):
                words = f"{contact['Name']} was created and is linked to nobody"
                case.assertIn(contact["ContactID"], known, self.say(words))
        names = [each["Name"].casefold() for each in self.alive_there()]
        case.assertEqual(len(names), len(set(names)), self.say("two of a name there"))
        active = self.ours.exists().filtered("active")
        names = [each.name.casefold() for each in active]
        case.assertEqual(len(names), len(set(names)), self.say("two of a name here"))

    def check_edits(self, asked):
        """What only one side edited is as that side left it."""
        for (partner_id, name), sides in self.edits.items():
            partner = self.ours.browse(partner_id).exists()
            if partner_id in asked | self.untraceable or not partner.active:
                continue
            own = partner[_FIELDS[name][0]]
            words = f"{partner.name} {name} is {own}, edited: {sides}"
            self.case.assertIn(own, sides.values(), self.say(words))

    def check_quiet(self):
        case = self.case
        case.xero.clear_calls()
        self.ours.exists()._xero_touch()
        case.work()
        case.fetch()
        case.work()
        writes = [c for c in case.xero.calls(payloads=True) if c["method"] != "GET"]
        case.assertEqual(writes, [], self.say("not quiet"))


_NAMES = ("Quartz", "Maple", "Zephyr", "Ibex", "Juniper", "Walnut", "Osprey", "Kestrel")


class TestContactHistories(InCase):
    """The same, on six connections in the suite."""


def _lives(seeds):
    def test(self):
        """I5, I7, I8, I9, N4, N11: whatever happens in whatever order."""
        self.xero.set_limits(day=10**6, minute=10**6)
        self.both(contact_archive=True)
        for seed in seeds:
            History(self, seed).live()

    return test


for _start in range(_FIRST, _FIRST + _COUNT, _PER_TEST):
    _seeds = range(_start, min(_start + _PER_TEST, _FIRST + _COUNT))
    setattr(TestContactHistories, f"test_histories_from_{_start}", _lives(_seeds))
