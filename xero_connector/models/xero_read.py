"""Reading elements back, in as few calls as their addresses allow."""

from odoo import models

#: Ids in one read, for the length of the address (xero-api.md, section 4).
_CHUNK = 40

#: Lists that take ids as a parameter; the others take them in a condition.
_BY_IDS = {"Contacts", "Invoices"}


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _read_by_id(self, resource, ids):
        """Elements by their ids, as many as Xero still has."""
        found = []
        for start in range(0, len(ids), _CHUNK):
            some = ids[start : start + _CHUNK]
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
        return self._call(resource.read, **parameters).elements(resource.endpoint)


def _any_id(resource, ids):
    return " OR ".join(f'{resource.id_field}==guid("{each}")' for each in ids)
