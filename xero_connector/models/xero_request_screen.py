"""History in words: what was sent or read, whom it was about, what support needs."""

from odoo import api, fields, models
from odoo.fields import Domain


class XeroRequest(models.Model):
    _inherit = "xero.request"

    what = fields.Char(compute="_compute_what")
    about = fields.Char(
        "Document or customer", compute="_compute_about", search="_search_about"
    )
    why = fields.Char(
        "Waited Because",
        compute="_compute_why",
        help="What stopped its documents before, and was mended.",
    )
    support_text = fields.Text(compute="_compute_support_text")

    # === COMPUTE METHODS === #

    def _compute_what(self):
        """'50 invoices', 'Changes to 3 invoices', 'tax rates'."""
        for request in self:
            if not request.resource:
                request.what = request.list_name
                continue
            resource = self.env["xero.resource"]._get(request.resource)
            what = resource.count(request.element_count)
            changes = request.action == "update"
            request.what = self.env._("Changes to %s", what) if changes else what

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

    def _compute_why(self):
        """What had stopped the records of each request before it was written down."""
        for request in self:
            messages = dict.fromkeys(request.line_ids.note_id.mapped("message"))
            request.why = " ".join(messages)

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


class XeroRequestLine(models.Model):
    _inherit = "xero.request.line"

    note_id = fields.Many2one(
        "xero.note",
        "Waited Because",
        readonly=True,
        ondelete="set null",
        help="What stopped this record before it was sent.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Keep what had stopped each record: its link forgets it once it is in Xero."""
        links = self.env["xero.link"].browse(vals["link_id"] for vals in vals_list)
        for vals, link in zip(vals_list, links, strict=True):
            vals.setdefault("note_id", link.note_id.id)
        return super().create(vals_list)
