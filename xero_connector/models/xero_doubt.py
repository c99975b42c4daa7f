"""Doubt: what became of a write whose answer did not arrive. By reading, only (I4)."""

# What was found is committed before anything else.
# pylint: disable=invalid-commit

from odoo import fields, models

from ..lib import errors, wire
from .xero_plan import Busy, Stopped
from .xero_sync_mixin import Problem

#: Ids or numbers in one read, for the length of the address.
_CHUNK = 20


class XeroRequest(models.Model):
    _inherit = "xero.request"

    def _doubt(self):
        """Read Xero back by natural key: adopt what is ours, plan again what is not
        there.

        A read that fails settles nothing: "could not read" is never "is not there"
        (I9).
        """
        if self.deadline_at and self.deadline_at > fields.Datetime.now():
            raise Busy(self._seconds_to_deadline())
        self._check_may_call()
        resource = self.env["xero.resource"]._get(self.resource)
        sent = wire.loads(self.payload)[resource.endpoint]
        lines = self.line_ids.sorted("position")
        try:
            found = self._read_back(resource, sent)
        except errors.AccessError:
            raise Stopped() from None
        except errors.XeroError as error:
            self._later(error.retry_after or 30, error.message)
        adopted, absent, other = [], lines.browse(), []
        taken = self._taken_ids(resource, lines, found)
        for line, element in zip(lines, sent, strict=True):
            there, ours = self._pick(
                resource, found.get(self._key(resource, element), []), line, element
            )
            if ours and there[resource.id_field] in taken:
                ours = False
            if there is None or (self.action == "update" and not ours):
                absent |= line
            elif ours:
                adopted.append((line, there))
                taken.add(there[resource.id_field])
            else:
                other.append((line, there))
        self._accept(adopted, "adopted")
        if self.lookup_only:
            other += [(line, None) for line in absent]
        else:
            self._send_again(absent)
        self._report_other(resource, other)
        self.write(
            {"state": "done", "error": False, "settled_at": fields.Datetime.now()}
        )
        self._after()

    def _pick(self, resource, candidates, line, sent):
        """The element that is ours, else any other that holds the number, else None.

        A number is unique among sales invoices only: a supplier's bill may have it too.
        """
        kind = sent.get("Type")
        if kind:
            candidates = [
                each for each in candidates if each.get("Type") in (None, kind)
            ]
        for there in candidates:
            if self._is_ours(resource, there, sent, line.agreed or {}):
                return there, True
        return (candidates[0] if candidates else None), False

    def _taken_ids(self, resource, lines, found):
        """Xero ids that other living records hold; links of deleted ones give way."""
        ids = [each[resource.id_field] for some in found.values() for each in some]
        holders = self.env["xero.link"].search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("resource", "=", self.resource),
                ("xero_id", "in", ids),
                ("id", "not in", lines.link_id.ids),
            ]
        )
        alive = holders and holders._records()
        dead = holders.filtered(lambda link: link.res_id not in alive.ids)
        dead.unlink()
        return set((holders - dead).mapped("xero_id"))

    def _key(self, resource, element):
        """By which one element is found: its id for changes, else its number."""
        name = resource.id_field if self.action == "update" else resource.number_field
        return str(element.get(name) or "").lower()

    def _read_back(self, resource, sent):
        """What Xero has of these elements now.

        :return: dict of key to list of elements
        """
        name = resource.id_field if self.action == "update" else resource.number_field
        found = {}
        for start in range(0, len(sent), _CHUNK):
            wanted = [str(each[name]) for each in sent[start : start + _CHUNK]]
            for element in self._read(resource, name, wanted):
                found.setdefault(self._key(resource, element), []).append(element)
        return found

    def _read(self, resource, name, wanted):
        """One read of some elements by number or id."""
        parameters = dict(resource.parameters)
        if resource.name == "item":
            parameters["where"] = self._any_of(name, wanted)
        elif name == "InvoiceNumber" and not any("," in each for each in wanted):
            parameters |= {"invoice_numbers": wanted, "page": 1}
        elif self.action == "update":
            parameters |= {"i_ds": wanted, "page": 1}
        else:
            parameters |= {"where": self._any_of(name, wanted), "page": 1}
        if resource.name == "contact":
            parameters["include_archived"] = True
        answer = self.connection_id._call(resource.read, **parameters)
        return answer.elements(resource.endpoint)

    def _any_of(self, name, wanted):
        quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in wanted)
        return " OR ".join(f'{name}=="{value}"' for value in quoted)

    def _is_ours(self, resource, there, sent, agreed):
        """Whether what Xero has is what we sent."""
        model = self.env[resource.model]
        if self.action == "update":
            return model._xero_is_updated(there, sent)
        return model._xero_is_ours(there, sent, agreed)

    def _send_again(self, lines):
        """Surely absent: the links wait for a new request with a new key."""
        lines.outcome = "absent"
        lines.link_id.write(
            {"request_id": False, "state": "pending", "waiting_for": "plan"}
        )
        if lines:
            self.connection_id._wake_plan(by_user=self.by_user)

    def _report_other(self, resource, other):
        """Xero has another record under this number: a person decides."""
        cause = resource.number_taken
        sent = wire.loads(self.payload)[resource.endpoint]
        for line, _there in other:
            if line.message:
                self._refuse(line, line.message.split("\n"))
                continue
            line.outcome = "refused"
            link = line.link_id
            link.write({"state": "error", "request_id": False})
            number = sent[line.position][resource.number_field]
            problem = Problem(
                cause,
                f"{cause}:{link.res_model},{link.res_id}",
                {"name": link.record_name or "", "number": number, "item": number},
            )
            self.env["xero.note"]._raise(self.connection_id, [(link, problem, None)])
