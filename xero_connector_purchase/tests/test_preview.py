"""Purchase orders among what would happen, and in runs."""

from .common import OrderCase

#: What the filters of the list say that sending all of it needs.
GOOD = [
    ("state", "!=", "cancel"),
    ("xero_state", "not in", ["synced", "gone", "skipped"]),
]


class TestWhatWouldHappen(OrderCase):
    def options(self):
        return super().options() | {"trigger": "manual"}

    def preview(self, **values):
        preview = self.env["xero.preview"].with_user(self.accountant)
        self.commit()
        domain = self.connection._domain_of_all()
        values = values or {"everything": True}
        preview._open(self.connection.with_user(self.accountant), domain, **values)
        return self.env["xero.preview"].search([], order="id desc", limit=1)

    def test_orders_stand_beside_invoices_and_go_with_them(self):
        """S173, S182, N2: with their figures, their supplier and the calls."""
        invoice, order = self.invoice(), self.order()
        preview = self.preview()
        rows = preview.line_ids.filtered("is_document")
        self.assertEqual(sorted(rows.mapped("resource")), ["invoice", "purchase_order"])
        row = rows.filtered(lambda each: each.res_model == "purchase.order")
        self.assertEqual((row.action, row.agrees), ("create", "equal"))
        self.assertEqual((row.total, row.xero_total), (120, 120))
        self.assertEqual(row.partner_id, self.customer)
        self.assertEqual(self.xero.writes(), 0)

        action = preview.with_user(self.accountant).action_send()
        self.work()
        self.assertEqual({order.xero_state, invoice.xero_state}, {"synced"})
        run = self.env["xero.run"].browse(action["res_id"])
        self.assertEqual((run.document_count, run.synced_count), (2, 2))
        self.assertIn(order.name, " ".join(run.line_ids.mapped("name")))
        requests = self.env["xero.request"].search(run.action_show_requests()["domain"])
        self.assertIn("purchase_order", requests.mapped("resource"))
        self.assertEqual(requests.run_id, run)

    def test_a_change_is_told_in_words(self):
        """S173: what is different, before it goes."""
        order = self.order()
        order.with_user(self.accountant).action_xero_send()
        self.sent(order)
        order.order_line.product_qty = 6
        order.date_planned = "2026-08-01 10:00:00"
        [row] = self.preview().line_ids
        self.assertEqual(row.action, "update")
        self.assertIn("Quantity 2 → 6", row.words)
        self.assertIn("Delivery date", row.words)

    def test_a_filtered_list_goes_as_a_whole(self):
        """S168, S171: the preview is the confirmation, and drafts are named in it."""
        order, draft = self.order(), self.order(confirm=False)
        self.order()
        self.commit()
        self.send_all(("id", "in", (order | draft).ids), *GOOD)
        rows = self.env["xero.preview"].search([], order="id desc", limit=1).line_ids
        actions = {row.res_id: row.action for row in rows if row.is_document}
        self.assertEqual(actions, {order.id: "create", draft.id: "attention"})

    def send_all(self, *domain):
        """'Send all to Xero' above a list with these filters."""
        orders = self.env["purchase.order"].with_user(self.accountant)
        return orders.with_context(active_domain=list(domain)).action_xero_send_all()

    def test_missing_filters_are_named_and_applied(self):
        """S169, S170: for orders as for invoices, whatever the list holds just now."""
        action = self.send_all(("state", "=", "purchase"))
        self.assertEqual(action["res_model"], "xero.send.all")
        step = self.env[action["res_model"]].with_user(self.accountant)
        step = step.browse(action["res_id"])
        self.assertIn("not in Xero yet", step.words)
        self.assertNotIn("cancelled", step.words)
        both = step.browse(self.send_all(("name", "ilike", "P0"))["res_id"])
        self.assertIn("Status: not cancelled", both.words)

        applied = both.action_apply()

        self.assertEqual(applied["res_model"], "purchase.order")
        self.assertEqual(applied["domain"], [["name", "ilike", "P0"]])
        view = self.env["purchase.order"].get_view(
            self.env.ref("purchase.purchase_order_view_search").id, "search"
        )
        for name in ("xero_not_cancelled", "xero_not_there"):
            self.assertTrue(applied["context"][f"search_default_{name}"])
            self.assertIn(f'name="{name}"', view["arch"])
        self.assertIn("xero_preview_id", self.send_all(*GOOD)["context"])

    def test_orders_take_their_place_in_a_trial(self):
        """N33: they are documents, so the eleventh waits for Go live."""
        self.connection.mode = "trial"
        orders = self.env["purchase.order"].union(*(self.order() for _n in range(11)))
        orders.with_user(self.accountant).action_xero_send()
        self.work()
        links = [order._xero_link() for order in orders]
        waiting = [link for link in links if link.waiting_for == "go_live"]
        self.assertEqual(len(waiting), 1)
        self.assertEqual(
            {each["Status"] for each in self.in_xero("purchase_orders")}, {"DRAFT"}
        )
        self.connection.with_user(self.accountant)._go_live(approve_drafts=True)
        self.settle()
        self.assertEqual(
            [each["Status"] for each in self.in_xero("purchase_orders")],
            ["AUTHORISED"] * 11,
        )
