"""What would happen: everything is said before anything goes."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import XeroCase


class PreviewCase(XeroCase):
    def setUp(self):
        super().setUp()
        self.connection = self.connect(trigger="manual")
        self.xero.clear_calls()

    def preview(self, **selection):
        """The preview of a selection, as the accountant opens it."""
        step = self.as_accountant("xero.selection").create(selection)
        return self.opened(step.action_preview())

    def opened(self, action):
        return self.as_accountant("xero.preview").browse(
            action["context"]["xero_preview_id"]
        )

    def as_accountant(self, model):
        return self.env[model].with_user(self.accountant)

    def row(self, preview, record):
        found = preview.line_ids.filtered(
            lambda row: (row.res_model, row.res_id) == (record._name, record.id)
        )
        self.assertEqual(len(found), 1, preview.line_ids.mapped("name"))
        return found

    def untaxable(self):
        """An invoice with a tax that nobody has mapped."""
        tax = self.tax.copy({"name": "20% special"})
        return self.invoice({"tax_ids": tax.ids})


@tagged("post_install", "-at_install")
class TestPreview(PreviewCase):
    def test_it_says_what_would_happen_without_a_call(self):
        """S173, N2, S130: create, with three figures of both sides; nothing written."""
        invoice = self.invoice({"price_unit": 33.33, "quantity": 3})
        preview = self.preview()
        row = self.row(preview, invoice)
        self.assertEqual(row.action, "create", row.words)
        self.assertEqual((row.untaxed, row.tax, row.total), (99.99, 20.0, 119.99))
        self.assertEqual(
            (row.xero_untaxed, row.xero_tax, row.xero_total), (99.99, 20.0, 119.99)
        )
        self.assertEqual(row.agrees, "equal")
        self.assertEqual(self.row(preview, self.customer).action, "create")
        self.assertEqual(self.xero.calls(), [])
        self.assertFalse(self.env["xero.link"].search([]))
        self.assertFalse(self.env["xero.note"].search([]))

    def test_planned_calls_are_those_that_are_made(self):
        """N8, S171: one for the customer, one for the product, one for the invoices."""
        product = self.product("CHAIR")
        for _each in range(3):
            self.invoice({"product_id": product.id})
        preview = self.preview()
        self.assertEqual(preview.get_summary()["calls"], 3)
        preview.action_send()
        self.work()
        self.assertEqual(self.xero.writes(), 3)

    def test_only_chosen_rows_go(self):
        """S162, S176: what was not chosen stays, and is not taken along."""
        first, second = self.invoice(), self.invoice()
        preview = self.preview()
        preview.action_send(self.row(preview, second).ids)
        self.work()
        self.assertEqual(second.xero_state, "synced")
        self.assertFalse(first.xero_state)
        self.assertEqual(len(self.in_xero("invoices")), 1)

    def test_a_cause_says_what_it_stops_and_its_button_mends_it(self):
        """N2, G3, S172: one part for both, with its button; the third can go."""
        stopped = self.untaxable()
        self.invoice({"tax_ids": stopped.invoice_line_ids.tax_ids.ids})
        free = self.invoice()
        preview = self.preview()
        row = self.row(preview, stopped)
        self.assertEqual(row.action, "attention")
        self.assertEqual(row.group_id.name, "Tax '20% special' has no Xero rate.")
        self.assertEqual(len(row.group_id.line_ids), 2)
        self.assertEqual(preview.get_summary()["sendCount"], 1)
        action = row.group_id.action_mend()
        mapping = self.env["xero.mapping"].browse(action["res_id"])
        mapping.xero_tax_rate_id = mapping._ensure(
            self.connection, "tax", self.tax
        ).xero_tax_rate_id
        preview.action_refresh()
        self.assertEqual(preview.get_summary()["sendCount"], 3)
        self.assertEqual(self.row(preview, free).action, "create")

    def test_one_answer_for_a_filed_period(self):
        """I16, N27: one button for all of them; each is confirmed by name."""
        self.connection.filed_up_to = "2026-07-31"
        invoices = self.invoice() | self.invoice()
        preview = self.preview()
        group = self.row(preview, invoices[0]).group_id
        action = group.action_mend()
        links = self.env["xero.link"].browse(action["context"]["default_link_ids"])
        self.assertEqual(set(links.mapped("res_id")), set(invoices.ids))

    def test_changes_are_said_field_by_field(self):
        """N2, S173: what was agreed and what it becomes, and nothing else."""
        invoice = self.invoice({"quantity": 2}, ref="PO 1")
        invoice.with_user(self.accountant).action_xero_send()
        self.work()
        invoice.button_draft()
        invoice.ref = "PO 2"
        invoice.invoice_line_ids.quantity = 3
        invoice.action_post()
        self.commit()
        row = self.row(self.preview(), invoice)
        self.assertEqual(row.action, "update")
        self.assertIn("Reference PO 1 → PO 2", row.words)
        self.assertIn("line 1: Quantity 2 → 3", row.words)
        self.assertNotIn("Due date", row.words)
        self.assertEqual((row.total, row.xero_total), (360.0, 360.0))

    def test_cancelled_documents_are_voided_there(self):
        """N2, S164: said before it is done."""
        invoice = self.invoice()
        invoice.with_user(self.accountant).action_xero_send()
        self.work()
        invoice.button_draft()
        invoice.button_cancel()
        self.commit()
        row = self.row(self.preview(), invoice)
        self.assertEqual(row.action, "update")
        self.assertIn("Status Approved → Voided", row.words)

    def test_what_differs_in_a_cause_is_left_open(self):
        """G3: documents stopped by a cause of their own stand together."""
        self.connection.filed_up_to = "2026-07-31"
        self.invoice(), self.invoice()
        preview = self.preview()
        (part,) = preview.group_ids.filtered("cause")
        self.assertEqual(len(part.line_ids), 2)
        self.assertTrue(part.name.startswith("… belongs to a tax return"))

    def test_skipped_is_remembered_and_taken_back(self):
        """S176, G3: with a reason and a name, until someone takes it back."""
        invoice = self.invoice()
        preview = self.preview()
        row = self.row(preview, invoice)
        skip = self.as_accountant("xero.skip").with_context(
            **row.action_skip()["context"]
        )
        skip.create({"reason": "Entered by hand"}).action_skip()
        row = self.row(preview, invoice)
        self.assertEqual(row.action, "skipped")
        self.assertIn("Entered by hand", row.words)
        self.assertEqual(preview.get_summary()["sendCount"], 0)
        with self.assertRaises(UserError):
            preview.action_send()
        with self.assertRaises(UserError):
            row.action_skip()
        self.work()
        self.assertEqual(self.in_xero("invoices"), [])
        row.action_take_back()
        self.work()
        self.assertEqual(invoice.xero_state, "synced")

    def test_a_status_for_this_send_only(self):
        """S111: kept on the links of these documents and nowhere else."""
        invoice = self.invoice()
        other = self.invoice()
        preview = self.preview()
        preview.action_send(self.row(preview, invoice).ids, "DRAFT")
        links = self.env["xero.link"]._live_for(invoice | other, self.connection)
        self.assertEqual(
            {res_id: link.status_choice for res_id, link in links.items()},
            {invoice.id: "DRAFT"},
        )
        self.assertEqual(self.connection.invoice_status, "AUTHORISED")
        with self.assertRaises(UserError):
            preview.action_send(status="PAID")
        preview.action_send(self.row(preview, other).ids)
        self.work()
        self.assertEqual(
            {
                each["InvoiceNumber"]: each["Status"]
                for each in self.in_xero("invoices")
            },
            {invoice.name: "DRAFT", other.name: "AUTHORISED"},
        )

    def test_the_eleventh_waits_in_a_trial(self):
        """N33: the preview knows of the trial what the plan knows."""
        self.connection.mode = "trial"
        for _each in range(11):
            self.invoice()
        preview = self.preview()
        rows = preview.line_ids.filtered("move_id")
        self.assertEqual(rows.mapped("action").count("create"), 10)
        self.assertEqual(rows.mapped("action").count("wait"), 1)

    def test_filtered_documents_do_not_appear(self):
        """S151, S153: neither what a filter keeps out, nor what is zero."""
        self.invoice({"price_unit": 0})
        self.assertFalse(self.preview().line_ids)

    def test_a_customer_that_cannot_go_stops_its_documents(self):
        """N2: what Xero would refuse of the customer is said of the invoice."""
        self.customer.name = "x" * 300
        invoice = self.invoice()
        row = self.row(self.preview(), invoice)
        if row.action == "attention":
            self.assertTrue(row.words)

    def test_looking_into_xero_finds_what_is_there(self):
        """S154, S158: the same document is offered to link, another one is named."""
        same, other, new = self.invoice(), self.invoice(), self.invoice()
        self.typed_in_xero(same, 100)
        self.typed_in_xero(other, 999)
        preview = self.preview()
        self.assertEqual(preview._look_calls(), 1)
        self.xero.clear_calls()
        preview.action_look_into_xero()
        self.assertEqual(len(self.xero.calls()), 1)
        self.assertEqual(self.row(preview, same).action, "link")
        self.assertEqual(self.row(preview, other).action, "attention")
        self.assertEqual(self.row(preview, new).action, "create")
        self.assertIn("In Xero:", self.row(preview, other).words)
        preview.action_send()
        self.work()
        self.assertEqual(len(self.in_xero("invoices")), 3)
        self.assertFalse(same.xero_state)
        self.row(preview, same).group_id.action_link_all()
        self.assertEqual(same.xero_state, "pending")

    def typed_in_xero(self, invoice, amount):
        """Somebody typed a document under this number in Xero."""
        line = {
            "Description": "Consulting",
            "Quantity": 1,
            "UnitAmount": amount,
            "AccountCode": "200",
            "TaxType": "OUTPUT2",
        }
        values = {
            "Type": "ACCREC",
            "InvoiceNumber": invoice.name,
            "Contact": {"Name": "Azure, as typed"},
            "Date": "2026-07-03",
            "DueDate": "2026-08-02",
            "Status": "AUTHORISED",
            "LineItems": [line],
        }
        self.xero.create("invoices", values)

    def test_what_stays_out_is_counted(self):
        """T69, N34: entries, receipts and early documents, with their amounts."""
        self.invoice(invoice_date="2025-12-31", date="2025-12-31")
        self.invoice(move_type="out_receipt")
        self.invoice(ref="private")
        self.document("in_invoice")
        self.connection.document_domain = "[('ref', '!=', 'private')]"
        left_out = {
            each["name"]: each["count"]
            for each in self.preview().get_summary()["leftOut"]
        }
        self.assertEqual(set(left_out.values()), {1})
        self.assertEqual(
            {name.partition(":")[0].partition(" 0")[0] for name in left_out},
            {"Dated before", "Kept out by filter", "Not switched on", "Receipts"},
        )

    def test_a_big_preview_shows_a_part_and_sends_all(self):
        """N8, N17: what is not shown is counted, and goes when all are sent."""
        from ..wizards import xero_preview

        self.patch(xero_preview, "MOST", 2)
        invoices = self.env["account.move"].union(*(self.invoice() for _ in range(3)))
        preview = self.preview()
        summary = preview.get_summary()
        self.assertEqual(summary["sendCount"], 3)
        self.assertIn("3 documents", summary["rest"])
        preview.action_send()
        self.work()
        self.assertEqual(set(invoices.mapped("xero_state")), {"synced"})


@tagged("post_install", "-at_install")
class TestRun(PreviewCase):
    def test_progress_and_results_of_a_run(self):
        """S172, S177, S178, S179, S181, N17: counted while it runs, listed after."""
        good, bad = self.invoice(), self.untaxable()
        preview = self.preview()
        self.row(preview, bad).sudo().is_sendable = True
        run = self.env["xero.run"].browse(preview.action_send()["res_id"])
        self.commit()
        self.assertTrue(run.name.startswith("XR/"))
        self.assertEqual((run.waiting_count, run.is_done), (2, False))
        self.assertIn("0 of 2", run.words)
        self.assertIn("about", run.words)
        self.work()
        run.invalidate_recordset()
        self.assertTrue(run.is_done)
        self.assertEqual((run.synced_count, run.attention_count), (1, 1))
        self.assertIn("1 need attention", run.words)
        lines = {line.move_id: line for line in run.line_ids}
        self.assertEqual(lines[good].outcome, "synced")
        self.assertEqual(lines[bad].outcome, "attention")
        self.assertIn("20% special", lines[bad].reason)
        requests = self.env["xero.request"].search(run.action_show_requests()["domain"])
        self.assertEqual(requests.run_id, run)
        self.assertEqual(requests.mapped("resource"), ["invoice"])

    def test_it_says_when_xero_does_not_answer(self):
        """N17, S179: no answer is no end; the rest goes when Xero answers again."""
        invoice = self.invoice()
        self.xero.fault("unavailable", method="PUT", path="Contacts")
        run = self.env["xero.run"].browse(self.preview().action_send()["res_id"])
        self.work()
        run.invalidate_recordset()
        self.assertFalse(run.is_done)
        self.assertIn("stopped answering", run.words)
        self.settle()
        run.invalidate_recordset()
        self.assertTrue(run.is_done)
        self.assertEqual(invoice.xero_state, "synced")

    def test_people_see_runs_and_only_users_send(self):
        """S15, S180: sending returns at once; a clerk may not."""
        self.invoice()
        preview = self.preview()
        preview.action_send()
        self.assertEqual(self.xero.calls(), [])
        with self.assertRaises(AccessError):
            preview.with_user(self.clerk).action_send()
