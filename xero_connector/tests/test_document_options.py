"""Every option of a document, read off the wire (S110 to S135)."""

from datetime import date
from decimal import Decimal

from odoo import Command

from .test_invoice_content import InvoiceCase


class OptionsCase(InvoiceCase):
    def setUp(self):
        super().setUp()
        self.connection = self.connect(send_bills=True)


class TestHead(OptionsCase):
    def test_status_by_kind(self):
        """S110, S112: each kind has its own status once live."""
        self.connection.write(
            {
                "invoice_status": "SUBMITTED",
                "credit_note_status": "DRAFT",
                "bill_status": "SUBMITTED",
            }
        )
        wanted = {
            "out_invoice": "SUBMITTED",
            "out_refund": "DRAFT",
            "in_invoice": "SUBMITTED",
            "in_refund": "SUBMITTED",
        }
        for kind, status in wanted.items():
            self.assertEqual(self.sent(self.document(kind))["Status"], status, kind)

    def test_the_number_is_odoos(self):
        """S113, S129: the customer has it already."""
        invoice = self.invoice(post=False)
        invoice.name = "A/very/long/number/of/2026/" + "9" * 60
        invoice.action_post()
        self.assertEqual(self.sent(invoice)["InvoiceNumber"], invoice.name)

    def test_the_number_is_xeros(self):
        """S113, S114: kept on the link and shown; never written into our number."""
        self.connection.number_policy = "xero"
        invoice = self.invoice()
        ours, sent = invoice.name, self.sent(invoice)
        self.assertNotEqual(sent["InvoiceNumber"], ours)
        self.assertEqual(invoice.xero_number, sent["InvoiceNumber"])
        self.assertEqual(invoice.name, ours)
        report = self.env["ir.actions.report"]
        html, _kind = report._render_qweb_html(
            "account.report_invoice_with_payments", invoice.ids
        )
        self.assertIn(sent["InvoiceNumber"].encode(), html)

    def test_sending_before_xero_numbered_it_is_warned_of(self):
        """S115: the number is to be final before the customer gets it."""
        self.connection.number_policy = "xero"
        invoice = self.invoice()
        wizard = self.env["account.move.send.wizard"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        self.assertIn("xero_connector_number", wizard.create({}).alerts)
        self.work()
        self.assertNotIn("xero_connector_number", wizard.create({}).alerts or {})

    def test_the_number_is_the_id(self):
        """S113: Odoo's internal id."""
        self.connection.number_policy = "id"
        invoice = self.invoice()
        self.assertEqual(self.sent(invoice)["InvoiceNumber"], str(invoice.id))

    def test_due_dates(self):
        """S117: seven policies, over the ends of months and years."""
        wanted = {
            "odoo": "2027-02-10",
            "invoice_date": "2026-12-31",
            "days_7": "2027-01-07",
            "days_14": "2027-01-14",
            "days_30": "2027-01-30",
            "twentieth": "2026-12-31",
            "twentieth_following": "2027-01-20",
        }
        for policy, due in wanted.items():
            self.connection.due_date_policy = policy
            invoice = self.invoice(
                invoice_date="2026-12-31", invoice_date_due="2027-02-10"
            )
            self.assertEqual(self.sent(invoice)["DueDateString"][:10], due, policy)

    def test_references(self):
        """S119, S120, S121, G1: from the customer, the order, the payment, the text,
        the project, or none."""
        plan = self.env["account.analytic.plan"].create({"name": "Projects"})
        project = self.env["account.analytic.account"].create(
            {"name": "Bridge", "code": "P-7", "plan_id": plan.id}
        )
        wanted = {
            "customer": "PO 4711",
            "origin": "S00042",
            "payment": "RF18 1234",
            "narration": "As agreed",
            "analytic": "P-7",
            "none": None,
        }
        for source, reference in wanted.items():
            self.connection.reference_source = source
            invoice = self.invoice(
                {"analytic_distribution": {str(project.id): 100}},
                ref="PO 4711",
                invoice_origin="S00042",
                payment_reference="RF18 1234",
                narration="<p>As agreed</p>",
            )
            self.assertEqual(self.sent(invoice).get("Reference"), reference, source)

    def test_instalments_are_said(self):
        """T11, S117: the last date, and the plan in the reference."""
        term = self.env["account.payment.term"].create(
            {
                "name": "Halves",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": days}
                    )
                    for days in (10, 40)
                ],
            }
        )
        invoice = self.invoice(
            invoice_payment_term_id=term.id, invoice_date_due=False, ref="PO 1"
        )
        sent = self.sent(invoice)
        self.assertEqual(sent["Reference"], "PO 1 · 2 instalments")
        self.assertEqual(sent["DueDateString"][:10], "2026-08-12")

    def test_marked_as_sent(self):
        """S166, T66: only by option, and only what is approved."""
        self.connection.trigger = "sent"
        invoices = self.invoice() | self.invoice() | self.invoice()
        quiet, sent, draft = invoices
        quiet.is_move_sent = True
        self.assertFalse(self.sent(quiet).get("SentToContact"))
        self.connection.mark_sent = True
        sent.is_move_sent = True
        self.assertTrue(self.sent(sent)["SentToContact"])
        self.connection.invoice_status = "DRAFT"
        draft.is_move_sent = True
        self.assertFalse(self.sent(draft).get("SentToContact"))

    def test_the_link_back_can_be_switched_off(self):
        """S132: Xero's "Go to" link; credit notes have none."""
        self.env["ir.config_parameter"].set_param("web.base.url", "https://erp.example")
        self.connection.bound_to = self.connection._this_database()
        bill = self.document("in_invoice")
        self.assertEqual(
            self.sent(bill)["Url"],
            f"https://erp.example/odoo/accounting/vendor-bills/{bill.id}",
        )
        self.assertNotIn("Url", self.sent(self.document("out_refund")))
        self.connection.deep_link = False
        self.assertNotIn("Url", self.sent(self.invoice()))


class TestLines(OptionsCase):
    def test_the_text_of_the_invoice_as_first_line(self):
        """S122: without item, account or amount; none where it is blank."""
        self.connection.narration_line = True
        [first, second] = self.sent(self.invoice(narration="<p>As agreed</p>"))[
            "LineItems"
        ]
        self.assertEqual(first["Description"], "As agreed")
        self.assertNotIn("AccountCode", first)
        self.assertEqual(second["Description"], "Consulting")
        blank = self.sent(self.invoice(narration="<p><br></p>"))
        self.assertEqual(len(blank["LineItems"]), 1)

    def test_descriptions(self):
        """S104, S123: the line's text, the product's name, or both."""
        chair = self.product("CHAIR")
        wanted = {
            "line": "Oak, oiled",
            "product": "[CHAIR] Product CHAIR",
            "product_line": "[CHAIR] Product CHAIR\nOak, oiled",
        }
        for source, text in wanted.items():
            self.connection.line_description = source
            invoice = self.invoice({"product_id": chair.id, "name": "Oak, oiled"})
            [line] = self.sent(invoice)["LineItems"]
            self.assertEqual(line["Description"], text, source)

    def test_quantity_always_one(self):
        """S124: the amount of the line as its price."""
        self.connection.collapse_quantity = True
        invoice = self.invoice({"quantity": 3, "price_unit": 33.33, "discount": 10})
        [line] = self.sent(invoice)["LineItems"]
        self.assertEqual(Decimal(str(line["Quantity"])), 1)
        self.assertEqual(Decimal(str(line["UnitAmount"])), Decimal("89.99"))
        self.assertEqual(line["Description"], "Consulting")
        self.assert_equal_ledgers(invoice)

    def test_sections_and_notes_can_be_left_out(self):
        """S122: only lines with value are sent then."""
        self.connection.write({"section_lines": False, "note_lines": False})
        invoice = self.invoice(
            {"name": "Part", "display_type": "line_section", "tax_ids": False},
            {},
            {"name": "Thanks", "display_type": "line_note", "tax_ids": False},
        )
        self.assertEqual(len(self.sent(invoice)["LineItems"]), 1)

    def test_amounts_are_exclusive_of_tax(self):
        """S130: unless all prices contain theirs; never NoTax (T18)."""
        self.assertEqual(self.sent(self.invoice())["LineAmountTypes"], "Exclusive")

    def test_default_accounts(self):
        """S71, S72, S73: where no account is mapped, for sales and for purchases."""
        rows = self.connection.mapping_ids.filtered(lambda row: row.kind == "account")
        rows.xero_account_id = False
        self.connection.default_sale_account_id = self.xero_account(
            self.connection, "260"
        )
        self.connection.default_purchase_account_id = self.xero_account(
            self.connection, "400"
        )
        [sale] = self.sent(self.invoice())["LineItems"]
        [purchase] = self.sent(self.document("in_invoice"))["LineItems"]
        self.assertEqual((sale["AccountCode"], purchase["AccountCode"]), ("260", "400"))


class TestItemsAndAccounts(OptionsCase):
    def tracked(self, quantity):
        """A chair whose stock Xero counts."""
        self.xero.create(
            "items",
            {
                "Code": "CHAIR",
                "Name": "Chair",
                "IsTrackedAsInventory": True,
                "InventoryAssetAccountCode": "630",
                "PurchaseDetails": {"COGSAccountCode": "310"},
            },
        )
        self.xero.count_stock("CHAIR", quantity)
        self.connection.tracked_item_codes = True
        self.connection.with_user(self.accountant).action_refresh_reference_data()
        return self.product("CHAIR")

    def test_tracked_stock_that_is_short_makes_a_draft(self):
        """S106: enough of it goes as set; too little as a draft, which is said."""
        chair = self.tracked(5)
        enough = self.invoice({"product_id": chair.id, "quantity": 5})
        sent = self.sent(enough)
        self.assertEqual(sent["Status"], "AUTHORISED")
        self.assertEqual(sent["LineItems"][0]["ItemCode"], "CHAIR")
        short = self.invoice({"product_id": chair.id, "quantity": 6})
        self.assertEqual(self.sent(short)["Status"], "DRAFT")
        self.assertIn("not enough stock", short.message_ids[:1].body)

    def test_stock_coming_back_is_not_checked(self):
        """S107: a credit note increases it."""
        chair = self.tracked(0)
        credit = self.document("out_refund", {"product_id": chair.id, "quantity": 6})
        self.assertEqual(self.sent(credit)["Status"], "AUTHORISED")

    def test_no_items(self):
        """S83, S103: lines without item, and none is created."""
        self.connection.item_source = "none"
        [line] = self.sent(self.invoice({"product_id": self.product("X").id}))[
            "LineItems"
        ]
        self.assertNotIn("ItemCode", line)
        self.assertFalse(self.in_xero("items"))

    def test_the_account_of_the_item(self):
        """S83: item from the product, account from the item."""
        self.xero.create(
            "items",
            {"Code": "X", "Name": "X", "SalesDetails": {"AccountCode": "260"}},
        )
        self.connection.account_source = "item"
        self.connection.with_user(self.accountant).action_refresh_reference_data()
        [line] = self.sent(self.invoice({"product_id": self.product("X").id}))[
            "LineItems"
        ]
        self.assertEqual((line["ItemCode"], line["AccountCode"]), ("X", "260"))

    def segments(self, *parts):
        self.connection.write(
            {
                "account_source": "segments",
                "segment_ids": [Command.create(part) for part in parts],
            }
        )

    def cost_centre(self, code):
        plan = self.env["account.analytic.plan"].create({"name": "Cost centres"})
        centre = self.env["account.analytic.account"].create(
            {"name": code, "code": code, "plan_id": plan.id}
        )
        return plan, {"analytic_distribution": {str(centre.id): 100}}

    def test_a_code_made_of_parts(self):
        """S82, S85: cost centre 'A' and 'Arch' make A-Arch."""
        self.xero.create(
            "accounts", {"Code": "A-Arch", "Name": "Architects", "Type": "REVENUE"}
        )
        self.connection.with_user(self.accountant).action_refresh_reference_data()
        plan, line = self.cost_centre("A")
        self.segments(
            {"source": "analytic", "plan_id": plan.id},
            {"source": "fixed", "text": "Arch"},
        )
        [sent] = self.sent(self.invoice(line))["LineItems"]
        self.assertEqual(sent["AccountCode"], "A-Arch")

    def test_a_code_that_exists_only_in_another_case(self):
        """S79: codes are case-sensitive; the one that is meant is named."""
        self.xero.create(
            "accounts", {"Code": "A-arch", "Name": "Architects", "Type": "REVENUE"}
        )
        self.connection.with_user(self.accountant).action_refresh_reference_data()
        self.segments({"source": "fixed", "text": "A-Arch"})
        note = self.stopped(self.invoice(), "account_code_unknown")
        self.assertIn("Xero has it as 'A-arch'", note.message)

    def test_a_name_where_the_code_belongs(self):
        """S80, S81: recognised; no account is ever created."""
        self.segments({"source": "fixed", "text": "Sales"})
        note = self.stopped(self.invoice(), "account_code_unknown")
        self.assertIn("'Sales' is the name of account 200", note.message)

    def test_a_code_that_is_too_long(self):
        """S78: at most ten characters."""
        self.segments({"source": "fixed", "text": "12345678901"})
        self.stopped(self.invoice(), "account_code_long")


class TestWhich(OptionsCase):
    def test_only_some_journals(self):
        """S151: documents of other journals stay out."""
        other = (
            self.env["account.journal"]
            .search(
                [("type", "=", "sale"), ("company_id", "=", self.company.id)], limit=1
            )
            .copy({"code": "OTHER"})
        )
        self.connection.journal_ids = other
        out, sent = self.invoice(), self.invoice(journal_id=other.id)
        self.work()
        self.assertFalse(out.xero_state)
        self.assertEqual(sent.xero_state, "synced")

    def test_only_documents_that_match(self):
        """S151: by salesperson, for example; the eraser brings them back."""
        self.connection.document_domain = (
            f"[('invoice_user_id', '=', {self.accountant.id})]"
        )
        out = self.invoice(invoice_user_id=self.clerk.id)
        sent = self.invoice(invoice_user_id=self.accountant.id)
        self.work()
        self.assertFalse(out.xero_state)
        self.assertEqual(sent.xero_state, "synced")

    def test_future_documents_go(self):
        """S152: there is no upper bound."""
        invoice = self.invoice(invoice_date=date(2030, 1, 1))
        self.assertEqual(self.sent(invoice)["DateString"][:10], "2030-01-01")
