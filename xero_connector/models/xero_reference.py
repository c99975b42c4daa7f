"""What copies of Xero's lists have in common: refreshed whole, never typed (S70)."""

from odoo import api, fields, models
from odoo.tools import float_compare

#: Why Xero takes something no more; documents and mappings say it (T34).
INACTIVE_REASONS = [
    ("archived", "Archived in Xero"),
    ("deleted", "Deleted in Xero"),
    ("pending", "Not yet in use in Xero"),
    ("gone", "No longer in Xero"),
    ("not_for_apps", "Cannot be used by connected apps"),
]


class XeroReferenceMixin(models.AbstractModel):
    _name = "xero.reference.mixin"
    _description = "Copy Of Something In Xero"
    _log_access = False

    #: The operation that lists them, and the name of the list in its answer.
    _xero_operation = None
    #: What people call the list.
    _xero_list_name = None
    _xero_endpoint = None
    #: Parameters of every read of it.
    _xero_parameters = {}

    connection_id = fields.Many2one(
        "xero.connection", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    key = fields.Char(required=True, readonly=True)
    name = fields.Char(readonly=True)
    active = fields.Boolean(default=True, readonly=True)
    inactive_reason = fields.Selection(
        INACTIVE_REASONS, "Cannot Be Used", readonly=True
    )

    _key_uniq = models.UniqueIndex("(connection_id, key)")

    @api.model
    def _refresh_list(self, connection):
        """Read the list and make the copy equal: one call, idempotent (S21)."""
        self._take_list(connection, self._read_elements(connection))

    @api.model
    def _read_elements(self, connection, **parameters):
        """The list as Xero has it now, in one call.

        :param parameters: of this read only, such as ``if_modified_since``
        :rtype: list[dict]
        """
        parameters = self._xero_parameters | parameters
        answer = connection._call(self._xero_operation, **parameters)
        return answer.elements(self._xero_endpoint)

    @api.model
    def _take_list(self, connection, elements, whole=True):
        """Make the copy equal to what Xero answered.

        Rows that Xero no longer has are archived, never deleted, so that mappings to
        them can say what they were.

        :param list elements: of Xero's answer
        :param bool whole: False where only a part was read: the rest stays
        """
        known = self._known(connection)
        created, changed = [], 0
        for element in elements:
            values = self._values(element) | {"connection_id": connection.id}
            values["active"] = not values.get("inactive_reason")
            row = known.pop(values["key"], None)
            if row:
                changed += row._write_changes(values)
            else:
                created.append(values)
        self.create(created)
        gone = self.union(*known.values() if whole else ()).filtered("active")
        if gone:
            gone.write({"active": False, "inactive_reason": "gone"})
        self.env["xero.request"]._note_read(
            connection,
            self.env._(self._xero_list_name),
            self._xero_operation,
            len(created) + changed + len(gone),
        )

    @api.model
    def _known(self, connection):
        """Every copy of this organisation by its key, archived ones too."""
        rows = self.with_context(active_test=False).search(
            [("connection_id", "=", connection.id)]
        )
        return {row.key: row for row in rows}

    def _write_changes(self, values):
        """Write only what differs, so that a refresh without news writes nothing.

        :return: whether something did
        """
        changed = {
            name: value
            for name, value in values.items()
            if not self._is_equal(name, value)
        }
        if changed:
            self.write(changed)
        return bool(changed)

    def _is_equal(self, name, value):
        """Numbers are equal when they are in the decimals that we keep."""
        mine, column = self[name], self._fields[name]
        if column.type == "many2one":
            mine = mine.id
        if column.type == "float":
            return not float_compare(mine, value, column.get_digits(self.env)[1])
        return (mine or False) == (value or False)

    @api.model
    def _values(self, element):
        """The columns that one element of Xero's list fills.

        ``inactive_reason`` among them says that it cannot be used, and why.
        """
        raise NotImplementedError

    @api.model
    def _reason(self, element):
        """Why Xero does not take it any more, False where it does."""
        status = element.get("Status") or "ACTIVE"
        return _REASONS.get(status, False) if status != "ACTIVE" else False


_REASONS = {"ARCHIVED": "archived", "DELETED": "deleted", "PENDING": "pending"}
