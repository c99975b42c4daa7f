"""The part of :class:`~xero_simulator.control.Control` that works in the books.

It reads the whole truth and acts as a person inside Xero.
"""

import base64


class Books:
    """What can be read and done inside an organisation.

    ``tenant`` is a tenant id, an organisation's name or its place in the list; None is
    the first organisation. Acting raises ``XeroRefused`` when Xero's rules forbid it.
    """

    def _do(self, command, **arguments):
        raise NotImplementedError

    def _act(self, action, tenant=None, **arguments):
        return self._do("act", action=action, tenant=tenant, **arguments)

    # Reading

    def organisations(self):
        """Fields of every organisation, as in Xero's Organisation."""
        return self._do("organisations")

    def tenant_id(self, name_or_id=None):
        """The tenant id of an organisation by name, id or place."""
        everyone = self.organisations()
        if name_or_id is None or isinstance(name_or_id, int):
            return everyone[name_or_id or 0]["OrganisationID"]
        for organisation in everyone:
            if name_or_id in (organisation["Name"], organisation["OrganisationID"]):
                return organisation["OrganisationID"]
        raise KeyError(name_or_id)

    def documents(self, resource, tenant=None):
        """Every record of a resource with everything in it, archived and deleted too.

        :param resource: e.g. ``invoices``, ``contacts``, ``payments``, ``items``,
            ``accounts``
        """
        return self._do("documents", resource=resource, tenant=tenant)

    # Any resource

    def create(self, resource, values, tenant=None):
        """Create a record; the same fields and rules as in the API."""
        return self._do("create", resource=resource, values=values, tenant=tenant)

    def update(self, resource, record_id, values, tenant=None):
        """Change a record."""
        names = {"resource": resource, "record_id": record_id}
        return self._do("update", **names, values=values, tenant=tenant)

    def remove(self, resource, record_id, tenant=None):
        """Take a record away without a trace."""
        self._act("remove", tenant, resource=resource, record_id=record_id)

    def set_updated(self, resource, record_id, moment, tenant=None):
        """Set a record's UpdatedDateUTC, e.g. to ``2010-01-01T00:00:00``."""
        names = {"resource": resource, "record_id": record_id}
        self._do("set_updated", **names, moment=moment, tenant=tenant)

    # Contacts

    def archive_contact(self, contact_id, tenant=None):
        """Archive a contact."""
        return self._act("archive_contact", tenant, contact_id=contact_id)

    def restore_contact(self, contact_id, tenant=None):
        """Bring an archived contact back, which the API cannot."""
        return self._act("restore_contact", tenant, contact_id=contact_id)

    def merge_contacts(self, loser, winner, tenant=None):
        """Merge one contact into another."""
        return self._act("merge_contacts", tenant, loser=loser, winner=winner)

    # Documents and money

    def void(self, document, resource="invoices", tenant=None):
        """Void an approved document; ``resource="creditnotes"`` for a credit note."""
        return self.update(resource, document, {"Status": "VOIDED"}, tenant)

    def delete(self, document, resource="invoices", tenant=None):
        """Delete a draft; ``resource="creditnotes"`` for a credit note."""
        return self.update(resource, document, {"Status": "DELETED"}, tenant)

    def recode(self, document, account, line=0, tenant=None):
        """Put a line of an invoice, bill or credit note on another account.

        :param account: code
        :param line: place of the line, from 0
        """
        values = {"account": account, "line": line}
        return self._act("recode", tenant, document=document, **values)

    def come_from_repeating(self, document, repeating, tenant=None):
        """Have an invoice be one that the repeating invoice with this id made."""
        values = {"document": document, "repeating": repeating}
        return self._act("come_from_repeating", tenant, **values)

    def attach(self, document, name, content, mime_type="application/pdf", tenant=None):
        """Attach a file to an invoice, bill or credit note.

        :param content: bytes
        """
        text = base64.b64encode(content).decode()
        values = {"name": name, "content": text, "mime_type": mime_type}
        return self._act("attach", tenant, document=document, **values)

    def pay(
        self, document, amount=None, account="090", date=None, tenant=None, **values
    ):
        """Pay an invoice or bill, or refund a credit note.

        :param amount: None pays what is due
        :param account: code
        :param values: further fields of a Payment, e.g. ``Reference="JAX"``
        """
        values |= {"amount": amount, "account": account, "date": date}
        return self._act("pay", tenant, document=document, **values)

    def put_on_account(
        self,
        contact,
        amount,
        kind="RECEIVE-OVERPAYMENT",
        account="090",
        tenant=None,
        **values,
    ):
        """Receive or spend money without a document; the pre- or overpayment.

        :param kind: RECEIVE- or SPEND-, with PREPAYMENT or OVERPAYMENT; a prepayment
            needs ``LineItems`` with an account
        :param values: further fields of a BankTransaction
        """
        values |= {"amount": amount, "kind": kind, "account": account}
        return self._act("put_on_account", tenant, contact=contact, **values)

    def delete_bank_transaction(self, transaction, tenant=None):
        """Delete a bank transaction: its pre- or overpayment is void."""
        values = {"Status": "DELETED"}
        return self.update("bank_transactions", transaction, values, tenant)

    def allocate(self, credit_note, invoice, amount=None, date=None, tenant=None):
        """Apply a credit note, a pre- or overpayment to an invoice or bill.

        :param amount: None applies as much as goes
        :param date: None is today
        """
        names = {"credit_note": credit_note, "invoice": invoice}
        return self._act("allocate", tenant, **names, amount=amount, date=date)

    def remove_allocation(self, allocation, tenant=None):
        """Take an allocation away."""
        return self._act("remove_allocation", tenant, allocation=allocation)

    def count_stock(self, code, quantity, tenant=None):
        """Say how many of a tracked item lie in the store."""
        return self._act("count_stock", tenant, code=code, quantity=quantity)

    def remove_payment(self, payment, tenant=None):
        """Remove a payment, even a reconciled one."""
        return self._act("remove_payment", tenant, payment=payment)

    def pay_batch(self, invoices, account="090", date=None, tenant=None, **values):
        """Pay what is due on several documents (ids of one type) in one batch."""
        values |= {"account": account, "date": date}
        return self._act("pay_batch", tenant, invoices=invoices, **values)

    def delete_batch(self, batch, tenant=None):
        """Delete a batch payment with all its payments, even a reconciled one."""
        return self.update("batch_payments", batch, {"Status": "DELETED"}, tenant)

    def reconcile(self, payment, reconciled=True, tenant=None):
        """Match a payment, a batch or a bank transaction with the bank, or undo it."""
        return self._act("reconcile", tenant, payment=payment, reconciled=reconciled)

    # Purchase orders

    def bill_order(self, order, tenant=None):
        """Copy an approved order to a draft bill: the order is BILLED."""
        return self._act("bill_order", tenant, order=order)

    def delete_order(self, order, tenant=None):
        """Delete an order, a billed one too."""
        return self.update("purchase_orders", order, {"Status": "DELETED"}, tenant)

    # Settings

    def set_lock_date(self, date, kind="period", tenant=None):
        """Lock up to and including a date (``period`` or ``year``); None unlocks."""
        self._act("set_lock_date", tenant, date=date, kind=kind)

    def set_organisation(self, tenant=None, **fields):
        """Change fields of Organisation, e.g. ``BaseCurrency="EUR"``."""
        self._act("set_organisation", tenant, **fields)

    def set_option(self, tenant=None, **options):
        """Options of :class:`~.organisation.Organisation`, e.g. ``adviser``."""
        self._act("set_option", tenant, **options)

    def archive_account(self, code, tenant=None):
        """Archive an account."""
        self._act("archive_account", tenant, code=code)

    def delete_tax_rate(self, tax_type, tenant=None):
        """Delete a tax rate; it stays in the list."""
        self._act("delete_tax_rate", tenant, tax_type=tax_type)

    def remove_currency(self, code, tenant=None):
        """Drop a currency."""
        self._act("remove_currency", tenant, code=code)
