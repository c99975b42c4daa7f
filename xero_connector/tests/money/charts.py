"""A connected company per country, with its whole chart mapped."""

from dataclasses import dataclass, field
from functools import cached_property

from odoo import Command, fields


@dataclass(frozen=True)
class Country:
    """What differs from country to country.

    :ivar chart: Odoo's chart template
    :ivar seed: the simulated organisation
    :ivar foreign: two foreign currencies, with units per unit of the books' own
    :ivar main: template ids of the everyday sale and purchase tax, None where a tax of
        our own stands in for it
    :ivar withheld: template id of a withholding tax of the chart
    """

    code: str
    chart: str
    seed: str
    foreign: dict
    main: tuple = (None, None)
    withheld: str = None


COUNTRIES = {
    "GB": Country(
        "GB", "uk", "uk", {"EUR": 1.171359, "USD": 1.27}, ("ST11", "PT_20_G")
    ),
    "AU": Country(
        "AU",
        "au",
        "au",
        {"NZD": 1.0873, "USD": 0.654321},
        ("au_tax_sale_10", "au_tax_purchase_10_service"),
        withheld="au_tax_witheld",
    ),
    "NZ": Country(
        "NZ",
        "nz",
        "nz",
        {"AUD": 0.91972, "USD": 0.6},
        ("nz_tax_sale_15", "nz_tax_purchase_15"),
    ),
    "US": Country("US", "us", "us", {"EUR": 0.91, "CAD": 1.3571113}),
    "SG": Country(
        "SG",
        "sg",
        "sg",
        {"USD": 0.7431, "EUR": 0.68},
        ("sg_sale_tax_sr_9", "sg_purchase_tax_tx8_9"),
    ),
    "ZA": Country(
        "ZA", "za", "za", {"USD": 0.0531234567, "EUR": 0.0492}, ("ST1", "PT15")
    ),
}

#: A currency with three decimals, of which Xero keeps two (T39).
THREE_DECIMALS = "KWD"

#: Odoo's account type to codes of the organisation, one account for each.
_ACCOUNTS = {
    "income": ("200", "260"),
    "expense": ("429", "400", "404"),
    "asset_fixed": ("710",),
}

#: Where fees, and what is withheld, go; where Odoo books cash rounding, private shares,
#: discounts.
FEES, WITHHELD = {"sale": "270", "purchase": "412"}, "850"
_SPECIAL = {
    "rounding": ("expense", "477"),
    "private": ("expense", "416"),
    "early": ("expense", "497"),
    "discounts": ("expense", "420"),
}

#: Rates that the firm made in Xero: name to components (percentage, compound).
_MADE = {
    "Together": ((4, False), (4.5, False)),
    "On top": ((5, False), (7.5, True)),
    "Sixteen": ((16, False),),
    "A tenth of the gross": (("11.1111", False),),
}


@dataclass
class Taxes:
    """The taxes of one side, by what they are for."""

    main: object
    """Everyday percentages, more often than others."""
    included: object = None
    """The same with the tax in the price."""
    sets: list = field(default_factory=list)
    """Taxes that stand on a line together."""
    fees: object = None
    """Amounts per unit, which stand beside a percentage."""
    others: object = None
    """All that the chart has, expressible or not."""
    odd: list = field(default_factory=list)
    """Rather common ones that mean something special in Xero."""


class Books:
    """A company of one country, connected to its organisation, all that Xero can
    express mapped.

    :param case: the test, a ``XeroCase`` that is set up
    """

    def __init__(self, case, country):
        self.case, self.country = case, COUNTRIES[country]
        self.company = self._create_company()
        self.env = case.env(
            context=dict(case.env.context, allowed_company_ids=self.company.ids)
        )
        self._prepare_currencies()
        self.accounts = self._create_accounts()
        self.special = {
            name: self._create_account(kind, code)
            for name, (kind, code) in _SPECIAL.items()
        }
        self._prepare_company()
        self.partners = self._create_partners()
        self._taxes = {side: self._create_taxes(side) for side in ("sale", "purchase")}
        self.roundings = self._create_roundings()
        self.terms = self._create_terms()
        self._activate_taxes()
        self.connection = self._connect()
        self._map()

    # === COMPANY === #

    def _create_company(self):
        if self.country.code == "GB":
            return self.case.company
        env = self.case.env
        company = env["res.company"].create(
            {
                "name": f"Company of {self.country.code}",
                "country_id": env.ref(f"base.{self.country.code.lower()}").id,
            }
        )
        self.case.accountant.company_ids += company
        env["account.chart.template"].try_loading(
            self.country.chart, company, install_demo=False
        )
        return company

    def _prepare_currencies(self):
        """Two foreign currencies and one with three decimals, with their rates."""
        rates = {**self.country.foreign, THREE_DECIMALS: 0.305}
        self.currencies = self.env["res.currency"].with_context(active_test=False)
        for name, rate in rates.items():
            currency = self.currencies.search([("name", "=", name)])
            currency.active = True
            self.currencies |= currency
            self.env["res.currency.rate"].create(
                {
                    "currency_id": currency.id,
                    "company_id": self.company.id,
                    "name": "2026-01-01",
                    "company_rate": rate,
                }
            )

    def _create_accounts(self):
        """Account by Odoo's type, each for one code of Xero's."""
        return {
            kind: self.env["account.account"].union(
                *(self._create_account(kind, code) for code in codes)
            )
            for kind, codes in _ACCOUNTS.items()
        }

    def _create_account(self, kind, code):
        account = self.env["account.account"].create(
            {
                "name": f"For {code}",
                "code": f"98{code}{len(self._codes):02d}",
                "account_type": kind,
                "company_ids": [Command.link(self.company.id)],
            }
        )
        self._codes[account] = code
        return account

    @cached_property
    def _codes(self):
        """account.account to code in Xero."""
        return {}

    def _prepare_company(self):
        journal = self.env["account.journal"].search(
            [("type", "=", "purchase"), ("company_id", "=", self.company.id)]
        )
        journal.non_deductible_account_id = self.special["private"]
        self.company.write(
            {
                f"account_journal_early_pay_discount_{side}_account_id": self.special[
                    "early"
                ].id
                for side in ("gain", "loss")
            }
        )

    def _create_partners(self):
        return self.env["res.partner"].create(
            [
                {"name": f"Partner {number} of {self.country.code}", "is_company": True}
                for number in range(3)
            ]
        )

    def _create_roundings(self):
        """Cash rounding of both strategies."""
        account = self.special["rounding"].id
        return self.env["account.cash.rounding"].create(
            [
                {
                    "name": strategy,
                    "rounding": 0.05,
                    "strategy": strategy,
                    "rounding_method": "HALF-UP",
                    "profit_account_id": account,
                    "loss_account_id": account,
                }
                for strategy in ("biggest_tax", "add_invoice_line")
            ]
        )

    def _create_terms(self):
        """Early-payment discount of the three kinds."""
        return self.env["account.payment.term"].create(
            [
                {
                    "name": kind,
                    "early_discount": True,
                    "discount_percentage": 2,
                    "discount_days": 7,
                    "early_pay_discount_computation": kind,
                    "line_ids": [
                        Command.create(
                            {"value": "percent", "value_amount": 100, "nb_days": 30}
                        )
                    ],
                }
                for kind in ("included", "excluded", "mixed")
            ]
        )

    # === TAXES === #

    def taxes(self, side):
        """The taxes of ``sale`` or ``purchase``.

        :rtype: Taxes
        """
        return self._taxes[side]

    def _activate_taxes(self):
        taxes = self.env["account.tax"].with_context(active_test=False)
        taxes.search([("company_id", "=", self.company.id)]).active = True

    def _chart_tax(self, template):
        return self.env.ref(f"account.{self.company.id}_{template}")

    def _create_taxes(self, side):
        others = self.env["account.tax"].search(
            [("company_id", "=", self.company.id), ("type_tax_use", "=", side)]
        )
        template = self.country.main[side == "purchase"]
        main = self._chart_tax(template) if template else self._sixteen(side)
        sixteen = self._sixteen(side) if template else main
        included = main.copy(
            {"name": f"{main.name} in {side}", "price_include_override": "tax_included"}
        )
        together = self._create_tax(side, 4) | self._create_tax(side, 4.5)
        on_top = self._create_tax(side, 5, include_base_amount=True)
        on_top |= self._create_tax(side, 7.5)
        group = self._create_tax(
            side, 0, amount_type="group", children_tax_ids=[Command.set(together.ids)]
        )
        taxes = Taxes(main=main | sixteen, included=included, others=others)
        taxes.sets = [together, on_top, group]
        taxes.fees = self._create_fees(side)
        taxes.odd = self._create_odd(side, main)
        return taxes

    def _sixteen(self, side):
        """A percentage that the firm added in Odoo and in Xero."""
        return self._create_tax(side, 16)

    def _create_tax(self, side, amount, **values):
        number = self.env["account.tax"].search_count([]) + 1
        return self.env["account.tax"].create(
            {
                "name": f"{side} {amount} no. {number}",
                "amount": amount,
                "type_tax_use": side,
                "company_id": self.company.id,
                "country_id": self.company.account_fiscal_country_id.id,
                "sequence": number,
            }
            | values
        )

    def _create_fees(self, side):
        fixed = {"amount_type": "fixed", "sequence": 0}
        return (
            self._create_tax(side, 0.37, **fixed)
            | self._create_tax(side, 2, include_base_amount=True, **fixed)
            | self._create_tax(
                side, 1.5, price_include_override="tax_included", **fixed
            )
        )

    def _create_odd(self, side, main):
        """Reverse charge, withholding, tax that is cost, import tax, division."""
        division = self._create_tax(side, 10, amount_type="division")
        if side == "sale":
            return [division]
        account = main.invoice_repartition_line_ids.account_id[:1]
        self.withheld = self._create_tax(side, -10)
        self.gross = self._create_tax(side, 10) | self._create_tax(
            side, 6.5, **_booked_on(account)
        )
        self.imports = self._create_tax(
            side, 100, amount_type="division", price_include_override="tax_included"
        )
        self.reverse = self._create_tax(side, 16, **_reverse_on(account))
        return [
            division,
            self.reverse,
            self.imports,
            *self.gross,
            main | self.withheld,
            main | self.gross[0],
        ]

    # === CONNECTION === #

    def _connect(self):
        xero = self.case.xero
        xero.reset((self.country.seed,))
        for name, components in _MADE.items():
            xero.create("taxrates", _made_rate(name, components))
        connection = self.case.new_connection(
            company_id=self.company.id, send_bills=True
        )
        connection = self.case.consent(connection).sudo()
        assert not connection.problem
        connection.mode = "live"
        return connection

    def _rate(self, name):
        return self.env["xero.tax.rate"].search(
            [
                ("connection_id", "=", self.connection.id),
                "|",
                ("name", "=", name),
                ("tax_type", "=", name),
            ]
        )

    def _account(self, code):
        return self.case.xero_account(self.connection, code)

    def _row(self, kind, record):
        return self.env["xero.mapping"]._ensure(self.connection, kind, record)

    def _map(self):
        """Accept the suggestions and first choices; choose for what has none."""
        self._map_accounts()
        for row in self.connection.mapping_ids:
            if row.suggested_rate_id and not row.xero_tax_rate_id:
                row.xero_tax_rate_id = row.suggested_rate_id
        for side in ("sale", "purchase"):
            self._map_taxes(self.taxes(side))
        self._map_odd()
        self._map_tracking()
        self.connection.mapping_ids.filtered(
            "delicate"
        ).proven_at = fields.Datetime.now()

    def _map_accounts(self):
        for account, code in self._codes.items():
            self._row("account", account).xero_account_id = self._account(code)

    def _map_taxes(self, taxes):
        rates = {16: "Sixteen"}
        for tax in taxes.main:
            row = self._row("tax", tax)
            if not row.xero_tax_rate_id or tax.amount in rates:
                row.xero_tax_rate_id = self._rate(rates[tax.amount])
        main = self._row("tax", taxes.main[0])
        self._row("tax", taxes.included).xero_tax_rate_id = main.xero_tax_rate_id
        for pair, rate in zip(taxes.sets, ("Together", "On top"), strict=False):
            self._row("tax_set", pair).xero_tax_rate_id = self._rate(rate)
        for fee in taxes.fees:
            self._row("tax", fee).write(
                {
                    "xero_action": "extra_line",
                    "xero_account_id": self._account(FEES[fee.type_tax_use]).id,
                }
            )

    def _map_odd(self):
        withheld = self.withheld
        if self.country.withheld:
            withheld |= self._chart_tax(self.country.withheld)
        for tax in withheld:
            self._row("tax", tax).write(
                {
                    "xero_action": "withhold",
                    "xero_account_id": self._account(WITHHELD).id,
                }
            )
        for tax in self.gross:
            self._row("tax", tax).write(
                {"xero_action": "gross", "xero_tax_rate_id": self.no_tax("purchase").id}
            )
        for side in ("sale", "purchase"):
            division = self.taxes(side).odd[0]
            self._row("tax", division).xero_tax_rate_id = self._rate(
                "A tenth of the gross"
            )
        if rate := self._rate("GSTONIMPORTS"):
            self._row("tax", self.imports).write(
                {"xero_action": "import_tax", "xero_tax_rate_id": rate.id}
            )
        if rate := self._rate("REVERSECHARGES") or self._rate("TXRCTSY24"):
            self._row("tax", self.reverse).xero_tax_rate_id = rate

    def no_tax(self, side):
        """The rate of lines without a tax."""
        return self.connection[f"no_tax_{side}_rate_id"]

    def _map_tracking(self):
        """A plan for each category, an analytic account for each option."""
        self.centres = self.env["account.analytic.account"]
        options = self.env["xero.tracking.option"].search(
            [("connection_id", "=", self.connection.id)]
        )
        for category in options.category_id:
            plan = self.env["account.analytic.plan"].create({"name": category.name})
            self._row("plan", plan).xero_category_id = category
            for option in category.option_ids[:3]:
                centre = self.env["account.analytic.account"].create(
                    {"name": option.name, "plan_id": plan.id}
                )
                self.centres |= centre
                self._row("analytic", centre).xero_option_id = option


def _made_rate(name, components):
    return {
        "Name": name,
        "ReportTaxType": "OUTPUT",
        "TaxComponents": [
            {"Name": f"Part {number}", "Rate": percent, "IsCompound": compound}
            for number, (percent, compound) in enumerate(components)
        ],
    }


def _booked_on(account):
    lines = [
        Command.create({"repartition_type": "base"}),
        Command.create({"repartition_type": "tax", "account_id": account.id}),
    ]
    return {
        "invoice_repartition_line_ids": lines,
        "refund_repartition_line_ids": list(lines),
    }


def _reverse_on(account):
    values = _booked_on(account)
    other = {"repartition_type": "tax", "factor_percent": -100}
    for lines in values.values():
        lines.append(Command.create(other | {"account_id": account.id}))
    return values
