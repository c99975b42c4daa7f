"""Who in one list is whom in another: customers here, contacts in Xero.

First what is meant to identify, then what merely resembles: account reference, tax
number, name, e-mail. A match is *sure* only where exactly one candidate fits, on both
sides, and nothing contradicts it; everything else is for a person to decide (S35, N23).
"""

import dataclasses
import functools
import re
import unicodedata
from collections import Counter, defaultdict

#: How much two names must have in common to be asked about, of 1.
ALIKE = 0.7

#: Words that say what kind of company it is, not which.
_FORMS = frozenset(
    [
        "ab",
        "ag",
        "as",
        "bv",
        "co",
        "company",
        "corp",
        "corporation",
        "gmbh",
        "inc",
        "incorporated",
        "kg",
        "limited",
        "llc",
        "llp",
        "ltd",
        "lp",
        "nv",
        "oy",
        "plc",
        "pte",
        "pty",
        "sa",
        "sarl",
        "sas",
        "spa",
        "srl",
        "the",
        "und",
        "and",
    ]
)
_SPELLED = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "þ": "th"}
)

#: Rare pieces of a name that are looked up; names that share none are not alike.
_RAREST = 8


@dataclasses.dataclass(frozen=True)
class Party:
    """A customer or a contact, by what tells it from others.

    ``id`` is whatever the caller knows it by; texts are "" where there is none.
    """

    id: object
    name: str
    account: str = ""
    tax: str = ""
    email: str = ""
    town: str = ""
    currency: str = ""

    @property
    def keys(self):
        """What it is found by, normalised, strongest first; without empty ones."""
        found = {
            "account": account_key(self.account),
            "tax": tax_key(self.tax),
            "name": name_key(self.name),
            "email": email_key(self.email),
        }
        return {kind: key for kind, key in found.items() if key}


@dataclasses.dataclass(frozen=True)
class Candidate:
    """Somebody who may be the same.

    ``reason`` is ``account``, ``tax``, ``name``, ``email`` or ``alike``; ``sure``
    whether nothing speaks against it.
    """

    id: object
    reason: str
    sure: bool


def plain(text):
    """Small Latin letters, digits and single spaces; accents are taken off."""
    spelled = unicodedata.normalize("NFKD", (text or "").casefold().translate(_SPELLED))
    kept = "".join(c for c in spelled if not unicodedata.combining(c))
    kept = re.sub(r"['\u2019`.]", "", kept)
    return re.sub(r"[\W_]+", " ", kept).strip()


def name_key(name):
    """A name without case, accents, punctuation, legal form and order of words."""
    words = plain(name).split()
    kept = [word for word in words if word not in _FORMS] or words
    return "".join(sorted(kept))


def tax_key(number):
    """Letters and digits of a tax number; "/" and the like mean none."""
    key = re.sub(r"[^0-9A-Z]", "", (number or "").upper())
    return key if len(key) > 3 else ""


def email_key(email):
    return (email or "").strip().casefold()


def account_key(reference):
    return (reference or "").strip().casefold()


def same_name(one, other):
    """Whether two names are similar enough to be of the same."""
    return likeness(name_key(one), name_key(other)) >= ALIKE


def likeness(one, other):
    """How much two name keys have in common, between 0 and 1."""
    first, second = _pieces(one), _pieces(other)
    total = sum(first.values()) + sum(second.values())
    return 2 * sum((first & second).values()) / total if total else 0.0


def _pieces(key):
    """Overlapping pairs of letters, with the ends marked."""
    marked = f" {key} "
    return Counter(marked[place : place + 2] for place in range(len(marked) - 1))


class Index:
    """A list of parties that others are looked up in.

    :param parties: iterable of :class:`Party`; only those nobody has been joined with.
    """

    def __init__(self, parties):
        self._parties = {party.id: party for party in parties}
        self._by_key = defaultdict(list)
        self._names = {}
        for party in self._parties.values():
            keys = party.keys
            for kind, key in keys.items():
                self._by_key[kind, key].append(party.id)
            self._names[party.id] = keys.get("name", "")

    @functools.cached_property
    def _by_piece(self):
        """Who has which three letters in a row; made when names are first compared."""
        found = defaultdict(set)
        for id_, name in self._names.items():
            for piece in _triples(name):
                found[piece].add(id_)
        return found

    def count(self, kind, key):
        """How many have this key."""
        return len(self._by_key.get((kind, key), ()))

    def candidates(self, party, others=None):
        """Who may be the same as ``party``, the strongest reason first.

        :param Index others: the list that ``party`` is from: of two with the same name
            or tax number there, neither is surely the one.
        :rtype: list[Candidate]
        """
        found = {}
        for kind, key in party.keys.items():
            ids = self._by_key.get((kind, key), ())
            alone = len(ids) == 1 and (others is None or others.count(kind, key) <= 1)
            for id_ in ids:
                sure = alone and self._is_sure(kind, party, self._parties[id_])
                found.setdefault(id_, Candidate(id_, kind, sure))
        strongest = min(found.values(), key=_strength, default=None)
        if strongest and strongest.sure and _is_alone(strongest, found.values()):
            return [strongest]
        for id_ in self._alike(party.keys.get("name", "")):
            found.setdefault(id_, Candidate(id_, "alike", False))
        return [dataclasses.replace(each, sure=False) for each in found.values()]

    def _is_sure(self, kind, one, other):
        """Whether nothing contradicts that these two are the same."""
        if contradict(account_key(one.account), account_key(other.account)):
            return False
        if kind == "account":
            return same_name(one.name, other.name)
        if contradict(tax_key(one.tax), tax_key(other.tax)):
            return False
        if kind == "name":
            return not contradict(one.currency, other.currency)
        return same_name(one.name, other.name)

    def _alike(self, name):
        """Ids of those with a similar name."""
        pieces = sorted(
            _triples(name), key=lambda piece: (len(self._by_piece[piece]), piece)
        )
        near = set()
        for piece in pieces[:_RAREST]:
            near |= self._by_piece[piece]
        return [id_ for id_ in near if likeness(name, self._names[id_]) >= ALIKE]


def contradict(one, other):
    """Whether both say something, and not the same."""
    return bool(one and other and one != other)


def _strength(candidate):
    return ("account", "tax", "name", "email", "alike").index(candidate.reason)


def _is_alone(candidate, found):
    """No one else has as strong a reason."""
    own = _strength(candidate)
    return all(_strength(each) > own for each in found if each is not candidate)


def _triples(key):
    marked = f" {key} "
    return {marked[place : place + 3] for place in range(len(marked) - 2)}
