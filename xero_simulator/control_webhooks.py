"""The part of :class:`~xero_simulator.control.Control` that sends webhooks."""


class Webhooks:
    """Subscribing an application to events, and sending what waits.

    Nothing is sent unless it is ordered. Every request that was sent comes back as a
    dict of ``status, expected, seconds, violations, events``; ``violations`` are the
    sentences in which Xero would complain about the receiver.
    """

    def _do(self, command, **arguments):
        raise NotImplementedError

    def subscribe(self, url, key, client_id="demo-client", categories=None, **options):
        """Set the address and the signing key of an application's webhook.

        :param categories: None for all: CONTACT, INVOICE, CREDITNOTE, PREPAYMENT,
            OVERPAYMENT
        :param options: ``state="unverified"`` to begin before the intent to receive;
            ``payment_events=False``: a payment is no event of its invoice
        """
        names = {"client_id": client_id, "url": url, "key": key}
        return self._do("subscribe", **names, categories=categories, **options)

    def unsubscribe(self, client_id="demo-client"):
        """Remove the webhook, and what waits for it."""
        self._do("unsubscribe", client_id=client_id)

    def webhook(self, client_id="demo-client"):
        """``url, state, failing_since, next_attempt, pending``."""
        return self._do("webhook", client_id=client_id)

    def webhook_events(self, client_id="demo-client"):
        """The events that wait, in the order in which things happened."""
        return self._do("webhook_events", client_id=client_id)

    def queue_event(
        self, category, resource_id, tenant=None, kind="UPDATE", client_id="demo-client"
    ):
        """Queue an event that nothing caused, e.g. of a category yet unknown."""
        names = {"category": category, "resource_id": resource_id, "kind": kind}
        self._do("queue_event", **names, tenant=tenant, client_id=client_id)

    def drop_events(self, client_id="demo-client"):
        """Lose what waits, without a trace."""
        self._do("drop_events", client_id=client_id)

    def deliver(
        self,
        times=1,
        order="queued",
        one_by_one=False,
        limit=None,
        client_id="demo-client",
    ):
        """Send what waits now. What is not accepted stays and is tried again.

        :param times: how often each request is sent
        :param order: ``queued`` or ``reversed``
        :param one_by_one: a request for each event instead of one for all
        :param limit: how many events at most
        :raise XeroRefused: the subscription is disabled or unverified
        """
        how = {"times": times, "order": order, "one_by_one": one_by_one}
        return self._do("deliver", client_id=client_id, limit=limit, **how)

    def deliver_due(self, client_id="demo-client"):
        """Send what waits, unless the next attempt after a failure is still ahead."""
        return self._do("deliver_due", client_id=client_id)

    def deliver_wrongly_signed(self, client_id="demo-client"):
        """Send what waits under a wrong signature; it keeps waiting."""
        return self._do("deliver_wrongly_signed", client_id=client_id)

    def intent_to_receive(self, client_id="demo-client"):
        """Requests with right and wrong signatures; ``passed`` makes it active."""
        return self._do("intent_to_receive", client_id=client_id)
