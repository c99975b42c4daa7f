"""What a batch of documents looks up, read once in a constant number of queries."""

from dataclasses import dataclass, field

from odoo import models
from odoo.fields import Domain

from .xero_assessment import Facts
from .xero_document_taxes import APART


@dataclass
class DocumentFacts(Facts):
    """Everything that assessing and writing down a batch of documents needs."""

    accounts: dict = field(default_factory=dict)
    """account.account id to xero.account."""
    product_accounts: dict = field(default_factory=dict)
    """product.template id to xero.account, where a product has one of its own (S74)."""
    account_codes: dict = field(default_factory=dict)
    """Code to xero.account, for codes made of parts; codes are case-sensitive."""
    taxes: dict = field(default_factory=dict)
    """account.tax id to xero.tax.rate."""
    asset_taxes: dict = field(default_factory=dict)
    """The same for lines on fixed assets, where another rate was chosen."""
    tax_sets: dict = field(default_factory=dict)
    """frozenset of account.tax ids to the one rate that has them all."""
    tax_rows: dict = field(default_factory=dict)
    """account.tax id to its mapping, which may say that it is no rate."""
    unproven: dict = field(default_factory=dict)
    """account.tax id to delicate mappings that no document proved yet (N31)."""
    proving: dict = field(default_factory=dict)
    """Mapping id to the link of this batch that is to prove it."""
    no_tax: object = None
    """The rate of lines without a tax."""
    tracking: dict = field(default_factory=dict)
    """account.analytic.account id to xero.tracking.option."""
    plans: dict = field(default_factory=dict)
    """Root account.analytic.plan id to xero.tracking.category."""
    contacts: dict = field(default_factory=dict)
    """Partner id to ContactID."""
    items: dict = field(default_factory=dict)
    """Product id to the item's code in Xero."""
    stock: dict = field(default_factory=dict)
    """Code of an item whose stock Xero counts, to the quantity it has."""
    item_accounts: dict = field(default_factory=dict)
    """Item code to the code of its account."""
    currencies: set = field(default_factory=set)
    locked: object = None
    rounding_account: object = None
    tax_account: object = None
    """The organisation's tax control account."""
    public_url: str = ""
    booking_dates: set = field(default_factory=set)
    """Ids of bills that go with their booking date, as a person chose (T6)."""
    invoice_numbers: set = field(default_factory=set)
    """Numbers of credit notes of this batch that an invoice in Xero has (T73)."""
    first_bills: dict = field(default_factory=dict)
    """Bill id to another bill of the supplier with the same reference (T63)."""
    bills_there: dict = field(default_factory=dict)
    """Bill id to bills in Xero that may be the same one (T61)."""
    repeating: set = field(default_factory=set)
    """Ids of invoices that Xero also makes by itself (T72)."""

    def is_rate(self, tax):
        """Whether a tax is one in Xero: no line of its own, no cost (N31)."""
        row = self.tax_rows.get(tax.id)
        return not row or row.xero_action not in (*APART, "gross")


class XeroDocument(models.AbstractModel):
    _inherit = "xero.document"

    def _xero_facts(self, connection):
        self._xero_prefetch()
        own = self.env(su=True)
        mapping, link = own["xero.mapping"], own["xero.link"]
        contacts = link._live_for(self._xero_partners(), connection)
        system, accounts = connection.sudo(), own["xero.account"]
        roles = accounts._by_role(connection)
        sales = any(document._xero_is_sale() for document in self)
        return DocumentFacts(
            connection=connection,
            accounts=mapping._by_record(connection, "account"),
            product_accounts=mapping._by_record(
                connection,
                "product",
                self._xero_document_lines().product_id.product_tmpl_id,
            ),
            account_codes=self._xero_account_codes(system),
            taxes=mapping._by_record(connection, "tax"),
            asset_taxes=mapping._by_record(connection, "tax_asset"),
            tax_sets=mapping._tax_sets(connection),
            tax_rows=mapping._actions(connection, "tax"),
            no_tax=system.no_tax_sale_rate_id
            if sales
            else system.no_tax_purchase_rate_id,
            tracking=mapping._by_record(connection, "analytic"),
            plans=mapping._by_record(connection, "plan"),
            contacts={res_id: each.xero_id for res_id, each in contacts.items()},
            currencies=self._xero_currencies(system),
            locked=system.organisation_id.lock_date,
            rounding_account=roles.get("ROUNDING", accounts),
            tax_account=roles.get("GST", accounts),
            public_url=self._xero_public_url(system),
            **self._xero_item_facts(system, sales),
        )

    def _xero_suppose(self, facts):
        """As if every contact and product were in Xero, which changes no total."""
        for partner_id in self._xero_partners().ids:
            facts.contacts[partner_id] = facts.contacts.get(partner_id) or "new"
        products = self._xero_dependencies(facts.connection).get("item", [])
        for product in products:
            facts.items.setdefault(product.id, product.default_code)

    def _xero_prefetch(self):
        """Fill the caches that looking at these one by one would fill one by one."""

    def _xero_public_url(self, connection):
        """Our address if Xero takes it for a link back: https and public (S132)."""
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url") or ""
        usable = base.startswith("https://") and "xero" not in base.lower()
        return base if usable and self._xero_links_back(connection) else ""

    def _xero_links_back(self, connection):
        """Whether such documents carry a link back to Odoo."""
        return connection.deep_link

    def _xero_currencies(self, connection):
        found = connection.env["xero.currency"].search(
            [("connection_id", "=", connection.id)]
        )
        return set(found.mapped("key"))

    def _xero_account_codes(self, connection):
        """Every account by code, where codes are made and not mapped (S82)."""
        if connection.account_source == "mapping":
            return {}
        found = connection.env["xero.account"].search_fetch(
            [("connection_id", "=", connection.id)], ["code", "name", "account_class"]
        )
        return {account.code: account for account in found if account.code}

    def _xero_item_facts(self, connection, sales):
        """Codes that may stand on lines, with their stock and accounts."""
        if connection.item_source == "none":
            return {}
        links = connection.env["xero.link"]._live_for(
            self._xero_document_lines().product_id.filtered("default_code"), connection
        )
        copies = self._xero_item_copies(connection, links)
        tracked = {copy.key for copy in copies if copy.tracked}
        side = "sales_account_code" if sales else "purchase_account_code"
        return {
            "items": {
                res_id: link.xero_number
                for res_id, link in links.items()
                if link.xero_id
                and (
                    connection.tracked_item_codes
                    or not (
                        link.xero_id in tracked or (link.snapshot or {}).get("tracked")
                    )
                )
            },
            "stock": {
                copy.code: copy.quantity_on_hand for copy in copies if copy.tracked
            },
            "item_accounts": {copy.code: copy[side] for copy in copies},
        }

    def _xero_item_copies(self, connection, links):
        """Copies of the items that lines of this batch may name."""
        ids = [link.xero_id for link in links.values() if link.xero_id]
        wanted = Domain("key", "in", ids)
        if connection.item_source == "analytic":
            codes = (
                self.env["account.analytic.account"]
                .sudo()
                .search_fetch(
                    [("plan_id", "child_of", connection.item_plan_id.id)], ["code"]
                )
            )
            wanted |= Domain("code", "in", codes.mapped("code"))
        return connection.env["xero.item"].search(
            Domain("connection_id", "=", connection.id) & wanted
        )
