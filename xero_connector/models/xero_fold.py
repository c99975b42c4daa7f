"""Fold: turn changes into pending links. The first half of the plan."""

from odoo import models

from .xero_link import LEFT_ALONE

#: Changes folded in one transaction: bounds memory and locks.
_PAGE = 200


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _fold_page(self):
        """Turn a page of changes into pending links.

        :return: whether there may be more
        """
        changes = self.env["xero.change"].sudo()._take(self, _PAGE)
        wanted = {}
        for res_model, res_id, by_user in changes:
            ids = wanted.setdefault((res_model, by_user), [])
            ids.append(res_id)
        for (res_model, by_user), ids in wanted.items():
            if res_model in self.env:
                changed = self.env[res_model].browse(sorted(set(ids)))
                records = changed.exists()
                self._fold(records, by_user)
                self._fold_deleted(changed - records)
        return len(changes) == _PAGE

    def _fold(self, records, by_user):
        """Pending links for records that belong in Xero, and for what they need.

        Records that are already linked are looked at whatever their state: they may
        have been cancelled.
        """
        links = self.env["xero.link"].sudo()
        linked = links._live_for(records, self)
        readable = records._filtered_access("read")
        in_scope = readable._xero_in_scope(self, by_user=by_user)
        self._fold_hidden(records - readable, by_user)
        for resource, found in self._by_resource(
            in_scope | readable.filtered(lambda record: record.id in linked)
        ).items():
            links._ensure_pending(self, resource, found.ids, by_user)
        for resource, found in in_scope._xero_dependencies(self).items():
            known = links._live_for(found, self)
            new = [res_id for res_id in found.ids if res_id not in known]
            links._ensure_pending(self, resource, new, by_user)

    def _fold_deleted(self, records):
        """Deleted here: Xero's is looked at; what never went is forgotten."""
        found = self.env["xero.link"].sudo()._live_for(records, self)
        links = self.env["xero.link"].sudo().union(*found.values())
        links.filtered(
            lambda link: not link.request_id and link.state not in LEFT_ALONE
        ).write({"state": "pending", "waiting_for": "plan"})

    def _fold_hidden(self, records, by_user):
        """Records that the sync user may not read get links all the same, whose plan
        says so; those of other companies are nobody's business here."""
        if not records:
            return
        hidden = records.sudo()
        if "company_id" in hidden._fields:
            ours = self._company_ids()
            hidden = hidden.filtered(lambda record: record.company_id.id in ours)
        wanted = hidden._xero_in_scope(self, by_user=by_user)
        for resource, found in self._by_resource(wanted).items():
            links = self.env["xero.link"].sudo()
            links._ensure_pending(self, resource, found.ids, by_user)

    def _by_resource(self, records):
        return {
            resource: found
            for resource, found in records.grouped(
                lambda record: record._xero_resource()
            ).items()
            if resource
        }
