"""What stops a document: a sentence with advice, in the right place, and no more."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError

from ..lib import messages
from ..lib.message_patterns import PATTERNS
from ..models.xero_cause import CAUSES
from .common import XeroCase


class AttentionCase(XeroCase):
    def setUp(self):
        super().setUp()
        self.connection = self.connect()

    def stopped(self, *invoices, cause):
        """Work, and expect one open note of this cause that stops these invoices."""
        self.work()
        note = self.note(cause=cause)
        names = sorted(filter(None, note.link_ids.mapped("record_name")))
        for invoice in invoices:
            self.assertIn(invoice.display_name, names)
            self.assertIn(invoice.xero_state, ("blocked", "error"))
        return note

    def goes_on(self):
        """A good invoice of another customer still goes (I8)."""
        partner = self.env["res.partner"].create({"name": "Bystander"})
        good = self.invoice(partner_id=partner.id)
        self.work()
        self.assertEqual(good.xero_state, "synced")


class TestBeforeSending(AttentionCase):
    def test_an_unmapped_tax_blocks_all_its_documents_with_one_note(self):
        """N6, N7, S217: three invoices, one note; one choice, and all three go."""
        tax = self.tax.copy({"name": "20% special", "amount": 20})
        invoices = [self.invoice({"tax_ids": tax.ids}) for _each in range(3)]

        note = self.stopped(*invoices, cause="tax_unmapped")

        self.assertEqual(note.link_count, 3)
        self.assertEqual(note.message, "Tax '20% special' has no Xero rate.")
        self.assertEqual(self.in_xero("invoices"), [])
        action = note.with_user(self.accountant).action_mend()
        row = self.env["xero.mapping"].browse(action["res_id"])
        self.assertEqual(row.tax_id, tax)
        row.with_user(self.accountant).xero_tax_rate_id = self.env[
            "xero.tax.rate"
        ].search([("tax_type", "=", "OUTPUT2")], limit=1)
        self.work()
        self.assertEqual({each.xero_state for each in invoices}, {"synced"})
        self.assertEqual(note.state, "done")

    def test_another_reason_completes_the_note_of_the_first(self):
        """S217, S219: what waits for its stopped customer is on the customer's note."""
        tax = self.tax.copy({"name": "20% special"})
        invoice = self.invoice({"tax_ids": tax.ids})
        first = self.stopped(invoice, cause="tax_unmapped")
        partner = self.env["res.partner"].create({"name": "Bad", "email": "ü@x"})
        invoice.button_draft()
        invoice.write(
            {
                "partner_id": partner.id,
                "invoice_line_ids": [
                    Command.update(line.id, {"tax_ids": [Command.set(self.tax.ids)]})
                    for line in invoice.invoice_line_ids
                ],
            }
        )
        invoice.action_post()
        note = self.stopped(invoice, cause="contact_email_invalid")
        self.assertEqual(first.state, "done")
        self.assertEqual(note.link_count, 2)
        partner.email = "bad@example.com"
        self.work()
        self.assertEqual(invoice.xero_state, "synced")

    def test_the_document_says_what_to_do(self):
        """S220, N7: one amber bar with the sentence and a button."""
        tax = self.tax.copy({"name": "20% special"})
        invoice = self.invoice({"tax_ids": tax.ids})
        self.stopped(invoice, cause="tax_unmapped")
        alert = invoice.with_user(self.accountant).alerts["xero_connector"]
        self.assertIn("Tax '20% special' has no Xero rate.", alert["message"])
        self.assertTrue(alert["action_text"] and alert["action"])

    def test_an_unmapped_account(self):
        """S68, S71, S80: stopped, never created in Xero."""
        account = self.income.copy({"name": "Odd income", "code": "409999"})
        invoice = self.invoice({"account_id": account.id})
        self.stopped(invoice, cause="account_unmapped")
        self.goes_on()

    def test_the_default_account_steps_in(self):
        """S71, S73: mapped account first, else the connection's default."""
        account = self.income.copy({"name": "Odd income", "code": "409999"})
        invoice = self.invoice({"account_id": account.id})
        self.stopped(invoice, cause="account_unmapped")
        sales = self.env["xero.account"].search([("code", "=", "260")], limit=1)
        self.connection.default_sale_account_id = sales
        self.note().action_try_again()
        self.work()
        [sent] = self.in_xero("invoices")
        self.assertEqual(sent["LineItems"][0]["AccountCode"], "260")

    def test_lines_without_tax_need_their_row(self):
        """T17: explicit, or stopped."""
        row = self.env["xero.mapping"].search([("kind", "=", "no_tax_sale")])
        row.xero_tax_rate_id = False
        invoice = self.invoice({"tax_ids": False})
        self.stopped(invoice, cause="no_tax_sale_unmapped")

    def test_a_rate_that_may_not_stand_on_the_account(self):
        """T24: seen before sending; the pair is named."""
        mapping = self.env["xero.mapping"].search(
            [("account_id", "=", self.income.id), ("kind", "=", "account")]
        )
        rate = self.env["xero.tax.rate"].search([("tax_type", "=", "INPUT2")], limit=1)
        self.assertFalse(rate._allowed_on(mapping.xero_account_id))
        self.env["xero.mapping"].search([("tax_id", "=", self.tax.id)]).write(
            {"xero_tax_rate_id": rate.id}
        )
        note = self.stopped(self.invoice(), cause="tax_on_account")
        self.assertIn("cannot be used with 200", note.message)

    def test_nothing_is_left_on_the_customer_when_its_item_is_mended(self):
        """S219, N6: the item has no contact; the invoice that it stopped has."""
        product = self.product("X" * 31)
        invoice = self.invoice({"product_id": product.id})
        self.work()
        note = self.note()
        self.assertTrue(self.customer.activity_ids)
        product.default_code = "SHORT"
        self.settle()
        self.assertEqual((invoice.xero_state, note.state), ("synced", "done"))
        self.customer.invalidate_recordset()
        self.assertFalse(self.customer.activity_ids)

    def test_a_link_that_ends_stops_no_note(self):
        """S219: a contact that was merged away here leaves no open note behind."""
        self.customer.email = "a, b"
        self.invoice()
        self.work()
        note = self.note(cause="contact_email_invalid")
        note.link_ids.unlink()
        self.assertEqual(note.state, "done")

    def test_a_skipped_one_is_not_on_its_way(self):
        """S172, N7: whoever sends it is told that it stays."""
        invoice = self.invoice()
        self.work()
        invoice._xero_link().state = "skipped"
        action = invoice.with_user(self.accountant).action_xero_send()
        self.assertIn("None of these goes to Xero", action["params"]["message"])

    def test_looking_again_is_no_persons_work(self):
        """I12: what the cron frees leaves people's calls alone."""
        self.customer.email = "a, b"
        invoice = self.invoice()
        self.stopped(invoice, cause="contact_email_invalid")
        self.connection.organisation_id.sudo().last_contact = "2026-01-01 00:00:00"
        self.env["xero.connection"]._cron_look()
        self.work()
        self.assertEqual(invoice.xero_state, "blocked")
        self.assertFalse(invoice._xero_link().by_user)

    def test_accounts_of_the_construction_scheme(self):
        """T30: Xero lets no app write them; the document is linked instead."""
        labour = self.xero_account(self.connection, "310")
        labour.system_account = "CISLABOUREXPENSE"
        account = self.income.copy({"name": "Labour", "code": "409998"})
        self.map_account(self.connection, account, "310")
        invoice = self.invoice({"account_id": account.id})
        note = self.stopped(invoice, cause="cis_account")
        self.assertIn("310", note.message)
        self.assertEqual(note.action_mend()["res_model"], "xero.link.existing")
        self.goes_on()

    def test_two_taxes_on_a_line(self):
        """T27: Xero takes one rate per line."""
        taxes = self.tax | self._tax("ST5")
        self.stopped(self.invoice({"tax_ids": taxes.ids}), cause="tax_set_unmapped")
        self.goes_on()

    def test_a_rate_with_another_percentage(self):
        """T19, N31: a tax amount on the wrong rate would be a wrong return."""
        five = self.env["xero.tax.rate"].search([("tax_type", "=", "RROUTPUT")])
        row = self.env["xero.mapping"].search([("tax_id", "=", self.tax.id)])
        right = row.xero_tax_rate_id
        row.xero_tax_rate_id = five
        invoice = self.invoice()
        note = self.stopped(invoice, cause="rate_differs")
        self.assertIn("is 20 %", note.message)
        row.xero_tax_rate_id = right
        self.work()
        self.assertEqual(invoice.xero_state, "synced")

    def test_a_reverse_charge_needs_a_rate_of_nothing(self):
        """T19: the customer pays no tax, so a 20 % rate does not fit."""
        tax = self._tax("ST_20_RCD")
        row = self.env["xero.mapping"].search([("tax_id", "=", tax.id)])
        row.xero_tax_rate_id = self.env["xero.tax.rate"].search(
            [("tax_type", "=", "OUTPUT2")]
        )
        self.stopped(self.invoice({"tax_ids": tax.ids}), cause="rate_differs")

    def test_an_amount_per_unit_is_not_a_rate(self):
        """T28: stopped, with the tax named."""
        tax = self.tax.copy({"name": "Eco fee", "amount_type": "fixed", "amount": 2})
        self.stopped(self.invoice({"tax_ids": tax.ids}), cause="tax_kind")

    def test_a_currency_that_the_organisation_does_not_use(self):
        """S92: where to add it; after a refresh the document goes by itself."""
        yen = self.env.ref("base.JPY")
        yen.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": yen.id, "name": "2026-07-01", "rate": 190}
        )
        invoice = self.invoice(currency_id=yen.id)
        note = self.stopped(invoice, cause="currency_missing")
        self.assertIn("does not use JPY", note.message)
        self.xero.create("currencies", {"Code": "JPY"})
        self.connection.with_user(self.accountant).action_refresh_reference_data()
        self.work()
        self.assertEqual(invoice.xero_state, "synced")

    def test_an_empty_description(self):
        """S221, S134: to be corrected, then it goes by itself."""
        invoice = self.invoice({"name": False})
        note = self.stopped(invoice, cause="description_missing")
        invoice.invoice_line_ids.name = "Consulting"
        self.work()
        self.assertEqual(invoice.xero_state, "synced")
        self.assertEqual(note.state, "done")

    def test_a_locked_period(self):
        """S160, T8, I16: it waits; moving the lock frees it; no date is changed."""
        invoice = self.invoice()
        self.xero.set_lock_date("2026-07-31")
        self.connection.with_user(self.accountant).action_refresh_reference_data()
        note = self.stopped(invoice, cause="locked_period")
        self.assertIn("We never change the date", note.advice)
        self.xero.set_lock_date("2026-06-30")
        self.connection.with_user(self.accountant).action_refresh_reference_data()
        self.work()
        self.assertEqual(invoice.xero_state, "synced")

    def test_a_filed_period(self):
        """N27, T9, I16: nothing dated in a filed return goes by itself."""
        self.connection.filed_up_to = "2026-07-31"
        self.stopped(self.invoice(), cause="filed_period")

    def test_an_over_long_item_code(self):
        """S98, S228: at most 30 characters; product and invoice share the note."""
        product = self.product("X" * 31)
        invoice = self.invoice({"product_id": product.id})
        self.stopped(invoice, cause="item_code_long")
        product.default_code = "SHORT"
        self.work()
        self.assertEqual(invoice.xero_state, "synced")

    def test_two_products_with_one_code(self):
        """S99: only documents with the second one wait; the others go on."""
        first, second = self.product("SAME"), self.product("SAME")
        good = self.invoice({"product_id": first.id})
        bad = self.invoice({"product_id": second.id})
        self.stopped(bad, cause="item_code_twice")
        self.assertEqual(good.xero_state, "synced")

    def test_an_address_that_is_not_one_plain_address(self):
        """S47: two addresses or umlauts; the customer's documents wait."""
        self.customer.email = "a@example.com, b@example.com"
        invoice = self.invoice()
        note = self.stopped(invoice, cause="contact_email_invalid")
        self.assertEqual(note.category, "contact")
        self.customer.email = "a@example.com"
        self.work()
        self.assertEqual(invoice.xero_state, "synced")

    def test_a_name_over_255_characters(self):
        """S47: shortened by a person, not by us."""
        self.customer.name = "N" * 256
        self.stopped(self.invoice(), cause="contact_name_long")

    def test_someone_without_rights_serves_nothing(self):
        """S18: a sentence, not an error, when the person may not read documents."""
        self.connection.sync_user_id = self.env["res.users"].create(
            {"name": "Nobody", "login": "nobody-x"}
        )
        self.invoice()
        self.work()
        self.note(cause="no_access")

    def test_an_error_of_our_own_stops_one_document(self):
        """I8, N7: the others go on; support gets the name of the error."""
        bad = self.invoice(ref="bad")
        original = type(bad)._xero_lines

        def broken(move, facts, fitted):
            if move.ref == "bad":
                raise ValueError("broken on purpose")
            return original(move, facts, fitted)

        with (
            patch.object(type(bad), "_xero_lines", broken),
            self.assertLogs("odoo.addons.xero_connector.models.xero_assess", "ERROR"),
        ):
            self.stopped(bad, cause="internal")
            self.goes_on()


class TestSaidByXero(AttentionCase):
    def test_a_contact_name_that_is_taken(self):
        """S47, N7: Xero's own words and our advice; linking it mends it."""
        self.fetch()  # who is there by then is found before
        self.xero.create("contacts", {"Name": "Azure Interior"})
        invoice = self.invoice()
        note = self.stopped(invoice, cause="contact_name_taken")
        self.assertIn("already assigned to another contact", note.xero_message)
        self.goes_on()
        link = note.link_ids.filtered(lambda each: each.resource == "contact")

        wizard = (
            self.env["xero.link.existing"]
            .with_user(self.accountant)
            .create({"link_id": link.id, "reason": "same people"})
        )
        candidate = wizard.candidate_ids.filtered(
            lambda each: each.name == "Azure Interior"
        )
        candidate.action_choose()
        self.work()

        self.assertEqual(invoice.xero_state, "synced")
        self.assertEqual(note.state, "done")
        [sent] = [
            each
            for each in self.in_xero("invoices")
            if each["InvoiceNumber"] == invoice.name
        ]
        self.assertEqual(sent["Contact"]["ContactID"], candidate.xero_id)

    def test_an_archived_contact(self):
        """S47: Xero lets no app restore it; the sentence says where to."""
        first = self.invoice()
        self.work()
        [contact] = self.in_xero("contacts")
        self.xero.archive_contact(contact["ContactID"])
        self.assertEqual(first.xero_state, "synced")
        second = self.invoice()
        self.stopped(second, cause="contact_archived")
        self.xero.restore_contact(contact["ContactID"])
        second.with_user(self.accountant).action_xero_send()
        self.work()
        self.assertEqual(second.xero_state, "synced")

    def test_an_invoice_number_that_is_taken(self):
        """S158: another document there; a choice, never an overwrite."""
        invoice = self.invoice(post=False)
        invoice.action_post()
        other = self.xero.create("contacts", {"Name": "Somebody Else"})
        self.xero.create(
            "invoices",
            {
                "Type": "ACCREC",
                "Status": "AUTHORISED",
                "InvoiceNumber": invoice.name,
                "Contact": {"ContactID": other["ContactID"]},
                "Date": "2026-07-01",
                "DueDate": "2026-07-31",
                "LineItems": [
                    {"Description": "x", "UnitAmount": 7, "AccountCode": "200"}
                ],
            },
        )
        self.stopped(invoice, cause="invoice_number_taken")
        self.assertEqual(len(self.in_xero("invoices")), 1)
        self.goes_on()

    def test_the_same_invoice_under_our_number_is_ours(self):
        """S154, N1: after a restored backup nothing is doubled; it is found again."""
        invoice = self.invoice()
        self.work()
        self.env["xero.link"].search([("resource", "=", "invoice")]).unlink()
        invoice._xero_touch()
        self.work()
        self.assertEqual(invoice.xero_state, "synced")
        self.assertEqual(len(self.in_xero("invoices")), 1)
        line = self.env["xero.request.line"].search([("outcome", "=", "adopted")])
        self.assertEqual(line.link_id, invoice._xero_link())

    def test_an_account_archived_in_xero_meanwhile(self):
        """N6: one note for all its documents, in Xero's words and ours."""
        self.xero.archive_account("200")
        invoices = [self.invoice(), self.invoice()]
        note = self.stopped(*invoices, cause="account_archived")
        self.assertEqual(note.link_count, 2)

    def test_one_unknown_contact_among_fifty_stops_only_itself(self):
        """I8, S150: Xero refuses the whole call; halves find the culprit."""
        self.invoice()
        self.work()
        bad_partner = self.env["res.partner"].create({"name": "Vanished"})
        self.invoice(partner_id=bad_partner.id)
        self.work()
        link = bad_partner._xero_link()
        link.xero_id = "00000000-0000-4000-8000-000000000000"
        good = [self.invoice() for _each in range(49)]
        bad = self.invoice(partner_id=bad_partner.id)

        self.stopped(bad, cause="not_found")

        self.assertEqual({each.xero_state for each in good}, {"synced"})
        numbers = [each["InvoiceNumber"] for each in self.in_xero("invoices")]
        self.assertEqual(len(numbers), len(set(numbers)))

    def test_a_refused_document_among_good_ones(self):
        """S150: the successful ones are marked, the refused one has a note."""
        good = [self.invoice() for _each in range(3)]
        bad = self.invoice()
        good += [self.invoice() for _each in range(3)]
        other = self.xero.create("contacts", {"Name": "Somebody Else"})
        self.xero.create(
            "invoices",
            {
                "Type": "ACCREC",
                "InvoiceNumber": bad.name,
                "Contact": {"ContactID": other["ContactID"]},
                "LineItems": [{"Description": "x", "UnitAmount": 7}],
            },
        )
        self.stopped(bad, cause="invoice_number_taken")
        self.assertEqual({each.xero_state for each in good}, {"synced"})


class TestNotesOnContacts(AttentionCase):
    def activities(self):
        return self.env["mail.activity"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", self.customer.id)]
        )

    def test_one_activity_per_contact_and_category(self):
        """S215, S216, S217, S218: a second problem is added to the open activity."""
        taxes = [self.tax.copy({"name": f"odd {number}"}) for number in (1, 2)]
        first = self.invoice({"tax_ids": taxes[0].ids})
        self.work()
        activity = self.activities()
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.summary, "Invoice Error")
        self.assertIn(first.name, activity.note)

        second = self.invoice({"tax_ids": taxes[1].ids})
        self.work()

        self.assertEqual(self.activities(), activity)
        self.assertIn("odd 1", activity.note)
        self.assertIn("odd 2", activity.note)
        self.assertIn(second.name, activity.note)

    def test_success_completes_it(self):
        """S219: the note closes by itself."""
        tax = self.tax.copy({"name": "odd"})
        self.invoice({"tax_ids": tax.ids})
        self.work()
        self.assertTrue(self.activities())
        rate = self.env["xero.tax.rate"].search([("tax_type", "=", "OUTPUT2")], limit=1)
        self.env["xero.mapping"]._ensure(
            self.connection, "tax", tax
        ).xero_tax_rate_id = rate
        self.work()
        self.assertFalse(self.activities())

    def test_the_digest_lists_what_needs_attention(self):
        """S19: one mail a day to the addresses, none when nothing is open."""
        mails = self.env["mail.mail"].search([])
        self.env["xero.connection"]._cron_digest()
        self.assertEqual(self.env["mail.mail"].search([]), mails)
        self.invoice({"tax_ids": self.tax.copy({"name": "odd"}).ids})
        self.work()
        self.env["xero.connection"]._cron_digest()
        mail = self.env["mail.mail"].search([]) - mails
        self.assertEqual(mail.email_to, "anna@example.com")
        self.assertIn("has no Xero rate", mail.body_html)

    def test_lost_access_is_mailed_once(self):
        """S19: at once, and not every minute."""
        self.xero.disconnect()
        self.invoice()
        before = self.env["mail.mail"].search([])
        self.work()
        self.work()
        mail = self.env["mail.mail"].search([]) - before
        self.assertEqual(len(mail), 1)
        self.assertIn("Xero is disconnected", mail.subject)


class TestPersonsDecide(AttentionCase):
    def test_skipping_needs_a_reason_and_can_be_taken_back(self):
        """S176, S227: no silent drop; who, when and why are kept."""
        tax = self.tax.copy({"name": "odd"})
        invoice = self.invoice({"tax_ids": tax.ids})
        note = self.stopped(invoice, cause="tax_unmapped")
        link = invoice._xero_link()
        wizard = self.env["xero.skip"].with_user(self.accountant)
        wizard.create({"link_ids": link.ids, "reason": "entered by hand"}).action_skip()
        self.assertEqual((link.state, note.state), ("skipped", "done"))
        self.assertEqual(link.skip_reason, "entered by hand")
        invoice.ref = "changed"
        self.work()
        self.assertEqual(link.state, "skipped")

        link.with_user(self.accountant).action_take_back()
        self.work()
        self.assertEqual(link.state, "blocked")

    def test_nobody_decides_while_it_is_on_its_way(self):
        """I4: a person waits until a request in flight is settled."""
        self.xero.fault("minute_limit", retry_after=600, method="PUT")
        invoice = self.invoice()
        self.work()
        link = self.customer._xero_link()
        self.assertTrue(link.request_id)
        wizard = self.env["xero.skip"].with_user(self.accountant)
        with self.assertRaisesRegex(UserError, "on its way"):
            wizard.create({"link_ids": link.ids, "reason": "x"}).action_skip()
        self.assertEqual(invoice.xero_state, "pending")


class TestWords(XeroCase):
    def test_every_cause_that_xero_names_has_words(self):
        """N7: no code without a sentence and advice."""
        codes = {code for code, _pattern in PATTERNS} | {messages.explain([]).code}
        self.assertFalse(codes - set(CAUSES))

    def test_words_are_for_accountants(self):
        """N7: no jargon, no exclamation marks, whole sentences."""
        jargon = r"!|\b(sync\w*|payload|endpoint|tenant|token|guid|webhook|element)\b"
        for code, cause in CAUSES.items():
            for sentence in (str(cause.title), str(cause.advice)):
                self.assertNotRegex(sentence.lower(), jargon, code)
                self.assertRegex(sentence, r"([.?]|\)s)$", code)
