"""What a contact owes and is owed in Xero, as read with it (S145)."""

from odoo import api, fields, models

#: Columns, and where they stand in a contact's balances.
_BALANCES = {
    "xero_receivable": ("AccountsReceivable", "Outstanding"),
    "xero_receivable_overdue": ("AccountsReceivable", "Overdue"),
    "xero_payable": ("AccountsPayable", "Outstanding"),
    "xero_payable_overdue": ("AccountsPayable", "Overdue"),
}


class XeroLink(models.Model):
    _inherit = "xero.link"

    xero_receivable = fields.Float("Owed To Us", digits=(16, 2), readonly=True)
    xero_receivable_overdue = fields.Float("Overdue", digits=(16, 2), readonly=True)
    xero_payable = fields.Float("Owed By Us", digits=(16, 2), readonly=True)
    xero_payable_overdue = fields.Float("Overdue By Us", digits=(16, 2), readonly=True)

    def _see_balances(self, element):
        """Keep the balances that a contact was read with; none are no balance."""
        balances = element.get("Balances") or {}
        values = {
            name: float((balances.get(side) or {}).get(what) or 0)
            for name, (side, what) in _BALANCES.items()
        }
        news = {name: now for name, now in values.items() if self[name] != now}
        if news:
            self.write(news)


class ResPartner(models.Model):
    _inherit = "res.partner"

    xero_receivable = fields.Float(
        "Owed To Us in Xero", compute="_compute_xero_state", compute_sudo=True
    )
    xero_payable = fields.Float(
        "Owed By Us in Xero", compute="_compute_xero_state", compute_sudo=True
    )

    @api.depends("xero_link_ids.xero_receivable", "xero_link_ids.xero_payable")
    def _compute_xero_state(self):
        return super()._compute_xero_state()

    def _xero_shown_values(self, link):
        return super()._xero_shown_values(link) | {
            "xero_receivable": link.xero_receivable,
            "xero_payable": link.xero_payable,
        }

    @api.model
    def _xero_apply(self, connection, cursor, page):
        """Balances move without the contact being changed."""
        news = super()._xero_apply(connection, cursor, page)
        found = {each["ContactID"]: each for each in page}
        links = self.env["xero.link"].sudo()._by_xero_id(connection, "contact", found)
        for xero_id, link in links.items():
            link._see_balances(found[xero_id])
        return news
