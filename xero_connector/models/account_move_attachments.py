"""Which files follow a document to Xero, and by whose wish (N14, S133)."""

from odoo import api, models


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _xero_accepted(self, connection, accepted):
        """By option: a sales document as PDF, the supplier's file of a bill."""
        created = [line.link_id for line, _el in accepted if line.outcome != "updated"]
        links = self.env["xero.link"].union(*created)
        moves = {move.id: move for move in links._records()} if links else {}
        sales = links.filtered(
            lambda link: link.res_id in moves and moves[link.res_id]._xero_is_sale()
        )
        attachments = self.env["xero.attachment"]
        if connection.attach_pdf and sales:
            attachments._want(sales, own_pdf=True)
        if connection.attach_supplier and links - sales:
            files = (links - sales)._xero_files()
            if files:
                attachments._want((links - sales), files=files)
        return super()._xero_accepted(connection, accepted)

    def _xero_pdf(self):
        """The document as PDF: the one that was sent to the customer, or a new one."""
        self.ensure_one()
        if self.invoice_pdf_report_id:
            return self.invoice_pdf_report_id.raw
        reports = self.env["ir.actions.report"]
        content, _kind = reports._render_qweb_pdf("account.account_invoices", self.ids)
        return content

    def action_xero_attach(self):
        """Attach the files of these documents now: a person asked for it."""
        self.env["xero.connection"]._check_user()
        links = self.env["xero.link"].sudo()
        for move in self:
            links |= move._xero_link().sudo().filtered("xero_id")
        sales = links.filtered(lambda link: link.resource in ("invoice", "credit_note"))
        self.env["xero.attachment"].sudo()._want(sales, own_pdf=True)
        self.env["xero.attachment"].sudo()._want(links, files=links._xero_files())
        return self.env["xero.connection"]._notify(
            self.env._("The files are on their way to Xero, one call each.")
        )


class XeroLink(models.Model):
    _inherit = "xero.link"

    def _xero_files(self):
        """What people attached to these documents, the main file first.

        :rtype: dict[xero.link, ir.attachment]
        """
        found = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "account.move"),
                ("res_id", "in", self.mapped("res_id")),
                ("res_field", "=", False),
                ("type", "=", "binary"),
            ],
            order="id",
        )
        by_record = found.grouped("res_id")
        return {
            link: by_record[link.res_id] for link in self if link.res_id in by_record
        }
