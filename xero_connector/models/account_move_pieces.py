"""The lines of a document as Xero takes them: one account, rate and option each.

They are made from *all* of Odoo's rounded base lines, whose cents add up to what was
booked, never from ``price_subtotal``.
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from odoo import models
from odoo.tools import float_repr

from ..lib import fit, money, tracking
from ..lib.money import HUNDRED, ZERO


@dataclass
class Piece:
    """A line for Xero whose figures are not fitted yet; amounts are Decimals."""

    record: object
    """The journal item that it comes from."""
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


class AccountMove(models.Model):
    _inherit = "account.move"

    def _xero_pieces(self, facts):
        """Every line with an amount.

        :rtype: list[Piece]
        """
        base_lines, _tax_lines = self._get_rounded_base_and_tax_lines()
        pieces = [
            piece
            for base_line in base_lines
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
            is_main=line.display_type == "product",
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

        The journal items for it cancel each other out but for the tax.
        """
        early = [p for p in pieces if p.record.display_type == "epd"]
        if not early or sum((piece.net for piece in early), ZERO):
            return pieces
        others = [piece for piece in pieces if piece not in early]
        for rate in {piece.rate for piece in early if piece.tax}:
            same = [piece for piece in others if piece.rate == rate and piece.net]
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
        kinds = {"non_deductible_product", "non_deductible_product_total"}
        private = [p for p in pieces if p.record.display_type in kinds]
        totals = [p for p in private if "total" in p.record.display_type]
        if not totals:
            return pieces
        kept = [piece for piece in pieces if piece not in private]
        for share in (piece for piece in private if piece not in totals):
            whole = _whole_of(share, kept)
            whole.net, whole.tax = whole.net + share.net, whole.tax + share.tax
            percent = HUNDRED - money.exact(whole.record.deductible_amount)
            gross = replace(
                share,
                record=whole.record,
                account=totals[0].account,
                rate=facts.no_tax,
                net=-share.net - share.tax,
                tax=ZERO,
                unit_amount=None,
                text=self.env._(
                    "%(name)s (%(percent)s %% not deductible)",
                    name=whole.record._xero_description(facts),
                    percent=f"{percent:f}",
                ),
            )
            kept.insert(kept.index(whole) + 1, gross)
        return kept


def _whole_of(share, pieces):
    """The line whose private share a piece is: the same account and rate, and not
    folded yet."""
    return next(
        piece
        for piece in pieces
        if piece.is_main
        and piece.account == share.account
        and piece.rate == share.rate
        and piece.record.deductible_amount < 100
        and money.exact(piece.record.price_subtotal) == piece.net
        and _is_share(piece, share)
    )


def _is_share(piece, share):
    percent = 1 - money.exact(piece.record.deductible_amount) / HUNDRED
    return abs(piece.net * percent + share.net) <= money.CENT


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
