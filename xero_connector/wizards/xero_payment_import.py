"""Bring payments from Xero: five filters, tick, book, and see what became of each."""

from odoo import Command, fields, models

from ..lib import errors, wire
from ..models.xero_part_doubt import _document_of

#: What a person reads of each outcome (S201).
OUTCOMES = [
    ("created", "Booked"),
    ("linked", "Linked to the payment in Odoo"),
    ("known", "Known already"),
    ("deleted", "Deleted in Xero"),
    ("undone", "Undone in Odoo"),
    ("not_ours", "Not ours"),
    ("owned", "Recorded in Odoo first"),
    ("no_journal", "No journal"),
    ("elsewhere", "In Odoo on another account"),
    ("draft", "Document is a draft"),
    ("refused", "Needs attention"),
    ("busy", "Being sent just now"),
]

#: Payments in one look; more are found with narrower filters.
_PAGE_SIZE = 1000


class XeroPaymentImport(models.TransientModel):
    _name = "xero.payment.import"
    _description = "Payments From Xero"

    connection_id = fields.Many2one(
        "xero.connection",
        required=True,
        default=lambda self: self.env.company._xero_connection(),
    )
    date_from = fields.Date("From")
    date_to = fields.Date("To")
    number = fields.Char("Invoice Number")
    reference = fields.Char("Invoice Reference")
    contact = fields.Char("Customer")
    state = fields.Selection(
        [("look", "Choose"), ("done", "Done")], default="look", readonly=True
    )
    line_ids = fields.One2many("xero.payment.import.line", "import_id")
    has_more = fields.Boolean(readonly=True)

    # === LOOK === #

    def action_look_up(self):
        """Read Xero's payments between the days, and show those that fit (S199)."""
        self.ensure_one()
        self.env["xero.connection"]._check_manager()
        self.connection_id.check_access("read")
        worker = self.connection_id.sudo()._as_worker()
        found = self._read(worker)
        self.has_more = len(found) == _PAGE_SIZE
        fitting = self._fitting(worker, found)
        self.line_ids = [Command.clear()] + [
            Command.create(values) for values in fitting
        ]
        return self._reopen()

    def _read(self, connection):
        resource = self.env["xero.resource"]._get("payment")
        tests = ['Status=="AUTHORISED"']
        for name, day in ((">=", self.date_from), ("<=", self.date_to)):
            if day:
                tests.append(f"Date{name}DateTime({day.year},{day.month},{day.day})")
        try:
            return connection._read_list(
                resource, where=" AND ".join(tests), page=1, page_size=_PAGE_SIZE
            )
        except errors.XeroError as error:
            raise connection._as_user_error(error) from error

    def _fitting(self, connection, found):
        """Values of the lines: payments on documents, ours or not, by the filters."""
        known = connection._settled_payments(found)
        documents = connection._documents_paid(found)
        lines = []
        for element in found:
            stem, xero_id = _document_of(element)
            if stem not in ("Invoice", "CreditNote"):
                continue
            document = documents.get(xero_id)
            values = self._line_values(element, stem, document)
            if element["PaymentID"] not in known and self._fits(values, document):
                lines.append(values)
        return lines

    def _line_values(self, element, stem, document):
        there = element[stem]
        return {
            "chosen": bool(document),
            "date": wire.parse_date(element["Date"]),
            "number": there.get(f"{stem}Number"),
            "contact": (there.get("Contact") or {}).get("Name"),
            "amount": float(element["Amount"]),
            "currency": there.get("CurrencyCode"),
            "reference": element.get("Reference"),
            "document_id": document.id if document else False,
            "element": wire.dumps(element),
        }

    def _fits(self, values, document):
        asked = (
            (self.number, values["number"]),
            (self.reference, document.ref if document else ""),
            (self.contact, values["contact"]),
        )
        return all(
            words.lower() in (text or "").lower() for words, text in asked if words
        )

    # === BOOK === #

    def action_import(self):
        """Book what is ticked; each line says what became of it (S200, S201, S211)."""
        self.ensure_one()
        self.env["xero.connection"]._check_manager()
        self.connection_id.check_access("read")
        chosen = self.line_ids.filtered("chosen")
        (self.line_ids - chosen).unlink()
        worker = self.connection_id.sudo()._as_worker()
        arrivals = worker._apply_payments([wire.loads(line.element) for line in chosen])
        by_id = {each.element["PaymentID"]: each for each in arrivals}
        for line in chosen:
            arrival = by_id[wire.loads(line.element)["PaymentID"]]
            line.outcome, line.message = arrival.outcome, arrival.message
        self.state = "done"
        return self._reopen()

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }


class XeroPaymentImportLine(models.TransientModel):
    _name = "xero.payment.import.line"
    _description = "A Payment From Xero"
    _order = "date, id"

    import_id = fields.Many2one(
        "xero.payment.import", required=True, ondelete="cascade"
    )
    chosen = fields.Boolean("Book")
    date = fields.Date(readonly=True)
    number = fields.Char("Document", readonly=True)
    contact = fields.Char("Customer", readonly=True)
    amount = fields.Float(readonly=True, digits=(16, 2))
    currency = fields.Char(readonly=True)
    reference = fields.Char(readonly=True)
    document_id = fields.Many2one("account.move", "In Odoo", readonly=True)
    element = fields.Text(readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    message = fields.Char(readonly=True)
