"""The signature of a webhook: any configured key verifies (decisions.md 35)."""

import pytest

from lib import webhooks

BODY = b'{"events":[],"firstEventSequence":0,"entropy":"S0m3r4Nd0mt3xt"}'
# Computed with: openssl dgst -sha256 -hmac key-1 -binary | base64
GIVEN = "2f8nkEtokrN8izK4IwnYSeIMOkieAXNCkPp8KRL7OFU="


def test_the_signature_is_xeros():
    assert webhooks.signature(BODY, "key-1") == GIVEN
    assert webhooks.verifying_keys(BODY, GIVEN, ["key-1"]) == ["key-1"]


def test_any_configured_key_verifies():
    keys = ["", None, "key-2", "key-1"]
    assert webhooks.verifying_keys(BODY, GIVEN, keys) == ["key-1"]


@pytest.mark.parametrize(
    "body, given, keys",
    [
        (BODY, GIVEN, ["key-2"]),
        (BODY, GIVEN, []),
        (BODY, GIVEN, [""]),
        (BODY + b" ", GIVEN, ["key-1"]),
        (BODY, GIVEN[:-1], ["key-1"]),
        (BODY, GIVEN.lower(), ["key-1"]),
        (BODY, "", ["key-1"]),
        (BODY, None, ["key-1"]),
        (BODY, "é\ud800", ["key-1"]),
    ],
)
def test_anything_else_does_not(body, given, keys):
    assert not webhooks.verifying_keys(body, given, keys)
