"""How much a client asks of a provider: at once, and in a minute."""

from __future__ import annotations

import math
from collections import deque
from typing import Literal

import msgspec

from fluent_ai.arguments import check_number
from fluent_ai.errors import ConfigError

MINUTE = 60.0
_ROUNDING = 1e-9
"""Seconds by which a sum of times may be off."""
_MOST = 1_000_000_000


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What a client asks of a provider at most, with each of its keys. Raises ConfigError for other values.

    ai.Client(limits=ai.Limits(at_once="auto", requests_per_minute=500, tokens_per_minute=200_000))

    Those who have to wait do so in the order of arrival, for at most `Timeouts.pool` seconds. What providers state of
    their limits in the headers of answers is obeyed too, before they would refuse.
    """

    at_once: int | Literal["auto"] | None = None
    """How many calls are under way at once; `auto` finds out by the time that answers take. None for any number."""
    requests_per_minute: int | None = None
    """How many requests are sent in any minute."""
    tokens_per_minute: int | None = None
    """How many tokens are used in any minute, prompts and answers together. They are estimated before a request is
    sent, and counted as the provider says once it has."""

    def __post_init__(self) -> None:
        if self.at_once is not None and self.at_once != "auto":
            if isinstance(self.at_once, str):
                raise ConfigError(f"at_once is {self.at_once!r}; allowed: a whole number from 1, 'auto', None")
            check_number("at_once", self.at_once, int, 1, _MOST)
        for name in ("requests_per_minute", "tokens_per_minute"):
            if (value := getattr(self, name)) is not None:
                check_number(name, value, int, 1, _MOST)


class Use(msgspec.Struct):
    """An amount that was used at some time."""

    at: float
    amount: float


class Window:
    """Keeps what is used in any minute within a limit, exactly: it remembers each use for as long as it counts."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self._uses: deque[Use] = deque()
        self._sum = 0.0

    def wait(self, amount: float, now: float) -> float:
        """Seconds until this amount may be used. One that is larger than the limit waits until nothing else counts."""
        self._forget(now)
        room = self.limit - min(amount, self.limit)
        left = self._sum
        if left <= room:
            return 0.0
        for use in self._uses:
            left -= use.amount
            if left <= room:
                return max(0.0, use.at + MINUTE - now)
        return 0.0

    def use(self, amount: float, now: float) -> Use:
        """Count this amount from now on."""
        self._forget(now)
        use = Use(now, amount)
        self._uses.append(use)
        self._sum += amount
        return use

    def settle(self, use: Use, amount: float, now: float) -> None:
        """It was another amount than was expected."""
        self._forget(now)
        if self._uses and use.at >= self._uses[0].at:
            self._sum += amount - use.amount
            use.amount = amount

    def _forget(self, now: float) -> None:
        uses = self._uses
        while uses and uses[0].at <= now - MINUTE + _ROUNDING:
            self._sum -= uses.popleft().amount
        if not uses:
            self._sum = 0.0  # without what rounding has left


class Concurrency:
    """How many may be under way at once, by how long answers take: less where they take longer than they need.

    The limit follows the gradient of the latency, as Netflix's `Gradient2Limit`
    (https://github.com/Netflix/concurrency-limits), and falls by a third where the provider is overloaded.
    """

    LEAST, MOST = 1.0, 1000.0
    TOLERANCE = 1.5
    """How much longer than usual an answer may take before the limit falls."""

    def __init__(self, start: float = 8.0) -> None:
        self.limit = start
        self._usual: float | None = None

    def answered(self, seconds: float, under_way: int) -> None:
        """An answer began after so many seconds, while so many were under way."""
        usual = self._usual = seconds if self._usual is None else self._usual + 0.02 * (seconds - self._usual)
        if under_way * 2 < self.limit:
            return  # the limit is not what holds calls up, so nothing is known of it
        gradient = min(1.0, max(0.5, self.TOLERANCE * usual / seconds)) if seconds > 0 else 1.0
        aim = self.limit * gradient + math.sqrt(self.limit)
        self._set(self.limit + 0.2 * (aim - self.limit))

    def overloaded(self) -> None:
        """The provider had no room."""
        self._set(self.limit * 0.67)

    def _set(self, limit: float) -> None:
        self.limit = min(self.MOST, max(self.LEAST, limit))
