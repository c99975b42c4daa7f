"""A small Xero client for tests."""

import json
from decimal import Decimal

import requests


class Answer:
    """A response with its parsed body."""

    def __init__(self, response):
        self.status = response.status_code
        self.headers = response.headers
        self.text = response.text
        self.content = response.content

    @property
    def body(self):
        """Parsed JSON, amounts as ``Decimal``."""
        return json.loads(self.text, parse_float=Decimal)

    @property
    def rows(self):
        """The list in the envelope."""
        return next(v for k, v in self.body.items() if isinstance(v, list))

    @property
    def row(self):
        """The only element."""
        (row,) = self.rows
        return row

    @property
    def messages(self):
        """Every validation message anywhere in the answer."""
        return list(_messages(self.body))

    @property
    def message(self):
        """The only validation message."""
        (message,) = self.messages
        return message


def _messages(value):
    if isinstance(value, list):
        for item in value:
            yield from _messages(item)
    if isinstance(value, dict):
        for error in value.get("ValidationErrors", ()):
            yield error["Message"]
        for key, inner in value.items():
            if key != "ValidationErrors":
                yield from _messages(inner)


class Client:
    """Calls the Accounting API with a token."""

    def __init__(self, url, grant):
        self.url = url
        self.grant = grant
        self.session = requests.Session()

    def call(self, method, path, payload=None, data=None, timeout=20, **headers):
        """One call; header names with underscores."""
        sent = {
            "Authorization": f"Bearer {self.grant['access_token']}",
            "Xero-Tenant-Id": self.grant["tenant_id"],
            "Accept": "application/json",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        if payload is not None:
            data = json.dumps(payload, default=float).encode()
            sent["Content-Type"] = "application/json"
        response = self.session.request(
            method,
            f"{self.url}/api.xro/2.0/{path}",
            data=data,
            headers={name: value for name, value in sent.items() if value is not None},
            timeout=timeout,
        )
        return Answer(response)

    def get(self, path, **headers):
        return self.call("GET", path, **headers)

    def put(self, path, payload=None, **headers):
        return self.call("PUT", path, payload, **headers)

    def post(self, path, payload=None, **headers):
        return self.call("POST", path, payload, **headers)

    def delete(self, path, **headers):
        return self.call("DELETE", path, **headers)

    def create(self, resource, values, query=""):
        """PUT one element that must be accepted."""
        answer = self.put(resource + query, {resource: [values]})
        assert answer.status == 200, answer.text
        return answer.row

    def invoice(self, contact, *lines, query="?unitdp=4", **values):
        """PUT an approved sales invoice that must be accepted."""
        return self.create("Invoices", an_invoice(contact, *lines, **values), query)

    def credit_note(self, contact, *lines, query="?unitdp=4", **values):
        """PUT an approved credit note that must be accepted."""
        note = a_credit_note(contact, *lines, **values)
        return self.create("CreditNotes", note, query)


def a_line(amount=100, **values):
    """A line of one piece on the sales account."""
    return {
        "Description": "Cleaning",
        "Quantity": 1,
        "UnitAmount": amount,
        "AccountCode": "200",
        "TaxType": "OUTPUT2",
        **values,
    }


def an_invoice(contact, *lines, **values):
    """An approved sales invoice."""
    return {
        "Type": "ACCREC",
        "Contact": {"ContactID": contact},
        "Date": "2026-09-14",
        "DueDate": "2026-10-14",
        "Status": "AUTHORISED",
        "LineItems": list(lines) or [a_line()],
        **values,
    }


def a_bill(contact, *lines, **values):
    """An approved bill."""
    line = a_line(AccountCode="400", TaxType="INPUT2")
    return an_invoice(contact, *(lines or (line,)), **{"Type": "ACCPAY", **values})


def a_credit_note(contact, *lines, **values):
    """An approved credit note for a customer."""
    note = an_invoice(contact, *lines, **{"Type": "ACCRECCREDIT", **values})
    note.pop("DueDate")
    return note


def a_supplier_credit(contact, *lines, **values):
    """An approved credit note from a supplier."""
    line = a_line(AccountCode="400", TaxType="INPUT2")
    values = {"Type": "ACCPAYCREDIT", **values}
    return a_credit_note(contact, *(lines or (line,)), **values)


def refused(xero, document, resource="Invoices"):
    """PUT a document that must be refused; the messages."""
    answer = xero.put(f"{resource}?unitdp=4", document)
    assert answer.status == 400, answer.text
    return answer.messages
