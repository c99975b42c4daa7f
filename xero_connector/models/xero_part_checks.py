"""What keeps a part from Xero, found before it is sent and without a call."""

from dataclasses import dataclass, field

from odoo import models

from .xero_assessment import Assessment, Facts, Problem
from .xero_document_changes import APPROVED
from .xero_link import LEFT_ALONE

#: What is read of documents and entries, for all parts at once.
_READ = ("name", "state", "move_type", "commercial_partner_id", "currency_id")


@dataclass
class MoneyFacts(Facts):
    """Everything that assessing a batch of parts needs."""

    documents: dict = field(default_factory=dict)
    """account.move id to its xero.link."""
    credits: dict = field(default_factory=dict)
    """What is written off (``_xero_write_off_key``) to its credit note's xero.link."""
    contacts: dict = field(default_factory=dict)
    journals: dict = field(default_factory=dict)
    """account.journal id to xero.account."""
    methods: dict = field(default_factory=dict)
    """account.payment.method.line id to xero.account."""
    write_offs: dict = field(default_factory=dict)
    """account.account id to its mapping, which says what becomes of a write-off."""
    taxes: dict = field(default_factory=dict)
    no_tax: dict = field(default_factory=dict)
    """Whether it is a sale, to the rate of lines without tax."""
    overpayments: dict = field(default_factory=dict)
    """Entry to the xero.link of what of its money belongs to no document."""
    may_bank: bool = True
    """Whether Xero lets us record money without a document."""
    locked: object = None
    sendable: object = None
    """Documents without a link that may go to Xero."""
    due: object = None
    """Those of them that go by themselves."""
    waiting: object = None
    """Payments of Xero's on these documents that are not booked yet."""


class XeroPart(models.Model):
    _inherit = "xero.part"

    def _xero_facts(self, connection):
        own = self.env(su=True)
        mapping, links = own["xero.mapping"], own["xero.link"]
        (self.document_id | self.counterpart_move_id).fetch(_READ)
        documents = self.document_id
        for part in self.filtered(lambda each: each._xero_is_offset()):
            documents |= part.counterpart_move_id
        system = connection.sudo()
        notes = self._xero_credit_parts(connection)
        credits = links._live_for(notes, connection)
        partners = documents.commercial_partner_id | self.partner_id
        contacts = links._live_for(partners, connection)
        linked = links._live_for(documents, connection)
        missing = documents.filtered(lambda move: move.id not in linked)
        return MoneyFacts(
            connection=connection,
            documents=linked,
            sendable=missing._xero_in_scope(connection, by_user=True),
            due=missing._xero_in_scope(connection),
            credits={
                note._xero_write_off_key(): credits.get(note.id) for note in notes
            },
            contacts={res_id: each.xero_id for res_id, each in contacts.items()},
            journals=mapping._by_record(connection, "journal"),
            methods=mapping._by_record(connection, "method"),
            write_offs=mapping._actions(connection, "write_off"),
            taxes=mapping._by_record(connection, "tax"),
            no_tax={
                True: system.no_tax_sale_rate_id,
                False: system.no_tax_purchase_rate_id,
            },
            locked=system.organisation_id.lock_date,
        )

    def _xero_credit_parts(self, connection):
        """Credit notes of the write-offs of the documents of these parts."""
        return self.search(
            [
                ("connection_id", "=", connection.id),
                ("document_id", "in", self.document_id.ids),
                ("kind", "=", "credit_note"),
            ]
        )

    def _xero_write_off_key(self):
        """What a write-off's credit note and its allocation have in common."""
        entry, document = self.counterpart_move_id, self.document_id
        return document.id, entry.id, self.account_id.id, self.tax_id.id

    # === WAITING === #

    def _xero_assess(self, facts, link):
        """What a part settles must be approved in Xero first, and stand in Odoo."""
        if "draft" in (self.document_id.state, self.counterpart_move_id.state):
            return Assessment(self, link, "wait", waiting_for="posted")
        for each in self._xero_needed(facts):
            found = self._xero_assess_needed(facts, link, each)
            if found:
                return found
        return super()._xero_assess(facts, link)

    def _xero_needed(self, facts):
        """Links of what must be in Xero before this one part; None where there is no
        link."""
        needed = [facts.documents.get(self.document_id.id)]
        if self._xero_is_offset():
            needed.append(facts.documents.get(self.counterpart_move_id.id))
        elif self.kind == "allocation":
            needed.append(facts.credits.get(self._xero_write_off_key()))
        return needed

    def _xero_assess_needed(self, facts, link, needed):
        """Why this part cannot go yet, or None."""
        if needed is None or (needed.state in LEFT_ALONE):
            return self._xero_assess_unlinked(facts, link, needed)
        if needed.note_id.state == "open" and needed.state in ("error", "blocked"):
            if not (needed.xero_id and needed.xero_status in APPROVED):
                return Assessment(self, link, "blocked", note=needed.note_id)
            if (needed.snapshot or {}).get("differs"):
                return Assessment(self, link, "blocked", note=needed.note_id)
        if not needed.xero_id:
            waiting = "go_live" if needed.waiting_for == "go_live" else "dependency"
            return Assessment(self, link, "wait", waiting_for=waiting)
        if needed.xero_status not in APPROVED:
            return Assessment(self, link, "wait", waiting_for="approval")
        return None

    def _xero_assess_unlinked(self, facts, link, needed):
        """The document is not in Xero: it has not gone yet, someone keeps it out, or
        it is too early and nobody linked it (T1, T2)."""
        if needed and needed.state == "skipped":
            return Assessment(self, link, "leave")
        documents = self.document_id
        if self._xero_is_offset():
            documents |= self.counterpart_move_id
        known = facts.documents
        new = documents.filtered(lambda move: move.id not in known)
        missing = new | documents.filtered(
            lambda move: move.id in known and known[move.id].state == "gone"
        )
        if missing == new and new <= facts.sendable:
            due = new & facts.due
            links = self.env["xero.link"].sudo()
            for resource, some in due.grouped(lambda m: m._xero_resource()).items():
                links._ensure_pending(facts.connection, resource, some.ids)
            waiting = "dependency" if due else "approval"
            return Assessment(self, link, "wait", waiting_for=waiting)
        is_offset = self._xero_is_offset()
        problem = self._xero_problem(
            "credit_unlinked" if is_offset else "payment_unlinked",
            missing[:1],
            document=self.document_id.name,
            credit=self.counterpart_move_id.name or "",
        )
        return Assessment(self, link, "blocked", problems=[problem])

    # === PROBLEMS === #

    def _xero_problem(self, cause, record=None, key=None, **values):
        about = key or f"xero.part,{self.id}"
        subject = self._xero_subject()
        values = {
            "name": subject.name,
            "amount": self.currency_id.format(self.amount),
        } | values
        return Problem(
            cause,
            f"{cause}:{about}",
            values,
            record if record is not None else subject,
        )

    def _xero_problems(self, facts):
        problems = self._xero_problems_of_date(facts)
        if self.obstacle:
            problems.append(self._xero_problem_of_obstacle())
        elif self.kind == "payment":
            problems += self._xero_problems_of_account(facts)
            problems += self._xero_problems_of_write_offs()
        elif self.kind == "credit_note":
            problems += self._xero_problems_of_tax(facts)
        return problems

    def _xero_problem_of_obstacle(self):
        """Why no payment in Xero can stand for what Odoo booked."""
        entry = self.counterpart_move_id
        booked = entry.line_ids.account_id.filtered(
            lambda account: (
                account.account_type not in ("asset_receivable", "liability_payable")
            )
        )
        return self._xero_problem(
            self.obstacle,
            entry or self.payment_id,
            entry=entry.name or self.payment_id.name,
            count=len(self.payment_id.invoice_ids),
            currency=entry.currency_id.name,
            account=", ".join(booked.mapped("name")),
            partner=self._xero_partner().name,
        )

    def _xero_problems_of_date(self, facts):
        """Nothing behind a lock date, nor on a filed return (I16, T8, T9, T10)."""
        filed = facts.connection.filed_up_to
        if facts.locked and self.date <= facts.locked:
            cause = "allocation_locked" if self._xero_is_offset() else "locked_period"
        elif filed and self.date <= filed and not self._xero_is_offset():
            cause = "filed_period"
        else:
            return []
        return [
            self._xero_problem(
                cause,
                date=self._xero_day(self.date),
                locked=self._xero_day(facts.locked),
                filed=self._xero_day(filed),
                name=self.display_name,
            )
        ]

    def _xero_day(self, date):
        return self.env["ir.qweb.field.date"].value_to_html(date, {}) if date else ""

    def _xero_account(self, facts):
        """Where the money is in Xero: by the write-off's rule, the payment method, the
        journal, else the account for all others."""
        if self.contra:
            return facts.connection.sudo().contra_account_id
        if self.account_id:
            row = facts.write_offs.get(self.account_id.id)
            return row.xero_account_id if row else self.env["xero.account"]
        return (
            facts.methods.get(self.method_line_id.id)
            or facts.journals.get(self.journal_id.id)
            or facts.connection.sudo().payment_account_id
        )

    def _xero_problems_of_account(self, facts):
        account = self._xero_account(facts)
        if not account or not account.active:
            journal = self.journal_id
            return [
                self._xero_problem(
                    "journal_unmapped", journal, str(journal.id), name=journal.name
                )
            ]
        if not account.takes_payments:
            return [self._xero_problem("payment_account", key=str(account.id))]
        currency = self._xero_bank_currency(account)
        known = (self.company_id.currency_id.name, self.currency_id.name)
        if currency not in known:
            return [
                self._xero_problem(
                    "payment_third_currency",
                    currency=self.currency_id.name,
                    bank=currency,
                    books=self.company_id.currency_id.name,
                )
            ]
        return []

    def _xero_bank_currency(self, account):
        return account.currency_code or self.company_id.currency_id.name

    def _xero_problems_of_write_offs(self):
        """Money that did not reach the bank, and no rule for it (T40, N26)."""
        problems = []
        for account_id, amount in self.open_write_offs or ():
            account = self.env["account.account"].browse(account_id)
            problems.append(
                self._xero_problem(
                    "write_off_unmapped",
                    account,
                    str(account_id),
                    cash=self.currency_id.format(self.amount),
                    written=f"{amount} {self.currency_id.name}",
                    account=account.display_name,
                )
            )
        return problems

    def _xero_problems_of_tax(self, facts):
        if self._xero_rate(facts):
            return []
        if self.tax_id:
            tax = self.tax_id
            problem = self._xero_problem(
                "tax_unmapped", tax, str(tax.id), name=tax.display_name
            )
        else:
            side = "sale" if self.document_id._xero_is_sale() else "purchase"
            problem = self._xero_problem(f"no_tax_{side}_unmapped", key="0")
        return [problem]

    def _xero_rate(self, facts):
        """The invoice's rate where tax was reduced, else the one for no tax."""
        if self.tax_id:
            return facts.taxes.get(self.tax_id.id)
        return facts.no_tax[self.document_id._xero_is_sale()]
