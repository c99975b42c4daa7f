"""Before an order is created: does its number belong to another one in Xero?

Creating an order under the number of a living one changes that one, silently; under the
number of a deleted one it is refused for ever (xero-api.md, section 6). So the copy is
brought up to date first: one read for all that was planned together.
"""

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.xero_connector.lib import errors
from odoo.addons.xero_connector.models.xero_lane import Stopped

#: How old the copy may be for orders that were planned before it was read.
_FRESH = timedelta(minutes=2)


class XeroRequest(models.Model):
    _inherit = "xero.request"

    def _may_create(self):
        if self.resource != "purchase_order":
            return super()._may_create()
        self._refresh_orders()
        if self._withdraw_if_changed():
            return False
        self._check_may_call()  # the look was a call
        return self._keep_free_numbers()

    def _refresh_orders(self):
        """Bring the copy up to date, unless that was done since this was planned.

        :raises Stopped: access is lost
        :raises Busy: it could not be read
        """
        connection = self.connection_id
        if connection._orders_read_since(self.create_date):
            return
        try:
            connection._poll_resource(self._resource())
        except errors.AccessError:
            raise Stopped() from None
        except errors.XeroError as error:
            self._later(error.retry_after or 30, error.message)

    def _keep_free_numbers(self):
        """Stop orders whose number another one has; the others remain.

        :return: whether any remains
        """
        sent, number = self._sent(), self._resource().number_field
        holders = self.env["xero.order.copy"]._holders(
            self.connection_id, [each[number] for each in sent]
        )
        going = []
        for line, payload in zip(self._open_lines(), sent, strict=True):
            holder = holders.get(payload[number].lower())
            if holder:
                self._stop_for(line, holder)
            else:
                going.append((line, payload))
        if len(going) < len(sent):
            self._keep(self._resource(), going)
        if not going:
            self._end_of_look()
        return bool(going)

    def _stop_for(self, line, holder):
        """Another order in Xero has the number: it is never touched."""
        burnt = holder.status == "DELETED"
        self._stop(
            line,
            "order_number_burnt" if burnt else "order_of_others",
            number=holder.number,
            supplier=holder.supplier or "",
            total=holder.total or "",
        )


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _orders_read_since(self, moment):
        """Whether the copy is from after a moment, and not old."""
        cursor = self.env["xero.cursor"].sudo()._of(self, "purchase_order")
        recent = max(moment.replace(microsecond=0), fields.Datetime.now() - _FRESH)
        return bool(cursor.read_at) and cursor.read_at >= recent


class XeroLink(models.Model):
    _inherit = "xero.link"

    def _find_in_xero(self, search):
        """Orders are found by their whole number; one call."""
        if self.resource != "purchase_order":
            return super()._find_in_xero(search)
        try:
            answer = self.connection_id._call("get_purchase_order_by_number", search)
        except errors.Gone:
            return []
        except errors.XeroError as error:
            raise self.connection_id._as_user_error(error) from error
        return self._candidates(answer.elements("PurchaseOrders"))

    def _link_by_hand(self, element, reason):
        """Never to the order of another supplier."""
        if self.resource == "purchase_order":
            record = self._records()
            contacts = self._live_for(record._xero_partner(), self.connection_id)
            ours = {link.xero_id for link in contacts.values()}
            if element.get("Contact", {}).get("ContactID") not in ours:
                raise UserError(
                    self.env._(
                        "%(number)s in Xero is an order to %(supplier)s, so it is not"
                        " this one.",
                        number=element.get("PurchaseOrderNumber"),
                        supplier=element.get("Contact", {}).get("Name"),
                    )
                )
        return super()._link_by_hand(element, reason)
