from odoo import http
from odoo.http import request


class BareRoute(http.Controller):
    """As little as a route that keeps something can do."""

    @http.route(
        "/bare",
        type="http",
        auth="none",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def bare(self, **_form):
        """Insert one row."""
        request.env.cr.execute(
            "INSERT INTO ir_logging (name, type, message, path, func, line)"
            " VALUES ('bare', 'server', 'one row', '', '', '')"
        )
        return request.make_response("", status=200)
