"""Elements: the contacts, invoices, ... inside a request or an answer.

With ``summarizeErrors=false`` Xero answers 200 and says per element whether it was
taken (xero-api.md, section 4). Invoices and orders flag a refusal with ``HasErrors``,
contacts and payments with ``HasValidationErrors``; most carry
``StatusAttributeString``; the messages may sit on the element itself or on something
nested in it, such as a line.
"""

import json

from . import wire


def element_failed(element):
    """Whether Xero refused this element.

    :param dict element: one element of an answer, as read from JSON.
    :returns: True when refused. ``StatusAttributeString`` decides where present.
    """
    status = element.get("StatusAttributeString")
    if status:
        return str(status).upper() == "ERROR"
    flagged = element.get("HasErrors") or element.get("HasValidationErrors")
    return bool(flagged or element_errors(element))


def element_errors(element):
    """Every validation message of an element and of what is nested in it.

    :param dict element: one element of an answer.
    :returns: list of Xero's own sentences, outermost first, each once.
    """
    return _messages(element, "ValidationErrors")


def updated(element):
    """When an element was last changed in Xero, as text to keep and to compare.

    :param dict element: one element of an answer.
    :returns: str, or None where Xero does not say.
    """
    moment = wire.parse_timestamp(element.get("UpdatedDateUTC"))
    return moment.isoformat() if moment else None


def document(body_text):
    """The dictionary that a body holds; an empty one where it holds none."""
    try:
        found = json.loads(body_text or "")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def refused_elements(refusal):
    """The elements of a request that was refused as a whole.

    :param dict refusal: the body of a 400, as of :func:`document`.
    """
    found = refusal.get("Elements")
    found = found if isinstance(found, list) else []
    return [element for element in found if isinstance(element, dict)]


def refusal_messages(refusal):
    """Xero's sentences about a whole request: of its elements, else its own.

    :param dict refusal: the body of a 400, as of :func:`document`.
    """
    found = _messages(refused_elements(refusal), "ValidationErrors")
    own = refusal.get("Detail") or refusal.get("Message")
    return found or ([str(own)] if own else [])


def _messages(element, key):
    found = []
    for nested in _walk(element):
        for entry in nested.get(key) or ():
            message = _text(entry)
            if message and message not in found:
                found.append(message)
    return found


def _walk(value):
    """The dictionaries inside a JSON value, outermost first."""
    if isinstance(value, dict):
        yield value
        for name, child in value.items():
            if name not in ("ValidationErrors", "Warnings"):
                yield from _walk(child)
    elif isinstance(value, list):
        for child in value:
            yield from _walk(child)


def _text(entry):
    message = entry.get("Message") if isinstance(entry, dict) else entry
    return str(message or "").strip()


def figures(element):
    """The three totals of a document as text, without those that it does not tell.

    :rtype: dict with ``net``, ``tax`` and ``total``
    """
    names = {"net": "SubTotal", "tax": "TotalTax", "total": "Total"}
    return {
        name: f"{element[key]:.2f}"
        for name, key in names.items()
        if element.get(key) is not None
    }
