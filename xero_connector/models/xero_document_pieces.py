"""The lines of a document as Xero takes them: one account, rate and option each.

They are made from *all* of Odoo's rounded base lines, whose cents add up to what was
booked, never from ``price_subtotal``.
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from odoo import models
from odoo.tools import float_compare, float_repr

from ..lib import fit, money, tracking
from ..lib.money import HUNDRED, ZERO

#: Journal items of the part of bills that is not deductible.
_PRIVATE, _PRIVATE_TOTAL = "non_deductible_product", "non_deductible_product_total"


@dataclass
class Piece:
    """A line for Xero whose figures are not fitted yet; amounts are Decimals."""

    record: object
    """The line of the document, or journal item, that it comes from."""
    account: object
    rate: object
    net: Decimal
    tax: Decimal
    quantity: object = 1
    unit_amount: object = None
    discount: object = 0
    text: str = ""
    """Stands in the description instead of the line's own."""
    is_main: bool = False
    """Carries the item; other pieces are taxes or shares of a line."""
    is_reverse: bool = False
    apart: object = None
    """The tax that this line is, where it is one."""
    options: dict = field(default_factory=dict)
    """xero.tracking.category id to xero.tracking.option."""

    def wanted(self, inclusive, collapse):
        """The line to be fitted.

        :param inclusive: whether prices contain their tax
        :param collapse: whether the quantity is always to be 1 (S124)
        """
        amount = self.net + self.tax if inclusive else self.net
        own_price = self.unit_amount is not None and not collapse
        return fit.Wanted(
            ref=self,
            quantity=self.quantity if own_price else 1,
            unit_amount=self.unit_amount if own_price else amount,
            net=self.net,
            tax=self.tax,
            tax_rate=ZERO if self.is_reverse else self.rate.effective_rate,
            discount_rate=self.discount if own_price else 0,
            fixed_tax=self.is_reverse,
        )


class XeroDocument(models.AbstractModel):
    _inherit = "xero.document"

    def _xero_pieces(self, facts):
        """Every line with an amount.

        :rtype: list[Piece]
        """
        pieces = [
            piece
            for base_line in self._xero_base_lines()
            for piece in self._xero_base_pieces(facts, base_line)
        ]
        pieces = self._xero_fold_early_payment(pieces)
        pieces = self._xero_fold_private_share(facts, pieces)
        return [part for piece in pieces for part in _parts(facts, piece)]

    def _xero_base_pieces(self, facts, base_line):
        """A line, and the taxes of it that become lines of their own (T22, T28)."""
        line, details = base_line["record"], base_line["tax_details"]
        treatment = line._xero_treatment(facts)
        amounts = self._xero_tax_amounts(details["taxes_data"])
        net = self._xero_amount(
            details["total_excluded_currency"]
            + details["delta_total_excluded_currency"]
        ) + sum((amounts.get(tax, ZERO) for tax in treatment.cost), ZERO)
        main = Piece(
            record=line,
            account=line._xero_account(facts),
            rate=treatment.rate,
            net=net,
            tax=sum((amounts.get(tax, ZERO) for tax in treatment.taxes), ZERO),
            quantity=base_line["quantity"],
            unit_amount=base_line["price_unit"],
            discount=base_line["discount"],
            is_main=line._xero_is_main(),
            is_reverse=treatment.is_reverse,
        )
        taxed = self._xero_taxed_amount(details["taxes_data"], treatment.taxes)
        apart = [
            self._xero_tax_piece(facts, main, tax, row, amounts.get(tax, ZERO), taxed)
            for tax, row in treatment.apart
        ]
        # Import tax stands alone: its line has no value of its own.
        return [*([main] if main.net or main.tax or not apart else []), *apart]

    def _xero_tax_amounts(self, taxes_data):
        """Amount of each tax of a line, both sides of a reverse charge together."""
        amounts = {}
        for each in taxes_data:
            amount = self._xero_amount(each["tax_amount_currency"])
            amounts[each["tax"]] = amounts.get(each["tax"], ZERO) + amount
        return amounts

    def _xero_taxed_amount(self, taxes_data, taxes):
        """What the taxes of a line were computed on: perhaps with a fee in it."""
        bases = [
            self._xero_amount(each["base_amount_currency"])
            for each in taxes_data
            if each["tax"] in taxes
        ]
        return max(bases, default=ZERO, key=abs)

    def _xero_tax_piece(self, facts, main, tax, row, amount, taxed):
        """A tax as a line: a fee with the line's rate if that taxes it too, withheld
        money and import tax without.

        :param taxed: what the line's own taxes were computed on
        """
        is_import = row.xero_action == "import_tax"
        piece = Piece(
            record=main.record,
            account=facts.tax_account if is_import else row.xero_account_id,
            rate=row.xero_tax_rate_id if is_import else facts.no_tax,
            net=amount,
            tax=ZERO,
            text=tax.invoice_label or tax.name,
            is_reverse=is_import,
            apart=tax,
        )
        if row.xero_action == "extra_line" and main.tax and taxed == main.net + amount:
            share = money.cents(main.tax * amount / (main.net + amount))
            piece.rate, piece.tax = main.rate, share
            main.tax -= share
        return piece

    def _xero_amount(self, amount):
        """An amount without binary noise, in whole cents.

        :raises lib.money.TooPrecise: the currency has a third decimal that counts (T39)
        """
        return money.exact_cents(float_repr(amount, self.currency_id.decimal_places))

    # === EARLY PAYMENT, PRIVATE SHARE === #

    def _xero_fold_early_payment(self, pieces):
        """Tax that is reduced on the document itself goes into its lines (T36).

        The journal items for it cancel each other out on each account but for the tax;
        where tax is part of the cost they do not, and stay lines.
        """
        early = [p for p in pieces if p.record.display_type == "epd"]
        left = {}
        for piece in early:
            left[piece.account] = left.get(piece.account, ZERO) + piece.net
        if not early or any(left.values()):
            return pieces
        others = [piece for piece in pieces if piece not in early]
        shown = [p for p in others if not p.record.display_type.startswith(_PRIVATE)]
        for rate in {piece.rate for piece in early if piece.tax}:
            same = [piece for piece in shown if piece.rate == rate and piece.net]
            less = sum((piece.tax for piece in early if piece.rate == rate), ZERO)
            shares = tracking.divide(less, [abs(piece.net) for piece in same])
            for piece, share in zip(same, shares, strict=True):
                piece.tax += share
        return others

    def _xero_fold_private_share(self, facts, pieces):
        """A partly deductible line becomes two: with its tax, and gross without (T25).

        Odoo books it as the whole line, less the private share, plus all private
        shares in one sum.
        """
        totals = [p for p in pieces if p.record.display_type == _PRIVATE_TOTAL]
        if not totals:
            return pieces
        kept = [p for p in pieces if not p.record.display_type.startswith(_PRIVATE)]
        found = []
        for share, line in self._xero_private_shares():
            parts = [piece for piece in pieces if piece.record == share]
            if not any(part.net or part.tax for part in parts):
                continue  # of a line that is given away
            wholes = [piece for piece in kept if piece.record == line]
            _subtract(wholes, parts)
            gross = Piece(
                record=line,
                account=totals[0].account,
                rate=facts.no_tax,
                net=-sum((part.net + part.tax for part in parts), ZERO),
                tax=ZERO,
                text=self._xero_private_text(facts, line),
            )
            kept.insert(kept.index(wholes[-1]) + 1, gross)
            found.append(gross)
        if found:
            self._xero_settle_private(found)
        return kept

    def _xero_settle_private(self, pieces):
        """Odoo books one sum for all private shares; a cent may be left of it."""
        kinds = (_PRIVATE_TOTAL, "non_deductible_tax")
        items = self.line_ids.filtered(lambda line: line.display_type in kinds)
        booked = self._xero_booked(items)
        largest = max(pieces, key=lambda piece: abs(piece.net))
        largest.net += booked - sum((piece.net for piece in pieces), ZERO)

    def _xero_booked(self, items):
        """What journal items came to, with the sign that lines have."""
        return self._xero_amount(
            self.direction_sign * sum(items.mapped("amount_currency"))
        )

    def _xero_booked_tax(self, facts):
        """The tax that Xero is to show: what goes otherwise is none there."""
        items = self.line_ids.filtered("tax_repartition_line_id")
        return self._xero_booked(
            items.filtered(
                lambda item: facts.is_rate(item.tax_repartition_line_id.tax_id)
            )
        )

    def _xero_private_shares(self):
        """Private shares with their lines.

        Odoo keeps no link. Where account and taxes are the same both are put in order
        of size, for in foreign currency Odoo writes another amount on the share.

        :return: list of (journal item of the share, invoice line)
        """
        shares = self.line_ids.filtered(lambda line: line.display_type == _PRIVATE)
        lines = self.line_ids.filtered(_is_partly_private).grouped(_private_key)
        return [
            pair
            for key, group in shares.grouped(_private_key).items()
            for pair in zip(
                group.sorted(lambda share: -share.amount_currency),
                lines.get(key, self.line_ids.browse()).sorted(_private_amount),
                strict=False,
            )
        ]

    def _xero_private_text(self, facts, line):
        percent = HUNDRED - money.exact(line.deductible_amount)
        return self.env._(
            "%(name)s (%(percent)s %% not deductible)",
            name=line._xero_description(facts),
            percent=f"{percent:f}",
        )


def _is_partly_private(line):
    """Whether Odoo makes a share of it: deductibility is rounded to steps of two."""
    return line.display_type == "product" and float_compare(
        line.deductible_amount, 100, precision_rounding=2
    )


def _private_key(line):
    """What a private share has in common with its line."""
    return line.account_id, line.tax_ids.filtered(
        lambda tax: tax.amount_type != "fixed"
    )


def _private_amount(line):
    return line.amount_currency * (100 - line.deductible_amount)


def _subtract(wholes, shares):
    """Take a private share from its line, and from taxes that are lines of their own.

    :param wholes: pieces of the line
    :param shares: pieces of the share, whose amounts have the other sign
    """
    by_tax = {piece.apart: piece for piece in wholes}
    for share in shares:
        whole = by_tax[share.apart]
        whole.net, whole.tax = whole.net + share.net, whole.tax + share.tax


def _parts(facts, piece):
    """A piece for each combination of tracking options that it is split over (S95)."""
    shares = tracking.shares(piece.record._xero_distribution(facts))
    if len(shares) == 1:
        piece.options = shares[0][0]
        return [piece]
    percents = [percent for _options, percent in shares]
    nets = tracking.divide(piece.net, percents)
    taxes = tracking.divide(piece.tax, percents)
    quantity = money.exact(piece.quantity)
    return [
        replace(
            piece, options=options, net=net, tax=tax, quantity=quantity * percent / 100
        )
        for (options, percent), net, tax in zip(shares, nets, taxes, strict=True)
    ]
