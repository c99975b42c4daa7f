from werkzeug.exceptions import Forbidden

from odoo import http
from odoo.exceptions import AccessError
from odoo.http import request


class XeroOAuth(http.Controller):
    """Where Xero's login sends the user back to."""

    @http.route("/xero/oauth/callback", type="http", auth="user", methods=["GET"])
    def callback(self, **parameters):
        """Take the answer of Xero's login and go on to the organisation (S5).

        The state says which connection it belongs to; whatever went wrong is shown
        there as a sentence.
        """
        connections = request.env["xero.connection"]
        try:
            connections._check_manager()
            connection = connections._consent_given(parameters)
        except AccessError as error:
            raise Forbidden(str(error)) from error
        return request.redirect(f"/xero/oauth/organisation/{connection.id}")

    @http.route(
        "/xero/oauth/organisation/<int:connection_id>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def organisation(self, connection_id):
        """Join the organisation that was granted, and show the connection."""
        connection = request.env["xero.connection"].browse(connection_id).exists()
        try:
            connection._check_manager()
        except AccessError as error:
            raise Forbidden(str(error)) from error
        shown = connection._join_organisation() if connection else connection
        return request.redirect(f"/odoo/xero-connections/{shown.id or ''}")
