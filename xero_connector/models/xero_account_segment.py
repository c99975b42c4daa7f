"""Account codes made of parts, such as cost centre and category (S82, S85)."""

from odoo import fields, models


class XeroAccountSegment(models.Model):
    _name = "xero.account.segment"
    _description = "Part Of An Account Code"
    _order = "sequence, id"

    connection_id = fields.Many2one(
        "xero.connection", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    sequence = fields.Integer(default=10)
    source = fields.Selection(
        [
            ("fixed", "Always the same text"),
            ("analytic", "Code of the analytic account"),
            ("category", "Name of the product's category"),
            ("salesperson", "Initials of the salesperson"),
            ("company", "Reference of the company or branch"),
        ],
        required=True,
        default="fixed",
    )
    text = fields.Char()
    plan_id = fields.Many2one("account.analytic.plan")

    def _part(self, line):
        if self.source == "fixed":
            return self.text
        if self.source == "analytic":
            return line._xero_analytic_account(self.plan_id).code
        if self.source == "category":
            return line.product_id.categ_id.name
        if self.source == "salesperson":
            words = (line.move_id.invoice_user_id.name or "").split()
            return "".join(word[0] for word in words).upper()
        return line.company_id.partner_id.ref or line.company_id.name


def code_of(connection, line):
    """The account code that the parts make of one journal item, without empty ones.

    :rtype: str
    """
    parts = [segment._part(line) for segment in connection.segment_ids]
    return (connection.segment_separator or "").join(filter(None, parts))
