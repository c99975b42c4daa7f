"""A short life of an organisation that visits every endpoint.

Used wherever all kinds of answers are needed: by the checks against xero-python's
models and by the contract.
"""

from dataclasses import dataclass

from xero_simulator.control import ALL_SCOPES

from .client import a_bill, a_credit_note, a_line, a_supplier_credit, an_invoice


@dataclass
class Visit:
    """One call with its answer."""

    method: str
    path: str
    payload: object
    status: int
    body: object

    @property
    def resource(self):
        """First part of the path."""
        return self.path.split("/")[0].split("?")[0]

    def __str__(self):
        return f"{self.method} {self.path} {self.status}"


class Story:
    """Makes the calls and remembers them in ``visits``."""

    def __init__(self, client):
        self.client = client
        self.visits = []

    def call(self, method, path, payload=None, **options):
        """One call; the parsed body."""
        answer = self.client.call(method, path, payload, **options)
        body = answer.body if answer.content else None
        self.visits.append(Visit(method, path, payload, answer.status, body))
        return body

    def first(self, method, path, payload=None):
        """One call; the first row."""
        body = self.call(method, path, payload)
        return next(v for v in body.values() if isinstance(v, list))[0]


SCOPES = (
    f"{ALL_SCOPES} accounting.banktransactions accounting.reports.trialbalance.read"
)
"""What a client needs to tell the story."""


def told(client):
    """Every visit of the story."""
    story = Story(client)
    _reference_data(story)
    contact = _contacts(story)
    _items(story)
    _documents(story, contact)
    _batch(story, contact)
    _money_on_account(story, contact)
    _orders(story, contact)
    _lists(story)
    return story.visits


def _reference_data(story):
    story.call("GET", "Organisation")
    story.call("GET", "Organisation/Actions")
    values = {"Code": "990", "Name": "Novelties", "Type": "EXPENSE"}
    account = story.first("PUT", "Accounts", values)
    path = f"Accounts/{account['AccountID']}"
    story.call("GET", path)
    story.call("POST", path, {"Accounts": [{"Name": "News"}]})
    story.call("DELETE", path)
    component = {"Name": "VAT", "Rate": 3.5, "IsCompound": False}
    rate = {"Name": "Odd", "TaxComponents": [component], "ReportTaxType": "OUTPUT"}
    story.call("PUT", "TaxRates", {"TaxRates": [rate]})
    story.call("POST", "TaxRates", {"TaxRates": [{**rate, "TaxType": "TAX001"}]})
    story.call("GET", "TaxRates/OUTPUT2")
    story.call("PUT", "Currencies", {"Code": "CHF"})
    _tracking(story)


def _tracking(story):
    category = story.first("GET", "TrackingCategories")
    path = f"TrackingCategories/{category['TrackingCategoryID']}"
    story.call("GET", path)
    option = story.first("PUT", f"{path}/Options", {"Name": "Wales"})
    own = f"{path}/Options/{option['TrackingOptionID']}"
    story.call("POST", own, {"Name": "Cymru"})
    story.call("DELETE", own)
    story.call("POST", path, {"Name": "Area"})
    story.call("DELETE", path)
    story.call("PUT", "TrackingCategories", {"Name": "Zone"})


def _contacts(story):
    values = {
        "Name": "Acme Ltd",
        "ContactNumber": "odoo-1",
        "AccountNumber": "ACM0001",
        "EmailAddress": "info@example.com",
        "Addresses": [{"AddressType": "STREET", "City": "Ely", "Country": "England"}],
        "Phones": [{"PhoneType": "DEFAULT", "PhoneNumber": "123456"}],
        "ContactPersons": [{"FirstName": "Ann", "IncludeInEmails": True}],
        "DefaultCurrency": "GBP",
        "PaymentTerms": {"Sales": {"Day": 30, "Type": "DAYSAFTERBILLDATE"}},
    }
    contact = story.first("PUT", "Contacts", {"Contacts": [values]})["ContactID"]
    path = f"Contacts/{contact}"
    story.call("POST", "Contacts", {"Contacts": [{"Name": "Acme Ltd"}]})
    story.call("POST", path, {"Contacts": [{"TaxNumber": "GB1"}]})
    story.call("PUT", f"{path}/History", {"HistoryRecords": [{"Details": "Hi"}]})
    story.call("GET", f"{path}/History")
    story.call("PUT", "Contacts", {"Contacts": [values]})
    two = {"Contacts": [values, {"Name": "Bolt"}]}
    story.call("PUT", "Contacts?summarizeErrors=false", two)
    story.call("GET", path)
    return contact


def _items(story):
    details = {"UnitPrice": 9.99, "AccountCode": "200", "TaxType": "OUTPUT2"}
    item = {"Code": "DESK", "Name": "Desk", "SalesDetails": details}
    story.call("PUT", "Items", {"Items": [item]})
    story.call("PUT", "Items", {"Items": [item]})
    story.call("POST", "Items?unitdp=4", {"Items": [{**item, "Description": "Oak"}]})
    story.call("GET", "Items/DESK")
    spare = story.first("PUT", "Items", {"Items": [{"Code": "SPARE"}]})
    story.call("POST", f"Items/{spare['ItemID']}", {"Items": [{"Code": "SPARE2"}]})
    story.call("DELETE", f"Items/{spare['ItemID']}")


def _documents(story, contact):
    tag = {"Name": "Department", "Option": "Sales"}
    lines = (
        a_line(ItemCode="DESK", DiscountRate=5, Tracking=[tag]),
        {"Description": "x"},
    )
    sale = an_invoice(contact, *lines, InvoiceNumber="A1", CurrencyCode="EUR")
    invoice = story.first("PUT", "Invoices?unitdp=4", {"Invoices": [sale]})
    path = f"Invoices/{invoice['InvoiceID']}"
    story.call("PUT", "Invoices", {"Invoices": [sale]})
    both = {"Invoices": [sale, a_bill(contact)]}
    story.call("PUT", "Invoices?summarizeErrors=false", both)
    story.call("POST", "Invoices", {"Invoices": [{**sale, "Reference": "R"}]})
    story.call("POST", path, {"Invoices": [{"Reference": "R2"}]})
    _payments(story, invoice)
    for rest in ("", "/OnlineInvoice", "/History"):
        story.call("GET", path + rest)
    story.call("PUT", f"{path}/History", {"HistoryRecords": [{"Details": "Hi"}]})
    story.call("POST", f"{path}/Email")
    void = story.first("PUT", "Invoices", {"Invoices": [an_invoice(contact)]})
    element = {"InvoiceID": void["InvoiceID"], "Status": "VOIDED"}
    story.call("POST", "Invoices", {"Invoices": [element]})
    _credit_notes(story, contact)


def _credit_notes(story, contact):
    invoice = story.first("PUT", "Invoices", {"Invoices": [an_invoice(contact)]})
    credit = a_credit_note(contact, CreditNoteNumber="R1", Reference="A1")
    batch = {"CreditNotes": [credit, a_supplier_credit(contact)]}
    note = story.first("PUT", "CreditNotes?summarizeErrors=false&unitdp=4", batch)
    story.call("PUT", "CreditNotes", {"CreditNotes": [credit]})
    path = f"CreditNotes/{note['CreditNoteID']}"
    story.call("POST", "CreditNotes", {"CreditNotes": [{**credit, "Reference": "R"}]})
    story.call("POST", path, {"CreditNotes": [{"Reference": "R2"}]})
    allocation = {
        "Amount": 50,
        "Date": "2026-10-01",
        "Invoice": {"InvoiceID": invoice["InvoiceID"]},
    }
    rows = {"Allocations": [allocation]}
    made = story.first("PUT", f"{path}/Allocations", rows)
    story.call(
        "PUT", f"{path}/Allocations", {"Allocations": [{**allocation, "Amount": 999}]}
    )
    refund = {
        "CreditNote": {"CreditNoteID": note["CreditNoteID"]},
        "Account": {"Code": "090"},
        "Date": "2026-10-01",
        "Amount": 20,
    }
    story.call("PUT", "Payments", {"Payments": [refund]})
    story.call("GET", path)
    story.call("GET", f"Invoices/{invoice['InvoiceID']}")
    story.call("GET", "CreditNotes?page=1&unitdp=4")
    story.call("GET", "Invoices?page=1")
    story.call("DELETE", f"{path}/Allocations/{made['AllocationID']}")
    story.call("PUT", f"{path}/History", {"HistoryRecords": [{"Details": "Hi"}]})
    story.call("GET", f"{path}/History")
    story.call("GET", "CreditNotes")
    for owner in (path, f"Invoices/{invoice['InvoiceID']}"):
        file = f"{owner}/Attachments/note.txt"
        for method in ("PUT", "POST"):
            story.call(method, file, data=b"Hello", Content_Type="text/plain")
        story.call("GET", f"{owner}/Attachments")


def _payments(story, invoice):
    payment = {
        "Invoice": {"InvoiceID": invoice["InvoiceID"]},
        "Account": {"Code": "090"},
        "Date": "2026-10-01",
        "Amount": 10,
        "Reference": "Transfer",
    }
    story.call("PUT", "Payments", {"Payments": [payment]})
    story.call("PUT", "Payments", {"Payments": [{**payment, "Amount": 9999}]})
    row = story.first("POST", "Payments", payment)
    path = f"Payments/{row['PaymentID']}"
    story.call("GET", path)
    story.call("GET", f"{path}/History")
    story.call("POST", path, {"Status": "DELETED"})


def _batch(story, contact):
    invoice = story.first("PUT", "Invoices", {"Invoices": [an_invoice(contact)]})
    part = {"Invoice": {"InvoiceID": invoice["InvoiceID"]}, "Amount": 20}
    batch = {
        "Account": {"Code": "090"},
        "Date": "2026-10-01",
        "Reference": "Deposit",
        "Payments": [part],
    }
    row = story.first("PUT", "BatchPayments", {"BatchPayments": [batch]})
    story.call("PUT", "BatchPayments", {"BatchPayments": [{**batch, "Payments": []}]})
    path = f"BatchPayments/{row['BatchPaymentID']}"
    story.call("GET", path)
    story.call("GET", 'BatchPayments?where=Status=="AUTHORISED"&order=Date')
    story.call("GET", "Payments?page=1")
    story.call("GET", f"{path}/History")
    story.call("PUT", f"{path}/History", {"HistoryRecords": [{"Details": "Hi"}]})
    story.call("POST", path, {"Status": "DELETED"})


def _money_on_account(story, contact):
    line = {"Description": "x", "Quantity": 1, "UnitAmount": 60, "AccountCode": "200"}
    money = {
        "Type": "RECEIVE-PREPAYMENT",
        "Contact": {"ContactID": contact},
        "BankAccount": {"Code": "090"},
        "Date": "2026-10-01",
        "Reference": "R",
        "LineItems": [line],
    }
    over = {**money, "Type": "RECEIVE-OVERPAYMENT", "LineAmountTypes": "NoTax"}
    over["LineItems"] = [{"Description": "x", "Quantity": 1, "UnitAmount": 60}]
    both = {"BankTransactions": [money, over]}
    rows = story.call("PUT", "BankTransactions", both)["BankTransactions"]
    story.call("POST", "BankTransactions", {"BankTransactions": [over]})
    refused = {**over, "LineAmountTypes": "Inclusive"}
    story.call("PUT", "BankTransactions", {"BankTransactions": [refused]})
    for row, stem in zip(rows, ("Prepayment", "Overpayment"), strict=True):
        _used(story, contact, stem, row[f"{stem}ID"])
    transaction = f"BankTransactions/{rows[0]['BankTransactionID']}"
    story.call("GET", transaction)
    story.call("GET", f"{transaction}/History")
    for path in ("BankTransactions?page=1&unitdp=4", "BankTransactions"):
        story.call("GET", path)


def _used(story, contact, stem, key):
    """Money on account is put on an invoice, taken back, and refunded."""
    invoice = story.first("PUT", "Invoices", {"Invoices": [an_invoice(contact)]})
    path = f"{stem}s/{key}"
    target = {"InvoiceID": invoice["InvoiceID"]}
    for amount in (20, 999, 10):
        part = {"Invoice": target, "Amount": amount, "Date": "2026-10-02"}
        row = story.first("PUT", f"{path}/Allocations", {"Allocations": [part]})
    story.call("GET", path)
    story.call("GET", f"Invoices/{invoice['InvoiceID']}")
    story.call("DELETE", f"{path}/Allocations/{row['AllocationID']}")
    refund = {stem: {f"{stem}ID": key}, "Account": {"Code": "090"}, "Amount": 5}
    story.call("PUT", "Payments", {"Payments": [refund]})
    filters = {"Prepayment": "InvoiceNumbers=R", "Overpayment": "References=R"}
    story.call("GET", f"{stem}s?page=1&{filters[stem]}")
    story.call("GET", f"{stem}s")
    story.call("GET", f"{path}/History")
    story.call("PUT", f"{path}/History", {"HistoryRecords": [{"Details": "Hi"}]})


def _orders(story, contact):
    line = a_line(AccountCode="400", TaxType="INPUT2", DiscountRate=5)
    order = {
        "Contact": {"ContactID": contact},
        "PurchaseOrderNumber": "P1",
        "Date": "2026-09-14",
        "DeliveryDate": "2026-09-20",
        "ExpectedArrivalDate": "2026-09-21",
        "DeliveryAddress": "1 High Street",
        "DeliveryInstructions": "Ring twice",
        "Status": "AUTHORISED",
        "LineItems": [line],
    }
    one = {"PurchaseOrders": [order]}
    row = story.first("PUT", "PurchaseOrders", one)
    path = f"PurchaseOrders/{row['PurchaseOrderID']}"
    story.call("POST", "PurchaseOrders", one)
    story.call("POST", path, {"PurchaseOrders": [{"Reference": "R"}]})
    story.call("GET", path)
    story.call("GET", "PurchaseOrders/P1")
    story.call("PUT", f"{path}/History", {"HistoryRecords": [{"Details": "Hi"}]})
    story.call("GET", f"{path}/History")
    story.call("POST", path, {"PurchaseOrders": [{"Status": "DELETED"}]})
    story.call("PUT", "PurchaseOrders", one)
    story.call("PUT", "PurchaseOrders?summarizeErrors=false", one)


def _lists(story):
    for path in (
        "Accounts",
        "TaxRates",
        "Currencies",
        "TrackingCategories?includeArchived=true",
        "BrandingThemes",
        "Items",
        "Contacts",
        "Contacts?page=1&includeArchived=true",
        "Contacts?page=1&summaryOnly=true",
        "Invoices",
        "Invoices?page=1&unitdp=4",
        "Invoices?page=1&summaryOnly=true",
        "Payments",
        "Payments?page=1&pageSize=5",
        "PurchaseOrders",
        "Reports/TrialBalance?date=2026-12-31",
        "PurchaseOrders?Status=DELETED&DateFrom=2026-01-01&DateTo=2026-12-31&page=1",
    ):
        story.call("GET", path)
    story.call("GET", "Invoices?where=Nonsense==1")
