"""Client, permission and money against the simulated Xero, which shares no code."""

import random
from decimal import Decimal as D
from urllib.parse import parse_qs, urlsplit

import pytest

from lib import elements, errors, fit, messages, oauth, scopes, transport
from lib.client import Client
from xero_simulator.server import serve

REDIRECT = "http://localhost:8069/xero/oauth/callback"


@pytest.fixture(scope="module")
def running():
    with serve(port=0, organisations=("uk", "nz")) as simulator:
        yield simulator


@pytest.fixture
def simulator(running):
    running.control.clear_faults()
    running.control.reset(organisations=("uk", "nz"))
    running.control.set_limits(day=5000, minute=600, concurrent=5, app_minute=10_000)
    yield running
    running.control.clear_faults()


@pytest.fixture
def control(simulator):
    return simulator.control


@pytest.fixture
def app(simulator):
    return oauth.App(
        "demo-client",
        "demo-secret",
        redirect_uri=REDIRECT,
        scopes=scopes.MINIMAL,
        login_url=simulator.url,
        identity_url=simulator.url,
    )


@pytest.fixture
def client(simulator):
    grant = simulator.control.grant()
    with Client(simulator.url, grant["tenant_id"], grant["access_token"]) as client:
        yield client


def consent(control, authorization, **options):
    """What Xero sends back with the browser."""
    address = control.authorise(authorization.url, **options)
    return {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}


# === PERMISSION === #


def test_from_consent_to_the_organisation_and_out_again(app, control, simulator):
    authorization = oauth.authorize_url(app, "state-1")
    back = consent(control, authorization)
    assert back["state"] == "state-1"
    token = oauth.exchange(app, oauth.parse_callback(back))
    assert scopes.missing(token.scope) == []

    event = oauth.claims(token.access_token)["authentication_event_id"]
    with Client(simulator.url, None, token.access_token) as client:
        (connection,) = client.get_connections(event).json
    tenant_id = connection["tenantId"]
    with Client(simulator.url, tenant_id, token.access_token) as client:
        (organisation,) = client.call("get_organisations").elements("Organisations")
        assert organisation["OrganisationID"] == tenant_id
        client.delete_connection(connection["id"])
        with pytest.raises(errors.Disconnected):
            client.call("get_organisations")


def test_an_app_without_secret_connects_by_its_verifier(app, control, simulator):
    """decisions.md 20."""
    control.register_app("pkce-client", secret="")
    app = oauth.App(
        "pkce-client",
        redirect_uri=REDIRECT,
        scopes=scopes.MINIMAL,
        login_url=simulator.url,
        identity_url=simulator.url,
    )
    authorization = oauth.authorize_url(app, "s")
    code = oauth.parse_callback(consent(control, authorization))
    token = oauth.exchange(app, code, authorization.code_verifier)
    assert oauth.refresh(app, token.refresh_token).access_token != token.access_token

    code = oauth.parse_callback(consent(control, oauth.authorize_url(app, "s")))
    with pytest.raises(oauth.InvalidGrant):
        oauth.exchange(app, code, authorization.code_verifier)


def test_a_person_may_say_no(app, control):
    back = consent(control, oauth.authorize_url(app, "s"), allow=False)
    with pytest.raises(oauth.ConsentDenied):
        oauth.parse_callback(back)


def with_secret(app, secret):
    return oauth.App("demo-client", secret, REDIRECT, identity_url=app.identity_url)


def test_a_wrong_secret_is_told(app, control):
    code = oauth.parse_callback(consent(control, oauth.authorize_url(app, "s")))
    with pytest.raises(oauth.InvalidClient):
        oauth.exchange(with_secret(app, "wrong"), code)


def test_another_redirect_address_is_told(app, control):
    code = oauth.parse_callback(consent(control, oauth.authorize_url(app, "s")))
    other = oauth.App(
        "demo-client", "demo-secret", REDIRECT + "/x", identity_url=app.identity_url
    )
    with pytest.raises(oauth.InvalidRedirect):
        oauth.exchange(other, code)


def test_a_code_works_once(app, control):
    code = oauth.parse_callback(consent(control, oauth.authorize_url(app, "s")))
    oauth.exchange(app, code)
    with pytest.raises(oauth.InvalidGrant):
        oauth.exchange(app, code)


def test_a_lost_refresh_is_made_good_with_the_old_token(app, control):
    """The one before stays good for 30 minutes (xero-api.md, section 1)."""
    first = control.grant()["refresh_token"]
    control.fault("refresh_lost")
    with pytest.raises(oauth.TokenUnavailable):
        oauth.refresh(app, first)
    assert oauth.refresh(app, first).refresh_token != first


def test_a_grant_that_was_revoked_is_over(app, control):
    grant = control.grant()
    oauth.revoke(app, grant["refresh_token"])
    with pytest.raises(oauth.InvalidGrant):
        oauth.refresh(app, grant["refresh_token"])


# === CALLS === #


def contact(client, **values):
    values = {"Name": "Bright Windows Ltd", **values}
    answer = client.call(
        "create_contacts", {"Contacts": [values]}, summarize_errors=False
    )
    return answer.elements("Contacts")[0]


@pytest.mark.parametrize(
    "fault, kind, options",
    [
        ("minute_limit", errors.Throttled, {}),
        ("day_limit", errors.Throttled, {}),
        ("app_minute_limit", errors.Throttled, {}),
        ("concurrent_limit", errors.Throttled, {}),
        ("dropped", errors.Uncertain, {}),
        ("answer_lost", errors.Uncertain, {}),
        ("server_error", errors.Uncertain, {}),
        ("bad_gateway", errors.Uncertain, {"status": 502}),
        ("bad_gateway", errors.Uncertain, {"status": 504}),
        ("unavailable", errors.Unavailable, {}),
        ("unavailable_unknown", errors.Uncertain, {}),
        ("token_expired", errors.Unauthorised, {}),
        ("scope_missing", errors.ScopeMissing, {}),
        ("forbidden", errors.Disconnected, {}),
        ("key_reused", errors.Uncertain, {}),
        ("not_json", errors.Uncertain, {}),
    ],
)
def test_each_fault_of_a_write_has_its_kind_and_is_sent_once(
    client, control, fault, kind, options
):
    """I4: whatever surely had no effect left nothing behind in Xero."""
    control.fault(fault, **options)
    with pytest.raises(errors.XeroError) as caught:
        contact(client)
    assert type(caught.value) is kind
    assert control.writes() == 1
    if caught.value.surely_no_effect:
        assert control.documents("contacts") == []


def test_an_answer_that_drips_is_left_to_be_looked_up(control, simulator):
    """decisions.md 14, I4: the write has worked, and nobody has seen the answer."""
    grant = control.grant()
    control.fault("drip", seconds_per_byte=0.05)
    client = Client(
        simulator.url, grant["tenant_id"], grant["access_token"], total_timeout=0.4
    )
    with client, pytest.raises(errors.Uncertain):
        contact(client)
    assert len(control.documents("contacts")) == 1


def test_access_that_ran_out_is_told_from_access_that_was_taken(client, control):
    control.expire_tokens()
    with pytest.raises(errors.Unauthorised):
        client.call("get_accounts")
    control.disconnect()
    with pytest.raises(errors.AccessError):
        client.call("get_accounts")


def test_every_answer_tells_the_calls_that_are_left(client):
    limits = client.call("get_accounts").limits
    assert limits.day == 4999
    assert limits.minute is not None


def test_all_pages_can_be_read(client):
    names = [{"Name": f"Contact {number}"} for number in range(5)]
    client.call("create_contacts", {"Contacts": names}, summarize_errors=False)
    answer = client.call("get_contacts", page=2, page_size=2)
    assert len(answer.elements("Contacts")) == 2


def test_something_that_is_not_there_is_gone(client):
    with pytest.raises(errors.Gone):
        client.call("get_contact", "11111111-1111-1111-1111-111111111111")


def test_two_organisations_do_not_mix(control, simulator):
    clients = []
    for tenant in (0, 1):
        grant = control.grant(tenant=tenant)
        clients.append(Client(simulator.url, grant["tenant_id"], grant["access_token"]))
    for client in (*clients, clients[0]):
        with client:
            (found,) = client.call("get_organisations").elements("Organisations")
            assert found["OrganisationID"] == client.tenant_id


# === WHAT XERO SAYS === #


def line(**values):
    return {
        "Description": "Work",
        "Quantity": 1,
        "UnitAmount": 100,
        "AccountCode": "200",
        "TaxType": "OUTPUT2",
        **values,
    }


def invoice(**values):
    return {
        "Type": "ACCREC",
        "Status": "AUTHORISED",
        "Contact": {"Name": "Bright Windows Ltd"},
        "Date": "2026-11-20",
        "DueDate": "2026-12-20",
        "LineItems": [line()],
        **values,
    }


def send(client, *invoices):
    answer = client.call(
        "create_invoices", {"Invoices": invoices}, summarize_errors=False, unitdp=4
    )
    return answer.elements("Invoices")


@pytest.mark.parametrize(
    "values, code",
    [
        ({"LineItems": [line(AccountCode="999")]}, "account_invalid"),
        ({"LineItems": [line(TaxType="CAPEXINPUT2")]}, "tax_type_account"),
        ({"LineItems": [line(TaxType="NOSUCH")]}, "tax_type_invalid"),
        ({"LineItems": [line(ItemCode="NOSUCH")]}, "item_code_invalid"),
        ({"LineItems": [line(Description="")]}, "description_missing"),
        ({"LineItems": []}, "lines_missing"),
        ({"CurrencyCode": "JPY"}, "currency_missing"),
        ({"Contact": {}}, "contact_missing"),
        ({"Contact": {"Name": "A", "EmailAddress": "x"}}, "email_invalid"),
        ({"DueDate": None}, "due_date_missing"),
        ({"InvoiceNumber": "INV-1"}, "invoice_number_taken"),
        ({"Date": "2026-01-31", "InvoiceNumber": "INV-2"}, "lock_date"),
    ],
)
def test_each_refusal_is_understood_and_the_others_go_on(client, control, values, code):
    """I8, N6: one bad document blocks only itself, and its cause has a name."""
    send(client, invoice(InvoiceNumber="INV-1"))
    control.set_lock_date("2026-06-30")
    values = {k: v for k, v in invoice(**values).items() if v is not None}
    bad, good = send(client, values, invoice(InvoiceNumber="INV-3"))
    assert elements.element_failed(bad)
    assert messages.explain(elements.element_errors(bad)).code == code
    assert not elements.element_failed(good)


@pytest.mark.parametrize(
    "values, code",
    [
        ({}, "contact_name_taken"),
        ({"Name": "Other", "ContactNumber": "odoo-1"}, "contact_number_taken"),
        ({"Name": "Other", "Addresses": []}, None),
        ({"Name": "x" * 300}, "too_long"),
    ],
)
def test_each_refusal_of_a_contact_is_understood(client, values, code):
    contact(client, ContactNumber="odoo-1")
    found = contact(client, **values)
    assert elements.element_failed(found) is bool(code)
    if code:
        assert messages.explain(elements.element_errors(found)).code == code


def test_an_archived_contact_is_understood(client, control):
    found = contact(client)
    control.archive_contact(found["ContactID"])
    (refused,) = send(client, invoice(Contact={"ContactID": found["ContactID"]}))
    cause = messages.explain(elements.element_errors(refused))
    assert cause.code == "contact_archived"


def test_a_refusal_of_the_whole_tells_the_same_words(client):
    contact(client)
    with pytest.raises(errors.Invalid) as caught:
        client.call("create_contacts", {"Contacts": [{"Name": "Bright Windows Ltd"}]})
    assert messages.explain(caught.value.messages).code == "contact_name_taken"


# === MONEY === #

RATES = {"OUTPUT2": 20, "RROUTPUT": 5, "ZERORATEDOUTPUT": 0}


def odd_document(rng):
    """Lines whose net and tax are a cent off Xero's in either direction, or not."""
    wanted = []
    for _ in range(rng.randint(1, 8)):
        tax_type, rate = rng.choice(list(RATES.items()))
        quantity, price = D(rng.randint(1, 40)) / 4, D(rng.randint(1, 999_999)) / 1000
        if rng.random() < 0.5:
            price = price.quantize(D("0.01"))
        discount = D(rng.choice([0, 0, 10, "12.5"]))
        net = fit.money.cents(quantity * price * (1 - discount / 100))
        tax = fit.money.cents(net * rate / 100) + D(rng.choice([0, 0, 0, 1, -1])) / 100
        wanted.append(
            fit.Wanted(tax_type, quantity, price, net, max(tax, D(0)), rate, discount)
        )
    return wanted


def inside(wanted):
    """The same line with its tax inside the price, as far as that goes."""
    gross = (wanted.net + wanted.tax) / wanted.quantity
    return fit.Wanted(
        wanted.ref, wanted.quantity, gross, wanted.net, wanted.tax, wanted.tax_rate
    )


def as_line(fitted):
    values = {
        "Description": f"Work {fitted.figures}",
        "Quantity": fitted.quantity,
        "UnitAmount": fitted.unit_amount,
        "AccountCode": "200",
        "TaxType": fitted.ref,
        "DiscountRate": fitted.discount_rate,
        "TaxAmount": fitted.tax_amount,
    }
    return {name: value for name, value in values.items() if value is not None}


@pytest.mark.parametrize("inclusive", [False, True])
def test_fitted_documents_have_their_totals_in_xero(client, inclusive):
    """N3, I6, T14, T15, T38: computed by the other side's own arithmetic."""
    rng = random.Random(f"documents {inclusive}")
    documents, targets = [], []
    for number in range(50):
        wanted = odd_document(rng)
        wanted = [inside(line) for line in wanted] if inclusive else wanted
        net, tax = sum(w.net for w in wanted), sum(w.tax for w in wanted)
        fitted = fit.fit(wanted, net, tax, net + tax, inclusive=inclusive)
        targets.append((net, tax, net + tax))
        documents.append(
            invoice(
                InvoiceNumber=f"INV-{number}",
                LineAmountTypes="Inclusive" if inclusive else "Exclusive",
                LineItems=[as_line(line) for line in fitted.lines],
            )
        )
    found = send(client, *documents)
    shown = [(e["SubTotal"], e["TotalTax"], e["Total"]) for e in found]
    assert shown == targets


def test_a_shared_session_needs_one_connection_for_many_calls(control, simulator):
    grant, session = control.grant(), transport.new_session()
    for _ in range(3):
        client = Client(
            simulator.url, grant["tenant_id"], grant["access_token"], session=session
        )
        client.call("get_accounts")
    session.close()
    assert control.reads() == 3
