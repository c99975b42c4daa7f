"""The demo company's books: customers, products and thirty sales documents.

Dates are days before today, so that the demonstration works on any day. Prices are
chosen to be hard: cents that differ between rounding per line and per document, more
decimals than Xero takes, prices with tax inside, discounts, other currencies.
"""

from dataclasses import dataclass, field

COMPANY = {
    "name": "Harbour & Vale Trading Ltd",
    "street": "14 Quayside",
    "city": "Bristol",
    "zip": "BS1 4RN",
    "email": "accounts@harbourvale.example",
}

#: Units per pound, from one year ago.
CURRENCIES = {"EUR": 1.1731, "USD": 1.3486}

#: Documents dated earlier than this many days ago stay out of Xero.
SENT_FROM_DAYS = 60

#: Our keys of taxes to the chart template's ids.
TAXES = {
    "20": "ST11",
    "5": "ST5",
    "0": "ST0",
    "exempt": "ST2",
    "export": "ST_0_EX",
}
#: A tax inside the price, which the demonstration makes itself.
INSIDE = "20 inside"
#: A tax that Xero has no rate for, made by the demonstration: it must stop a document.
UNMAPPED = "12.5 hospitality"

#: Odoo's income accounts to Xero's codes, as the accountant chooses.
ACCOUNTS = {"400000": "200", "400100": "260"}
GOODS, SERVICES = "400000", "400100"

#: Name, further values, and the name of a child contact that gets the invoices.
CUSTOMERS = {
    "azure": ("Azure Interior Ltd", {"vat": "GB123456782", "ref": "C-1001"}, None),
    "brook": ("Brook & Sons Joinery", {"ref": "C-1002", "city": "Leeds"}, None),
    "castle": ("Castle Rock Brewing Co.", {"phone": "+44 115 496 0000"}, "Accounts"),
    "dune": ("Dune Möbel GmbH", {"country": "DE", "city": "Köln"}, None),
    "elm": ("Elm Street Dental Practice", {"street": "3 Elm Street"}, "Practice desk"),
    "finch": ("Finch, Gale & Partners LLP", {"zip": "EC2A 4NE"}, "Miss R. Gale"),
    "grove": ("Grove Primary School", {"city": "Bath"}, None),
    "hudson": ("Hudson Outfitters Inc.", {"country": "US", "zip": "10013"}, None),
    "iris": ("Iris Florists", {"email": "hello@iris.example"}, None),
    "juniper": ("Juniper Hotels plc", {"ref": "C-1010", "zip": "EH1 1YZ"}, None),
    "kestrel": ("Kestrel Aviation Parts", {"street2": "Hangar 4"}, None),
    # Xero takes no umlauts in an address: this customer must be stopped.
    "muller": ("Müller Catering", {"email": "rechnung@müller.example"}, None),
}

#: Internal reference: name, price, account.
PRODUCTS = {
    "CHAIR-01": ("Oak chair", 25.06, GOODS),
    "CHAIR-02": ("Beech chair", 25.61, GOODS),
    "CHAIR-03": ("Ash chair", 25.63, GOODS),
    "TABLE-01": ("Dining table, seats six", 249.99, GOODS),
    "LAMP-07": ("Desk lamp", 18.33, GOODS),
    "ROPE-M": ("Rope, by the metre", 1.2345, GOODS),
    "SCREW-4": ("Screw 4 × 40, loose", 0.00345, GOODS),
    "BOOK-11": ("Restoring old furniture (book)", 14.95, GOODS),
    "SEAT-KID": ("Child car seat", 89.50, GOODS),
    "GIFT-20": ("Gift box", 19.99, GOODS),
    "FIT-HOUR": ("Fitting, per hour", 47.50, SERVICES),
    "DELIV": ("Delivery", 12.34, SERVICES),
    "TRAIN-D": ("Training day", 640.00, SERVICES),
    "INSUR": ("Transport insurance", 7.77, SERVICES),
    "SURVEY": ("Site survey", 133.33, SERVICES),
}


@dataclass(frozen=True)
class Line:
    """One line; ``product`` is a reference, or free text with a ``price``."""

    product: str
    quantity: float = 1
    tax: str = "20"
    price: float = None
    discount: float = 0
    kind: str = "product"


@dataclass(frozen=True)
class Document:
    """One sales invoice.

    ``fate`` is what must become of it: ``sent``; ``stopped`` with a note whose cause
    is ``cause``; or left ``out`` without a word.
    """

    customer: str
    lines: tuple
    days_ago: int = 10
    currency: str = "GBP"
    reference: str = ""
    fate: str = "sent"
    cause: str = ""
    post: bool = True
    values: dict = field(default_factory=dict)


def _section(text):
    return Line(text, kind="line_section")


def _note(text):
    return Line(text, kind="line_note")


def _doc(customer, *lines, **values):
    return Document(customer, lines, **values)


DOCUMENTS = (
    # Tax rounded per document and per line differ by a cent here
    _doc("azure", Line("CHAIR-01"), Line("CHAIR-02"), Line("CHAIR-03"), days_ago=40),
    _doc("azure", Line("CHAIR-01", 3), Line("CHAIR-03", 7), reference="PO 4711"),
    _doc("brook", *(Line("LAMP-07", quantity) for quantity in (1, 1, 1, 2, 1))),
    _doc("brook", Line("SEAT-KID", 1, "5"), Line("SEAT-KID", 1, "5", 10.10)),
    _doc("castle", *(Line("Coaster", 1, "5", 0.10) for _ in range(5)), days_ago=3),
    # Each tax alone, and all together
    _doc("castle", Line("TABLE-01", 2), Line("DELIV")),
    _doc("grove", Line("BOOK-11", 30, "0")),
    _doc("grove", Line("TRAIN-D", 1, "exempt"), reference="Spring term"),
    _doc("elm", Line("Deposit on keys", 1, "none", 50.00)),
    _doc(
        "elm",
        Line("CHAIR-02", 4),
        Line("SEAT-KID", 2, "5"),
        Line("BOOK-11", 3, "0"),
        Line("TRAIN-D", 0.5, "exempt"),
        Line("INSUR", 1, "none"),
    ),
    # Sections and notes
    _doc(
        "finch",
        _section("Meeting room"),
        Line("TABLE-01"),
        Line("CHAIR-01", 6),
        _note("Delivered on the ground floor; the lift takes no table."),
        _section("Services"),
        Line("FIT-HOUR", 3.25),
    ),
    _doc("finch", Line("SURVEY"), _note("Report follows by post."), days_ago=1),
    # Discounts
    _doc("juniper", Line("CHAIR-03", 12, discount=7.5), Line("LAMP-07", 12)),
    _doc("juniper", Line("TABLE-01", 3, discount=33.33), Line("DELIV", 3)),
    _doc("iris", Line("GIFT-20", 5, discount=100), Line("ROPE-M", 11)),
    _doc("juniper", Line("TRAIN-D", 2), Line("Loyalty", 1, "20", -128.00)),
    # More decimals than Xero takes
    _doc("kestrel", Line("ROPE-M", 8.5), Line("ROPE-M", 0.33)),
    _doc("kestrel", Line("SCREW-4", 12500), reference="RFQ/2231"),
    _doc("kestrel", Line("SCREW-4", 999), Line("ROPE-M", 3), Line("FIT-HOUR", 0.33)),
    # Prices with the tax inside, alone and beside others
    _doc("iris", Line("GIFT-20", 1, INSIDE), Line("GIFT-20", 3, INSIDE)),
    _doc("iris", Line("LAMP-07", 7, INSIDE, 22.00), Line("DELIV", 1, INSIDE, 9.99)),
    _doc("brook", Line("GIFT-20", 2, INSIDE), Line("CHAIR-01", 2), days_ago=25),
    # Other currencies
    _doc("dune", Line("TABLE-01", 2, "export", 293.25), currency="EUR"),
    _doc("dune", Line("CHAIR-02", 3, "20", 30.07), Line("DELIV"), currency="EUR"),
    _doc("hudson", Line("LAMP-07", 9, "export", 24.71), currency="USD", days_ago=15),
    # A total of zero whose lines are not
    _doc("azure", Line("FIT-HOUR", 2), Line("Goodwill", 2, "20", -47.50)),
    # What must be stopped, and what must stay out
    _doc(
        "castle",
        Line("LAMP-07", 2, UNMAPPED),
        fate="stopped",
        cause="tax_unmapped",
    ),
    _doc("muller", Line("GIFT-20"), fate="stopped", cause="contact_email_invalid"),
    _doc("grove", Line("CHAIR-01", 30), fate="out", post=False),
    _doc("azure", Line("SURVEY"), fate="out", days_ago=SENT_FROM_DAYS + 40),
)
