"""Contacts in: what Xero changed, who is whom, and contacts that became one."""

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .test_contacts import ContactCase

ADDRESS = {
    "AddressType": "POBOX",
    "AddressLine1": "9 Low St",
    "City": "Leeds",
    "PostalCode": "LS2",
    "Country": "UK",
}


class InCase(ContactCase):
    def both(self, **options):
        """Connect with contacts going both ways, in full."""
        return self.connect_contacts(
            **{
                "contact_direction": "both",
                "contact_update_policy": "full",
                "sync_contact_name": True,
                "contact_default_category_id": self.group.id,
            }
            | options
        )

    def stranger(self, name, **values):
        """A contact that someone made in Xero."""
        values = {"Name": name, "Addresses": [ADDRESS]} | values
        return self.xero.create("contacts", values)["ContactID"]

    def partners(self, name):
        return self.env["res.partner"].search([("name", "=", name)])

    def quiet(self):
        """Nothing more goes either way."""
        self.xero.clear_calls()
        self.env["res.partner"].search([])._xero_touch()
        self.work()
        self.fetch()
        self.work()
        self.assertEqual(self.xero.writes(), 0)


class TestImport(InCase):
    def test_a_contact_of_xeros_becomes_one_here(self):
        """S44, S45, S46, S64: with its group, address and account reference."""
        self.both()
        self.stranger("Thames Ltd", AccountNumber="THA1", EmailAddress="a@t.example")
        self.fetch()
        partner = self.partners("Thames Ltd")
        self.assertEqual(partner.category_id, self.group)
        self.assertEqual(partner.xero_account_ref, "THA1")
        self.assertEqual(partner.ref, "THA1")
        self.assertEqual((partner.city, partner.country_id.code), ("Leeds", "GB"))
        self.assertEqual(partner.email, "a@t.example")
        self.assertTrue(partner.is_company)
        self.assertEqual(partner.xero_state, "synced")
        self.quiet()

    def test_each_contact_that_stays_out_has_its_reason(self):
        """S44: no account number, no address, archived; nothing is created."""
        self.both()
        count = self.env["res.partner"].search_count([])
        self.stranger("No Number Ltd")
        self.stranger("No Address Ltd", AccountNumber="N1", Addresses=[])
        self.xero.archive_contact(self.stranger("Old Ltd", AccountNumber="O1"))
        self.fetch()
        rows = self.env["xero.mirror"].search([])
        reasons = {row.name: row.not_imported for row in rows}
        self.assertEqual(
            reasons,
            {
                "No Number Ltd": "account_number",
                "No Address Ltd": "postal",
                "Old Ltd": "archived",
            },
        )
        self.assertEqual(self.env["res.partner"].search_count([]), count)

    def test_without_a_group_nobody_comes(self):
        """S44: the default group is wanted first."""
        self.both(contact_default_category_id=False)
        self.stranger("Thames Ltd", AccountNumber="THA1")
        self.fetch()
        self.assertEqual(self.env["xero.mirror"].search([]).not_imported, "group")

    def test_from_odoo_only_nobody_comes(self):
        """S29: the default direction."""
        self.connect_contacts()
        self.stranger("Thames Ltd", AccountNumber="THA1")
        self.fetch()
        self.assertFalse(self.partners("Thames Ltd"))

    def test_what_odoo_does_not_accept_stays_out_alone(self):
        """S44, I8: a tax number that Odoo's check refuses."""
        self.both()
        self.stranger("Good Ltd", AccountNumber="G1")
        self.stranger("Bad Ltd", AccountNumber="B1", TaxNumber="GB1")
        self.fetch()
        self.assertTrue(self.partners("Good Ltd"))
        row = self.env["xero.mirror"].search([])
        self.assertEqual((row.name, row.not_imported), ("Bad Ltd", "refused"))
        self.assertTrue(row.refusal)

    def test_one_refused_among_many_costs_few_queries(self):
        """I11, I8: whom Odoo refuses is found by halves, not one by one."""
        self.both()
        self.fetch()

        def queries(count, name):
            for number in range(count):
                self.stranger(f"{name} {number}", AccountNumber=f"{name}{number}")
            self.stranger(f"{name} Bad", AccountNumber=f"{name}B", TaxNumber="GB1")
            before = self.env.cr.sql_log_count
            self.fetch()
            found = [("name", "=like", f"{name} %")]
            self.assertEqual(self.env["res.partner"].search_count(found), count)
            return self.env.cr.sql_log_count - before

        queries(3, "warm")
        few, many = queries(7, "Severn"), queries(63, "Thames")
        self.assertLess(many, 3 * few, (few, many))

    def test_twins_in_xero(self):
        """S44, S57: of two with one account number the second waits for a person."""
        self.xero.set_option(unique_account_numbers=False)
        self.both()
        for name in ("Thames Ltd", "Severn Ltd"):
            self.stranger(name, AccountNumber="T1")
        self.fetch()
        row = self.env["xero.mirror"].search([])
        self.assertEqual(row.not_imported, "reference")
        came = self.partners("Thames Ltd") | self.partners("Severn Ltd")
        self.assertEqual(came.mapped("xero_account_ref"), ["T1"])

    def test_persons_are_persons(self):
        """S40, S41: a contact that is one person; a company with one."""
        self.both(contact_person_mode="primary")
        names = {"FirstName": "Ann", "LastName": "Lee"}
        self.stranger("Ann Lee", AccountNumber="A1", **names)
        self.stranger("Lee & Co", AccountNumber="A2", **names)
        self.fetch()
        self.assertFalse(self.partners("Ann Lee").filtered("is_company").exists())
        self.assertEqual(self.partners("Lee & Co").child_ids.name, "Ann Lee")

    def test_customers_and_suppliers_have_their_rank(self):
        """S50: as Xero's documents say."""
        self.both()
        contact = self.stranger("Thames Ltd", AccountNumber="THA1")
        line = {"Description": "x", "UnitAmount": 10, "AccountCode": "200"}
        self.xero.create(
            "invoices",
            {
                "Type": "ACCREC",
                "Contact": {"ContactID": contact},
                "Date": "2026-07-01",
                "DueDate": "2026-07-31",
                "LineItems": [line],
            },
        )
        self.fetch()
        partner = self.partners("Thames Ltd")
        self.assertEqual((partner.customer_rank, partner.supplier_rank), (1, 0))

    def test_the_default_tax_comes_as_mapped(self):
        """S49: Xero's default tax of a contact is the mapped tax here."""
        connection = self.both()
        rate = self.env["xero.tax.rate"].search([("key", "=", "OUTPUT2")])
        mapping = self.env["xero.mapping"]._ensure(connection, "tax", self.tax)
        mapping.xero_tax_rate_id = rate
        values = {"AccountNumber": "T1", "AccountsReceivableTaxType": "OUTPUT2"}
        self.stranger("Thames Ltd", **values)
        self.fetch()
        self.assertEqual(self.partners("Thames Ltd").xero_sale_tax_id, self.tax)

    def test_many_come_in_few_calls_and_constant_queries(self):
        """I11, S48: two hundred cost hardly more queries than twenty."""
        self.both()
        self.fetch()

        def queries(count, name):
            for number in range(count):
                self.stranger(f"{name} {number}", AccountNumber=f"{name}{number}")
            self.xero.clear_calls()
            before = self.env.cr.sql_log_count
            self.fetch()
            self.assertEqual(len(self.calls()), 4)  # one of each list
            found = self.env["res.partner"].search_count(
                [("name", "=like", f"{name} %")]
            )
            self.assertEqual(found, count)
            return self.env.cr.sql_log_count - before

        queries(5, "warm")
        few, many = queries(10, "Severn"), queries(100, "Thames")
        self.assertLess(many - few, 20, (few, many))


class TestWizard(InCase):
    def wizard(self, **values):
        return (
            self.env["xero.contact.import"]
            .with_user(self.accountant)
            .create({"connection_id": self.connection.id} | values)
        )

    def test_ticked_contacts_come(self):
        """S33: with words or without; each that does not come says why."""
        self.connect_contacts(contact_default_category_id=self.group.id)
        for name in ("Thames Ltd", "Severn Ltd"):
            self.stranger(name, AccountNumber=name[:3])
        self.stranger("Trent Ltd")
        self.fetch()
        self.assertEqual(len(self.wizard(words="thames").line_ids), 1)
        wizard = self.wizard()
        self.assertEqual(len(wizard.line_ids), 3)
        ticked = wizard.line_ids.filtered(lambda line: line.name != "Severn Ltd")
        ticked.chosen = True
        wizard.action_import()
        self.assertTrue(self.partners("Thames Ltd"))
        self.assertFalse(self.partners("Severn Ltd") | self.partners("Trent Ltd"))
        left = {line.name: line.not_imported for line in wizard.line_ids}
        self.assertEqual(left, {"Severn Ltd": False, "Trent Ltd": "account_number"})
        self.assertIn("1 of 2", wizard.done_message)

    def test_importing_needs_the_right(self):
        """S15: nobody without the right sees who is in Xero."""
        self.connect_contacts()
        with self.assertRaises(AccessError):
            self.env["xero.contact.import"].with_user(self.clerk).create(
                {"connection_id": self.connection.id}
            )


class TestChanges(InCase):
    def setUp(self):
        super().setUp()
        self.both()
        self.send(self.customer)

    def test_a_change_in_xero_comes(self):
        """N4, S46: written here and not sent back."""
        self.xero.update(
            "contacts",
            self.customer.xero_id,
            {"EmailAddress": "new@azure.example", "Addresses": [ADDRESS]},
        )
        self.fetch()
        self.assertEqual(self.customer.email, "new@azure.example")
        self.assertEqual(self.customer.street, "9 Low St")
        self.quiet()

    def test_our_own_change_come_back_changes_nothing(self):
        """S30, I7: read again, nothing is written here, nothing is sent."""
        self.customer.city = "York"
        self.work()
        before = self.customer.write_date
        self.fetch()
        self.assertEqual(self.customer.write_date, before)
        self.quiet()

    def test_each_side_changed_something_else(self):
        """N4: both edits are on both sides."""
        self.xero.update("contacts", self.customer.xero_id, {"Name": "Azure Group"})
        self.customer.email = "new@azure.example"
        self.work()
        self.fetch()
        self.work()
        self.assertEqual(self.customer.name, "Azure Group")
        self.assertEqual(self.there(self.customer)["EmailAddress"], "new@azure.example")
        self.quiet()

    def conflict(self):
        self.xero.update(
            "contacts", self.customer.xero_id, {"EmailAddress": "xero@azure.example"}
        )
        self.customer.email = "odoo@azure.example"
        self.work()
        self.fetch()
        self.work()
        return self.customer.email, self.there(self.customer)["EmailAddress"]

    def test_a_conflict_is_asked_about(self):
        """N4, I15: neither is overwritten; the note names the field."""
        ours, theirs = self.conflict()
        self.assertEqual((ours, theirs), ("odoo@azure.example", "xero@azure.example"))
        note = self.note(cause="contact_conflict")
        self.assertIn("E-mail", note.message)
        self.assertEqual(note.action_mend()["res_model"], "xero.contact.compare")
        self.quiet()

    def test_odoo_wins_a_conflict_by_choice(self):
        """N4: the setting decides."""
        self.connection.contact_conflict = "odoo"
        self.assertEqual(self.conflict(), ("odoo@azure.example",) * 2)
        self.quiet()

    def test_xero_wins_a_conflict_by_choice(self):
        """N4: the setting decides."""
        self.connection.contact_conflict = "xero"
        self.assertEqual(self.conflict(), ("xero@azure.example",) * 2)
        self.quiet()

    def test_an_account_reference_changed_in_xero_comes(self):
        """S46, S64: unless another contact here has it."""
        self.xero.update("contacts", self.customer.xero_id, {"AccountNumber": "NEW1"})
        self.fetch()
        self.assertEqual(self.customer.xero_account_ref, "NEW1")
        self.assertEqual(self.customer.ref, "NEW1")
        other = self.partner("Other")
        other.xero_account_ref = "OTHER1"
        self.xero.update("contacts", self.customer.xero_id, {"AccountNumber": "OTHER1"})
        self.fetch()
        self.work()
        self.assertEqual(self.customer.xero_account_ref, "NEW1")
        self.assertIn("Other", self.note(cause="contact_not_taken").advice)

    def test_an_account_reference_given_in_xero_comes(self):
        """S65: sent without one, it takes the one that Xero's side chose."""
        partner = self.partner("Plain Ltd")
        self.send(partner)
        self.assertFalse(partner.xero_account_ref)
        self.xero.update("contacts", partner.xero_id, {"AccountNumber": "PLA0001"})
        self.fetch()
        self.assertEqual(partner.xero_account_ref, "PLA0001")
        self.quiet()

    def test_one_of_another_company_keeps_nobody_back(self):
        """I8, N10: given to another company here, then changed in Xero."""
        other, gone = self.partner("Other Ltd"), self.partner("Gone Ltd")
        self.send(other)
        self.send(gone)
        gone.company_id = self.env["res.company"].create({"name": "Elsewhere"})
        for partner in (gone, other):
            change = {"EmailAddress": "new@xero.example"}
            self.xero.update("contacts", partner.xero_id, change)
        self.fetch()
        self.assertEqual(other.email, "new@xero.example")
        self.assertNotEqual(gone.email, "new@xero.example")

    def test_what_odoo_refuses_is_said(self):
        """I8, N4: the rest of the page is taken."""
        other = self.partner("Other Ltd")
        self.send(other)
        self.xero.update("contacts", self.customer.xero_id, {"TaxNumber": "GB1"})
        self.xero.update("contacts", other.xero_id, {"EmailAddress": "o@o.example"})
        self.fetch()
        self.work()
        self.assertEqual(other.email, "o@o.example")
        self.note(cause="contact_not_taken")

    def test_archived_in_xero(self):
        """N11: by option archived here; otherwise only said by Xero."""
        self.connection.contact_archive = True
        self.xero.archive_contact(self.customer.xero_id)
        self.fetch()
        self.assertFalse(self.customer.active)
        self.quiet()

    def test_a_read_that_fails_is_not_an_empty_one(self):
        """I9: the next one begins where the last good one ended."""
        self.xero.fault("unavailable", path="/Contacts", method="GET")
        self.xero.update("contacts", self.customer.xero_id, {"Name": "Azure Group"})
        self.fetch()
        self.later()
        self.assertEqual(self.customer.name, "Azure Interior")
        self.fetch()
        self.assertEqual(self.customer.name, "Azure Group")

    def test_readings_without_news_are_only_counted(self):
        """S222: no row of History."""
        self.fetch()
        before = self.env["xero.request"].search_count([])
        self.fetch()
        cursor = self.env["xero.cursor"].search([("resource", "=", "contact")])
        self.assertGreaterEqual(cursor.empty_count, 1)
        self.assertEqual(self.env["xero.request"].search_count([]), before)

    def test_changed_while_our_change_is_on_its_way(self):
        """N4, I15: looked at right before; Xero's field is not overwritten."""
        self.xero.fault("minute_limit", retry_after=1, path="/Contacts", method="POST")
        self.customer.email = "odoo@azure.example"
        self.customer.city = "York"
        self.work()
        self.xero.update(
            "contacts", self.customer.xero_id, {"EmailAddress": "xero@azure.example"}
        )
        self.later()
        self.work()
        self.later()
        self.work()
        there = self.there(self.customer)
        self.assertEqual(there["EmailAddress"], "xero@azure.example")
        self.assertEqual(self.postal(there)["City"], "York")
        self.note(cause="contact_conflict")


class TestMatching(InCase):
    def test_the_same_people_are_linked_not_created(self):
        """N23, S35, G4: by reference, tax number, then name."""
        self.connect_contacts()
        people = {
            "Alpha Holdings": {"AccountNumber": "A1"},
            "BETA limited": {"TaxNumber": "GB 123 4567 82"},
            "Gamma-Delta Ltd.": {},
        }
        ids = {name: self.stranger(name, **values) for name, values in people.items()}
        ours = [
            self.partner("Alpha Holding", ref="A1"),
            self.partner("Betta Limited", vat="GB123456782"),
            self.partner("gamma delta"),
        ]
        self.send(*ours)
        self.assertEqual([each.xero_id for each in ours], list(ids.values()))
        self.assertEqual(len(self.in_xero("contacts")), 3)

    def test_two_of_a_name_are_decided_by_a_person(self):
        """S35, N23: never by name alone where two fit; each pair is listed once."""
        self.connect_contacts()
        first = self.stranger("J Smith")
        self.stranger("J. Smith")
        partner = self.partner("J Smith")
        invoice = self.invoice(partner_id=partner.id)
        self.work()
        note = self.note(cause="contact_doubtful")
        self.assertEqual(invoice.xero_state, "blocked")
        matches = self.env["xero.match"].search(note.action_mend()["domain"])
        self.assertEqual(len(matches), 2)
        chosen = matches.filtered(lambda match: match.mirror_id.xero_id == first)
        chosen.with_user(self.accountant).action_same()
        self.settle()
        self.assertEqual(partner.xero_id, first)
        self.assertEqual(invoice.xero_state, "synced")
        self.assertFalse(
            self.env["xero.match"]
            .search([])
            .filtered(lambda match: match.mirror_id.xero_id == first)
        )

    def test_not_the_same_is_created(self):
        """N23: a person said so, and is not asked again."""
        self.connect_contacts()
        self.stranger("Jonson and Sons")
        partner = self.partner("Johnson & Sons")
        self.send(partner)
        self.note(cause="contact_doubtful")
        matches = self.env["xero.match"].search([("partner_id", "=", partner.id)])
        matches.with_user(self.accountant).action_other()
        self.work()
        self.assertEqual(partner.xero_state, "synced")
        self.assertEqual(len(self.in_xero("contacts")), 2)

    def test_not_the_same_holds_when_it_looks_sure(self):
        """N23: two of one name were doubtful; one denied and the other gone, the first
        is not taken all the same."""
        self.connect_contacts()
        first, second = self.stranger("Thames Ltd"), self.stranger("Thames Limited")
        partner = self.partner("Thames Ltd")
        self.send(partner)
        matches = self.env["xero.match"].search([("partner_id", "=", partner.id)])
        denied = matches.filtered(lambda match: match.mirror_id.xero_id == first)
        denied.with_user(self.accountant).action_other()
        matches.filtered(lambda match: match.mirror_id.xero_id == second).unlink()
        self.env["xero.mirror"].search([("xero_id", "=", second)]).unlink()
        self.env["xero.note"].search([]).with_user(self.accountant).action_try_again()
        self.work()
        self.assertNotEqual(partner.xero_id, first)

    def test_coming_in_they_are_linked_too(self):
        """S46, N23: matched before a partner is created."""
        self.both()
        linked = self.stranger("AZURE INTERIOR Ltd", AccountNumber="AZ1")
        doubtful = self.stranger("Jonson and Sons", AccountNumber="J1")
        self.partner("Johnson & Sons")
        count = self.env["res.partner"].search_count([])
        self.fetch()
        self.assertEqual(self.customer.xero_id, linked)
        self.assertEqual(self.env["res.partner"].search_count([]), count)
        row = self.env["xero.mirror"].search([("xero_id", "=", doubtful)])
        self.assertEqual(row.not_imported, "doubtful")
        self.env["xero.match"].search([]).action_other()
        self.fetch()
        self.assertTrue(self.partners("Jonson and Sons"))

    def test_nobody_is_created_before_everybody_was_read(self):
        """N23, I9: a first reading that fails holds contacts back."""
        self.connect_contacts()
        known = self.stranger("AZURE INTERIOR LTD")
        self.xero.fault("unavailable", path="/Contacts", method="GET")
        self.invoice()
        self.work()
        self.assertEqual(self.xero.writes(), 0)
        self.assertEqual(self.customer._xero_link().waiting_for, "look")
        self.settle()
        self.assertEqual(self.customer.xero_id, known)

    def test_a_lost_link_is_found_by_our_number(self):
        """N23, S35: our own hidden number says whose a contact is."""
        self.both()
        self.send(self.customer)
        xero_id = self.customer.xero_id
        self.customer._xero_link().sudo().unlink()
        self.xero.update("contacts", xero_id, {"EmailAddress": "x@azure.example"})
        self.fetch()
        self.assertEqual(self.customer.xero_id, xero_id)

    def test_a_restored_database_gives_an_id_again(self):
        """N23, S35: our number on somebody of another name is not this partner, and
        nothing of theirs is touched."""
        self.both(contact_direction="out")
        number = f"{self.connection.contact_prefix}-{self.customer.id}"
        self.xero.clock.advance(-86400)
        other = self.stranger("Thames Water", ContactNumber=number)
        self.xero.clock.advance(86400)
        self.fetch()
        self.assertFalse(self.customer.xero_id)
        self.send(self.customer)
        self.assertFalse(self.customer.xero_id)
        self.note(cause="contact_number_taken")
        [there] = [e for e in self.in_xero("contacts") if e["ContactID"] == other]
        self.assertEqual(there["Name"], "Thames Water")

    def test_renamed_there_before_the_answer_was_known(self):
        """I4, N23: changed after it was sent, it is ours whatever its name is now."""
        self.both(contact_direction="out")
        self.xero.fault("answer_lost", path="/Contacts", method="PUT")
        self.customer._xero_touch(by_user=True)
        self.work()
        [there] = self.in_xero("contacts")
        self.xero.update("contacts", there["ContactID"], {"Name": "Thames Water"})
        self.settle()
        self.assertEqual(self.customer.xero_id, there["ContactID"])

    def test_merged_there_before_the_answer_was_known(self):
        """I4, N11, N23: created, the answer lost, and merged away by a bookkeeper."""
        self.both(contact_direction="out")
        winner = self.stranger("Azure Group")
        self.fetch()
        self.xero.fault("answer_lost", path="/Contacts", method="PUT")
        self.customer._xero_touch(by_user=True)
        self.work()
        [loser] = [e for e in self.in_xero("contacts") if e["ContactID"] != winner]
        self.xero.merge_contacts(loser["ContactID"], winner)
        self.settle()
        self.fetch()
        self.settle()
        self.assertEqual(self.customer.xero_id, winner)
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))

    def test_own_contacts_are_found_again_at_once(self):
        """I11, N23: found by our number, many cost as many queries as few."""
        self.both()

        def queries(count, name):
            partners = [self.partner(f"{name} {n}") for n in range(count)]
            self.send(*partners)
            links = self.env["xero.link"].sudo()
            links.search([("partner_id", "in", [p.id for p in partners])]).unlink()
            for partner in partners:
                there = [
                    e for e in self.in_xero("contacts") if e["Name"] == partner.name
                ]
                self.xero.update("contacts", there[0]["ContactID"], {"City": "x"})
            before = self.env.cr.sql_log_count
            self.fetch()
            cost = self.env.cr.sql_log_count - before
            self.assertTrue(all(partner.xero_id for partner in partners))
            return cost

        queries(2, "Warm")
        self.assertEqual(queries(2, "Severn"), queries(20, "Thames"))


class TestMerging(InCase):
    def setUp(self):
        super().setUp()
        self.both()
        self.send(self.customer)

    def merge(self, gone, stays):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((gone | stays).ids, stays, extra_checks=False)
        self.env.invalidate_all()

    def test_a_merge_in_xero_is_followed(self):
        """N11: documents go to the contact that stayed; neither id is lost."""
        loser = self.customer.xero_id
        winner = self.stranger("Azure Group")
        self.xero.merge_contacts(loser, winner)
        self.fetch()
        self.work()
        self.assertEqual(self.customer.xero_id, winner)
        kept = self.env["xero.link"].search([("xero_id", "=", loser)])
        self.assertEqual((kept.state, kept.res_id), ("gone", self.customer.id))
        invoice = self.invoice()
        self.work()
        [document] = self.in_xero("invoices")
        self.assertEqual(document["Contact"]["ContactID"], winner)
        self.assertEqual(invoice.xero_state, "synced")
        self.quiet()

    def test_what_stayed_in_xero_counts_as_edited_there(self):
        """N4, N11: its name comes; what it does not say goes there; what both sides
        changed is asked."""
        winner = self.stranger("Azure Group", Addresses=[])
        self.xero.merge_contacts(self.customer.xero_id, winner)
        self.fetch()
        self.work()
        self.assertEqual(self.customer.name, "Azure Group")
        self.assertEqual(self.customer.email, "ap@azure.example")
        there = self.there(self.customer)
        self.assertEqual(there["EmailAddress"], "ap@azure.example")
        self.assertEqual(self.postal(there)["City"], "Leeds")
        self.quiet()

    def test_who_is_linked_is_in_doubt_no_more(self):
        """N23, S219: two here were like one there; one is it, so the other goes."""
        partners = [self.partner("Jonson & Sons"), self.partner("Johnson and Sons")]
        self.stranger("Jonsson and Sons")
        self.fetch()
        self.send(*partners)
        self.assertEqual({each.xero_state for each in partners}, {"blocked"})
        match = self.env["xero.match"].search([("partner_id", "=", partners[0].id)])
        match.with_user(self.accountant).action_same()
        self.work()
        self.assertEqual({each.xero_state for each in partners}, {"synced"})
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))

    def test_a_chain_of_merges_is_followed_to_its_end(self):
        """N11: merged into one that was merged, too."""
        first, last = self.stranger("Azure One"), self.stranger("Azure Two")
        self.xero.merge_contacts(self.customer.xero_id, first)
        self.xero.merge_contacts(first, last)
        self.fetch()
        self.fetch()
        self.assertEqual(self.customer.xero_id, last)

    def test_two_that_both_are_here_were_merged_in_xero(self):
        """N11: a person merges them here; then everything goes to the one."""
        other = self.partner("Azure Group")
        self.send(other)
        loser, winner = self.customer.xero_id, other.xero_id
        self.xero.merge_contacts(loser, winner)
        self.fetch()
        self.work()
        self.assertIn("Azure Group", self.note(cause="contact_merged").message)
        self.merge(other, self.customer)
        self.work()
        self.assertEqual(self.customer.xero_id, winner)
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))

    def test_partners_merged_here_keep_both_ids(self):
        """N11: the link of the one that stays; the other's is kept beside it."""
        other = self.partner("Azure Group")
        self.send(other)
        first, second = self.customer.xero_id, other.xero_id
        self.merge(other, self.customer)
        self.work()
        links = self.env["xero.link"].search([("res_model", "=", "res.partner")])
        self.assertEqual(set(links.mapped("xero_id")), {first, second})
        self.assertEqual(set(links.mapped("res_id")), {self.customer.id})
        self.assertEqual(self.customer.xero_id, first)
        self.xero.merge_contacts(first, second)
        self.fetch()
        self.work()
        self.fetch()
        self.assertEqual(self.customer.xero_id, second)

    def test_a_partner_without_a_contact_takes_the_others(self):
        """N11: merged into one that was not in Xero."""
        other = self.partner("Azure Group")
        xero_id = self.customer.xero_id
        self.merge(self.customer, other)
        self.assertEqual(other.xero_id, xero_id)

    def test_account_references_of_merged_partners(self):
        """S56, N11: the one that stays keeps its own."""
        other = self.partner("Azure Group")
        self.customer.xero_account_ref, other.xero_account_ref = "A1", "B1"
        with mute_logger("odoo.sql_db"):
            self.merge(other, self.customer)
        self.assertEqual(self.customer.xero_account_ref, "A1")


class TestCompare(InCase):
    def setUp(self):
        super().setUp()
        self.both()
        self.send(self.customer)

    def compare(self, partner=None):
        partner = (partner or self.customer).with_user(self.accountant)
        action = partner.action_xero_compare()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        return wizard.with_user(self.accountant)

    def line(self, wizard, name):
        return wizard.line_ids.filtered(lambda line: line.field == name)

    def differ(self):
        self.xero.update(
            "contacts", self.customer.xero_id, {"EmailAddress": "xero@azure.example"}
        )
        self.customer.email = "odoo@azure.example"

    def test_both_sides_are_shown(self):
        """S52: read when opened, one call; what differs is marked."""
        self.differ()
        self.xero.clear_calls()
        wizard = self.compare()
        self.assertEqual(len(self.calls()), 1)
        self.assertIn("1 call", wizard.read_message)
        email = self.line(wizard, "email")
        self.assertTrue(email.differs)
        self.assertEqual(
            (email.ours, email.theirs), ("odoo@azure.example", "xero@azure.example")
        )
        self.assertFalse(self.line(wizard, "postal").differs)
        self.assertFalse(self.line(wizard, "phone"))

    def test_odoos_value_by_choice(self):
        """S52, I15: a person decided, whatever the options say."""
        self.connection.contact_update_policy = "never"
        self.differ()
        wizard = self.compare()
        self.line(wizard, "email").choice = "odoo"
        wizard.action_apply()
        self.work()
        self.assertEqual(
            self.there(self.customer)["EmailAddress"], "odoo@azure.example"
        )

    def test_xeros_value_by_choice(self):
        """S52: taken at once."""
        self.differ()
        wizard = self.compare()
        self.line(wizard, "email").choice = "xero"
        wizard.action_apply()
        self.work()
        self.assertEqual(self.customer.email, "xero@azure.example")
        self.quiet()

    def test_each_keeps_its_own_by_choice(self):
        """S52, N4: the note is settled and not raised again."""
        self.differ()
        self.work()
        self.fetch()
        self.work()
        self.note(cause="contact_conflict")
        self.compare().action_apply()
        self.work()
        self.assertFalse(self.env["xero.note"].search([("state", "=", "open")]))
        self.quiet()

    def test_what_is_owed_is_shown(self):
        """S55, G11: on both sides, with what is overdue."""
        self.invoice(invoice_date_due="2026-01-31", invoice_date="2026-01-02")
        self.work()
        wizard = self.compare()
        owed = wizard.line_ids.filtered(lambda line: line.label == "Owed to us")
        self.assertIn("120.00", owed.ours)
        self.assertIn("120.00", owed.theirs)
        self.assertFalse(owed.differs)
        self.assertTrue(wizard.line_ids.filtered(lambda line: "overdue" in line.label))

    def test_xero_does_not_answer(self):
        """I9: what was known is shown, and nothing can be saved."""
        self.xero.fault("unavailable", path="/Contacts", method="GET")
        wizard = self.compare()
        self.assertIn("did not answer", wizard.read_message)
        with self.assertRaises(UserError):
            wizard.action_apply()

    def test_a_contact_not_in_xero_is_looked_for(self):
        """S54: the search opens, and what is chosen is linked."""
        self.stranger("Thames Ltd")
        partner = self.partner("River Thames")
        action = partner.with_user(self.accountant).action_xero_compare()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        wizard = wizard.with_user(self.accountant)
        wizard.words = "Thames"
        wizard.action_look_up()
        wizard.candidate_ids.action_choose()
        self.work()
        self.assertEqual(self.there(partner)["Name"], "Thames Ltd")
        self.assertEqual(partner.name, "River Thames")

    def test_linked_by_xeros_id(self):
        """S53, S16: managers only, with a reason that the history keeps."""
        other = self.stranger("Azure Group")
        wizard = self.compare()
        wizard.write({"new_xero_id": "nonsense", "reason": "Took over"})
        with self.assertRaisesRegex(UserError, "no id"):
            wizard.action_link_to_another()
        wizard.new_xero_id = other.upper()
        wizard.action_link_to_another()
        self.assertEqual(self.customer.xero_id, other)
        self.assertIn("Took over", self.customer.message_ids[0].body)

    def test_an_id_that_belongs_to_another_contact(self):
        """S53: refused, naming it."""
        other = self.partner("Azure Group")
        self.send(other)
        wizard = self.compare()
        wizard.write({"new_xero_id": other.xero_id, "reason": "Mistake"})
        with self.assertRaisesRegex(UserError, "Azure Group"):
            wizard.action_link_to_another()
