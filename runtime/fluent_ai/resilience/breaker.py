"""A circuit breaker: who fails again and again is left alone for a while, then asked by a few calls that decide.

Source: https://resilience4j.readme.io/docs/circuitbreaker for windows, rates and half-open permits.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Literal

import msgspec

from fluent_ai.arguments import check_number
from fluent_ai.errors import CircuitOpen, CircuitState
from fluent_ai.threads import new_rlock, renew_in_child

Outcome = Literal["success", "failure", "none"]
"""`none` says nothing of the provider's health: a call that was cancelled, or that was the caller's fault."""

Turn = Literal["tripped", "recovered"]
"""What a result has done to a circuit: it opened, also after a probe that failed, or it closed again."""

_BUCKETS = 20
"""The window moves on in steps of this fraction of it."""


class Breaker(msgspec.Struct, frozen=True, kw_only=True):
    """When the circuit of a provider opens, and how it closes again. Raises ConfigError for numbers that make no sense.

    ai.Client(breaker=ai.Breaker(wait=10.0))
    """

    consecutive: int | None = 5
    """How many failures in a row open it; None for any number."""
    load_share: float = 0.05
    """Under load more of them are needed: this share of the calls in the window, because one short fault hits all calls
    that are under way."""
    failure_rate: float = 0.5
    """The share of failures in the window that opens it, once there are `minimum` calls."""
    slow_rate: float | None = None
    """The share of slow calls in the window that opens it, once there are `minimum` calls; None for any share."""
    slow: float = 60.0
    """How long a slow call takes at least until its first value, in seconds."""
    minimum: int = 20
    """How many calls the shares are taken of at least."""
    window: float = 60.0
    """How far back calls are counted, in seconds."""
    wait: float = 60.0
    """How long the circuit stays open, in seconds."""
    permits: int = 1
    """How many calls are let through then, to decide by the same shares whether it closes or opens again."""

    def __post_init__(self) -> None:
        for name, kind, low, high in _RANGES:
            if (value := getattr(self, name)) is not None or name not in ("consecutive", "slow_rate"):
                check_number(name, value, kind, low, high)


_RANGES: tuple[tuple[str, type, float, float], ...] = (
    ("consecutive", int, 1, 1_000_000),
    ("load_share", float, 0, 1),
    ("failure_rate", float, 0.001, 1),
    ("slow_rate", float, 0.001, 1),
    ("slow", float, 0.001, 1e6),
    ("minimum", int, 1, 1_000_000),
    ("window", float, 0.1, 1e6),
    ("wait", float, 0, 1e6),
    ("permits", int, 1, 1_000_000),
)
DEFAULT = Breaker()


class Counts(msgspec.Struct):
    """Calls with a known outcome."""

    calls: int = 0
    failed: int = 0
    slow: int = 0

    def add(self, other: Counts, sign: int = 1) -> None:
        self.calls += sign * other.calls
        self.failed += sign * other.failed
        self.slow += sign * other.slow


class Permit:
    """The right to make one call. It is settled once; later, only a failure of a closed circuit counts."""

    __slots__ = ("_circuit", "_settled", "began", "generation", "probes")

    def __init__(self, circuit: Circuit, began: float, generation: int, probes: bool = False) -> None:
        self._circuit = circuit
        self._settled = False
        self.began = began
        self.generation = generation
        self.probes = probes
        """True for one of the calls that decide whether the circuit closes."""

    def settle(self, outcome: Outcome) -> Turn | None:
        """Give the permit back, with what has become of the call. Safe from any thread, and repeatedly."""
        if not self._settled:
            self._settled = True
            return self._circuit.record(outcome, self.began, self.generation)
        if outcome == "failure" and self._circuit.state == "closed":  # it broke off after it had begun well
            return self._circuit.record(outcome, self.began, self.generation)
        return None

    def __del__(self) -> None:
        self.settle("none")


class Circuit:
    """The circuit of one model at one address with one key. `clock` gives seconds that only grow.

    Thread-safe. A result that comes in after the circuit has changed its state belongs to the past and is ignored, so a
    late success closes nothing.
    """

    def __init__(self, name: str, breaker: Breaker = DEFAULT, clock: Callable[[], float] = time.monotonic) -> None:
        self.name = name
        self.breaker = breaker
        self.state: CircuitState = "closed"
        self.refused = 0
        """Calls that were refused since the state was entered."""
        self.quiet = True
        """True while a call needs neither permission nor record: the circuit is closed, and nothing has failed in the
        window."""
        self._clock = clock
        self._lock = new_rlock()  # a permit may be collected, and given back, while this thread holds it
        self.generation = 0
        """Which of the states that it has been in this is; results of earlier ones do not count."""
        self._opened_at = 0.0
        self._wait = breaker.wait
        self._permits = 0
        self._row = 0
        self._counts = Counts()
        self._enough = breaker.minimum
        """How many calls must be counted before their shares decide."""
        self._buckets: dict[int, Counts] = {}
        renew_in_child(self, Circuit._renew)

    def acquire(self) -> Permit:
        """Permission for one call. Raises CircuitOpen while there is none."""
        with self._lock:
            now = self._clock()
            if self.state == "open" and now - self._opened_at >= self._wait:
                self._enter("half_open")
            if self.state in ("open", "forced_open"):
                wait = self._opened_at + self._wait - now if self.state == "open" else None
                raise self._refusal(self.state, wait)
            if self.state == "half_open":
                if self._permits <= 0:
                    raise self._refusal("half_open", None)
                self._permits -= 1
            return Permit(self, now, self.generation, self.state == "half_open")

    def record(self, outcome: Outcome, began: float, generation: int) -> Turn | None:
        """What has become of a call; `Permit.settle` says it. Returns what that has done to the circuit."""
        with self._lock:
            if generation != self.generation or self.state in ("disabled", "forced_open"):
                return None
            if outcome == "none":
                self._permits += self.state == "half_open"
                return None
            now = self._clock()
            self._count(Counts(1, int(outcome == "failure"), int(now - began >= self.breaker.slow)), now)
            self._row = self._row + 1 if outcome == "failure" else 0
            if self.state == "closed" and (self._too_many() or self._row_is_long()):
                self._open(now)
            elif self.state == "half_open" and self._counts.calls >= self.breaker.permits:
                self._open(now) if self._too_many() else self._enter("closed")
            self.quiet = self.state == "closed" and self._counts.failed == 0
            if generation == self.generation:
                return None
            return "tripped" if self.state == "open" else "recovered"

    def force(self, state: CircuitState, wait: float | None = None) -> None:
        """Enter a state: `open` for `wait` seconds, or one that is left by force alone.

        These are `forced_open`, `disabled`, which lets all calls through and counts none, and `metrics_only`, which
        counts them. Raises ValueError for `half_open` from another state than `open`.
        """
        with self._lock:
            if state == "half_open" and self.state != "open":
                raise ValueError(f"a circuit that is {self.state} does not become half open")
            if state == "open":
                self._open(self._clock(), wait)
            else:
                self._enter(state)

    def reset(self) -> None:
        """Close the circuit and forget what was counted."""
        with self._lock:
            self._enter("closed")

    @property
    def counts(self) -> Counts:
        """What is counted in the window, or since the circuit became half open."""
        with self._lock:
            self._expire(self._clock())
            return Counts(self._counts.calls, self._counts.failed, self._counts.slow)

    @property
    def failure_rate(self) -> float | None:
        """The share of failures; None while too few calls are counted."""
        counts = self.counts
        return counts.failed / counts.calls if counts.calls >= self._enough else None

    def _renew(self) -> None:
        """In a forked child: the calls that were let through are the parent's, and give no permits back here."""
        if self.state == "half_open":
            self._enter("half_open")

    def _too_many(self) -> bool:
        counts, breaker = self._counts, self.breaker
        if counts.calls < self._enough:
            return False
        slow = breaker.slow_rate is not None and counts.slow >= breaker.slow_rate * counts.calls
        return slow or counts.failed >= breaker.failure_rate * counts.calls

    def _row_is_long(self) -> bool:
        breaker = self.breaker
        return breaker.consecutive is not None and self._row >= max(
            breaker.consecutive, breaker.load_share * self._counts.calls
        )

    def _open(self, now: float, wait: float | None = None) -> None:
        counts, enough = self._counts, self._enough
        self._enter("open")
        self._counts, self._enough = counts, enough  # what has opened it can be looked at
        self._opened_at, self._wait = now, self.breaker.wait if wait is None else wait

    def _enter(self, state: CircuitState) -> None:
        self.state = state
        self.quiet = state in ("closed", "disabled")
        self.refused = 0
        self.generation += 1
        self._permits = self.breaker.permits
        self._enough = self.breaker.permits if state == "half_open" else self.breaker.minimum
        self._row = 0
        self._counts, self._buckets = Counts(), {}

    def _count(self, one: Counts, now: float) -> None:
        self._expire(now)
        self._buckets.setdefault(self._bucket(now), Counts()).add(one)
        self._counts.add(one)

    def _expire(self, now: float) -> None:
        if self.state in ("half_open", "open"):  # these count calls, however long they take
            return
        first = self._bucket(now) - _BUCKETS
        for number in [number for number in self._buckets if number <= first]:
            self._counts.add(self._buckets.pop(number), -1)

    def _bucket(self, now: float) -> int:
        return math.floor(now / self.breaker.window * _BUCKETS)

    def _refusal(self, state: CircuitState, wait: float | None) -> CircuitOpen:
        self.refused += 1
        return CircuitOpen(
            f"{self.name}: no request is sent"
            + (f" for another {wait:.1f} s" if wait is not None else "")
            + f"; the circuit is {state.replace('_', ' ')} after {self._counts.failed} failures",
            state=state,
            failures=self._counts.failed,
            retry_after=wait,
            name=self.name,
        )
