"""The deadlines of a blocking request: one for each of its phases, which is moved from one to the next."""

from __future__ import annotations

import math
from contextvars import ContextVar
from time import monotonic
from typing import Literal

from fluent_ai.http import phases
from fluent_ai.http.interrupts import Interrupt

Phase = Literal["connect", "write", "first_byte", "read"]


class Call:
    """One request: its phase, when that must be over, and what is known of its connection."""

    __slots__ = ("clock", "due", "interrupt", "phase", "received", "reused")

    def __init__(self, interrupt: Interrupt) -> None:
        self.clock = phases.current.get()
        self.interrupt = interrupt
        self.phase: Phase = "connect"
        self.due = math.inf
        self.reused = False
        """The connection has carried another request before."""
        self.received = False
        """At least one byte of the answer has arrived."""

    def begin(self, phase: Phase, seconds: float | None) -> None:
        self.phase = phase
        self.due = due_in(seconds)
        if self.clock is not None:
            self.clock.begin(phase)


current: ContextVar[Call] = ContextVar("current")
"""The request that is being sent."""


def due_in(seconds: float | None) -> float:
    return math.inf if seconds is None else monotonic() + seconds
