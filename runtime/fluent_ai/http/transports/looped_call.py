"""The deadlines of an asynchronous request: one for each of its phases, which is moved from one to the next."""

from __future__ import annotations

from contextvars import ContextVar
from types import TracebackType
from typing import Literal

from fluent_ai.http import phases
from fluent_ai.http.loop_deadlines import Limit
from fluent_ai.http.messages import Timeouts

Phase = Literal["connect", "write", "first_byte", "read"]


class Call:
    """One request. `async with call` raises TimeoutError when a phase takes too long, until the head has arrived."""

    __slots__ = ("_limit", "clock", "phase", "received", "reused")

    def __init__(self) -> None:
        self._limit: Limit | None = None
        self.clock = phases.current.get()
        self.phase: Phase = "connect"
        self.reused = False
        """The connection has carried another request before."""
        self.received = False
        """At least one byte of the answer has arrived."""

    async def __aenter__(self) -> None:
        self._limit = Limit()
        await self._limit.__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        limit, self._limit = self._limit, None  # it refers to the task, and so to what the task returns
        if limit is not None:
            await limit.__aexit__(kind, error, trace)

    def begin(self, phase: Phase, seconds: float | None) -> None:
        self.phase = phase
        if self.clock is not None:
            self.clock.begin(phase)
        if self._limit is not None:
            self._limit.set(seconds)

    @property
    def limited(self) -> bool:
        """The phase that has begun ends in time, so what happens in it needs no limit of its own."""
        return self._limit is not None

    def begin_unseen(self, timeouts: Timeouts) -> None:
        """For a client of the caller's own, whose phases cannot be told apart: they share their limits."""
        self.clock = None
        self.begin("first_byte", timeouts.until_head)


current: ContextVar[Call | None] = ContextVar("current", default=None)
"""The request that is being sent."""
