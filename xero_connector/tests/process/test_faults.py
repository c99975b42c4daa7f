"""Xero, the network and the database fail while the job runner works."""

import pytest

from xero_simulator.control import Control


def settle(company, ids, *outcomes):
    """Everything is in Xero once; History says how it came there."""
    company.wait_quiet()
    company.assert_in_xero(ids)
    assert sorted(company.history(*ids)) == sorted(outcomes)


# === NO ANSWER === #


def test_answer_lost_after_commit(company):
    """N1, I4, I5: the answer is lost, the invoice is found and adopted."""
    company.xero.fault("answer_lost", method="PUT", path="/Invoices")
    ids = company.invoice()
    request = company.wait_request("uncertain")

    shown = company.anna.read("xero.request", [("id", "=", request["id"])], "summary")

    assert "look before we send again" in shown[0]["summary"]
    settle(company, ids, "adopted")


def test_connection_dropped_before_anything_was_done(company):
    """I4, I9: nothing came back and nothing was done: read, absent, sent anew."""
    company.xero.fault("dropped", method="PUT", path="/Invoices")
    ids = company.invoice()

    settle(company, ids, "absent", "created")


def test_an_answer_that_drips_past_the_time_limit(company):
    """I4, decision 14: a call has one limit however slowly bytes arrive."""
    company.xero.fault("drip", method="PUT", path="/Invoices", seconds_per_byte=0.05)
    ids = company.invoice()
    company.wait_request("uncertain", timeout=15)

    settle(company, ids, "adopted")


def test_a_read_that_fails_is_not_taken_for_absent(company):
    """I9: the look after a lost answer fails as well; nothing is sent until one
    succeeds."""
    company.xero.fault("answer_lost", method="PUT", path="/Invoices")
    company.xero.fault("server_error", method="GET", path="/Invoices")
    ids = company.invoice()
    Control.wait_for(
        lambda: all(each["hits"] for each in company.xero.faults()), 30, "failed look"
    )
    company.wait_request("uncertain")

    company.pass_time(60)
    company.drive()

    settle(company, ids, "adopted")


# === XERO SAYS WAIT === #


@pytest.mark.parametrize("limit", ["minute_limit", "app_minute_limit", "day_limit"])
def test_too_many_calls(company, limit):
    """N8: Xero says when it takes calls again; it goes then, by itself."""
    company.xero.fault(limit, method="PUT", path="/Invoices", retry_after=3)
    ids = company.invoice()
    [request] = Control.wait_for(
        lambda: [each for each in company.requests("ready") if each["status_code"]],
        30,
        "held back request",
    )

    assert "calls" in request["error"]
    assert request["retry_at"]
    settle(company, ids, "created")


def test_too_many_calls_at_once(company):
    """N8: 429 without a time."""
    company.xero.fault("concurrent_limit", method="PUT", path="/Invoices")
    ids = company.invoice()

    settle(company, ids, "created")


# === XERO BREAKS === #


@pytest.mark.parametrize("kind", ["server_error", "bad_gateway"])
@pytest.mark.parametrize("committed", [True, False])
def test_an_error_whose_effect_is_not_known(company, kind, committed):
    """I4: 500 under a key and 502: the truth is read, whatever it was."""
    company.xero.fault(kind, method="PUT", path="/Invoices", committed=committed)
    ids = company.invoice()

    outcomes = ["adopted"] if committed else ["absent", "created"]
    settle(company, ids, *outcomes)


def test_xero_cannot_be_reached(company):
    """I3: nothing left, so the same request goes again."""
    company.move_xero("http://localhost:9")
    ids = company.invoice()
    [request] = Control.wait_for(
        lambda: [each for each in company.requests("ready") if each["attempt"]],
        30,
        "request that could not go",
    )
    assert request["error"] == "Xero could not be reached."
    company.move_xero(company.simulator.url)

    company.pass_time(10)
    settle(company, ids, "created")


# === ACCESS === #


def test_the_token_expires_in_mid_run(company):
    """I5: access is renewed once and the call repeated."""
    customer = company.customer()
    company.xero.fault("hold", method="PUT", path="/Contacts", at="after")
    ids = company.invoice(customer)
    company.xero.wait_held()
    company.xero.expire_tokens()
    before = company.xero.refreshes()
    company.xero.release()

    settle(company, ids, "created")
    assert company.xero.refreshes() == before + 1


def test_access_is_revoked_in_xero(company):
    """N7: it says so, documents wait, and reconnecting sends them all."""
    company.xero.revoke()
    ids = company.invoice() + company.invoice(user=company.cleo)
    Control.wait_for(
        lambda: company.connection()["state"] == "broken", 30, "broken connection"
    )
    message = company.connection()["state_message"]
    assert "connect again" in message
    more = company.invoice()
    assert not company.requests("sending", "uncertain")

    company.connect()

    settle(company, ids + more, *3 * ["created"])


def test_the_organisation_is_disconnected_in_xero(company):
    """N7: the same for one organisation of a grant that stays."""
    company.xero.disconnect()
    ids = company.invoice()
    Control.wait_for(
        lambda: company.connection()["state"] == "broken", 30, "broken connection"
    )

    company.connect()

    settle(company, ids, "created")


# === THE DATABASE === #


def test_the_database_connection_is_cut_during_the_call(company):
    """I4, I5: whoever made the call cannot write down what came of it."""
    company.xero.fault("hold", method="PUT", path="/Invoices", at="after")
    ids = company.invoice()
    company.xero.wait_held()
    assert company.database.cut_connections()
    company.xero.release()
    company.wait_request("sending")
    company.server.wait_runner()
    company.pass_time(60)
    company.drive()
    company.wait_quiet()

    # Neither the call's job nor queue_job had a session to write into.
    company.database.execute(
        "DELETE FROM queue_job WHERE state = 'failed' AND exc_name IN"
        " ('psycopg2.OperationalError', 'psycopg2.InterfaceError')"
    )
    settle(company, ids, "adopted")


# === USERS AT THE SAME MOMENT === #


def test_a_transaction_that_commits_after_the_push_job_ran(company):
    """I3, facts 0.4: its touch was invisible to the plan that ran meanwhile."""
    database = company.database
    [late] = company.draft(company.customer())
    database.execute(
        "CREATE OR REPLACE FUNCTION test_late() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN PERFORM pg_advisory_xact_lock_shared(77); RETURN NEW; END $$;"
        "CREATE TRIGGER test_late AFTER INSERT ON xero_change FOR EACH ROW"
        f" WHEN (NEW.res_model = 'account.move' AND NEW.res_id = {int(late)})"
        " EXECUTE FUNCTION test_late()"
    )
    with database.holding("SELECT pg_advisory_xact_lock(77)") as gate:

        def meanwhile():
            try:
                database.wait_blocked("%INSERT INTO xero_change%")
                before = jobs(company, "done")
                company.anna.call(
                    "xero.connection", "action_push", company.connection_id
                )
                Control.wait_for(lambda: jobs(company, "done") > before, 30, "push job")
            finally:
                gate.rollback()

        company.at_once(meanwhile, lambda: company.post(late))
    database.execute("DROP TRIGGER test_late ON xero_change")

    settle(company, [late], "created")


def jobs(company, *states):
    """How many plan jobs are in these states."""
    return company.database.value(
        "SELECT count(*) FROM queue_job WHERE method_name = '_job_plan'"
        " AND state = ANY(%s)",
        list(states),
    )


def test_two_users_post_for_the_same_new_customer_at_once(company):
    """I1, facts 0.3: neither waits or sees an error; one contact, two invoices."""
    customer = company.customer()
    [first] = company.draft(customer)
    [second] = company.draft(customer, user=company.cleo)

    company.at_once(
        lambda: company.post(first),
        lambda: company.post(second, user=company.cleo),
    )

    settle(company, [first, second], "created", "created")
    assert company.history(customer, model="res.partner") == ["created"]


def test_a_document_planned_while_its_contact_is_being_accepted(company):
    """I8: it waits for the contact, whose answer is applied at this very moment."""
    database = company.database
    customer = company.customer()
    company.xero.fault("hold", method="PUT", path="/Contacts", at="after")
    ids = company.invoice(customer)
    company.xero.wait_held()
    with database.holding(
        "SELECT 1 FROM xero_link WHERE res_id = %s"
        " AND res_model = 'res.partner' FOR UPDATE",
        customer,
    ):
        company.xero.release()
        company.wait_request("answered", resource="contact")
        database.wait_blocked("%xero_link%")
        ids += company.invoice(customer, user=company.cleo)
        Control.wait_for(
            lambda: database.value(
                "SELECT 1 FROM xero_link WHERE res_id = %s AND res_model ="
                " 'account.move' AND waiting_for = 'dependency'",
                ids[-1],
            ),
            30,
            "document that waits for its contact",
        )

    settle(company, ids, "created", "created")
