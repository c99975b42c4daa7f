"""How far one resource of an organisation has been read. Written by jobs."""

from odoo import api, fields, models


class XeroCursor(models.Model):
    _name = "xero.cursor"
    _description = "How Far Xero Was Read"
    _log_access = False

    connection_id = fields.Many2one(
        "xero.connection", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="connection_id.company_id")
    resource = fields.Char(required=True, readonly=True)
    watermark = fields.Char(
        readonly=True, help="What Xero changed before this was read."
    )
    page = fields.Integer(readonly=True, help="Its next page; 0 between readings.")
    begun_at = fields.Char(readonly=True, help="Xero's time when it began.")
    moved = fields.Boolean(
        readonly=True, help="Something changed while it was read; pages shifted."
    )
    again = fields.Json(
        readonly=True, help="Ids to read once more, as they were on their way."
    )
    complete = fields.Boolean(readonly=True, help="Everything was read at least once.")
    read_at = fields.Datetime("Last Read", readonly=True)
    read_count = fields.Integer("Readings", readonly=True)
    empty_count = fields.Integer("Readings Without News", readonly=True)

    _resource_uniq = models.UniqueIndex("(connection_id, resource)")

    @api.model
    def _of(self, connection, resource):
        """The cursor of a resource, made where there is none."""
        domain = [("connection_id", "=", connection.id), ("resource", "=", resource)]
        found = self.search(domain)
        return found or self.create(
            {"connection_id": connection.id, "resource": resource}
        )

    @api.model
    def _is_complete(self, connection, resource):
        """Whether everything of this resource was read at least once."""
        domain = [
            ("connection_id", "=", connection.id),
            ("resource", "=", resource),
            ("complete", "=", True),
        ]
        return bool(self.search_count(domain, limit=1))

    def _begin(self, now):
        """A new reading, from shortly before where the last one ended."""
        self.write({"page": 1, "begun_at": now, "moved": False})

    def _end(self, news):
        """Everything was read up to when this reading began."""
        self.write(
            {
                "page": 0,
                "watermark": self.begun_at,
                "complete": True,
                "read_at": fields.Datetime.now(),
                "read_count": self.read_count + 1,
                "empty_count": self.empty_count + (0 if news else 1),
            }
        )

    def _read_again(self, ids):
        """Have these ids read once more, next time."""
        again = sorted({*(self.again or []), *ids})
        if again != (self.again or []):
            self.again = again

    def _was_read(self, ids):
        """These need no reading any more."""
        again = sorted({*(self.again or [])} - {*ids})
        if again != (self.again or []):
            self.again = again
