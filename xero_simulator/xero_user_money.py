"""What a person does with money inside Xero."""

from .errors import NotFound, Refused
from .resources.document_kinds import KINDS, TABLES, kind_of
from .resources.document_view import due
from .resources.payments import IN_BATCH


class MoneyUser:
    """The part of :class:`~.xero_user.XeroUser` that pays, allocates and reconciles."""

    organisation = None

    def _endpoint(self, resource):
        raise NotImplementedError

    def create(self, resource, values):
        """Create a record; numbers and dates as in the API."""
        raise NotImplementedError

    def _document(self, document_id):
        """An invoice, bill, credit note, prepayment or overpayment.

        :raise NotFound: there is none
        """
        for name in TABLES.values():
            found = getattr(self.organisation, name).get(document_id)
            if found:
                return found
        raise NotFound

    def pay(self, document, amount=None, account="090", date=None, **values):
        """Pay a document, or refund a credit note, from an account by code.

        :param amount: by default what is due
        """
        record = self._document(document)
        stem = kind_of(record).stem
        values |= {
            stem: {f"{stem}ID": document},
            "Account": {"Code": account},
            "Amount": due(record) if amount is None else amount,
        }
        if date:
            values["Date"] = date
        return self.create("payments", values)

    def put_on_account(
        self, contact, amount, kind="RECEIVE-OVERPAYMENT", account="090", **values
    ):
        """Money without a document: a pre- or overpayment, by its bank transaction.

        :return: the prepayment or overpayment
        """
        line = {"Description": "On account", "Quantity": 1, "UnitAmount": amount}
        values = {
            "Type": kind,
            "Contact": {"ContactID": contact},
            "BankAccount": {"Code": account},
            "LineItems": [line],
            **values,
        }
        made = self.create("bank_transactions", values)
        record = self._document(made[KINDS[kind].id_field])
        return self._endpoint(TABLES[KINDS[kind].stem]).truth(record)

    def allocate(self, credit_note, invoice, amount=None, date=None):
        """Apply a credit note, a pre- or overpayment to an invoice or bill.

        :param amount: by default as much as goes
        :param date: by default today
        """
        note, target = self._document(credit_note), self._document(invoice)
        element = {
            "Invoice": {"InvoiceID": invoice},
            "Amount": min(due(note), due(target)) if amount is None else amount,
            "Date": date or self.organisation.today(),
        }
        endpoint = self._endpoint("allocations")
        endpoint.note = note
        with self.organisation.journal.savepoint():
            return endpoint.truth(endpoint.save(element, "create"))

    def remove_allocation(self, allocation):
        """Take an allocation away."""
        endpoint = self._endpoint("allocations")
        return endpoint.removed(endpoint.found(allocation))

    def remove_payment(self, payment):
        """Remove a payment, reconciled or not, unless it is part of a batch."""
        endpoint = self._endpoint("payments")
        record = endpoint.found(payment)
        if record.get("BatchPaymentID"):
            raise Refused(IN_BATCH)
        return endpoint.truth(endpoint.removed(record))

    def pay_batch(self, invoices, account="090", date=None, **values):
        """Pay what is due on several documents in one batch."""
        table = self.organisation.invoices
        values |= {
            "Account": {"Code": account},
            "Payments": [
                {"Invoice": {"InvoiceID": key}, "Amount": due(table.get(key))}
                for key in invoices
            ],
        }
        if date:
            values["Date"] = date
        return self.create("batch_payments", values)

    def reconcile(self, payment, reconciled=True):
        """Match a payment, a batch or a bank transaction with the bank, or undo it."""
        for one in self.organisation.payments.find("batch", payment):
            if one["Status"] == "AUTHORISED":
                self._set_reconciled("payments", one["PaymentID"], reconciled)
        for resource in ("batch_payments", "bank_transactions"):
            if getattr(self.organisation, resource).get(payment):
                return self._set_reconciled(resource, payment, reconciled)
        return self._set_reconciled("payments", payment, reconciled)

    def _set_reconciled(self, resource, key, reconciled):
        endpoint = self._endpoint(resource)
        record = {**endpoint.found(key), "IsReconciled": reconciled}
        return endpoint.truth(endpoint.table.put(self.organisation.stamp(record)))
