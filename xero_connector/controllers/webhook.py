import logging

from odoo import SUPERUSER_ID, http
from odoo.http import request

_logger = logging.getLogger(__name__)

#: Bytes; a post of Xero's holds about a hundred events of half a kilobyte.
_MOST = 1_000_000


class XeroWebhook(http.Controller):
    """Where Xero tells us that something changed there."""

    @http.route(
        "/xero/webhook",
        type="http",
        auth="none",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def webhook(self, **_form):
        """Keep what is signed with one of our keys, and answer at once.

        Xero wants 200 for what is signed well and 401 for all else, within seconds,
        without a body or a cookie (xero-api.md, section 5). Nothing is read from Xero
        here.
        """
        size = request.httprequest.content_length
        if size is None or size > _MOST:
            return self._refuse(413, size)
        body = request.httprequest.get_data(cache=True)
        signature = request.httprequest.headers.get("x-xero-signature")
        connections = request.env(user=SUPERUSER_ID)["xero.connection"]
        if not connections._receive(body, signature):
            return self._refuse(401, size)
        return request.make_response("", status=200)

    def _refuse(self, status, size):
        """Say no, and log it without what it said."""
        address = request.httprequest.remote_addr
        _logger.warning("Webhook refused with %s: %s bytes, %s", status, size, address)
        return request.make_response("", status=status)
