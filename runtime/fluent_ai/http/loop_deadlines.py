"""The deadlines of calls under asyncio. Each is moved with every event, so moving one starts no timer."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from time import monotonic
from types import TracebackType
from typing import Any, Generic, Self, TypeVar
from weakref import WeakKeyDictionary, ref

T = TypeVar("T")


class _LoopClock:
    """Rings the deadlines of one event loop by one timer, which is started again for as long as there are any.

    It refers neither to the loop nor to the timer, because what the loop's clock refers to would outlive the loop.
    """

    def __init__(self) -> None:
        self.deadlines: set[LoopDeadline[Any]] = set()
        self.next = math.inf
        """When it looks at them; one that is due earlier starts another timer, and this one means nothing then."""

    def start(self, loop: asyncio.AbstractEventLoop, due: float) -> None:
        self.next = due
        loop.call_later(due - monotonic(), self._look, loop, due)

    def _look(self, loop: asyncio.AbstractEventLoop, due: float) -> None:
        if due != self.next:
            return
        self.next = math.inf
        for deadline in [each for each in self.deadlines if each.due <= due]:
            self.deadlines.discard(deadline)
            deadline.ring()
        if self.deadlines and (following := min(each.due for each in self.deadlines)) < self.next:
            self.start(loop, following)


_clocks: WeakKeyDictionary[asyncio.AbstractEventLoop, _LoopClock] = WeakKeyDictionary()


class LoopDeadline(Generic[T]):
    """Calls `end(owner)` once its time has come, unless nobody holds the owner any more; see `threads.Alarm`.

    Setting it again costs next to nothing, unless that makes it the next of its event loop.
    """

    __slots__ = ("_clock", "_end", "_owner", "due", "rung")

    def __init__(self, owner: T, end: Callable[[T], object]) -> None:
        loop = asyncio.get_running_loop()
        self._clock = _clocks.get(loop) or _clocks.setdefault(loop, _LoopClock())
        self._owner = ref(owner)
        self._end = end
        self.due = math.inf
        self.rung = False

    def set(self, seconds: float) -> None:
        self.set_at(monotonic() + seconds)

    def set_at(self, due: float) -> None:
        """By `time.monotonic`."""
        self.due = due
        self._clock.deadlines.add(self)
        if due < self._clock.next:
            self._clock.start(asyncio.get_running_loop(), due)

    def cancel(self) -> None:
        self._clock.deadlines.discard(self)

    pause = cancel

    def ring(self) -> None:
        self.rung = True
        if (owner := self._owner()) is not None:
            self._end(owner)


class Limit:
    """`asyncio.timeout` with a limit that may be moved often: `async with` raises TimeoutError when it has passed."""

    __slots__ = ("_deadline", "_timeout")

    def __init__(self) -> None:
        self._timeout = asyncio.timeout(None)
        self._deadline = LoopDeadline(self._timeout, _end)

    def set(self, seconds: float | None) -> None:
        """From now on; None is no limit."""
        if seconds is None:
            self._deadline.pause()
        else:
            self._deadline.set(seconds)

    async def __aenter__(self) -> Self:
        await self._timeout.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._deadline.cancel()
        await self._timeout.__aexit__(kind, error, trace)


def _end(timeout: asyncio.Timeout) -> None:
    timeout.reschedule(asyncio.get_running_loop().time())
