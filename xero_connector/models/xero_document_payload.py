"""A document as Xero wants it, equal to Odoo's to the cent (N3)."""

from xero_python.accounting import Contact, LineItem, LineItemTracking

from odoo import models

from ..lib import fit, money
from .xero_assessment import Assessment
from .xero_document_line import TEXT_MAX

#: Lines without an amount, and the option that sends them.
_TEXT_LINES = {
    "line_section": "section_lines",
    "line_subsection": "section_lines",
    "line_note": "note_lines",
}


class XeroDocument(models.AbstractModel):
    _inherit = "xero.document"

    # === DOCUMENT === #

    def _xero_payload(self, facts, link):
        inclusive = self._xero_inclusive()
        fitted = self._xero_fit(facts, inclusive)
        lines = self._xero_lines(facts, fitted)
        status = self._xero_status(facts, link)
        values = {
            "contact": Contact(contact_id=facts.contacts[self._xero_partner().id]),
            "date": self._xero_date(facts),
            "currency_code": self.currency_id.name,
            "currency_rate": self._xero_currency_rate(),
            "line_amount_types": "Inclusive" if inclusive else "Exclusive",
            "line_items": [line for _key, line in lines],
        }
        agreed = {
            "status": status,
            "net": f"{fitted.totals.sub_total:.2f}",
            "tax": f"{fitted.totals.total_tax:.2f}",
            "total": f"{fitted.totals.total:.2f}",
            "rounding": f"{fitted.rounding:.2f}",
            "line_keys": [key for key, _line in lines],
            "remarks": self._xero_remarks(facts, fitted),
        }
        return self._xero_model(facts, values, status), agreed

    def _xero_status(self, facts, link):
        """Drafts in a trial; afterwards as set, except drafts that someone kept."""
        if facts.connection.mode == "trial" or link.keep_draft:
            return "DRAFT"
        return link.status_choice or self._xero_status_wanted(facts)

    # === FIGURES === #

    def _xero_inclusive(self):
        """Whether the printed prices contain their tax, all of them.

        Where tax is reduced for an early payment, no printed price is kept anyway.
        """
        records = self._xero_base_records()
        taxes = records.tax_ids
        return (
            bool(taxes)
            and all(tax.price_include for tax in taxes)
            and "epd" not in records.mapped("display_type")
        )

    def _xero_fit(self, facts, inclusive):
        """Lines whose amounts Xero will compute exactly as Odoo booked them.

        Total and tax are those of Odoo's journal items; what goes as a line of its
        own or as cost is no tax in Xero (T22, T25, T28, T29).

        :raises lib.money.MoneyError: impossible; the document is stopped
        """
        pieces = self._xero_pieces(facts)
        tax = self._xero_booked_tax(facts)
        total = self._xero_amount(self.amount_total)
        collapse = facts.connection.collapse_quantity
        return fit.fit(
            [piece.wanted(inclusive, collapse) for piece in pieces],
            total - tax,
            tax,
            inclusive=inclusive,
            discounts=self._xero_takes_discounts(),
        )

    # === LINES === #

    def _xero_lines(self, facts, fitted):
        """Lines in the order of the document, sections and notes as text lines.

        :return: list of (key that stays the line's own, LineItem)
        """
        by_record = {}
        for line in fitted.lines:
            by_record.setdefault(line.ref.record, []).append(line)
        lines = self._xero_first_line(facts)
        shown = self._xero_document_lines()
        shown = shown.sorted(lambda line: (line.sequence, line.id))
        for record in shown | self._xero_base_records():
            for index, line in enumerate(by_record.get(record, ())):
                key = f"{record.id}:{index}" if index else str(record.id)
                lines.append((key, self._xero_line(facts, line)))
            option = _TEXT_LINES.get(record.display_type)
            if option and record.name and facts.connection[option]:
                text = LineItem(description=record.name[:TEXT_MAX])
                lines.append((str(record.id), text))
        if fitted.rounding:
            rounding = self._xero_rounding_line(facts, fitted.rounding)
            lines.append(("rounding", rounding))
        return lines

    def _xero_first_line(self, facts):
        """The text of the document as a line of its own, by option (S122)."""
        text = facts.connection.narration_line and self._xero_narration()
        if not text:
            return []
        return [("narration", LineItem(description=text[:TEXT_MAX]))]

    def _xero_line(self, facts, line):
        piece = line.ref
        text = piece.text or piece.record._xero_description(facts)
        if line.figures and not facts.connection.collapse_quantity:
            text = f"{text} ({line.figures})"
        return LineItem(
            description=text[:TEXT_MAX],
            quantity=line.quantity,
            unit_amount=line.unit_amount,
            discount_rate=line.discount_rate,
            item_code=piece.record._xero_item_code(facts) if piece.is_main else None,
            account_code=piece.account.code,
            tax_type=piece.rate.tax_type,
            tax_amount=line.tax_amount,
            tracking=_tracking(piece) or None,
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
        except money.TooPrecise as error:
            problem = self._xero_problem(
                "third_decimal", currency=self.currency_id.name, amount=f"{error.value}"
            )
            return Assessment(self, link, "blocked", problems=[problem])
        except fit.Mismatch as error:
            problem = self._xero_problem(
                "total_differs_before",
                difference=f"{error.total or error.tax:+.2f}",
            )
            return Assessment(self, link, "blocked", problems=[problem])
        if found.action == "create":
            found.payload["Status"] = found.agreed["status"]
        if found.payload and found.agreed["rounding"] != "0.00":
            return self._xero_need_rounding_account(facts, found)
        return found

    def _xero_need_rounding_account(self, facts, found):
        """A rounding line needs the organisation's account for it."""
        if facts.rounding_account:
            return found
        problem = self._xero_problem(
            "rounding_account_missing", key="", amount=found.agreed["rounding"]
        )
        return Assessment(self, found.link, "blocked", problems=[problem])


def _tracking(piece):
    """Options of a piece, in the order of their categories."""
    return [
        LineItemTracking(
            tracking_category_id=option.category_id.key,
            tracking_option_id=option.key,
        )
        for _category, option in sorted(piece.options.items())
    ]
