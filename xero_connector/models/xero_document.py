"""What documents of every kind share, beyond contacts and items.

A kind of document is a model that inherits ``xero.document`` and says what differs; its
lines inherit ``xero.document.line``.
"""

from odoo import api, fields, models

from ..lib import elements, fit, money, wire
from .xero_assessment import Problem
from .xero_link import LEFT_ALONE


class XeroDocument(models.AbstractModel):
    _name = "xero.document"
    _inherit = "xero.sync.mixin"
    _description = "Document Synced With Xero"

    xero_number = fields.Char(
        "Number in Xero", compute="_compute_xero_state", compute_sudo=True
    )

    # === WHAT IS SHOWN === #

    def _xero_shown_connections(self):
        """A document has one company, so all that are switched on may be shown."""
        connections = self.env["xero.connection"]
        ids = {connections._id_for_company(each.id) for each in self.env.companies}
        return connections.browse(ids - {False})

    def _xero_shown_values(self, link):
        return super()._xero_shown_values(link) | {"xero_number": link.xero_number}

    # === A KIND OF DOCUMENT SAYS THESE === #

    def _xero_document_lines(self):
        """Lines of these documents as people see them, sections and notes included."""
        raise NotImplementedError

    def _xero_base_records(self):
        """Records that become lines with an amount."""
        raise NotImplementedError

    def _xero_base_lines(self):
        """The tax engine's rounded base lines of this one document."""
        raise NotImplementedError

    def _xero_is_sale(self):
        """Whether this one document goes to a customer."""
        return False

    def _xero_date(self, facts):
        """The date that this one document has in Xero."""
        raise NotImplementedError

    def _xero_number(self, facts):
        """The number to give it in Xero, or None for Xero's own."""
        return self.name

    def _xero_status_wanted(self, facts):
        """The status that the settings of the connection ask for."""
        raise NotImplementedError

    def _xero_model(self, facts, values, status):
        """The element.

        :param values: what every kind of document has, by xero-python's names
        """
        raise NotImplementedError

    def _xero_currency_rate(self):
        """Foreign units per company unit; None in the books' own currency (S94)."""
        raise NotImplementedError

    def _xero_own_values(self):
        """What a person typed into this one document: a change of it is a change."""
        raise NotImplementedError

    def _xero_takes_discounts(self):
        """Whether Xero knows a discount on such a document (S125, S126)."""
        return False

    def _xero_narration(self):
        """The text of this one document, without its layout."""
        return ""

    def _xero_remarks(self, facts, fitted):
        """Codes of what is worth saying, for the chatter and the preview.

        :param fitted: the :class:`lib.fit.Document` that is sent
        :rtype: list[str]
        """
        return []

    def _xero_remark_words(self, code):
        """A remark as a sentence."""
        return ""

    def _xero_salesperson(self):
        """The user who sells or buys here, for account codes made of parts (S82)."""
        return self.env["res.users"]

    def _xero_preview_values(self):
        """Columns of this one document's row in 'What would happen'."""
        return {}

    def _xero_why_out(self, connection):
        """Why this one document does not go; what a filter leaves out is no news.

        :rtype: Problem or None
        """
        return None

    def _xero_was_sent_out(self):
        """Whether the other party has this one document."""
        return False

    # === COMPANY AND PARTNER === #

    def _xero_concerned(self):
        connections = self.env["xero.connection"]
        return [
            ([connection_id], documents)
            for connection_id, documents in self.grouped(
                lambda document: connections._id_for_company(document.company_id.id)
            ).items()
            if connection_id
        ]

    def _xero_partners(self):
        """The contacts of these documents."""
        partners = self.env["res.partner"]
        return partners.union(*(each._xero_partner() for each in self))

    def _xero_dependencies(self, connection):
        """The contact and, if wanted, the products with a reference."""
        found = {"contact": self._xero_partners()}
        if connection.create_items and connection.item_source == "product":
            products = self._xero_document_lines().product_id
            found["item"] = products.filtered("default_code")
        return found

    def _xero_dependency_ids(self, model):
        if model == "res.partner":
            return set(self._xero_partner().ids)
        return set(self._xero_document_lines().product_id.ids)

    # === PROBLEMS === #

    def _xero_unmapped(self, kind, record):
        """The problem of a missing choice in Mapping."""
        return self._xero_problem(
            f"{kind}_unmapped",
            record,
            key=str(record.id or 0),
            name=record.display_name if record else "",
        )

    def _xero_problem(self, cause, record=None, key=None, **values):
        """A Problem of this document, or of what its note shall group by."""
        about = key or f"{self._name},{self.id}"
        return Problem(
            cause,
            f"{cause}:{about}",
            {"name": self.name} | values,
            record if record is not None else self,
        )

    # === ANSWERS === #

    @api.model
    def _xero_is_ours(self, there, sent, agreed):
        """The same contact, date, currency and totals under our number: it is ours."""
        return (
            there.get("Contact", {}).get("ContactID") == sent["Contact"]["ContactID"]
            and (there.get("DateString") or "")[:10] == sent["Date"]
            and there.get("CurrencyCode") == sent["CurrencyCode"]
            and f"{there.get('Total'):.2f}" == agreed["total"]
            and f"{there.get('TotalTax'):.2f}" == agreed["tax"]
            and there.get("Status") not in ("VOIDED", "DELETED")
        )

    @api.model
    def _xero_accepted(self, connection, accepted):
        """Say in the chatter what became of it, and stop where totals differ (I6)."""
        bodies, wrong = {}, []
        for line, element in accepted:
            link = line.link_id
            sentences = [
                self.env._(
                    "In Xero as %(number)s, job %(job)s.",
                    number=link.xero_number,
                    job=line.request_id.name,
                )
            ]
            if line.outcome == "created":
                remarks = link.snapshot.get("remarks", ())
                sentences += [self._xero_remark_words(code) for code in remarks]
            bodies[link.res_id] = " ".join(sentences)
            theirs = elements.figures(element)
            if theirs and theirs != {name: link.snapshot[name] for name in theirs}:
                wrong.append((link, theirs))
        self.browse(bodies)._message_log_batch(bodies=bodies)
        self._xero_flag_totals(connection, wrong)

    def _xero_total_problem(self, snapshot):
        """Xero shows other figures than agreed: for the first document of a tax, the
        mapping is wrong; else the document is looked at."""
        values = {"ours": _words(snapshot), "theirs": _words(snapshot["differs"])}
        if snapshot.get("proves"):
            key = snapshot["proves"][0]
            return self._xero_problem("tax_proof_failed", key=key, **values)
        return self._xero_problem("invoice_total_differs", **values)

    def _xero_flag_totals(self, connection, wrong):
        links = self.env["xero.link"]
        found = []
        for link, theirs in wrong:
            links |= link
            link.snapshot = dict(link.snapshot, differs=theirs)
            problem = self.browse(link.res_id)._xero_total_problem(link.snapshot)
            found.append((link, problem, None))
        if found:
            links.write({"state": "error"})
            self.env["xero.note"]._raise(connection, found)

    # === LINKING BY HAND === #

    @api.model
    def _xero_search_parameters(self, search):
        """Invoices by number or contact; always paged, or lines are missing."""
        return {"search_term": search, "page": 1, "page_size": 20, "unitdp": 4}

    @api.model
    def _xero_candidate(self, element):
        total = element.get("Total") or 0
        return {
            "name": element.get("Contact", {}).get("Name"),
            "detail": f"{(element.get('DateString') or '')[:10]}"
            f" · {total:.2f} {element.get('CurrencyCode')}",
            "status": element.get("Status"),
        }

    def _xero_agree_by_hand(self, link, element):
        """What both sides agree on from now: this invoice as it would be sent."""
        connection = link.connection_id
        contact = self.env["xero.link"]._live_for(self._xero_partner(), connection)
        if not contact:
            return {}
        facts = self._xero_facts(connection)
        # The plan looks at it once more and says what is missing, or differs.
        again = {"state": "pending", "waiting_for": "plan"}
        if self._xero_problems(facts):
            return again
        try:
            model, agreed = self._xero_payload(facts, link)
        except (money.TooPrecise, fit.Mismatch):
            return again
        snapshot = self._xero_agreed(element, agreed)
        theirs = elements.figures(element)
        if theirs != {name: agreed[name] for name in theirs}:
            snapshot["differs"] = theirs
        fingerprint = wire.fingerprint(wire.encode(model))
        return again | {"fingerprint": fingerprint, "snapshot": snapshot}

    # === ACTIONS === #

    def action_xero_send(self):
        """Send the selected documents; what stays out is counted (S136, S151)."""
        self.env["xero.connection"]._check_user()
        wanted = self.browse()
        for connection_ids, documents in self._xero_concerned():
            connection = self.env["xero.connection"].sudo().browse(connection_ids)
            documents = documents._xero_in_scope(connection, by_user=True)
            links = self.env["xero.link"].sudo()._live_for(documents, connection)
            left = {id_ for id_, link in links.items() if link.state in LEFT_ALONE}
            wanted |= documents.filtered(lambda each, left=left: each.id not in left)
        left_out = len(self - wanted)
        action = super(XeroDocument, wanted).action_xero_send()
        if left_out:
            action["params"]["message"] = self._xero_left_out_words(left_out, wanted)
        return action

    def _xero_left_out_words(self, left_out, wanted):
        """What a person is told of documents that do not go."""
        reasons = self.env._(
            "They are drafts, too early, skipped, gone in Xero, or kept out by the"
            " settings of the connection."
        )
        if not wanted:
            return self.env._("None of these goes to Xero. %s", reasons)
        return self.env._(
            "On their way to Xero: %(count)s. Not sent: %(left_out)s. %(reasons)s",
            count=len(wanted),
            left_out=left_out,
            reasons=reasons,
        )


def _words(figures):
    """``120.00 (20.00 tax)``."""
    return f"{figures['total']} ({figures['tax']})"
