"""Connecting: what a person does, and every way in which it goes wrong."""

from unittest.mock import patch
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from odoo.exceptions import AccessError, UserError
from odoo.tools import file_open

from ..lib import errors
from .common import XeroCase


class TestConnect(XeroCase):
    def test_a_manager_connects_through_the_authorize_page(self):
        """S5, S6, S11: one authorisation, and the organisation's facts are shown."""
        connection = self.connect()

        self.assertEqual(connection.state, "connected")
        [organisation] = self.xero.organisations()
        self.assertEqual(connection.organisation_name, organisation["Name"])
        self.assertEqual(connection.organisation_id.base_currency, "GBP")
        self.assertEqual(
            connection.organisation_id.short_code, organisation["ShortCode"]
        )
        self.assertEqual(connection.connected_by_id, self.accountant)
        self.assertEqual(connection.sync_user_id, self.accountant)
        self.assertEqual(connection.notification_emails, "anna@example.com")

    def test_connecting_copies_accounts_taxes_and_currencies(self):
        """S68, S86, S88, S92: copies to map to, in one read each; codes as in Xero."""
        connection = self.connect()

        for model, resource in (
            ("xero.account", "accounts"),
            ("xero.currency", "currencies"),
        ):
            copies = self.env[model].search([("connection_id", "=", connection.id)])
            there = [
                each
                for each in self.in_xero(resource)
                if each.get("Status", "ACTIVE") == "ACTIVE"
            ]
            self.assertEqual(len(copies), len(there))
        self.assertLessEqual(self.xero.reads(), 8)

    def test_reading_the_lists_again_changes_nothing(self):
        """S21: any time, nothing lost; an archived account stays for its mapping."""
        connection = self.connect()
        before = self.env["xero.account"].search([]).mapped("write_date")
        mapped = connection.mapping_ids.filtered("xero_account_id")
        self.xero.archive_account("200")

        connection.with_user(self.accountant).action_refresh_reference_data()

        self.assertTrue(before)
        archived = self.env["xero.account"].search(
            [("code", "=", "200"), ("active", "=", False)]
        )
        self.assertEqual(len(archived), 1)
        self.assertEqual(connection.mapping_ids.filtered("xero_account_id"), mapped)

    def test_several_organisations_are_offered_to_choose_from(self):
        """S10: the picker shows those of the grant; the chosen one is connected."""
        self.xero.add_organisation("uk")
        names = [each["Name"] for each in self.xero.organisations()]
        self.xero.grant(tenant=0)
        connection = self.new_connection()
        with patch.object(
            type(connection),
            "_organisations",
            lambda self: [
                {"tenantId": "a", "id": "1", "tenantName": names[0]},
                {"tenantId": "b", "id": "2", "tenantName": names[1]},
            ],
        ):
            connection = self.consent(connection)

        self.assertEqual(connection.state, "draft")
        self.assertEqual(connection.candidate_ids.mapped("name"), names)

    def test_the_test_button_says_who_answers(self):
        """S4: it asks Xero and shows the organisation's name."""
        connection = self.connect()
        action = connection.with_user(self.accountant).action_test()
        self.assertIn(connection.organisation_name, action["params"]["message"])

    def test_opening_the_form_never_touches_the_access(self):
        """S13, S12: no call and no refresh by looking."""
        connection = self.connect()
        self.xero.clear_calls()
        before = connection.token_id.read(["access_token", "expires_at"])

        form = connection.with_user(self.accountant)
        form.read(list(form.fields_get()))

        self.assertEqual(
            connection.token_id.read(["access_token", "expires_at"]), before
        )
        self.assertEqual(self.xero.calls(), [])

    def test_options_are_changed_afterwards_and_the_change_is_recorded(self):
        """S23, S20: options stay editable and the chatter says who changed what."""
        connection = self.connect().with_user(self.accountant)
        self.commit()
        connection.send_invoices = False
        self.commit()
        connection.invalidate_recordset()
        messages = connection.sudo().message_ids
        tracked = messages.tracking_value_ids.field_id.mapped("name")
        self.assertIn("send_invoices", tracked)

    def test_notification_addresses_are_checked(self):
        """S19: several, separated by commas; a wrong one is named."""
        connection = self.connect()
        connection.notification_emails = "a@example.com, b@example.com"
        with self.assertRaisesRegex(UserError, "'nonsense' is not an e-mail"):
            connection.notification_emails = "a@example.com, nonsense"


class TestConnectGoesWrong(XeroCase):
    def test_denied_consent(self):
        """S5: said as a sentence on the connection; nothing changed."""
        connection = self.consent(self.new_connection(), allow=False)
        self.assertEqual(connection.state, "draft")
        self.assertIn("was not given permission", connection.problem)

    def test_wrong_client_secret(self):
        """S4, N7: Xero does not know it; the sentence says where to copy it from."""
        connection = self.consent(self.new_connection(client_secret="wrong"))
        self.assertEqual(connection.state, "draft")
        self.assertIn("client id", connection.problem)
        self.assertIn("developer.xero.com", connection.problem)

    def test_wrong_redirect_address(self):
        """S5: Xero itself refuses before anything comes back."""
        self.xero.register_app("other", "s", redirect_uris=["https://elsewhere.test/"])
        connection = self.new_connection(client_id="other", client_secret="s")
        with self.assertRaisesRegex(Exception, "redirect"):
            self.consent(connection)
        self.assertEqual(connection.state, "draft")

    def test_missing_client_id_is_asked_for_before_leaving(self):
        """N7: a sentence that says where it comes from."""
        connection = self.new_connection(client_id=False)
        with self.assertRaisesRegex(UserError, "client id"):
            connection.action_connect()

    def _answer(self, connection):
        location = self.xero.authorise(connection.action_connect()["url"])
        return dict(parse_qsl(urlsplit(location).query))

    def test_a_forged_state_is_refused(self):
        """I10, S15: nobody connects somebody else's organisation to this company."""
        connection = self.new_connection()
        answer = self._answer(connection)
        answer["state"] = answer["state"][:-4] + "beef"
        with self.assertRaisesRegex(AccessError, "does not belong"):
            connection.browse()._consent_given(answer)
        self.assertEqual(connection.state, "draft")

    def test_a_state_works_once_and_for_its_user_only(self):
        """I10: replayed, or brought by another user, it is refused."""
        connection = self.new_connection()
        answer = self._answer(connection)
        with self.assertRaises(AccessError):
            connection.with_user(self.env.ref("base.user_admin"))._consent_given(answer)
        connection.browse()._consent_given(answer)
        with self.assertRaises(AccessError):
            connection.browse()._consent_given(answer)

    def test_only_managers_connect(self):
        """S15, S16, S17: checked on the server, not only hidden."""
        connection = self.new_connection()
        for action in ("action_connect", "action_test", "action_disconnect"):
            with self.assertRaises(AccessError):
                getattr(connection.with_user(self.clerk), action)()

    def test_a_permission_that_was_not_given_is_said_at_once(self):
        """N7: not at the first document."""
        connection = self.new_connection()
        url = urlsplit(connection.action_connect()["url"])
        query = dict(parse_qsl(url.query))
        query["scope"] = query["scope"].replace(" accounting.contacts", "")
        fewer = urlunsplit(url._replace(query=urlencode(query)))
        connection = self.come_back(connection, self.xero.authorise(fewer))
        self.assertIn("accounting.contacts", connection.problem)
        self.assertEqual(connection.state, "draft")

    def test_another_base_currency_is_refused(self):
        """T12: both ledgers are kept in one currency, or they are not connected."""
        self.xero.set_organisation(BaseCurrency="EUR")
        connection = self.consent(self.new_connection())
        self.assertEqual(connection.state, "draft")
        self.assertIn("keeps its books in GBP", connection.problem)
        self.assertIn("EUR", connection.problem)

    def test_a_second_company_on_one_organisation_is_refused(self):
        """T13, N10: numbers would collide."""
        first = self.connect()
        other = self.env["res.company"].create(
            {"name": "Other Ltd", "currency_id": self.company.currency_id.id}
        )
        self.accountant.company_ids |= other
        connection = self.consent(self.new_connection(company_id=other.id))
        self.assertEqual(connection.state, "draft")
        self.assertIn(first.organisation_name, connection.problem)
        self.assertIn("already connected", connection.problem)


class TestAfterConnecting(XeroCase):
    def test_cash_basis_is_explained(self):
        """T31: payment dates decide the return."""
        self.xero.set_organisation(SalesTaxBasis="PAYMENTS")
        self.assertIn("payment dates decide", self.connect().facts)

    def test_flat_rate_scheme_is_explained(self):
        """T32: file from Xero."""
        self.xero.set_organisation(SalesTaxBasis="FLATRATECASH")
        self.assertIn("flat rate scheme", self.connect().facts)

    def test_the_demo_company_is_named(self):
        """S22, G6: whoever tries out sees where."""
        self.xero.set_organisation(IsDemoCompany=True)
        self.assertIn("demo company", self.connect().facts)

    def test_only_one_payment_button(self):
        """T60: customers who can pay in Odoo get no second link."""
        connection = self.connect()
        self.assertNotIn("payment link", connection.facts)
        self.env["payment.provider"].search(
            [("company_id", "=", connection.company_id.id)], limit=1
        ).state = "enabled"
        connection.invalidate_recordset()
        self.assertIn("do not send them Xero's payment link", connection.facts)

    def test_lock_dates_are_read_and_move_the_start_date(self):
        """S6, T4: documents go from the day after the lock date."""
        self.xero.set_lock_date("2026-03-31")
        connection = self.connect()
        self.assertEqual(str(connection.organisation_id.lock_date), "2026-03-31")
        self.assertEqual(str(connection.date_from), "2026-04-01")
        self.assertEqual(str(connection.filed_up_to), "2026-03-31")

    def test_disconnecting_removes_the_connection_at_xero(self):
        """S7, S8: it is deleted there, the access is given back, links stay."""
        connection = self.connect()
        self.invoice()
        self.work()
        links = self.env["xero.link"].search([])

        connection.with_user(self.accountant).action_disconnect()

        self.assertEqual(self.xero.connections(), [])
        self.assertEqual(connection.state, "disconnected")
        connection.token_id.invalidate_recordset()
        self.assertFalse(connection.token_id.refresh_token)
        self.assertEqual(links.exists(), links)

    def test_a_disconnected_connection_sends_nothing(self):
        """S7: and what is posted meanwhile goes after connecting again."""
        connection = self.connect()
        connection.with_user(self.accountant).action_disconnect()
        self.invoice()
        self.work()
        self.assertEqual(self.in_xero("invoices"), [])

        self.consent(connection.with_user(self.accountant))
        self.work()
        self.assertEqual(len(self.in_xero("invoices")), 1)

    def test_removed_in_xero_means_access_lost_and_nothing_lost(self):
        """S9: the connection says so; documents wait and go after connecting again."""
        connection = self.connect()
        self.xero.disconnect()
        invoice = self.invoice()

        self.work()

        self.assertEqual(connection.state, "broken")
        self.assertIn("connected apps", connection.state_message)
        self.assertEqual(invoice.xero_state or "pending", "pending")
        self.consent(connection.with_user(self.accountant))
        self.work()
        self.assertEqual(connection.state, "connected")
        self.assertEqual(len(self.in_xero("invoices")), 1)

    def test_revoked_access_is_told_apart(self):
        """S9, S12: invalid_grant says: connect again."""
        connection = self.connect()
        self.xero.revoke()
        self.xero.clock.advance(3600)
        self.expire(connection)
        self.invoice()
        self.work()
        self.assertEqual(connection.state, "broken")
        self.assertIn("no longer accepts", connection.state_message)

    def expire(self, connection):
        self.env.cr.execute("UPDATE xero_token SET expires_at = '2020-01-01'")
        connection.token_id.invalidate_recordset()

    def test_an_expired_access_is_renewed_once_on_the_way(self):
        """S12: offline access keeps the session alive without anyone noticing."""
        self.connect()
        self.xero.expire_tokens()
        self.invoice()
        self.work()
        self.assertEqual(len(self.in_xero("invoices")), 1)
        self.assertEqual(self.xero.refreshes(), 1)

    def test_an_error_answer_never_overwrites_the_access(self):
        """S12, N19: the lost answer's token works again; the next refresh succeeds."""
        connection = self.connect()
        self.expire(connection)
        before = connection.token_id.refresh_token
        self.xero.fault("refresh_lost")
        with self.assertRaises(errors.NotSent):
            connection.token_id._access_token()
        connection.token_id.invalidate_recordset()
        self.assertEqual(connection.token_id.refresh_token, before)
        self.assertTrue(connection.token_id._access_token())
        self.assertEqual(connection.state, "connected")

    def test_a_missing_permission_is_not_a_refresh_loop(self):
        """S9: 401 for a scope breaks the connection, it does not refresh."""
        connection = self.connect()
        self.xero.fault("scope_missing")
        self.invoice()
        self.work()
        self.assertEqual(connection.state, "broken")
        self.assertEqual(self.xero.refreshes(), 0)

    def test_another_organisation_is_a_new_connection(self):
        """S10, T76: what was sent to the first one does not count there."""
        first = self.connect()
        self.invoice()
        self.work()
        self.xero.add_organisation("uk")
        second_id = self.xero.organisations()[1]["OrganisationID"]
        self.xero.disconnect()

        shown = self.consent(first.with_user(self.accountant), organisation=second_id)

        self.assertNotEqual(shown, first)
        self.assertEqual((first.active, shown.active), (False, True))
        self.assertEqual(shown.tenant_id, second_id)
        self.assertTrue(
            self.env["xero.link"].search([("connection_id", "=", first.id)])
        )
        self.assertFalse(
            self.env["xero.link"].search([("connection_id", "=", shown.id)])
        )

    def test_what_stopped_there_stops_nothing_here(self):
        """T76, S219: notes about another organisation are closed with it."""
        first = self.connect()
        self.invoice({"tax_ids": self.tax.copy({"name": "Odd", "amount": 3}).ids})
        self.work()
        note = self.note()
        self.xero.add_organisation("uk")
        second_id = self.xero.organisations()[1]["OrganisationID"]
        self.xero.disconnect()
        self.consent(first.with_user(self.accountant), organisation=second_id)
        self.assertEqual(note.state, "done")

    def test_jobs_of_a_connection_that_ended_make_no_call(self):
        """S8: those that were queued before somebody disconnected."""
        connection = self.connect()
        connection.with_user(self.accountant).action_disconnect()
        self.xero.clear_calls()
        connection.sudo()._job_poll()
        connection.sudo()._job_events()
        self.assertFalse(self.xero.calls())

    def test_back_at_the_organisation_of_before(self):
        """S10, T76, I4: its own connection knows what it has; nothing goes twice."""
        first = self.connect(webhook_key="secret")
        invoice = self.invoice()
        self.work()
        here = first.tenant_id
        self.xero.add_organisation("uk")
        second_id = self.xero.organisations()[1]["OrganisationID"]
        self.xero.disconnect()
        other = self.consent(first.with_user(self.accountant), organisation=second_id)
        self.assertEqual(other.sudo().webhook_key, "secret")
        self.xero.disconnect()

        shown = self.consent(other.with_user(self.accountant), organisation=here)

        self.assertEqual(shown, first)
        self.assertEqual((first.active, other.active), (True, False))
        writes = self.xero.writes()
        invoice._xero_touch()
        self.settle()
        self.assertEqual(self.xero.writes(), writes)
        self.assertEqual(invoice._xero_link().connection_id, first)


class TestSecrets(XeroCase):
    def test_secrets_are_for_system_administrators_only(self):
        """N19, I10: not even the manager who connected reads them."""
        connection = self.connect()
        for field in ("client_secret", "webhook_key", "consent_nonce"):
            with self.assertRaises(AccessError):
                connection.with_user(self.accountant).read([field])
        with self.assertRaises(AccessError):
            connection.token_id.with_user(self.accountant).read(["access_token"])

    def test_secrets_are_encrypted_when_the_server_has_a_key(self):
        """N19: the column holds no plain text; a lost key reads as nothing."""
        key = "bm90LWEtcmVhbC1rZXktYnV0LTMyLWJ5dGVzLWxvbmc="
        with patch.dict("os.environ", {"XERO_CONNECTOR_KEY": key}):
            connection = self.new_connection().sudo()
            connection.flush_recordset()
            self.env.cr.execute(
                "SELECT client_secret FROM xero_connection WHERE id = %s",
                [connection.id],
            )
            stored = self.env.cr.fetchone()[0]
            self.assertNotIn("demo-secret", stored)
            connection.invalidate_recordset()
            self.assertEqual(connection.client_secret, "demo-secret")
        connection.invalidate_recordset()
        with self.assertLogs("odoo.addons.xero_connector.fields", "ERROR"):
            self.assertFalse(connection.client_secret)

    def test_a_neutralised_copy_has_no_access_and_no_work(self):
        """T75, N19: no secret, no access, no unfinished job is left."""
        connection = self.connect()
        connection.webhook_key = "hook"
        connection._as_worker().with_delay()._job_plan()
        self.env.flush_all()
        with file_open("xero_connector/data/neutralize.sql") as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all()
        self.assertFalse(connection.client_secret or connection.webhook_key)
        self.assertFalse(connection.token_id)
        self.assertFalse(self.env["xero.token"].search([("access_token", "!=", False)]))
        jobs = [("model_name", "=like", "xero.%"), ("state", "!=", "done")]
        self.assertFalse(self.env["queue.job"].search(jobs))

    def test_a_copied_database_sends_nothing(self):
        """T75, N19: bound to name, identity and address; a person may rebind it."""
        connection = self.connect()
        connection.bound_to = dict(connection.bound_to, name="production")
        self.invoice()
        self.work()
        self.assertTrue(connection.is_copy)
        self.assertEqual(self.in_xero("invoices"), [])
        with self.assertRaises(AccessError):
            connection.with_user(self.accountant).action_rebind()
        connection.with_user(self.env.ref("base.user_admin")).action_rebind()
        self.work()
        self.assertEqual(len(self.in_xero("invoices")), 1)
