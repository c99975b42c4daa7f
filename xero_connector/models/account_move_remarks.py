"""What a person should know of how a document went to Xero, though nothing is wrong."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _xero_remarks(self, facts, fitted):
        """Codes of what is worth saying, for the chatter and the preview.

        :param fitted: the :class:`lib.fit.Document` that is sent
        :rtype: list[str]
        """
        untaxed = any(
            not line.ref.record.tax_ids and line.ref.record.display_type == "product"
            for line in fitted.lines
        )
        found = {
            "no_reference": self.move_type == "in_invoice" and not self.ref,
            "other_month": self._xero_is_other_month(facts),
            "stock_short": self._xero_is_short_of_stock(facts),
            "untaxed": untaxed,
            "tax_per_line": fitted.overrides,
            "rounding": fitted.rounding,
            "instalments": len(self._xero_payment_terms()) > 1,
        }
        return [code for code, applies in found.items() if applies]

    def _xero_is_other_month(self, facts):
        """Whether Xero gets another month than Odoo's books (T7)."""
        there, here = self._xero_date(facts), self.date
        return (there.year, there.month) != (here.year, here.month)

    def _xero_remark_words(self, code):
        """A remark as a sentence."""
        words = {
            "no_reference": self.env._(
                "The supplier's reference is missing, so it carries Odoo's number."
            ),
            "other_month": self.env._(
                "A lock date moved it in Odoo to another month than in Xero."
            ),
            "stock_short": self.env._(
                "It is a draft in Xero: there is not enough stock of a product there."
            ),
            "untaxed": self.env._(
                "Lines without a tax carry the rate chosen for them in Mapping."
            ),
            "tax_per_line": self.env._(
                "Odoo rounds tax on the whole document, Xero on each line. Odoo's tax"
                " per line was sent, so both totals are the same."
            ),
            "rounding": self.env._("A rounding line makes both totals the same."),
            "instalments": self.env._(
                "Xero shows one due date, the last one. The instalments stay in Odoo."
            ),
        }
        return words[code]
