"""When a call of a route asks a second leg as well, and how many calls may."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Hashable
from time import perf_counter

from fluent_ai.resilience.budget import Budget
from fluent_ai.resilience.load import MAX_LOADS, Loads

COLD = 2.0
"""Seconds after which a second leg is asked while too little is known, as in Polly's hedging."""
LEAST_KNOWN = 20
"""How many times must be known at least; more for shares closer to 1, of which so few show nothing."""
KEPT = 1000
"""How many times are remembered, the latest."""
FIRST, SPARE = 1.0, 10.0
"""How many extra requests a route begins with, and how many can be saved up."""


class Hedging:
    """What the calls of one route tell of the time to their first event, and how many extra requests they have earned.

    A second leg is asked after the time within which the share `after` of the first ones had answered. So few calls ask
    one, unless all legs become slower at once: a budget of twice that few, for each answer, bounds them then.
    Source: J. Dean, L. A. Barroso, The Tail at Scale, 2013. Safe from any thread.

    >>> hedging = Hedging(0.9)
    >>> hedging.delay
    2.0
    >>> for tenth in range(1, 101):
    ...     hedging.answered(tenth / 10)
    >>> hedging.delay
    9.1
    """

    def __init__(self, after: float, clock: Callable[[], float] = perf_counter) -> None:
        self.after = after
        self._least = max(LEAST_KNOWN, math.ceil(1.0 / (1.0 - after)))
        self._times: deque[float] = deque(maxlen=KEPT)
        self._budget = Budget(
            min(1.0, 2.0 * (1.0 - after)), begins_with=FIRST, each_second=0.0, most=SPARE, clock=clock
        )

    @property
    def delay(self) -> float:
        """After how many seconds a second leg is asked."""
        times = sorted(self._times.copy())
        return times[int(self.after * len(times))] if len(times) >= self._least else COLD

    def answered(self, seconds: float) -> None:
        """A call had its first event after so many seconds, whichever leg it came from."""
        self._times.append(seconds)
        self._budget.earn()

    def spend(self) -> bool:
        """Whether a second leg may be asked, which is thereby counted."""
        return self._budget.spend()


class KnownRoutes(Loads):
    """What a client knows of its routes: the loads of all legs that it has asked, and the hedging of each route."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        super().__init__(clock)
        self._hedgings: dict[tuple[Hashable, float], Hedging] = {}

    def hedging(self, route: Hashable, after: float) -> Hedging:
        """Routes of the same legs and the same share are one."""
        if (known := self._hedgings.get((route, after))) is not None:
            return known
        if len(self._hedgings) >= MAX_LOADS:
            self._hedgings = {}
        return self._hedgings.setdefault((route, after), Hedging(after, self._clock))
