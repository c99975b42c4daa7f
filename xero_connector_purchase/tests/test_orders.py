"""Purchase orders as Xero gets them: what they say, and which of them go."""

import random
from datetime import date
from decimal import Decimal

from odoo import Command

from odoo.addons.xero_connector.lib import wire

from .common import OrderCase


class TestContent(OrderCase):
    def test_a_confirmed_order_goes_to_xero(self):
        """S182, S108: supplier, number, lines, taxes and totals; the item's code
        stands on the line, and nothing is said of stock."""
        order = self.order(partner_ref="Q-77")
        sent = self.sent(order)
        self.assertEqual(sent["PurchaseOrderNumber"], order.name)
        self.assertEqual(sent["Contact"]["Name"], "Azure Interior")
        self.assertEqual(sent["Status"], "AUTHORISED")
        self.assertEqual(sent["Reference"], "Q-77")
        self.assertEqual(wire.parse_date(sent["Date"]), date(2026, 7, 3))
        [line] = sent["LineItems"]
        self.assertEqual(line["Description"], "Chair, oak")
        self.assertEqual(line["ItemCode"], "CHAIR")
        self.assertEqual(line["AccountCode"], "429")
        self.assertEqual(line["TaxType"], "INPUT2")
        self.assertEqual(Decimal(str(sent["Total"])), Decimal("120"))
        self.assertEqual(order.xero_state, "synced")
        self.assertIn("In Xero as", order.message_ids[:1].body)

    def test_requests_for_quotation_stay(self):
        """S182: only what is confirmed goes, and no link is made before."""
        order = self.order(confirm=False)
        self.work()
        self.assertFalse(order.xero_link_ids)
        self.assertEqual(self.in_xero("purchase_orders"), [])

    def test_switched_off_nothing_goes(self):
        """S20: and no call is spent on looking at orders in Xero."""
        self.connection.send_orders = False
        order = self.order()
        self.work()
        self.xero.clear_calls()
        self.poll()
        self.assertFalse(order.xero_link_ids)
        self.assertFalse(
            [c for c in self.xero.calls() if "PurchaseOrders" in c["path"]]
        )

    def test_it_arrives_as_the_setting_says(self):
        """S110: draft, submitted or approved; a trial sends drafts."""
        self.connection.order_status = "SUBMITTED"
        self.assertEqual(self.sent(self.order())["Status"], "SUBMITTED")
        self.connection.mode = "trial"
        self.assertEqual(self.sent(self.order())["Status"], "DRAFT")

    def test_the_delivery_date_is_the_expected_arrival(self):
        """S118: by default."""
        sent = self.sent(self.order())
        self.assertEqual(wire.parse_date(sent["DeliveryDate"]), date(2026, 7, 20))

    def test_the_delivery_date_is_days_after_the_order(self):
        """S118: by the setting, whatever is expected."""
        self.connection.write({"order_delivery": "days", "order_days": 10})
        sent = self.sent(self.order())
        self.assertEqual(wire.parse_date(sent["DeliveryDate"]), date(2026, 7, 13))

    def test_where_it_is_delivered_and_the_way_back(self):
        """Address, person and text; the link to Odoo is never cut off."""
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("web.base.url", "https://books.example")
        self.connection.bound_to = self.connection._this_database()
        self.connection.order_link = True
        site = self.env["res.partner"].create(
            {"name": "Dock 4", "street": "Quay 1", "city": "Hull", "phone": "0148 2"}
        )
        order = self.order(dest_address_id=site.id, note="<p>Ring the bell. </p>" * 60)
        sent = self.sent(order)
        self.assertIn("Quay 1", sent["DeliveryAddress"])
        self.assertEqual((sent["AttentionTo"], sent["Telephone"]), ("Dock 4", "0148 2"))
        instructions = sent["DeliveryInstructions"]
        self.assertLessEqual(len(instructions), 500)
        self.assertTrue(instructions.startswith("Ring the bell."))
        link = f"https://books.example/odoo/purchase-orders/{order.id}"
        self.assertTrue(instructions.endswith(link))

    def test_totals_agree_to_the_cent(self):
        """N3: discounts, four decimals and tax rounded on the whole order."""
        self.company.tax_calculation_rounding_method = "round_globally"
        order = self.order(
            {"product_qty": 3, "price_unit": 33.335, "discount": 12.5},
            {"product_qty": 7, "price_unit": 0.0149},
            {"product_qty": 1, "price_unit": 25.06, "tax_ids": [Command.clear()]},
            {"product_qty": 13, "price_unit": 25.61},
        )
        sent = self.sent(order)
        for name, amount in (
            ("SubTotal", order.amount_untaxed),
            ("TotalTax", order.amount_tax),
            ("Total", order.amount_total),
        ):
            self.assertEqual(Decimal(str(sent[name])), Decimal(f"{amount:.2f}"), name)

    def test_a_foreign_currency_and_a_section(self):
        """S94: Odoo's own rate; sections are text lines."""
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "name": "2026-01-01", "rate": 1.25}
        )
        section = {
            "display_type": "line_section",
            "name": "Furniture",
            "product_id": False,
            "product_qty": 0,
            "price_unit": 0,
            "date_planned": False,
            "tax_ids": False,
        }
        sent = self.sent(self.order(section, {}, currency_id=euro.id))
        self.assertEqual(sent["CurrencyCode"], "EUR")
        self.assertEqual(Decimal(str(sent["CurrencyRate"])), Decimal("1.25"))
        self.assertEqual(
            [line["Description"] for line in sent["LineItems"]],
            ["Furniture", "Chair, oak"],
        )

    def test_a_closed_period_does_not_stop_orders(self):
        """They post nothing, so neither a lock nor a filed return holds them."""
        self.connection.filed_up_to = "2026-12-31"
        self.connection.organisation_id.period_lock_date = "2026-12-31"
        order = self.order()
        self.sent(order)
        order.order_line.product_qty = 5
        sent = self.sent(order)
        self.assertEqual(Decimal(str(sent["LineItems"][0]["Quantity"])), 5)

    def test_an_account_that_is_not_mapped_stops_it(self):
        """S216: under purchase orders, with an activity of their own."""
        self.chair.property_account_expense_id = self.expense.copy({"code": "77777"})
        note = self.stopped(self.order(), "account_unmapped")
        self.assertEqual(note.category, "purchase_order")
        kind = self.env.ref("xero_connector_purchase.activity_type_purchase_order")
        self.assertEqual(self.customer.activity_ids.activity_type_id, kind)


class TestMany(OrderCase):
    def test_two_hundred_orders_take_five_writes(self):
        """S167: 1 call for 40 suppliers, 4 for the orders, one read for all numbers;
        sent again unchanged, nothing happens."""
        self.connection.create_items = False
        suppliers = self.env["res.partner"].create(
            [{"name": f"Supplier {each:02d}", "is_company": True} for each in range(40)]
        )
        orders = self.env["purchase.order"].union(
            *(self.order(partner_id=suppliers[number % 40].id) for number in range(200))
        )
        self.commit()
        self.xero.clear_calls()
        self.work()
        calls = self.xero.calls(kind="api")
        writes = [call["path"] for call in calls if call["method"] != "GET"]
        reads = [
            call["path"]
            for call in calls
            if call["method"] == "GET" and "PurchaseOrders" in call["path"]
        ]
        self.assertEqual(set(orders.mapped("xero_state")), {"synced"})
        self.assertLessEqual(len(writes), 5, writes)
        self.assertEqual(len(reads), 1, reads)
        self.assertEqual(len(self.in_xero("purchase_orders")), 200)

        orders._xero_touch(by_user=True)
        self.xero.clear_calls()
        self.work()
        self.assertEqual(self.xero.calls(kind="api"), [])


class TestMoney(OrderCase):
    def test_any_order_agrees_to_the_cent_or_stops(self):
        """N3, I6: random quantities, prices and discounts, both ways of rounding tax;
        the seed of a failure is in its message."""
        seed = random.randrange(10**6)
        chance = random.Random(seed)
        orders = self.env["purchase.order"]
        for method in ("round_globally", "round_per_line"):
            self.company.tax_calculation_rounding_method = method
            orders |= orders.union(*(self._any_order(chance) for _n in range(40)))
            self.work()
        there = {
            each["PurchaseOrderNumber"]: each
            for each in self.in_xero("purchase_orders")
        }
        for order in orders.filtered(lambda each: each.xero_state == "synced"):
            for name, amount in (
                ("SubTotal", order.amount_untaxed),
                ("TotalTax", order.amount_tax),
                ("Total", order.amount_total),
            ):
                self.assertEqual(
                    Decimal(str(there[order.name][name])),
                    Decimal(f"{amount:.2f}"),
                    f"seed {seed}, {order.name}, {name}",
                )
        stopped = orders.filtered(lambda each: each.xero_state != "synced")
        causes = {each._xero_link().note_id.cause for each in stopped}
        self.assertLessEqual(causes, {"total_differs_before"}, f"seed {seed}")
        self.assertLess(len(stopped), 4, f"seed {seed}")

    def _any_order(self, chance):
        return self.order(
            *(
                {
                    "product_qty": round(
                        chance.uniform(0.01, 400), chance.randrange(3)
                    ),
                    "price_unit": round(
                        chance.uniform(0.01, 900), chance.choice((2, 2, 4))
                    ),
                    "discount": chance.choice((0, 0, 0, 5, 12.5, 33.33)),
                    "tax_ids": chance.choice(
                        (
                            [Command.set(self.purchase_tax.ids)],
                            [Command.set(self.purchase_tax.ids)],
                            [Command.clear()],
                        )
                    ),
                }
                for _line in range(chance.randint(1, 8))
            )
        )
