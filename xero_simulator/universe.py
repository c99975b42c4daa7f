"""Everything there is: organisations, applications, the call log, faults, limits."""

import functools
import threading

from . import seeds
from .calls import CallLog
from .clock import Clock
from .faults import Faults
from .grants import Grants
from .idempotency import KeyStore
from .limits import Limits
from .webhooks import Webhooks

THREE_AND_A_HALF_MEGABYTES = 3_500_000


class Universe:
    """The whole simulated Xero.

    ``lock`` guards the state. It is held while a request is processed and never while
    one is delayed, held, or waiting for another.
    """

    def __init__(self, organisations=("uk",)):
        self.lock = threading.RLock()
        self.clock = Clock()
        self.calls = CallLog(self.clock)
        self.faults = Faults()
        self.limits = Limits(self.clock)
        self.keys = KeyStore(self.clock)
        self.grants = Grants(self.clock)
        self.webhooks = Webhooks(self.clock, self.grants)
        self.max_body = THREE_AND_A_HALF_MEGABYTES
        self.max_query = 4096
        self.organisations = {}
        self.reset(organisations)

    def reset(self, organisations=("uk",)):
        """New organisations with new tenant ids; nothing else is remembered.

        Limits that were set stay, their counts begin again. So do registered
        applications, but every connection and token is gone.
        """
        with self.lock:
            self.faults.clear()
            self.clock.reset()
            self.calls.clear()
            self.limits.reset()
            self.keys.reset()
            self.grants.reset()
            self.webhooks.reset()
            self.organisations = {}
            for code in organisations:
                self.add_organisation(code)

    def add_organisation(self, code):
        """Open the books of one more organisation.

        :param code: name of a seed, e.g. ``uk``
        """
        organisation = seeds.load(code, self.clock)
        same = [o for o in self.organisations.values() if o.name == organisation.name]
        if same:
            organisation.profile["Name"] += f" {len(same) + 1}"
        listener = functools.partial(self.webhooks.committed, organisation)
        organisation.journal.listener = listener
        self.organisations[organisation.tenant_id] = organisation
        return organisation

    def organisation(self, name_or_id=None):
        """By tenant id, by name, by place in the list, or simply the first.

        :raise KeyError: there is none
        """
        if name_or_id is None:
            name_or_id = 0
        everyone = list(self.organisations.values())
        if isinstance(name_or_id, int):
            return everyone[name_or_id]
        for organisation in everyone:
            if name_or_id in (organisation.tenant_id, organisation.name):
                return organisation
        raise KeyError(f"no organisation {name_or_id!r}")
