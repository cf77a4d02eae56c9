"""How long a request waits for what, until the head of its answer has come."""

from __future__ import annotations

from contextvars import ContextVar
from time import perf_counter
from typing import NamedTuple


class Phases(NamedTuple):
    """Seconds of one request until the head of its answer; None where the transport cannot tell."""

    pool: float | None = None
    """Waiting for a free connection."""
    connect: float | None = None
    """Opening a connection: the name, TCP and TLS. 0 for one that was kept."""
    answer: float | None = None
    """From the first byte sent to the whole head."""


class PhaseClock:
    """When the phases of one request began. The transport calls `begin`."""

    __slots__ = ("_connect", "_made", "_write")

    def __init__(self) -> None:
        self._made = perf_counter()
        self._connect: float | None = None
        self._write: float | None = None

    def begin(self, phase: str) -> None:
        """`connect` begins, or anything after it."""
        if phase != "connect":
            self._write = self._write or perf_counter()
        elif self._connect is None:
            self._connect = perf_counter()

    def phases(self) -> Phases:
        """Called when the head has come."""
        if self._write is None:
            return Phases()
        first = self._write if self._connect is None else self._connect
        return Phases(first - self._made, self._write - first, perf_counter() - self._write)


current: ContextVar[PhaseClock | None] = ContextVar("current", default=None)
"""The clock of the request that is being sent, where somebody wants to know; transports look it up."""
