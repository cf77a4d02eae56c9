"""The values of whichever leg of a route answers: when one fails, the next takes over."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from time import perf_counter
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar, cast, get_args

import msgspec

from fluent_ai.content.events import Event, Ping, Progress, Seam, StreamStart, TextDelta, UsageUpdate, Warned
from fluent_ai.content.reply import LegAttempt, Reply, Timing
from fluent_ai.errors import Cancelled, ConfigError, FluentError, InvalidRequest, RouteFailed, untraced
from fluent_ai.resilience.failover import Resume, another_may_answer
from fluent_ai.streams.continuation import JoinedReply, can_be_continued
from fluent_ai.streams.timing import timing_of_legs

if TYPE_CHECKING:
    from fluent_ai.content.results import Result
    from fluent_ai.resilience.load import Asked, Load
    from fluent_ai.streams.stream import Source

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT", bound="Reply | Result")
ResultT_co = TypeVar("ResultT_co", bound="Reply | Result", covariant=True)

_AT_ONCE = (Ping, Progress)
"""What tells of waiting, and is passed on whatever becomes of the leg."""
_HELD = (StreamStart, UsageUpdate, Warned)
"""What precedes the content of an answer: it is held back, because the leg may still fail."""


class LegCall(Protocol[ItemT, ResultT_co]):
    """The call of one leg, which can be opened more than once."""

    @property
    def name(self) -> str: ...

    @property
    def load(self) -> Load | None:
        """What learns of the leg's speed and health; None where nobody wants to know."""
        ...

    def open(
        self, seconds: float | None = None, begun: Reply | None = None
    ) -> tuple[Source[ItemT, ResultT_co], tuple[str, ...]]:
        """The source of the answer, and warnings. All of it may take so many seconds; `begun` is a reply to go on with.

        Raises ConfigError if the leg does not take the request.
        """
        ...

    def goes_on(self) -> bool:
        """True if it can go on with a reply."""
        ...

    def may_ask(self) -> bool:
        """Whether its provider may get an extra request, which is thereby counted."""
        ...


class _Turn(Generic[ItemT, ResultT]):
    """What has come of one leg."""

    def __init__(
        self, leg: LegCall[ItemT, ResultT], source: Source[ItemT, ResultT], notes: Sequence[str], *, continues: bool
    ) -> None:
        self.leg = leg
        self.source = source
        self.notes = notes
        self.continues = continues
        """True if it goes on with a reply."""
        self.began = perf_counter()
        self.seconds: float | None = None
        """How long it took, once it has ended."""
        self.has_content = False
        self.held = [cast("ItemT", Warned(note)) for note in notes]
        """What came before its content."""
        self._asked: Asked | None = None

    async def open(self) -> None:
        self.began = perf_counter()
        if self.leg.load is not None:
            self._asked = self.leg.load.begin()
        await self.source.open()

    def answered(self) -> None:
        """Its content has begun."""
        self.has_content = True
        if self._asked is None:
            return
        if self.source.result().from_cache:
            self._asked.not_asked()
        else:
            self._asked.answered()

    def ended(self, error: FluentError | None = None, *, lost: bool = False) -> None:
        """It has its whole answer, has failed, has lost to another leg, or nobody waits for it any more."""
        if self._asked is None:
            return
        if lost:
            self._asked.lost()
        elif error is None:
            self._asked.end()
        else:
            self._asked.failed(error)

    def refused_to_continue(self, error: FluentError) -> bool:
        """True if it would rather begin again than go on with what another model wrote."""
        return self.continues and not self.has_content and isinstance(error, InvalidRequest)


class FailoverSource(Generic[ItemT, ResultT]):
    """Asks the legs in order. One that fails before its content is followed by the next; later, `resume` decides.

    Failures that every leg would share are raised at once (`resilience/failover.py`). Raises RouteFailed with the
    errors of all legs if none answers, or the error of the only one. `total` limits all legs together, in seconds.
    """

    def __init__(
        self, legs: deque[LegCall[ItemT, ResultT]], *, resume: Resume = "never", total: float | None = None
    ) -> None:
        """`legs` may be shared: each is asked by whoever takes it out first.

        Raises the ConfigError of the first leg if none takes the request.
        """
        self.started_at: float | None = None
        self._legs = legs
        self._resume = resume
        self._total = total
        self._joined = JoinedReply() if resume == "continue" else None
        self._attempts: list[LegAttempt] = []
        """The legs that have failed."""
        self.alone = False
        """True while no other leg may be asked after this one."""
        self._broken: str | None = None
        """The leg whose content was passed on and that broke off."""
        self._size = 0
        """How much content of the answer was passed on: characters of text, or items."""
        self._failure: FluentError | None = None
        """What `poll` met and `next_batch` is to deal with."""
        self._aborted = self._lost = False
        turn = self._next_turn()
        if turn is None:
            refusals = (each.error for each in self._attempts if each.error is not None)
            raise next(refusals, None) or ConfigError("no leg is left")
        self._now = self._answering = turn
        """`_answering` is the turn whose content was passed on last."""

    def result(self) -> ResultT:
        answering = self._answering
        if self._joined is not None and self._joined.begun:
            result = cast("ResultT", self._joined.fold.result())
        else:
            result = answering.source.result()
            result = msgspec.structs.replace(result, warnings=(*answering.notes, *result.warnings))
        return msgspec.structs.replace(result, attempts=self.attempts)

    @property
    def attempts(self) -> tuple[LegAttempt, ...]:
        """What has come of each leg so far."""
        now = self._now
        answered = now.has_content and now.leg.name != self._broken
        current = [LegAttempt(leg=now.leg.name, seconds=now.seconds)] if answered else []
        return *self._attempts, *current

    @property
    def has_content(self) -> bool:
        """True once a leg has begun to answer."""
        return self._now.has_content

    def timing(self, first: float | None, end: float | None) -> Timing | None:
        return timing_of_legs(self.started_at, first, end, self._answering.source.timing(None, None))

    async def open(self) -> None:
        self.started_at = perf_counter()
        try:
            await self._now.open()
        except FluentError as error:
            await self._go_on(error)

    async def next_batch(self) -> list[ItemT] | None:
        while True:
            try:
                if self._failure is not None:
                    raise self._failure
                items = await self._now.source.next_batch()
            except FluentError as error:
                self._failure = None
                await self._go_on(error)
                continue
            passed = self._end() if items is None else self._pass(items)
            if passed or items is None:
                return passed

    def poll(self) -> list[ItemT] | None:
        if self._failure is not None:
            return []
        try:
            items = self._now.source.poll()
        except FluentError as error:
            self._failure = error  # another leg may have to be opened, which may wait
            return []
        return self._end() if items is None else self._pass(items)

    async def close(self) -> None:
        self._now.ended(lost=self._lost)
        await self._now.source.close()

    def abort(self) -> None:
        self._aborted = True
        self._now.source.abort()

    def lose(self) -> None:
        """Another call of the same has begun to be answered sooner. Safe from any thread."""
        self._lost = True
        self.abort()

    async def _go_on(self, error: FluentError) -> None:
        """Open the next leg that opens. Raises the error if no other leg is to be asked."""
        while True:
            now = self._now
            now.ended(error, lost=self._lost)
            await now.source.close()
            now.seconds = perf_counter() - now.began
            usage = now.source.result().usage
            self._attempts.append(LegAttempt(leg=now.leg.name, error=untraced(error), seconds=now.seconds, usage=usage))
            if now.has_content:
                self._broken = now.leg.name
            again = now.refused_to_continue(error)
            if not again and not self._may_go_on(error):
                raise error
            if again:
                self._legs.appendleft(now.leg)
            turn = self._next_turn(begun=None if again else self._reply_to_go_on_with())
            if turn is None:
                raise all_failed(self._attempts)
            self._now = turn
            if self._aborted:  # checked only now, because `abort` sets the flag before it reads the source
                raise Cancelled("the stream was closed before its end")
            try:
                return await turn.open()
            except FluentError as failure:
                error = failure

    def _may_go_on(self, error: FluentError) -> bool:
        if self.alone or self.seconds_left() == 0.0 or (self._broken is not None and self._resume == "never"):
            return False
        return another_may_answer(error)

    def _reply_to_go_on_with(self) -> Reply | None:
        if self._joined is None or self._broken is None:
            return None
        reply = self._joined.fold.result()
        return reply if can_be_continued(reply) else None

    def _next_turn(self, begun: Reply | None = None) -> _Turn[ItemT, ResultT] | None:
        """The turn of the next leg that takes the request, if there is one."""
        while True:
            try:
                leg = self._legs.popleft()
            except IndexError:
                return None
            continues = begun is not None and leg.goes_on()
            try:
                source, notes = leg.open(self.seconds_left(), begun if continues else None)
            except FluentError as refusal:
                self._attempts.append(LegAttempt(leg=leg.name, error=untraced(refusal)))
            else:
                return _Turn(leg, source, notes, continues=continues)

    def seconds_left(self) -> float | None:
        """Seconds that are left for the legs together; None for any number."""
        if self._total is None or self.started_at is None:
            return self._total
        return max(0.0, self.started_at + self._total - perf_counter())

    def _pass(self, items: list[ItemT]) -> list[ItemT]:
        """What of this is passed on now: all of it, once there is content."""
        now = self._now
        if now.has_content:
            return self._counted(items)
        for place, item in enumerate(items):
            if not isinstance(item, _AT_ONCE + _HELD):
                held, now.held = now.held, []
                return [*self._begin(), *self._counted([*held, *items[place:]])]
            if isinstance(item, _HELD):
                now.held.append(item)
        return [item for item in items if isinstance(item, _AT_ONCE)]

    def _begin(self) -> list[ItemT]:
        """The seam, if the content that was passed on before came from another leg."""
        now = self._answering = self._now
        now.answered()
        if self._broken is None:
            return []
        seam = Seam("continue" if now.continues else "restart", self._broken, now.leg.name, self._size)
        self._broken = None
        if not now.continues:
            self._size = 0
        if self._joined is not None:
            self._joined.seam(seam)
        return [cast("ItemT", seam)]

    def _counted(self, items: list[ItemT]) -> list[ItemT]:
        if self._resume == "never":
            return items
        for item in items:
            self._size += len(item.text) if isinstance(item, TextDelta) else not isinstance(item, get_args(Event))
        if self._joined is None:
            return items
        return [cast("ItemT", event) for item in items for event in self._joined.take(cast("Event", item))]

    def _end(self) -> list[ItemT] | None:
        """The end of the answer; before it, what was held back, if nothing followed it."""
        now = self._now
        if not now.has_content:
            held, now.held = now.held, []
            return [*self._begin(), *self._counted(held)] or None
        if now.seconds is None:
            now.seconds = perf_counter() - now.began
            now.ended()
        return None


def all_failed(attempts: Sequence[LegAttempt]) -> FluentError:
    """One error for all; that of the leg itself where there is only one."""
    errors = tuple(attempt.error for attempt in attempts if attempt.error is not None)
    if len(errors) == 1:
        return errors[0]
    reasons = "; ".join(f"{each.leg}: {each.error.message}" for each in attempts if each.error is not None)
    return RouteFailed(f"no leg of the route has answered. {reasons}", errors=errors)
