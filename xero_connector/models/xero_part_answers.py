"""What Xero answered about parts, and what it has of them."""

from odoo import api, models
from odoo.tools import format_date

from ..lib import elements, held, wire
from .xero_look import STALE


class XeroPart(models.Model):
    _inherit = "xero.part"

    # === MEET === #

    def _xero_meet(self, link, there, payload, agreed):
        """A removal goes unless the bank has it, or it is gone already (T57, T45)."""
        if there.get("Status") in STALE:
            return None
        if there.get("IsReconciled"):
            day = link._day((link.snapshot or {}).get("date"))
            return link._problem("payment_reconciled", date=day)
        if there.get("BatchPaymentID") and "BatchPaymentID" not in payload:
            return link._problem("payment_in_batch")
        return payload

    # === ANSWERS === #

    @api.model
    def _xero_agreed(self, element, agreed):
        snapshot = dict(agreed)
        credit = element.get("CreditNote") or {}
        if "Invoice" in element and credit.get("CreditNoteID"):
            snapshot["credit"] = credit["CreditNoteID"]
        return snapshot

    @api.model
    def _xero_is_alike(self, there, sent, agreed):
        """A credit note of a write-off: contact, day, total and text."""
        return (
            there.get("Status") not in STALE
            and there.get("Type") == sent["Type"]
            and (there.get("Contact") or {}).get("ContactID")
            == sent["Contact"]["ContactID"]
            and (there.get("DateString") or "")[:10] == sent["Date"]
            and there.get("CurrencyCode") == sent["CurrencyCode"]
            and f"{there.get('Total'):.2f}" == agreed["amount"]
            and _texts(there) == _texts(sent)
        )

    @api.model
    def _xero_accepted(self, connection, accepted):
        """Say on the document what became of it; what is to be made anew goes again."""
        bodies, again, paid = {}, self.env["xero.link"], []
        parts = self._of_lines(line for line, _element in accepted)
        for line, element in accepted:
            part = parts[line]
            if element.get("IsReconciled") is not None:
                part.reconciled = element["IsReconciled"]
            if line.outcome == "adopted" and line.request_id.lookup_only:
                part._xero_was_faster(line, element)
            said = part._xero_said(line, element)
            bodies.setdefault(part.document_id.id, []).append(said)
            if part.kind == "payment":
                paid.append((part, line, element))
            if element.get("Status") in STALE and part.wanted:
                again |= line.link_id
        bodies.pop(False, None)
        documents = self.env["account.move"].browse(bodies)
        documents._message_log_batch(
            bodies={res_id: " ".join(said) for res_id, said in bodies.items()}
        )
        self._xero_see_paid(connection, paid)
        for link in again:
            link._supersede()

    @api.model
    def _xero_see_paid(self, connection, paid):
        """What is due on the documents in Xero after these payments.

        :param paid: list of (part, line of a request, payment in Xero)
        """
        documents = self.union(*(part for part, *_rest in paid)).document_id
        links = self.env["xero.link"].sudo()._live_for(documents, connection)
        for part, line, element in paid:
            if part.document_id.id in links:
                amount = line._agreed_amount()
                gone = element.get("Status") in STALE
                links[part.document_id.id]._see_paid(
                    -amount if gone else amount, elements.updated(element)
                )

    @api.model
    def _of_lines(self, lines):
        """The part of each line of a request, empty where it was deleted."""
        ids = {line: line.link_id.res_id for line in lines}
        alive = self.browse(ids.values()).exists()
        return {line: alive & self.browse(res_id) for line, res_id in ids.items()}

    def _xero_was_faster(self, line, element):
        """Somebody recorded it in Xero first: Odoo never changes it (T43, I14)."""
        sent, link = line.request_id._sent()[line.position], line.link_id
        said = {name: sent[name] for name in ("Date", "Reference") if name in sent}
        if not self or held.holds(element, said):
            return  # it may be our own
        day = wire.parse_date(element["Date"]).isoformat()
        link.fingerprint = "theirs"
        link.snapshot = link.snapshot | {"theirs": True, "date": day}

    def _xero_said(self, line, element):
        """``Payment of £ 98.00 in Xero, job XJ/2026/00412.``"""
        if self and self._xero_is_theirs(line.link_id):
            return self.env._(
                "%(name)s was already paid in Xero on %(day)s (%(amount)s). We linked"
                " that payment instead of sending a second one.",
                name=self.document_id.name,
                day=format_date(self.env, wire.parse_date(element["Date"])),
                amount=self.currency_id.format(self.amount),
            )
        values = {
            "what": dict(self._fields["kind"]._description_selection(self.env)).get(
                self.kind, ""
            ),
            "amount": self.currency_id.format(line._agreed_amount()) if self else "",
            "job": line.request_id.name,
        }
        if element.get("Status") in STALE:
            return self.env._(
                "%(what)s of %(amount)s taken out of Xero, job %(job)s.", **values
            )
        return self.env._("%(what)s of %(amount)s in Xero, job %(job)s.", **values)


class XeroRequestLine(models.Model):
    _inherit = "xero.request.line"

    def _agreed_amount(self):
        """What was sent, or taken out: the part may be another one by now."""
        return float(self.agreed["amount"])


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _deep_link(self, link):
        """An allocation has no page of its own: its document is shown (S213)."""
        if link.resource != "allocation":
            return super()._deep_link(link)
        part = self.env["xero.part"].browse(link.res_id)
        links = self.env["xero.link"]._live_for(part.document_id, self)
        return super()._deep_link(links[part.document_id.id])


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _xero_accepted(self, connection, accepted):
        """What waited for the document's approval is looked at again."""
        result = super()._xero_accepted(connection, accepted)
        documents = [line.link_id.res_id for line, _element in accepted]
        parts = self.env["xero.part"].search(
            [("connection_id", "=", connection.id), ("document_id", "in", documents)]
        )
        links = self.env["xero.link"]._live_for(parts, connection)
        self.env["xero.link"].union(*links.values()).filtered(
            lambda link: link.waiting_for == "approval"
        ).waiting_for = "plan"
        return result


def _texts(element):
    return sorted(
        held.plain(row.get("Description")) for row in element.get("LineItems") or ()
    )
