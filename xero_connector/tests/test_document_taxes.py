"""What taxes mean in Xero: reverse charge, imports, cost, fees, sets (N31)."""

from decimal import Decimal

from odoo import Command

from odoo.addons.xero_connector.lib import wire

from .test_document_kinds import KindsCase


class TaxCase(KindsCase):
    def prove(self, *rows):
        """These mappings were proven by a document some time ago."""
        self.env["xero.mapping"].union(*rows).proven_at = "2026-01-01 00:00:00"

    def tax_of(self, amount, **values):
        """A tax of a company's own."""
        return self.env["account.tax"].create(
            {
                "name": f"Tax {next(self._numbers)}",
                "amount": amount,
                "type_tax_use": "purchase",
                "company_id": self.company.id,
            }
            | values
        )

    def amounts(self, sent):
        """(net total, tax, total) of an element."""
        return [Decimal(str(sent[name])) for name in ("SubTotal", "TotalTax", "Total")]

    def lines(self, sent):
        """(account, rate, amount, tax) of each line."""
        return [
            (
                line["AccountCode"],
                line["TaxType"],
                Decimal(str(line["LineAmount"])),
                Decimal(str(line["TaxAmount"])),
            )
            for line in sent["LineItems"]
        ]


class TestReverseCharge(TaxCase):
    def setUp(self):
        super().setUp()
        self.reverse = self._tax("PT_20_RCI")
        self.row = self.map_tax(self.connection, self.reverse, "REVERSECHARGES")

    def bill(self, **values):
        return self.document("in_invoice", {"tax_ids": self.reverse.ids}, **values)

    def test_no_tax_amount_is_sent(self):
        """T19: the supplier is paid the net; Xero computes both sides."""
        self.prove(self.row)
        bill = self.bill()
        sent = self.sent(bill)
        self.assertEqual(self.amounts(sent), [100, 0, 100])
        self.assertEqual(sent["LineItems"][0]["TaxType"], "REVERSECHARGES")
        self.assertEqual(sent["Status"], "AUTHORISED")

    def test_the_first_document_goes_as_a_draft_and_is_then_approved(self):
        """T19, N31: its totals are compared before it counts; the others wait."""
        first, second = self.bill(), self.bill()
        self.settle()
        statuses = [each["Status"] for each in self.in_xero("invoices")]
        self.assertEqual(statuses, ["AUTHORISED", "AUTHORISED"])
        requests = self.env["xero.request"].search(
            [("resource", "=", "bill"), ("action", "=", "create")], order="id"
        )
        created = [wire.loads(each.payload)["Invoices"] for each in requests]
        self.assertEqual(
            [[each["Status"] for each in elements] for elements in created],
            [["DRAFT"], ["AUTHORISED"]],
        )
        self.assertTrue(self.row.proven_at)
        self.assertEqual({first.xero_state, second.xero_state}, {"synced"})

    def test_a_wrong_rate_is_caught_by_the_first_document(self):
        """T19: mapped to a rate that charges tax it stays a draft, and one note says
        what to choose; the others never go."""
        self.xero.create(
            "taxrates",
            {
                "Name": "Reverse Charge, made by hand",
                "ReportTaxType": "INPUT",
                "TaxComponents": [{"Name": "VAT", "Rate": 20}],
            },
        )
        self.connection.with_user(self.accountant).action_refresh_reference_data()
        self.row.xero_tax_rate_id = self.env["xero.tax.rate"].search(
            [("name", "=", "Reverse Charge, made by hand")]
        )
        first, second = self.bill(), self.bill()
        self.settle()
        self.assertEqual(first._xero_link().note_id.cause, "tax_proof_failed")
        [there] = self.in_xero("invoices")
        self.assertEqual(there["Status"], "DRAFT")
        self.assertEqual(second._xero_link().waiting_for, "proof")
        self.assertFalse(self.row.proven_at)

        self.row.xero_tax_rate_id = self.xero_rate(self.connection, "REVERSECHARGES")
        self.settle()
        self.assertTrue(self.row.proven_at)
        self.assertEqual({first.xero_state, second.xero_state}, {"synced"})
        there = {each["Status"] for each in self.in_xero("invoices")}
        self.assertEqual(there, {"AUTHORISED"})

    def test_another_choice_is_proven_anew(self):
        """N31: by the next document; none waits for the one that proved the old."""
        first = self.bill()
        self.settle()
        self.row.xero_tax_rate_id = self.xero_rate(self.connection, "ZERORATEDINPUT")
        self.assertFalse(self.row.proven_at)
        self.row.xero_tax_rate_id = self.xero_rate(self.connection, "REVERSECHARGES")
        second = self.bill()
        self.settle()
        self.assertTrue(self.row.proven_at)
        self.assertEqual({first.xero_state, second.xero_state}, {"synced"})

    def test_an_ordinary_rate_is_refused_before(self):
        """T19: the supplier would be paid 120 instead of 100."""
        self.map_tax(self.connection, self.reverse, "INPUT2")
        self.stopped(self.bill(), "rate_differs")


class TestImports(TaxCase):
    def test_import_tax_stands_on_the_tax_account(self):
        """T22: the line is the tax; totals agree, the tax column is not compared."""
        only = self.tax_of(
            100, amount_type="division", price_include_override="tax_included"
        )
        row = self.map_tax(
            self.connection, only, "GSTONIMPORTS", xero_action="import_tax"
        )
        self.prove(row)
        bill = self.document("in_invoice", {"price_unit": 1000, "tax_ids": only.ids})
        self.assertEqual(bill.amount_tax, 1000)
        sent = self.sent(bill)
        self.assertEqual(self.amounts(sent)[2], 1000)
        [(account, rate, amount, _tax)] = self.lines(sent)
        self.assertEqual((account, rate, amount), ("820", "GSTONIMPORTS", 1000))

    def test_postponed_tax_goes_as_zero_rated(self):
        """T21: declared in the return, not on the bill."""
        postponed = self._tax("PT_20_PVA")
        row = self.map_tax(
            self.connection, postponed, "ZERORATEDINPUT", xero_action="postponed"
        )
        self.prove(row)
        bill = self.document("in_invoice", {"tax_ids": postponed.ids})
        self.assertEqual(self.amounts(self.sent(bill)), [100, 0, 100])


class TestCost(TaxCase):
    def test_a_tax_that_cannot_be_claimed_is_cost(self):
        """T25: gross, with the rate of lines without tax."""
        private = self.tax_of(10)
        row = self.env["xero.mapping"]._ensure(self.connection, "tax", private)
        row.xero_action = "gross"
        bill = self.document("in_invoice", {"tax_ids": private.ids})
        sent = self.sent(bill)
        self.assertEqual(self.lines(sent), [("429", "NONE", 110, 0)])
        self.assertEqual(self.amounts(sent)[2], 110)

    def test_a_partly_deductible_line_becomes_two(self):
        """T25: 60.00 with its tax, and 48.00 without."""
        bill = self.document("in_invoice", {"deductible_amount": 60})
        self.assertEqual(bill.amount_total, 120)
        sent = self.sent(bill)
        [first, second] = self.lines(sent)
        self.assertEqual(first, ("429", "INPUT2", 60, 12))
        self.assertEqual(second[1:], ("NONE", 48, 0))
        self.assertIn("40 % not deductible", sent["LineItems"][1]["Description"])
        self.assertEqual(self.amounts(sent)[2], 120)

    def test_several_partly_deductible_lines(self):
        """T25: each share goes with its own line."""
        bill = self.document(
            "in_invoice",
            {"price_unit": 33.33, "deductible_amount": 50},
            {"price_unit": 66.67, "deductible_amount": 30},
            {"price_unit": 10},
        )
        sent = self.sent(bill)
        self.assertEqual(len(sent["LineItems"]), 5)
        self.assertEqual(
            self.amounts(sent)[2], Decimal(str(round(bill.amount_total, 2)))
        )

    def test_a_private_share_in_foreign_currency(self):
        """T25: Odoo converts the share where it should not; what it booked goes."""
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "name": "2026-01-01", "company_rate": 1.25}
        )
        bill = self.document(
            "in_invoice",
            {"price_unit": 100, "deductible_amount": 60},
            {"price_unit": 70, "deductible_amount": 50},
            currency_id=euro.id,
        )
        sent = self.sent(bill)
        self.assertEqual(
            [amount for _account, _rate, amount, _tax in self.lines(sent)],
            [68, Decimal("38.4"), 42, Decimal("33.6")],
        )
        self.assertEqual(
            self.amounts(sent)[2], Decimal(str(round(bill.amount_total, 2)))
        )

    def test_a_private_share_of_cost(self):
        """T25: with tax that cannot be claimed, and whole cents lost on the way."""
        self.company.tax_calculation_rounding_method = "round_globally"
        cost = self.tax_of(6.5)
        self.env["xero.mapping"]._ensure(
            self.connection, "tax", cost
        ).xero_action = "gross"
        taxes = (self.purchase_tax | cost).ids
        bill = self.document(
            "in_invoice",
            {"price_unit": 33.33, "deductible_amount": 33.33, "tax_ids": taxes},
            {"price_unit": 0.07, "deductible_amount": 50, "tax_ids": taxes},
            {"price_unit": 0.09, "deductible_amount": 50, "tax_ids": taxes},
        )
        sent = self.sent(bill)
        items = bill.line_ids.filtered(
            lambda item: item.tax_line_id == self.purchase_tax
        )
        self.assertEqual(
            [f"{amount:.2f}" for amount in self.amounts(sent)[1:]],
            [f"{items.balance:.2f}", f"{bill.amount_total:.2f}"],
        )
        self.assertNotIn(
            "Rounding", [line["Description"] for line in sent["LineItems"]]
        )

    def test_early_payment_leaves_a_private_share_alone(self):
        """T25, T36: the tax that is reduced is that of the deductible part."""
        term = self.env["account.payment.term"].create(
            {
                "name": "2 % in 7 days",
                "early_discount": True,
                "discount_percentage": 2,
                "early_pay_discount_computation": "mixed",
            }
        )
        bill = self.document(
            "in_invoice",
            {"price_unit": 100, "deductible_amount": 60},
            invoice_payment_term_id=term.id,
        )
        sent = self.sent(bill)
        private = bill.line_ids.filtered(
            lambda item: (
                item.display_type
                in ("non_deductible_product_total", "non_deductible_tax")
            )
        )
        self.assertEqual(
            f"{self.lines(sent)[1][2]:.2f}", f"{sum(private.mapped('balance')):.2f}"
        )


class TestApart(TaxCase):
    def fee(self, **values):
        fee = self.tax_of(
            2, amount_type="fixed", type_tax_use="sale", sequence=0, **values
        )
        row = self.env["xero.mapping"]._ensure(self.connection, "tax", fee)
        row.write(
            {
                "xero_action": "extra_line",
                "xero_account_id": self.xero_account(self.connection, "260").id,
            }
        )
        return fee

    def test_a_fee_is_a_line_of_its_own(self):
        """T28: an amount per unit on the account chosen for it."""
        taxes = self.fee() | self.tax
        invoice = self.invoice({"quantity": 3, "tax_ids": taxes.ids})
        sent = self.sent(invoice)
        self.assertEqual(
            self.lines(sent),
            [("200", "OUTPUT2", 300, 60), ("260", "NONE", 6, 0)],
        )
        self.assertEqual(
            self.amounts(sent)[2], Decimal(str(round(invoice.amount_total, 2)))
        )

    def test_a_fee_that_is_taxed_carries_its_tax(self):
        """T28: net and tax per rate stay what Odoo declares."""
        taxes = self.fee(include_base_amount=True) | self.tax
        invoice = self.invoice({"tax_ids": taxes.ids})
        sent = self.sent(invoice)
        self.assertEqual(
            self.lines(sent),
            [
                ("200", "OUTPUT2", 100, 20),
                ("260", "OUTPUT2", 2, Decimal("0.4")),
            ],
        )

    def test_a_fee_that_is_taxed_needs_an_account_for_its_rate(self):
        """T24, T28: said before Xero refuses."""
        self.map_tax(self.connection, self.tax, "OUTPUT2")
        taxes = self.fee(include_base_amount=True) | self.tax
        rate = self.xero_rate(self.connection, "OUTPUT2")
        rate.on_liabilities = False
        row = self.env["xero.mapping"]._ensure(self.connection, "tax", taxes[0])
        row.xero_account_id = self.xero_account(self.connection, "825")
        self.stopped(self.invoice({"tax_ids": taxes.ids}), "tax_on_account")

    def test_a_fee_without_account_stops(self):
        """T28: said with the choice to make, which frees it."""
        fee = self.tax_of(2, amount_type="fixed", type_tax_use="sale")
        invoice = self.invoice({"tax_ids": fee.ids})
        self.stopped(invoice, "tax_kind")
        row = self.env["xero.mapping"]._ensure(self.connection, "tax", fee)
        row.write(
            {
                "xero_action": "extra_line",
                "xero_account_id": self.xero_account(self.connection, "260").id,
            }
        )
        self.assertEqual(self.sent(invoice)["Total"], Decimal("102"))

    def test_withheld_money_is_a_negative_line(self):
        """T29: out of scope, on the liability to the tax office."""
        withheld = self.tax_of(-47)
        row = self.env["xero.mapping"]._ensure(self.connection, "tax", withheld)
        row.write(
            {
                "xero_action": "withhold",
                "xero_account_id": self.xero_account(self.connection, "825").id,
            }
        )
        taxes = self.purchase_tax | withheld
        bill = self.document("in_invoice", {"tax_ids": taxes.ids})
        sent = self.sent(bill)
        self.assertEqual(
            self.lines(sent),
            [("429", "INPUT2", 100, 20), ("825", "NONE", -47, 0)],
        )
        self.assertEqual(self.amounts(sent)[2], 73)


class TestSets(TaxCase):
    def setUp(self):
        super().setUp()
        self.state = self.tax_of(4, type_tax_use="sale", sequence=1)
        self.city = self.tax_of(4.5, type_tax_use="sale", sequence=2)

    def both(self):
        return self.invoice({"tax_ids": (self.state | self.city).ids})

    def test_two_taxes_without_a_rate_stop(self):
        """T27: one note with the pair to map."""
        note = self.stopped(self.both(), "tax_set_unmapped")
        row = note._mapping_row()
        self.assertEqual(row.tax_ids, self.state | self.city)

    def test_two_taxes_with_one_rate(self):
        """T27, N6: mapped as a pair, what waited goes."""
        invoice = self.both()
        self.stopped(invoice, "tax_set_unmapped")
        self.xero.create(
            "taxrates",
            {
                "Name": "State and city",
                "ReportTaxType": "OUTPUT",
                "TaxComponents": [
                    {"Name": "State", "Rate": 4},
                    {"Name": "City", "Rate": 4.5},
                ],
            },
        )
        self.connection.with_user(self.accountant).action_refresh_reference_data()
        rate = self.env["xero.tax.rate"].search([("name", "=", "State and city")])
        row = self.env["xero.mapping"]._ensure(
            self.connection, "tax_set", self.state | self.city
        )
        row.xero_tax_rate_id = rate
        self.assert_equal_ledgers(invoice)

    def test_a_group_counts_as_its_members(self):
        """T28: a group of plain percentages is a set too."""
        group = self.tax_of(
            0,
            amount_type="group",
            type_tax_use="sale",
            children_tax_ids=[Command.set((self.state | self.city).ids)],
        )
        self.stopped(self.invoice({"tax_ids": group.ids}), "tax_set_unmapped")

    def test_a_group_with_a_rate_of_its_own(self):
        """T27, T28: chosen for the group, its members need none."""
        group = self.tax_of(
            0,
            amount_type="group",
            type_tax_use="sale",
            children_tax_ids=[Command.set((self.state | self.city).ids)],
        )
        self.xero.create(
            "taxrates",
            {
                "Name": "State and city",
                "ReportTaxType": "OUTPUT",
                "TaxComponents": [
                    {"Name": "State", "Rate": 4},
                    {"Name": "City", "Rate": 4.5},
                ],
            },
        )
        self.connection.with_user(self.accountant).action_refresh_reference_data()
        rate = self.env["xero.tax.rate"].search([("name", "=", "State and city")])
        self.map_tax(self.connection, group, rate.tax_type)
        self.assert_equal_ledgers(self.invoice({"tax_ids": group.ids}))


class TestRates(TaxCase):
    def test_a_division_is_a_part_of_the_gross(self):
        """T28: 20 % of the gross is 25 % of the net, which is not Xero's 20 %."""
        division = self.tax_of(20, amount_type="division")
        self.map_tax(self.connection, division, "INPUT2")
        self.stopped(
            self.document("in_invoice", {"tax_ids": division.ids}), "rate_differs"
        )

    def test_a_correction_that_no_line_carries(self):
        """T16, N3: a tax that is zero in all was given a cent; no rounding line hides
        it."""
        bill = self.document(
            "in_invoice",
            {"price_unit": 50},
            {"price_unit": 50, "tax_ids": self._tax("PT_20_RCI").ids},
            post=False,
        )
        row = self.map_tax(self.connection, self._tax("PT_20_RCI"), "REVERSECHARGES")
        self.prove(row)
        item = bill.line_ids.filtered(
            lambda item: item.tax_line_id == self._tax("PT_20_RCI")
        )[0]
        amount = item.amount_currency + 0.01
        bill.write({"line_ids": [Command.update(item.id, {"amount_currency": amount})]})
        bill.action_post()
        self.stopped(bill, "total_differs_before")

    def test_a_fixed_asset_takes_its_own_rate(self):
        """T68: capital purchases may have a rate of their own."""
        asset = self.env["account.account"].search(
            [
                ("account_type", "=", "asset_fixed"),
                ("company_ids", "in", self.company.id),
            ],
            limit=1,
        )
        self.map_account(self.connection, asset, "710")
        row = self.env["xero.mapping"]._ensure(
            self.connection, "tax_asset", self.purchase_tax
        )
        row.xero_tax_rate_id = self.xero_rate(self.connection, "CAPEXINPUT2")
        bill = self.document("in_invoice", {"account_id": asset.id})
        [line] = self.sent(bill)["LineItems"]
        self.assertEqual((line["AccountCode"], line["TaxType"]), ("710", "CAPEXINPUT2"))

    def test_a_rate_that_xero_archived(self):
        """T34: named, and it can be chosen anew."""
        self.xero.delete_tax_rate("OUTPUT2")
        self.connection.with_user(self.accountant).action_refresh_reference_data()
        note = self.stopped(self.invoice(), "rate_archived")
        self.assertIn("20% (VAT on Income)", note.message)

    def test_a_rate_that_the_account_does_not_take(self):
        """T24: said before Xero refuses."""
        self.map_tax(self.connection, self.purchase_tax, "CAPEXINPUT2")
        self.stopped(self.document("in_invoice"), "tax_on_account")


class TestTracking(TaxCase):
    def setUp(self):
        super().setUp()
        self.plans = self.env["account.analytic.plan"]
        self.centres = self.env["account.analytic.account"]
        self.options = self.env["xero.tracking.option"].search(
            [("connection_id", "=", self.connection.id)]
        )
        self.categories = self.options.category_id
        for category in self.categories:
            plan = self.plans.create({"name": category.name})
            self.plans |= plan
            row = self.env["xero.mapping"]._ensure(self.connection, "plan", plan)
            row.xero_category_id = category
            for option in category.option_ids:
                account = self.centres.create({"name": option.name, "plan_id": plan.id})
                self.centres |= account
                self.env["xero.mapping"]._ensure(
                    self.connection, "analytic", account
                ).xero_option_id = option

    def tracked(self, line):
        return {each["Name"]: each["Option"] for each in line.get("Tracking") or ()}

    def test_the_option_of_each_category(self):
        """S95: two plans are two categories on the line."""
        [one, two] = [
            self.centres.filtered(lambda each, plan=plan: each.plan_id == plan)[0]
            for plan in self.plans
        ]
        invoice = self.invoice({"analytic_distribution": {f"{one.id},{two.id}": 100}})
        [line] = self.sent(invoice)["LineItems"]
        self.assertEqual(
            self.tracked(line),
            {one.plan_id.name: one.name, two.plan_id.name: two.name},
        )

    def test_a_split_distribution_splits_the_line(self):
        """S95: to the cent, the rest without an option."""
        [one, two] = self.centres.filtered(lambda c: c.plan_id == self.plans[0])[:2]
        invoice = self.invoice(
            {
                "price_unit": 100.01,
                "analytic_distribution": {str(one.id): 60, str(two.id): 30},
            }
        )
        lines = self.sent(invoice)["LineItems"]
        self.assertEqual(
            [list(self.tracked(line).values()) for line in lines],
            [[one.name], [two.name], []],
        )
        self.assert_equal_ledgers(invoice)

    def test_an_account_without_option_stops(self):
        """S95, N6: of a mapped plan only; other plans are Odoo's own business."""
        new = self.centres.create({"name": "New", "plan_id": self.plans[0].id})
        invoice = self.invoice({"analytic_distribution": {str(new.id): 100}})
        self.stopped(invoice, "analytic_unmapped")
        other = self.plans.create({"name": "Internal"})
        beyond = self.centres.create({"name": "B", "plan_id": other.id})
        invoice = self.invoice({"analytic_distribution": {str(beyond.id): 100}})
        self.assertFalse(self.sent(invoice)["LineItems"][0].get("Tracking"))

    def test_an_option_that_xero_archived(self):
        """S96: named; nothing is sent to an option that cannot be used."""
        centre = self.centres[0]
        option = self.options.filtered(lambda each: each.name == centre.name)
        option.active = False
        invoice = self.invoice({"analytic_distribution": {str(centre.id): 100}})
        self.stopped(invoice, "tracking_archived")

    def test_more_than_the_whole(self):
        """S95: 120 % of a line."""
        [one, two] = self.centres.filtered(lambda c: c.plan_id == self.plans[0])[:2]
        invoice = self.invoice(
            {"analytic_distribution": {str(one.id): 60, str(two.id): 60}}
        )
        self.stopped(invoice, "analytic_over")
