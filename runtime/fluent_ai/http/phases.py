"""How long a request waits for what, until the head of its answer has come."""

from __future__ import annotations

from contextvars import ContextVar
from time import perf_counter
from typing import NamedTuple

_CONNECTING = ("dns", "connect", "tls")


class Phases(NamedTuple):
    """Seconds of one request until the head of its answer; None where the transport cannot tell."""

    pool: float | None = None
    """Waiting for its turn under limits, and for a free connection."""
    connect: float | None = None
    """Opening a connection: the name, TCP and TLS. 0 for one that was kept."""
    answer: float | None = None
    """From the first byte sent to the whole head."""


class PhaseClock:
    """When the phases of one request began. The transport calls `begin`; `queued` are seconds of waiting before it."""

    __slots__ = ("_connect", "_made", "_queued", "_write")

    def __init__(self, queued: float = 0.0) -> None:
        self._made = perf_counter()
        self._queued = queued
        self._connect: float | None = None
        self._write: float | None = None

    def begin(self, phase: str) -> None:
        """`connect` begins, or anything after it."""
        if phase != "connect":
            self._write = self._write or perf_counter()
        elif self._connect is None:
            self._connect = perf_counter()

    def phases(self, failed: str | None = None) -> Phases:
        """Called when the head has come, or the request has failed in the stage `failed`."""
        now, queued = perf_counter(), self._queued
        if self._write is None and self._connect is None:
            waited = now - self._made
            if failed == "pool":
                return Phases(queued + waited)
            if failed in _CONNECTING:
                return Phases(queued, waited)
            return Phases(queued or None)
        write = now if self._write is None else self._write
        first = write if self._connect is None else self._connect
        return Phases(queued + first - self._made, write - first, None if self._write is None else now - write)


current: ContextVar[PhaseClock | None] = ContextVar("current", default=None)
"""The clock of the request that is being sent, where somebody wants to know; transports look it up."""
