"""The web page on which a person watches the simulated organisations."""

from html import escape

from .calls import presented
from .gateway import Call
from .page_style import STYLE
from .resources.contacts import Contacts
from .resources.document_kinds import kind_of
from .resources.document_view import due
from .resources.payments import Payments

SHOWN_CALLS = 40
MOST_ROWS = 200
KINDS = {"ACCREC": "Invoice", "ACCPAY": "Bill"}


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
        f"{_invoices(call)}"
        f"<div class='columns'>{_contacts(call)}{_payments(call)}</div></section>"
    )


def _lock_text(organisation):
    locked = organisation.lock_date()
    return f"locked to {locked[0]:%d %b %Y}" if locked else ""


# Invoices


def _invoices(call):
    records = list(reversed(call.organisation.invoices.all()))
    rows = "".join(_invoice(call, record) for record in records[:MOST_ROWS])
    head = _head(
        "Number", "Kind", "Contact", "Date", "Due", "Status", "Total", "To pay", wide=2
    )
    body = f"<div class='documents'>{head}{rows}</div>"
    return _block("Invoices and bills", len(records), body)


def _invoice(call, record):
    contact = call.organisation.contacts.get(record["ContactID"])
    cells = (
        _cell(record.get("InvoiceNumber") or "–", "strong"),
        _cell(KINDS[record["Type"]]),
        _cell(contact["Name"]),
        _cell(_day(record["Date"])),
        _cell(_day(record.get("DueDate"))),
        f"<span>{_status(record['Status'])}</span>",
        _cell(_money(record["Total"], record["CurrencyCode"]), "amount"),
        _cell(_money(due(record)), "amount"),
    )
    return (
        f"<details><summary class='row'>{''.join(cells)}</summary>"
        f"{_lines(call, record)}</details>"
    )


def _lines(call, record):
    rows = "".join(_line(call, line) for line in record["LineItems"])
    sums = "".join(
        f"<tr class='sum'><td colspan='6'>{label}</td>"
        f"<td class='amount'>{_money(record[name])}</td></tr>"
        for label, name in (
            (f"Subtotal ({record['LineAmountTypes'].lower()})", "SubTotal"),
            ("Tax", "TotalTax"),
            ("Total", "Total"),
        )
    )
    head = _table_head(
        "Item", "Description", "Account", "Tax", "Quantity", "Price", "="
    )
    return f"<table class='lines'>{head}{rows}{sums}</table>"


def _line(call, line):
    account = call.organisation.accounts.get(line.get("AccountID")) or {}
    tags = ", ".join(tag["Option"] for tag in line.get("Tracking", ()))
    text = escape(line.get("Description") or "") + (
        f" <small>{escape(tags)}</small>" if tags else ""
    )
    cells = (
        f"<td>{escape(line.get('ItemCode') or '')}</td><td>{text}</td>"
        f"<td>{escape(account.get('Code') or '')}</td>"
        f"<td>{escape(line.get('TaxType') or '')} {_money(line.get('TaxAmount'))}</td>"
    )
    amounts = ("Quantity", "UnitAmount", "LineAmount")
    figures = "".join(
        f"<td class='amount'>{_plain(line.get(name))}</td>" for name in amounts
    )
    return f"<tr>{cells}{figures}</tr>"


# Contacts, payments, calls


def _contacts(call):
    endpoint = Contacts(call)
    records = list(reversed(endpoint.table.all()))
    rows = "".join(
        "<tr>"
        f"<td class='strong'>{escape(record['Name'])}</td>"
        f"<td>{escape(record.get('AccountNumber') or '')}</td>"
        f"<td>{escape(record.get('EmailAddress') or '')}</td>"
        f"<td>{_status(record['ContactStatus'])}</td></tr>"
        for record in records[:MOST_ROWS]
    )
    table = _table(("Name", "Account number", "E-mail", "Status"), rows)
    return _block("Contacts", len(records), table)


def _payments(call):
    endpoint = Payments(call)
    records = list(reversed(endpoint.table.all()))
    rows = "".join(_payment(endpoint, record) for record in records[:MOST_ROWS])
    table = _table(("Date", "Document", "Account", "Status", "Amount"), rows)
    return _block("Payments", len(records), table)


def _payment(endpoint, record):
    organisation = endpoint.organisation
    document = endpoint.document_of(record)
    number = document.get(kind_of(document).number_field)
    account = organisation.accounts.get(record["Account"])
    status = "RECONCILED" if record["IsReconciled"] else record["Status"]
    amount = _money(record["Amount"], document["CurrencyCode"])
    return (
        f"<tr><td>{_day(record['Date'])}</td>"
        f"<td class='strong'>{escape(number or '–')}</td>"
        f"<td>{escape(account['Name'])}</td><td>{_status(status)}</td>"
        f"<td class='amount'>{amount}</td></tr>"
    )


def _calls(universe):
    entries = list(universe.calls.entries)[-SHOWN_CALLS:]
    rows = "".join(_call(presented(entry)) for entry in reversed(entries))
    heads = ("#", "Time", "Call", "Elements", "Answer", "Fault")
    title = f"Last {SHOWN_CALLS} calls"
    return _block(title, universe.calls.count, _table(heads, rows), "calls")


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


# Pieces


def _block(title, count, body, css=""):
    empty = "" if count else "<p class='empty'>Nothing here yet.</p>"
    return (
        f"<section class='block {css}'><h2>{title} <small>{count}</small></h2>"
        f"{body if count else empty}</section>"
    )


def _table(heads, rows):
    return f"<table>{_table_head(*heads)}{rows}</table>"


def _table_head(*names):
    right = {"Amount", "Quantity", "Price", "=", "Elements"}
    cells = "".join(
        f"<th{' class=amount' if name in right else ''}>"
        f"{'Amount' if name == '=' else name}</th>"
        for name in names
    )
    return f"<tr>{cells}</tr>"


def _head(*names, wide):
    """Column names of the expandable rows; the last ``wide`` are amounts."""
    first = len(names) - wide
    cells = (
        _cell(name, "amount" if place >= first else "")
        for place, name in enumerate(names)
    )
    return f"<div class='row head'>{''.join(cells)}</div>"


def _cell(text, css=""):
    return f"<span class='{css}'>{escape(text)}</span>"


def _status(status):
    tones = {
        "AUTHORISED": "open",
        "ACTIVE": "good",
        "PAID": "good",
        "RECONCILED": "good",
    }
    tone = tones.get(status, "quiet")
    return f"<span class='tag {tone}'>{status.capitalize()}</span>"


def _day(day):
    return f"{day:%d %b %Y}" if day else "–"


def _money(amount, currency=""):
    return "" if amount is None else f"{amount:,.2f} {currency}".strip()


def _plain(number):
    """A number without needless zeros after the second decimal."""
    if number is None:
        return ""
    text = f"{number:,.4f}"
    return text[:-2] if text.endswith("00") else text
