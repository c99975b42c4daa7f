"""What Xero's validation messages mean.

Xero has no codes, only sentences whose wording drifts: they are matched by parts,
without regard to case (xero-api.md, sections 6 and 7). The words for the user stand
where they can be translated, by the same codes: ``models/xero_cause.py``.
"""

import dataclasses
import re

from .message_patterns import PATTERNS

_COMPILED = tuple((code, re.compile(text, re.I | re.S)) for code, text in PATTERNS)


@dataclasses.dataclass(frozen=True)
class Cause:
    """Why Xero refused something.

    :param str code: of ``message_patterns.PATTERNS``, or ``refused``; stable.
    :param dict values: text values of the placeholders of its texts.
    :param str message: the sentence of Xero that it was told from, verbatim.
    """

    code: str
    values: dict = dataclasses.field(default_factory=dict)
    message: str = ""

    @property
    def key(self):
        """Equal for equal causes, so that they become one note (N6).

        A sentence that is not understood is a cause of its own.
        """
        own = self.values.values() if self.code != "refused" else [self.message]
        return ":".join([self.code, *(str(value).strip().lower() for value in own)])


def explain(messages):
    """The cause behind Xero's sentences about one element.

    :param messages: list of sentences, as of ``elements.element_errors``.
    :returns: the :class:`Cause` of the first sentence that is understood, else of
        code ``refused`` with the first sentence.
    """
    causes = [_cause(message) for message in messages]
    understood = [cause for cause in causes if cause.code != "refused"]
    return (understood or causes or [Cause("refused")])[0]


def _cause(message):
    for code, pattern in _COMPILED:
        match = pattern.search(message)
        if match:
            return Cause(code, _values(match), message)
    return Cause("refused", {}, message)


def _values(match):
    """The groups of a match; ``currency_`` is another place for ``currency``."""
    values = {}
    for name, text in match.groupdict().items():
        if text or name not in values:
            values.setdefault(name.rstrip("_"), text or "")
            values[name.rstrip("_")] = text or values[name.rstrip("_")]
    return values
