"""A missing account or rate, made in Xero by a manager's button (S90), never by itself.

One call while the person waits. Xero keeps codes and names unique and knows a repeated
key, so that pressing again after a cut line makes no second one.
"""

import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib import errors, tax_tables, wire
from .xero_mapping_suggest import ACCOUNT_TYPES, CODE_MAX

#: What an American rate reports as, by side.
_REPORT_TYPES = {"sale": "OUTPUT", "purchase": "INPUT"}


#: Accounts in one press: each is a call, and Xero takes 60 a minute.
_MOST_AT_ONCE = 20


class XeroMapping(models.Model):
    _inherit = "xero.mapping"

    can_create = fields.Boolean(
        compute="_compute_can_create", help="Whether Xero may get it from here."
    )

    @api.depends("kind", "is_mapped", "xero_action", "connection_id")
    def _compute_can_create(self):
        """Accounts anywhere; rates only where no return depends on Xero's own."""
        for mapping in self:
            country = mapping.connection_id.organisation_id.country_code
            own_rates = country == "US" or country not in tax_tables.COUNTRIES
            plain = (
                mapping.tax_id.amount_type == "percent" and mapping.tax_id.amount > 0
            )
            mapping.can_create = not mapping.is_mapped and (
                mapping.kind == "account"
                or (
                    mapping.kind == "tax"
                    and own_rates
                    and plain
                    and mapping.xero_action == "rate"
                )
            )

    def action_create_in_xero(self):
        """Make what is missing in Xero, and choose it."""
        self.ensure_one()
        self.env["xero.connection"]._check_manager()
        if not self.can_create:
            raise UserError(
                self.env._("Make it in Xero, then press 'Refresh from Xero'.")
            )
        made = getattr(self, f"_make_{self.kind}")(self.connection_id.sudo())
        self._choose_made({self: made})

    @api.model
    def _choose_made(self, made):
        """Read the list again and choose what was made there.

        :param made: dict of row to the element that Xero answered; rows of one kind
        """
        first = next(iter(made))
        column, connection = first._choice_column(), first.connection_id
        model = self.env[self._fields[column].comodel_name]
        model.sudo()._refresh_list(connection.sudo())
        known = model._known(connection)
        for row, element in made.items():
            row[column] = known[model._values(element)["key"]]

    def _make_account(self, connection):
        """One account, of the type that fits best.

        :return: the element that Xero answered
        """
        account = self.account_id.with_company(connection.company_id)
        types = ACCOUNT_TYPES.get(account.account_type)
        if not types or not account.code or len(account.code) > CODE_MAX:
            raise UserError(
                self.env._(
                    "Xero takes no account like %s. Its codes have at most 10"
                    " characters.",
                    account.display_name,
                )
            )
        body = {
            "Code": account.code,
            "Name": account.name,
            "Type": types[0],
        }
        return self._make(connection, "create_account", body, "Accounts")

    def _make_tax(self, connection):
        tax = self.tax_id
        component = {"Name": tax.name, "Rate": tax.amount}
        rate = {
            "Name": tax.name,
            "ReportTaxType": _REPORT_TYPES[tax.type_tax_use],
            "TaxComponents": [component],
        }
        body = {"TaxRates": [rate]}
        return self._make(connection, "create_tax_rates", body, "TaxRates")

    def _make(self, connection, operation, body, endpoint):
        digest = hashlib.sha256(wire.dumps(body).encode()).hexdigest()[:32]
        try:
            answer = connection._call(
                operation, body, idempotency_key=f"mapping-{self.id}-{digest}"
            )
        except errors.Invalid as error:
            words = " ".join(error.messages) or error.message
            raise UserError(self.env._("Xero says: %s", words)) from error
        except errors.XeroError as error:
            raise connection._as_user_error(error) from error
        return answer.elements(endpoint)[0]


class AccountAccount(models.Model):
    _inherit = "account.account"

    def action_xero_create(self):
        """Make the selected accounts in Xero, one call each (S76).

        What Xero refuses keeps the others from nothing; it is said at the end.
        """
        connection = self.env.company._xero_connection()
        connection._check_manager()
        if len(self) > _MOST_AT_ONCE:
            raise UserError(self.env._("Select at most %s at once.", _MOST_AT_ONCE))
        mapping = self.env["xero.mapping"]
        rows = mapping._ensure_all(connection, "account", list(self))
        made, words = {}, []
        for row in rows.filtered("can_create"):
            try:
                made[row] = row._make_account(connection.sudo())
            except UserError as error:
                words.append(f"{row.name}: {error}")
        if made:
            rows._choose_made(made)
        words.insert(0, self.env._("Made in Xero: %s.", len(made)))
        return connection._notify(
            "\n".join(words), "warning" if words[1:] else "success"
        )
