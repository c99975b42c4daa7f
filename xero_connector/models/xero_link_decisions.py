"""What people decide about a link: whose version counts, that a wall may be crossed."""

from odoo import fields, models

from ..lib import elements, merge, wire
from .xero_assessment import Problem

#: How many differences a sentence names.
_NAMED = 3


class XeroLink(models.Model):
    _inherit = "xero.link"

    conflict_choice = fields.Selection(
        [
            ("merge", "Keep Xero's, send mine"),
            ("overwrite", "Overwrite Xero"),
            ("nothing", "Do nothing"),
        ],
        "Decided",
        readonly=True,
        help="What becomes of Odoo's change where someone changed it in Xero too.",
    )
    conflict_updated = fields.Char(
        readonly=True, help="The change in Xero that was decided about."
    )
    conflict_by_id = fields.Many2one("res.users", "Decided By", readonly=True)
    filed_confirmed = fields.Boolean(
        readonly=True, help="May cross the filed period, once."
    )
    filed_confirmed_by_id = fields.Many2one(
        "res.users", "Confirmed By", readonly=True, help="Sent although it was filed."
    )
    filed_confirmed_at = fields.Datetime("Confirmed", readonly=True)
    filed_reason = fields.Char("Reason", readonly=True)

    # === PROBLEMS === #

    def _problem(self, cause, **values):
        """A Problem of the record behind this link, which may be deleted."""
        return Problem(
            cause,
            f"{cause}:{self.res_model},{self.res_id}",
            {"name": self.record_name or self.xero_number or ""} | values,
        )

    def _changed_there(self, there):
        """What Xero changed since the last agreement, whatever Odoo says.

        :rtype: list[lib.merge.Difference]
        """
        snapshot = self.snapshot or {}
        if "theirs" not in snapshot:
            return []
        theirs = snapshot["theirs"]
        return merge.changed(theirs, merge.content(there, header=theirs["header"]))

    def _conflict_problem(self, there, differences):
        """Somebody changed it in Xero: a person chooses, field by field (T64)."""
        changes = [self._difference_text(each) for each in differences[:_NAMED]]
        more = len(differences) - _NAMED
        if more > 0:
            changes.append(self.env._("%s more", more))
        moment = wire.parse_timestamp(there.get("UpdatedDateUTC"))
        return self._problem(
            "changed_in_xero",
            date=self._day(moment.date()),
            changes=", ".join(changes),
        )

    def _difference_text(self, difference):
        """``Account 200 → 260 (line 1)``"""
        text = self.env._(
            "%(field)s %(before)s → %(after)s",
            field=self._difference_label(difference.name),
            before=self._shown(difference.name, difference.before) or "–",
            after=self._shown(difference.name, difference.theirs) or "–",
        )
        if difference.line:
            text += self.env._(" (line %s)", difference.line)
        return text

    def _shown(self, name, text):
        """A value as people know it."""
        if name == "Tracking":
            return self.connection_id._option_names(text)
        if name == "Contact" and text:
            found = self.search(
                [("connection_id", "=", self.connection_id.id), ("xero_id", "=", text)]
            )
            return found.record_name or text
        return text

    def _difference_label(self, name):
        """What people call a field of a document."""
        return {
            "AccountCode": self.env._("Account"),
            "Contact": self.env._("Contact"),
            "CreditNoteNumber": self.env._("Number"),
            "CurrencyCode": self.env._("Currency"),
            "CurrencyRate": self.env._("Rate"),
            "Date": self.env._("Date"),
            "Description": self.env._("Description"),
            "DiscountRate": self.env._("Discount"),
            "DueDate": self.env._("Due date"),
            "InvoiceNumber": self.env._("Number"),
            "ItemCode": self.env._("Product"),
            "Line": self.env._("Line"),
            "LineAmountTypes": self.env._("Tax in prices"),
            "Quantity": self.env._("Quantity"),
            "Reference": self.env._("Reference"),
            "TaxAmount": self.env._("Tax amount"),
            "TaxType": self.env._("Tax"),
            "Tracking": self.env._("Tracking"),
            "UnitAmount": self.env._("Price"),
        }[name]

    # === CHOICES === #

    def _chosen(self, there):
        """What a person decided about the document as Xero has it now, or False."""
        seen = self.conflict_updated
        return bool(seen) and seen == elements.updated(there) and self.conflict_choice
