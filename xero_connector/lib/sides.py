"""Two sides that both changed: what to send, what to take, what to ask (N4, I15).

Each side is compared with what *it* held when both last agreed, not with the other:
what one side cannot hold exactly (a country that Xero keeps as text, a text that is
cut) is then no change, and nothing is written back and forth.
"""

import dataclasses

ODOO, XERO, ASK = "odoo", "xero", "ask"


@dataclasses.dataclass
class Merge:
    """What becomes of two sides.

    ``send`` goes to Xero and ``take`` to Odoo, as dictionaries of field to value;
    ``conflicts`` are fields that a person must decide. ``here`` and ``there`` are what
    the two sides agreed on last, with the fields that turned out equal brought up to
    date; fields of ``send`` and ``take`` follow once they are written.
    """

    send: dict = dataclasses.field(default_factory=dict)
    take: dict = dataclasses.field(default_factory=dict)
    conflicts: list = dataclasses.field(default_factory=list)
    here: dict = dataclasses.field(default_factory=dict)
    there: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Rules:
    """Who may write what.

    :ivar sendable: fields that may go to Xero.
    :ivar takeable: fields that may come to Odoo.
    :ivar winner: of a true conflict: ``odoo``, ``xero`` or ``ask``.
    :ivar same: ``same(field, a, b)``: whether two values mean the same.
    """

    sendable: frozenset
    takeable: frozenset
    winner: str = ASK
    same: object = staticmethod(lambda name, one, other: one == other)


def merge(here, there, ours, theirs, rules):
    """Merge two sides field by field.

    :param dict here: what Odoo held when both last agreed.
    :param dict there: what Xero held then.
    :param dict ours: what Odoo holds now; its fields are the ones compared.
    :param dict theirs: what Xero holds now.
    :param Rules rules: who may write what, and who wins.
    :rtype: Merge
    """
    merged = Merge(here=dict(here), there=dict(there))
    for name, our in ours.items():
        their = theirs.get(name)
        we_changed = not rules.same(name, our, here.get(name))
        they_changed = not rules.same(name, their, there.get(name))
        if not we_changed and not they_changed:
            continue
        if rules.same(name, our, their):
            merged.here[name], merged.there[name] = our, their
        elif we_changed and they_changed:
            _decide(merged, name, our, their, rules)
        elif we_changed:
            _put(merged.send, name, our, rules.sendable)
        else:
            _put(merged.take, name, their, rules.takeable)
    return merged


def _decide(merged, name, our, their, rules):
    """Both changed it, to different values."""
    if rules.winner == ODOO:
        _put(merged.send, name, our, rules.sendable)
    elif rules.winner == XERO:
        _put(merged.take, name, their, rules.takeable)
    elif name in rules.sendable or name in rules.takeable:
        merged.conflicts.append(name)


def _put(values, name, value, allowed):
    if name in allowed:
        values[name] = value


def first_agreement(ours, theirs, rules):
    """What two sides that were joined just now count as having agreed on.

    What only one side holds flows to the other. Where both hold something else, the
    winner's flows; with ``ask`` each keeps its own, and only later edits travel.

    :returns: ``(here, there)`` for :func:`merge`.
    """
    here, there = {}, {}
    for name, our in ours.items():
        their = theirs.get(name)
        here[name], there[name] = our, their
        if rules.same(name, our, their):
            continue
        if says(our) and (not says(their) or rules.winner == ODOO):
            here[name] = None
        elif says(their) and (not says(our) or rules.winner == XERO):
            there[name] = None
    return here, there


def says(value):
    """Whether a value says anything; an address of empty lines does not."""
    return any(value or ())
