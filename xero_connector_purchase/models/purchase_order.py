"""Purchase orders: when they are looked at, and whether they belong in Xero."""

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.xero_connector.lib.money import ZERO


class PurchaseOrder(models.Model):
    _name = "purchase.order"
    _inherit = ["purchase.order", "xero.document"]

    _xero_tracked_fields = frozenset(
        {
            "state",
            "name",
            "partner_id",
            "partner_ref",
            "origin",
            "note",
            "currency_id",
            "date_approve",
            "date_planned",
            "dest_address_id",
            "user_id",
        }
    )

    xero_sendable = fields.Boolean(compute="_compute_xero_sendable")
    xero_words = fields.Char(compute="_compute_xero_words")

    # === COMPUTE METHODS === #

    @api.depends_context("company")
    @api.depends("state", "xero_state")
    def _compute_xero_sendable(self):
        """Whether 'Send to Xero' makes sense now."""
        sending = any(each.send_orders for each in self._xero_shown_connections())
        for order in self:
            order.xero_sendable = (
                sending
                and order.state == "purchase"
                and order.xero_state not in ("synced", "gone")
            )

    @api.depends_context("company", "lang")
    @api.depends("xero_link_ids.state", "xero_link_ids.note_id")
    def _compute_xero_words(self):
        """What a person should know before working on the order (S185, S220)."""
        may_see = self._xero_may_see()
        for order in self:
            link = order._xero_link() if may_see and order.id else None
            order.xero_words = order._xero_words_of(link.sudo()) if link else False

    def _xero_words_of(self, link):
        note = link.note_id
        if note.state == "open":
            return f"{note.message} {note.advice}"
        if not link.xero_id:
            return False
        if link.xero_status == "BILLED":
            return self.env._("Billed in Xero. It is not changed there any more.")
        if link.state == "gone":
            return self.env._(
                "Deleted in Xero, which never frees its number. Duplicate the order if"
                " it is wanted after all."
            )
        return self.env._(
            "In Xero as %s. Its number and its supplier can no longer change; its lines"
            " can, as long as one remains.",
            link.xero_number,
        )

    # === TOUCH === #

    def _xero_touch(self, by_user=False):
        """Requests for quotation that never went are nobody's business."""
        orders = self.filtered(
            lambda order: by_user or order.state in ("purchase", "cancel")
        )
        return super(PurchaseOrder, orders)._xero_touch(by_user)

    # === SCOPE === #

    def _xero_resource(self):
        return "purchase_order"

    def _xero_partner(self):
        return self.partner_id.commercial_partner_id

    def _xero_in_scope(self, connection, by_user=False, linked=False):
        """Confirmed orders from the start date on (S182); a locked one is confirmed."""
        return self.filtered(
            lambda order: (
                order._xero_wanted(connection)
                and (linked or by_user or connection.trigger != "manual")
            )
        )

    def _xero_wanted(self, connection):
        return (
            connection.send_orders
            and self.state == "purchase"
            and (not connection.date_from or self._xero_day() >= connection.date_from)
            and any(line.price_unit and line.product_qty for line in self.order_line)
        )

    def _xero_day(self, moment=None):
        """The day of the order, or of another moment, where its buyer is."""
        moment = moment or self.date_approve or self.date_order
        zone = self.with_context(tz=self.get_order_timezone().zone)
        return fields.Datetime.context_timestamp(zone, moment).date()

    # === LINES === #

    def _xero_document_lines(self):
        return self.order_line

    def _xero_base_records(self):
        return self.order_line.filtered(lambda line: not line.display_type)

    def _xero_base_lines(self):
        taxes = self.env["account.tax"]
        lines = [
            line._prepare_base_line_for_taxes_computation()
            for line in self._xero_base_records()
        ]
        taxes._add_tax_details_in_base_lines(lines, self.company_id)
        taxes._round_base_lines_tax_details(lines, self.company_id)
        return lines

    def _xero_booked_tax(self, facts):
        """The tax that Xero is to show: as printed, less what is none there."""
        rows = [
            row
            for line in self._xero_base_lines()
            for row in line["tax_details"]["taxes_data"]
        ]
        if all(facts.is_rate(row["tax"]) for row in rows):
            return self._xero_amount(self.amount_tax)
        taxes = [row for row in rows if facts.is_rate(row["tax"])]
        return sum(
            (self._xero_amount(row["tax_amount_currency"]) for row in taxes), ZERO
        )

    # === FACTS === #

    def _xero_prefetch(self):
        lines = self.order_line
        lines.fetch(["order_id", "product_id", "tax_ids", "name", "display_type"])
        lines.tax_ids.mapped("children_tax_ids")
        lines.tax_ids.mapped("repartition_line_ids.tag_ids")
        lines.product_id.mapped("default_code")
        self.mapped("partner_id.commercial_partner_id")

    def _xero_facts(self, connection):
        facts = super()._xero_facts(connection)
        facts.first_orders = self._xero_first_orders(connection)
        return facts

    def _xero_first_orders(self, connection):
        """Which of several confirmed orders with one number may have it in Xero.

        The one that Xero has, or else the oldest.
        """
        same = self.sudo().search_fetch(
            Domain("name", "in", self.mapped("name"))
            & Domain("company_id", "in", connection._company_ids())
            & Domain("state", "=", "purchase"),
            ["name"],
        )
        links = self.env["xero.link"].sudo()._live_for(same, connection)
        sent = {res_id for res_id, link in links.items() if link.xero_id}
        return {
            name.lower(): min(orders, key=lambda each: (each.id not in sent, each.id))
            for name, orders in same.grouped("name").items()
        }

    # === PROBLEMS === #

    def _xero_problems_of_header(self, facts):
        """No period is closed for orders: they post nothing."""
        found = super()._xero_problems_of_header(facts)
        first = facts.first_orders.get(self.name.lower(), self)
        if first != self:
            found.append(self._xero_problem("order_twice", number=self.name))
        return found

    def _xero_salesperson(self):
        return self.user_id
