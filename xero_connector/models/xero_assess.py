"""Assess: what would become of pending links. Shared by the plan and the preview."""

import logging

from psycopg2 import DatabaseError

from odoo import models

from ..lib import batches
from .xero_assessment import Assessment, Problem
from .xero_connection_trial import TRIAL_DOCUMENTS
from .xero_link import LEFT_ALONE

_logger = logging.getLogger(__name__)


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _assess(self, resource, links):
        """What becomes of each of these links now; writes no request and no note.

        :rtype: list[Assessment]
        """
        assessments = self._assess_links(resource, links)
        return self._keep_to_trial(assessments) if resource.document else assessments

    def _assess_links(self, resource, links, dry=False):
        """As if there were no trial.

        :param dry: as if all that these records need were in Xero; writes nothing,
            and links may be new records
        :rtype: list[Assessment]
        """
        model = self.env[resource.model]
        records = model.browse(links.mapped("res_id")).exists()
        readable = records._filtered_access("read")
        facts = readable._xero_facts(self)
        if dry:
            readable._xero_suppose(facts)
        in_scope = readable._xero_in_scope(self, linked=True)
        unready = self._unready(in_scope, dry)
        by_id = {record.id: record for record in readable}
        assessments = []
        for link in links:
            record = by_id.get(link.res_id)
            if link.alike_count and not link.xero_id:
                problems = [link._alike_problem()]
                found = Assessment(record, link, "blocked", problems=problems)
            elif record is None:
                exists = link.res_id in records.ids
                found = self._assess_one(link, self._assess_unreadable, link, exists)
            elif record not in in_scope:
                out = record._xero_assess_out_of_scope
                found = self._assess_one(link, out, self, link)
            elif record.id in unready:
                found = self._assess_unready(record, link, unready[record.id])
            else:
                found = self._assess_one(link, record._xero_assess, facts, link)
            assessments.append(found)
        return assessments

    def _keep_to_trial(self, assessments):
        """In a trial, documents beyond the tenth wait for Go live (N33)."""
        left = self._trial_left()
        if left is None:
            return assessments
        kept = []
        for found in assessments:
            if found.action == "create":
                left -= 1
                if left < 0:
                    found = Assessment(
                        found.record, found.link, "wait", waiting_for="go_live"
                    )
            kept.append(found)
        return kept

    def _assess_unreadable(self, link, exists):
        """A record that is gone, or that the sync user may not read."""
        if exists:
            about = f"{link.res_model},{link.res_id}"
            values = {"user": self.env.user.name, "name": link.record_name}
            problem = Problem("no_access", f"no_access:{about}", values)
            return Assessment(None, link, "blocked", problems=[problem])
        record = self.env[link.res_model].browse(link.res_id)
        return record._xero_assess_deleted(self, link)

    def _assess_one(self, link, assess, *arguments):
        """Assess one record; an error in our own code stops only this record (I8).

        Nothing is written here, so there is nothing to roll back; only an error of
        the database ends the whole page.
        """
        about, name = f"{link.res_model},{link.res_id}", link.record_name or ""
        try:
            found = assess(*arguments)
            if found.payload:
                batches.split([found.payload])
            return found
        except batches.ElementTooLarge:
            problem = Problem("too_large", f"too_large:{about}", {"name": name})
        except DatabaseError:
            raise
        except Exception as error:
            _logger.exception("%s could not be prepared for Xero", about)
            values = {"name": name, "reason": type(error).__name__}
            problem = Problem("internal", f"internal:{about}", values)
        record = self.env[link.res_model].browse(link.res_id)
        return Assessment(record, link, "blocked", problems=[problem])

    def _assess_unready(self, record, link, late):
        """Wait for what is on its way; stop with what needs attention."""
        stopped = late.filtered(lambda each: each.note_id.state == "open")
        if stopped:
            return Assessment(record, link, "blocked", note=stopped[0].note_id)
        refused = late.filtered(lambda each: each.state in LEFT_ALONE)
        if refused:
            problem = Problem(
                "dependency_failed",
                f"dependency_failed:{refused[0].id}",
                {"name": record.display_name},
                refused[0]._records(),
            )
            return Assessment(record, link, "blocked", problems=[problem])
        return Assessment(record, link, "wait", waiting_for="dependency")

    def _unready(self, records, dry=False):
        """Links that records wait for because Xero does not have them yet.

        :param dry: only those that a person must do something about; writes nothing
        :return: dict of record id to xero.link
        """
        unready = {}
        links = self.env["xero.link"].sudo()
        dependencies = records._xero_dependencies(self) if records else {}
        for resource, found in dependencies.items():
            known = links._live_for(found, self)
            missing = [res_id for res_id in found.ids if res_id not in known]
            if missing and not dry:
                added = links._ensure_pending(self, resource, missing)
                known |= {link.res_id: link for link in added}
            late = {
                res_id: link
                for res_id, link in known.items()
                if not link.xero_id and not (dry and link.state == "pending")
            }
            for record in records if late else ():
                for res_id in record._xero_dependency_ids(found._name) & set(late):
                    unready[record.id] = unready.get(record.id, links) | late[res_id]
        return unready

    def _trial_left(self):
        """Documents that may still go as drafts, None once live."""
        if self.mode == "live":
            return None
        return TRIAL_DOCUMENTS - self._trial_sent()
