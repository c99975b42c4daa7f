"""Building requests with xero-python, which knows every operation of Xero.

It knows paths, parameter names, headers and content types, and is used for exactly
that: its methods build a request here and send none. Its own transport, token handling
and response models are not used, for the reasons measured in xero-api.md section 8:
one configuration for the whole process, silent retries, no time limits, headers lost,
a whole page lost over one unknown value.
"""

import datetime
import functools
import inspect

from xero_python.accounting import AccountingApi
from xero_python.api_client import ApiClient
from xero_python.identity import IdentityApi
from xero_python.models import BaseModel

from . import errors, transport, wire

USER_AGENT = "xero_connector for Odoo 19"
KEY_LENGTH = 128  # of an Idempotency-Key, xero-api.md section 3


class _Configuration:
    """What xero-python's request building asks of a configuration; one per client."""

    safe_chars_for_path_param = ""


class _Builder(ApiClient):
    """xero-python's ApiClient, which here builds a request and returns it unsent."""

    def __init__(self):
        super().__init__()
        # Not the copy of the process-wide one that the base class took.
        self.configuration = _Configuration()
        self.user_agent = USER_AGENT

    def update_params_for_auth(self, headers, querys, auth_settings):
        """Nothing: credentials are added when the request is sent."""

    def request(self, method, url, query_params=None, headers=None, body=None, **_):
        """The request, unsent. Called by xero-python for every operation."""
        params = tuple((name, _parameter(value)) for name, value in query_params or ())
        data = body.encode() if isinstance(body, str) else body
        headers = {name: str(value) for name, value in (headers or {}).items()}
        return transport.HttpRequest(method, url, params, headers, data)


class _IdentityApi(IdentityApi):
    """IdentityApi with the path as Xero documents it: ``/connections``."""

    def get_resource_url(self, resource_path):
        return super().get_resource_url(resource_path.lower())


class Operations:
    """The operations of one organisation, as requests.

    :param str api_url: such as ``https://api.xero.com``, checked.
    :param str tenant_id: the organisation; None for connections only.
    """

    def __init__(self, api_url, tenant_id):
        builder = _Builder()
        self._tenant_id = tenant_id
        self._accounting = AccountingApi(builder, f"{api_url}/api.xro/2.0")
        self._identity = _IdentityApi(builder, api_url)

    def build(self, operation, args, kwargs):
        """The request of an operation.

        :param str operation: a method of AccountingApi or IdentityApi.
        :param args: its arguments after the tenant.
        :param kwargs: its parameters; None means "not given".
        :returns: ``transport.HttpRequest``.
        :raises errors.Bug: there is no such operation, or its arguments are wrong.
        """
        method = self._method(operation)
        args = [_argument(value) for value in args]
        kwargs = {k: _argument(v) for k, v in kwargs.items() if v is not None}
        _check_key(kwargs)
        try:
            return method(*args, **kwargs, _preload_content=False)
        except (TypeError, ValueError) as exc:
            raise errors.Bug(reason=f"{operation}: {type(exc).__name__}") from None

    def _method(self, name):
        api = self._identity if hasattr(IdentityApi, name) else self._accounting
        method = getattr(api, name, None)
        if name.startswith("_") or not inspect.ismethod(method):
            raise errors.Bug(reason=f"no operation {name}")
        if api is self._identity:
            return method
        return functools.partial(method, self._tenant_id)


def _argument(value):
    """An argument as xero-python should see it: bodies already in their final form."""
    if isinstance(value, BaseModel):
        return wire.dumps(wire.encode(value))
    if isinstance(value, dict):
        return wire.dumps(value)
    if isinstance(value, datetime.datetime):
        return wire.format_timestamp(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def _parameter(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def _check_key(kwargs):
    """An empty key is worse than none: Xero takes it for a key."""
    key = kwargs.get("idempotency_key", "unused")
    if not (isinstance(key, str) and 0 < len(key.strip()) <= KEY_LENGTH):
        raise errors.Bug(reason="idempotency key empty or too long")
