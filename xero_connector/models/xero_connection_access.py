"""Connecting, choosing the organisation, testing, disconnecting."""

import json
import secrets
from contextlib import contextmanager

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import consteq, hmac

from ..fields import Secret
from ..lib import errors, oauth, scopes

_HMAC_SCOPE = "xero_connector.oauth_state"


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

    # One consent at a time: a second attempt makes the first one's answer worthless.
    consent_nonce = Secret(groups="base.group_system")
    consent_verifier = Secret(groups="base.group_system")
    consent_user = fields.Char(groups="base.group_system", copy=False)
    consent_event = fields.Char(groups="base.group_system", copy=False)

    # === CONNECT === #

    def action_connect(self):
        """Go to Xero's login, where a user allows access (S5).

        :return: an act_url action
        """
        self.ensure_one()
        self._check_manager()
        connection = self.sudo()
        if not connection.client_id:
            raise UserError(
                self.env._(
                    "Enter the client id of your Xero app first, and its secret if it"
                    " has one. Create the app at developer.xero.com, with the redirect"
                    " address shown here."
                )
            )
        nonce = secrets.token_urlsafe(16)
        authorization = oauth.authorize_url(
            connection._app(), connection._consent_state(nonce)
        )
        connection.write(
            {
                "consent_nonce": nonce,
                "consent_verifier": authorization.code_verifier,
                "problem": False,
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": authorization.url,
            "target": "self",
        }

    def _app(self):
        """The registered app, as ``lib.oauth`` wants it."""
        connection = self.sudo()
        return oauth.App(
            client_id=connection.client_id,
            client_secret=connection.client_secret or "",
            redirect_uri=connection.redirect_uri,
            scopes=connection._wanted_scopes(),
            login_url=connection._url("login_url"),
            identity_url=connection._url("identity_url"),
        )

    def _consent_state(self, nonce):
        """What goes to Xero and must come back unchanged, from the same user."""
        message = json.dumps([self.id, self.env.uid, nonce])
        return f"{self.id}.{nonce}.{hmac(self.env(su=True), _HMAC_SCOPE, message)}"

    @classmethod
    def _split_state(cls, state):
        connection_id, _dot, rest = (state or "").partition(".")
        nonce, _dot, _signature = rest.rpartition(".")
        return (int(connection_id), nonce) if connection_id.isdigit() else (0, "")

    def _for_consent(self, state):
        """The connection that an answer from Xero's login belongs to.

        :raises AccessError: forged, used twice, or another user's
        """
        connection_id, nonce = self._split_state(state)
        connection = self.browse(connection_id).sudo().exists()
        expected = connection._consent_state(nonce) if connection else ""
        if (
            not connection
            or not connection.consent_nonce
            or not consteq(connection.consent_nonce, nonce)
            or not consteq(expected, state or "")
        ):
            raise AccessError(
                self.env._(
                    "This answer does not belong to a connection that you started, or"
                    " was used before. Nothing changed. Open the connection and press"
                    " 'Connect to Xero' again."
                )
            )
        return connection

    def _consent_given(self, parameters):
        """Xero sent the user back: exchange the code and keep the grant.

        The grant is saved in a transaction of its own, so it can only be used by the
        next one: see :meth:`_join_organisation`. Whatever goes wrong is kept as a
        sentence on the connection.

        :param parameters: query parameters of the callback
        :return: the connection that the answer belongs to
        """
        connection = self._for_consent(parameters.get("state"))
        verifier = connection.consent_verifier
        connection.write({"consent_nonce": False, "consent_verifier": False})
        with connection._explained():
            code = oauth.parse_callback(parameters)
            token = oauth.exchange(connection._app(), code, verifier or "")
            connection._check_scopes(token)
            user = self.env["xero.token"]._grant(connection.client_id, token)
            event = oauth.claims(token.access_token).get("authentication_event_id")
            connection.write({"consent_user": user, "consent_event": event})
        return connection

    @contextmanager
    def _explained(self):
        """Keep what goes wrong as a sentence on the connection, and go on."""
        try:
            yield
        except errors.XeroError as error:
            self.problem = f"{error.message} {error.advice}"
        except UserError as error:
            self.problem = str(error)

    def _join_organisation(self):
        """Use the grant of the last consent: take or offer its organisations.

        :return: the connection to show
        """
        self.ensure_one()
        connection = self.sudo()
        if connection.consent_user:
            connection.token_id = connection.env["xero.token"].search(
                [
                    ("client_id", "=", connection.client_id),
                    ("xero_user", "=", connection.consent_user),
                ]
            )
            with connection._explained():
                return connection._find_organisation()
        return connection

    def _wanted_scopes(self):
        """The permissions that are asked for."""
        return self.sudo().scopes or scopes.MINIMAL

    def _check_scopes(self, token):
        """A permission that was not given is said now, not at the first document."""
        missing = scopes.missing(token.scope, self._wanted_scopes())
        if token.scope and missing:
            raise UserError(
                self.env._(
                    "Xero did not give every permission that Odoo needs; missing: %s."
                    " Connect again and allow all of them.",
                    ", ".join(missing),
                )
            )

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
        one does not count there (T76), so it is archived with its links.

        :return: the connection that is joined now
        """
        self._check_not_taken(tenant_id)
        client = self._client(self.token_id._access_token(), tenant_id)
        element = client.call("get_organisations").elements("Organisations")[0]
        self._check_currency(element)
        connection = self
        if self.tenant_id and self.tenant_id != tenant_id:
            secret, token = self.client_secret, self.token_id
            self.active = False
            self.flush_recordset()
            connection = self.copy(
                {"active": True, "client_secret": secret, "token_id": token.id}
            )
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

    # === TEST === #

    def action_test(self):
        """Ask Xero for the organisation's name, and say how it went (S4)."""
        self.ensure_one()
        self._check_manager()
        try:
            answer = self._call("get_organisations")
            element = answer.elements("Organisations")[0]
        except errors.XeroError as error:
            return self._notify(f"{error.message} {error.advice}", "warning")
        self._store_organisation(element)
        return self._notify(
            self.env._(
                "%(name)s answers. Base currency %(currency)s.",
                name=element["Name"],
                currency=element["BaseCurrency"],
            )
        )

    # === DISCONNECT === #

    def action_disconnect(self):
        """Stop sending and reading, and remove the connection at Xero (S8).

        What is in Xero stays, and links stay, so that the same organisation can be
        connected again.
        """
        self.ensure_one()
        self._check_manager()
        connection = self.sudo()
        try:
            connection._leave_xero()
        except errors.XeroError as error:
            connection.message_post(
                body=self.env._(
                    "Xero could not be told (%s). Remove Odoo in Xero under Connected"
                    " apps.",
                    error.message,
                )
            )
        connection.disconnected_at = fields.Datetime.now()
        token = connection.token_id
        if not token.connection_ids.filtered(lambda each: not each.disconnected_at):
            token._forget()
        connection.message_post(body=self.env._("Disconnected from Xero."))

    def _leave_xero(self):
        """Remove this connection at Xero; revoke the grant when nobody else uses it.

        Revoking drops all organisations of that user, so it is not done while another
        connection works with the same grant (decision 20).
        """
        token = self.token_id
        access = token._access_token()
        self._client(access).delete_connection(self.consent_ref)
        if token.connection_ids - self.filtered("token_id"):
            return
        oauth.revoke(self._app(), token.refresh_token)

    def _open_form(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }
