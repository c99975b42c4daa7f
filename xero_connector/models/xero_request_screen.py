"""History in words: what was sent or read, whom it was about, what support needs."""

from odoo import fields, models
from odoo.fields import Domain


class XeroRequest(models.Model):
    _inherit = "xero.request"

    what = fields.Char(compute="_compute_what")
    about = fields.Char(
        "Document or customer", compute="_compute_about", search="_search_about"
    )
    support_text = fields.Text(compute="_compute_support_text")

    # === COMPUTE METHODS === #

    def _compute_what(self):
        """'50 invoices'."""
        for request in self:
            if not request.resource:
                request.what = request.list_name
                continue
            resource = self.env["xero.resource"]._get(request.resource)
            request.what = resource.count(request.element_count)

    def _compute_about(self):
        for request in self:
            request.about = ", ".join(
                filter(None, request.line_ids[:3].mapped("record_name"))
            )

    def _search_about(self, operator, value):
        """Requests with a record whose name, number or customer is like this."""
        if operator not in ("ilike", "="):
            return NotImplemented
        found = Domain("xero_number", operator, value) | Domain(
            "partner_id.display_name", operator, value
        )
        for model in {row.model for row in self.env["xero.resource"]._in_order()}:
            records = self.env[model]._search(Domain("display_name", operator, value))
            found |= Domain([("res_model", "=", model), ("res_id", "in", records)])
        return Domain("line_ids.link_id", "any", found)

    def _compute_support_text(self):
        """What support needs, without anything secret, ready to paste (S178)."""
        for request in self:
            lines = [
                f"{line.position + 1}. {line.record_name}: {line.outcome or '-'}"
                f" {line.message or ''}"
                for line in request.line_ids
            ]
            request.support_text = "\n".join(
                [
                    f"{request.name} {request.method} {request.path}",
                    f"{request.sent_at} UTC, {request.duration:.1f} s, status"
                    f" {request.status_code}, Xero's number {request.correlation_id}",
                    f"{request.state}: {request.error or ''}",
                    *lines,
                ]
            )
