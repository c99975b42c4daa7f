"""Every call to Xero.

An operation is built by :mod:`operations`, sent once by :mod:`transport`, read by
:mod:`answers`; what went wrong is told by :mod:`errors`.

::

    client = Client("https://api.xero.com", tenant_id, access_token)
    answer = client.call("create_invoices", {"Invoices": [...]},
                         summarize_errors=False, unitdp=4, idempotency_key=key)
    for element in answer.elements("Invoices"):
        ...
"""

import functools
import logging
import time
from urllib.parse import urlencode

from . import answers, errors, operations, transport
from .answers import Answer, Limits  # noqa: F401  (part of what a caller sees)

_logger = logging.getLogger(__name__)


class Client:
    """Calls to one organisation with one access.

    :param str api_url: such as ``https://api.xero.com``; http on localhost only.
    :param str tenant_id: the organisation; None for connections only.
    :param access_token: a string, or a callable without arguments that returns one.
    :keyword session: of ``transport.new_session()``; one of its own by default.
    :keyword connect_timeout: seconds to reach Xero.
    :keyword total_timeout: seconds for a whole call, however slowly bytes arrive.
    :keyword clock: seconds; measures the duration of calls.
    :keyword max_bytes: the largest answer to accept.
    :raises ValueError: the address may not be called.
    """

    def __init__(
        self,
        api_url,
        tenant_id,
        access_token,
        *,
        session=None,
        connect_timeout=transport.CONNECT_TIMEOUT,
        total_timeout=transport.TOTAL_TIMEOUT,
        clock=time.monotonic,
        max_bytes=transport.MAX_BYTES,
    ):
        self.api_url = transport.check_url(api_url)
        self.tenant_id = tenant_id
        self._access_token = access_token
        self._session = session or transport.new_session()
        self._exchange = functools.partial(
            transport.exchange,
            connect_timeout=connect_timeout,
            total_timeout=total_timeout,
            max_bytes=max_bytes,
            clock=clock,
        )
        self._operations = operations.Operations(self.api_url, tenant_id)

    def __repr__(self):
        return f"Client({self.api_url!r}, tenant_id={self.tenant_id!r})"

    def __enter__(self):
        return self

    def __exit__(self, *_exc):
        self.close()

    def close(self):
        """Close the connections to Xero."""
        self._session.close()

    # === CALLS === #

    def call(self, operation, *args, accept=None, content_type=None, **kwargs):
        """Do one operation: one HTTP request, sent once.

        :param str operation: a method of xero-python's AccountingApi (or
            IdentityApi), such as ``"get_invoices"``; the tenant is filled in.
        :param args: its further arguments. A dictionary (wire form, sent as it is) or
            an SDK model is the body; bytes are sent as they are (attachments).
        :keyword accept: another Accept header, such as ``"application/pdf"``.
        :keyword content_type: the Content-Type of an attachment.
        :param kwargs: its parameters by name. None means "not given"; dates and
            times are written as Xero wants them (``if_modified_since``).
        :returns: :class:`Answer`.
        :raises errors.XeroError: of the class that says what may be done next, with
            ``limits`` and ``correlation_id`` where Xero told them.
        """
        request = self._operations.build(operation, args, kwargs)
        if accept:
            request.headers["Accept"] = accept
        if content_type:
            request.headers["Content-Type"] = content_type
        return self._send(request)

    def describe(self, operation, *args, **kwargs):
        """What :meth:`call` would send, for the ledger, without sending it.

        :returns: ``(method, path)``, the path with its query:
            ``("PUT", "/api.xro/2.0/Invoices?summarizeErrors=false&unitdp=4")``.
        """
        kwargs = {k: v for k, v in kwargs.items() if k not in _HEADER_OPTIONS}
        request = self._operations.build(operation, args, kwargs)
        query = f"?{urlencode(request.params)}" if request.params else ""
        return request.method, request.path + query

    def get_connections(self, auth_event_id=None):
        """The organisations this access reaches.

        :param str auth_event_id: only those of this consent (see ``oauth.claims``).
        :returns: :class:`Answer` whose ``json`` is a list of dictionaries with
            ``id``, ``tenantId``, ``tenantName``, ``tenantType``, ``authEventId``.
        """
        answer = self.call("get_connections", auth_event_id=auth_event_id)
        if not isinstance(answer.json, list):
            raise answer.unreadable("no list of connections")
        return answer

    def delete_connection(self, connection_id):
        """Disconnect one organisation; others of the same user stay.

        :param str connection_id: the ``id`` of :meth:`get_connections`, not the
            tenant id.
        :raises errors.Gone: it is not connected any more.
        """
        return self.call("delete_connection", connection_id)

    # === SENDING === #

    def _send(self, request):
        auth = transport.bearer(self._current_token())
        raw = self._exchange(self._session, request, auth=auth)
        answer = answers.read(request, raw)
        _log(answer)
        error = errors.from_response(
            request.method, answer.status, answer.headers, answer.text
        )
        if error:
            error.limits = answer.limits
            raise error
        _check_readable(request, answer)
        return answer

    def _current_token(self):
        token = self._access_token
        return token() if callable(token) else token


_HEADER_OPTIONS = frozenset({"accept", "content_type"})


def _check_readable(request, answer):
    """A success that should hold JSON must hold JSON; else it says nothing (I9)."""
    expected = "json" in request.headers.get("Accept", "")
    if expected and answer.status in (200, 201) and not answer.is_json:
        raise answer.unreadable("answer is not JSON")


def _log(answer):
    """One line per call: never a header, a body or a query (I10)."""
    _logger.info(
        "%s %s %s %.2f s correlation %s",
        answer.method,
        answer.path,
        answer.status,
        answer.duration,
        answer.correlation_id or "-",
    )
