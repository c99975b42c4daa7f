"""A part as Xero wants it; what becomes of one that changed or ended.

Xero changes no payment and no allocation: what changed is removed and made anew (S206).
"""

from decimal import Decimal

from odoo import api, models

from ..lib import batches
from ..lib import elements as elements_of
from .xero_assessment import Assessment
from .xero_document_withdrawal import WITHDRAWN

#: Longest reference of a payment.
_REFERENCE_MAX = 255

_TYPES = {
    "out_invoice": "ACCRECCREDIT",
    "in_invoice": "ACCPAYCREDIT",
}


class XeroPart(models.Model):
    _inherit = "xero.part"

    # === PAYLOAD === #

    def _xero_payload(self, facts, link):
        payload = getattr(self, f"_xero_payload_of_{self.kind}")(facts)
        return payload, {"date": self.date.isoformat(), "amount": self._xero_figure()}

    def _xero_figure(self):
        return f"{self.amount:.2f}"

    def _xero_number(self, value):
        return Decimal(f"{value:.2f}")

    def _xero_document_block(self, facts):
        """The one document that is settled."""
        document = self.document_id
        xero_id = facts.documents[document.id].xero_id
        if document.move_type.endswith("_refund"):
            return {"CreditNote": {"CreditNoteID": xero_id}}
        return {"Invoice": {"InvoiceID": xero_id}}

    def _xero_payload_of_payment(self, facts):
        """The money that reached the bank, on the bank's date (T40)."""
        account = self._xero_account(facts)
        payload = self._xero_document_block(facts) | {
            "Account": {"AccountID": account.key},
            "Date": self.date.isoformat(),
            "Amount": self._xero_number(self.amount),
        }
        if self.reference:
            payload["Reference"] = self.reference[:_REFERENCE_MAX]
        return payload | self._xero_exchange(account)

    def _xero_exchange(self, account):
        """The rate at which the money was changed, from the bank's line (S195)."""
        company = self.company_id.currency_id
        if self.currency_id == company:
            return {}
        base = self.company_amount
        if not base:
            base = self.currency_id._convert(
                self.amount, company, self.company_id, self.date
            )
        found = {"CurrencyRate": Decimal(f"{self.amount / base:.6f}")}
        if self._xero_bank_currency(account) == company.name and not self.account_id:
            found["BankAmount"] = self._xero_number(base)
        return found

    def _xero_payload_of_credit_note(self, facts):
        """What was not paid, as a credit note dated the payment (T40, recipes 2.5)."""
        document = self.document_id
        net = self._xero_number(self.amount - self.tax_amount)
        row = facts.write_offs[self.account_id.id]
        payload = {
            "Type": _TYPES[document.move_type],
            "Contact": {"ContactID": facts.contacts[document.commercial_partner_id.id]},
            "Date": self.date.isoformat(),
            "CurrencyCode": self.currency_id.name,
            "LineAmountTypes": "Exclusive",
            "Status": "AUTHORISED",
            "Reference": document.name,
            "LineItems": [
                {
                    "Description": f"{self.account_id.name} · {document.name}",
                    "Quantity": 1,
                    "UnitAmount": net,
                    "AccountCode": row.xero_account_id.code,
                    "TaxType": self._xero_rate(facts).tax_type,
                    "TaxAmount": self._xero_number(self.tax_amount),
                }
            ],
        }
        if self.currency_id != self.company_id.currency_id:
            payload["CurrencyRate"] = Decimal(f"{document.invoice_currency_rate:.6f}")
        return payload

    def _xero_payload_of_allocation(self, facts):
        """Credit set against an invoice; whose credit stands in the address."""
        if self._xero_is_offset():
            credit = facts.documents[self.counterpart_move_id.id]
        else:
            credit = facts.credits[self._xero_write_off_key()]
        return {
            "CreditNote": {"CreditNoteID": credit.xero_id},
            "Invoice": {"InvoiceID": facts.documents[self.document_id.id].xero_id},
            "Amount": self._xero_number(self.amount),
            "Date": self.date.isoformat(),
        }

    # === CHANGES === #

    def _xero_assess_change(self, facts, assessment):
        """As it was agreed, or removed to be made anew."""
        link = assessment.link
        if self._xero_is_theirs(link):
            return self._xero_assess_theirs(assessment, link)
        if assessment.fingerprint == link.fingerprint:
            assessment.action = "nothing"
            return assessment
        return self._xero_assess_removal(link)

    def _xero_assess_theirs(self, assessment, link):
        """Odoo changes nothing of it; where the amounts differ, a person does."""
        there = float((link.snapshot or {}).get("amount") or self.amount)
        if not self.currency_id.compare_amounts(there, self.amount):
            assessment.action = "nothing"
            return assessment
        there = self.currency_id.format(there)
        problem = self._xero_problem("money_differs", there=there)
        return Assessment(self, link, "blocked", problems=[problem])

    def _xero_is_theirs(self, link):
        """Whether Xero recorded it first: Odoo never changes it there (I14)."""
        return bool((link.snapshot or {}).get("theirs"))

    def _xero_assess_out_of_scope(self, connection, link):
        if self.wanted or not link.xero_id:
            return super()._xero_assess_out_of_scope(connection, link)
        if self._xero_is_theirs(link):
            problem = link._problem("payment_undone_here")
            return Assessment(self, link, "blocked", problems=[problem])
        if self._xero_is_used():
            return Assessment(self, link, "wait", waiting_for="dependency")
        return self._xero_assess_removal(link)

    def _xero_is_used(self):
        """Whether a credit note still stands against its invoice in Xero."""
        if self.kind != "credit_note":
            return False
        allocations = self.search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("counterpart_move_id", "=", self.counterpart_move_id.id),
                ("document_id", "=", self.document_id.id),
                ("account_id", "=", self.account_id.id),
                ("kind", "=", "allocation"),
            ]
        )
        links = self.env["xero.link"].sudo()._live_for(allocations, self.connection_id)
        return any(link.xero_id and link.state != "gone" for link in links.values())

    def _xero_assess_removal(self, link):
        """Take it out of Xero, where its date allows (T56, I16)."""
        snapshot = link.snapshot or {}
        problem = link._wall_problem(snapshot.get("date"))
        if problem:
            return Assessment(self, link, "blocked", problems=[problem])
        resource = self.env["xero.resource"]._get(link.resource)
        status = "VOIDED" if self.kind == "credit_note" else "DELETED"
        payload = {resource.id_field: link.xero_id, "Status": status}
        if self.kind == "allocation":
            payload["CreditNote"] = {"CreditNoteID": snapshot.get("credit")}
        agreed = {name: snapshot[name] for name in snapshot if name != "updated"}
        return Assessment(self, link, "update", payload, WITHDRAWN, agreed)

    # === CALLS === #

    @api.model
    def _xero_batch_size(self, resource, action):
        """Removals and allocations are one call each (decision 18)."""
        alone = resource.name == "allocation" or (
            resource.name == "payment" and action == "update"
        )
        return 1 if alone else batches.MAX_ELEMENTS

    @api.model
    def _xero_arguments(self, resource, action, elements, key=None):
        if resource.name == "allocation":
            return _allocation_arguments(action, elements[0], key)
        if resource.name == "payment" and action == "update":
            payment = elements[0]["PaymentID"]
            return (payment, {"Status": "DELETED"}), {"idempotency_key": key}
        return super()._xero_arguments(resource, action, elements, key)

    @api.model
    def _xero_answered(self, resource, action, answer, sent):
        """The answer to a deletion is the bare allocation; one to a new allocation may
        lack its id, and is looked up then."""
        if resource.name != "allocation":
            return super()._xero_answered(resource, action, answer, sent)
        if action == "update":
            return [dict(sent[0], Status="DELETED")]
        found = answer.get("Allocations") or []
        nameless = [each for each in found if not each.get("AllocationID")]
        return found if all(map(elements_of.element_failed, nameless)) else []


def _allocation_arguments(action, element, key):
    source = element.get("CreditNote") or element["Overpayment"]
    credit = source.get("CreditNoteID") or source["OverpaymentID"]
    if action == "update":
        return (credit, element["AllocationID"]), {}
    plain = {name: element[name] for name in ("Invoice", "Amount", "Date")}
    parameters = {"summarize_errors": False, "idempotency_key": key}
    return (credit, {"Allocations": [plain]}), parameters
