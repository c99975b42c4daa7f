"""What people do with money in Xero, and what Xero tells about it."""

import json

from odoo import SUPERUSER_ID, api

from ...lib import webhooks

#: Xero's lists of documents, and what is still open on one.
LISTS = {
    "Invoices": ("InvoiceID", "AmountDue"),
    "CreditNotes": ("CreditNoteID", "RemainingCredit"),
}

#: What may go wrong with a call, and on which.
FAULTS = ("answer_lost", "dropped", "bad_gateway", "server_error", "unavailable")
METHODS = ("PUT", "PUT", "POST", "GET", None)
PATHS = (
    "/Payments",
    "/Payments",
    "/BatchPayments",
    "/CreditNotes",
    "/Allocations",
    "/Invoices",
    None,
)

#: The key under which Xero signs its webhooks.
KEY = "a key of forty letters that Xero shows us"


class There:
    """The steps of a bookkeeper in Xero, and of Xero itself.

    :ivar made_there: ids of what the bookkeeper made
    """

    # === PAY === #

    def pay_there(self):
        """On the account that is read in Xero."""
        found = self.pick(self.open_there())
        if found:
            self.pay(found, self.some_of(self.due(found)))

    def pay_expected_there(self):
        """What was expected in Odoo arrives."""
        expected = self.case.env["xero.part"].search(
            [
                ("document_id", "in", self.documents.ids),
                ("journal_id", "=", self.case.feed.id),
                ("wanted", "=", True),
            ]
        )
        part = self.pick(expected.filtered(lambda each: not each.xero_id))
        found = part and self.of(part.document_id)
        if found and self.due(found) >= part.amount:
            self.pay(found, part.amount)

    def pay_together_there(self):
        kind = self.random.choice(("ACCREC", "ACCPAY"))
        found = [each for each in self.open_there() if each["Type"] == kind]
        found = [each for each in found if each["CurrencyCode"] == "GBP"]
        if len(found) > 1:
            ids = [each["InvoiceID"] for each in found]
            batch = self.case.xero.pay_batch(ids, account="091", date=self.day())
            self.made_there |= {each["PaymentID"] for each in batch["Payments"]}

    def pay_faster_there(self):
        """A bookkeeper pays between our plan and our send (T43)."""
        self.case.work()
        document = self.pick(self.open_here())
        found = document and self.of(document)
        if found and self.due(found) == document.amount_residual:
            self.register(document)
            self.plan()
            self.pay(found, self.due(found), account="090")

    def pay(self, found, amount, account="091"):
        values = {} if found["CurrencyCode"] == "GBP" else {"CurrencyRate": "1.2"}
        made = self.case.xero.pay(
            self.id_of(found), amount, account, date=self.day(), **values
        )
        self.made_there.add(made["PaymentID"])

    # === SET OFF === #

    def set_off_there(self):
        """A credit note is used on an invoice or bill."""
        side = self.random.choice(("ACCREC", "ACCPAY"))
        credit = self.pick(
            [each for each in self.open_there() if each["Type"] == f"{side}CREDIT"]
        )
        invoice = self.pick(
            [each for each in self.open_there() if each["Type"] == side]
        )
        if credit and invoice and credit["CurrencyCode"] == invoice["CurrencyCode"]:
            amount = self.some_of(min(self.due(credit), self.due(invoice)))
            made = self.case.xero.allocate(
                credit["CreditNoteID"], invoice["InvoiceID"], amount
            )
            self.made_there.add(made["AllocationID"])

    # === UNDO === #

    def remove_there(self):
        alone = [p for p in self.payments_there() if not p.get("BatchPaymentID")]
        payment = self.pick(alone)
        if payment:
            self.case.xero.remove_payment(payment["PaymentID"])

    def remove_together_there(self):
        batched = [p for p in self.payments_there() if p.get("BatchPaymentID")]
        payment = self.pick(batched)
        if payment:
            self.case.xero.delete_batch(payment["BatchPaymentID"])

    def take_off_there(self):
        allocation = self.pick(self.allocations_there())
        if allocation:
            self.case.xero.remove_allocation(allocation["AllocationID"])

    def confirm_there(self):
        """A payment is matched with the bank's line."""
        payment = self.pick(self.payments_there())
        if payment:
            self.case.xero.reconcile(payment["PaymentID"])

    def void_there(self):
        """A document that nothing was paid on is voided."""
        found = self.pick(
            [each for each in self.open_there() if self.due(each) == each["Total"]]
        )
        if found and self.random.random() < 0.3:
            resource = "invoices" if "InvoiceID" in found else "creditnotes"
            self.case.xero.void(self.id_of(found), resource)

    # === XERO ITSELF === #

    def fail(self):
        """The next call of one of many kinds goes wrong."""
        kind = self.random.choice(FAULTS)
        options = {"method": self.random.choice(METHODS)}
        if kind in ("server_error", "bad_gateway"):
            options["committed"] = self.random.random() < 0.5
        self.case.xero.fault(kind, path=self.random.choice(PATHS), **options)

    def tell(self, everything=False):
        """Xero tells what happened: shuffled, some of it twice, some of it later."""
        self.untold += self.case.xero.webhook_events()
        self.case.xero.drop_events()
        self.random.shuffle(self.untold)
        count = self.random.randrange(len(self.untold) + 1)
        told = self.untold if everything else self.untold[:count]
        self.untold = [] if everything else self.untold[count:]
        self.post(told)
        self.post(told[: self.random.randrange(3)])

    def post(self, events):
        """Deliver a webhook as the route does."""
        if not events:
            return
        self.case.commit()
        body = json.dumps({"events": events}).encode()
        with self.case.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            signed = webhooks.signature(body, KEY)
            assert env["xero.connection"]._receive(body, signed)
        self.case.env.invalidate_all()

    # === WHAT IS THERE === #

    def in_xero(self):
        """Documents of this history as Xero has them."""
        ids = set(self.ids())
        return [
            each
            for name in LISTS
            for each in self.case.in_xero(name.lower())
            if self.id_of(each) in ids
        ]

    def open_there(self):
        """Documents on which something is due in Xero."""
        return [
            each
            for each in self.in_xero()
            if each["Status"] == "AUTHORISED" and self.due(each)
        ]

    def payments_there(self):
        """Payments that stand on documents of this history."""
        ids = set(self.ids())
        return [
            each
            for each in self.case.in_xero("payments")
            if each["Status"] == "AUTHORISED" and self.id_paid(each) in ids
        ]

    def allocations_there(self):
        ids = set(self.ids())
        return [
            each
            for each in self.case.in_xero("allocations")
            if each["Invoice"]["InvoiceID"] in ids
        ]

    def of(self, document):
        """The document as Xero has it, or None."""
        xero_id = document._xero_link().xero_id
        found = [each for each in self.in_xero() if self.id_of(each) == xero_id]
        return found[0] if found and found[0]["Status"] == "AUTHORISED" else None

    def ids(self):
        """Ids in Xero of the documents, in their order."""
        links = self.case.env["xero.link"].search(
            [
                ("res_model", "=", "account.move"),
                ("res_id", "in", self.documents.ids),
                ("xero_id", "!=", False),
            ]
        )
        return links.mapped("xero_id")

    @staticmethod
    def id_of(found):
        return found.get("InvoiceID") or found.get("CreditNoteID")

    @staticmethod
    def id_paid(payment):
        found = payment.get("Invoice") or payment["CreditNote"]
        return There.id_of(found)

    @staticmethod
    def due(found):
        """What is open on a document of Xero's."""
        stem = "Invoices" if "InvoiceID" in found else "CreditNotes"
        return float(found[LISTS[stem][1]])
