"""What Odoo did to a contact, told in its history in Xero (S51). By option, and last.

Each is a call of its own, so a contact is told of at most once a day: what happens
later that day waits and goes as one with the next day's. It is news, not a record:
nothing waits for it, and what became of a call without an answer is never asked.
"""

# Each note is a call of its own, committed before the next one.
# pylint: disable=invalid-commit

import logging
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.queue_job.exception import RetryableJobError

from ..lib import errors
from .xero_lane import Busy

_logger = logging.getLogger(__name__)

#: What Xero takes in one note (xero-api.md, misc).
_LONGEST = 2500

#: Notes of one job; the rest has another one.
_PAGE = 20

#: What could not be told for so long is not told any more.
_PATIENCE = timedelta(days=7)

_ONE_DAY = timedelta(days=1)


class XeroHistoryNote(models.Model):
    _name = "xero.history.note"
    _description = "Note For A Contact's History In Xero"
    _log_access = False
    _order = "id"

    connection_id = fields.Many2one(
        "xero.connection", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    link_id = fields.Many2one(
        "xero.link", "Contact", required=True, readonly=True, ondelete="cascade"
    )
    waiting = fields.Text(readonly=True, help="What is still to be told.")
    since = fields.Date(readonly=True, help="When the first of it happened.")
    next_on = fields.Date(required=True, readonly=True, help="Not before this day.")

    _link_uniq = models.UniqueIndex("(link_id)")
    _waiting_idx = models.Index("(connection_id, id) WHERE waiting IS NOT NULL")

    # === COLLECTED === #

    @api.model
    def _collect(self, connection, said):
        """Have something told of contacts, together with what already waits.

        :param said: dict of xero.link to text
        """
        today = fields.Date.today()
        known = self.search([("link_id", "in", [link.id for link in said])])
        known = {note.link_id: note for note in known}
        for link, note in known.items():
            note.write(
                {
                    "waiting": "\n".join(filter(None, (note.waiting, said[link]))),
                    "since": note.since if note.waiting else today,
                }
            )
        self.create(
            [
                {
                    "connection_id": connection.id,
                    "link_id": link.id,
                    "waiting": text,
                    "since": today,
                    "next_on": today,
                }
                for link, text in said.items()
                if link not in known
            ]
        )
        connection._wake_history()

    @api.model
    def _due(self, connection):
        """The next one to tell."""
        due = [
            ("connection_id", "=", connection.id),
            ("waiting", "!=", False),
            ("next_on", "<=", fields.Date.today()),
        ]
        return self.search(due, limit=1)

    @api.autovacuum
    def _gc_stale(self):
        """Forget what could not be told for a week."""
        before = fields.Date.today() - _PATIENCE
        self.sudo().search([("waiting", "!=", False), ("since", "<", before)]).unlink()

    # === TOLD === #

    def _tell(self):
        """Tell Xero; at most once, whatever becomes of the call.

        :raises Busy: none of them can be told now; again in so many seconds
        """
        connection = self.connection_id
        seconds = connection.budget_ids[:1]._wait(by_user=False)
        if seconds:
            raise Busy(seconds)
        text, today = self.waiting, fields.Date.today()
        self.write({"waiting": False, "next_on": today + _ONE_DAY})
        self.env.cr.commit()
        try:
            self._put(text)
        except (errors.Uncertain, errors.Refused, errors.Bug) as error:
            _logger.info("History of %s: %s", self.link_id.xero_id, error)
        except errors.Throttled as error:
            self.write({"waiting": text, "next_on": today})
            raise Busy(error.retry_after or 60) from error
        except errors.XeroError as error:
            self.waiting = text
            raise Busy(error.retry_after or 300) from error

    def _put(self, text):
        if len(text) > _LONGEST:
            text = f"{text[: _LONGEST - 1]}…"
        self.connection_id._call(
            "create_contact_history",
            self.link_id.xero_id,
            {"HistoryRecords": [{"Details": text}]},
            idempotency_key=self.env["xero.request"]._new_key(),
        )


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _xero_accepted(self, connection, accepted):
        """A contact that Xero took is told of in its history there."""
        super()._xero_accepted(connection, accepted)
        if not connection.contact_history:
            return
        partners = self.browse(line.link_id.res_id for line, _element in accepted)
        by_id = {partner.id: partner for partner in partners.exists()}
        said = {}
        for line, _element in accepted:
            partner = by_id.get(line.link_id.res_id)
            sent = (line.agreed or {}).get("sent")
            if partner and sent != []:
                said[line.link_id] = partner._xero_history_words(sent)
        if said:
            self.env["xero.history.note"]._collect(connection, said)

    def _xero_history_words(self, sent):
        """What was done, by whom and when.

        :param sent: names of the fields that were changed, None where it was created
        """
        if sent is None:
            return self.env._(
                "Created from Odoo by %(user)s (%(when)s)",
                user=self.create_uid.name,
                when=f"{self.create_date:%Y-%m-%d %H:%M} UTC",
            )
        labels = self._xero_field_labels()
        # Addresses and persons of a company are part of its contact.
        last = max(self | self.child_ids, key=lambda each: each.write_date)
        return self.env._(
            "Updated from Odoo by %(user)s (%(when)s): %(fields)s",
            user=last.write_uid.name,
            when=f"{last.write_date:%Y-%m-%d %H:%M} UTC",
            fields=", ".join(str(labels[name]) for name in sent),
        )


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    contact_history = fields.Boolean(
        "Tell In Xero's History",
        tracking=True,
        help="Who changed a contact in Odoo, and what, stands in its history in Xero:"
        " one call for each contact and day.",
    )

    def _wake_history(self):
        """Have contacts told of by a job; without a job runner the cron does it."""
        for connection in self:
            if connection._runner_alive():
                connection._as_worker().with_delay(
                    priority=25,
                    max_retries=0,
                    identity_key=f"xero-history-{connection.id}",
                    description=self.env._("Xero: tell what was changed"),
                )._job_tell_history()

    def _job_tell_history(self):
        """Tell what waits, one call for each contact."""
        try:
            if self.sudo()._tell_history():
                self._wake_history()
        except Busy as busy:
            raise RetryableJobError(
                str(busy), seconds=busy.seconds, ignore_retry=True
            ) from busy

    def _tell_history(self):
        """Tell of some contacts; documents may go between any two of them.

        :return: whether there may be more
        :raises Busy: the rest waits for so many seconds
        """
        self.ensure_one()
        if self.is_copy or self.state != "connected" or not self.contact_history:
            return False
        for _each in range(_PAGE):
            with self._lane("send"):
                self.env.cr.commit()
                note = self.env["xero.history.note"].sudo()._due(self)
                if not note:
                    return False
                try:
                    note._tell()
                finally:
                    self.env.cr.commit()
        return True

    def _drive_once(self):
        """News go last, when nothing else is left to do."""
        done = super()._drive_once()
        if not done:
            try:
                done = self.sudo()._tell_history()
            except Busy as wait:
                _logger.info("History of connection %s: %s", self.id, wait)
        return done

    def _sweep(self):
        if self.contact_history and self.env["xero.history.note"].sudo()._due(self):
            self.sudo()._wake_history()
        return super()._sweep()
