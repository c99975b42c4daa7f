"""Talking to Xero: one call, with access renewed and the budget noted."""

from odoo import api, models
from odoo.exceptions import UserError

from ..lib import client, deeplinks, errors

#: Where Xero is; system administrators may point these at a simulator.
URLS = {
    "login_url": "https://login.xero.com",
    "identity_url": "https://identity.xero.com",
    "api_url": "https://api.xero.com",
}


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    @api.model
    def _url(self, name):
        """One of Xero's addresses, as a system administrator may have set it."""
        parameters = self.env["ir.config_parameter"].sudo()
        return parameters.get_param(f"xero_connector.{name}", URLS[name]).rstrip("/")

    def _call(self, operation, *args, before=None, **kwargs):
        """Make one call; an expired token is refreshed once and the call repeated.

        :param before: called right before anything goes out, each time
        :return: ``lib.client.Answer``
        :raises lib.errors.XeroError: with the connection marked where access is lost
        """
        self.ensure_one()
        connection = self.sudo()
        if connection.is_copy:
            raise errors.AccessRevoked(
                self.env._("This is a copy. It is not connected to Xero.")
            )
        token = connection.token_id._access_token()
        before = before or (lambda: None)
        try:
            before()
            return connection._call_with(token, operation, *args, **kwargs)
        except errors.Unauthorised:
            token = connection.token_id._access_token(rejected=token)
        try:
            before()
            return connection._call_with(token, operation, *args, **kwargs)
        except errors.Unauthorised as error:
            # The access is new and Xero still refuses it: its servers disagree for a
            # moment. Only the login service says that a grant is over.
            raise errors.Unavailable(retry_after=60) from error

    def _call_with(self, access_token, operation, *args, **kwargs):
        budget = self.env["xero.budget"]
        try:
            answer = self._client(access_token).call(operation, *args, **kwargs)
        except errors.Disconnected:
            self.organisation_id._refuse("disconnected")
            raise
        except errors.AccessRevoked:
            self.token_id._refuse("revoked")
            raise
        except errors.ScopeMissing:
            self.organisation_id._refuse("scope")
            raise
        except errors.Throttled as error:
            pause = error.retry_after if error.problem in ("day", "minute") else 0
            day = error.problem == "day"
            budget._record(self, error.limits, pause=pause or 0, day_is_over=day)
            raise
        budget._record(self, answer.limits)
        return answer

    def _as_user_error(self, error):
        """What kept an interactive call from succeeding, for the person who waits."""
        return UserError(
            self.env._(
                "%(message)s %(advice)s", message=error.message, advice=error.advice
            )
        )

    def _client(self, access_token, tenant_id=None):
        """Xero's API with this token and organisation, and this server's limits."""
        parameters = self.env["ir.config_parameter"].sudo()
        return client.Client(
            self._url("api_url"),
            tenant_id or self.tenant_id,
            access_token,
            connect_timeout=int(
                parameters.get_param("xero_connector.connect_seconds", 5)
            ),
            total_timeout=self._call_seconds(),
        )

    def _call_seconds(self):
        """The longest that one call may take, in seconds."""
        parameters = self.env["ir.config_parameter"].sudo()
        return int(parameters.get_param("xero_connector.call_seconds", 60))

    def _grace_seconds(self):
        """How much longer Xero may still be busy with a call that we gave up."""
        parameters = self.env["ir.config_parameter"].sudo()
        return int(parameters.get_param("xero_connector.grace_seconds", 60))

    def _deep_link(self, link):
        """Where Xero shows a linked record."""
        short_code = self.sudo().organisation_id.short_code
        return deeplinks.link(link.resource, link.xero_id, short_code)

    def action_open_in_xero(self):
        self.ensure_one()
        short_code = self.sudo().organisation_id.short_code
        return {
            "type": "ir.actions.act_url",
            "url": deeplinks.link("organisation", short_code=short_code),
            "target": "new",
        }
