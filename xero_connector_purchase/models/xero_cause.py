"""What stops purchase orders, in words."""

from odoo.tools import LazyTranslate

from odoo.addons.xero_connector.models.xero_cause import CAUSES, Cause

_lt = LazyTranslate(__name__)

CAUSES |= {
    "order_of_others": Cause(
        "purchase_order",
        _lt("Xero already has an order %(number)s: %(supplier)s, %(total)s."),
        _lt(
            "Odoo did not make it and does not touch it. Link it if it is the same"
            " order; else make this one again under another number."
        ),
        opens="link",
    ),
    "order_number_burnt": Cause(
        "purchase_order",
        _lt("Xero had an order %(number)s, and it was deleted there."),
        _lt("Xero never gives a number free. Make this order again under a new one."),
    ),
    "order_twice": Cause(
        "purchase_order",
        _lt("Two orders in Odoo have the number %(number)s."),
        _lt("Xero would take the second for a change of the first. Renumber one."),
    ),
    "order_billed": Cause(
        "purchase_order",
        _lt("%(name)s is billed in Xero."),
        _lt("It stays there as it is. Change the bill in Xero if it is wrong."),
        opens="xero",
    ),
    "order_nameless": Cause(
        "purchase_order",
        _lt("A line of the order %(name)s has no product and no account."),
        _lt("Choose the default purchases account on the connection."),
        opens="connection",
    ),
}
