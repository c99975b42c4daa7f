"""File names as Xero takes them (xero-api.md section 6, Attachments)."""

import re

#: Bytes of one file, and files of one document.
MAX_BYTES = 10 * 1024 * 1024
MAX_FILES = 10

_REFUSED = re.compile(r'[<>:"/\\|?*+\x00-\x1f]+')
_LENGTH = 255


def file_name(name):
    """A name without the characters that Xero refuses; its ending stays.

    >>> file_name("INV/2026/00001.pdf")
    'INV-2026-00001.pdf'
    """
    clean = _REFUSED.sub("-", name).strip(" .-") or "document"
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(clean) <= _LENGTH:
        return clean[:_LENGTH]
    return stem[: _LENGTH - len(ending) - 1] + dot + ending
