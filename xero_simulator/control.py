"""Steers a simulator, in a thread or in another process, over its control API.

Needs nothing but ``requests``. Amounts come back as ``Decimal``, dates as ISO text.
"""

import datetime
import json
import re
import time
from decimal import Decimal
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import requests

from .control_books import Books
from .control_webhooks import Webhooks

ALL_SCOPES = (
    "openid profile email offline_access accounting.invoices accounting.payments "
    "accounting.contacts accounting.settings accounting.attachments"
)


class XeroRefused(Exception):
    """Xero did not accept what a person wanted to do; ``messages`` says why."""

    def __init__(self, messages):
        super().__init__("; ".join(messages))
        self.messages = messages


class Clock:
    """The simulator's clock."""

    def __init__(self, control):
        self._control = control

    def now(self):
        """The simulator's time, an aware ``datetime``."""
        return datetime.datetime.fromisoformat(self._control._do("now"))

    def advance(self, seconds):
        """Move it forward."""
        self._control._do("advance", seconds=seconds)

    def freeze(self):
        """Stop it; :meth:`advance` still works."""
        self._control._do("freeze")

    def thaw(self):
        """Let it run again, from the real time plus what was advanced."""
        self._control._do("thaw")


class Control(Books, Webhooks):
    """One simulator, by its address.

    ``tenant`` is a tenant id, an organisation's name or its place in the list; None is
    the first organisation.
    """

    def __init__(self, url):
        self.url = url.rstrip("/")
        self.clock = Clock(self)

    def _do(self, command, **arguments):
        answer = requests.post(
            f"{self.url}/simulator/{command}",
            data=json.dumps(arguments, default=_plain),
            timeout=60,
        )
        body = json.loads(answer.text, parse_float=Decimal)
        if "error" not in body:
            return body["result"]
        if "refused" in body["error"]:
            raise XeroRefused(body["error"]["refused"])
        raise ValueError(body["error"]["message"])

    # Calls

    def calls(self, since=None, kind=None, payloads=False):
        """The log of calls, oldest first.

        :param since: only those with a greater ``number``
        :param kind: ``api`` or ``identity``; None for both
        :param payloads: with the parsed body as ``payload``
        """
        calls = self._do("calls", since=since, payloads=payloads)
        return [call for call in calls if kind in (None, call["kind"])]

    def clear_calls(self):
        """Empty the log."""
        self._do("clear_calls")

    def writes(self, since=None):
        """How many Accounting calls wrote."""
        return sum(c["method"] != "GET" for c in self.calls(since, "api"))

    def reads(self, since=None):
        """How many Accounting calls read."""
        return sum(c["method"] == "GET" for c in self.calls(since, "api"))

    def refreshes(self, since=None):
        """How many times a refresh token was used."""
        calls = self.calls(since, "identity")
        return sum(call["grant_type"] == "refresh_token" for call in calls)

    # Faults

    def fault(self, kind, method=None, path=None, times=1, after=0, **options):
        """Let something go wrong; see the README for kinds and options.

        :param path: regular expression, searched in path and query; without it only
            Accounting calls are hit
        :param times: how many requests, None for all
        :param after: how many matching requests pass first
        """
        order = {"method": method, "path": path, "times": times, "after": after}
        return self._do("fault", kind=kind, **order, **options)

    def faults(self):
        """The orders given, with their hits."""
        return self._do("faults")

    def clear_faults(self):
        """Cancel all orders and release what is held."""
        self._do("clear_faults")

    def held(self):
        """Requests that stand still: ``number, at, call, method, path``."""
        return self._do("held")

    def wait_held(self, count=1, timeout=30):
        """Wait until so many requests are held; returns them."""
        return self.wait_for(
            lambda: len(held := self.held()) >= count and held, timeout, "held requests"
        )

    def release(self, number=None, drop=False):
        """Let held requests go on, or with ``drop`` hang up on them."""
        return self._do("release", number=number, drop=drop)

    def wait_calls(self, count, timeout=30, **filters):
        """Wait until so many calls are logged; returns them."""
        return self.wait_for(
            lambda: len(calls := self.calls(**filters)) >= count and calls,
            timeout,
            "calls",
        )

    @staticmethod
    def wait_for(condition, timeout=30, what="the condition"):
        """Ask until ``condition()`` is true; returns its value.

        :raise TimeoutError: not within ``timeout`` seconds
        """
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            value = condition()
            if value:
                return value
            time.sleep(0.02)
        raise TimeoutError(f"no {what} within {timeout} s")

    # Settings

    def reset(self, organisations=("uk",)):
        """New, empty organisations with new tenant ids; returns them."""
        return self._do("reset", organisations=list(organisations))

    def add_organisation(self, code):
        """One more organisation; returns its tenant id."""
        return self._do("add_organisation", code=code)

    def set_limits(self, day=None, minute=None, concurrent=None, app_minute=None):
        """Change rate limits (None leaves one as it is) and begin to count anew."""
        limits = {"day": day, "minute": minute, "concurrent": concurrent}
        self._do("set_limits", **limits, app_minute=app_minute)

    def set_options(self, **options):
        """``max_body``, ``max_query`` (bytes), ``idempotency_scope`` (token, app)."""
        self._do("set_options", **options)

    # Access

    def register_app(
        self,
        client_id,
        secret="",
        redirect_uris=None,
        legacy=False,
        organisation=None,
    ):
        """Register an application with Xero.

        :param secret: empty for a PKCE application
        :param redirect_uris: exact addresses; None for any that Xero accepts
        :param legacy: may still use the broad scopes
        :param organisation: makes it a custom connection to that organisation
        """
        self._do(
            "register_app",
            client_id=client_id,
            secret=secret,
            redirect_uris=redirect_uris,
            legacy=legacy,
            organisation=organisation,
        )

    def authorise(self, authorize_url, allow=True, organisation=None):
        """Fill in the authorize page like a user.

        :param organisation: name or tenant id; None takes the first
        :return: the address to which Xero sends the browser, which is not called
        :raise XeroRefused: Xero shows an error page instead
        """
        parts = urlsplit(authorize_url)
        page = requests.get(authorize_url, timeout=60)
        self._check_page(page)
        form = dict(parse_qsl(parts.query, keep_blank_values=True))
        if organisation:
            form["tenant"] = self.tenant_id(organisation)
        form["decision"] = "allow" if allow else "cancel"
        answer = requests.post(
            f"{parts.scheme}://{parts.netloc}{parts.path}",
            data=form,
            allow_redirects=False,
            timeout=60,
        )
        self._check_page(answer)
        return answer.headers["Location"]

    @staticmethod
    def _check_page(answer):
        if answer.status_code >= 400:
            error = re.search(r"Error: (.*?)<br>(.*?)</p>", answer.text)
            raise XeroRefused([unescape(": ".join(error.groups()))])

    def grant(self, tenant=None, scopes=ALL_SCOPES, client_id="demo-client"):
        """A token response and ``tenant_id``, without going through the consent."""
        return self._do("grant", tenant=tenant, scopes=scopes, client_id=client_id)

    def expire_tokens(self):
        """All access tokens are too old now."""
        self._do("expire_tokens")

    def revoke(self, client_id=None):
        """The user removes the application among Xero's connected apps."""
        self._do("revoke", client_id=client_id)

    def disconnect(self, tenant=None):
        """The user disconnects one organisation; tokens stay valid."""
        self._do("disconnect", tenant=tenant)

    def connections(self):
        """``client_id, tenant_id, auth_event_id`` of what is connected."""
        return self._do("connections")


def _plain(value):
    """Dates and amounts in arguments."""
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (set, tuple)):
        return list(value)
    raise TypeError(f"{type(value).__name__} cannot be sent")
