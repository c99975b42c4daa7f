"""What copies of Xero's lists have in common: refreshed whole, never typed (S70)."""

from odoo import api, fields, models


class XeroReferenceMixin(models.AbstractModel):
    _name = "xero.reference.mixin"
    _description = "Copy Of Something In Xero"
    _log_access = False

    #: The operation that lists them, and the name of the list in its answer.
    _xero_operation = None
    #: What people call the list.
    _xero_list_name = None
    _xero_endpoint = None
    #: The wire field that identifies a row within an organisation.
    _xero_key = None

    connection_id = fields.Many2one(
        "xero.connection", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    key = fields.Char(required=True, readonly=True)
    name = fields.Char(readonly=True)
    active = fields.Boolean(default=True, readonly=True)

    _key_uniq = models.UniqueIndex("(connection_id, key)")

    @api.model
    def _refresh_list(self, connection):
        """Read the list and make the copy equal: one call, idempotent (S21).

        Rows that Xero no longer has are archived, so that mappings to them can say
        what they were.
        """
        answer = connection._call(self._xero_operation)
        elements = answer.elements(self._xero_endpoint)
        known = {
            row.key: row
            for row in self.with_context(active_test=False).search(
                [("connection_id", "=", connection.id)]
            )
        }
        created, changed = [], 0
        for element in elements:
            values = self._values(element)
            row = known.pop(values["key"], None)
            if row:
                changed += row._write_changes(values)
            else:
                created.append(dict(values, connection_id=connection.id))
        self.create(created)
        gone = self.union(*known.values()).filtered("active")
        gone.active = False
        self.env["xero.request"]._note_read(
            connection,
            self.env._(self._xero_list_name),
            self._xero_operation,
            len(created) + changed + len(gone),
        )

    def _write_changes(self, values):
        """Write only what differs, so that a refresh without news writes nothing.

        :return: whether something did
        """
        changed = {
            name: value
            for name, value in values.items()
            if (self[name] or False) != (value or False)
        }
        if changed:
            self.write(changed)
        return bool(changed)

    @api.model
    def _values(self, element):
        """The columns that one element of Xero's list fills."""
        raise NotImplementedError
