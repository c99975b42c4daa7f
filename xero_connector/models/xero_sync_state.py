"""What every synced record shows of its link; searched, grouped and sorted in SQL."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .xero_link import STATES


class XeroSyncMixin(models.AbstractModel):
    _inherit = "xero.sync.mixin"

    xero_link_ids = fields.One2many(
        "xero.link",
        "res_id",
        "Xero Links",
        domain=lambda self: [("res_model", "=", self._name)],
        bypass_search_access=True,
        groups="xero_connector.group_user",
    )
    xero_state = fields.Selection(
        STATES,
        "Xero",
        compute="_compute_xero_state",
        search="_search_xero_state",
        compute_sudo=True,
    )
    xero_mark = fields.Char(
        "Xero State Shown", compute="_compute_xero_state", compute_sudo=True
    )
    xero_id = fields.Char(
        "Xero ID",
        compute="_compute_xero_state",
        search="_search_xero_id",
        compute_sudo=True,
    )

    # === COMPUTE METHODS === #

    @api.depends_context("company", "allowed_company_ids")
    @api.depends("xero_link_ids.state", "xero_link_ids.xero_id")
    def _compute_xero_state(self):
        links = {
            link.res_id: link
            for link in self.env["xero.link"].search(
                self._xero_link_domain() & Domain("res_id", "in", self.ids)
            )
        }
        none = self.env["xero.link"]
        for record in self:
            shown = record._xero_shown_values(links.get(record.id, none))
            record.update(shown)

    def _xero_shown_values(self, link):
        """What a record shows of its link, which may be empty."""
        return {
            "xero_state": link.state,
            "xero_mark": link.mark,
            "xero_id": link.xero_id,
        }

    def _search_xero_state(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        states = {state for state in value if state}
        negative = (operator == "not in") != (False in value)
        if False in value:
            states = {state for state, _label in STATES} - states
        links = (
            self.env["xero.link"]
            .sudo()
            ._search(self._xero_link_domain() & Domain("state", "in", list(states)))
        )
        return Domain("id", "not in" if negative else "in", links.subselect("res_id"))

    def _search_xero_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        links = (
            self.env["xero.link"]
            .sudo()
            ._search(self._xero_link_domain() & Domain("xero_id", "in", list(value)))
        )
        return Domain("id", "in", links.subselect("res_id"))

    def _field_to_sql(self, alias, fname, query=None):
        if fname not in ("xero_state", "xero_id") or query is None:
            return super()._field_to_sql(alias, fname, query)
        column = "state" if fname == "xero_state" else "xero_id"
        link = query.make_alias(alias, "xero_link")
        if link not in query._joins:
            query.add_join("LEFT JOIN", link, "xero_link", self._xero_join(alias, link))
        return SQL.identifier(link, column)

    def _xero_join(self, alias, link):
        return SQL(
            "%s = %s AND %s = %s AND %s IS NULL AND %s IN %s",
            SQL.identifier(link, "res_id"),
            SQL.identifier(alias, "id"),
            SQL.identifier(link, "res_model"),
            self._name,
            SQL.identifier(link, "superseded_by_id"),
            SQL.identifier(link, "connection_id"),
            tuple(self._xero_shown_connections().ids or [0]),
        )

    def _xero_link_domain(self):
        """Live links of this model in the connections that the user looks at."""
        return Domain(
            [
                ("res_model", "=", self._name),
                ("superseded_by_id", "=", False),
                ("connection_id", "in", self._xero_shown_connections().ids),
            ]
        )

    def _xero_shown_connections(self):
        """Connections whose links decide what is shown: at most one per record.

        Records that belong to one company override this with all the companies that
        the user has switched on.
        """
        return self.env.company._xero_connection()
