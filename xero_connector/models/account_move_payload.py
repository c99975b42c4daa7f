"""A sales invoice as Xero wants it, equal to Odoo's to the cent (N3)."""

import math
from dataclasses import dataclass, field

from xero_python.accounting import Contact, Invoice, LineItem

from odoo import models
from odoo.tools import float_repr

from ..lib import fit, money
from .xero_sync_mixin import Assessment, Facts

_TEXT_MAX = 4000
_CODE_MAX = 10


@dataclass
class InvoiceFacts(Facts):
    """Everything that a batch of documents looks up, read once."""

    accounts: dict = field(default_factory=dict)
    """account.account id to xero.account."""
    taxes: dict = field(default_factory=dict)
    """account.tax id to xero.tax.rate."""
    no_tax: object = None
    """The rate of sales lines without a tax."""
    contacts: dict = field(default_factory=dict)
    """Partner id to ContactID."""
    items: dict = field(default_factory=dict)
    """Product id to item code, only for items whose stock Xero does not count."""
    currencies: set = field(default_factory=set)
    locked: object = None
    rounding_account: object = None
    public_url: str = ""
    keep_draft: set = field(default_factory=set)


class AccountMove(models.Model):
    _inherit = "account.move"

    # === READ AHEAD === #

    def _xero_facts(self, connection):
        self._xero_prefetch()
        own = self.env(su=True)
        mapping, link = own["xero.mapping"], own["xero.link"]
        contacts = link._live_for(self.commercial_partner_id, connection)
        products = self.invoice_line_ids.product_id.filtered("default_code")
        items = link._live_for(products, connection)
        currencies = own["xero.currency"].search(
            [("connection_id", "=", connection.id)]
        )
        system = connection.sudo()
        return InvoiceFacts(
            connection=connection,
            accounts=mapping._by_record(connection, "account"),
            taxes=mapping._by_record(connection, "tax"),
            no_tax=system.no_tax_sale_rate_id,
            contacts={res_id: each.xero_id for res_id, each in contacts.items()},
            items={
                res_id: each.xero_number
                for res_id, each in items.items()
                if each.xero_id and not (each.snapshot or {}).get("tracked")
            },
            currencies=set(currencies.mapped("key")),
            locked=system.organisation_id.lock_date,
            rounding_account=own["xero.account"]._system(connection, "ROUNDING"),
            public_url=self._xero_public_url(),
        )

    def _xero_prefetch(self):
        """Fill the caches that the tax engine would otherwise fill record by record."""
        lines = self.line_ids
        columns = [
            name
            for name, column in lines._fields.items()
            if column.store and column.prefetch is True and column.column_type
        ]
        lines.fetch([*columns, "tax_ids", "tax_tag_ids"])
        lines.tax_ids.mapped("children_tax_ids")
        lines.tax_ids.mapped("repartition_line_ids.tag_ids")
        lines.mapped("tax_repartition_line_id.tax_id")
        lines.account_id.mapped("code")
        lines.product_id.mapped("default_code")

    def _xero_public_url(self):
        """Our address if Xero takes it for a link back: https and public (S132)."""
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url") or ""
        usable = base.startswith("https://") and "xero" not in base.lower()
        return base if usable else ""

    # === CHECKS === #

    def _xero_problems(self, facts):
        """Everything about this invoice that Xero would refuse."""
        problems = self._xero_problems_of_header(facts)
        for line in self._xero_base_records():
            problems += self._xero_problems_of_line(facts, line)
        return list({problem.key: problem for problem in problems}.values())

    def _xero_problems_of_header(self, facts):
        problems, filed = [], facts.connection.filed_up_to
        if facts.locked and self.invoice_date <= facts.locked:
            problems.append(
                self._xero_problem(
                    "locked_period",
                    date=self._xero_day(self.invoice_date),
                    locked=self._xero_day(facts.locked),
                )
            )
        elif filed and self.invoice_date <= filed:
            problems.append(
                self._xero_problem("filed_period", filed=self._xero_day(filed))
            )
        currency = self.currency_id.name
        if currency not in facts.currencies:
            problems.append(
                self._xero_problem(
                    "currency_missing",
                    self.currency_id,
                    key=currency,
                    currency=currency,
                )
            )
        return problems

    def _xero_day(self, date):
        return self.env["ir.qweb.field.date"].value_to_html(date, {})

    def _xero_base_records(self):
        """Journal items that become lines with an amount."""
        return self.line_ids.filtered(
            lambda line: (
                line.display_type in ("product", "epd", "rounding")
                and not line.tax_repartition_line_id
            )
        )

    def _xero_problems_of_line(self, facts, line):
        problems, taxes = [], line.tax_ids
        if not (line.name or line.product_id.display_name or "").strip():
            problems.append(self._xero_problem("description_missing"))
        account = self._xero_account(facts, line.account_id)
        if not account:
            problems.append(self._xero_unmapped("account", line.account_id))
        elif len(account.code or "") > _CODE_MAX:
            problems.append(
                self._xero_problem(
                    "account_code_long", key=account.code, code=account.code
                )
            )
        if len(taxes) > 1:
            problems.append(
                self._xero_problem("two_taxes", taxes=", ".join(taxes.mapped("name")))
            )
            return problems
        rate = self._xero_rate(facts, taxes)
        if taxes and taxes.amount_type not in ("percent", "division"):
            problems.append(
                self._xero_problem("tax_kind", taxes, key=taxes.id, tax=taxes.name)
            )
        elif not rate:
            kind = "tax" if taxes else "no_tax_sale"
            problems.append(self._xero_unmapped(kind, taxes))
        elif taxes._xero_rate_differs(rate):
            problems.append(
                self._xero_problem(
                    "rate_differs",
                    taxes,
                    key=taxes.id,
                    tax=taxes.name,
                    ours=f"{taxes._xero_percentage():g}",
                    rate=rate.name,
                    theirs=f"{rate.effective_rate:g}",
                )
            )
        elif account and not rate._allowed_on(account):
            problems.append(
                self._xero_problem(
                    "tax_on_account",
                    key=f"{rate.id},{account.id}",
                    rate=rate.name,
                    account=account.display_name,
                    tax=taxes.name or self.env._("without tax"),
                )
            )
        return problems

    def _xero_unmapped(self, kind, record):
        return self._xero_problem(
            f"{kind}_unmapped",
            record,
            key=str(record.id or 0),
            name=record.display_name if record else "",
        )

    def _xero_account(self, facts, account):
        """Xero's account: the mapped one, else the connection's default (S73)."""
        return facts.accounts.get(account.id) or (
            facts.connection.sudo().default_sale_account_id
        )

    def _xero_rate(self, facts, taxes):
        return facts.taxes.get(taxes.id) if taxes else facts.no_tax

    # === PAYLOAD === #

    def _xero_payload(self, facts, link):
        inclusive = self._xero_inclusive()
        fitted = self._xero_fit(facts, inclusive)
        lines = self._xero_lines(facts, fitted)
        invoice = Invoice(
            type="ACCREC",
            contact=Contact(contact_id=facts.contacts[self.commercial_partner_id.id]),
            date=self.invoice_date,
            due_date=self.invoice_date_due or self.invoice_date,
            invoice_number=self.name,
            reference=(self.ref or self.invoice_origin or "")[:255] or None,
            currency_code=self.currency_id.name,
            line_amount_types="Inclusive" if inclusive else "Exclusive",
            line_items=[line for _key, line in lines],
        )
        if self.currency_id != self.company_currency_id:
            invoice.currency_rate = self._xero_currency_rate()
        if facts.public_url:
            invoice.url = (
                f"{facts.public_url}/odoo/accounting/customer-invoices/{self.id}"
            )
        agreed = {
            "status": self._xero_status(facts.connection, link),
            "net": f"{fitted.totals.sub_total:.2f}",
            "tax": f"{fitted.totals.total_tax:.2f}",
            "total": f"{fitted.totals.total:.2f}",
            "rounding": f"{fitted.rounding:.2f}",
            "line_keys": [key for key, _line in lines],
        }
        return invoice, agreed

    def _xero_currency_rate(self):
        """Odoo's rate, foreign units per company unit, to six significant digits."""
        rate = self.invoice_currency_rate
        return money.exact(round(rate, max(6, 5 - math.floor(math.log10(rate)))))

    def _xero_status(self, connection, link):
        """Drafts in a trial; afterwards as set, except drafts that someone kept."""
        if connection.mode == "trial" or link.keep_draft:
            return "DRAFT"
        return connection.invoice_status

    def _xero_inclusive(self):
        """Whether the printed prices contain their tax, all of them."""
        taxes = self._xero_base_records().tax_ids
        return bool(taxes) and all(tax.price_include for tax in taxes)

    def _xero_fit(self, facts, inclusive):
        """Lines whose amounts Xero will compute exactly as Odoo booked them.

        :raises lib.money.MoneyError: impossible; the document is stopped
        """
        base_lines, _tax_lines = self._get_rounded_base_and_tax_lines()
        wanted = [self._xero_wanted_line(facts, each) for each in base_lines]
        return fit.fit(
            wanted,
            self._xero_cents(self.amount_untaxed),
            self._xero_cents(self.amount_tax),
            self._xero_cents(self.amount_total),
            inclusive=inclusive,
        )

    def _xero_wanted_line(self, facts, base_line):
        details = base_line["tax_details"]
        net = (
            details["total_excluded_currency"]
            + details["delta_total_excluded_currency"]
        )
        tax = sum(each["tax_amount_currency"] for each in details["taxes_data"])
        rate = self._xero_rate(facts, base_line["tax_ids"])
        return fit.Wanted(
            ref=base_line["record"],
            quantity=base_line["quantity"],
            unit_amount=base_line["price_unit"],
            net=self._xero_cents(net),
            tax=self._xero_cents(tax),
            tax_rate=rate.effective_rate,
            discount_rate=base_line["discount"],
        )

    def _xero_cents(self, amount):
        """An amount as text, without binary noise, in the currency's decimals."""
        return float_repr(amount, self.currency_id.decimal_places)

    def _xero_lines(self, facts, fitted):
        """Lines in the order of the document, sections and notes as text lines."""
        by_record = {line.ref: line for line in fitted.lines}
        lines = []
        shown = self.invoice_line_ids.sorted(lambda line: (line.sequence, line.id))
        for record in shown | self._xero_base_records():
            if record in by_record:
                line = self._xero_line(facts, record, by_record[record])
                lines.append((str(record.id), line))
            elif record.display_type in _TEXT_LINES and record.name:
                text = LineItem(description=record.name[:_TEXT_MAX])
                lines.append((str(record.id), text))
        if fitted.rounding:
            rounding = self._xero_rounding_line(facts, fitted.rounding)
            lines.append(("rounding", rounding))
        return lines

    def _xero_line(self, facts, record, line):
        name = record.name or record.product_id.display_name
        text = f"{name} ({line.figures})" if line.figures else name
        return LineItem(
            description=text[:_TEXT_MAX],
            quantity=line.quantity,
            unit_amount=line.unit_amount,
            discount_rate=line.discount_rate,
            item_code=facts.items.get(record.product_id.id),
            account_code=self._xero_account(facts, record.account_id).code,
            tax_type=self._xero_rate(facts, record.tax_ids).tax_type,
            tax_amount=line.tax_amount,
        )

    def _xero_rounding_line(self, facts, amount):
        return LineItem(
            description=self.env._("Rounding"),
            quantity=1,
            unit_amount=amount,
            account_code=facts.rounding_account.code,
            tax_type=facts.no_tax.tax_type,
        )

    # === ASSESS === #

    def _xero_assess(self, facts, link):
        """Totals that cannot be made equal stop the document before it is sent."""
        try:
            found = super()._xero_assess(facts, link)
        except money.TooPrecise:
            problem = self._xero_problem(
                "third_decimal", currency=self.currency_id.name
            )
            return Assessment(self, link, "blocked", problems=[problem])
        except fit.Mismatch as error:
            problem = self._xero_problem(
                "total_differs_before", difference=f"{error.total:+.2f}"
            )
            return Assessment(self, link, "blocked", problems=[problem])
        if found.action == "create":
            found.payload["Status"] = found.agreed["status"]
        return found


_TEXT_LINES = ("line_section", "line_subsection", "line_note")
