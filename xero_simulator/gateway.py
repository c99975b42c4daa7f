"""What stands before the endpoints: log, faults, token, scope, tenant, limits, keys.

The order is Xero's: a call that breaks a limit is not processed, and limits count
before idempotency, so that replays cost calls too (spec: Rate limits).
"""

import uuid
from dataclasses import dataclass

from werkzeug.exceptions import HTTPException

from . import errors, identity, scopes
from .exchange import Reply
from .mischief import Mischief

API_PREFIX = "/api.xro/2.0/"


@dataclass
class Call:
    """A call to an endpoint, let in by the gateway or made by a Xero user.

    :param by_user: a person in Xero, who may do more than the API
    :param exact_prices: unit prices have 4 decimals whatever is asked for
    """

    universe: object
    organisation: object
    request: object = None
    token: object = None
    correlation_id: str = ""
    by_user: bool = False
    exact_prices: bool = False

    @property
    def tenant_id(self):
        """The organisation's id."""
        return self.organisation.tenant_id

    @property
    def app(self):
        """The calling application; None for a person."""
        return self.token and self.token.app

    @property
    def query(self):
        """Query parameters."""
        return self.request.query if self.request else {}

    @property
    def user_name(self):
        """Who did it, for the history."""
        if self.by_user:
            return "Robin Keeper"
        return f"System Generated ({self.app.client_id})"

    def flag(self, name, default=False):
        """A boolean parameter; the case of its value is free."""
        value = self.query.get(name)
        return default if value is None else value.lower() == "true"

    @property
    def unit_places(self):
        """Decimals of unit prices: 2, or 4 with ``unitdp=4``."""
        is_exact = self.by_user or self.exact_prices or self.query.get("unitdp") == "4"
        return 4 if is_exact else 2


class Gateway:
    """Answers everything below ``/api.xro/2.0/`` and the identity paths."""

    def __init__(self, universe, routes):
        self.universe = universe
        self.routes = routes
        self.identity = identity.Identity(universe)

    def answer_identity(self, request):
        """Authorize, token, revocation, connections; None when it is none of them."""
        if not is_identity(request.path):
            return None
        entry = self.universe.calls.begin(request, "identity")
        if request.path == "/connect/token":
            entry["grant_type"] = request.form().get("grant_type")
        return self._logged(entry, request, self._identity, is_api=False)

    def answer_api(self, request):
        """An Accounting call."""
        entry = self.universe.calls.begin(request, "api")
        return self._logged(entry, request, self._api, is_api=True)

    def _logged(self, entry, request, work, is_api):
        entry["correlation_id"] = str(uuid.uuid4())
        fault = self.universe.faults.take(request, is_api)
        mischief = Mischief(self.universe, fault, request, entry)
        try:
            reply = mischief.before() or work(request, entry, mischief)
        except errors.ApiError as error:
            reply = error.reply()
        entry["status"] = reply.status
        return reply.with_headers({"Xero-Correlation-Id": entry["correlation_id"]})

    def _identity(self, request, entry, mischief):
        def work():
            with self.universe.lock:
                return self.identity.answer(request)

        reply = mischief.during(work) or errors.NotFound().reply()
        entry["status"] = reply.status
        return mischief.after(reply)

    def _api(self, request, entry, mischief):
        call, handler = self._admit(request)
        call.correlation_id = entry["correlation_id"]
        limits, names = self.universe.limits, (call.app.client_id, call.tenant_id)
        with self.universe.lock:
            problem = limits.enter(*names)
            if problem:
                return limits.refusal(*names, problem)
        try:
            reply, entry["replayed"] = self.universe.keys.run(
                call, lambda: mischief.during(lambda: self._work(call, handler))
            )
            entry["status"] = reply.status
            reply = reply.with_headers(limits.headers(*names))
            return mischief.after(reply)
        finally:
            with self.universe.lock:
                limits.leave(*names)

    def _admit(self, request):
        """The call and what handles it.

        :raise ApiError: 401, 403, 404, 405, 413, 414
        """
        token = identity.bearer_token(self.universe.grants, request)
        endpoint, method_name, arguments = self._match(request)
        if len(request.body) > (endpoint.largest_body or self.universe.max_body):
            raise errors.TooLarge
        if len(request.query_string) > self.universe.max_query:
            raise errors.UriTooLong
        if not scopes.allows(token.scopes, endpoint.scopes, request.method):
            raise errors.scope_missing()
        organisation = self._organisation(request, token)
        call = Call(self.universe, organisation, request, token)
        return call, lambda: getattr(endpoint(call), method_name)(**arguments)

    def _match(self, request):
        try:
            found, arguments = self.routes.match(request.path, method=request.method)
        except HTTPException as error:
            raise _RoutingError(error.code) from None
        return *found, arguments

    def _organisation(self, request, token):
        """The organisation of the tenant header, which custom connections may omit."""
        tenant_id = request.header("Xero-Tenant-Id") or token.organisation
        organisation = self.universe.organisations.get(tenant_id)
        grants = self.universe.grants
        if organisation is None or not grants.connection_for(token, tenant_id):
            raise errors.forbidden()
        return organisation

    def _work(self, call, handler):
        """Process under the lock; an error undoes whatever was saved."""
        with self.universe.lock:
            try:
                with call.organisation.journal.savepoint():
                    return handler()
            except errors.ApiError as error:
                return error.reply()


class _RoutingError(errors.ApiError):
    """404 for an unknown path, 405 for a method that an endpoint does not know."""

    def __init__(self, status):
        super().__init__()
        self.status = status

    def reply(self):
        return Reply(self.status, b"", "text/html; charset=utf-8")


def is_identity(path):
    """Whether a path belongs to login, tokens or connections."""
    return path.startswith(("/identity/", "/connect/", "/connections"))
