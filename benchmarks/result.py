"""One figure and its target."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Result:
    """``target`` is None where a figure is only reported.

    :ivar name: what was counted, a phrase
    :ivar value: the count or ratio
    :ivar target: what it is held against
    :ivar most: the target is a maximum; otherwise the value must be equal to it
    """

    name: str
    value: float
    target: float = None
    most: bool = False

    @property
    def missed(self):
        """Whether there is a target and the value is not within it."""
        if self.target is None:
            return False
        return self.value > self.target if self.most else self.value != self.target

    @property
    def verdict(self):
        """``ok``, ``missed`` or nothing."""
        if self.target is None:
            return ""
        return "missed" if self.missed else "ok"

    @property
    def wanted(self):
        """The target as text."""
        if self.target is None:
            return "reported"
        return f"at most {self.target}" if self.most else f"{self.target}"

    def as_dict(self):
        """For the file of results."""
        return dataclasses.asdict(self) | {"verdict": self.verdict or "reported"}
