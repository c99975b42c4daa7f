"""What every synced model has in common."""

from odoo import api, models
from odoo.fields import Domain

from ..lib import batches, wire
from .xero_assessment import Assessment, Facts, Problem

#: Causes that stop changes, not what has long been in Xero.
_OF_PERIODS = {"locked_period", "filed_period", "bill_date_closed"}


class XeroSyncMixin(models.AbstractModel):
    _name = "xero.sync.mixin"
    _description = "Synced With Xero"

    #: Names of the fields whose change makes a linked record worth looking at.
    _xero_tracked_fields = frozenset()

    # === CRUD METHODS === #

    def write(self, vals):
        result = super().write(vals)
        if not self._xero_tracked_fields.isdisjoint(vals):
            self._xero_touch()
        return result

    def unlink(self):
        """What is deleted here may still be in Xero: that is looked at afterwards."""
        if self.env["xero.connection"]._live_ids():
            linked = self.sudo().filtered("xero_link_ids")
            linked._xero_touch(by_user=True)
        return super().unlink()

    # === TOUCH === #

    def _xero_touch(self, by_user=False):
        """Remember that these records may have changed, for the next plan.

        Costs one INSERT per transaction, and nothing where nothing is connected.
        """
        # What comes from an organisation is news to the others only.
        source = self.env.context.get("xero_from")
        by_connection = self._xero_concerned()
        for connection_ids, records in by_connection:
            concerned = [id_ for id_ in connection_ids if id_ != source]
            if records and concerned:
                self.env["xero.change"]._collect(records, concerned, by_user)

    def _xero_concerned(self):
        """Whom a change concerns: pairs of (connection ids, records).

        Shared records concern every connection.
        """
        return [(self.env["xero.connection"]._live_ids(), self)]

    # === MAPPING (a synced model says these in its own file) === #

    @api.model
    def _xero_prepare(self, connection, links):
        """What is to be done, and may be written, before links are assessed.

        :param links: pending links of this model
        :return: those of them to assess now
        """
        return links

    def _xero_resource(self):
        """Name of the resource this one record is, or None if it never goes."""
        raise NotImplementedError

    def _xero_facts(self, connection):
        """Read ahead what assessing this batch needs, in a constant number of queries.

        :return: what ``_xero_problems`` and ``_xero_payload`` look things up in
        """
        return Facts(connection)

    def _xero_suppose(self, facts):
        """Have ``facts`` say that all that these records need is in Xero already."""

    def _xero_partner(self):
        """The contact whom this one record concerns, on whom problems are noted."""
        return self.env["res.partner"]

    def _xero_in_scope(self, connection, by_user=False, linked=False):
        """The records of this batch that belong in Xero now.

        :param by_user: a person asked for these, so no automatic trigger is needed
        :param linked: they were taken already; only ask whether they still belong
        """
        return self

    def _xero_dependencies(self, connection):
        """Records that must be in Xero before those of this batch.

        :return: dict of resource name to recordset
        """
        return {}

    def _xero_dependency_ids(self, model):
        """Ids of the records of ``model`` that this one record waits for."""
        return set()

    def _xero_problems(self, facts):
        """What would make Xero refuse this one record, found without a call.

        :rtype: list[Problem]
        """
        return []

    def _xero_payload(self, facts, link):
        """This one record as an element for Xero.

        :return: pair of (xero-python model, dict of what both sides agree on once Xero
            accepted it)
        """
        raise NotImplementedError

    # === ASSESS === #

    def _xero_assess(self, facts, link):
        """What would happen to this one record now. Writes nothing.

        :rtype: Assessment
        """
        problems = self._xero_problems(facts)
        if link.filed_confirmed:
            problems = [each for each in problems if each.cause != "filed_period"]
        stopped = Assessment(self, link, "blocked", problems=problems)
        settled = _OF_PERIODS if link.xero_id else set()
        if {problem.cause for problem in problems} - settled:
            return stopped
        model, agreed = self._xero_payload(facts, link)
        payload = wire.encode(model)
        found = Assessment(
            self, link, "create", payload, wire.fingerprint(payload), agreed
        )
        if link.xero_id:
            found = self._xero_assess_change(facts, found)
        # A locked period stops changes, not what has long been in Xero.
        return stopped if problems and found.action == "update" else found

    def _xero_assess_change(self, facts, assessment):
        """What becomes of a record that Xero already has.

        :param assessment: as if it were new
        """
        assessment.action = "nothing"
        return assessment

    def _xero_assess_out_of_scope(self, connection, link):
        """What becomes of a linked record that no longer belongs in Xero."""
        return Assessment(self, link, "leave")

    def _xero_assess_deleted(self, connection, link):
        """What becomes of the link of a record that was deleted here."""
        return Assessment(self, link, "leave")

    # === CALLS === #

    @api.model
    def _xero_batch_size(self, resource, action):
        """How many elements may go in one call."""
        return batches.MAX_ELEMENTS

    @api.model
    def _xero_calls(self, resource, action, assessments):
        """Which of these go together in one call, in their order.

        :return: list of (resource, assessments)
        """
        size, calls = self._xero_batch_size(resource, action), []
        for batch in batches.split([each.payload for each in assessments], size):
            calls.append((resource, assessments[: len(batch)]))
            assessments = assessments[len(batch) :]
        return calls

    @api.model
    def _xero_arguments(self, resource, action, elements, key=None):
        """What the operation of a write is called with.

        :param elements: as they are written down
        :param key: the idempotency key
        :return: pair of (arguments, parameters by name)
        """
        parameters = dict(resource.parameters, summarize_errors=False)
        return ({resource.endpoint: elements},), parameters | {"idempotency_key": key}

    @api.model
    def _xero_answered(self, resource, action, answer, sent):
        """The elements of an answer, in the order of those sent."""
        return answer.get(resource.endpoint) or []

    # === ANSWERS === #

    @api.model
    def _xero_written_down(self, assessments):
        """Hook after what is to be sent was written down, in the same transaction."""

    @api.model
    def _xero_is_ours(self, there, sent, agreed):
        """Whether an element found in Xero is the one that was sent.

        :param there: the element as Xero has it now
        :param sent: the element as it was sent
        :param agreed: what was to be agreed on, and ``at``: when it was sent, UTC
        """
        return True

    @api.model
    def _xero_is_alike(self, there, sent, agreed):
        """Whether an element found without a number says all that was sent.

        Parameters as of :meth:`_xero_is_ours`.
        """
        return self._xero_is_ours(there, sent, agreed)

    def _xero_meet(self, link, there, payload, agreed):
        """Whether a change of this one record may go onto what Xero has now.

        Called just before an update is sent, when Xero's element was changed since it
        was last agreed on (I15); of documents each time. The record may have been
        deleted here. Writes nothing.

        :param link: its xero.link, with the ``snapshot`` of the last agreement
        :param there: the element as Xero has it now, not voided or deleted
        :param payload: the element as it would be sent
        :param agreed: what both sides would agree on, goes to the snapshot; may be
            added to, with values that JSON knows
        :return: the element to send, merged or as it is; None where Xero has it so
            already; or a Problem, which stops this record only
        """
        return Problem(
            "changed_there",
            f"changed_there:{link.res_model},{link.res_id}",
            {"name": link.record_name or ""},
        )

    @api.model
    def _xero_seen(self, there):
        """What to remember of an element that Xero has but a change may not go onto."""
        return {}

    @api.model
    def _xero_agreed(self, element, agreed):
        """What to remember of an element that Xero accepted, for the snapshot."""
        return agreed

    @api.model
    def _xero_accepted(self, connection, accepted):
        """Hook after elements were accepted: list of (request line, element)."""

    # === LINKING BY HAND === #

    @api.model
    def _xero_search_parameters(self, search):
        """Parameters of the read that looks for words in Xero."""
        return {"search_term": search, "page": 1, "page_size": 20}

    @api.model
    def _xero_candidate(self, element):
        """What to show of an element that may be the same record."""
        return {"name": element.get("Name"), "status": element.get("Status")}

    def _xero_agree_by_hand(self, link, element):
        """Columns of the link once a person said that an element is this record."""
        return {}

    # === ACTIONS === #

    def action_xero_send(self):
        """Send to Xero what is selected: a person asked, so it goes first."""
        self.env["xero.connection"]._check_user()
        return self._xero_send_now()

    def _xero_send_now(self):
        self._xero_touch(by_user=True)
        return self.env["xero.connection"]._notify(
            self.env._("On its way to Xero. The mark beside it shows when it is there.")
        )

    def action_xero_open(self):
        """Open this record in Xero, in another tab."""
        self.ensure_one()
        return self._xero_link().action_open_in_xero()

    def action_xero_explain(self):
        """Show why this record is not in Xero, or what it waits for."""
        return self._xero_link().action_explain()

    def _xero_may_see(self):
        """Whether the reader may see anything of Xero (S15)."""
        return self.env.user.has_group("xero_connector.group_user")

    def _xero_link(self):
        """The live link of this one record, for the reader's company."""
        self.ensure_one()
        return self.env["xero.link"].search(
            self._xero_link_domain() & Domain("res_id", "=", self.id), limit=1
        )
