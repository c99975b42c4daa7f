from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _xero_connection(self):
        """The connection of this company or of its nearest ancestor; may be empty."""
        self.ensure_one()
        connections = self.env["xero.connection"]
        return connections.browse(connections._id_for_company(self.id) or ())
