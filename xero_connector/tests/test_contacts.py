"""Contacts out: who goes, as what, and which changes follow."""

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form

from .common import XeroCase


class ContactCase(XeroCase):
    """A connected company whose accountant may edit contacts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant.group_ids += cls.env.ref("base.group_partner_manager")
        cls.group = cls.env["res.partner.category"].create({"name": "Customers"})
        cls.customer.write(
            {
                "street": "1 High St",
                "city": "Leeds",
                "zip": "LS1 4AP",
                "country_id": cls.env.ref("base.uk").id,
            }
        )

    def connect_contacts(self, **options):
        """Connect, with some options of contacts."""
        self.connection = self.connect()
        self.connection.write(options)
        return self.connection

    def partner(self, name, **values):
        return self.env["res.partner"].create(
            {"name": name, "is_company": True, "city": "York"} | values
        )

    def send(self, *partners):
        """Send contacts as a person does from the list."""
        for partner in partners:
            partner.with_user(self.accountant).action_xero_send()
        self.work()

    def there(self, partner):
        """The contact in Xero that a partner is linked to."""
        [found] = [
            each
            for each in self.in_xero("contacts")
            if each["ContactID"] == partner.xero_id
        ]
        return found

    def postal(self, contact):
        [address] = [
            each for each in contact["Addresses"] if each["AddressType"] == "POBOX"
        ]
        return address

    def calls(self, method=None):
        calls = self.xero.calls(kind="api")
        return [each for each in calls if method in (None, each["method"])]


class TestAccountReferences(ContactCase):
    def test_letters_of_the_name_and_a_number(self):
        """S57, S61, S62: made where it is blank, and written into the reference."""
        self.connect_contacts(account_ref_mode="generate")
        first, second = (
            self.partner("Darlington International"),
            self.partner("Dart Ltd"),
        )
        self.send(first, second)
        self.assertEqual(first.xero_account_ref, "DAR0001")
        self.assertEqual(second.xero_account_ref, "DAR0002")
        self.assertEqual(self.there(first)["AccountNumber"], "DAR0001")
        self.assertEqual(first.ref, "DAR0001")

    def test_the_contacts_own_reference_is_used(self):
        """S62, S66: what a person filled in is the account reference."""
        self.connect_contacts(account_ref_mode="generate")
        partner = self.partner("Darlington", ref="CUST-7")
        self.send(partner)
        self.assertEqual(partner.xero_account_ref, "CUST-7")
        self.assertEqual(self.there(partner)["AccountNumber"], "CUST-7")

    def test_a_reference_is_written_back_by_choice(self):
        """S63: never, where it is empty, always; the account reference stays."""
        self.connect_contacts(account_ref_mode="generate", update_partner_ref="never")
        partner = self.partner("Darlington")
        self.send(partner)
        self.assertFalse(partner.ref)
        partner.ref = "OWN"
        self.work()
        self.assertEqual(partner.xero_account_ref, "DAR0001")

    def test_two_contacts_never_have_one_reference(self):
        """S56: typed twice, it is refused and says whose it is."""
        self.connect_contacts()
        one, other = self.partner("One"), self.partner("Other")
        one.with_user(self.accountant).xero_account_ref = "ABC1"
        with self.assertRaisesRegex(ValidationError, "belongs to One"):
            other.with_user(self.accountant).xero_account_ref = "abc1"

    def test_a_reference_is_found_by_searching(self):
        """S56: shown and searchable."""
        self.connect_contacts()
        partner = self.partner("One")
        partner.xero_account_ref = "ABC1"
        found = self.env["res.partner"].search([("xero_account_ref", "ilike", "bc1")])
        self.assertEqual(found, partner)

    def test_without_one_it_does_not_go(self):
        """S59: typed references are wanted; the note says so, and typing mends it."""
        self.connect_contacts(account_ref_mode="required")
        partner = self.partner("Darlington")
        self.send(partner)
        self.note(cause="account_ref_missing")
        partner.xero_account_ref = "D1"
        self.work()
        self.assertEqual(self.there(partner)["AccountNumber"], "D1")

    def test_a_format_without_a_number_is_refused(self):
        """S58: when it is typed, not when it is used."""
        self.connect_contacts()
        with self.assertRaises(ValidationError):
            self.connection.account_ref_pattern = "{letters:3}"

    def test_the_format_is_chosen(self):
        """S58: any text around letters and number."""
        self.connect_contacts(
            account_ref_mode="generate", account_ref_pattern="C{number:5}"
        )
        partner = self.partner("北京")
        self.send(partner)
        self.assertEqual(partner.xero_account_ref, "C00001")

    def test_references_of_archived_contacts_are_not_given_out(self):
        """S56, S61: nor those of contacts that only Xero has."""
        self.connect_contacts(account_ref_mode="generate")
        values = {"Name": "Somebody", "AccountNumber": "DAR0001"}
        stranger = self.xero.create("contacts", values)
        self.xero.archive_contact(stranger["ContactID"])
        partner = self.partner("Darlington")
        self.send(partner)
        self.assertEqual(partner.xero_account_ref, "DAR0002")

    def test_a_reference_that_an_archived_contact_holds(self):
        """S47, S56: said before a call is made, with the contact's name."""
        self.connect_contacts()
        values = {"Name": "Somebody Else", "AccountNumber": "D1"}
        stranger = self.xero.create("contacts", values)
        self.xero.archive_contact(stranger["ContactID"])
        partner = self.partner("Darlington", ref="D1")
        self.send(partner)
        note = self.note()
        self.assertIn("Somebody Else", note.message)
        self.assertEqual(self.xero.writes(), 0)

    def test_many_references_cost_as_many_queries_as_one(self):
        """I11, S57: one hundred contacts of fifty names."""
        connection = self.connect_contacts(account_ref_mode="generate")

        def queries(count, name):
            partners = self.env["res.partner"].browse()
            for number in range(count):
                partners |= self.partner(f"{name[number % 5]} {name} {number}")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            partners._xero_ensure_refs(connection)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few, many = queries(5, "Abcde"), queries(100, "Fghij")
        self.assertLessEqual(many, few + 3)


class TestScope(ContactCase):
    def test_a_contact_goes_with_its_first_document(self):
        """S31, S38: a prospect has no place in Xero."""
        self.connect_contacts()
        self.partner("Prospect")
        self.work()
        self.assertEqual(self.in_xero("contacts"), [])
        self.invoice()
        self.work()
        self.assertEqual(len(self.in_xero("contacts")), 1)

    def test_a_chosen_group_goes_when_it_is_saved(self):
        """S24, S31, S60: created or updated, one contact each."""
        self.connect_contacts(contact_category_ids=[Command.set(self.group.ids)])
        partner = self.partner("Darlington", category_id=self.group.ids)
        self.work()
        self.assertEqual(partner.xero_state, "synced")
        self.assertEqual(partner.xero_account_type, "1")
        other = self.partner("Other")
        self.work()
        self.assertFalse(other.xero_state)
        other.category_id = self.group
        self.work()
        self.assertEqual(other.xero_state, "synced")

    def test_choosing_a_group_sends_who_is_in_it(self):
        """S24, S32: those that were there before."""
        self.connect_contacts()
        partner = self.partner("Darlington", category_id=self.group.ids)
        self.connection.contact_category_ids = self.group
        self.work()
        self.assertEqual(partner.xero_state, "synced")

    def test_outside_the_groups_nothing_is_created(self):
        """S24, S28: the invoice waits and the note says for what."""
        self.connect_contacts(contact_category_ids=[Command.set(self.group.ids)])
        invoice = self.invoice()
        self.work()
        self.note(cause="contact_group")
        self.assertEqual(invoice.xero_state, "blocked")
        self.customer.category_id = self.group
        self.settle()
        self.assertEqual(invoice.xero_state, "synced")

    def test_a_group_that_mixes_companies_and_sites_is_refused(self):
        """S25: whichever is done first."""
        self.connect_contacts(contact_category_ids=[Command.set(self.group.ids)])
        company = self.partner("Darlington", category_id=self.group.ids)
        site = {"name": "Site", "parent_id": company.id}
        with self.assertRaises(ValidationError) as refused:
            self.env["res.partner"].create(site | {"category_id": self.group.ids})
        self.assertIn("Site", str(refused.exception))
        mixed = self.env["res.partner.category"].create({"name": "Mixed"})
        self.env["res.partner"].create(site | {"category_id": mixed.ids})
        company.category_id += mixed
        with self.assertRaises(ValidationError) as refused:
            self.connection.contact_category_ids += mixed
        self.assertIn("Mixed", str(refused.exception))

    def test_a_site_is_invoiced_as_its_company(self):
        """S26, S27: the invoice stays on the site and is the company's in Xero."""
        self.connect_contacts()
        site = self.env["res.partner"].create(
            {"name": "Dock 4", "parent_id": self.customer.id, "type": "other"}
        )
        invoice = self.invoice(partner_id=site.id)
        self.work()
        [contact] = self.in_xero("contacts")
        self.assertEqual(contact["Name"], "Azure Interior")
        self.assertEqual(invoice.partner_id, site)

    def test_contacts_that_come_from_xero_do_not_go(self):
        """S29, S28: the other direction; the note says what to do."""
        self.connect_contacts(contact_direction="in")
        invoice = self.invoice()
        self.work()
        self.note(cause="contact_comes_from_xero")
        self.assertEqual(invoice.xero_state, "blocked")
        self.assertEqual(self.xero.writes(), 0)


class TestOut(ContactCase):
    def test_what_is_carried_where(self):
        """S39, S42, S43, G4, G8: addresses, phone, numbers, currency and terms."""
        self.connect_contacts(contact_currency_id=self.env.ref("base.GBP").id)
        term = self.env["account.payment.term"].create(
            {
                "name": "30 days",
                "line_ids": [Command.create({"value": "percent", "nb_days": 30})],
            }
        )
        self.customer.write(
            {
                "phone": "+44 113 496 0000",
                "vat": "GB123456782",
                "company_registry": "01234567",
                "property_payment_term_id": term.id,
                "child_ids": [
                    Command.create(
                        {"type": "delivery", "street": "Dock 4", "city": "Hull"}
                    ),
                    Command.create({"type": "contact", "name": "Ann Lee"}),
                ],
            }
        )
        self.send(self.customer)
        contact = self.there(self.customer)
        addresses = {each["AddressType"]: each for each in contact["Addresses"]}
        self.assertEqual(addresses["POBOX"]["City"], "Leeds")
        self.assertEqual(addresses["POBOX"]["Country"], "United Kingdom")
        self.assertEqual(addresses["STREET"]["City"], "Hull")
        phones = {each["PhoneType"]: each["PhoneNumber"] for each in contact["Phones"]}
        self.assertEqual(phones["DEFAULT"], "+44 113 496 0000")
        self.assertEqual(contact["TaxNumber"], "GB123456782")
        self.assertEqual(contact["CompanyNumber"], "01234567")
        self.assertEqual(contact["DefaultCurrency"], "GBP")
        sales = contact["PaymentTerms"]["Sales"]
        self.assertEqual((sales["Day"], sales["Type"]), (30, "DAYSAFTERBILLDATE"))
        self.assertFalse(contact.get("FirstName"))

    def test_the_first_person_goes_by_option(self):
        """S40, S41: and a later one overwrites it."""
        self.connect_contacts(
            contact_person_mode="primary", contact_update_policy="full"
        )
        person = self.env["res.partner"].create(
            {"name": "Ann Lee", "parent_id": self.customer.id, "email": "ann@a.example"}
        )
        self.send(self.customer)
        contact = self.there(self.customer)
        self.assertEqual((contact["FirstName"], contact["LastName"]), ("Ann", "Lee"))
        self.assertEqual(contact["EmailAddress"], "ann@a.example")
        person.name = "Bob Marsh"
        self.work()
        contact = self.there(self.customer)
        self.assertEqual((contact["FirstName"], contact["LastName"]), ("Bob", "Marsh"))

    def test_address_and_e_mail_follow(self):
        """S36: the default; what else changed stays as the accountant has it."""
        self.connect_contacts()
        self.send(self.customer)
        self.customer.write({"city": "York", "email": "new@a.example", "phone": "1"})
        self.customer.name = "Azure Group"
        self.xero.clear_calls()
        self.work()
        [call] = [c for c in self.xero.calls(payloads=True) if c["method"] == "POST"]
        [sent] = call["payload"]["Contacts"]
        self.assertEqual(set(sent), {"ContactID", "EmailAddress", "Addresses"})
        self.assertEqual(self.postal(self.there(self.customer))["City"], "York")
        self.assertEqual(self.there(self.customer)["Name"], "Azure Interior")

    def test_a_site_that_moves_goes_or_changes(self):
        """S39, I2: the company it left and the one it came to have their addresses."""
        self.connect_contacts()
        other = self.partner("Thames Ltd")
        site = self.env["res.partner"].create(
            {
                "parent_id": self.customer.id,
                "type": "invoice",
                "street": "Dock 4",
                "city": "Hull",
            }
        )
        self.send(self.customer, other)

        def towns():
            self.work()
            contacts = (self.there(each) for each in (self.customer, other))
            return [self.postal(contact)["City"] for contact in contacts]

        own = other.city or ""
        self.assertEqual(towns(), ["Hull", own])
        site.parent_id = other
        self.assertEqual(towns(), ["Leeds", "Hull"])
        site.type = "other"
        self.assertEqual(towns(), ["Leeds", own])
        site.type = "invoice"
        self.assertEqual(towns(), ["Leeds", "Hull"])
        site.unlink()
        self.assertEqual(towns(), ["Leeds", own])

    def test_nothing_follows_if_so_chosen(self):
        """S36: only linked, never updated."""
        self.connect_contacts(contact_update_policy="never")
        self.send(self.customer)
        self.customer.email = "new@a.example"
        self.xero.clear_calls()
        self.work()
        self.assertEqual(self.calls(), [])

    def test_names_follow_by_option(self):
        """S37: one way only."""
        self.connect_contacts(sync_contact_name=True)
        self.send(self.customer)
        self.customer.name = "Azure Group"
        self.work()
        self.assertEqual(self.there(self.customer)["Name"], "Azure Group")
        self.xero.update("contacts", self.customer.xero_id, {"Name": "Azure Holding"})
        self.fetch()
        self.assertEqual(self.customer.name, "Azure Group")

    def test_an_emptied_field_is_emptied_there(self):
        """S36: and nothing is sent twice."""
        self.connect_contacts()
        self.send(self.customer)
        self.customer.email = False
        self.work()
        self.assertFalse(self.there(self.customer).get("EmailAddress"))
        self.xero.clear_calls()
        self.customer._xero_touch()
        self.work()
        self.assertEqual(self.calls(), [])

    def test_an_account_reference_of_someone_else_stays(self):
        """I15: Xero's users use that field, too."""
        self.connect_contacts(contact_update_policy="full")
        values = {"Name": "Azure Interior", "AccountNumber": "XERO-9"}
        self.xero.create("contacts", values)
        self.send(self.customer)
        self.customer.with_user(self.accountant).xero_account_ref = "ODOO-1"
        self.work()
        self.assertEqual(self.there(self.customer)["AccountNumber"], "XERO-9")

    def test_a_contact_number_of_someone_else_stays(self):
        """I15: a linked contact keeps the number that another system gave it."""
        self.connect_contacts(contact_update_policy="full")
        values = {"Name": "Azure Interior", "ContactNumber": "CRM-1"}
        self.xero.create("contacts", values)
        self.customer.email = "other@a.example"
        self.send(self.customer)
        self.customer.city = "York"
        self.work()
        self.assertEqual(self.there(self.customer)["ContactNumber"], "CRM-1")

    def test_archiving_goes_by_option(self):
        """G8, S36: archived here, archived there; restoring there is for people."""
        self.connect_contacts(contact_archive=True)
        self.send(self.customer)
        self.customer.active = False
        self.work()
        self.assertEqual(self.there(self.customer)["ContactStatus"], "ARCHIVED")
        self.customer.active = True
        self.work()
        self.note(cause="contact_archived")
        self.xero.restore_contact(self.customer.xero_id)
        self.fetch()
        self.work()
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))

    def test_an_update_whose_answer_is_lost(self):
        """I4: read back, not sent again."""
        self.connect_contacts()
        self.send(self.customer)
        self.customer.city = "York"
        self.xero.clear_calls()
        self.xero.fault("answer_lost", path="/Contacts", method="POST")
        self.settle()
        self.assertEqual(len(self.calls("POST")), 1)
        self.assertEqual(self.customer.xero_state, "synced")

    def test_an_update_that_never_arrived(self):
        """I4: what was read back is not it, so it goes again."""
        self.connect_contacts()
        self.send(self.customer)
        self.customer.city = "York"
        self.xero.fault("dropped", path="/Contacts", method="POST")
        self.settle()
        self.assertEqual(self.postal(self.there(self.customer))["City"], "York")

    def test_bad_values_are_said_before_a_call(self):
        """S47: two addresses, umlauts, a name without end; one note each."""
        self.connect_contacts()
        bad = [
            self.partner("Two", email="a@b.example, c@d.example"),
            self.partner("Umlaut", email="müller@b.example"),
            self.partner("x" * 256),
        ]
        self.xero.clear_calls()
        self.send(*bad)
        self.assertEqual(self.xero.writes(), 0)
        causes = self.env["xero.note"].search([("state", "=", "open")]).mapped("cause")
        self.assertEqual(
            sorted(causes),
            ["contact_email_invalid", "contact_email_invalid", "contact_name_long"],
        )

    def test_many_contacts_take_few_calls(self):
        """S32, I11: fifty a call, said before it starts."""
        self.connect_contacts()
        self.fetch()
        partners = self.env["res.partner"].browse()
        for number in range(120):
            partners |= self.partner(
                f"Customer {number:04d} {chr(65 + number % 26) * 9}"
            )
        self.xero.clear_calls()
        message = partners.with_user(self.accountant).action_xero_send()
        self.assertIn("120 contacts go to Xero in 3 calls", str(message))
        self.work()
        self.assertEqual(len(self.calls()), 3)
        self.assertEqual(set(partners.mapped("xero_state")), {"synced"})

    def test_sending_needs_the_right(self):
        """S15: a clerk without it may not."""
        self.connect_contacts()
        with self.assertRaises(UserError):
            self.customer.with_user(self.clerk).action_xero_send()

    def test_the_form_shows_what_it_should(self):
        """S60, S67: the reference on the form, the button while it is not in Xero."""
        self.connect_contacts()
        with Form(self.customer.with_user(self.accountant)) as form:
            self.assertTrue(form.xero_export)
            form.xero_account_ref = "AZ1"
        self.send(self.customer)
        self.assertFalse(self.customer.xero_export)
        self.assertEqual(self.there(self.customer)["AccountNumber"], "AZ1")
