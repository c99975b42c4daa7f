"""Pieces of HTML that the page is put together from."""

from html import escape


def block(title, count, body, css=""):
    """A titled section; with nothing in it, it says so."""
    empty = "" if count else "<p class='empty'>Nothing here yet.</p>"
    return (
        f"<section class='block {css}'><h2>{title} <small>{count}</small></h2>"
        f"{body if count else empty}</section>"
    )


def table(heads, rows):
    """A plain table."""
    return f"<table>{table_head(*heads)}{rows}</table>"


def table_head(*names):
    """Column names; those of figures stand on the right."""
    right = {"Amount", "Quantity", "Price", "=", "Elements"}
    cells = "".join(
        f"<th{' class=amount' if name in right else ''}>"
        f"{'Amount' if name == '=' else name}</th>"
        for name in names
    )
    return f"<tr>{cells}</tr>"


def head(*names, wide):
    """Column names of the expandable rows; the last ``wide`` are amounts."""
    first = len(names) - wide
    cells = (
        cell(name, "amount" if place >= first else "")
        for place, name in enumerate(names)
    )
    return f"<div class='row head'>{''.join(cells)}</div>"


def cell(text, css=""):
    """One field of an expandable row."""
    return f"<span class='{css}'>{escape(text)}</span>"


def status(name):
    """A status as a coloured tag."""
    tones = {
        "AUTHORISED": "open",
        "ACTIVE": "good",
        "PAID": "good",
        "RECONCILED": "good",
    }
    tone = tones.get(name, "quiet")
    return f"<span class='tag {tone}'>{name.capitalize()}</span>"


def day(date):
    """A date for people."""
    return f"{date:%d %b %Y}" if date else "–"


def money(amount, currency=""):
    """An amount with two decimals."""
    return "" if amount is None else f"{amount:,.2f} {currency}".strip()


def plain(number):
    """A number without needless zeros after the second decimal."""
    if number is None:
        return ""
    text = f"{number:,.4f}"
    return text[:-2] if text.endswith("00") else text
