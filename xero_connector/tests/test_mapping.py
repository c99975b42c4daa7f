"""What the mapping proposes, checks and tells the documents."""

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import XeroCase


class MappingCase(XeroCase):
    """A connection that sends sales and bills, and documents since its from-date."""

    def setUp(self):
        super().setUp()
        self.connection = self.connect(send_bills=True)
        self.mapping = self.env["xero.mapping"]

    def account(self, code, name, account_type="expense"):
        return self.env["account.account"].create(
            {"code": code, "name": name, "account_type": account_type}
        )

    def bill(self, *lines, **values):
        return self.invoice(
            *lines, move_type="in_invoice", ref=f"B{len(lines)}", post=False, **values
        )

    def suggest(self):
        self.mapping._suggest(self.connection)

    def row(self, kind, record=None):
        """The row of a record, as the screen shows it; it must be there."""
        row = self.mapping._rows(self.connection, kind).filtered(
            lambda each: each._record() == (record or self.env["account.tax"])
        )
        self.assertEqual(len(row), 1)
        return row

    def copy_of(self, model, **values):
        domain = [(name, "=", value) for name, value in values.items()]
        own = [("connection_id", "=", self.connection.id)]
        found = self.env[model].search(own + domain)
        self.assertEqual(len(found), 1)
        return found


@tagged("post_install", "-at_install")
class TestAccounts(MappingCase):
    def suggested(self, account, **line):
        self.bill({"account_id": account.id, "tax_ids": [Command.clear()]} | line)
        self.suggest()
        row = self.row("account", account)
        return row.xero_account_id.code or "", row.confidence, row.remark_key or ""

    def test_the_same_code_and_a_fitting_type_is_sure(self):
        """N15, S68: a code is enough where the type agrees."""
        rent = self.account("469", "Premises")
        self.assertEqual(self.suggested(rent), ("469", "high", ""))

    def test_the_same_code_of_another_type_is_not(self):
        """S68: 200 is sales in Xero, whatever the number is in Odoo."""
        other = self.account("200", "Something else entirely")
        self.assertEqual(self.suggested(other)[1], "none")

    def test_the_same_name_is_sure(self):
        """N15: codes of stock charts never match (accounting.md 3.9)."""
        rent = self.account("735001", "rent")
        self.assertEqual(self.suggested(rent), ("469", "high", ""))

    def test_a_similar_name_is_to_be_checked(self):
        """N15: nearest among accounts of a fitting type."""
        phone = self.account("735002", "Telephone and Internet")
        self.assertEqual(self.suggested(phone), ("489", "medium", "nearest_name"))

    def test_a_code_in_another_case_is_to_be_checked(self):
        """S79: Xero's codes are case-sensitive, so the other one is another account."""
        self.change_code("469", "Rent1")
        rent = self.account("RENT1", "Premises")
        self.assertEqual(self.suggested(rent), ("Rent1", "medium", "other_case"))

    def change_code(self, code, new):
        account = self.copy_of("xero.account", code=code)
        self.connection._call(
            "update_account",
            account.key,
            {"Accounts": [{"AccountID": account.key, "Code": new}]},
        )
        self.connection._read_lists()

    def test_a_name_typed_as_code_is_recognised(self):
        """S81: 'Rent' where the code belongs is the account named Rent."""
        rent = self.account("Rent", "Premises")
        self.assertEqual(self.suggested(rent), ("469", "medium", "name_as_code"))
        words = "'Rent' is the name of account 469 Rent, not its code."
        self.assertEqual(self.row("account", rent).remark, words)

    def test_a_code_longer_than_xeros_is_said(self):
        """S78: ten characters; a name that fits is proposed all the same."""
        odd = self.account("12345678901", "Quite unlike anything", "liability_current")
        self.assertEqual(self.suggested(odd), ("", "none", "longer_code"))

    def test_nothing_is_created_in_xero(self):
        """S80: an account that is missing is chosen or made by a person."""
        before = len(self.in_xero("accounts"))
        self.suggested(self.account("735003", "Zoo keeping"))
        self.assertEqual(len(self.in_xero("accounts")), before)

    def test_only_what_documents_use_is_listed(self):
        """S88: with how often; cancelled and older documents do not count."""
        used = self.account("735004", "Used")
        old = self.account("735005", "Old")
        line = {"account_id": used.id}
        for _each in range(2):
            self.bill(line, line)
        self.bill({"account_id": old.id}, invoice_date="2025-12-31", date="2025-12-31")
        self.suggest()
        self.assertEqual(self.row("account", used).used_count, 2)
        self.assertFalse(
            self.mapping.search([("account_id", "=", old.id), ("kind", "=", "account")])
        )

    def test_bills_count_only_where_they_are_sent(self):
        """S88: nobody is asked for what stays in Odoo."""
        self.connection.send_bills = False
        used = self.account("735006", "Used")
        self.bill({"account_id": used.id})
        self.suggest()
        self.assertFalse(self.mapping.search([("account_id", "=", used.id)]))

    def test_what_a_person_chose_stays(self):
        """S21: a refresh suggests only where nobody chose."""
        rent = self.account("469", "Premises")
        self.suggested(rent)
        row = self.row("account", rent).with_user(self.accountant)
        row.xero_account_id = self.copy_of("xero.account", code="429")
        self.suggest()
        self.assertEqual(row.xero_account_id.code, "429")
        self.assertEqual(row.confidence, "person")


@tagged("post_install", "-at_install")
class TestTaxes(MappingCase):
    def tax_like(self, template, **values):
        return self._tax(template).copy(values)

    def test_a_hand_made_tax_is_found_by_its_percentage(self):
        """S89: where one rate has it; never for 0 %."""
        tax = self.tax_like("ST11", name="VAT we made")
        zero = self.tax_like("ST0", name="Nothing special")
        self.suggest()
        row = self.row("tax", tax)
        self.assertEqual(row.xero_tax_rate_id.tax_type, "OUTPUT2")
        self.assertEqual(row.confidence, "medium")
        self.assertFalse(row.delicate)
        self.assertFalse(self.row("tax", zero).suggested_rate_id)

    def test_a_template_id_counts_whatever_the_tax_is_called(self):
        """S89: users rename taxes."""
        self._tax("ST5").name = "Fuel"
        self.suggest()
        row = self.row("tax", self._tax("ST5"))
        self.assertEqual(row.xero_tax_rate_id.tax_type, "RROUTPUT")

    def test_an_amount_per_piece_becomes_a_line_of_its_own(self):
        """T28: mapped once its account is chosen."""
        tax = self.tax_like("ST11", name="Eco fee", amount_type="fixed", amount=2)
        self.suggest()
        row = self.row("tax", tax)
        self.assertEqual(row.xero_action, "extra_line")
        self.assertFalse(row.is_mapped)
        row.xero_account_id = self.copy_of("xero.account", code="260")
        self.assertTrue(row.is_mapped)
        self.assertEqual(self.mapping._actions(self.connection, "tax")[tax.id], row)

    def test_several_taxes_are_the_rate_of_the_same_parts(self):
        """T27: in the same order; Xero's own two-part rate is found."""
        rates = [("State Tax", 4), ("City Tax", 4.5)]
        components = [{"Name": name, "Rate": rate} for name, rate in rates]
        rate = {"Name": "Both", "ReportTaxType": "OUTPUT", "TaxComponents": components}
        self.connection._call(
            "create_tax_rates", {"TaxRates": [rate]}, idempotency_key="both"
        )
        state, city = (
            self.tax_like("ST11", name=name, amount=rate, sequence=number)
            for number, (name, rate) in enumerate(rates)
        )
        self.invoice({"tax_ids": [Command.set([city.id, state.id])]}, post=False)
        self.connection._read_lists()
        row = self.row("tax_set", state | city)
        self.assertEqual(row.xero_tax_rate_id.name, "Both")
        self.assertEqual(row.confidence, "medium")
        found = self.mapping._tax_sets(self.connection)
        self.assertEqual(found[frozenset([city.id, state.id])], row.xero_tax_rate_id)
        state.sequence, city.sequence = 2, 1
        row.write(
            {"xero_tax_rate_id": False, "confidence": "none", "confirmed_by_id": None}
        )
        self.suggest()
        self.assertFalse(row.xero_tax_rate_id)
        self.assertIn("Add a rate in Xero", row.remark)

    def test_the_order_of_taxes_makes_no_second_row(self):
        """T27: one row for a set, however its taxes were typed."""
        first, second = self._tax("ST11"), self._tax("ST5")
        row = self.mapping._ensure(self.connection, "tax_set", first | second)
        again = self.mapping._ensure(self.connection, "tax_set", second | first)
        self.assertEqual(row, again)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.mapping.create(
                {
                    "connection_id": self.connection.id,
                    "kind": "tax_set",
                    "tax_key": row.tax_key,
                }
            )

    def test_a_tax_on_fixed_assets_may_take_another_rate(self):
        """N31: one tax of Odoo's, two rates of Xero's, by the account's type."""
        tax = self._tax("PT_20_G")
        asset = self.account("0030", "Office Equipment", "asset_fixed")
        self.bill({"account_id": asset.id, "tax_ids": [Command.set(tax.ids)]})
        self.suggest()
        row = self.row("tax_asset", tax)
        self.assertFalse(row.is_mapped)
        self.assertFalse(row.is_needed)
        row.xero_tax_rate_id = self.copy_of("xero.tax.rate", tax_type="CAPEXINPUT2")
        on_assets = self.mapping._by_record(self.connection, "tax_asset")
        self.assertEqual(on_assets[tax.id].tax_type, "CAPEXINPUT2")
        others = self.mapping._by_record(self.connection, "tax")
        self.assertEqual(others[tax.id].tax_type, "INPUT2")

    def test_lines_without_a_tax_have_two_rows(self):
        """T17: one for sales, one for purchases, always explicit."""
        for kind in ("no_tax_sale", "no_tax_purchase"):
            row = self.row(kind)
            self.assertEqual(row.xero_tax_rate_id.tax_type, "NONE")
            self.assertTrue(row.is_needed)

    def test_delicate_taxes_are_proven_by_their_first_document(self):
        """N31: reverse charge, postponed, doubtful; a new choice starts anew."""
        self.suggest()
        delicate = {
            template: self.row("tax", self._tax(template)).delicate
            for template in ("ST11", "PT_20_G", "PT_20_RCI", "PT_20_PVA", "ST_0_EX")
        }
        self.assertEqual(
            delicate,
            {
                "ST11": False,
                "PT_20_G": False,
                "PT_20_RCI": True,
                "PT_20_PVA": True,
                "ST_0_EX": True,
            },
        )
        row = self.row("tax", self._tax("PT_20_RCI"))
        row.proven_at = "2026-07-01 12:00:00"
        row.action_accept()
        self.assertTrue(row.proven_at and row.delicate)
        row.xero_tax_rate_id = self.copy_of("xero.tax.rate", tax_type="ECACQUISITIONS")
        self.assertFalse(row.proven_at)

    def test_a_first_choice_is_shown_and_accepted_by_a_person_only(self):
        """N31, T21: postponed VAT stays empty until somebody has read why."""
        self.suggest()
        row = self.row("tax", self._tax("PT_20_PVA"))
        self.assertFalse(row.is_mapped)
        self.assertEqual(row.check_mark, "low")
        self.assertIn("First choice: Zero Rated Expenses", row.remark)
        rows = self.mapping.search([]).with_user(self.accountant)
        rows.action_accept_sure()
        self.assertFalse(row.is_mapped)
        row.with_user(self.accountant).action_accept()
        self.assertEqual(row.xero_tax_rate_id.tax_type, "ZERORATEDINPUT")
        self.assertEqual(row.xero_action, "postponed")

    def test_what_xero_archived_counts_as_not_chosen(self):
        """T34, S21: the choice stays to be seen, and says why it cannot be used."""
        row = self.row("tax", self.tax)
        self.xero.delete_tax_rate("OUTPUT2")
        self.connection._read_lists()
        self.assertEqual(row.xero_tax_rate_id.tax_type, "OUTPUT2")
        self.assertFalse(row.is_mapped)
        self.assertIn("Deleted in Xero", row.problem)
        found = self.mapping._by_record(self.connection, "tax")[self.tax.id]
        self.assertEqual(found.inactive_reason, "deleted")


@tagged("post_install", "-at_install")
class TestPairs(MappingCase):
    def test_every_pair_in_use_is_checked_beside_its_rows(self):
        """T24: said before anything is sent, on the tax's row and on the account's."""
        tax = self._tax("PT_20_G")
        rent = self.account("469", "Premises")
        self.bill({"account_id": rent.id, "tax_ids": [Command.set(tax.ids)]})
        self.suggest()
        row, account = self.row("tax", tax), self.row("account", rent)
        self.assertFalse(row.problem or account.problem)
        row.xero_tax_rate_id = self.copy_of("xero.tax.rate", tax_type="CAPEXINPUT2")
        self.env.invalidate_all()
        words = "'20% (VAT on Capital Purchases)' cannot be used with 469 Rent in Xero."
        self.assertEqual(row.problem, words)
        self.assertEqual(account.problem, words)
        self.assertEqual(row.check_mark, "refused")

    def test_a_rate_of_its_own_on_assets_settles_a_pair(self):
        """T24: the row for fixed assets is the one that counts there."""
        tax = self._tax("PT_20_G")
        asset = self.account("710", "Office Equipment", "asset_fixed")
        self.bill({"account_id": asset.id, "tax_ids": [Command.set(tax.ids)]})
        self.suggest()
        self.row("tax", tax).xero_tax_rate_id = self.copy_of(
            "xero.tax.rate", tax_type="GSTONIMPORTS"
        )
        self.env.invalidate_all()
        self.assertTrue(self.row("account", asset).problem)
        self.row("tax_asset", tax).xero_tax_rate_id = self.copy_of(
            "xero.tax.rate", tax_type="CAPEXINPUT2"
        )
        self.env.invalidate_all()
        self.assertFalse(self.row("account", asset).problem)

    def test_the_default_account_counts_where_none_is_mapped(self):
        """T24, S71: it is where such lines will stand."""
        other = self.account("735012", "Quite unlike anything")
        self.bill({"account_id": other.id, "tax_ids": self._tax("PT_20_S").ids})
        self.connection.default_purchase_account_id = self.copy_of(
            "xero.account", code="200"
        )
        self.suggest()
        self.assertIn(
            "cannot be used with 200 Sales", self.row("account", other).problem
        )

    def test_a_rate_with_another_percentage_is_said(self):
        """T24: 5 % is not 20 %, whatever fits the account."""
        row = self.row("tax", self.tax)
        row.xero_tax_rate_id = self.copy_of("xero.tax.rate", tax_type="RROUTPUT")
        self.assertEqual(row.problem, "Odoo's tax is 20 %, this rate 5 %.")

    def test_a_rate_that_an_account_does_not_take_is_not_filled_in(self):
        """T24, N31: it is the first choice, and the account is the thing to see to."""
        self.map_income(self.connection, code="429")
        tax = self.tax.copy({"name": "VAT we made"})
        self.invoice({"tax_ids": [Command.set(tax.ids)]}, post=False)
        self.suggest()
        row = self.row("tax", tax)
        self.assertFalse(row.xero_tax_rate_id)
        self.assertEqual(row.suggested_rate_id.tax_type, "OUTPUT2")
        self.assertEqual(row.remark_key, "on_accounts")


@tagged("post_install", "-at_install")
class TestTracking(MappingCase):
    def setUp(self):
        super().setUp()
        analytics = self.env.ref("analytic.group_analytic_accounting")
        for user in (self.accountant, self.clerk):
            user.group_ids += analytics
        self.plan = self.env["account.analytic.plan"].create({"name": "region"})
        self.north, self.moon = self.env["account.analytic.account"].create(
            [
                {"name": "North", "plan_id": self.plan.id},
                {"name": "Moon", "plan_id": self.plan.id},
            ]
        )
        self.invoice(
            {"analytic_distribution": {self.north.id: 60, self.moon.id: 40}}, post=False
        )
        self.suggest()

    def test_plans_and_accounts_are_found_by_name(self):
        """S95: a plan is a category, an analytic account an option of it."""
        self.assertEqual(self.row("plan", self.plan).xero_category_id.name, "Region")
        row = self.row("analytic", self.north)
        self.assertEqual(row.xero_option_id.name, "North")
        self.assertEqual(row.used_count, 1)
        self.assertEqual(row.confidence, "high")

    def test_what_xero_does_not_have_stays_to_be_chosen(self):
        """S96: from the options of that category only, and none is made."""
        row = self.row("analytic", self.moon)
        self.assertFalse(row.is_mapped)
        region = self.row("plan", self.plan).xero_category_id
        self.assertEqual(row.fitting_option_ids, region.option_ids)

    def test_the_records_show_what_they_are_in_xero(self):
        """S87, S95: and may be mapped from there, by those who may."""
        plan = self.plan.with_user(self.accountant)
        self.assertEqual(plan.xero_tracking_category_id.name, "Region")
        east = self.copy_of("xero.tracking.option", name="Eastside")
        self.moon.with_user(self.accountant).xero_tracking_option_id = east
        found = self.mapping._by_record(self.connection, "analytic")
        self.assertEqual(found[self.moon.id], east)
        with self.assertRaises(AccessError):
            self.north.with_user(self.clerk).xero_tracking_option_id = east


@tagged("post_install", "-at_install")
class TestMoney(MappingCase):
    def test_a_payment_method_falls_back_on_its_journal(self):
        """S87: one account for the bank, others where a provider pays out apart."""
        journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        line = journal.inbound_payment_method_line_ids[:1]
        bank = self.copy_of("xero.account", code="090")
        journal.with_user(self.accountant).xero_account_id = bank
        self.assertEqual(line.xero_account_id, bank)
        clearing = self.copy_of("xero.account", code="855")
        line.with_user(self.accountant).xero_account_id = clearing
        self.env.invalidate_all()
        self.assertEqual(line.xero_account_id, clearing)
        self.assertEqual(journal.xero_account_id, bank)

    def test_write_offs_wait_for_a_person(self):
        """N26, T40: the account is proposed, what happens is decided."""
        loss = self.account("735009", "Bank Fees")
        invoice = self.invoice()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create(
            {
                "amount": invoice.amount_total - 2,
                "payment_difference_handling": "reconcile",
                "writeoff_account_id": loss.id,
            }
        )._create_payments()
        self.suggest()
        row = self.row("write_off", loss)
        self.assertEqual(row.used_count, 1)
        self.assertEqual(row.xero_account_id.code, "404")
        self.assertFalse(row.is_mapped)
        row.write_off_action = "payment"
        self.assertTrue(row.is_mapped)
        self.assertEqual(
            self.mapping._actions(self.connection, "write_off")[
                loss.id
            ].write_off_action,
            "payment",
        )

    def test_stopping_needs_no_account(self):
        """N26: a decision too."""
        loss = self.account("735010", "Nothing alike", "expense_other")
        row = self.mapping._ensure(self.connection, "write_off", loss)
        row.write_off_action = "stop"
        self.assertTrue(row.is_mapped)


@tagged("post_install", "-at_install")
class TestCreating(MappingCase):
    def create_in_xero(self, row):
        row.with_user(self.accountant).action_create_in_xero()

    def test_a_missing_account_is_made_by_a_button(self):
        """S90, S80: with Odoo's code and name, and chosen at once."""
        zoo = self.account("4990", "Zoo keeping")
        row = self.mapping._ensure(self.connection, "account", zoo)
        self.create_in_xero(row)
        self.assertEqual(row.xero_account_id.display_name, "4990 Zoo keeping")
        self.assertEqual(row.xero_account_id.account_type, "EXPENSE")
        self.assertEqual(row.confidence, "person")

    def test_what_xero_refuses_is_said(self):
        """S90: a code that another account has."""
        rent = self.account("469", "Zoo keeping")
        row = self.mapping._ensure(self.connection, "account", rent)
        with self.assertRaisesRegex(UserError, "unique Code"):
            self.create_in_xero(row)

    def test_a_code_that_xero_cannot_take_is_not_sent(self):
        """S78, S90: said before a call is made."""
        long = self.account("12345678901", "Zoo keeping")
        row = self.mapping._ensure(self.connection, "account", long)
        before = self.xero.writes()
        with self.assertRaisesRegex(UserError, "at most 10"):
            self.create_in_xero(row)
        self.assertEqual(self.xero.writes(), before)

    def test_no_rate_is_made_where_returns_depend_on_xeros(self):
        """S90: the United Kingdom's rates are Xero's."""
        tax = self._tax("ST11").copy({"name": "VAT we made", "amount": 12})
        row = self.mapping._ensure(self.connection, "tax", tax)
        self.assertFalse(row.can_create)
        with self.assertRaisesRegex(UserError, "Make it in Xero"):
            self.create_in_xero(row)

    def test_clerks_create_nothing(self):
        """S70, S90."""
        zoo = self.account("4991", "Zoo keeping")
        row = self.mapping._ensure(self.connection, "account", zoo)
        with self.assertRaises(AccessError):
            row.with_user(self.clerk).action_create_in_xero()


@tagged("post_install", "-at_install")
class TestExport(MappingCase):
    def run_on(self, records, action):
        """What the menu of a list does with the selected records."""
        action = self.env.ref(f"xero_connector.{action}").with_user(self.accountant)
        return action.with_context(
            active_model=records._name, active_ids=records.ids
        ).run()

    def test_selected_accounts_are_made_in_xero(self):
        """S76: one by one; what Xero refuses keeps no other back."""
        good = self.account("4992", "Zoo keeping")
        bad = self.account("469", "Wood")
        mapped = self.income
        said = self.run_on(good | bad | mapped, "account_account_action_create")
        self.assertIn("Made in Xero: 1.", said["params"]["message"])
        self.assertIn("unique Code", said["params"]["message"])
        self.assertEqual(good.with_user(self.accountant).xero_account_id.code, "4992")
        self.assertFalse(bad.with_user(self.accountant).xero_account_id)

    def test_selected_products_become_items(self):
        """S101: goods or services, as the list was filtered."""
        desk = self.product("DESK", type="consu")
        self.product("LAMP", type="consu")
        self.run_on(desk, "product_product_action_send")
        chair = self.product("CHAIR", type="service").product_tmpl_id
        self.run_on(chair, "product_template_action_send")
        self.work()
        codes = {item["Code"] for item in self.in_xero("items")}
        self.assertEqual(codes, {"DESK", "CHAIR"})


@tagged("post_install", "-at_install")
class TestLists(MappingCase):
    def test_xeros_codes_can_be_downloaded(self):
        """S69: by Odoo's own export, of what the accountant may read."""
        self.accountant.group_ids += self.env.ref("base.group_allow_export")
        accounts = self.env["xero.account"].with_user(self.accountant)
        chosen = accounts.search([("connection_id", "=", self.connection.id)])
        rows = chosen.export_data(["code", "name", "type_shown"])["datas"]
        self.assertIn(["200", "Sales", "Revenue"], rows)
        self.assertEqual(len(rows), len(chosen))

    def test_tabs_count_what_is_mapped_of_what_is_used(self):
        """S88, S68: and mark what stops documents."""
        self.invoice({"account_id": self.account("735011", "Unlike").id}, post=False)
        self.suggest()
        mapping = self.mapping.with_user(self.accountant)
        tabs = {tab["filter"]: tab for tab in mapping.tab_counts()}
        mapped, _slash, used = tabs["tab_accounts"]["count"].partition("/")
        self.assertEqual(int(mapped), int(used) - 1)
        self.assertTrue(tabs["tab_accounts"]["attention"])
        self.assertEqual(tabs["tab_tracking"]["count"], "–")
        self.assertFalse(tabs["tab_tracking"]["attention"])


@tagged("post_install", "-at_install")
class TestReading(MappingCase):
    def test_each_look_up_is_one_query(self):
        """S87: however many rows there are."""
        for kind in ("account", "tax", "tax_asset", "journal", "plan", "analytic"):
            self.env.invalidate_all()
            with self.subTest(kind=kind), self.assertQueryCount(1):
                self.mapping.sudo()._by_record(self.connection, kind)
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            self.mapping.sudo()._tax_sets(self.connection)

    def test_a_cause_leads_to_its_row(self):
        """N7: of one tax, of several, and of lines without any."""
        both = self._tax("ST11") | self._tax("ST5")
        for key, kind, record in (
            (f"tax_unmapped:{self.tax.id}", "tax", self.tax),
            (f"rate_differs:{self.tax.id}", "tax", self.tax),
            (f"account_unmapped:{self.income.id}", "account", self.income),
            ("no_tax_purchase_unmapped:0", "no_tax_purchase", None),
            (f"tax_set_unmapped:{both[0].id},{both[1].id}", "tax_set", both),
        ):
            with self.subTest(cause=key):
                row = self.mapping._of_cause(self.connection, key)
                self.assertEqual(row.kind, kind)
                self.assertEqual(row._record(), record or self.env["account.tax"])
        self.assertFalse(self.mapping._of_cause(self.connection, "locked_period:12"))
