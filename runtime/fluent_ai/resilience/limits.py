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

    It doubles from round to round, a round being as many answers as the limit, until answers take twice as long as in
    the quickest of the latest rounds. Then it falls by three fifths, and grows by one in each round (AIMD, as in TCP
    Reno). It falls below the half so that a queue of twice the time is gone and the usual time shows again; else the
    queue would become what is usual. Where the provider is overloaded it falls by a third, once for all calls that were
    under way.
    """

    LEAST, MOST = 1.0, 1000.0
    TOLERANCE = 2.0
    """How many times as long as usual answers may take before the limit falls."""
    ROUND = 10
    """The fewest answers that a mean is taken of."""
    FADES = 0.1
    """By which share what is usual grows in as many rounds as the limit, so that a provider that has become slower is
    not held for full for ever."""

    def __init__(self, start: float = 8.0) -> None:
        self.limit = start
        self._usual = math.inf
        self._doubles = True
        self._sum, self._count = 0.0, 0
        self._since_fall = math.inf
        """Outcomes since the limit fell; those of calls that were under way then say nothing of the new one."""

    def answered(self, seconds: float, under_way: int) -> None:
        """An answer began after so many seconds, while so many were under way."""
        self._since_fall += 1
        if under_way * 2 < self.limit:
            return  # the limit is not what holds calls up, so nothing is known of it
        self._sum += seconds
        self._count += 1
        if self._count < max(self.limit, self.ROUND):
            return
        mean = self._sum / self._count
        self._usual = min(mean, self._usual * (1 + self.FADES / self.limit))
        self._sum, self._count = 0.0, 0
        if mean > self.TOLERANCE * self._usual:
            self._fall(0.4)
        else:
            self._set(self.limit * 2 if self._doubles else self.limit + 1)

    def overloaded(self) -> None:
        """The provider had no room."""
        self._since_fall += 1
        if self._since_fall >= self.limit:
            self._fall(0.67)

    def _fall(self, share: float) -> None:
        self._doubles = False
        self._since_fall = 0
        self._sum, self._count = 0.0, 0
        self._set(self.limit * share)

    def _set(self, limit: float) -> None:
        self.limit = min(self.MOST, max(self.LEAST, limit))
