"""The web page on which a person watches the simulated organisations."""

from html import escape

from . import page_documents
from . import page_pieces as piece
from .calls import presented
from .gateway import Call
from .page_style import STYLE
from .resources.contacts import Contacts
from .resources.payments import Payments

SHOWN_CALLS = 40
MOST_ROWS = 200


def overview(universe):
    """Everything on one page."""
    organisations = "".join(
        _organisation(universe, organisation)
        for organisation in universe.organisations.values()
    )
    now = universe.clock.now().strftime("%d %b %Y, %H:%M:%S UTC")
    return (
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>"
        f"<title>Simulated Xero</title><style>{STYLE}</style></head><body>"
        f"<header><b>Simulated Xero</b><span>{now}</span>"
        "<a href='/'>Refresh</a></header><main>"
        f"{organisations}{_calls(universe)}</main></body></html>"
    )


def _organisation(universe, organisation):
    call = Call(universe, organisation, by_user=True)
    profile = organisation.profile
    facts = " · ".join(
        escape(str(fact))
        for fact in (
            profile["CountryCode"],
            profile["BaseCurrency"],
            profile["SalesTaxBasis"].title() + " basis",
            _lock_text(organisation),
            organisation.tenant_id,
        )
        if fact
    )
    return (
        f"<section class='organisation'><h1>{escape(organisation.name)}</h1>"
        f"<p class='facts'>{facts}</p>"
        f"{page_documents.invoices(call)}{page_documents.credit_notes(call)}"
        f"<div class='columns'>{_contacts(call)}{_payments(call)}</div></section>"
    )


def _lock_text(organisation):
    locked = organisation.lock_date()
    return f"locked to {locked[0]:%d %b %Y}" if locked else ""


# Contacts, payments, calls


def _contacts(call):
    endpoint = Contacts(call)
    records = list(reversed(endpoint.table.all()))
    rows = "".join(
        "<tr>"
        f"<td class='strong'>{escape(record['Name'])}</td>"
        f"<td>{escape(record.get('AccountNumber') or '')}</td>"
        f"<td>{escape(record.get('EmailAddress') or '')}</td>"
        f"<td>{piece.status(record['ContactStatus'])}</td></tr>"
        for record in records[:MOST_ROWS]
    )
    table = piece.table(("Name", "Account number", "E-mail", "Status"), rows)
    return piece.block("Contacts", len(records), table)


def _payments(call):
    endpoint = Payments(call)
    records = list(reversed(endpoint.table.all()))
    rows = "".join(_payment(endpoint, record) for record in records[:MOST_ROWS])
    table = piece.table(("Date", "Document", "Account", "Status", "Amount"), rows)
    return piece.block("Payments", len(records), table)


def _payment(endpoint, record):
    organisation = endpoint.organisation
    document = endpoint.document_of(record)
    account = organisation.accounts.get(record["Account"])
    status = "RECONCILED" if record["IsReconciled"] else record["Status"]
    amount = piece.money(record["Amount"], document["CurrencyCode"])
    return (
        f"<tr><td>{piece.day(record['Date'])}</td>"
        f"<td class='strong'>{escape(page_documents.number_of(document))}</td>"
        f"<td>{escape(account['Name'])}</td><td>{piece.status(status)}</td>"
        f"<td class='amount'>{amount}</td></tr>"
    )


def _calls(universe):
    entries = list(universe.calls.entries)[-SHOWN_CALLS:]
    rows = "".join(_call(presented(entry)) for entry in reversed(entries))
    heads = ("#", "Time", "Call", "Elements", "Answer", "Fault")
    title = f"Last {SHOWN_CALLS} calls"
    return piece.block(title, universe.calls.count, piece.table(heads, rows), "calls")


def _call(entry):
    query = "&".join(f"{name}={value}" for name, value in entry["query"].items())
    shown = entry["path"].removeprefix("/api.xro/2.0") + (f"?{query}" if query else "")
    status = entry["status"]
    tone = "good" if status and status < 400 else "bad"
    answer = f"<span class='tag {tone}'>{status or 'none'}</span>"
    return (
        f"<tr><td>{entry['number']}</td><td>{entry['at']:%H:%M:%S}</td>"
        f"<td><b>{entry['method']}</b> <code>{escape(shown[:110])}</code></td>"
        f"<td class='amount'>{entry['elements'] or ''}</td><td>{answer}</td>"
        f"<td>{escape(entry['fault'] or '')}</td></tr>"
    )
