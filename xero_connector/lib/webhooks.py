"""The signature that proves that a webhook comes from Xero.

Header ``x-xero-signature`` is the base64 of HMAC-SHA256 over the raw body with the
webhook key (xero-api.md, section 5). Two keys are valid while one is being replaced.
"""

import base64
import hashlib
import hmac


def signature(raw_body, key):
    """The signature of a body.

    :param bytes raw_body: exactly as it came, before any decoding.
    :param str key: the webhook key of the Xero app.
    :returns: base64 text.
    """
    digest = hmac.new(key.encode(), raw_body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def verifying_keys(raw_body, given, keys):
    """The keys under which a signature is right (decisions.md 35).

    Every key is tried, and each comparison takes the same time wherever it differs,
    so that the time tells nothing.

    :param bytes raw_body: exactly as it came.
    :param str given: the header; may be None or anything that was sent.
    :param keys: iterable of webhook keys; empty ones are passed over.
    :rtype: list
    """
    offered = (given or "").encode("utf-8", "replace")
    return [
        key
        for key in keys
        if key and hmac.compare_digest(signature(raw_body, key).encode(), offered)
    ]
