"""Doubt about payments and allocations: how many there, against how many sent.

Neither has a number. Equal ones are interchangeable: of those in Xero that no record
here holds, each stands for one that was sent; what is left over was not created.
"""

from datetime import timedelta

from odoo import models

from ..lib import held, wire
from .xero_look import STALE

#: What Xero computes or rounds by itself.
_OPEN = ("CurrencyRate", "BankAmount")

#: Documents in one read, for the length of the address.
_CHUNK = 20

#: The same payment entered on both sides has dates this far apart at most (S209).
_NEAR = timedelta(days=7)


class XeroRequest(models.Model):
    _inherit = "xero.request"

    # === READ === #

    def _read_alike(self, resource, sent):
        if resource.name == "payment":
            return self.connection_id._read_payments_of(sent)
        if resource.name == "allocation":
            return self.connection_id._read_allocations_like(sent)
        return super()._read_alike(resource, sent)

    # === JUDGE === #

    def _judge_alike(self, resource, pairs, found, taken, findings):
        if resource.name not in ("payment", "allocation"):
            return super()._judge_alike(resource, pairs, found, taken, findings)
        free = [each for each in found if each[resource.id_field] not in taken]
        for line, sent in pairs:
            there = self._pick_alike(free, sent)
            if there is None:
                findings.absent.append(line)
            else:
                free.remove(there)
                findings.adopted.append((line, there))

    def _pick_alike(self, free, sent):
        """One that says all that was sent; or, where Xero refused because the document
        is paid, the same money within a week (T43). Xero dates allocations itself."""
        said = {name: sent[name] for name in sent if name not in _OPEN}
        if "Account" not in sent:
            said.pop("Date")
        for there in free:
            if there.get("Status") not in STALE and held.holds(there, said):
                return there
        near = [each for each in free if self.lookup_only and _is_near(each, sent)]
        return near[0] if near else None


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _read_by_id(self, resource, ids):
        """Allocations stand inside their credit notes; what is not there is deleted."""
        if resource.name != "allocation":
            return super()._read_by_id(resource, ids)
        links = self.env["xero.link"].search(
            [
                ("connection_id", "=", self.id),
                ("resource", "=", "allocation"),
                ("xero_id", "in", ids),
            ]
        )
        found = self._read_allocations_of(links)
        there = {each["AllocationID"].lower(): each for each in found}
        return [
            there.get(each.lower()) or {"AllocationID": each, "Status": "DELETED"}
            for each in ids
        ]

    def _read_allocations_of(self, links):
        """Every allocation of the credit notes that these links' credit is from."""
        notes = {(link.snapshot or {}).get("credit") for link in links} - {None}
        return self._read_allocations(sorted(notes))

    def _read_allocations_like(self, sent):
        """Every allocation of the credit notes whose credit was sent."""
        notes = {(each.get("CreditNote") or {}).get("CreditNoteID") for each in sent}
        return self._read_allocations(sorted(notes - {None}))

    def _read_allocations(self, credit_ids):
        """Every allocation of these credit notes."""
        resource = self.env["xero.resource"]._get("credit_note")
        return [
            dict(each, CreditNote={"CreditNoteID": note["CreditNoteID"]})
            for note in self._read_by_id(resource, credit_ids)
            for each in note.get("Allocations") or ()
        ]

    def _read_payments_of(self, elements):
        """Every payment on the documents that these elements are on."""
        resource = self.env["xero.resource"]._get("payment")
        wanted = sorted({_document_of(each) for each in elements})
        found = []
        for start in range(0, len(wanted), _CHUNK):
            some = wanted[start : start + _CHUNK]
            where = " OR ".join(
                f'{stem}.{stem}ID==guid("{xero_id}")' for stem, xero_id in some
            )
            found += self._read_pages(resource, where=where)
        return found


def _document_of(element):
    """Which document a payment is on: (stem, id)."""
    for stem in ("Invoice", "CreditNote", "Prepayment", "Overpayment"):
        if element.get(stem):
            return stem, element[stem][f"{stem}ID"]
    return None, None


def _is_near(there, sent):
    """The same money on the same document and account, within a week."""
    if there.get("Status") in STALE or "Account" not in sent:
        return False
    if not held.holds(there, {"Account": sent["Account"]}):
        return False
    days = wire.parse_date(there["Date"]) - wire.parse_date(sent["Date"])
    return (
        _document_of(there) == _document_of(sent)
        and held.same(there["Amount"], sent["Amount"])
        and abs(days) <= _NEAR
    )
