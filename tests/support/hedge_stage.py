"""Two legs of a hedged call under a clock that a test moves: each says what the test tells it to, when it does."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

import fluent_ai as ai
from clocks import Clock
from fluent_ai.content.events import Event
from fluent_ai.content.fold import Fold
from fluent_ai.resilience.load import Load
from fluent_ai.resilience.waiting import LoopWaiting
from fluent_ai.streams.failover_source import FailoverSource
from fluent_ai.streams.hedged_source import HedgedSource

BEGIN: list[Event] = [ai.StreamStart(model="m"), ai.TextStart(0), ai.TextDelta(0, "Hello")]
REST: list[Event] = [ai.TextEnd(0, "Hello"), ai.Finish("stop")]
HELLO = BEGIN + REST


class StageLeg:
    """A leg, and the source of its answer. `say` gives it events, an error, or the end (None)."""

    def __init__(self, name: str, clock: Clock) -> None:
        self.name = name
        self.load: Load | None = Load(clock)
        self.opened = 0
        self.closed = 0
        self.aborted = False
        self._fold = Fold()
        self._said: asyncio.Queue[list[Event] | BaseException | None] = asyncio.Queue()

    def open(self, seconds: float | None = None, begun: ai.Reply | None = None) -> tuple[Any, tuple[str, ...]]:
        return _StageSource(self), ()

    def goes_on(self) -> bool:
        return False

    def may_ask(self) -> bool:
        return True

    def say(self, what: list[Event] | BaseException | None) -> None:
        self._said.put_nowait(what)

    @property
    def under_way(self) -> bool:
        return self.opened > self.closed


class _StageSource:
    def __init__(self, leg: StageLeg) -> None:
        self._leg = leg

    def timing(self, first: float | None, end: float | None) -> None:
        return None

    def result(self) -> ai.Reply:
        return self._leg._fold.result()

    async def open(self) -> None:
        self._leg.opened += 1

    async def next_batch(self) -> list[Event] | None:
        what = await self._leg._said.get()
        if isinstance(what, BaseException):
            raise what
        if what is None:
            await self.close()
        for event in what or ():
            self._leg._fold.add(event)
        return what

    def poll(self) -> list[Event] | None:
        return []

    async def close(self) -> None:
        self._leg.closed = self._leg.opened

    def abort(self) -> None:
        self._leg.aborted = True
        self._leg.say(ai.Cancelled("aborted"))


class StageDeadline:
    """Rings when the stage's clock is moved past it."""

    def __init__(self, stage: Stage, ring: Callable[[], object]) -> None:
        self.due: float | None = None
        self.rung = False
        self._stage = stage
        self._ring = ring
        stage.deadlines.append(self)

    def set(self, seconds: float) -> None:
        self.due = self._stage.clock.now + seconds

    def cancel(self) -> None:
        self.due = None

    pause = cancel

    def ring(self) -> None:
        self.due, self.rung = None, True
        self._ring()


class Stage:
    """A hedged call of some legs, and its clock. `delay` is after how long the second leg is asked."""

    def __init__(self, number: int = 2, delay: float = 0.5, *, may_ask: bool = True) -> None:
        self.clock = Clock()
        self.deadlines: list[StageDeadline] = []
        self.legs = [StageLeg(f"leg {each + 1}", self.clock) for each in range(number)]
        self.answered_after: list[float] = []
        self.delay = delay
        left: deque[Any] = deque(self.legs)
        first: FailoverSource[Event, ai.Reply] = FailoverSource(left)
        stage = self

        def second() -> FailoverSource[Event, ai.Reply] | None:
            if not may_ask or not left:
                return None
            source: FailoverSource[Event, ai.Reply] = FailoverSource(left)
            source.alone = True
            return source

        class Waiting(LoopWaiting):
            def deadline(self, owner: Any, end: Any) -> Any:
                return StageDeadline(stage, lambda: end(owner))

        self.source: HedgedSource[Event, ai.Reply] = HedgedSource(first, second, self, Waiting, self.clock)
        self.stream: Any = ai.AsyncReplyStream(self.source)

    def answered(self, seconds: float) -> None:
        self.answered_after.append(seconds)

    @property
    def under_way(self) -> int:
        return sum(each.under_way for each in self.legs)

    async def pass_to(self, now: float) -> None:
        """Time passes; whoever is due does what there is to do."""
        await settle()
        self.clock.now = now
        for each in self.deadlines:
            if each.due is not None and each.due <= now:
                each.ring()
        await settle()


async def settle() -> None:
    """All tasks do what they can."""
    for _ in range(30):
        await asyncio.sleep(0)
