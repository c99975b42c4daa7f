"""The server's side of :class:`xero_simulator.control.Control`.

Every command is ``POST /simulator/<name>`` with its arguments as a JSON object; the
answer is ``{"result": ...}`` or ``{"error": {...}}``. Commands are never counted as
calls.
"""

from . import wire, xero_user
from .errors import ApiError, Refused
from .exchange import plain_json_reply
from .grants import App
from .resources import endpoint_named
from .webhook_delivery import Delivery
from .xero_user import XeroUser


class Controls:
    """The commands: every public method without underscore in ``COMMANDS``."""

    def __init__(self, universe):
        self.universe = universe

    def answer(self, request):
        """Run the command named in the path."""
        name = request.path.removeprefix("/simulator/")
        if request.method != "POST" or name not in COMMANDS:
            return plain_json_reply({"error": {"message": f"no command {name!r}"}}, 404)
        arguments = wire.loads(request.body or b"{}")
        try:
            return plain_json_reply({"result": self._run(name, arguments)})
        except (Refused, ApiError) as error:
            messages = xero_user.messages_of(error)
            return plain_json_reply({"error": {"refused": messages}}, 400)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            message = error.args[0] if error.args else repr(error)
            return plain_json_reply({"error": {"message": str(message)}}, 400)

    def _run(self, name, arguments):
        method = getattr(self, name)
        if name in UNLOCKED:
            return method(**arguments)
        with self.universe.lock:
            return method(**arguments)

    def _user(self, tenant):
        return XeroUser(self.universe, self.universe.organisation(tenant))

    # Calls

    def calls(self, since=None, payloads=False):
        """The log of calls."""
        return self.universe.calls.listed(since, payloads)

    def clear_calls(self):
        """Forget the calls so far."""
        self.universe.calls.clear()

    # Faults

    def fault(self, kind, **options):
        """Order a fault."""
        return self.universe.faults.order(kind, **options)

    def faults(self):
        """The orders and their hits."""
        return self.universe.faults.listed()

    def clear_faults(self):
        """Cancel the orders and release what is held."""
        self.universe.faults.clear()

    def held(self):
        """What is held now."""
        return self.universe.faults.held()

    def release(self, number=None, drop=False):
        """Let held requests go on."""
        return self.universe.faults.release(number, drop)

    # Time and settings

    def now(self):
        """The clock."""
        return self.universe.clock.now()

    def advance(self, seconds):
        """Move the clock."""
        self.universe.clock.advance(float(seconds))
        return self.universe.clock.now()

    def freeze(self):
        """Stop the clock."""
        self.universe.clock.freeze()

    def thaw(self):
        """Let the clock run again."""
        self.universe.clock.thaw()

    def reset(self, organisations=("uk",)):
        """New organisations, nothing remembered."""
        self.universe.reset(organisations)
        return self.organisations()

    def add_organisation(self, code):
        """One more organisation; its tenant id."""
        return self.universe.add_organisation(code).tenant_id

    def set_limits(self, **limits):
        """Change rate limits."""
        self.universe.limits.set(**limits)

    def set_options(self, max_body=None, max_query=None, idempotency_scope=None):
        """Change sizes, and to whom an idempotency key belongs."""
        universe = self.universe
        universe.max_body = max_body or universe.max_body
        universe.max_query = max_query or universe.max_query
        if idempotency_scope:
            universe.keys.by_token = idempotency_scope == "token"

    # Access

    def register_app(self, client_id, organisation=None, **options):
        """Add or replace an application."""
        if organisation is not None:
            options["organisation"] = self.universe.organisation(organisation).tenant_id
        self.universe.grants.register(App(client_id, **options))

    def grant(self, scopes, client_id, tenant=None):
        """Tokens as after a consent, for tests that do not test the consent."""
        grants = self.universe.grants
        organisation = self.universe.organisation(tenant)
        app = grants.apps[client_id]
        chain = grants.consent(app, organisation.tenant_id, scopes.split())
        token = grants.issue_access(app, chain.scopes, chain.auth_event_id)
        return {
            "access_token": token.value,
            "refresh_token": grants.rotate(chain),
            "expires_in": 1800,
            "token_type": "Bearer",
            "scope": " ".join(chain.scopes),
            "tenant_id": organisation.tenant_id,
        }

    def expire_tokens(self):
        """Let every access token be too old."""
        self.universe.grants.expire_access_tokens()

    def revoke(self, client_id=None):
        """The user disconnects the application in Xero."""
        grants = self.universe.grants
        grants.revoke(grants.apps[client_id] if client_id else None)

    def disconnect(self, tenant=None):
        """The user disconnects one organisation."""
        tenant_id = self.universe.organisation(tenant).tenant_id
        connections = self.universe.grants.connections
        for key, connection in list(connections.items()):
            if connection.tenant_id == tenant_id:
                del connections[key]

    def connections(self):
        """What is connected."""
        return [
            {
                "client_id": connection.app.client_id,
                "tenant_id": connection.tenant_id,
                "auth_event_id": connection.auth_event_id,
            }
            for connection in self.universe.grants.connections.values()
        ]

    # The books

    def organisations(self):
        """Every organisation."""
        return [o.profile | o.options for o in self.universe.organisations.values()]

    def documents(self, resource, tenant=None):
        """The full truth of a resource."""
        return self._user(tenant).documents(resource)

    def create(self, resource, values, tenant=None):
        """A person creates something in Xero."""
        return self._user(tenant).create(resource, values)

    def update(self, resource, record_id, values, tenant=None):
        """A person changes something in Xero."""
        return self._user(tenant).update(resource, record_id, values)

    def set_updated(self, resource, record_id, moment, tenant=None):
        """Give a record another UpdatedDateUTC, as demo data has that of 2010."""
        organisation = self.universe.organisation(tenant)
        table = getattr(organisation, endpoint_named(resource).table_name)
        stamp = wire.datetime.datetime.fromisoformat(moment)
        stamp = stamp.replace(tzinfo=stamp.tzinfo or wire.UTC)
        table.put({**table.get(record_id), "UpdatedDateUTC": stamp})

    def act(self, action, tenant=None, **arguments):
        """One of the further things that a person does in Xero."""
        if action not in xero_user.ACTIONS:
            raise ValueError(f"unknown action {action!r}")
        user = self._user(tenant)
        with user.organisation.journal.savepoint():
            return getattr(user, action)(**arguments)

    # Webhooks

    def subscribe(self, **values):
        """Set an application's webhook."""
        return self.universe.webhooks.subscribe(**values).described()

    def unsubscribe(self, client_id):
        """Remove an application's webhook."""
        self.universe.webhooks.subscriptions.pop(client_id, None)

    def webhook(self, client_id):
        """How an application's webhook is doing."""
        return self.universe.webhooks.of(client_id).described()

    def webhook_events(self, client_id):
        """What waits."""
        return [one.event for one in self.universe.webhooks.of(client_id).queue]

    def queue_event(self, client_id, category, resource_id, kind, tenant=None):
        """Queue an event that nothing caused."""
        webhooks = self.universe.webhooks
        organisation = self.universe.organisation(tenant)
        event = webhooks.event(organisation, category, kind, resource_id)
        webhooks.of(client_id).add(event, self.universe.clock.now())

    def drop_events(self, client_id):
        """Forget what waits."""
        self.universe.webhooks.of(client_id).queue.clear()

    def deliver(self, client_id, **how):
        """Send what waits."""
        return Delivery(self.universe, client_id).deliver(**how)

    def deliver_due(self, client_id):
        """Send what waits, if it is time."""
        return Delivery(self.universe, client_id).deliver_due()

    def deliver_wrongly_signed(self, client_id):
        """Send what waits, but not as Xero would sign it."""
        return Delivery(self.universe, client_id).deliver_wrongly_signed()

    def intent_to_receive(self, client_id):
        """Verify the receiver."""
        return Delivery(self.universe, client_id).intent_to_receive()


UNLOCKED = {"release", "clear_faults", "held", "calls", "now", "fault", "faults"}
UNLOCKED |= {"deliver", "deliver_due", "deliver_wrongly_signed", "intent_to_receive"}
COMMANDS = {name for name in vars(Controls) if not name.startswith("_")} - {"answer"}
