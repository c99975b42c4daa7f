"""Joining an organisation: chosen where there are several, refused where it harms."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..lib import errors


class XeroConnectionCandidate(models.Model):
    _name = "xero.connection.candidate"
    _description = "Organisation To Choose From"

    connection_id = fields.Many2one(
        "xero.connection", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="connection_id.company_id")
    tenant_id = fields.Char(required=True)
    consent_ref = fields.Char(required=True)
    name = fields.Char("Organisation")

    def action_choose(self):
        """Connect this organisation."""
        self.ensure_one()
        self.env["xero.connection"]._check_manager()
        connection = self.connection_id
        try:
            chosen = connection.sudo()._take_organisation(
                self.tenant_id, self.consent_ref
            )
        except errors.XeroError as error:
            raise connection._as_user_error(error) from error
        return chosen._open_form()


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _find_organisation(self):
        """Take the organisation of this consent, or list them to choose from."""
        found = self._organisations()
        self.write({"consent_user": False, "consent_event": False})
        mine = [each for each in found if each["tenantId"] == self.tenant_id]
        if len(found) == 1 or mine:
            [chosen] = mine or found
            return self._take_organisation(chosen["tenantId"], chosen["id"])
        if not found:
            raise UserError(
                self.env._(
                    "Xero gave access to no organisation. Connect again and choose one."
                )
            )
        self.candidate_ids.unlink()
        self.env["xero.connection.candidate"].create(
            [
                {
                    "connection_id": self.id,
                    "tenant_id": each["tenantId"],
                    "consent_ref": each["id"],
                    "name": each["tenantName"],
                }
                for each in found
            ]
        )
        return self

    def _organisations(self):
        """Organisations of the last consent; all of the grant's where it names none."""
        client = self._client(self.token_id._access_token())
        found = client.get_connections(auth_event_id=self.consent_event).json
        found = found or client.get_connections().json
        return [each for each in found if each["tenantType"] == "ORGANISATION"]

    def _take_organisation(self, tenant_id, consent_ref):
        """Join this connection to an organisation, unless that would do harm.

        Another organisation than before is a new connection: what was sent to the old
        one does not count there (T76), so it is archived with its links. Back at an
        organisation of before, its connection knows what it has.

        :return: the connection that is joined now
        """
        self._check_not_taken(tenant_id)
        client = self._client(self.token_id._access_token(), tenant_id)
        element = client.call("get_organisations").elements("Organisations")[0]
        self._check_currency(element)
        connection = self
        if self.tenant_id and self.tenant_id != tenant_id:
            values = {
                "active": True,
                "client_id": self.client_id,
                "client_secret": self.client_secret,
                "webhook_key": self.webhook_key,
                "token_id": self.token_id.id,
            }
            self.active = False
            self.flush_recordset()
            connection = self._former(tenant_id) or self.copy()
            connection.write(values)
        connection.tenant_id = tenant_id
        connection._store_organisation(element)
        connection.write(
            {
                "consent_ref": consent_ref,
                "connected_by_id": self.env.uid,
                "connected_at": fields.Datetime.now(),
                "disconnected_at": False,
                "bound_to": self._this_database(),
                "problem": False,
                "sync_user_id": connection.sync_user_id.id or self.env.uid,
                "notification_emails": connection.notification_emails
                or self.env.user.email,
                "date_from": connection._first_date(),
                "filed_up_to": connection.filed_up_to
                or connection.organisation_id.lock_date,
            }
        )
        connection.candidate_ids.unlink()
        if connection != self:
            connection._take_over_from(self)
        # The login at Xero and the guard against copies both rely on this address.
        self.env["ir.config_parameter"].set_param("web.base.url.freeze", "True")
        connection._read_lists()
        connection.message_post(
            body=self.env._("Connected to %s.", connection.organisation_name)
        )
        connection._wake_all()
        return connection

    def _former(self, tenant_id):
        """This company's archived connection to an organisation; may be empty."""
        return self.with_context(active_test=False).search(
            [
                ("company_id", "=", self.company_id.id),
                ("tenant_id", "=", tenant_id),
                ("active", "=", False),
            ],
            order="id desc",
            limit=1,
        )

    def _take_over_from(self, before):
        """What waited for another organisation and never went waits for this one now.

        What that one has stays linked to it.
        """
        self.env["xero.change"].search([("connection_id", "=", before.id)]).write(
            {"connection_id": self.id}
        )
        waiting = (
            self.env["xero.link"]
            .search([("connection_id", "=", before.id), ("xero_id", "=", False)])
            .filtered(lambda link: link.state in ("pending", "blocked", "error"))
        )
        notes = self.env["xero.note"].sudo()
        open_notes = notes.search(
            [("connection_id", "=", before.id), ("state", "=", "open")]
        )
        notes._settle(open_notes.link_ids)
        open_notes.write({"state": "done", "done_at": fields.Datetime.now()})
        for model, links in waiting.grouped("res_model").items():
            records = self.env[model].browse(links.mapped("res_id")).exists()
            self.env["xero.change"]._collect(records, self.ids, by_user=True)

    def _first_date(self):
        """Documents go from the day after the last lock date, else as chosen."""
        locked = self.organisation_id.lock_date
        if self.connected_at:
            return (
                self.date_from
            )  # Chosen before; what waits since then stays in scope.
        if locked and (not self.date_from or self.date_from <= locked):
            return fields.Date.add(locked, days=1)
        return self.date_from

    def _check_not_taken(self, tenant_id):
        """One Xero organisation belongs to one Odoo company and its branches (T13)."""
        others = self.with_context(active_test=True).search(
            [("tenant_id", "=", tenant_id), ("id", "!=", self.id)]
        )
        for other in others:
            raise UserError(
                self.env._(
                    "%(organisation)s is already connected to %(company)s. One Xero"
                    " organisation belongs to one Odoo company.",
                    organisation=other.organisation_name,
                    company=other.company_id.name,
                )
            )

    def _check_currency(self, element):
        """Both ledgers are kept in the same currency, or every total lies (T12)."""
        ours, theirs = self.company_id.currency_id.name, element["BaseCurrency"]
        if ours != theirs:
            raise UserError(
                self.env._(
                    "%(company)s keeps its books in %(ours)s; %(organisation)s in Xero"
                    " keeps them in %(theirs)s. They cannot be connected.",
                    company=self.company_id.name,
                    ours=ours,
                    organisation=element["Name"],
                    theirs=theirs,
                )
            )

    def _store_organisation(self, element):
        """Keep what Xero says of the organisation; seeing it proves access."""
        organisation = self.env["xero.organisation"].sudo()
        values = organisation._values(element) | {
            "last_contact": fields.Datetime.now(),
            "refused": False,
            "refused_at": False,
            "told_at": False,
        }
        if self.sudo().organisation_ids:
            self.sudo().organisation_ids.write(values)
        else:
            organisation.create(dict(values, connection_id=self.id))
