"""The general ledger that follows from documents and money, on the accruals basis.

Amounts are in the base currency, debits positive. What a currency's rate does between a
document and its payment is a realised gain; open documents are not revalued.
"""

import datetime

from . import money
from .resources.allocations import source_of
from .resources.document_kinds import TABLES, is_sale, kind_of

POSTED = ("AUTHORISED", "PAID")
PROFIT_AND_LOSS = ("REVENUE", "EXPENSE")


def postings(organisation):
    """Everything that was posted: ``(date, account id, amount)``."""
    for name in TABLES.values():
        for document in getattr(organisation, name).all():
            if document["Status"] in POSTED:
                for account_id, amount in _document(organisation, document):
                    yield document["Date"], account_id, amount
    for payment in organisation.payments.all():
        if payment["Status"] == "AUTHORISED":
            for account_id, amount in _payment(organisation, payment):
                yield payment["Date"], account_id, amount
    for allocation in organisation.allocations.all():
        for account_id, amount in _allocation(organisation, allocation):
            yield allocation["Date"], account_id, amount


def balances(organisation, day, since=datetime.date.min):
    """What stands on each account at the end of a day, by account id.

    Earlier years' profit is in retained earnings.
    """
    year = _year_start(organisation, day)
    retained = _system(organisation, "RETAINEDEARNINGS")
    totals = {}
    for date, account_id, amount in postings(organisation):
        if not since <= date <= day:
            continue
        account = organisation.accounts.get(account_id)
        if date < year and account["Class"] in PROFIT_AND_LOSS:
            account_id = retained
        totals[account_id] = totals.get(account_id, money.ZERO) + amount
    return totals


def _year_start(organisation, day):
    """The first day of the financial year that a day lies in."""
    month = organisation.profile["FinancialYearEndMonth"] % 12 + 1
    start = day.replace(month=month, day=1)
    return start if start <= day else start.replace(year=day.year - 1)


def _system(organisation, name):
    return organisation.accounts.first("system", name)["AccountID"]


def _control(organisation, document):
    """Debtors or creditors."""
    name = "DEBTORS" if is_sale(document["Type"]) else "CREDITORS"
    return _system(organisation, name)


def _sign(document):
    """1 where the document itself is a debit of its control account."""
    sign = 1 if is_sale(document["Type"]) else -1
    return -sign if kind_of(document).stem == "CreditNote" else sign


def _base(amount, document):
    return money.rounded(amount / document["CurrencyRate"])


def _document(organisation, document):
    """Its total on debtors, creditors or the bank against its lines and their tax."""
    sign, lines = _sign(document), _lines(organisation, document)
    total = _base(document["Total"], document)
    transaction = organisation.bank_transactions.get(
        document.get("BankTransactionID", "")
    )
    control = transaction and transaction["BankAccount"]
    yield control or _control(organisation, document), sign * total
    for account_id, amount in lines:
        yield account_id, -sign * amount
    rounding = total - sum((amount for _, amount in lines), money.ZERO)
    yield _system(organisation, "ROUNDING"), -sign * rounding


def _lines(organisation, document):
    """Net amounts by account, and the tax."""
    rows = [line for line in document["LineItems"] if "LineAmount" in line]
    nets = [(row["AccountID"], _net(row, document)) for row in rows]
    tax = (_system(organisation, "GST"), document["TotalTax"])
    return [(account_id, _base(net, document)) for account_id, net in (*nets, tax)]


def _net(line, document):
    is_inclusive = document["LineAmountTypes"] == "Inclusive"
    return line["LineAmount"] - (line["TaxAmount"] if is_inclusive else 0)


def _reduced(organisation, document, amount):
    """What using a part of a document takes off its accounts.

    A prepayment stands on the accounts of its lines, everything else on debtors or
    creditors.
    """
    kind, part = kind_of(document), _base(amount, document)
    if kind.stem in ("Invoice", "CreditNote"):
        return [(_control(organisation, document), -_sign(document) * part)]
    if kind.stem == "Overpayment":
        return [(_control(organisation, document), _sign(document) * part)]
    share = amount / document["Total"]
    rows = [
        (account_id, _sign(document) * money.rounded(net * share))
        for account_id, net in _lines(organisation, document)
    ]
    rest = _sign(document) * part - sum(net for _, net in rows)
    return [*rows, (_system(organisation, "ROUNDING"), rest)]


def _payment(organisation, payment):
    table = getattr(organisation, TABLES[payment["Document"]])
    account = organisation.accounts.get(payment["Account"])
    reduced = _reduced(
        organisation, table.get(payment["DocumentID"]), payment["Amount"]
    )
    currency = account.get("CurrencyCode") or organisation.base_currency
    banked = payment["BankAmount"]
    if currency != organisation.base_currency:
        banked = money.rounded(banked / payment["CurrencyRate"])
    total = sum(amount for _, amount in reduced)
    rows = [*reduced, (payment["Account"], banked if total < 0 else -banked)]
    return _balanced(organisation, rows)


def _allocation(organisation, allocation):
    invoice = organisation.invoices.get(allocation["InvoiceID"])
    source = source_of(organisation, allocation)
    documents = (invoice, source)
    rows = [
        row
        for document in documents
        for row in _reduced(organisation, document, allocation["Amount"])
    ]
    return _balanced(organisation, rows)


def _balanced(organisation, rows):
    """With the realised gain or loss that makes debits and credits equal."""
    gain = -sum(amount for _, amount in rows)
    return [*rows, (_system(organisation, "REALISEDCURRENCYGAIN"), gain)]
