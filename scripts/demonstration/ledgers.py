"""Reads both ledgers, each from its own side, and compares them document by document.

Odoo's from its journal items, Xero's from the simulator's books: neither from what the
connector remembers. Only the mapping is taken from it, since it is what people chose.
"""

from collections import defaultdict
from dataclasses import dataclass, fields
from decimal import Decimal

CENT = Decimal("0.01")


@dataclass
class Entry:
    """One document as a ledger has it; amounts in the document's currency."""

    number: str
    contact: str
    date: str
    due: str
    currency: str
    rate: Decimal
    net: Decimal
    tax: Decimal
    total: Decimal
    net_by: dict
    """Net by (account code, tax type), without zeros."""
    tax_by: dict
    """Tax by tax type, without zeros."""

    def differences(self, other):
        """Names of what is not equal."""
        return [
            each.name
            for each in fields(self)
            if getattr(self, each.name) != getattr(other, each.name)
        ]


def cents(amount):
    """An amount in cents, as a Decimal."""
    return Decimal(str(amount)).quantize(CENT)


def _without_zeros(sums):
    return {key: cents(value) for key, value in sums.items() if cents(value)}


class OdooLedger:
    """What Odoo has posted, in Xero's words for accounts and taxes."""

    def __init__(self, session, connection):
        self._session = session
        mine = [("connection_id", "=", connection)]
        self._codes = self._keys("xero.account", "code", mine)
        self._types = self._keys("xero.tax.rate", "tax_type", mine)
        self._accounts, self._taxes, self._untaxed = {}, {}, None
        self._read_mapping(mine)

    def _keys(self, model, field, domain):
        return {row["id"]: row[field] for row in self._read(model, domain, [field])}

    def _read(self, *args):
        return self._session.read(*args)

    def _read_mapping(self, mine):
        ours = ["account_id", "tax_id", "kind"]
        theirs = ["xero_account_id", "xero_tax_rate_id"]
        for row in self._read("xero.mapping", mine, ours + theirs):
            account, rate = (row[name] and row[name][0] for name in theirs)
            if row["kind"] == "account":
                self._accounts[row["account_id"][0]] = self._codes.get(account)
            elif row["kind"] == "tax":
                self._taxes[row["tax_id"][0]] = self._types.get(rate)
            elif row["kind"] == "no_tax_sale":
                self._untaxed = self._types.get(rate)

    def entries(self, ids):
        """Documents by number.

        :param ids: of account.move
        """
        names = ["name", "commercial_partner_id", "invoice_date", "invoice_date_due"]
        names += ["currency_id", "invoice_currency_rate"]
        names += ["amount_untaxed", "amount_tax", "amount_total"]
        moves = self._read("account.move", [("id", "in", list(ids))], names)
        nets, taxes = self._sums(ids)
        entries = [self._entry(move, nets, taxes) for move in moves]
        return {entry.number: entry for entry in entries}

    def _entry(self, move, nets, taxes):
        return Entry(
            number=move["name"],
            contact=move["commercial_partner_id"][1],
            date=move["invoice_date"],
            due=move["invoice_date_due"],
            currency=move["currency_id"][1],
            rate=_rate(move["invoice_currency_rate"]),
            net=cents(move["amount_untaxed"]),
            tax=cents(move["amount_tax"]),
            total=cents(move["amount_total"]),
            net_by=_without_zeros(nets[move["id"]]),
            tax_by=_without_zeros(taxes[move["id"]]),
        )

    def _sums(self, ids):
        """Net and tax of each document, from its journal items."""
        names = ["move_id", "display_type", "account_id", "tax_ids", "tax_line_id"]
        domain = [("move_id", "in", list(ids))]
        nets = defaultdict(lambda: defaultdict(Decimal))
        taxes = defaultdict(lambda: defaultdict(Decimal))
        for item in self._read(
            "account.move.line", domain, [*names, "amount_currency"]
        ):
            amount = -cents(item["amount_currency"])
            move = item["move_id"][0]
            if item["display_type"] == "tax":
                taxes[move][self._taxes.get(item["tax_line_id"][0])] += amount
            elif item["display_type"] == "product":
                nets[move][self._account(item), self._tax(item)] += amount
        return nets, taxes

    def _account(self, item):
        return self._accounts.get(item["account_id"][0])

    def _tax(self, item):
        if not item["tax_ids"]:
            return self._untaxed
        [tax] = item["tax_ids"]
        return self._taxes.get(tax)


def _rate(value):
    return Decimal(str(value)).quantize(Decimal("0.000001"))


class XeroLedger:
    """What the organisation in Xero has."""

    def __init__(self, control):
        self._control = control
        self._names = {
            contact["ContactID"]: contact["Name"]
            for contact in control.documents("contacts")
        }

    def entries(self):
        """Every sales document with its status: list of (entry, status)."""
        return [
            (self._entry(document), document["Status"])
            for document in self._control.documents("invoices")
        ]

    def _entry(self, document):
        net_by, tax_by = self._sums(document)
        return Entry(
            number=document["InvoiceNumber"],
            contact=self._names[document["Contact"]["ContactID"]],
            date=document["Date"][:10],
            due=document["DueDate"][:10],
            currency=document["CurrencyCode"],
            rate=_rate(document.get("CurrencyRate") or 1),
            net=cents(document["SubTotal"]),
            tax=cents(document["TotalTax"]),
            total=cents(document["Total"]),
            net_by=_without_zeros(net_by),
            tax_by=_without_zeros(tax_by),
        )

    @staticmethod
    def _sums(document):
        """Net by account and rate, tax by rate; text lines have neither."""
        net_by, tax_by = defaultdict(Decimal), defaultdict(Decimal)
        inside = document["LineAmountTypes"] == "Inclusive"
        for line in document["LineItems"]:
            if not line.get("LineAmount"):
                continue
            tax = line.get("TaxAmount") or 0
            net = line["LineAmount"] - (tax if inside else 0)
            net_by[line["AccountCode"], line["TaxType"]] += net
            tax_by[line["TaxType"]] += tax
        return net_by, tax_by
