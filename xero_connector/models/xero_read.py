"""Reading elements back, in as few calls as their addresses allow."""

from odoo import models

#: Ids in one read, for the length of the address (xero-api.md, section 4).
CHUNK = 40

_PAGE_SIZE = 1000

#: Lists that take ids as a parameter; the others take them in a condition.
_BY_IDS = {"Contacts", "Invoices"}


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _read_by_id(self, resource, ids):
        """Elements by their ids, as many as Xero still has."""
        found = []
        for start in range(0, len(ids), CHUNK):
            some = ids[start : start + CHUNK]
            if resource.endpoint in _BY_IDS:
                found += self._read_list(resource, i_ds=some)
            else:
                found += self._read_list(resource, where=_any_id(resource, some))
        return found

    def _read_list(self, resource, **parameters):
        """One read of a list, archived records included, with lines.

        :raises lib.errors.XeroError: it could not be read
        """
        parameters |= dict(resource.parameters)
        if resource.name != "item":  # the one list without pages
            parameters.setdefault("page", 1)
        if resource.name == "contact":
            parameters["include_archived"] = True
        found = self._call(resource.read, **parameters).elements(resource.endpoint)
        self._add_option_ids(found)
        return found

    def _read_pages(self, resource, **parameters):
        """Every page of a list, as :meth:`_read_list` reads one."""
        found, page, more = [], 1, True
        while more:
            read = self._read_list(
                resource, page=page, page_size=_PAGE_SIZE, **parameters
            )
            found += read
            page, more = page + 1, len(read) == _PAGE_SIZE
        return found

    def _add_option_ids(self, elements):
        """Give lines the ids of their tracking options, which Xero never tells."""
        rows = [
            row
            for element in elements
            for line in element.get("LineItems") or ()
            for row in line.get("Tracking") or ()
        ]
        if not rows:
            return
        options = (
            self.env["xero.tracking.option"]
            .sudo()
            .search_fetch(
                [("connection_id", "=", self.id)], ["key", "name", "category_id"]
            )
        )
        keys = {(each.category_id.key, each.name): each.key for each in options}
        for row in rows:
            key = keys.get((row.get("TrackingCategoryID"), row.get("Option")))
            row.setdefault("TrackingOptionID", key)

    def _option_names(self, text):
        """Tracking as people read it, of what :mod:`lib.merge` keeps."""
        options = (
            self.env["xero.tracking.option"]
            .sudo()
            .search([("connection_id", "=", self.id)])
        )
        for option in options:
            name = f"{option.category_id.name}: {option.name}"
            text = text.replace(f"{option.category_id.key}:{option.key}", name)
        return text


def _any_id(resource, ids):
    return " OR ".join(f'{resource.id_field}==guid("{each}")' for each in ids)
