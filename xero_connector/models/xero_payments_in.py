"""Payments that Xero recorded: booked in Odoo once, or linked to what is there.

The poll, the webhook and the import wizard all come here. What is known is recognised
by its id, also when it was deleted here (S204); what was entered on both sides is
linked (S209, T43, T44); what is not ours is said and left (S201).
"""

import logging
from dataclasses import dataclass

from psycopg2 import OperationalError

from odoo import models
from odoo.exceptions import UserError, ValidationError

from .xero_arrival import Arrival
from .xero_look import STALE
from .xero_part_doubt import _document_of
from .xero_payments_waiting import CAUSES

_logger = logging.getLogger(__name__)


@dataclass
class ArrivalFacts:
    """Everything that a page of payments is compared with."""

    links: dict
    """PaymentID to xero.link, those taken out again included."""
    parts: dict
    """xero.link to xero.part."""
    documents: dict
    """The document's id in Xero to account.move."""
    book: bool
    """Whether what Odoo does not have is booked."""


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    # === APPLY === #

    def _apply_payments(self, elements, book=True):
        """Bring payments as Xero has them into Odoo's books; call it as the worker.

        Running it again with the same elements changes nothing (I7). One that cannot
        be booked keeps no other back (S211). Queries grow only with what is new.

        :param elements: of Xero's list of payments, deleted ones too
        :param book: False to recognise, link and follow deletions only
        :rtype: list[Arrival]
        """
        self.ensure_one()
        facts = self._arrival_facts(elements, book)
        in_order = sorted(elements, key=lambda each: each["Date"])
        arrivals = {
            each["PaymentID"]: self._apply_quiet(each, facts) for each in in_order
        }
        loud = [each for each in in_order if not arrivals[each["PaymentID"]]]
        self._refresh_paid(loud, facts)
        for each in loud:
            arrivals[each["PaymentID"]] = self._apply_payment(each, facts)
        return list(arrivals.values())

    def _arrival_facts(self, elements, book):
        links = self._known_payments(elements)
        every = self.env["xero.link"].sudo().union(*links.values())
        parts = self.env["xero.part"].sudo().browse(every.mapped("res_id")).exists()
        by_id = {part.id: part for part in parts}
        return ArrivalFacts(
            links=links,
            parts={link: by_id.get(link.res_id, parts.browse()) for link in every},
            documents=self._documents_paid(elements),
            book=book,
        )

    def _known_payments(self, elements):
        """Links of these payments, those taken out again included, by PaymentID."""
        ids = [each["PaymentID"] for each in elements]
        return self.env["xero.link"].sudo()._by_xero_id(self, "payment", ids)

    def _documents_paid(self, elements):
        """Odoo's documents that these payments are on, by id in Xero."""
        ids = {_document_of(each)[1] for each in elements} - {None}
        return self._documents_of(ids)

    def _documents_of(self, xero_ids):
        """Odoo's documents by their ids in Xero."""
        found = (
            self.env["xero.link"]
            .sudo()
            .search(
                [
                    ("connection_id", "=", self.id),
                    ("res_model", "=", "account.move"),
                    ("superseded_by_id", "=", False),
                    ("xero_id", "in", list(xero_ids)),
                ]
            )
        )
        moves = self.env["account.move"].browse(found.mapped("res_id")).exists()
        by_id = {move.id: move for move in moves}
        return {
            link.xero_id: by_id[link.res_id] for link in found if link.res_id in by_id
        }

    def _apply_quiet(self, element, facts):
        """What becomes of one that brings nothing; None for one that may."""
        stale = element.get("Status") in STALE
        link = facts.links.get(element["PaymentID"])
        if link:
            part = facts.parts[link]
            over = link.superseded_by_id or link.state == "gone" or not part
            same = part.reconciled == bool(element.get("IsReconciled"))
            if part.waits:
                same = link.state == "skipped"
            quiet = over or (same and not stale)
            return Arrival(element, "known", part) if quiet else None
        if stale:
            return Arrival(element, "known")
        if _document_of(element)[1] not in facts.documents:
            words = self.env._("Not on a document that Odoo sent or that is linked.")
            return Arrival(element, "not_ours", message=words)
        return None

    def _refresh_paid(self, elements, facts):
        """Parts of the documents that may be paid anew, as Odoo has them now: what
        people registered a moment ago, and what they did before there was Xero."""
        found = [facts.documents.get(_document_of(each)[1]) for each in elements]
        documents = self.env["account.move"].union(*filter(None, found))
        self.env["xero.part"].sudo()._refresh(self, documents.sudo())

    def _apply_payment(self, element, facts):
        """One payment, by itself: an error stops only this one (I8)."""
        link = facts.links.get(element["PaymentID"])
        document = facts.documents.get(_document_of(element)[1])
        try:
            with self.env.cr.savepoint():
                if link and not facts.parts[link].waits:
                    return self._apply_known(element, link, facts.parts[link])
                if element.get("Status") in STALE or not document:
                    self._forget_waiting(link)
                    return Arrival(element, "known")
                arrival = self._apply_new(element, document, facts)
        except OperationalError:
            raise
        except (UserError, ValidationError) as error:
            arrival = Arrival(element, "refused", message=str(error))
        except Exception as error:
            _logger.exception("A payment of Xero's could not be booked")
            arrival = Arrival(element, "refused", message=type(error).__name__)
        if arrival.outcome in CAUSES:
            self._keep_waiting(arrival, document, link)
        return arrival

    def _apply_new(self, element, document, facts):
        if document.state != "posted":
            words = self.env._("%s is a draft in Odoo.", document.display_name)
            return Arrival(element, "draft", message=words)
        if self._is_on_its_way(element, document):
            words = self.env._("Odoo sends such a payment just now.")
            return Arrival(element, "busy", message=words)
        link = facts.links.get(element["PaymentID"])
        choice = facts.parts[link].choice if link else False
        part, is_here = self._part_for(element, document)
        if part and (is_here or choice == "same"):
            self._link_payment(part, element)
            return Arrival(element, "linked", part)
        if part and choice != "other":
            words = self.env._("Odoo has it on %s.", part.journal_id.name)
            return Arrival(element, "elsewhere", part, words)
        if not facts.book:
            words = self.env._("Payments are not brought from Xero.")
            return Arrival(element, "off", message=words)
        return self._book(element, document)

    def _link_payment(self, part, element):
        """This payment of Xero's is that part."""
        known = self._known_payments([element])
        self._forget_waiting(known.get(element["PaymentID"]))
        self._link_arrival(part, "payment", element)
        part.reconciled = bool(element.get("IsReconciled"))
        part.on_account = element.get("OnAccount")
