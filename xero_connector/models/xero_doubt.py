"""Doubt: what became of a write whose answer did not arrive. By reading, only (I4).

What was to be created is looked for under its number; where Xero gives the numbers, or
keeps them not unique, by everything that it says (``xero_doubt_alike.py``). What was to
be changed is read by its id and compared with what was sent.
"""

# What was found is committed before anything else.
# pylint: disable=invalid-commit

from dataclasses import dataclass, field

from odoo import fields, models

from ..lib import errors, held
from .xero_lane import Busy, Stopped

#: Numbers in one read, for the length of the address.
_CHUNK = 20


@dataclass
class Findings:
    """What became of each element."""

    adopted: list = field(default_factory=list)
    """In Xero and ours: (line, element)."""
    absent: list = field(default_factory=list)
    """Surely not in Xero: lines."""
    other: list = field(default_factory=list)
    """Lines whose number something else in Xero has."""
    alike: list = field(default_factory=list)
    """Nobody can tell which of several is whose: (line, how many)."""


class XeroRequest(models.Model):
    _inherit = "xero.request"

    def _doubt(self):
        """Read Xero back: adopt what is ours, plan again what is not there.

        A read that fails settles nothing: "could not read" is never "is not there"
        (I9).
        """
        if self.deadline_at and self.deadline_at > fields.Datetime.now():
            raise Busy(self._seconds_to_deadline())
        self._check_may_call()
        resource, sent = self._resource(), self._sent()
        try:
            found = self._read_back(resource, sent)
        except errors.AccessError:
            raise Stopped() from None
        except errors.XeroError as error:
            self._later(error.retry_after or 30, error.message)
        pairs = list(zip(self._open_lines(), sent, strict=True))
        self._settle_doubt(resource, self._judge(resource, pairs, found))

    def _settle_doubt(self, resource, findings):
        self._accept(findings.adopted, "adopted")
        none = self.line_ids.browse()
        absent, other = none.union(*findings.absent), none.union(*findings.other)
        if self.lookup_only:
            other |= absent
        else:
            self._send_again(absent)
        self._report_other(resource, other)
        self._report_alike(findings.alike)
        self.write(
            {"state": "done", "error": False, "settled_at": fields.Datetime.now()}
        )
        self._after()

    # === READ === #

    def _read_back(self, resource, sent):
        """What Xero has that may be these elements.

        :return: list of elements
        """
        if self.action == "update":
            ids = [each[resource.id_field] for each in sent]
            return self.connection_id._read_by_id(resource, ids)
        numbers = [
            str(each[resource.number_field])
            for each in sent
            if self._has_key(resource, each)
        ]
        found = []
        for start in range(0, len(numbers), _CHUNK):
            found += self._read_by_number(resource, numbers[start : start + _CHUNK])
        without = [each for each in sent if not self._has_key(resource, each)]
        return found + self._read_alike(resource, without)

    def _has_key(self, resource, element):
        """Whether Xero has at most one under the number that was sent."""
        return resource.unique_number and bool(element.get(resource.number_field))

    def _read_by_number(self, resource, numbers):
        name, connection = resource.number_field, self.connection_id
        if name == "InvoiceNumber" and not any("," in each for each in numbers):
            return connection._read_list(resource, invoice_numbers=numbers)
        return connection._read_list(resource, where=_any_of(name, numbers))

    # === JUDGE === #

    def _judge(self, resource, pairs, found):
        """What became of each element sent.

        :param pairs: list of (line, element as it was sent)
        :param found: elements as Xero has them
        """
        findings = Findings()
        if self.action == "update":
            self._judge_changes(resource, pairs, found, findings)
            return findings
        taken = self._taken_ids(resource, found)
        keyed = [pair for pair in pairs if self._has_key(resource, pair[1])]
        for line, element in keyed:
            self._judge_by_number(resource, line, element, found, taken, findings)
        without = [pair for pair in pairs if pair not in keyed]
        self._judge_alike(resource, without, found, taken, findings)
        return findings

    def _judge_changes(self, resource, pairs, found, findings):
        """A change arrived if Xero has all of it; else the plan looks again."""
        there = {each[resource.id_field].lower(): each for each in found}
        for line, element in pairs:
            now = there.get(element[resource.id_field].lower())
            if now and held.holds(now, element):
                findings.adopted.append((line, now))
            else:
                findings.absent.append(line)

    def _judge_by_number(self, resource, line, element, found, taken, findings):
        there, ours = self._pick(resource, found, line, element)
        if there is None:
            findings.absent.append(line)
        elif ours and there[resource.id_field] not in taken:
            findings.adopted.append((line, there))
            taken.add(there[resource.id_field])
        else:
            findings.other.append(line)

    def _pick(self, resource, found, line, sent):
        """The element that is ours, else any other that holds the number, else None.

        A number is unique among sales invoices only: a supplier's bill may have it too.
        """
        name, kind = resource.number_field, sent.get("Type")
        candidates = [
            each
            for each in found
            if str(each.get(name)).lower() == str(sent[name]).lower()
            and (not kind or each.get("Type") in (None, kind))
        ]
        model = self.env[resource.model]
        agreed = (line.agreed or {}) | {"at": self.sent_at}
        for there in candidates:
            if model._xero_is_ours(there, sent, agreed):
                return there, True
        return (candidates[0] if candidates else None), False

    def _taken_ids(self, resource, found):
        """Xero ids that other living records hold; links of deleted ones give way."""
        ids = [each[resource.id_field] for each in found]
        holders = self.env["xero.link"].search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("resource", "=", self.resource),
                ("xero_id", "in", ids),
                ("id", "not in", self._open_lines().link_id.ids),
            ]
        )
        alive = holders and holders._records()
        dead = holders.filtered(
            lambda link: link.res_id not in alive.ids and not link.request_id
        )
        dead.unlink()
        return set((holders - dead).mapped("xero_id"))

    # === SETTLE === #

    def _send_again(self, lines):
        """Surely absent: the links wait for a new request with a new key."""
        lines.outcome = "absent"
        lines.link_id.write(
            {"request_id": False, "state": "pending", "waiting_for": "plan"}
        )
        if lines:
            self.connection_id._wake_plan(by_user=self.by_user)

    def _report_other(self, resource, lines):
        """Xero has another record under this number: a person decides."""
        cause, sent = resource.number_taken, self._sent()
        for line in lines:
            if line.message:
                self._refuse(line, line.message.split("\n"))
                continue
            number = sent[line.position].get(resource.number_field)
            self._stop(line, cause, number=number, item=number)

    def _stop(self, line, cause, **values):
        """A note on one element that a person must look at."""
        line.outcome = "refused"
        link = line.link_id
        link.write({"state": "error", "request_id": False, "by_user": False})
        problem = link._problem(cause, **values)
        self.env["xero.note"]._raise(self.connection_id, [(link, problem, None)])


def _any_of(name, wanted):
    quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in wanted)
    return " OR ".join(f'{name}=="{value}"' for value in quoted)
