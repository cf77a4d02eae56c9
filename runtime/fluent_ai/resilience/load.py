"""How quickly each leg of a route answers, how many calls it has, and whether it is well: what picking goes by."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from time import perf_counter

from fluent_ai.errors import CircuitOpen, ContextTooLong, FluentError
from fluent_ai.resilience.failover import another_may_answer
from fluent_ai.threads import new_rlock, renew_in_child

DECAY = 60.0
"""Seconds in which what is known of a leg's speed fades by the factor e, so that one that was slow is tried again."""
_UNKNOWN = 1e9
"""The load of a leg that has not answered yet, but is being asked: others come first until it has."""
FIRST_REST, LONGEST_REST = 1.0, 60.0
"""Seconds that a leg comes last after a failure; they double with each further one in a row, up to the longest."""
MAX_LOADS = 1000
"""How many legs a client remembers; one that calls more, such as one for each user, begins anew."""


class Load:
    """The calls of one leg, and how long its first events took. Safe from any thread; `clock` gives seconds.

    The time is a peak-sensitive moving average: it follows a slow answer at once and quick ones slowly. Times the calls
    that are under way, it is the leg's load. Source: PeakEwma of Finagle
    (https://github.com/twitter/finagle, finagle-core, loadbalancer/PeakEwma.scala).

    >>> quick, slow = Load(clock=lambda: 0.0), Load(clock=lambda: 0.0)
    >>> quick.observe(0.2), slow.observe(2.0)
    (None, None)
    >>> quick.load < slow.load
    True
    """

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self.under_way = 0
        """Calls that were begun and have not ended."""
        self.generation = 0
        """How often the process was forked since; calls of earlier ones are the parent's."""
        self.clock = clock
        self._lock = new_rlock()  # a call may be collected, and ended, while this thread holds it
        self._seconds: float | None = None
        self._observed_at = 0.0
        self._failures = 0
        self._rests: tuple[float, float] | None = None
        """From when until when it comes last."""
        renew_in_child(self, Load._renew)

    @property
    def load(self) -> float:
        """How much it has to do: the least is picked. 0 for a leg that nobody has asked yet."""
        with self._lock:
            if self._seconds is None:
                return _UNKNOWN + self.under_way if self.under_way else 0.0
            return self._seconds * self._kept() * (self.under_way + 1)

    @property
    def rest(self) -> float:
        """For how many more seconds it comes last because it has failed; 0 if it is well."""
        if self._rests is None:
            return 0.0
        since, until = self._rests
        now = self.clock()
        return until - now if since <= now < until else 0.0  # a clock that was set back keeps nobody away for long

    def begin(self) -> Asked:
        """A call of this leg begins."""
        with self._lock:
            self.under_way += 1
            return Asked(self)

    def observe(self, seconds: float) -> None:
        """The first event came after so many seconds."""
        with self._lock:
            kept = self._kept()
            before = 0.0 if self._seconds is None else self._seconds * kept
            if self._seconds is None or seconds >= before:
                self._seconds = seconds
            else:
                self._seconds = self._seconds * kept + seconds * (1.0 - kept)
            self._observed_at = self.clock()
            self._failures, self._rests = 0, None

    def waited(self, seconds: float) -> None:
        """No event came for so many seconds, after which nobody waited any more: it is as slow as ever, or slower."""
        with self._lock:
            if self._seconds is None or seconds > self._seconds * self._kept():
                self._seconds = max(seconds, self._seconds or 0.0)
                self._observed_at = self.clock()

    def failed(self, error: FluentError) -> None:
        """A call failed. If the leg is to blame, it comes last for a while, or for as long as it has asked for."""
        if another_may_answer(error) and not isinstance(error, ContextTooLong):
            self.take_rest(error.retry_after, asked=not isinstance(error, CircuitOpen))

    def take_rest(self, seconds: float | None = None, *, asked: bool = True) -> None:
        """It comes last for so many seconds, or for twice as long as after the failure before."""
        with self._lock:
            now = self.clock()
            rest = min(LONGEST_REST, FIRST_REST * 2.0 ** min(self._failures, 10))
            self._failures += asked
            self._rests = now, now + (rest if seconds is None else seconds)

    def end(self, generation: int) -> None:
        with self._lock:
            self.under_way -= generation == self.generation

    def _kept(self) -> float:
        return math.exp(-max(0.0, self.clock() - self._observed_at) / DECAY)

    def _renew(self) -> None:
        """In a forked child: who is under way is the parent's."""
        self.generation += 1
        self.under_way = 0


class Asked:
    """One call of a leg. It ends once, by what comes first, also where nobody holds it any more."""

    __slots__ = ("_answered", "_began", "_ended", "_generation", "_load")

    def __init__(self, load: Load) -> None:
        self._load = load
        self._began = load.clock()
        self._generation = load.generation
        self._answered = False
        self._ended = False

    def answered(self) -> None:
        """The first event has come."""
        if not self._answered:
            self._answered = True
            self._load.observe(max(0.0, self._load.clock() - self._began))

    def not_asked(self) -> None:
        """The answer was kept already, which says nothing of the leg."""
        self._answered = True

    def failed(self, error: FluentError) -> None:
        """An error has ended it."""
        if not self._ended:
            self._load.failed(error)
            self.end()

    def lost(self) -> None:
        """Another leg that was asked later has begun to answer sooner: this one comes last for a while."""
        if not self._ended and not self._answered:
            self._load.take_rest()
        self.end()

    def end(self) -> None:
        """It has its whole answer, or nobody waits for it any more. Safe from any thread, and repeatedly."""
        if self._ended:
            return
        self._ended = True
        if not self._answered:
            self._load.waited(max(0.0, self._load.clock() - self._began))
        self._load.end(self._generation)

    def __del__(self) -> None:
        self.end()


class Loads:
    """The loads of all legs that a client has asked."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._loads: dict[Hashable, Load] = {}

    def of(self, leg: Hashable) -> Load:
        if (known := self._loads.get(leg)) is not None:
            return known
        if len(self._loads) >= MAX_LOADS:
            self._loads = {}
        return self._loads.setdefault(leg, Load(self._clock))
