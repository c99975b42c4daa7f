"""What sending documents would do: the plan's own code, without a call or a write."""

from odoo import models
from odoo.tools.misc import split_every

from ..models.xero_assessment import Assessment

#: Documents assessed together: bounds memory, as in the plan.
_PAGE = 200


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _rehearse(self, *documents):
        """What would become of these documents, and of what they need, if sent now.

        :param documents: recordsets of one model each

        Beyond the actions of the plan there are ``skipped``, ``gone`` and ``sending``.

        :return: pair of lists of Assessment: documents in the order given, and the
            customers and products that would go before them
        """
        worker = self._as_worker()
        found = {}
        for records in documents:
            for resource, ids in worker._by_document(records).items():
                for page in split_every(_PAGE, ids, list):
                    for each in worker._rehearse_page(resource, page):
                        found[records._name, each.link.res_id] = each
        keys = [
            (records._name, res_id) for records in documents for res_id in records.ids
        ]
        documents = worker._keep_to_trial([found[key] for key in keys if key in found])
        needed = worker._rehearse_needed(documents)
        return worker._stop_dependents(documents, needed), needed

    def _by_document(self, documents):
        """Ids of documents by resource."""
        resources = self.env["xero.resource"]._get_resources()
        return {
            resources[name]: found.ids
            for name, found in documents.grouped(
                lambda document: document._xero_resource()
            ).items()
            if name
        }

    def _rehearse_page(self, resource, ids):
        """Assess a page; what a person or Xero has settled is left as it is."""
        links = self._links_or_new(resource, ids)
        settled = links.filtered(
            lambda link: link.state in ("skipped", "gone") or link.request_id
        )
        found = self._assess_links(resource, links - settled, dry=True)
        records = self.env[resource.model]
        for link in settled:
            action = "sending" if link.request_id else link.state
            found.append(Assessment(records.browse(link.res_id), link, action))
        return found

    def _links_or_new(self, resource, ids):
        """The live links of these records; new ones in memory where there are none."""
        links = self.env["xero.link"].sudo()
        known = links._live_for(self.env[resource.model].browse(ids), self)
        existing = links.union(*known.values())
        existing.fetch(["snapshot", "fingerprint"])
        new = [
            links.new(
                {
                    "connection_id": self.id,
                    "resource": resource.name,
                    "res_model": resource.model,
                    "res_id": res_id,
                    "state": "pending",
                }
            )
            for res_id in ids
            if res_id not in known
        ]
        return links.union(existing, *new)

    def _rehearse_needed(self, documents):
        """Customers and products that Xero does not have and that would go first."""
        found = []
        for name, needed in self._needs_of(documents).items():
            resource = self.env["xero.resource"]._get(name)
            for page in split_every(_PAGE, needed.ids, list):
                links = self._links_or_new(resource, page)
                missing = links.filtered(lambda link: not link.xero_id)
                found += self._assess_links(resource, missing, dry=True)
        return [each for each in found if each.record]

    def _needs_of(self, documents):
        """What documents that would be created need, by resource."""
        going = {}
        for each in documents:
            if each.action == "create":
                going.setdefault(each.record._name, []).append(each.record)
        needs = {}
        for model, records in going.items():
            found = self.env[model].union(*records)._xero_dependencies(self)
            for name, needed in found.items():
                needs[name] = needs.get(name, needed) | needed
        return needs

    def _stop_dependents(self, documents, needed):
        """Documents stop where what they need cannot go."""
        stopped = {
            (each.record._name, each.record.id): each
            for each in needed
            if each.action == "blocked"
        }
        for name in {model for model, _res_id in stopped}:
            for each in documents:
                if each.action != "create":
                    continue
                for res_id in each.record._xero_dependency_ids(name):
                    cause = stopped.get((name, res_id))
                    if cause:
                        each.action = "blocked"
                        each.problems, each.note = cause.problems, cause.note
        return documents
