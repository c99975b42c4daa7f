"""Files that follow their document to Xero: its PDF, the supplier's voucher (N14).

One call each, so that they are options. A file of the same name takes the place of the
older one in Xero, which makes sending it again harmless; what became of a call without
an answer is read all the same before it is repeated (I4).
"""

# Each file is a call of its own, committed before the next one.
# pylint: disable=invalid-commit

import logging

from psycopg2 import DatabaseError

from odoo import api, fields, models

from odoo.addons.queue_job.exception import RetryableJobError

from ..lib import errors
from ..lib.attachment_names import MAX_BYTES, MAX_FILES, file_name
from .xero_lane import Busy

_logger = logging.getLogger(__name__)

STATES = [
    ("waiting", "Waiting"),
    ("uncertain", "Checking"),
    ("sent", "In Xero"),
    ("refused", "Needs attention"),
]

#: Files of one job; the rest has another one.
_PAGE = 20

#: Operations by the endpoint of the document.
_SEND = {
    "Invoices": "create_invoice_attachment_by_file_name",
    "CreditNotes": "create_credit_note_attachment_by_file_name",
}
_LIST = {
    "Invoices": "get_invoice_attachments",
    "CreditNotes": "get_credit_note_attachments",
}


class XeroAttachment(models.Model):
    _name = "xero.attachment"
    _description = "File In Xero"
    _order = "id desc"

    connection_id = fields.Many2one(
        "xero.connection", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    link_id = fields.Many2one(
        "xero.link", "Document", required=True, readonly=True, ondelete="cascade"
    )
    record_name = fields.Char(related="link_id.record_name", string="Of")
    attachment_id = fields.Many2one(
        "ir.attachment",
        readonly=True,
        ondelete="cascade",
        help="Empty for the document's own PDF, which is made when it is sent.",
    )
    name = fields.Char("File", required=True, readonly=True)
    state = fields.Selection(STATES, default="waiting", required=True, readonly=True)
    message = fields.Char("What Happened", readonly=True)
    sent_at = fields.Datetime("In Xero Since", readonly=True)

    _name_uniq = models.UniqueIndex("(link_id, name)")
    _waiting_idx = models.Index(
        "(connection_id, id) WHERE state IN ('waiting', 'uncertain')"
    )

    # === WANTED === #

    @api.model
    def _want(self, links, own_pdf=False, files=None):
        """Have files follow their documents; those that went already go again.

        :param links: of documents that Xero has
        :param own_pdf: whether the document as PDF is wanted
        :param files: dict of link to ir.attachments
        """
        wanted = {}
        for link in links:
            if own_pdf:
                wanted[link, file_name(f"{link.record_name}.pdf")] = False
            for each in (files or {}).get(link, ())[:MAX_FILES]:
                wanted[link, file_name(each.name)] = each.id
        known = self.search([("link_id", "in", links.ids)])
        again = known.filtered(lambda row: (row.link_id, row.name) in wanted)
        again.write({"state": "waiting", "message": False})
        for row in again:
            row.attachment_id = wanted.pop((row.link_id, row.name))
        self.create(
            [
                {
                    "connection_id": link.connection_id.id,
                    "link_id": link.id,
                    "name": name,
                    "attachment_id": attachment_id,
                }
                for (link, name), attachment_id in wanted.items()
            ]
        )
        links.connection_id._wake_attachments()

    # === SENDING === #

    def _send(self):
        """Send one file.

        :raises Busy: not now; again in so many seconds
        """
        connection = self.connection_id
        seconds = connection.budget_ids[:1]._wait(by_user=False)
        if seconds:
            raise Busy(seconds)
        try:
            content, content_type = self._content()
        except DatabaseError:
            raise
        except Exception as error:  # a report may be anybody's code
            _logger.warning("File %s could not be made", self.name, exc_info=True)
            self._refuse(self.env._("Odoo could not make it: %s", error))
            return
        if len(content) > MAX_BYTES:
            self._refuse(self.env._("It is larger than the 10 MB that Xero takes."))
            return
        try:
            if self.state != "uncertain" or not self._is_there(len(content)):
                self._put(content, content_type)
        except errors.Refused as error:
            self._refuse("\n".join(error.messages) or error.message)
        except errors.Gone as error:
            self._refuse(error.message)
        except errors.Uncertain as error:
            self.write({"state": "uncertain", "message": error.message})
            raise Busy(connection._call_seconds()) from error
        except errors.XeroError as error:
            self.message = error.message
            raise Busy(error.retry_after or 300) from error
        else:
            self._set_sent()

    def _endpoint(self):
        return self.env["xero.resource"]._get(self.link_id.resource).endpoint

    def _put(self, content, content_type):
        self.connection_id._call(
            _SEND[self._endpoint()],
            self.link_id.xero_id,
            self.name,
            content,
            content_type=content_type,
            idempotency_key=self.env["xero.request"]._new_key(),
        )

    def _is_there(self, size):
        """Whether the document has a file of this name and size by now."""
        answer = self.connection_id._call(_LIST[self._endpoint()], self.link_id.xero_id)
        return any(
            (each.get("FileName"), each.get("ContentLength")) == (self.name, size)
            for each in answer.elements("Attachments")
        )

    def _content(self):
        """The file's bytes and their type."""
        if self.attachment_id:
            return self.attachment_id.raw, self.attachment_id.mimetype
        return self.link_id._records()._xero_pdf(), "application/pdf"

    def _set_sent(self):
        self.write(
            {"state": "sent", "message": False, "sent_at": fields.Datetime.now()}
        )

    def _refuse(self, words):
        """Said in the document's history; nothing else waits for a file."""
        self.write({"state": "refused", "message": words})
        self.link_id._tell(
            self.env._(
                "The file %(name)s did not go to Xero: %(reason)s",
                name=self.name,
                reason=words,
            )
        )


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _wake_attachments(self):
        """Have files sent by a job; without a job runner the cron takes them."""
        for connection in self:
            if connection._runner_alive():
                connection._as_worker().with_delay(
                    priority=20,
                    max_retries=0,
                    identity_key=f"xero-attach-{connection.id}",
                    description="Xero: attach files",
                )._job_attach()

    def _job_attach(self):
        """Send files that wait, one call each."""
        try:
            if self.sudo()._attach():
                self._wake_attachments()
        except Busy as busy:
            raise RetryableJobError(
                str(busy), seconds=busy.seconds, ignore_retry=True
            ) from busy

    def _attach(self):
        """Send a page of files.

        :return: whether there are more
        :raises Busy: the rest waits for so many seconds
        """
        self.ensure_one()
        if self.is_copy or self.state != "connected":
            return False
        waiting = [
            ("connection_id", "=", self.id),
            ("state", "in", ("waiting", "uncertain")),
        ]
        with self._lane("send"):
            self.env.cr.commit()
            # What failed goes last: it keeps no other back.
            rows = (
                self.env["xero.attachment"]
                .sudo()
                .search(waiting, order="write_date, id", limit=_PAGE)
            )
            for row in rows:
                try:
                    row._send()
                finally:
                    self.env.cr.commit()
        return len(rows) == _PAGE

    def _drive_once(self):
        """Files go last, when nothing else is left to do."""
        done = super()._drive_once()
        if not done:
            try:
                done = self.sudo()._attach()
            except Busy as wait:
                _logger.info("Files of connection %s: %s", self.id, wait)
        return done

    def _sweep(self):
        left = (
            self.env["xero.attachment"]
            .sudo()
            .search_count(
                [
                    ("connection_id", "=", self.id),
                    ("state", "in", ("waiting", "uncertain")),
                    (
                        "write_date",
                        "<",
                        fields.Datetime.subtract(fields.Datetime.now(), minutes=2),
                    ),
                ],
                limit=1,
            )
        )
        if left:
            self.sudo()._wake_attachments()
        return super()._sweep()
