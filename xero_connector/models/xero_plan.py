"""Plan: turn touches into requests. A job, alone per connection, without any call.

What fails a check gets a note; what equals the last agreement is dropped; the rest is
written down as requests of at most 50 elements.
"""

# Each page is a transaction of its own.
# pylint: disable=invalid-commit

import logging
from contextlib import contextmanager

from psycopg2 import DatabaseError
from psycopg2.errors import LockNotAvailable

from odoo import fields, models

from odoo.addons.queue_job.exception import RetryableJobError

from ..lib import batches
from .xero_connection_trial import TRIAL_DOCUMENTS
from .xero_sync_mixin import Assessment, Problem

_logger = logging.getLogger(__name__)

#: Changes folded and links planned in one transaction: bounds memory and locks.
_PAGE = 200

#: Advisory lock spaces: the connection's id is the second key.
_LANES = {"plan": 0x78706C6E, "send": 0x7873656E, "poll": 0x78706F6C}


class Busy(Exception):
    """Somebody else is at it for this connection; try again in ``seconds``."""

    def __init__(self, seconds):
        super().__init__(f"busy, again in {seconds} s")
        self.seconds = seconds


class Stopped(Exception):
    """Nothing to do until somebody connects again, which wakes the request."""


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    # === JOB === #

    def _job_plan(self):
        """Plan what to send to Xero."""
        try:
            self._plan()
        except Busy as busy:
            raise RetryableJobError(
                str(busy), seconds=busy.seconds, ignore_retry=True
            ) from busy

    def _plan(self):
        """Plan everything that can be planned now.

        Runs in a transaction that it may commit. Each page begins with a new snapshot
        whose first statement takes the changes, after the lane was taken in another
        cursor: what was committed before the lane was free is seen.
        """
        self.ensure_one()
        with self._lane("plan"):
            self.env.cr.commit()
            if not self._worker_may_read():
                self.env.cr.commit()
                return
            self.env.cr.commit()
            for _look in range(2):
                self._plan_pages()
                if not self._release_dependents():
                    break
            self.env.cr.commit()

    def _plan_pages(self):
        """Fold every change and plan every link that is pending now."""
        while self._fold_page():
            self.env.cr.commit()
        self.env.cr.commit()
        for resource in self.env["xero.resource"]._in_order():
            last = 0
            while last is not None:
                last = self._plan_page(resource, last)
                self.env.cr.commit()

    def _release_dependents(self):
        """Have documents planned whose contacts and items are settled by now.

        They wait until no contact or item is on its way any more, so that they go in
        as few calls as possible; one that is held up or in doubt holds up its own
        documents only.

        :return: whether there were any
        """
        prerequisites = [
            row.name
            for row in self.env["xero.resource"]._in_order()
            if not row.document and not row.settles
        ]
        requests = self.env["xero.request"].sudo()
        busy = requests.search_count(
            [
                ("connection_id", "=", self.id),
                ("state", "in", ("ready", "sending", "answered")),
                ("resource", "in", prerequisites),
                "|",
                ("retry_at", "=", False),
                ("retry_at", "<=", fields.Datetime.now()),
            ],
            limit=1,
        )
        if busy:
            return False
        waiting = (
            self.env["xero.link"]
            .sudo()
            .search(
                [
                    ("connection_id", "=", self.id),
                    ("state", "=", "pending"),
                    ("request_id", "=", False),
                    ("waiting_for", "=", "dependency"),
                ]
            )
        )
        waiting.waiting_for = "plan"
        return bool(waiting)

    def _worker_may_read(self):
        """Whether the person in whose name we work has the rights for it (S18).

        Without them nothing is planned, and a note says what to do.
        """
        key = f"no_access:{self.id}"
        notes = self.env["xero.note"].sudo()
        user = self.env.user
        if user.has_group("xero_connector.group_user") and self.env[
            "account.move"
        ].has_access("read"):
            notes._close(self, key)
            return True
        values = {"user": user.name, "name": self.env._("documents")}
        problem = Problem("no_access", key, values, self.sudo())
        notes._raise(self.sudo(), [(self.env["xero.link"].sudo(), problem, None)])
        return False

    @contextmanager
    def _lane(self, name):
        """Be alone at ``name`` for this connection, across processes.

        The lock belongs to a session of its own, with no transaction open while the
        work goes on, and ends with that session whatever becomes of this process.
        Whoever is in the lane already stays in it.

        :raises Busy: someone else is, and did not finish within two seconds
        """
        key = [_LANES[name], self.id]
        held = self.env.cr.cache.setdefault("xero_lanes", [])
        if key in held:
            yield
            return
        with self.env.registry.cursor() as lock:
            lock.execute("SET LOCAL lock_timeout = '2s'")
            try:
                lock.execute("SELECT pg_advisory_lock(%s, %s)", key)
            except LockNotAvailable as error:
                raise Busy(1) from error
            lock.commit()
            held.append(key)
            try:
                yield
            finally:
                held.remove(key)
                lock.execute("SELECT pg_advisory_unlock(%s, %s)", key)

    # === FOLD === #

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
                wanted = self.env[res_model].browse(sorted(set(ids)))
                records = wanted.exists()
                self._fold(records, by_user)
                self._fold_deleted(wanted - records)
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
            lambda link: not link.request_id and link.state not in ("skipped", "gone")
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

    # === PLAN === #

    def _plan_page(self, resource, after_id):
        """Assess a page of pending links of one resource and write requests down.

        :return: the last link looked at, or None when there are no more
        """
        links = (
            self.env["xero.link"]
            .sudo()
            .search(
                [
                    ("connection_id", "=", self.id),
                    ("resource", "=", resource.name),
                    ("state", "=", "pending"),
                    ("request_id", "=", False),
                    ("superseded_by_id", "=", False),
                    ("id", ">", after_id),
                ],
                order="id",
                limit=_PAGE,
            )
        )
        if not links:
            return None
        ready = self.env[resource.model]._xero_prepare(self, links)
        self._settle_assessments(resource, self._assess(resource, ready))
        return links[-1].id if len(links) == _PAGE else None

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
        refused = late.filtered(lambda each: each.state in ("skipped", "gone"))
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

    # === SETTLE === #

    def _settle_assessments(self, resource, assessments):
        """Write the outcome of a page down: requests, notes, states."""
        by_action = {}
        for assessment in assessments:
            by_action.setdefault(assessment.action, []).append(assessment)
        self._settle_left(by_action.get("leave", []))
        self._settle_nothing(by_action.get("nothing", []))
        self._settle_waiting(by_action.get("wait", []))
        self._settle_blocked(by_action.get("blocked", []))
        self._settle_sent(resource, by_action)

    def _links(self, assessments):
        return self.env["xero.link"].sudo().union(*(each.link for each in assessments))

    def _settle_left(self, assessments):
        """Not for Xero after all: no trace, unless Xero has it."""
        links = self._links(assessments)
        links.env["xero.note"]._settle(links)
        never_sent = links.filtered(lambda link: not link.xero_id)
        (links - never_sent).write({"state": "synced", "waiting_for": False})
        never_sent.unlink()

    def _settle_nothing(self, assessments):
        links = self._links(assessments)
        links.env["xero.note"]._settle(links)
        links.write({"state": "synced", "waiting_for": False, "by_user": False})
        for each in assessments:
            snapshot = each.link.snapshot or {}
            if snapshot | each.remember != snapshot:
                each.link.snapshot = snapshot | each.remember

    def _settle_waiting(self, assessments):
        ready = [each for each in assessments if each.waiting_for == "go_live"]
        self.env["xero.note"].sudo()._settle(self._links(ready))
        for assessment in assessments:
            if assessment.link.waiting_for != assessment.waiting_for:
                assessment.link.waiting_for = assessment.waiting_for

    def _settle_blocked(self, assessments):
        links = self._links(assessments)
        links.write({"state": "blocked", "waiting_for": False})
        found = [
            (each.link, problem, None)
            for each in assessments
            for problem in each.problems[:1]
        ]
        if found:
            links.env["xero.note"]._raise(self, found)
        for each in assessments:
            if each.note:
                each.link.note_id = each.note

    def _settle_sent(self, resource, by_action):
        """Write requests down and wake their jobs, in this same transaction."""
        wanted, model = [], self.env[resource.model]
        for action in ("create", "update"):
            groups = {}
            for each in by_action.get(action, []):
                groups.setdefault(each.link.by_user, []).append(each)
            for by_user in sorted(groups, reverse=True):
                calls = model._xero_calls(resource, action, groups[by_user])
                wanted += [(row, action, by_user, found) for row, found in calls]
        if wanted:
            requests = self.env["xero.request"].sudo()._write_down(self, wanted)
            for _resource, _action, _by_user, found in wanted:
                self.env[resource.model]._xero_written_down(found)
            requests._wake()

    def _describe(self, resource, action, elements):
        """HTTP method and path of an operation, for the ledger."""
        operation = resource.create if action == "create" else resource.update
        model = self.env[resource.model]
        args, parameters = model._xero_arguments(resource, action, elements[:1])
        return self.sudo()._client("").describe(operation, *args, **parameters)
