"""Access once it was given: testing it, giving it up."""

from odoo import fields, models

from ..lib import errors, oauth


class XeroConnection(models.Model):
    _inherit = "xero.connection"

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
