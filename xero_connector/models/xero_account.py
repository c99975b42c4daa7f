from odoo import api, fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


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
    account_class = fields.Char("Class", readonly=True)
    system_account = fields.Char(readonly=True)
    takes_payments = fields.Boolean(
        readonly=True, help="Payments may be made from or into this account."
    )
    default_tax_type = fields.Char(readonly=True)

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
            "active": element.get("Status") == "ACTIVE",
        }

    @api.model
    def _system(self, connection, name):
        """The organisation's account with this role, such as ``ROUNDING``."""
        return self.search(
            [("connection_id", "=", connection.id), ("system_account", "=", name)],
            limit=1,
        )
