"""Consent: a user allows access at Xero's login, and comes back with a grant (S5)."""

import json
import secrets
from contextlib import contextmanager

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import consteq, hmac

from ..fields import Secret
from ..lib import errors, oauth, scopes

_HMAC_SCOPE = "xero_connector.oauth_state"


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
