"""What stands before the attempts of one model at one address with one credential, and learns from them."""

from __future__ import annotations

import copy
from collections.abc import Callable
from time import perf_counter
from typing import TypeAlias

from fluent_ai.errors import (
    ApiError,
    ConnectionFailed,
    DeadlineExceeded,
    FluentError,
    ProtocolError,
    RateLimited,
    StreamInterrupted,
)
from fluent_ai.resilience.breaker import DEFAULT, Breaker, Circuit, Outcome, Permit, Turn
from fluent_ai.resilience.limiter import Limiter
from fluent_ai.resilience.limits import Limits

Entry: TypeAlias = Permit | int
"""The permission for one attempt; a number, that of the circuit's state, where nothing but a failure matters."""

MAX_GATES = 1000
"""How many models and addresses are remembered. A client that calls more, such as one for each user, begins anew."""
_FAILURES: tuple[type[FluentError], ...] = (ConnectionFailed, StreamInterrupted, ProtocolError)


def outcome_of(error: FluentError) -> Outcome:
    """What an error says of the provider's health. The caller's own faults, limits and cancellations say nothing."""
    if isinstance(error, DeadlineExceeded):
        return "none" if error.stage in ("pool", "total") else "failure"
    failed = isinstance(error, ApiError) and error.fault == "provider"
    return "failure" if failed or isinstance(error, _FAILURES) else "none"


class Gate:
    """The circuit of one model at one address, the pause that its provider has asked for, and the limits of the key.

    Safe from any thread. Without a breaker the circuit stays closed whatever happens.
    """

    def __init__(
        self,
        name: str,
        breaker: Breaker | None,
        limiter: Limiter | None = None,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        self.circuit = Circuit(name, breaker or DEFAULT, clock)
        if breaker is None:
            self.circuit.force("disabled")
        self.limiter = limiter
        self._clock = clock
        self._pause: tuple[float, RateLimited] | None = None

    def enter(self) -> Entry:
        """Permission for one attempt. Raises CircuitOpen, and RateLimited during a pause."""
        if self._pause is not None:
            self._check_pause(*self._pause)
        circuit = self.circuit
        return circuit.generation if circuit.quiet else circuit.acquire()

    def leave(self, entry: Entry, outcome: Outcome) -> Turn | None:
        """What has become of the attempt; only what is said first counts. Returns what that has done to the circuit."""
        if isinstance(entry, Permit):
            return entry.settle(outcome)
        return self.circuit.record(outcome, self._clock(), entry) if outcome == "failure" else None

    def limited(self, error: RateLimited) -> None:
        """Nobody asks again before the time that the provider has named."""
        until = self._clock() + (error.retry_after or 0.0)
        if error.retry_after and (self._pause is None or until > self._pause[0]):
            self._pause = until, copy.copy(error)

    def _check_pause(self, until: float, limit: RateLimited) -> None:
        if (left := until - self._clock()) > 0:
            error = copy.copy(limit)
            error.retry_after = left
            raise error
        self._pause = None


class Gates:
    """The gates of one credential, by provider, address and model."""

    def __init__(
        self, breaker: Breaker | None, limits: Limits | None = None, clock: Callable[[], float] = perf_counter
    ) -> None:
        self._breaker = breaker
        self._limits = limits
        self._clock = clock
        self._gates: dict[tuple[str, str, str], Gate] = {}
        self._by_url: dict[tuple[str, str, str], Gate] = {}
        self._limiters: dict[tuple[str, str], Limiter] = {}

    def at(self, provider: str, url: str, model: str) -> Gate:
        """The gate of a model at the address that a URL is at."""
        found = self._by_url.get((provider, url, model))
        return self._find(provider, url, model) if found is None else found

    def _find(self, provider: str, url: str, model: str) -> Gate:
        if len(self._by_url) >= MAX_GATES:
            self._by_url.clear()
            self._gates.clear()
        host = url.partition("://")[2].partition("/")[0].rpartition("@")[2]
        limiter = self._limiter(provider, host)
        new = Gate(f"{provider}:{model} at {host}", self._breaker, limiter, self._clock)
        gate = self._gates.setdefault((provider, host, model), new)
        return self._by_url.setdefault((provider, url, model), gate)

    def _limiter(self, provider: str, host: str) -> Limiter | None:
        if self._limits is None:
            return None
        new = Limiter(f"{provider} at {host}", self._limits, self._clock)
        return self._limiters.setdefault((provider, host), new)
