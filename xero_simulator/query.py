"""The ``where`` and ``order`` languages (spec: Batching, paging, filters).

Grammar: ``==``, ``!=``, ``>``, ``>=``, ``<``, ``<=``, ``AND``/``&&``, ``OR``/``||``,
brackets, ``Guid("...")``, ``DateTime(2026,01,31)``, ``.Contains("x")``,
``.StartsWith``, ``.EndsWith``, ``null``, ``true``, nested names. Text is compared
without regard to case.
"""

import datetime
import operator
import re
from decimal import Decimal

from .errors import BadQuery

TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>"(?:[^"\\]|\\.)*")
  | (?P<number>-?\d+(?:\.\d+)?)
  | (?P<symbol>==|!=|>=|<=|&&|\|\||[=<>(),.!])
  | (?P<name>[A-Za-z_]\w*)
    )""",
    re.VERBOSE,
)
COMPARE = {
    "==": operator.eq,
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
TEXT_TESTS = {
    "contains": lambda text, part: part in text,
    "startswith": str.startswith,
    "endswith": str.endswith,
}
UNCHANGED = {"tolower", "toupper", "value", "trim", "tostring"}


def tokens_of(text):
    """Split a filter into ``(kind, text)`` tokens."""
    position, tokens = 0, []
    text = text.strip()
    while position < len(text):
        match = TOKEN.match(text, position)
        if not match:
            raise BadQuery(f"Syntax error at position {position}")
        tokens.append((match.lastgroup, match.group(match.lastgroup)))
        position = match.end()
    return tokens


class Parser:
    """Recursive descent; every rule returns a function of a record.

    :param known: names that a record may be asked for
    """

    def __init__(self, text, known):
        self.tokens = tokens_of(text)
        self.known = known
        self.position = 0

    def parse(self):
        """The whole filter as one predicate."""
        predicate = self._either()
        if self.position < len(self.tokens):
            raise BadQuery(f"Unexpected '{self.tokens[self.position][1]}'")
        return predicate

    def _peek(self):
        if self.position < len(self.tokens):
            return self.tokens[self.position]
        return "end", ""

    def _next(self):
        token = self._peek()
        self.position += 1
        return token

    def _take(self, *texts):
        """Consume the next token if it is one of these (any case)."""
        if self._peek()[0] != "text" and self._peek()[1].lower() in texts:
            return self._next()[1]
        return None

    def _expect(self, text):
        if not self._take(text):
            raise BadQuery(f"'{text}' expected")

    def _either(self):
        parts = [self._both()]
        while self._take("||", "or"):
            parts.append(self._both())
        return lambda record: any(part(record) for part in parts)

    def _both(self):
        parts = [self._comparison()]
        while self._take("&&", "and"):
            parts.append(self._comparison())
        return lambda record: all(part(record) for part in parts)

    def _comparison(self):
        if self._take("("):
            inner = self._either()
            self._expect(")")
            return inner
        left = self._operand()
        sign = self._take(*COMPARE)
        if sign is None:
            return lambda record: left(record) is True
        return _compared(COMPARE[sign], left, self._operand())

    def _operand(self):
        kind, text = self._next()
        if kind == "text":
            return _constant(re.sub(r"\\(.)", r"\1", text[1:-1]).lower())
        if kind == "number":
            return _constant(Decimal(text))
        if kind == "name":
            return self._named(text)
        raise BadQuery(f"Expression expected, found '{text}'")

    def _named(self, name):
        constants = {"null": None, "true": True, "false": False}
        if name.lower() in constants:
            return _constant(constants[name.lower()])
        if name.lower() == "guid":
            return _constant(self._arguments()[0])
        if name.lower() == "datetime":
            return _constant(_moment(self._arguments()))
        return self._field(name)

    def _arguments(self):
        """Literals in brackets."""
        self._expect("(")
        values = []
        while not self._take(")"):
            kind, text = self._next()
            if kind not in ("text", "number"):
                raise BadQuery("Literal expected")
            values.append(text[1:-1].lower() if kind == "text" else int(Decimal(text)))
            self._take(",")
        return values or [None]

    def _field(self, name):
        if name not in self.known:
            raise BadQuery(f"No property or field '{name}' exists")
        path, getter = [name], None
        while self._take("."):
            part = self._next()[1]
            if part.lower() in TEXT_TESTS:
                getter = _text_test(path, part.lower(), self._arguments()[0])
            elif part.lower() in UNCHANGED:
                self._take("(") and self._expect(")")
            else:
                path.append(part)
        return getter or (lambda record: _comparable(value_at(record, path)))


def _constant(value):
    return lambda record: value


def _text_test(path, test, part):
    def check(record):
        value = _comparable(value_at(record, path))
        return isinstance(value, str) and TEXT_TESTS[test](value, part)

    return check


def _compared(compare, left, right):
    def check(record):
        one, other = left(record), right(record)
        if compare not in (operator.eq, operator.ne) and None in (one, other):
            return False
        try:
            return compare(one, other)
        except TypeError:
            raise BadQuery("Operands cannot be compared") from None

    return check


def _moment(values):
    try:
        return datetime.datetime(*values)
    except (TypeError, ValueError):
        raise BadQuery("DateTime needs year, month and day") from None


def value_at(record, path):
    """A nested value, None when something on the way is missing."""
    for name in path:
        record = record.get(name) if isinstance(record, dict) else None
    return record


def _comparable(value):
    """Text in lower case; every date as a naive moment."""
    if isinstance(value, str):
        return value.lower()
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, datetime.date):
        return datetime.datetime(value.year, value.month, value.day)
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return value


def where(text, known):
    """A predicate over records.

    :raise BadQuery: the filter cannot be understood
    """
    return Parser(text, known).parse()


def ordered(records, text, known):
    """Records in the order of e.g. ``UpdatedDateUTC ASC, Name DESC``.

    :param records: pairs of (facts, record)
    """
    for part in reversed([part.split() for part in text.split(",")]):
        if not part or part[0].split(".")[0] not in known or len(part) > 2:
            raise BadQuery(f"Cannot order by '{text}'")
        direction = part[1].upper() if len(part) == 2 else "ASC"
        if direction not in ("ASC", "DESC"):
            raise BadQuery(f"Cannot order by '{text}'")
        path = part[0].split(".")
        records.sort(
            key=lambda pair: _sort_key(pair, path), reverse=direction == "DESC"
        )
    return records


def _sort_key(pair, path):
    value = _comparable(value_at(pair[0], path))
    return value is not None, value
