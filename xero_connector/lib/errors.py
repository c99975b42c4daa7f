"""What can go wrong between Odoo and Xero, readable from the top down.

::

    XeroError
      NotSent          nothing reached Xero: refused connection, unknown host
      Throttled        429: too many calls; nothing was done
      AccessError      Xero does not let us in; nothing was done
        Unauthorised     the access has expired: renew it once and call again
        ScopeMissing     the permission given does not cover this
        AccessRevoked    the permission was taken back or has run out
        Disconnected     the organisation is no longer connected to this app
      Unavailable      Xero is down, or a read failed; nothing was changed
      Uncertain        a write was sent and its effect is not known: look in Xero
      Refused          Xero understood and said no; nothing was done
        Invalid          ... because of what the documents say
        Gone             ... because something named in the request is not there
      Bug              our request was wrong in form: a programmer must look

The class says what may be done next, by two attributes: ``surely_no_effect`` (a write
may be sent again) and ``may_retry`` (the same request may succeed later by itself).
Only ``Uncertain`` has an unknown effect; it is settled by reading, never by sending
again (invariant I4).

:data:`TABLE` is the one place that turns an HTTP answer into one of these.
"""

import dataclasses
import email.utils
import re
import time

from . import elements as _elements


class XeroError(Exception):
    """Anything that kept a call from succeeding.

    :param str message: what happened, for a user, in English.
    :keyword str advice: what the user can do, in English.
    :keyword status: HTTP status as int, None where there was no answer.
    :keyword headers: headers of the answer, a mapping without case.
    :keyword correlation_id: Xero's own number of the call, for its support.
    :keyword retry_after: seconds to wait before the next attempt, or None.
    :keyword problem: which limit was hit: ``minute``, ``day``, ``concurrent``,
        ``appminute``; else ``""``.
    :keyword messages: Xero's own sentences, verbatim.
    :keyword elements: the refused elements, as read from JSON.
    :keyword limits: ``client.Limits`` of the answer, or None.
    :keyword reason: for the log only: what the machine said. Never a secret.
    """

    surely_no_effect = True
    may_retry = False
    default_message = "Something went wrong between Odoo and Xero."
    default_advice = "Try again. If it happens again, copy the details for support."

    def __init__(
        self,
        message=None,
        *,
        advice=None,
        status=None,
        headers=None,
        correlation_id=None,
        retry_after=None,
        problem="",
        messages=(),
        elements=(),
        limits=None,
        reason="",
    ):
        self.message = message or self.default_message
        self.advice = advice or self.default_advice
        self.status = status
        self.headers = {} if headers is None else headers
        self.correlation_id = correlation_id
        self.retry_after = retry_after
        self.problem = problem
        self.messages = list(messages)
        self.elements = list(elements)
        self.limits = limits
        self.reason = reason
        super().__init__(self.message)

    @property
    def kind(self):
        """The name of the class, to store in a column: ``"Throttled"``."""
        return type(self).__name__

    def __repr__(self):
        """Kind, status and correlation id: nothing that came from a header or body."""
        return f"{self.kind}(status={self.status}, id={self.correlation_id})"


class NotSent(XeroError):
    """Nothing reached Xero: connection refused, unknown host, no connection in time."""

    may_retry = True
    default_message = "Xero could not be reached."
    default_advice = "Nothing was sent. It is tried again by itself; check the network."


class Throttled(XeroError):
    """429: too many calls. ``problem`` names the limit, ``retry_after`` the seconds."""

    may_retry = True
    default_message = "Xero takes no more calls at the moment."
    default_advice = "Nothing to do. The rest goes by itself."


class AccessError(XeroError):
    """Xero does not let us in. Nothing was done."""


class Unauthorised(AccessError):
    """The access has expired: renew it once, then call again."""

    may_retry = True
    default_message = "Access to Xero has to be renewed."
    default_advice = "Odoo renews it by itself. If this stays, connect again."


class ScopeMissing(AccessError):
    """The permission given in Xero does not cover this call. Renewing cannot help."""

    default_message = "Xero did not give Odoo permission for this."
    default_advice = "Connect again and leave every permission ticked."


class AccessRevoked(AccessError):
    """The permission was taken back, or was not used for 60 days."""

    default_message = "Xero no longer accepts our access."
    default_advice = (
        "Documents wait here; nothing is lost. "
        "Someone with a Xero log-in must connect again."
    )


class Disconnected(AccessError):
    """403: the organisation is not connected to this app any more."""

    default_message = "Someone removed Odoo in Xero's connected apps."
    default_advice = AccessRevoked.default_advice


class Unavailable(XeroError):
    """Xero is down, or a read failed. Nothing was changed; try again later."""

    may_retry = True
    default_message = "Xero is not available at the moment."
    default_advice = "Nothing to do. It is tried again in a few minutes."


class Uncertain(XeroError):
    """A write was sent and its effect is not known. Read Xero before anything else."""

    surely_no_effect = False
    default_message = "No clear answer from Xero."
    default_advice = "Nothing to do. Odoo looks in Xero before anything is sent again."

    @property
    def may_be_running(self):
        """Whether Xero may still be busy with the write, so that a look comes too soon.

        Only an answer of Xero's own tells that it is done; one of a gateway before it
        (502, 503, 504) does not.
        """
        return self.status is None or self.status in (502, 503, 504)


class Refused(XeroError):
    """Xero understood the request and said no. Nothing was done."""


class Invalid(Refused):
    """Refused as a whole for what it says. ``messages`` are Xero's own words."""

    default_message = "Xero refused this."
    default_advice = "Read Xero's message, correct the document, and send it again."


class Gone(Refused):
    """404: something named in the request is not there."""

    default_message = "Xero does not have this record any more."
    default_advice = "It may have been deleted or merged in Xero. Look there first."


class Bug(XeroError):
    """Our request was wrong in form. Repeating it cannot help."""

    default_message = "Xero did not understand the request."
    default_advice = "This is a fault in the connector. Copy the details for support."


READ, WRITE = frozenset({"GET", "HEAD"}), frozenset({"POST", "PUT", "PATCH", "DELETE"})
ANY = READ | WRITE


@dataclasses.dataclass(frozen=True)
class Rule:
    """One row of :data:`TABLE`: which answers, and what they mean."""

    statuses: range
    kind: type
    pattern: str = ""
    methods: frozenset = ANY
    retry_after: int | None = None
    message: str | None = None
    advice: str | None = None

    def matches(self, method, status, text):
        """Whether an answer falls under this row; ``text`` as of ``_searchable``."""
        if status not in self.statuses or method not in self.methods:
            return False
        return re.search(self.pattern, text, re.IGNORECASE) is not None


def _only(status):
    return range(status, status + 1)


_OFFLINE = (
    r"the xero api is (currently )?(offline|temporarily unavailable)"
    r"|the organisation is offline"
)
_FORM = r"QueryParseException|PostDataInvalidException|\"ErrorNumber\":\s*(14|16|17)\b"
_WHOLE_DAY, _A_MOMENT = 3600, 2

# The first row that matches wins. The pattern is searched, without regard to case, in
# the WWW-Authenticate and X-Rate-Limit-Problem headers and the body.
# Source: xero-api.md sections 2, 3 and 7, decisions.md 12.
TABLE = (
    Rule(_only(401), ScopeMissing, r"insufficient_scope|AuthorizationUnsuccessful"),
    Rule(_only(401), Unauthorised, r"TokenExpired|expired"),
    Rule(_only(401), AccessRevoked, r"AuthenticationUnsuccessful"),
    Rule(_only(401), Unauthorised),
    Rule(_only(403), ScopeMissing, r"insufficient_scope"),
    Rule(_only(403), Disconnected),
    Rule(_only(404), Gone),
    Rule(_only(410), Gone),
    Rule(
        _only(429),
        Throttled,
        r"day",
        retry_after=_WHOLE_DAY,
        message="Xero's calls for today are used up.",
        advice="Nothing to do. The rest goes by itself tomorrow.",
    ),
    Rule(_only(429), Throttled, r"conc", retry_after=_A_MOMENT),
    Rule(_only(429), Throttled, retry_after=60),
    Rule(_only(503), Unavailable, _OFFLINE, retry_after=300),
    Rule(range(500, 600), Uncertain, methods=WRITE),
    Rule(range(500, 600), Unavailable, methods=READ, retry_after=60),
    Rule(_only(408), Uncertain, methods=WRITE),
    Rule(_only(408), Unavailable, methods=READ, retry_after=60),
    Rule(_only(400), Uncertain, r"is used with a different request"),
    Rule(_only(400), Bug, _FORM),
    Rule(_only(400), Bug, methods=READ),
    Rule(_only(400), Invalid, r"\"(Message|Elements|Detail)\""),
    Rule(range(300, 500), Bug),
)


def from_response(method, status, headers, body_text):
    """The error that an HTTP answer stands for.

    A 304 is no error: nothing has changed since the time asked about.

    :param str method: ``"GET"``, ``"PUT"``, ...
    :param int status: HTTP status.
    :param headers: mapping without case, such as requests gives.
    :param str body_text: the body; never decoded for a 429, which has none.
    :returns: a :class:`XeroError`, not raised, or None for a success.
    """
    if 200 <= status < 300 or status == 304:
        return None
    rule = _rule(method, status, headers, body_text)
    document = {} if status == 429 else _elements.document(body_text)
    return rule.kind(
        rule.message,
        advice=rule.advice,
        status=status,
        headers=headers,
        correlation_id=headers.get("Xero-Correlation-Id"),
        retry_after=_retry_after(rule, headers),
        problem=limit_problem(headers) if status == 429 else "",
        messages=_elements.refusal_messages(document),
        elements=_elements.refused_elements(document),
    )


def answer_lost(method, reason, **details):
    """The error for an answer that did not arrive whole, once the request was sent.

    :param str method: a read that failed changed nothing, a write may have worked.
    :param str reason: for the log, such as ``"ReadTimeout"``.
    :param details: further keywords of :class:`XeroError`.
    :returns: :class:`Unavailable` for reads, :class:`Uncertain` for writes (I4, I9).
    """
    if method in READ:
        details.setdefault("retry_after", 60)
        return Unavailable(reason=reason, **details)
    return Uncertain(reason=reason, **details)


def limit_problem(headers):
    """Which limit a 429 reports: ``minute``, ``day``, ``concurrent``, ``appminute``.

    Sources write the names differently, so they are compared loosely; a 429 that
    names none counts as the minute limit (xero-api.md, section 2).
    """
    name = re.sub(r"[^a-z]", "", headers.get("X-Rate-Limit-Problem", "").lower())
    for problem, sign in (("appminute", "app"), ("day", "day"), ("concurrent", "conc")):
        if sign in name:
            return problem
    return "minute"


def _rule(method, status, headers, body_text):
    text = _searchable(status, headers, body_text)
    for rule in TABLE:
        if rule.matches(method, status, text):
            return rule
    return Rule(_only(status), Bug)


def _searchable(status, headers, body_text):
    if status == 429:
        return limit_problem(headers)
    return f"{headers.get('WWW-Authenticate', '')}\n{body_text or ''}"


def _retry_after(rule, headers):
    """Seconds to wait: Xero's word, but never less than ours for an outage."""
    asked = _seconds(headers.get("Retry-After"))
    if asked is None or rule.retry_after is None:
        return rule.retry_after if asked is None else asked
    return max(asked, rule.retry_after) if rule.kind is Unavailable else asked


def _seconds(value):
    """Retry-After is a number of seconds or an HTTP date; anything else is None."""
    try:
        return max(0, int(value))
    except (TypeError, ValueError):
        pass
    try:
        when = email.utils.parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    return max(0, int(when.timestamp() - time.time()))
