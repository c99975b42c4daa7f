"""What happens to documents in Xero is seen in Odoo, and nothing else happens."""

from unittest.mock import patch

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError

from ..models import xero_poll
from .test_changes import ChangesCase


class InboundCase(ChangesCase):
    def paid(self, invoice, amount=None):
        """An accountant records a payment in Xero."""
        self.xero.pay(invoice.xero_id, amount=amount)

    def sent_invoice(self, **values):
        invoice = self.invoice(**values)
        self.settle()
        self.assertEqual(invoice.xero_mark, "synced")
        return invoice

    def rows(self):
        """Rows of what may never change without news."""
        self.env.flush_all()
        found = {}
        for table in ("xero_link", "xero_request", "xero_note", "xero_change"):
            self.env.cr.execute(f"SELECT * FROM {table} ORDER BY id")
            found[table] = self.env.cr.fetchall()
        return found

    def api_calls(self):
        return self.xero.calls(kind="api")


class TestShown(InboundCase):
    def test_what_is_due_and_paid_in_xero_stands_on_the_invoice(self):
        """S144, S146, S167: due at once, part paid and paid after a reading."""
        invoice = self.sent_invoice()
        self.assertEqual(invoice.xero_amount_due, 120)
        self.assertTrue(invoice.xero_awaiting_payment)

        self.paid(invoice, 20)
        self.fetch()
        self.assertEqual((invoice.xero_amount_due, invoice.xero_amount_paid), (100, 20))

        self.paid(invoice)
        self.fetch()
        self.assertEqual((invoice.xero_status, invoice.xero_amount_due), ("PAID", 0))
        self.assertTrue(invoice.xero_paid_on)
        self.assertFalse(invoice.xero_awaiting_payment)

    def test_the_credit_left_stands_on_a_credit_note(self):
        """S148: what is left of it after an allocation in Xero."""
        invoice = self.sent_invoice()
        note = self.document("out_refund")
        self.settle()
        self.assertEqual(note.xero_amount_due, 120)
        self.xero.allocate(note.xero_id, invoice.xero_id, amount=50)

        self.fetch()

        self.assertEqual((note.xero_amount_due, note.xero_amount_credited), (70, 50))
        self.assertEqual(
            (invoice.xero_amount_due, invoice.xero_amount_credited), (70, 50)
        )

    def test_the_list_of_what_awaits_payment_in_xero(self):
        """S167: approved and due there; paid, voided and unsent ones are not in it."""
        waiting, paid, voided = (self.sent_invoice() for _each in range(3))
        self.paid(paid)
        self.xero.void(voided.xero_id)
        unsent = self.invoice()
        self.fetch()

        domain = [("xero_awaiting_payment", "=", True)]
        found = self.env["account.move"].with_user(self.accountant).search(domain)

        self.assertEqual(found & (waiting | paid | voided | unsent), waiting)
        rest = found.search([("xero_awaiting_payment", "=", False)])
        self.assertLessEqual(paid | voided | unsent, rest)

    def test_a_quiet_organisation_costs_one_call_a_list_and_writes_nothing(self):
        """N8, N9, I7: our own documents come back and change nothing."""
        self.sent_invoice()
        self.document("out_refund")
        self.settle()
        self.fetch()
        before, calls = self.rows(), len(self.api_calls())

        self.fetch()
        self.work()

        self.assertEqual(self.rows(), before)
        lists = [call["path"].rsplit("/", 1)[-1] for call in self.api_calls()[calls:]]
        self.assertEqual(lists, ["Contacts", "Invoices", "CreditNotes", "Payments"])


class TestDrift(InboundCase):
    def test_recoded_in_xero_is_shown_and_left(self):
        """N11, S156, S141, I15: said on the document in a sentence, never undone."""
        invoice = self.sent_invoice()
        self.in_xero_changed(invoice, AccountCode="260")

        self.fetch()
        self.settle()

        self.assertEqual(invoice.xero_mark, "changed")
        shown = invoice.with_user(self.accountant)
        message = shown._get_alerts()["xero_connector"]["message"]
        self.assertIn("Account 200 → 260 (line 1)", message)
        self.assertEqual(self.there(invoice)["LineItems"][0]["AccountCode"], "260")
        domain = [("xero_changed", "=", True)]
        self.assertEqual(shown.search(domain), invoice)

    def choose(self, invoice, choice):
        """A person opens the comparison from the document, and decides."""
        link = invoice._xero_link().with_user(self.accountant)
        context = link.action_compare()["context"]
        wizard = link.env["xero.conflict"].with_context(**context).create({})
        getattr(wizard, f"action_{choice}")()
        self.settle()
        self.assertEqual(invoice.xero_mark, "synced")
        self.fetch()
        self.assertEqual(invoice.xero_mark, "synced")

    def test_a_person_accepts_what_was_changed_there(self):
        """N11, S156: after 'Do nothing' or 'Keep' both versions are agreed on."""
        for choice in ("nothing", "merge"):
            invoice = self.sent_invoice()
            self.in_xero_changed(invoice, AccountCode="260")
            self.fetch()
            self.choose(invoice, choice)
            self.assertEqual(self.there(invoice)["LineItems"][0]["AccountCode"], "260")

    def test_a_person_takes_back_what_was_changed_there(self):
        """N11, I15: 'Overwrite Xero' is the one way to undo an accountant's work."""
        invoice = self.sent_invoice()
        self.in_xero_changed(invoice, AccountCode="260")
        self.fetch()
        self.choose(invoice, "overwrite")
        self.assertEqual(self.there(invoice)["LineItems"][0]["AccountCode"], "200")

    def test_changed_back_in_xero_is_in_step_again(self):
        """N11: what is as agreed is not marked."""
        invoice = self.sent_invoice()
        self.in_xero_changed(invoice, AccountCode="260")
        self.fetch()
        self.in_xero_changed(invoice, AccountCode="200")
        self.fetch()
        self.assertEqual(invoice.xero_mark, "synced")

    def test_a_number_changed_in_xero_makes_no_second_invoice(self):
        """S155: found by its id; the other number is shown."""
        invoice = self.sent_invoice()
        self.xero.update("invoices", invoice.xero_id, {"InvoiceNumber": "OTHER-1"})

        self.fetch()
        self.settle()

        self.assertEqual(len(self.in_xero("invoices")), 1)
        self.assertEqual(
            (invoice.xero_number, invoice.xero_mark), ("OTHER-1", "changed")
        )

    def test_voided_in_xero_is_said_once_and_not_made_again(self):
        """S157, N11: struck on the document; posting it again sends nothing."""
        invoice = self.sent_invoice()
        self.xero.void(invoice.xero_id)
        self.fetch()
        self.assertEqual((invoice.xero_state, invoice.xero_mark), ("gone", "voided"))
        self.assertEqual(invoice.xero_amount_due, 0)

        invoice.button_draft()
        invoice.action_post()
        self.settle()
        self.fetch()

        self.assertEqual(len(self.in_xero("invoices")), 1)
        told = invoice.message_ids.filtered(lambda m: "Voided in Xero" in m.body)
        self.assertEqual(len(told), 1)

    def test_a_draft_deleted_in_xero(self):
        """N11: the word for it is another."""
        self.connection.mode = "trial"
        invoice = self.invoice()
        self.settle()
        self.xero.delete(invoice.xero_id)
        self.fetch()
        self.assertEqual(invoice.xero_mark, "deleted")

    def test_created_again_under_a_new_number(self):
        """S157, T74: refused under the voided number, then a new document there."""
        invoice = self.sent_invoice()
        first = invoice._xero_link()
        self.xero.void(invoice.xero_id)
        self.fetch()
        link = first.with_user(self.accountant)
        with self.assertRaisesRegex(UserError, "keeps .* as voided"):
            link.action_create_again()

        invoice.button_draft()
        invoice.name = "INV/2026/09001"
        invoice.action_post()
        link.action_create_again()
        self.settle()

        self.assertEqual(invoice.xero_mark, "synced")
        statuses = sorted(each["Status"] for each in self.in_xero("invoices"))
        self.assertEqual(statuses, ["AUTHORISED", "VOIDED"])
        self.assertEqual(first.superseded_by_id, invoice._xero_link())
        self.fetch()
        self.assertEqual(invoice.xero_mark, "synced")

    def test_a_number_that_somebody_used_in_xero_is_a_conflict(self):
        """S158: stopped with both ways out; linking makes no second one."""
        invoice = self.sent_invoice()
        other = self.xero.create(
            "invoices",
            {
                "Type": "ACCREC",
                "Status": "AUTHORISED",
                "InvoiceNumber": "INV/2026/07777",
                "Contact": {"ContactID": invoice.partner_id.xero_id},
                "Date": "2026-07-01",
                "DueDate": "2026-07-02",
                "LineItems": [
                    {
                        "Description": "By hand",
                        "UnitAmount": 5,
                        "AccountCode": "200",
                        "TaxType": "OUTPUT2",
                    }
                ],
            },
        )
        second = self.invoice(post=False)
        second.name = "INV/2026/07777"
        second.action_post()
        self.settle()
        link = second._xero_link()
        self.assertEqual(link.note_id.cause, "invoice_number_taken")
        self.assertEqual(len(self.in_xero("invoices")), 2)
        self.assertEqual(other["InvoiceNumber"], second.name)


class TestUpdate(InboundCase):
    def update(self, invoices):
        invoices.with_user(self.accountant).action_xero_update()
        return self.env["xero.reading"].search([], limit=1)

    def test_selected_invoices_are_read_in_one_call(self):
        """S144: by id, in a batch, without waiting for a poll; no business balances.

        Another call reads the payments that stand on them."""
        invoices = self.sent_invoice() | self.invoice() | self.invoice()
        self.settle()
        for invoice in invoices[:2]:
            self.paid(invoice)
        calls = len(self.api_calls())

        reading = self.update(invoices)
        self.work()

        self.assertEqual(len(self.api_calls()), calls + 2)
        self.assertEqual(invoices.mapped("xero_amount_due"), [0, 0, 120])
        self.assertTrue(reading.is_done)
        self.assertEqual(reading.words, "Read from Xero: all 3.")

    def test_nothing_is_asked_while_the_person_waits(self):
        """I2, S145: the reading is written down; its progress is shown."""
        invoice = self.sent_invoice()
        calls = len(self.api_calls())
        reading = self.update(invoice)
        self.assertEqual(len(self.api_calls()), calls)
        self.assertFalse(reading.is_done)
        self.assertIn("0 of 1", reading.words)

    def test_all_live_balances_then_what_companies_owe(self):
        """S145: every document not settled there, and at the end its customers."""
        invoice, credit = self.sent_invoice(), self.document("out_refund")
        self.settle()
        settled = self.sent_invoice()
        self.paid(settled)
        self.fetch()
        self.paid(invoice, 20)
        calls = len(self.api_calls())

        self.connection.with_user(self.accountant).action_update_balances()
        self.work()

        lists = [call["path"].rsplit("/", 1)[-1] for call in self.api_calls()[calls:]]
        self.assertEqual(lists, ["Invoices", "CreditNotes", "Contacts", "Payments"])
        self.assertEqual((invoice.xero_amount_due, credit.xero_amount_due), (100, 120))
        self.assertEqual(invoice.partner_id.xero_receivable, -20)

        self.xero.allocate(credit.xero_id, invoice.xero_id, amount=100)
        self.xero.pay(credit.xero_id)
        self.connection.with_user(self.accountant).action_update_balances()
        self.work()
        self.assertEqual(invoice.partner_id.xero_receivable, 0)

    def test_a_read_that_fails_settles_nothing_and_is_made_up_for(self):
        """I9, S144: the state stays, the reading waits."""
        invoice = self.sent_invoice()
        self.paid(invoice)
        self.xero.fault("server_error", method="GET", path="/Invoices")
        reading = self.update(invoice)
        self.work()
        self.assertEqual((invoice.xero_amount_due, reading.is_done), (120, False))
        self.work()
        self.assertEqual((invoice.xero_amount_due, reading.is_done), (0, True))

    def test_only_people_of_the_group_update(self):
        """S15, S144: a clerk may not."""
        invoice = self.sent_invoice()
        with self.assertRaisesRegex(Exception, "needs the right"):
            invoice.with_user(self.clerk).action_xero_update()

    def test_background_readings_leave_the_reserve_to_people(self):
        """N8, S224, I12: a poll stops at the reserve, a person's reading goes on."""
        invoice = self.sent_invoice()
        self.paid(invoice)
        budget = self.connection.budget_ids
        budget.write({"day_left": budget.reserve})
        self.xero.set_limits(day=budget.reserve)
        calls = len(self.api_calls())
        self.fetch()
        self.assertEqual(len(self.api_calls()), calls)
        self.assertIn("left today", self.connection.calls_words)

        self.update(invoice)
        self.work()

        self.assertEqual(invoice.xero_amount_due, 0)


class TestReading(InboundCase):
    """Reading a whole organisation, a page at a time."""

    def others(self, count):
        """Invoices that somebody else made in Xero."""
        contact = self.xero.create("contacts", {"Name": f"Somebody Else {count}"})
        for number in range(count):
            self.xero.create(
                "invoices",
                {
                    "Type": "ACCREC",
                    "Status": "AUTHORISED",
                    "Contact": {"ContactID": contact["ContactID"]},
                    "Date": "2026-07-01",
                    "DueDate": "2026-07-02",
                    "LineItems": [
                        {
                            "Description": f"Theirs {number}",
                            "UnitAmount": 10 + number,
                            "AccountCode": "200",
                            "TaxType": "OUTPUT2",
                        }
                    ],
                },
            )

    def theirs(self):
        return self.env["xero.mirror"].search([("resource", "=", "invoice")])

    def invoice_reads(self):
        return [call for call in self.reads() if call["path"].endswith("/Invoices")]

    def test_documents_that_are_not_ours_are_kept_as_header_rows(self):
        """T61, I11: one row each, changed with Xero's; a document of ours has none."""
        self.sent_invoice()
        self.others(3)
        self.fetch()
        rows = self.theirs()
        self.assertEqual(sorted(rows.mapped("total")), [12, 13.2, 14.4])
        self.assertEqual(set(rows.mapped("name")), {"Somebody Else 3"})
        self.xero.void(rows[0].xero_id)
        self.fetch()
        self.assertEqual(rows[0].status, "VOIDED")
        self.assertEqual(self.theirs(), rows)

    def test_the_first_reading_asks_for_everything(self):
        """N9: records of years ago are as good as any; later ones ask for news."""
        self.others(1)
        [there] = self.in_xero("invoices")
        self.xero.set_updated("invoices", there["InvoiceID"], "2010-01-01T00:00:00")
        self.fetch()
        self.assertEqual(self.theirs().xero_id, there["InvoiceID"])

    def test_a_reading_that_breaks_off_goes_on_where_it_was(self):
        """N9, N20, I9: page by page, each kept; none is read twice, none is missed."""
        self.others(10)
        with patch.object(xero_poll, "PAGE", 3):
            self.xero.fault("server_error", method="GET", path="/Invoices", after=2)
            self.fetch()
            self.assertEqual(len(self.theirs()), 6)
            cursor = self.env["xero.cursor"].search([("resource", "=", "invoice")])
            self.assertEqual((cursor.page, cursor.complete), (3, False))
            self.xero.clear_calls()
            self.fetch()
        self.assertEqual(len(self.theirs()), 10)
        self.assertEqual(len(self.invoice_reads()), 2)

    def test_what_moves_while_it_is_read_has_all_read_once_more(self):
        """N9, I9: pages shift when somebody works in Xero; once more is enough."""
        self.others(10)
        with patch.object(xero_poll, "PAGE", 3):
            self.xero.fault("server_error", method="GET", path="/Invoices", after=2)
            self.fetch()
            first = self.theirs().sorted("id")[0].xero_id
            self.xero.update("invoices", first, {"Reference": "Moved"})
            self.xero.clear_calls()
            self.fetch()
        self.assertEqual(len(self.theirs()), 10)
        self.assertEqual(len(self.invoice_reads()), 2 + 4)

    def test_a_page_costs_the_same_whatever_stands_on_it(self):
        """I11, N20: queries of a page do not grow with its documents."""

        def queries(count):
            self.env.invalidate_all()
            self.others(count)
            before = self.env.cr.sql_log_count
            self.fetch()
            return self.env.cr.sql_log_count - before

        queries(2)
        self.assertEqual(queries(3), queries(30))


class TestWays(InboundCase):
    """By which way news come, and what that costs."""

    def quarter(self):
        """A quarter of an hour has passed: what the cron does then."""
        self.commit()
        with self.registry.cursor() as cr:
            env = self.env(cr=cr, user=SUPERUSER_ID)
            env["xero.connection"]._cron_poll_documents()
        self.env.invalidate_all()

    def test_documents_are_read_every_quarter_hour_unless_xero_tells(self):
        """S149, N9, N8: two calls; none where Xero tells by itself."""
        invoice = self.sent_invoice()
        self.fetch()
        self.paid(invoice)
        calls = len(self.api_calls())
        self.quarter()
        self.assertEqual(invoice.xero_status, "PAID")
        self.assertEqual(len(self.api_calls()), calls + 2)
        self.connection.webhook_key = "a key"
        self.quarter()
        self.assertEqual(len(self.api_calls()), calls + 2)

    def test_the_connection_says_when_it_read_and_what_that_costs(self):
        """N8, S224: the last reading, the way, the calls a day, what is left."""
        shown = self.connection.with_user(self.accountant)
        self.assertIn("Not read yet", shown.reading_words)
        self.fetch()
        words = shown.reading_words
        self.assertIn("Last read", words)
        self.assertIn("documents every 15 minutes · about 240 calls a day", words)
        self.connection.webhook_key = "a key"
        self.env.invalidate_all()
        words = shown.reading_words
        self.assertIn("Xero tells of changes at once · about 96 calls a day", words)
        left = self.connection.budget_ids
        self.assertIn(f"{left.day_left:,} left today", shown.calls_words)
        self.assertEqual(shown.minute_calls_left, left.minute_left)

    def test_a_person_reads_now(self):
        """S145: 'Read from Xero' on the connection; a clerk may not."""
        invoice = self.sent_invoice()
        self.paid(invoice)
        self.connection.with_user(self.accountant).action_pull()
        self.assertTrue(
            self.env["ir.cron.trigger"].search(
                [("cron_id", "=", self.env.ref("xero_connector.ir_cron_poll").id)]
            )
        )
        with self.assertRaises(AccessError):
            self.connection.with_user(self.clerk).action_pull()
