"""A text column that is encrypted at rest when the server has a key (N19)."""

import logging
import os

from cryptography.fernet import Fernet, InvalidToken

from odoo import fields

_logger = logging.getLogger(__name__)

#: Marks a stored value as encrypted, so that a key can be added to a server
#: whose database already holds plain values, which are encrypted when next written.
_PREFIX = "fernet:"


def _cipher():
    """The cipher of this server, or None where no key is configured.

    The key is a Fernet key (``Fernet.generate_key()``) in the environment variable
    ``XERO_CONNECTOR_KEY``: outside the database, so that a stolen dump is useless.
    """
    key = os.environ.get("XERO_CONNECTOR_KEY")
    return Fernet(key) if key else None


def encrypt(value):
    """Encrypt ``value`` for the database; unchanged without a key."""
    cipher = _cipher()
    if not value or not cipher or value.startswith(_PREFIX):
        return value
    return _PREFIX + cipher.encrypt(value.encode()).decode()


def decrypt(value):
    """The text behind a stored value; None when the key is missing or another one.

    A lost key means connecting again, never a crash.
    """
    if not value or not value.startswith(_PREFIX):
        return value
    cipher = _cipher()
    try:
        if cipher:
            return cipher.decrypt(value[len(_PREFIX) :].encode()).decode()
        problem = "no key"
    except InvalidToken:
        problem = "another key"
    _logger.error("A stored secret cannot be read: this server has %s.", problem)
    return None


class Secret(fields.Char):
    """A Char for credentials: system administrators only, not copied, encrypted.

    Give it ``groups="base.group_system"``; code that needs the value uses sudo.
    """

    copy = False
    prefetch = False

    def convert_to_column(self, value, record, values=None, validate=True):
        return encrypt(super().convert_to_column(value, record, values, validate))

    def convert_to_record(self, value, record):
        return decrypt(super().convert_to_record(value, record)) or False
