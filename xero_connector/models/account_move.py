"""Documents: when they are looked at, whether they belong in Xero, what people see."""

from odoo import api, fields, models

from ..lib import elements, wire
from .xero_sync_mixin import Problem

#: Which documents are which resource.
_RESOURCES = {
    "out_invoice": "invoice",
    "in_invoice": "bill",
    "out_refund": "credit_note",
    "in_refund": "supplier_credit",
}

#: Documents that go to customers.
SALES = ("out_invoice", "out_refund")


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "xero.sync.mixin"]

    _xero_tracked_fields = frozenset(
        {
            "state",
            "name",
            "is_move_sent",
            "ref",
            "invoice_origin",
            "invoice_date",
            "invoice_date_due",
            "partner_id",
        }
    )

    xero_number = fields.Char(
        "Number in Xero", compute="_compute_xero_state", compute_sudo=True
    )

    xero_sendable = fields.Boolean(compute="_compute_xero_sendable")

    # === COMPUTE METHODS === #

    @api.depends_context("company")
    @api.depends("state", "move_type", "xero_state")
    def _compute_xero_sendable(self):
        """Whether 'Send to Xero' makes sense now."""
        for move in self:
            connected = bool(move._xero_shown_connections())
            move.xero_sendable = (
                connected
                and bool(move._xero_resource())
                and move.state == "posted"
                and move.xero_state not in ("synced", "gone")
            )

    def _xero_shown_connections(self):
        """A document has one company, so all that are switched on may be shown."""
        connections = self.env["xero.connection"]
        ids = {connections._id_for_company(each.id) for each in self.env.companies}
        return connections.browse(ids - {False})

    def _xero_shown_values(self, link):
        return super()._xero_shown_values(link) | {"xero_number": link.xero_number}

    @api.depends("xero_link_ids.state", "xero_link_ids.note_id")
    def _compute_alerts(self):
        return super()._compute_alerts()

    def _get_alerts(self):
        """One amber bar: why this document is not in Xero, and what mends it (S220)."""
        alerts = super()._get_alerts()
        note = self._xero_link().note_id if self._xero_may_see() else None
        if note and note.state == "open":
            alerts["xero_connector"] = {
                "level": "warning",
                "message": self.env._(
                    "Not in Xero: %(message)s %(advice)s",
                    message=note.message,
                    advice=note.advice,
                ),
                "action_text": note._mend_label(),
                "action": note._mend_action(),
            }
        return alerts

    # === TOUCH === #

    def _xero_touch(self, by_user=False):
        """Drafts that never went are nobody's business."""
        documents = self.filtered(
            lambda move: (
                move.move_type in _RESOURCES
                and (by_user or move.state != "draft" or move.posted_before)
            )
        )
        return super(AccountMove, documents)._xero_touch(by_user)

    def _xero_touch_posted(self):
        """Lines of these documents changed; drafts are seen when they are posted."""
        self.filtered(lambda move: move.state == "posted")._xero_touch()

    def _xero_concerned(self):
        connections = self.env["xero.connection"]
        return [
            ([connection_id], moves)
            for connection_id, moves in self.grouped(
                lambda move: connections._id_for_company(move.company_id.id)
            ).items()
            if connection_id
        ]

    # === SCOPE === #

    def _xero_resource(self):
        return _RESOURCES.get(self.move_type)

    def _xero_partner(self):
        return self.commercial_partner_id

    def _xero_in_scope(self, connection, by_user=False, linked=False):
        """Posted documents from the start date on, once their trigger fired.

        A document whose every line is zero moves nothing and stays out; a total of
        zero with lines that are not does go (S153, T52).
        """
        wanted = self.filtered(
            lambda move: (
                move._xero_wanted(connection)
                and (linked or by_user or move._xero_triggered(connection))
            )
        )
        return wanted.filtered_domain(connection._document_filter())

    def _xero_wanted(self, connection):
        sales = self.move_type in SALES
        return (
            (connection.send_invoices if sales else connection.send_bills)
            and self.move_type in _RESOURCES
            and self.state == "posted"
            and (not connection.date_from or self.invoice_date >= connection.date_from)
            and any(line.price_unit and line.quantity for line in self.invoice_line_ids)
        )

    def _xero_triggered(self, connection):
        """Whether the document goes by itself now (S137).

        Only sales documents are ever marked as sent.
        """
        if connection.trigger == "sent" and self.move_type in SALES:
            return self.is_move_sent
        return connection.trigger != "manual"

    def _xero_dependencies(self, connection):
        """The paying company and, if wanted, the products with a reference."""
        found = {"contact": self.commercial_partner_id}
        if connection.create_items and connection.item_source == "product":
            found["item"] = self.invoice_line_ids.product_id.filtered("default_code")
        return found

    def _xero_dependency_ids(self, model):
        if model == "res.partner":
            return set(self.commercial_partner_id.ids)
        return set(self.invoice_line_ids.product_id.ids)

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
        about = key or f"account.move,{self.id}"
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
        contact = self.env["xero.link"]._live_for(
            self.commercial_partner_id, connection
        )
        if not contact:
            return {}
        model, agreed = self._xero_payload(self._xero_facts(connection), link)
        snapshot = self._xero_agreed(element, agreed)
        theirs = elements.figures(element)
        if theirs != {name: agreed[name] for name in theirs}:
            snapshot["differs"] = theirs
        return {
            "fingerprint": wire.fingerprint(wire.encode(model)),
            "snapshot": snapshot,
            # The plan looks at it once more and says what differs.
            "state": "pending",
            "waiting_for": "plan",
        }

    # === ACTIONS === #

    def action_xero_send(self):
        """Send the selected documents; what stays out is counted (S136, S151)."""
        self.env["xero.connection"]._check_user()
        wanted = self.browse()
        for connection_ids, moves in self._xero_concerned():
            connection = self.env["xero.connection"].sudo().browse(connection_ids)
            wanted |= moves._xero_in_scope(connection, by_user=True)
        left_out = len(self - wanted)
        action = super(AccountMove, wanted).action_xero_send()
        if left_out:
            action["params"]["message"] = self._xero_left_out_words(left_out, wanted)
        return action

    def _xero_left_out_words(self, left_out, wanted):
        """What a person is told of documents that do not go."""
        reasons = self.env._(
            "They are drafts, too early, or kept out by the settings of the connection."
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
