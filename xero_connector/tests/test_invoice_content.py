"""What stands in Xero equals what stands in Odoo, to the cent."""

import random
from decimal import Decimal

from odoo import Command

from .common import XeroCase


class InvoiceCase(XeroCase):
    def assert_equal_ledgers(self, *documents):
        """Net, tax and total of each document (I6)."""
        for document in documents:
            there = self.sent(document)
            ours = (
                document.amount_untaxed,
                document.amount_tax,
                document.amount_total,
            )
            theirs = (there["SubTotal"], there["TotalTax"], there["Total"])
            self.assertEqual(
                [f"{amount:.2f}" for amount in ours],
                [f"{amount:.2f}" for amount in theirs],
                document.name,
            )


class TestContent(InvoiceCase):
    def setUp(self):
        super().setUp()
        self.connection = self.connect()

    def test_header(self):
        """S93, S120, S154: number, dates, currency and the customer's reference."""
        invoice = self.invoice(ref="PO 4711")
        sent = self.sent(invoice)
        self.assertEqual(sent["Type"], "ACCREC")
        self.assertEqual(sent["Reference"], "PO 4711")
        self.assertEqual(sent["CurrencyCode"], "GBP")
        self.assertEqual(sent["DateString"][:10], "2026-07-03")
        self.assertEqual(sent["DueDateString"][:10], "2026-08-02")

    def test_line(self):
        """S104, S125: our own description, account, tax, quantity, price, discount."""
        invoice = self.invoice(
            {"name": "Chair", "quantity": 3, "price_unit": 25.06, "discount": 10}
        )
        [line] = self.sent(invoice)["LineItems"]
        self.assertEqual(line["Description"], "Chair")
        self.assertEqual(line["AccountCode"], "200")
        self.assertEqual(line["TaxType"], "OUTPUT2")
        self.assertEqual(Decimal(line["Quantity"]), 3)
        self.assertEqual(Decimal(line["DiscountRate"]), 10)
        self.assert_equal_ledgers(invoice)

    def test_sections_and_notes_are_text_lines(self):
        """The document reads the same; text lines move no money."""
        invoice = self.invoice(
            {"name": "Part one", "display_type": "line_section", "tax_ids": False},
            {"name": "Work"},
            {"name": "Thank you", "display_type": "line_note", "tax_ids": False},
        )
        lines = self.sent(invoice)["LineItems"]
        self.assertEqual(
            [line["Description"] for line in lines], ["Part one", "Work", "Thank you"]
        )

    def test_items_go_once_and_lines_carry_their_code(self):
        """S98, S102, S163: a product on a document becomes an untracked item."""
        chair = self.product("CHAIR")
        first = self.invoice({"product_id": chair.id, "name": "Chair, oak"})
        second = self.invoice({"product_id": chair.id, "name": "Chair, ash"})
        self.sent(first)
        [item] = self.in_xero("items")
        self.assertEqual(item["Code"], "CHAIR")
        self.assertFalse(item.get("IsTrackedAsInventory"))
        for invoice, text in ((first, "Chair, oak"), (second, "Chair, ash")):
            [line] = self.sent(invoice)["LineItems"]
            self.assertEqual((line["ItemCode"], line["Description"]), ("CHAIR", text))

    def test_an_item_that_xero_has_already_is_used(self):
        """S102: only "already exists" causes a read; the same code is the same item."""
        self.xero.create("items", {"Code": "CHAIR", "Name": "Chair"})
        self.fetch()
        self.xero.clear_calls()
        invoice = self.invoice({"product_id": self.product("CHAIR").id})
        [line] = self.sent(invoice)["LineItems"]
        self.assertEqual(line["ItemCode"], "CHAIR")
        self.assertEqual(len(self.in_xero("items")), 1)
        self.assertEqual(self.xero.reads(), 1)

    def test_a_tracked_item_goes_without_its_code(self):
        """T67: Xero would move its own stock as well."""
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
        invoice = self.invoice({"product_id": self.product("CHAIR").id})
        [line] = self.sent(invoice)["LineItems"]
        self.assertNotIn("ItemCode", line)

    def test_a_line_without_tax_is_explicit(self):
        """T17, T18: never left out, never NoTax."""
        invoice = self.invoice({"tax_ids": False})
        sent = self.sent(invoice)
        self.assertEqual(sent["LineItems"][0]["TaxType"], "NONE")
        self.assertEqual(sent["LineAmountTypes"], "Exclusive")
        self.assert_equal_ledgers(invoice)

    def test_an_invoice_of_a_branch_office_goes_to_its_company(self):
        """S26, S27: the contact in Xero is the commercial entity."""
        site = self.env["res.partner"].create(
            {"name": "Site North", "parent_id": self.customer.id, "type": "invoice"}
        )
        self.sent(self.invoice(partner_id=site.id))
        self.assertEqual(
            [c["Name"] for c in self.in_xero("contacts")], ["Azure Interior"]
        )

    def test_the_contact_carries_our_key_address_and_reference(self):
        """S39, S40, S56: the postal address; no persons; reference and hidden key."""
        self.customer.write(
            {"street": "1 High St", "city": "Leeds", "zip": "LS1", "ref": "AZU0001"}
        )
        self.sent(self.invoice())
        [contact] = self.in_xero("contacts")
        self.assertEqual(contact["AccountNumber"], "AZU0001")
        self.assertTrue(contact["ContactNumber"].endswith(f"-{self.customer.id}"))
        [postal] = [a for a in contact["Addresses"] if a["AddressType"] == "POBOX"]
        self.assertEqual(
            (postal["AddressLine1"], postal["City"], postal["PostalCode"]),
            ("1 High St", "Leeds", "LS1"),
        )
        self.assertFalse(contact.get("FirstName"))

    def test_a_link_back_only_where_xero_takes_it(self):
        """S132: public https; not localhost."""
        self.assertNotIn("Url", self.sent(self.invoice()))
        self.env["ir.config_parameter"].set_param("web.base.url", "https://erp.example")
        self.connection.bound_to = self.connection._this_database()
        invoice = self.invoice()
        self.assertEqual(
            self.sent(invoice)["Url"],
            f"https://erp.example/odoo/accounting/customer-invoices/{invoice.id}",
        )

    def test_foreign_currency_with_odoos_rate(self):
        """S93, S94: currency and rate of the document."""
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "name": "2026-07-01", "rate": 1.25}
        )
        invoice = self.invoice(currency_id=euro.id)
        sent = self.sent(invoice)
        self.assertEqual(sent["CurrencyCode"], "EUR")
        self.assertEqual(Decimal(sent["CurrencyRate"]), Decimal("1.25"))
        self.assert_equal_ledgers(invoice)

    def test_tax_included_prices_stay_the_printed_ones(self):
        """N3, T15: Inclusive, with the unit price of the paper."""
        self.tax.price_include_override = "tax_included"
        invoice = self.invoice({"price_unit": 120}, {"price_unit": 21.53})
        sent = self.sent(invoice)
        self.assertEqual(sent["LineAmountTypes"], "Inclusive")
        self.assertEqual(Decimal(sent["LineItems"][0]["UnitAmount"]), 120)
        self.assert_equal_ledgers(invoice)

    def test_rounding_per_document_is_carried_as_tax_per_line(self):
        """T14, N3: 25.06, 25.61 and 25.63 differ by a cent; only there tax is sent."""
        self.company.tax_calculation_rounding_method = "round_globally"
        invoice = self.invoice(
            {"price_unit": 25.06}, {"price_unit": 25.61}, {"price_unit": 25.63}
        )
        self.sent(invoice)
        self.assert_equal_ledgers(invoice)

    def test_prices_with_many_decimals_collapse_to_quantity_one(self):
        """T38, S124: the real figures stand in the text."""
        invoice = self.invoice({"quantity": 12500, "price_unit": 0.00345})
        [line] = self.sent(invoice)["LineItems"]
        self.assertEqual(Decimal(line["Quantity"]), 1)
        self.assertIn("12,500 × 0.00345", line["Description"])
        self.assert_equal_ledgers(invoice)

    def test_all_lines_zero_stays_out_and_a_zero_total_goes(self):
        """S153, T52: a final invoice after a full deposit moves the whole revenue."""
        zero = self.invoice({"price_unit": 0})
        final = self.invoice({"price_unit": 100}, {"price_unit": -100})
        self.work()
        self.assertFalse(zero.xero_state)
        self.assertEqual(final.xero_state, "synced")

    def test_only_documents_from_the_start_date_on(self):
        """S152: earlier ones stay out; later dates have no bound."""
        early = self.invoice(invoice_date="2025-12-31")
        late = self.invoice(invoice_date="2027-12-31")
        self.work()
        self.assertFalse(early.xero_state)
        self.assertEqual(late.xero_state, "synced")

    def test_sent_when_marked_as_sent(self):
        """S137: with that trigger, posting alone does not send."""
        self.connection.trigger = "sent"
        invoice = self.invoice()
        self.work()
        self.assertFalse(invoice.xero_state)
        invoice.is_move_sent = True
        self.work()
        self.assertEqual(invoice.xero_state, "synced")

    def test_sent_by_hand(self):
        """S142: 'Send to Xero' goes whatever the trigger."""
        self.connection.trigger = "manual"
        invoice = self.invoice()
        self.work()
        self.assertFalse(invoice.xero_state)
        invoice.with_user(self.accountant).action_xero_send()
        self.work()
        self.assertEqual(invoice.xero_state, "synced")

    def test_the_list_shows_finds_and_groups_by_state(self):
        """S139: searchable and groupable without a column on the document."""
        self.work()
        there, not_there = self.invoice(), self.invoice(invoice_date="2025-01-01")
        self.work()
        moves = self.env["account.move"].with_company(self.company)
        both = [("id", "in", (there | not_there).ids)]
        self.assertEqual(moves.search([("xero_state", "=", "synced"), *both]), there)
        self.assertEqual(moves.search([("xero_state", "=", False), *both]), not_there)
        self.assertEqual(
            moves.search([("xero_state", "!=", "synced"), *both]), not_there
        )
        groups = dict(moves._read_group(both, ["xero_state"], ["__count"]))
        self.assertEqual(groups, {"synced": 1, False: 1})
        self.assertEqual(moves.search(both, order="xero_state")[0], there)

    def test_the_tick_opens_the_invoice_in_xero(self):
        """S139: deep link by short code and id."""
        invoice = self.invoice()
        sent = self.sent(invoice)
        url = invoice.with_user(self.accountant).action_xero_open()["url"]
        self.assertIn(sent["InvoiceID"], url)
        self.assertEqual(invoice.xero_number, invoice.name)


class TestTrial(InvoiceCase):
    def test_ten_drafts_then_go_live(self):
        """N33: the eleventh waits; one button approves everything."""
        connection = self.connect(live=False)
        invoices = [self.invoice() for _each in range(11)]
        self.work()
        statuses = [each["Status"] for each in self.in_xero("invoices")]
        self.assertEqual(statuses, ["DRAFT"] * 10)
        link = invoices[10]._xero_link()
        self.assertEqual((link.state, link.waiting_for), ("pending", "go_live"))

        wizard = self.env["xero.go.live"].with_user(self.accountant)
        wizard.create({"connection_id": connection.id}).action_approve()
        self.work()

        statuses = {each["Status"] for each in self.in_xero("invoices")}
        self.assertEqual(statuses, {"AUTHORISED"})
        self.assertEqual(len(self.in_xero("invoices")), 11)
        self.assert_equal_ledgers(*invoices)

    def test_a_draft_on_its_way_at_go_live_is_approved_too(self):
        """N33: written down as a draft, sent later; it is approved all the same."""
        connection = self.connect(live=False)
        self.invoice()
        self.work()
        self.xero.fault("answer_lost", path="/Invoices", method="PUT")
        self.invoice()
        self.work()
        connection.with_user(self.accountant)._go_live(True)
        self.settle()
        statuses = {each["Status"] for each in self.in_xero("invoices")}
        self.assertEqual(statuses, {"AUTHORISED"})
        self.assertEqual(len(self.in_xero("invoices")), 2)

    def test_drafts_can_be_left(self):
        """N33: what someone left a draft stays one; what waited goes by itself."""
        connection = self.connect(live=False)
        for _each in range(11):
            self.invoice()
        self.work()
        connection.with_user(self.accountant)._go_live(False)
        self.work()
        statuses = sorted(each["Status"] for each in self.in_xero("invoices"))
        self.assertEqual(statuses, ["AUTHORISED"] + 10 * ["DRAFT"])


class TestRandomDocuments(InvoiceCase):
    def test_random_invoices_agree_to_the_cent(self):
        """N3, I6, T14: taxes in and out, both ways of rounding, many decimals."""
        self.connect()
        seed = 20260703
        chance = random.Random(seed)
        taxes = [self._tax(name) for name in ("ST11", "ST5", "ST0", "ST2")]
        invoices = self.env["account.move"]
        for number in range(40):
            self.company.tax_calculation_rounding_method = chance.choice(
                ["round_globally", "round_per_line"]
            )
            lines = [
                {
                    "quantity": chance.choice([1, 2, 3, 7.5, 0.25, 12]),
                    "price_unit": round(
                        chance.uniform(0.01, 900), chance.choice([2, 4])
                    ),
                    "discount": chance.choice([0, 0, 5, 12.5, 33.33]),
                    "tax_ids": [Command.set(chance.choice(taxes).ids)],
                }
                for _line in range(chance.randint(1, 6))
            ]
            with self.subTest(seed=seed, number=number):
                invoices |= self.invoice(*lines)
        self.work()
        self.assertEqual(set(invoices.mapped("xero_state")), {"synced"})
        self.assert_equal_ledgers(*invoices)
