"""Plan: turn touches into requests. A job, alone per connection, without any call.

What fails a check gets a note; what equals the last agreement is dropped; the rest is
written down as requests of at most 50 elements.
"""

# Each page is a transaction of its own.
# pylint: disable=invalid-commit

from odoo import fields, models

from odoo.addons.queue_job.exception import RetryableJobError

from .xero_assessment import Problem
from .xero_lane import Busy

#: Links planned in one transaction: bounds memory and locks.
_PAGE = 200


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
        others = links.note_id
        for each in assessments:
            if each.note:
                each.link.note_id = each.note
        others._complete_if_empty()

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
