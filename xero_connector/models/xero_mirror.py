"""What is in Xero and not ours: one header row each, filled by polls.

Read when somebody is looked for before being created, and by people who import.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ..lib import contacts, elements, matching


class XeroMirror(models.Model):
    _name = "xero.mirror"
    _description = "Contact In Xero"
    _log_access = False
    _order = "name, id"

    connection_id = fields.Many2one(
        "xero.connection", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    resource = fields.Char(required=True, readonly=True)
    xero_id = fields.Char("Xero ID", required=True, readonly=True)
    name = fields.Char(readonly=True)
    number = fields.Char("Contact Number", readonly=True)
    account_number = fields.Char("Account Reference", readonly=True)
    tax_number = fields.Char(readonly=True)
    email = fields.Char("E-mail", readonly=True)
    town = fields.Char(readonly=True)
    currency = fields.Char(readonly=True)
    archived = fields.Boolean("Archived in Xero", readonly=True)
    merged_to = fields.Char(readonly=True)
    is_customer = fields.Boolean("Customer", readonly=True)
    is_supplier = fields.Boolean("Supplier", readonly=True)
    sale_tax = fields.Char(readonly=True)
    updated = fields.Char(readonly=True)
    wanted = fields.Boolean(
        "Chosen To Import", readonly=True, help="A person chose to have it in Odoo."
    )
    not_imported = fields.Selection(
        [
            ("account_number", "It has no account number in Xero"),
            ("postal", "It has no postal address in Xero"),
            ("group", "No group for new contacts is chosen"),
            ("archived", "It is archived in Xero"),
            ("doubtful", "A contact in Odoo may be the same"),
            ("reference", "A contact in Odoo has its account number"),
            ("refused", "Odoo did not accept its values"),
        ],
        "Why It Is Not In Odoo",
        readonly=True,
    )
    refusal = fields.Char("What Odoo Said", readonly=True)
    values = fields.Json(readonly=True, prefetch=False)

    _xero_id_uniq = models.UniqueIndex("(connection_id, resource, xero_id)")
    _account_idx = models.Index("(connection_id, lower(account_number))")

    # === FILLING === #

    @api.model
    def _values_of(self, element):
        """Columns of a contact."""
        flat = contacts.read(element)
        return {
            "name": flat["name"],
            "number": element.get("ContactNumber") or False,
            "account_number": flat["account_number"] or False,
            "tax_number": flat["tax_number"] or False,
            "email": flat["email"] or False,
            "town": flat["postal"][2] or flat["street"][2] or False,
            "currency": element.get("DefaultCurrency") or False,
            "archived": bool(flat["archived"]),
            "merged_to": element.get("MergedToContactID") or False,
            "is_customer": bool(element.get("IsCustomer")),
            "is_supplier": bool(element.get("IsSupplier")),
            "sale_tax": element.get("AccountsReceivableTaxType") or False,
            "updated": elements.updated(element),
            "values": flat,
        }

    @api.model
    def _store(self, connection, resource, elements):
        """Rows of these elements, made or brought up to date.

        :param elements: dict of Xero id to element
        :return: the rows, and how many were new or changed
        """
        rows = self._of(connection, resource, elements)
        known = {row.xero_id: row for row in rows}
        created, changed = [], 0
        for xero_id, element in elements.items():
            values = self._values_of(element)
            row = known.get(xero_id)
            if row is None:
                key = {"connection_id": connection.id, "resource": resource}
                created.append(key | {"xero_id": xero_id} | values)
            elif row.updated != values["updated"]:
                row.write(values)
                changed += 1
        return rows | self.create(created), len(created) + changed

    @api.model
    def _of(self, connection, resource, xero_ids):
        return self.search(
            [
                ("connection_id", "=", connection.id),
                ("resource", "=", resource),
                ("xero_id", "in", list(xero_ids)),
            ]
        )

    # === WHO IS THERE === #

    def _party(self):
        """This row as what matching compares."""
        self.ensure_one()
        return matching.Party(
            self.xero_id,
            self.name or "",
            self.account_number or "",
            self.tax_number or "",
            self.email or "",
            self.town or "",
            self.currency or "",
        )

    @api.model
    def _unlinked(self, connection):
        """Contacts in Xero that nobody in Odoo is, except those merged away."""
        return self.search(
            [
                ("connection_id", "=", connection.id),
                ("resource", "=", "contact"),
                ("merged_to", "=", False),
            ]
        )

    @api.model
    def _accounts(self, connection, wanted):
        """Who has these account references in Xero, among those not linked.

        :return: dict of reference in small letters to name and ``archived``
        """
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "SELECT lower(account_number), name, archived FROM xero_mirror"
                " WHERE connection_id = %s AND resource = 'contact'"
                " AND merged_to IS NULL AND lower(account_number) = ANY(%s)",
                connection.id,
                [reference.lower() for reference in wanted],
            )
        )
        return {
            reference: {"name": name, "archived": archived}
            for reference, name, archived in self.env.cr.fetchall()
        }

    @api.model
    def _accounts_taken(self, connection, wanted):
        """Which of these references a contact in Xero has, merged ones too."""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "SELECT lower(account_number) FROM xero_mirror"
                " WHERE connection_id = %s AND lower(account_number) = ANY(%s)",
                connection.id,
                [reference.lower() for reference in wanted],
            )
        )
        return {reference for (reference,) in self.env.cr.fetchall()}

    def _survivor(self):
        """Where a merged contact ended up: the Xero id that it points to at last."""
        xero_id, seen = self.xero_id, set()
        row = self
        while row.merged_to and row.merged_to not in seen:
            xero_id = row.merged_to
            seen.add(xero_id)
            row = self._of(self.connection_id, self.resource, [xero_id])
        return xero_id

    # === ACTIONS === #

    def action_open_in_xero(self):
        """Open it in Xero, in another tab."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": self.connection_id._deep_link(self),
            "target": "new",
        }
