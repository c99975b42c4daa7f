"""One payment over many documents is one batch in Xero, and one line at the bank (N29).

A request with a batch has a line for each part, like any other; only its call and its
answer have another form. A batch is deleted as a whole or not at all (T45).
"""

import dataclasses

from odoo import api, models
from odoo.fields import Domain

from ..lib import batches, elements, wire
from .xero_document_withdrawal import WITHDRAWN
from .xero_look import STALE

CREATE, DELETE = "create_batch_payment", "delete_batch_payment"


class XeroPart(models.Model):
    _inherit = "xero.part"

    @api.model
    def _xero_calls(self, resource, action, assessments):
        if resource.name != "payment":
            return super()._xero_calls(resource, action, assessments)
        key = _batch_of if action == "update" else _batchable
        groups, alone = {}, []
        for each in assessments:
            together = key(each)
            group = groups.setdefault(together, []) if together else alone
            group.append(each)
        calls = []
        for group in groups.values():
            if action == "create" and not _is_batch(group):
                alone += group
                continue
            row = dataclasses.replace(resource, create=CREATE, update=DELETE)
            size = batches.MAX_ELEMENTS if action == "create" else len(group)
            calls += [
                (row, group[start : start + size])
                for start in range(0, len(group), size)
            ]
        return calls + (super()._xero_calls(resource, action, alone) if alone else [])

    def _xero_assess_removal(self, link):
        """One of a batch goes only with all the others, to end or to be made anew."""
        found = super()._xero_assess_removal(link)
        batch = (link.snapshot or {}).get("batch")
        if not batch or found.action != "update":
            return found
        together = self._xero_of_batch(batch)
        if any(part._xero_stays(its_link) for part, its_link in together.items()):
            found.action = "blocked"
            problem = link._problem("payment_in_batch", count=len(together))
            found.problems = [problem]
        else:
            found.payload["BatchPaymentID"] = batch
        return found

    def _xero_stays(self, link):
        """Whether this one is to be in Xero as it is there, for all that is planned."""
        states = {self.document_id.state, self.counterpart_move_id.state}
        changing = link.state == "pending" and "draft" not in states
        return self.wanted and (not changing or self._xero_is_theirs(link))

    def _xero_of_batch(self, batch):
        """Parts that are in this batch in Xero, with their links."""
        money = Domain("counterpart_move_id", "=", self.counterpart_move_id.id)
        if self.payment_id:  # the lines of the bank may be several
            money = Domain("payment_id", "=", self.payment_id.id)
        own = [("connection_id", "=", self.connection_id.id), ("kind", "=", "payment")]
        parts = self.search(money & Domain(own))
        links = self.env["xero.link"].sudo()._live_for(parts, self.connection_id)
        return {
            part: links[part.id]
            for part in parts
            if part.id in links
            and (links[part.id].snapshot or {}).get("batch") == batch
            and links[part.id].state != "gone"
        }

    @api.model
    def _xero_accepted(self, connection, accepted):
        """With a batch all of it is gone, what nobody asked about, too."""
        result = super()._xero_accepted(connection, accepted)
        parts = self._of_lines(line for line, _element in accepted)
        for line, element in accepted:
            batch = (line.agreed or {}).get("batch")
            if batch and parts[line] and element.get("Status") in STALE:
                for other, link in parts[line]._xero_of_batch(batch).items():
                    other._xero_gone_along(link)
        return result

    def _xero_gone_along(self, link):
        """This one was deleted with its batch: it is made anew where it is wanted."""
        if link.request_id:
            return  # its own answer says so
        link.fingerprint = WITHDRAWN
        link._set_gone("DELETED")
        self.env["xero.note"].sudo()._settle(link)
        if self.wanted:
            link._supersede()

    @api.model
    def _xero_agreed(self, element, agreed):
        snapshot = super()._xero_agreed(element, agreed)
        if element.get("BatchPaymentID"):
            snapshot["batch"] = element["BatchPaymentID"]
        return snapshot


class XeroRequest(models.Model):
    _inherit = "xero.request"

    def _arguments(self):
        key = {"idempotency_key": self.idempotency_key}
        if self.operation == CREATE:
            body = {"BatchPayments": [_batch(self._sent())]}
            return (body,), key | {"summarize_errors": False}
        if self.operation == DELETE:
            batch = self._sent()[0]["BatchPaymentID"]
            return ({"BatchPaymentID": batch, "Status": "DELETED"},), key
        return super()._arguments()

    def _apply_stored(self):
        """Those of a refused batch that nothing is wrong with go again."""
        if self.operation == CREATE:
            self._send_again(self._faultless())
        return super()._apply_stored()

    def _faultless(self):
        """Lines of a refused batch, where Xero says which others it refuses."""
        lines, batch = self._open_lines(), self._batch_answer()
        rows = batch.get("Payments") or []
        if not elements.element_failed(batch) or len(rows) != len(self._sent()):
            return lines.browse()
        faultless = lines.filtered(
            lambda line: not elements.element_errors(rows[line.position])
        )
        return faultless if faultless < lines else lines.browse()

    def _batch_answer(self):
        [batch] = wire.loads(self.answer)["BatchPayments"]
        return batch

    def _answers(self):
        """Each payment of a batch as if it stood alone; a refusal is that of all."""
        if self.operation not in (CREATE, DELETE):
            return super()._answers()
        sent, batch = self._sent(), self._batch_answer()
        if elements.element_failed(batch):
            return [self._refused_row(batch, line) for line in self._open_lines()]
        if self.operation == DELETE:
            gone = {"Status": "DELETED", "UpdatedDateUTC": batch.get("UpdatedDateUTC")}
            return [each | gone for each in sent]
        there = {row["Invoice"]["InvoiceID"]: row for row in batch["Payments"]}
        return [
            there[each["Invoice"]["InvoiceID"]]
            | {
                "BatchPaymentID": batch["BatchPaymentID"],
                "Status": batch.get("Status"),
                "UpdatedDateUTC": batch.get("UpdatedDateUTC"),
            }
            for each in sent
        ]

    def _settle_doubt(self, resource, findings):
        """One payment of a batch that somebody was faster with keeps no other back:
        the rest goes again (T43)."""
        if self.lookup_only and self.operation == CREATE and findings.adopted:
            self._send_again(self.line_ids.browse().union(*findings.absent))
            findings.absent = []
        return super()._settle_doubt(resource, findings)

    def _refused_row(self, batch, line):
        """What Xero says of one payment of a refused batch, else of all."""
        rows = batch.get("Payments") or []
        row = rows[line.position] if len(rows) == len(self._sent()) else {}
        return row if elements.element_errors(row) else batch


def _batch(sent):
    """The body of a batch of payments of one account and day."""
    first = sent[0]
    rows = [
        {
            name: each[name]
            for name in ("Invoice", "Amount", "BankAmount", "CurrencyRate", "Reference")
            if name in each
        }
        for each in sent
    ]
    found = {"Account": first["Account"], "Date": first["Date"], "Payments": rows}
    if first.get("Reference"):
        found["Reference"] = first["Reference"]
    return found


def _batchable(assessment):
    """What payments of one batch have in common; None where one goes alone."""
    part, payload = assessment.record, assessment.payload
    if "Invoice" not in payload or part.account_id:
        return None
    return (
        part.counterpart_move_id.id,
        part.payment_id.id,
        part.document_id._xero_is_sale(),
        part.currency_id.id,
        payload["Account"]["AccountID"],
        payload["Date"],
    )


def _batch_of(assessment):
    return assessment.payload.get("BatchPaymentID")


def _is_batch(group):
    """Several payments, from a bank account, each of another document."""
    documents = {each.payload["Invoice"]["InvoiceID"] for each in group}
    if len(group) < 2 or len(documents) < len(group):
        return False
    part = group[0].record
    key = group[0].payload["Account"]["AccountID"]
    account = part.env["xero.account"].search(
        [("connection_id", "=", part.connection_id.id), ("key", "=", key)], limit=1
    )
    return account.account_type == "BANK"
