"""Money without a document on its way: as an overpayment, and used on documents."""

import dataclasses

from odoo import api, models

from ..lib import held, scopes
from .xero_assessment import Assessment
from .xero_look import STALE

#: How Xero uses an overpayment on a document, and takes that back.
USE, TAKE_BACK = "create_overpayment_allocations", "delete_overpayment_allocations"


class XeroPart(models.Model):
    _inherit = "xero.part"

    # === FACTS === #

    def _xero_facts(self, connection):
        facts = super()._xero_facts(connection)
        system = connection.sudo()
        granted = system.token_id.scope
        facts.may_bank = not (granted and scopes.missing(granted, scopes.BANK))
        drawn = self.filtered(lambda part: part._xero_is_drawn())
        if drawn:
            facts.overpayments = self._xero_overpayments(
                connection, drawn.counterpart_move_id
            )
        return facts

    def _xero_overpayments(self, connection, entries):
        """Links of what of these entries' money belongs to no document, by entry."""
        parts = self.sudo().search(
            [
                ("connection_id", "=", connection.id),
                ("kind", "=", "overpayment"),
                ("counterpart_move_id", "in", entries.ids),
            ]
        )
        links = self.env["xero.link"].sudo()._live_for(parts, connection)
        return {
            part.counterpart_move_id.id: links[part.id]
            for part in parts
            if part.id in links
        }

    def _xero_dependencies(self, connection):
        """A customer who has no document yet goes first."""
        found = super()._xero_dependencies(connection)
        return found | ({"contact": self.partner_id} if self.partner_id else {})

    def _xero_dependency_ids(self, model):
        if model == "res.partner":
            return {*self.partner_id.ids}
        return super()._xero_dependency_ids(model)

    # === ASSESS === #

    def _xero_assess(self, facts, link):
        """What is used must be in Xero as it is now."""
        if self._xero_is_drawn() and not link.xero_id:
            money = facts.overpayments.get(self.counterpart_move_id.id)
            if not money or not money.xero_id or money.request_id:
                return Assessment(self, link, "wait", waiting_for="dependency")
            if money.state != "synced":
                return Assessment(
                    self,
                    link,
                    "blocked" if money.note_id.state == "open" else "wait",
                    waiting_for="dependency",
                    note=money.note_id,
                )
        return super()._xero_assess(facts, link)

    def _xero_needed(self, facts):
        if self.kind == "overpayment":
            return []
        if self._xero_is_drawn():
            return [facts.documents.get(self.document_id.id)]
        return super()._xero_needed(facts)

    def _xero_problems(self, facts):
        problems = super()._xero_problems(facts)
        if self.kind == "overpayment" and not self.obstacle:
            problems += self._xero_problems_of_account(facts)
            problems = problems or self._xero_problems_of_overpayment(facts)
        return problems

    def _xero_problems_of_overpayment(self, facts):
        """Xero keeps it on a bank account, in that account's currency."""
        account, journal = self._xero_account(facts), self.journal_id
        currency = self._xero_bank_currency(account)
        if account.account_type != "BANK" or currency != self.currency_id.name:
            key = f"{journal.id}:{self.currency_id.id}"
            found = ("overpayment_account", journal, key)
            return [self._xero_problem(*found, name=journal.name)]
        if not facts.may_bank:
            connection = facts.connection
            found = ("overpayment_permission", connection, str(connection.id))
            return [self._xero_problem(*found)]
        return []

    # === PAYLOAD === #

    def _xero_payload(self, facts, link):
        payload, agreed = super()._xero_payload(facts, link)
        if self._xero_is_drawn():
            agreed["overpayment"] = payload["Overpayment"]["OverpaymentID"]
        return payload, agreed

    def _xero_payload_of_overpayment(self, facts):
        """Money on a customer's or supplier's account, without tax."""
        account = self._xero_account(facts)
        words = self.reference or self.counterpart_move_id.name
        payload = {
            "Type": self._xero_overpayment_type(),
            "Contact": {"ContactID": facts.contacts.get(self.partner_id.id)},
            "BankAccount": {"AccountID": account.key},
            "Date": self.date.isoformat(),
            "Reference": words[:255],
            "LineAmountTypes": "NoTax",
            "LineItems": [
                {
                    "Description": words,
                    "LineAmount": self._xero_number(self.amount),
                }
            ],
        }
        exchange = self._xero_exchange(account)
        exchange.pop("BankAmount", None)
        return payload | exchange

    def _xero_overpayment_type(self):
        kinds = set(self.counterpart_move_id.line_ids.account_id.mapped("account_type"))
        received = "asset_receivable" in kinds
        return "RECEIVE-OVERPAYMENT" if received else "SPEND-OVERPAYMENT"

    def _xero_payload_of_allocation(self, facts):
        if not self._xero_is_drawn():
            return super()._xero_payload_of_allocation(facts)
        money = facts.overpayments.get(self.counterpart_move_id.id)
        snapshot = (money and money.snapshot) or {}
        return {
            "Overpayment": {"OverpaymentID": snapshot.get("overpayment")},
            "Invoice": {"InvoiceID": facts.documents[self.document_id.id].xero_id},
            "Amount": self._xero_number(self.amount),
            "Date": self.date.isoformat(),
        }

    # === CHANGES === #

    def _xero_is_used(self):
        """Whether a document uses it in Xero."""
        if self.kind != "overpayment":
            return super()._xero_is_used()
        uses = self.search(
            [
                ("connection_id", "=", self.connection_id.id),
                # None where Odoo deleted it with its payment.
                ("counterpart_move_id", "=", self.counterpart_move_id.id),
                ("kind", "=", "allocation"),
                ("account_id", "=", False),
                ("document_id.commercial_partner_id", "=", self.partner_id.id),
            ]
        )
        links = self.env["xero.link"].sudo()
        ours = links._live_for(self, self.connection_id).get(self.id, links)
        return any(
            link.xero_id
            and link.state != "gone"
            and (link.snapshot or {}).get("overpayment")
            == (ours.snapshot or {}).get("overpayment")
            for link in links._live_for(uses, self.connection_id).values()
        )

    def _xero_assess_removal(self, link):
        """What is used is changed by nobody before that is taken back."""
        if self.kind == "overpayment" and self._xero_is_used():
            problem = self._xero_problem("overpayment_used")
            return Assessment(self, link, "blocked", problems=[problem])
        found = super()._xero_assess_removal(link)
        used = (link.snapshot or {}).get("overpayment")
        if self.kind == "allocation" and used and found.payload:
            found.payload.pop("CreditNote")
            found.payload["Overpayment"] = {"OverpaymentID": used}
        return found

    # === CALLS === #

    @api.model
    def _xero_calls(self, resource, action, assessments):
        """Overpayments have operations of their own for being used."""
        drawn = [each for each in assessments if "Overpayment" in each.payload]
        if resource.name != "allocation" or not drawn:
            return super()._xero_calls(resource, action, assessments)
        row = dataclasses.replace(resource, create=USE, update=TAKE_BACK)
        calls = super()._xero_calls(row, action, drawn)
        rest = [each for each in assessments if each not in drawn]
        return calls + (super()._xero_calls(resource, action, rest) if rest else [])

    # === ANSWERS === #

    @api.model
    def _xero_agreed(self, element, agreed):
        snapshot = super()._xero_agreed(element, agreed)
        if element.get("BankTransactionID") and element.get("OverpaymentID"):
            snapshot["overpayment"] = element["OverpaymentID"]
        return snapshot

    @api.model
    def _xero_is_alike(self, there, sent, agreed):
        """An overpayment: who, when, how much, where, and its words."""
        if "BankAccount" not in sent:
            return super()._xero_is_alike(there, sent, agreed)
        said = {name: sent[name] for name in sent if name != "CurrencyRate"}
        return there.get("Status") not in STALE and held.holds(there, said)
