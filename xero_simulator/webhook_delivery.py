"""Sends webhooks over HTTP and judges what the receiver answers.

A receiver must answer 200 to what is signed well and 401 to what is not, within 5
seconds, with neither a body nor a cookie (spec: Webhooks, endpoint rules).
"""

import base64
import hashlib
import hmac
import random
import string
import time

import requests

from .errors import Refused
from .exchange import plain_json_reply
from .webhooks import KEPT

MOST_SECONDS = 5
WRONG_KEY = "not the key of this webhook"
INTENT = (False, True, False, True, True)
"""Which requests of an intent to receive are signed well."""


def signature(body, key):
    """Base64 of HMAC-SHA256 over the raw body."""
    digest = hmac.new(key.encode(), body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def payload(queued):
    """The body for these events; none for the intent to receive."""
    numbers = [one.number for one in queued] or [0]
    value = {
        "events": [one.event for one in queued],
        "firstEventSequence": min(numbers),
        "lastEventSequence": max(numbers),
        "entropy": "".join(random.choices(string.ascii_uppercase, k=20)),
    }
    return plain_json_reply(value).body


def post(url, body, key, is_good=True):
    """One POST.

    :param is_good: whether ``key`` is the right one, so that 200 is expected
    :return: dict of ``status, seconds, expected, violations``; status None when
        nothing came
    """
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "x-xero-signature": signature(body, key),
    }
    started = time.monotonic()
    expected = 200 if is_good else 401
    try:
        answer = requests.post(
            url,
            data=body,
            headers=headers,
            timeout=MOST_SECONDS,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        return _outcome(None, started, expected, [f"no answer: {error}"[:200]])
    violations = violations_of(answer, expected, time.monotonic() - started)
    return _outcome(answer.status_code, started, expected, violations)


def _outcome(status, started, expected, violations):
    return {
        "status": status,
        "seconds": round(time.monotonic() - started, 3),
        "expected": expected,
        "violations": violations,
    }


def violations_of(answer, expected, seconds):
    """What the receiver does that Xero does not accept, as sentences."""
    found = []
    if answer.status_code != expected:
        found.append(f"answered {answer.status_code} instead of {expected}")
    if answer.content:
        found.append("answered with a body")
    if "Set-Cookie" in answer.headers:
        found.append("set a cookie")
    if seconds > MOST_SECONDS:
        found.append(f"took {seconds:.1f} seconds")
    return found


class Delivery:
    """Sends what waits for one subscription.

    The universe's lock is held only while the queue is looked at, never during a
    request: the receiver may call the simulator meanwhile.
    """

    def __init__(self, universe, client_id):
        self.universe = universe
        with universe.lock:
            self.subscription = universe.webhooks.of(client_id)

    def deliver(self, times=1, order="queued", one_by_one=False, limit=None):
        """Send what waits, well signed; what was not accepted stays in the queue.

        :param times: how often each request is sent
        :param order: ``queued`` or ``reversed``
        :param one_by_one: a request for each event
        :param limit: how many events at most
        :return: one dict for each request, with its ``events``
        """
        if self.subscription.state != "active":
            raise Refused(f"The webhook is {self.subscription.state}.")
        waiting = self._waiting(order)[:limit]
        groups = [[one] for one in waiting] if one_by_one else [waiting]
        return [sent for group in groups if group for sent in self._send(group, times)]

    def deliver_due(self):
        """Send what waits if the time of the next attempt has come."""
        due = self.subscription.next_attempt
        if due and self.universe.clock.now() < due:
            return []
        return self.deliver()

    def deliver_wrongly_signed(self):
        """Send what waits under a wrong signature; everything stays in the queue."""
        waiting = self._waiting("queued")
        sent = post(self.subscription.url, payload(waiting), WRONG_KEY, is_good=False)
        return [{**sent, "events": [one.event for one in waiting]}]

    def intent_to_receive(self):
        """The series after which a subscription works, if all answers are right."""
        sent = []
        for is_good in INTENT:
            key = self.subscription.key if is_good else WRONG_KEY
            sent.append(post(self.subscription.url, payload([]), key, is_good))
        passed = not any(one["violations"] for one in sent)
        with self.universe.lock:
            self.subscription.state = "active" if passed else "unverified"
            self.subscription.succeeded()
        return {"passed": passed, "requests": sent}

    def _waiting(self, order):
        """What waits and is not too old."""
        now = self.universe.clock.now()
        with self.universe.lock:
            queue = self.subscription.queue
            queue[:] = [one for one in queue if now - one.moment < KEPT]
            waiting = list(queue)
        if order not in ("queued", "reversed"):
            raise ValueError(f"unknown order {order!r}")
        return waiting if order == "queued" else waiting[::-1]

    def _send(self, group, times):
        """One body, as often as wanted, and once more at once after a failure."""
        subscription, body = self.subscription, payload(group)
        sent = [self._post(group, body) for _ in range(times)]
        if all(one["violations"] for one in sent):
            sent.append(self._post(group, body))
        is_accepted = any(not one["violations"] for one in sent)
        with self.universe.lock:
            if is_accepted:
                subscription.succeeded()
                subscription.queue[:] = [
                    q for q in subscription.queue if q not in group
                ]
            else:
                subscription.failed(self.universe.clock.now())
        return sent

    def _post(self, group, body):
        subscription = self.subscription
        sent = post(subscription.url, body, subscription.key)
        return {**sent, "events": [one.event for one in group]}
