"""What is done about an error, by its kind: one table, which a user may change, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, cast, get_args

from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.errors import ConfigError, FluentError, InvalidJSON
from fluent_ai.threads import new_lock

Strategy = Literal["retry", "reparse", "partial", "smaller", "none"]
"""What is done: send the request again after a pause; read the arguments of a tool call with another parser; keep what
has come; send a smaller request; or nothing."""

Table: TypeAlias = Mapping[type[FluentError], Strategy]
"""A strategy for each kind of error; it holds for the kinds below as well, unless they have their own."""


class RecoveryCount(JsonStruct, frozen=True, kw_only=True):
    """How often a strategy was tried on a kind of error, and how often the call had its answer then."""

    kind: str
    """The class of the error, such as `Overloaded`."""
    strategy: Strategy
    """What was done."""
    tried: int
    """How many calls it was done for."""
    worked: int
    """How many of them were answered."""


def read_table(given: object) -> Table:
    """The table, checked. Raises ConfigError for what is no error, no strategy, or cannot go together."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise ConfigError(
            f"recover is of type {type(given).__name__}; allowed: a dict of errors and strategies, or None"
        )
    for kind, strategy in given.items():
        if not isinstance(kind, type) or not issubclass(kind, FluentError):
            raise ConfigError(f"recover has a key {kind!r:.80}; allowed: classes of errors, such as ai.Overloaded")
        if strategy not in get_args(Strategy):
            allowed = ", ".join(get_args(Strategy))
            raise ConfigError(f"recover[{kind.__name__}] is {strategy!r:.80}; allowed: {allowed}")
        if strategy == "reparse" and not issubclass(kind, InvalidJSON):
            raise ConfigError(f"recover[{kind.__name__}] is 'reparse'; allowed: for InvalidJSON")
    return cast("Table", dict(given))


def strategy_for(kind: type[FluentError], table: Table, retryable: bool | None) -> Strategy:
    """What the table says, else the default: another attempt where one may help, and nothing where it does not."""
    for each in kind.__mro__:
        if each in table:
            return table[each]
    return "retry" if retryable else "none"


class Recoveries:
    """Counts what was tried, and what worked. Safe from any thread."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, Strategy], list[int]] = {}
        self._lock = new_lock()

    def count(self, kind: type[FluentError], strategy: Strategy, *, worked: bool) -> None:
        with self._lock:
            counts = self._counts.setdefault((kind.__name__, strategy), [0, 0])
            counts[0] += 1
            counts[1] += worked

    def report(self) -> tuple[RecoveryCount, ...]:
        with self._lock:
            return tuple(
                RecoveryCount(kind=kind, strategy=strategy, tried=tried, worked=worked)
                for (kind, strategy), (tried, worked) in sorted(self._counts.items())
            )
