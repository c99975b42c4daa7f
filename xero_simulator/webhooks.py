"""Webhooks: what happens is queued, and sent when the control says so (spec: Webhooks).

A subscription belongs to an application. It gets the events of every organisation that
the application is connected to, those of its own writes included. The queue keeps the
order in which things happened.
"""

import datetime
from dataclasses import dataclass, field

from . import wire

CATEGORIES = {
    "contacts": "CONTACT",
    "invoices": "INVOICE",
    "credit_notes": "CREDITNOTE",
    "prepayments": "PREPAYMENT",
    "overpayments": "OVERPAYMENT",
}
"""Categories by table; payments, items and orders have none."""

PLURALS = {
    "CONTACT": "Contacts",
    "INVOICE": "Invoices",
    "CREDITNOTE": "CreditNotes",
    "PREPAYMENT": "Prepayments",
    "OVERPAYMENT": "Overpayments",
}
WITH_DATA = {"CREDITNOTE", "PREPAYMENT", "OVERPAYMENT"}
API = "https://api.xero.com/api.xro/2.0"

RETRY_AFTER = datetime.timedelta(minutes=15)
PATIENCE = datetime.timedelta(hours=24)
KEPT = datetime.timedelta(days=31)


@dataclass
class Subscription:
    """Where an application wants its events.

    :cvar state: ``active``; ``unverified`` before the intent to receive; ``disabled``
        after a day of failures
    :param payment_events: whether a payment fires an UPDATE of its invoice, which
        Xero does not document
    """

    client_id: str
    url: str
    key: str
    categories: tuple
    payment_events: bool = True
    state: str = "active"
    failing_since: object = None
    next_attempt: object = None
    sequence: int = 0
    queue: list = field(default_factory=list)

    def add(self, event, moment):
        """Queue an event under the next number."""
        self.sequence += 1
        self.queue.append(Queued(self.sequence, moment, event))

    def described(self):
        """What the control shows."""
        return {
            "client_id": self.client_id,
            "url": self.url,
            "state": self.state,
            "failing_since": self.failing_since,
            "next_attempt": self.next_attempt,
            "pending": len(self.queue),
        }

    def succeeded(self):
        """Forget earlier failures."""
        self.failing_since = self.next_attempt = None

    def failed(self, moment):
        """Try again later; after a day, no more."""
        self.failing_since = self.failing_since or moment
        self.next_attempt = moment + RETRY_AFTER
        if moment - self.failing_since >= PATIENCE:
            self.state, self.next_attempt = "disabled", None


@dataclass(frozen=True)
class Queued:
    """An event that waits."""

    number: int
    moment: object
    event: dict


class Webhooks:
    """The subscriptions of all applications."""

    def __init__(self, clock, grants):
        self.clock = clock
        self.grants = grants
        self.subscriptions = {}

    def reset(self):
        """No subscription is left."""
        self.subscriptions = {}

    def subscribe(self, client_id, url, key, categories, **options):
        """Subscribe, or change where to; what waits stays in the queue."""
        known = tuple(categories or CATEGORIES.values())
        new = Subscription(client_id, url, key, known, **options)
        old = self.subscriptions.get(client_id)
        if old:
            new.queue, new.sequence = old.queue, old.sequence
        self.subscriptions[client_id] = new
        return new

    def of(self, client_id):
        """The subscription of an application.

        :raise ValueError: it has none
        """
        if client_id not in self.subscriptions:
            raise ValueError(f"no webhook of application {client_id!r}")
        return self.subscriptions[client_id]

    # What happens

    def committed(self, organisation, entries):
        """Queue the events of what one call or one person has just changed."""
        changes = changes_of(organisation, entries)
        paid = paid_documents(organisation, entries)
        for subscription in self._subscribed_to(organisation):
            for category, kind, record_id, record in changes:
                if category not in subscription.categories:
                    continue
                is_payment = kind == "UPDATE" and record_id in paid
                if is_payment and not subscription.payment_events:
                    continue
                event = self.event(organisation, category, kind, record_id, record)
                subscription.add(event, self.clock.now())

    def _subscribed_to(self, organisation):
        clients = {
            connection.app.client_id
            for connection in self.grants.connections.values()
            if connection.tenant_id == organisation.tenant_id
        }
        return [s for name, s in self.subscriptions.items() if name in clients]

    def event(self, organisation, category, kind, record_id, record=None):
        """An event as it is sent; only some categories tell more than the id.

        :param kind: CREATE or UPDATE
        """
        plural = PLURALS.get(category, category.title() + "s")
        event = {
            "resourceUrl": f"{API}/{plural}/{record_id}",
            "resourceId": record_id,
            "tenantId": organisation.tenant_id,
            "tenantType": "ORGANISATION",
            "eventCategory": category,
            "eventType": kind,
            "eventDateUtc": self.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3],
        }
        if record and category in WITH_DATA:
            event["data"] = data_of(category, record)
        return event


def changes_of(organisation, entries):
    """``(category, CREATE or UPDATE, id, record)``, once for each record.

    A record that keeps its timestamp is no event: the very object is compared, since a
    stopped clock gives two writes the same time.
    """
    tables = {getattr(organisation, name, None): name for name in CATEGORIES}
    seen, changes = set(), []
    for table, record_id, old in entries:
        category = CATEGORIES.get(tables.get(table))
        record = table.get(record_id)
        if not category or not record or (table, record_id) in seen:
            continue
        seen.add((table, record_id))
        if old and old["UpdatedDateUTC"] is record["UpdatedDateUTC"]:
            continue
        changes.append((category, "UPDATE" if old else "CREATE", record_id, record))
    return changes


def paid_documents(organisation, entries):
    """The documents whose payments changed."""
    return {
        (table.get(record_id) or old)["DocumentID"]
        for table, record_id, old in entries
        if table is organisation.payments
    }


def data_of(category, record):
    """``data`` of an event."""
    data = {"Type": record["Type"], "Status": record["Status"]}
    if category != "CREDITNOTE":
        data["UpdatedDateUTCString"] = wire.utc_string(record["UpdatedDateUTC"])
    return data
