"""Money in 'What would happen': what settles the documents, as it would go with them.

Worked out by the plan's own code on a plan that is taken back: every document is taken
for sent, then the payments, credit notes and allocations that follow it are assessed.
"""

from contextlib import contextmanager

from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain

from ..models.xero_assessment import Assessment
from ..models.xero_part import plain
from ..models.xero_part_batch import CREATE as CREATE_BATCH

#: States of a link whose record is not as Xero has it.
_OPEN = ("pending", "blocked", "error")


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    # === PRETEND === #

    @contextmanager
    def _pretending(self):
        """What is written within is taken back at the end.

        :raises ConcurrencyError: the plan wrote the same just now; Odoo tries again
        """
        savepoint = self.env.cr.savepoint()
        try:
            yield
        except IntegrityError as error:
            raise ConcurrencyError(str(error)) from error
        finally:
            savepoint.close(rollback=True)

    def _pretend_sent(self, assessments):
        """As if Xero had accepted all of these that would be created."""
        links, new = self.env["xero.link"].sudo(), []
        for number, each in enumerate(assessments):
            if each.action != "create":
                continue
            values = {
                "xero_id": f"{each.link.resource}-{number}",
                "xero_status": each.payload.get("Status", "AUTHORISED"),
                "state": "synced",
                "note_id": False,
                "snapshot": each.agreed | {"overpayment": f"new-{number}"},
            }
            if each.link.id:
                each.link.write(values)
                continue
            own = ("connection_id", "resource", "res_model", "res_id")
            new.append({name: plain(each.link[name]) for name in own} | values)
        links.create(new)

    def _rehearse_money(self, documents, needed):
        """What would become of the money on these documents once they are sent.

        Writes down what it pretends: call it within :meth:`_pretending`.

        :param documents: Assessments of documents, as of :meth:`_rehearse`
        :param needed: Assessments of what goes before them
        :return: list of (Assessment, call), where what goes in one call has the same
        """
        worker = self._as_worker()
        parts = worker.env["xero.part"].sudo()
        moves = worker.env["account.move"].union(
            *(
                each.record
                for each in documents
                if each.record and each.record._name == "account.move"
            )
        )
        worker._pretend_sent(needed)
        worker._pretend_sent(documents)
        parts._refresh(worker, moves.sudo(), touched=True)
        found = []
        for resource in worker.env["xero.resource"]._in_order():
            if resource.model == "xero.part":
                found += worker._rehearse_parts(resource, moves)
        return found

    def _rehearse_parts(self, resource, moves):
        links = self._open_parts(resource, moves)
        waiting = links.filtered(lambda link: link.state in _OPEN)
        going = waiting.filtered(lambda link: not link.request_id)
        assessments = self._assess(resource, going)
        calls = self._rehearse_calls(resource, assessments)
        self._pretend_sent(assessments)
        rows = [(each, calls.get(id(each))) for each in assessments]
        for link in links - going:
            action = "sending" if link.request_id else link.state
            record = self.env["xero.part"].sudo().browse(link.res_id)
            rows.append((Assessment(record, link, action), None))
        return rows

    def _open_parts(self, resource, moves):
        """Links of money on these documents, or left over from it, that are not as
        Xero has them; skipped ones too."""
        parts = self.env["xero.part"].sudo()
        own = parts.search(
            [("connection_id", "=", self.id), ("document_id", "in", moves.ids)]
        )
        entries = own.counterpart_move_id.ids
        left = Domain("kind", "=", "overpayment") & Domain(
            "counterpart_move_id", "in", entries
        )
        own |= parts.search(left & Domain("connection_id", "=", self.id))
        links = self.env["xero.link"].sudo()._live_for(own, self)
        found = links and self.env["xero.link"].sudo().union(*links.values())
        return (found or self.env["xero.link"].sudo()).filtered(
            lambda link: (
                link.resource == resource.name and link.state in (*_OPEN, "skipped")
            )
        )

    def _rehearse_calls(self, resource, assessments):
        """By id of the Assessment: (name of the call, how many go in it as a batch)."""
        found, model = {}, self.env["xero.part"]
        for action in ("create", "update"):
            group = [each for each in assessments if each.action == action]
            calls = model._xero_calls(resource, action, group) if group else []
            for number, (row, together) in enumerate(calls):
                batch = len(together) if row.create == CREATE_BATCH else 0
                name = f"{resource.name}:{action}:{number}"
                found |= {id(each): (name, batch) for each in together}
        return found

    def _domain_of_all(self):
        """Documents whose money is not in Xero as it is here, too."""
        waiting = [
            ("connection_id", "=", self.id),
            ("res_model", "=", "xero.part"),
            ("state", "in", _OPEN),
            ("superseded_by_id", "=", False),
        ]
        links = self.env["xero.link"].sudo().search(waiting)
        parts = self.env["xero.part"].sudo().browse(links.mapped("res_id")).exists()
        return super()._domain_of_all() | Domain("id", "in", parts.document_id.ids)


class XeroPreview(models.TransientModel):
    _inherit = "xero.preview"

    # === ROWS === #

    def _money_values(self, documents, needed):
        """What the screen shows of the money on these documents."""
        found = self.connection_id._rehearse_money(documents, needed)
        outcomes = {
            each.record.id: each
            for each in documents
            if each.record and each.record._name == "account.move"
        }
        accounts = self._money_accounts(assessment for assessment, _call in found)
        return [
            self._money_row(assessment, call, outcomes, accounts)
            for assessment, call in found
            if assessment.record and assessment.action not in ("leave", "nothing")
        ]

    def _money_row(self, assessment, call, outcomes, accounts):
        part, link = assessment.record, assessment.link
        subject, document = part._xero_subject(), outcomes.get(part.document_id.id)
        goes = assessment.action in ("create", "update")
        action, words = self._money_words(assessment, call, document, accounts)
        name, _batch = call or (False, 0)
        cause = self._cause_values(assessment)
        if cause:
            own = f"account.move,{subject.id}"
            cause["cause_key"] = cause["cause_key"].replace(f"xero.part,{part.id}", own)
        return cause | {
            "preview_id": self.id,
            "action": action,
            "resource": link.resource,
            "is_document": False,
            "is_money": True,
            "move_id": subject.id,
            "res_model": "account.move",
            "res_id": subject.id,
            "link_id": link.id
            if assessment.action in ("skipped", "sending")
            else False,
            "part_key": list(part._key()),
            "call": goes and name,
            "name": subject.name,
            "partner_id": part._xero_partner().id,
            "date": part.date,
            "currency_id": part.currency_id.id,
            "total": part.amount,
            "words": words,
            "is_sendable": bool(
                goes and document and document.action not in ("create", "update")
            ),
            "may_skip": assessment.action == "create"
            or (
                action in ("attention", "wait")
                and not (link.xero_id or link.request_id)
            ),
        }

    def _money_words(self, assessment, call, document, accounts):
        """What happens to it, and why, where, with what."""
        part = assessment.record
        if document and not _is_going(document):
            return "wait", self.env._("Waits for %s.", part.document_id.name)
        if assessment.action == "update":
            return "update", self.env._("Taken out of Xero.")
        if assessment.action != "create":
            return self._action_and_words(assessment)
        _name, batch = call
        where = _account_of(assessment, accounts) or part.counterpart_move_id.name
        parts = [where]
        if batch:
            parts.append(self.env._("one of a batch of %s", batch))
        if document and document.action == "create":
            parts.append(self.env._("goes with %s", part.document_id.name))
        return "create", " · ".join(parts)

    def _money_accounts(self, assessments):
        """Accounts in Xero by their key and by their code, as people know them."""
        found = self.env["xero.account"].sudo()
        if any(each.action == "create" for each in assessments):
            found = found.search([("connection_id", "=", self.connection_id.id)])
        by_code = {account.code: account.display_name for account in found}
        return by_code | {account.key: account.display_name for account in found}

    # === SUMMARY === #

    def _money(self):
        return self.line_ids.filtered("is_money")

    def _money_counts(self):
        """``Payments 21``: all that settles the documents and would go."""
        count = len(self._money().filtered("call"))
        label = self.env._("Payments")
        return [{"action": "money", "label": label, "count": count}] if count else []

    def _money_calls(self, rows):
        """Calls for the money that goes with these rows, or by itself."""
        sent = set(rows.mapped("res_id"))
        ours = self._money().filtered(
            lambda row: (
                row.call and (row.res_id in sent or row.resource == "overpayment")
            )
        )
        return len(set(ours.mapped("call")))


def _is_going(document):
    """Whether a document is in Xero, or will be, so that its money can follow."""
    return document.action in ("create", "update", "nothing") or document.link.xero_id


def _account_of(assessment, accounts):
    """Where it stands in Xero, ``090 Business Bank``; allocations stand nowhere."""
    payload = assessment.payload
    block = payload.get("Account") or payload.get("BankAccount")
    if block:
        return accounts.get(block["AccountID"])
    codes = [line.get("AccountCode") for line in payload.get("LineItems", [])]
    return accounts.get(codes[0]) if codes else None


class XeroPreviewLine(models.TransientModel):
    _inherit = "xero.preview.line"

    is_money = fields.Boolean(help="It settles the document.")
    call = fields.Char(help="What goes in one call has the same.")
    part_key = fields.Json(help="What makes it the same in Odoo.")

    def _documents(self):
        """The documents of these rows, each once, those of their money included."""
        found = super()._documents()
        money = self.filtered("is_money")
        moves = self.env["account.move"].browse(money.mapped("res_id"))
        known = self.env["account.move"].union(
            *(each for each in found if each._name == "account.move")
        )
        moves = moves.filtered(lambda move: move._xero_resource()) - known
        return [*found, moves] if moves else found

    def _ensure_links(self):
        """Money that nobody has looked at yet is written down first."""
        money = self.filtered("is_money")
        links = super(XeroPreviewLine, self - money)._ensure_links()
        for row in money:
            connection = row.preview_id.connection_id.sudo()
            parts = self.env["xero.part"].sudo()
            parts._refresh(connection, row.move_id.sudo(), touched=True)
            part = parts._of_key(connection, row.part_key)
            if part:
                found = links._ensure_pending(connection, row.resource, part.ids)
                row.sudo().link_id = found
                links |= found
        return links


class XeroPart(models.Model):
    _inherit = "xero.part"

    @api.model
    def _of_key(self, connection, key):
        """The part with this key, as of :meth:`_key`."""
        found = self.search(
            [
                ("connection_id", "=", connection.id),
                ("document_id", "=", key[0]),
                ("kind", "=", key[1]),
            ]
        )
        return found.filtered(lambda part: list(part._key()) == list(key))[:1]
