"""Trial and Go live: the first documents go as drafts, until a person says so (N33)."""

from odoo import models
from odoo.fields import Domain

#: Documents that go as drafts before someone must press Go live (N33).
TRIAL_DOCUMENTS = 10


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def action_go_live(self):
        """Ask once what becomes of the trial drafts."""
        self._check_manager()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_connector.xero_go_live_action"
        )
        return dict(action, context={"default_connection_id": self.id})

    def _go_live(self, approve_drafts):
        """From now on documents are approved in Xero at once (N33)."""
        self._check_manager()
        self.ensure_one()
        documents = self._trial_links()
        self.sudo().mode = "live"
        if approve_drafts:
            for model, links in documents.grouped("res_model").items():
                records = self.env[model].browse(links.mapped("res_id"))
                self.env["xero.change"]._collect(records, self.ids, by_user=True)
        else:
            documents.keep_draft = True
        self.env["xero.link"].sudo().search(
            [("connection_id", "=", self.id), ("waiting_for", "=", "go_live")]
        ).waiting_for = "plan"
        self.sudo()._wake_plan(by_user=True)

    def _trial_links(self):
        """Documents that are drafts in Xero, or on their way there as drafts."""
        links = self.env["xero.link"].sudo()
        return links.search(
            Domain("connection_id", "=", self.id)
            & Domain("resource", "in", self._document_resources())
            & (Domain("xero_status", "=", "DRAFT") | Domain("request_id", "!=", False))
        )

    def _document_resources(self):
        return [
            row.name for row in self.env["xero.resource"]._in_order() if row.document
        ]

    def _trial_sent(self):
        """How many documents went, or are going, as trial drafts."""
        links = self.env["xero.link"].sudo()
        return links.search_count(
            [
                ("connection_id", "=", self.id),
                ("resource", "in", self._document_resources()),
                ("kind", "=", "normal"),
                "|",
                ("xero_id", "!=", False),
                ("request_id", "!=", False),
            ]
        )
