"""What can go wrong on the way to an access, each with a sentence and advice.

No exception here carries anything that was sent or received: only the protocol's own
name of the error, as its ``reason`` (I10).
"""

import json

from . import errors


class OAuthError(errors.XeroError):
    """Something kept us from getting or renewing permission. Nothing was lost."""


class ConsentDenied(OAuthError):
    """The person at the authorize page said no."""

    default_message = "Xero was not given permission. Nothing changed."
    default_advice = "Connect again and press Allow access in Xero."


class InvalidClient(OAuthError):
    """The client id or the client secret is wrong."""

    default_message = "Xero does not know this client id and client secret."
    default_advice = "Copy both again from your app on developer.xero.com."


class InvalidRedirect(OAuthError):
    """The redirect address is not one of those entered in the Xero app."""

    default_message = "Xero does not know the address it should return to."
    default_advice = (
        "Copy the redirect address shown here to your app on developer.xero.com."
    )


class InvalidGrant(OAuthError, errors.AccessRevoked):
    """The code or the refresh token is used, expired or revoked: connect again."""


class InvalidScope(OAuthError):
    """The app may not ask for one of the permissions."""

    default_message = "Xero does not let this app ask for these permissions."
    default_advice = "Check the permissions under Advanced, then connect again."


class TokenUnavailable(OAuthError):
    """Xero's log-in service gave no usable answer: nothing is known, keep what is."""

    may_retry = True
    default_message = "Xero's log-in service did not answer."
    default_advice = "Nothing changed. It is tried again in a few minutes."


# What the protocol calls it, and what it means here (xero-api.md, section 1).
KINDS = {
    "access_denied": ConsentDenied,
    "invalid_client": InvalidClient,
    "unauthorized_client": InvalidClient,
    "invalid_scope": InvalidScope,
    "invalid_grant": InvalidGrant,
    "server_error": TokenUnavailable,
    "temporarily_unavailable": TokenUnavailable,
    "missing_token": TokenUnavailable,  # what the library calls an unreadable answer
}
# On the way back from the authorize page: a new app that asks for the old, broad
# permissions.
CALLBACK_KINDS = {**KINDS, "unauthorized_client": InvalidScope}


def from_code(code, description="", kinds=KINDS):
    """The error of a protocol error code; an address problem is told by its text.

    A code that is not in the list is no reason to give up a grant.
    """
    if "redirect" in (description or "").lower():
        return InvalidRedirect(reason=code)
    return kinds.get(code, OAuthError)(reason=code)


def from_text(text):
    """The error in the body of an answer; one that cannot be read tells nothing."""
    try:
        document = json.loads(text)
        return from_code(document.get("error"), document.get("error_description"))
    except (ValueError, AttributeError):
        return TokenUnavailable(reason="answer is not JSON")
