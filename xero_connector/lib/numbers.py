"""Numbers of documents as two people may have typed them."""

import re

_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_PUNCTUATION = re.compile(r"[\W_]+")


def key(number):
    """A number without punctuation, case and leading zeros (T61).

    ``INV-0042`` and ``inv 42`` have the same key.

    :param str number: as it stands on the document; may be None.
    :returns: str, empty where nothing is left.
    """
    plain = _ZEROS.sub("", (number or "").casefold())
    return _PUNCTUATION.sub("", plain)
