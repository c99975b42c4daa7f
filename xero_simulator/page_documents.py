"""The part of the page that shows documents with their lines and credits."""

from html import escape

from . import page_pieces as piece
from .resources.document_kinds import kind_of
from .resources.document_view import due

MOST_ROWS = 200
KINDS = {
    "ACCREC": "Invoice",
    "ACCPAY": "Bill",
    "ACCRECCREDIT": "Credit note",
    "ACCPAYCREDIT": "Supplier's credit",
}
COLUMNS = ("Number", "Kind", "Contact", "Date", "Due", "Status", "Total")


def invoices(call):
    """Sales invoices and bills, newest first."""
    records = call.organisation.invoices.all()
    return _block(call, "Invoices and bills", records, "To pay")


def credit_notes(call):
    """Credit notes of both sides, newest first."""
    records = call.organisation.credit_notes.all()
    return _block(call, "Credit notes", records, "Remaining")


def _block(call, title, records, last_column):
    newest = list(reversed(records))
    rows = "".join(_document(call, record) for record in newest[:MOST_ROWS])
    head = piece.head(*COLUMNS, last_column, wide=2)
    body = f"<div class='documents'>{head}{rows}</div>"
    return piece.block(title, len(newest), body)


def _document(call, record):
    contact = call.organisation.contacts.get(record["ContactID"])
    cells = (
        piece.cell(number_of(record), "strong"),
        piece.cell(KINDS[record["Type"]]),
        piece.cell(contact["Name"]),
        piece.cell(piece.day(record["Date"])),
        piece.cell(piece.day(record.get("DueDate"))),
        f"<span>{piece.status(record['Status'])}</span>",
        piece.cell(piece.money(record["Total"], record["CurrencyCode"]), "amount"),
        piece.cell(piece.money(due(record)), "amount"),
    )
    return (
        f"<details><summary class='row'>{''.join(cells)}</summary>"
        f"{_lines(call, record)}</details>"
    )


def number_of(document):
    """A document's number; a supplier's credit note has none."""
    return document.get(kind_of(document).number_field) or "–"


def _lines(call, record):
    rows = "".join(_line(call, line) for line in record["LineItems"])
    kind = f"Subtotal ({record['LineAmountTypes'].lower()})"
    sums = [(kind, record["SubTotal"]), ("Tax", record["TotalTax"])]
    sums += [("Total", record["Total"]), *_credits(call.organisation, record)]
    head = piece.table_head(
        "Item", "Description", "Account", "Tax", "Quantity", "Price", "="
    )
    return f"<table class='lines'>{head}{rows}{''.join(map(_sum, sums))}</table>"


def _sum(pair):
    label, amount = pair
    return (
        f"<tr class='sum'><td colspan='6'>{escape(label)}</td>"
        f"<td class='amount'>{piece.money(amount)}</td></tr>"
    )


def _credits(organisation, record):
    """What was allocated, with the document on the other end."""
    if kind_of(record).stem == "Invoice":
        side, other, table = "invoice", "SourceID", organisation.credit_notes
    else:
        side, other, table = "source", "InvoiceID", organisation.invoices
    document_id = record[kind_of(record).id_field]
    for allocation in organisation.allocations.find(side, document_id):
        partner = table.get(allocation[other])
        number = number_of(partner) if partner else "–"
        label = f"Credit applied {piece.day(allocation['Date'])}: {number}"
        yield label, -allocation["Amount"]


def _line(call, line):
    account = call.organisation.accounts.get(line.get("AccountID")) or {}
    tags = ", ".join(tag["Option"] for tag in line.get("Tracking", ()))
    text = escape(line.get("Description") or "") + (
        f" <small>{escape(tags)}</small>" if tags else ""
    )
    tax = f"{escape(line.get('TaxType') or '')} {piece.money(line.get('TaxAmount'))}"
    texts = (
        escape(line.get("ItemCode") or ""),
        text,
        escape(account.get("Code") or ""),
    )
    cells = "".join(f"<td>{shown}</td>" for shown in (*texts, tax))
    amounts = ("Quantity", "UnitAmount", "LineAmount")
    figures = "".join(
        f"<td class='amount'>{piece.plain(line.get(name))}</td>" for name in amounts
    )
    return f"<tr>{cells}{figures}</tr>"
