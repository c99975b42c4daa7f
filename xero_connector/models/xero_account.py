from odoo import api, fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


#: Xero's types of accounts, as Xero calls them on its screens.
TYPES = [
    ("BANK", "Bank"),
    ("CURRENT", "Current asset"),
    ("CURRLIAB", "Current liability"),
    ("DEPRECIATN", "Depreciation"),
    ("DIRECTCOSTS", "Direct costs"),
    ("EQUITY", "Equity"),
    ("EXPENSE", "Expense"),
    ("FIXED", "Fixed asset"),
    ("INVENTORY", "Inventory"),
    ("LIABILITY", "Liability"),
    ("NONCURRENT", "Non-current asset"),
    ("OTHERINCOME", "Other income"),
    ("OVERHEADS", "Overhead"),
    ("PREPAYMENT", "Prepayment"),
    ("REVENUE", "Revenue"),
    ("SALES", "Sales"),
    ("TERMLIAB", "Non-current liability"),
]


#: Control accounts that only Xero itself posts to.
_CONTROL = ("DEBTORS", "CREDITORS")


class XeroAccount(models.Model):
    """A copy of one account of Xero's chart."""

    _name = "xero.account"
    _description = "Xero Account"
    _inherit = ["xero.reference.mixin"]
    _order = "code, name"
    _rec_names_search = ["code", "name"]

    _xero_operation = "get_accounts"
    _xero_list_name = _lt("accounts")
    _xero_endpoint = "Accounts"

    code = fields.Char(readonly=True)
    account_type = fields.Char("Type", readonly=True)
    type_shown = fields.Selection(TYPES, compute="_compute_type_shown")
    account_class = fields.Char("Class", readonly=True)
    system_account = fields.Char(readonly=True)
    takes_payments = fields.Boolean(
        readonly=True, help="Payments may be made from or into this account."
    )
    default_tax_type = fields.Char(readonly=True)
    description = fields.Char(readonly=True)
    bank_number = fields.Char(readonly=True, help="Letters and digits only.")
    currency_code = fields.Char("Currency", readonly=True, help="Of a bank account.")

    @api.depends("account_type")
    def _compute_type_shown(self):
        """The type in words; empty for one that is new to us."""
        known = dict(TYPES)
        for account in self:
            known_type = account.account_type in known
            account.type_shown = account.account_type if known_type else False

    @api.depends("code", "name")
    def _compute_display_name(self):
        for account in self:
            account.display_name = " ".join(filter(None, (account.code, account.name)))

    @api.model
    def _values(self, element):
        bank = element.get("Type") == "BANK"
        return {
            "key": element["AccountID"],
            "code": element.get("Code"),
            "name": element.get("Name"),
            "account_type": element.get("Type"),
            "account_class": element.get("Class"),
            "system_account": element.get("SystemAccount"),
            "takes_payments": bank or bool(element.get("EnablePaymentsToAccount")),
            "default_tax_type": element.get("TaxType"),
            "description": element.get("Description"),
            "bank_number": "".join(
                filter(str.isalnum, element.get("BankAccountNumber") or "")
            ),
            "currency_code": element.get("CurrencyCode"),
            "inactive_reason": self._reason(element),
        }

    def _refuses_lines(self):
        """Whether Xero takes no lines of documents on this account."""
        return self.account_type == "BANK" or self.system_account in _CONTROL

    @api.model
    def _by_role(self, connection):
        """The organisation's accounts that have a role, such as ``ROUNDING``, by it."""
        roles = [
            ("connection_id", "=", connection.id),
            ("system_account", "!=", False),
        ]
        found = self.search_fetch(roles, ["system_account"])
        return {account.system_account: account for account in reversed(found)}
