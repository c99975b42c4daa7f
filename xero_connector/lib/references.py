"""Account references: letters of a name and a number, ``DAR0001`` (S57, S58).

A pattern is text with ``{letters:3}`` and ``{number:4}``::

    pattern = Pattern("{letters:3}{number:4}")
    pattern.prefix("Darlington International")      # "DAR"
    pattern.reference("DAR", 1)                     # "DAR0001"
"""

import re
import unicodedata

#: Xero's limit for AccountNumber.
MAXIMUM = 50

DEFAULT = "{letters:3}{number:4}"

_PART = re.compile(r"\{(letters|number):(\d{1,2})\}")

# Letters that do not fall apart into a base letter and an accent.
_SPELLED = str.maketrans(
    {"ß": "SS", "æ": "AE", "Æ": "AE", "ø": "O", "Ø": "O", "œ": "OE", "Œ": "OE"}
    | {"ł": "L", "Ł": "L", "đ": "D", "Đ": "D", "þ": "TH", "Þ": "TH", "ı": "I"}
)


class PatternError(ValueError):
    """The pattern cannot make unique references."""


class Pattern:
    """How references are formed.

    :param str text: ``{letters:N}`` at most once, ``{number:N}`` exactly once, and any
        plain text around them.
    :raises PatternError: it is not that, or makes references that Xero finds too long.
    """

    def __init__(self, text):
        self.text = text or ""
        sizes = dict(_PART.findall(self.text))
        plain = _PART.sub("", self.text)
        count = len(_PART.findall(self.text))
        if "number" not in sizes or count != len(sizes) or {"{", "}"} & set(plain):
            raise PatternError(self.text)
        self.letters = int(sizes.get("letters", 0))
        self.digits = int(sizes["number"])
        if not self.digits or len(plain) + self.letters + self.digits > MAXIMUM - 4:
            raise PatternError(self.text)

    def prefix(self, name):
        """The letters of a name; a short one, or one in signs, is filled with X."""
        return letters(name)[: self.letters].ljust(self.letters, "X")

    def reference(self, prefix, number):
        """The reference of a prefix and a number; more digits where they are needed."""
        parts = {"letters": prefix, "number": f"{number:0{self.digits}d}"}
        return _PART.sub(lambda match: parts[match[1]], self.text)


def letters(name):
    """The Latin capital letters of a name in any alphabet; signs have none.

    >>> letters("Çelik & Söhne"), letters("Дом"), letters("3M")
    ('CELIKSOHNE', 'DOM', 'M')
    """
    spelled = unicodedata.normalize("NFKD", (name or "").translate(_SPELLED))
    return "".join(_latin(letter) for letter in spelled)


def _latin(letter):
    upper = letter.upper()
    if "A" <= upper <= "Z":
        return upper
    # "CYRILLIC CAPITAL LETTER DE": the letter's own name begins with its sound.
    name = unicodedata.name(letter, "")
    _alphabet, found, own = name.partition(" LETTER ")
    sound = own.split(" WITH ")[0].split()[-1:]
    if not found or not sound or sound == ["SIGN"]:
        return ""
    # "EM" and "ER" end with their sound, "DE" and "OMEGA" begin with it.
    return sound[0][-1] if re.fullmatch("E[A-Z]", sound[0]) else sound[0][0]
