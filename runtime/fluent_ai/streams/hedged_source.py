"""A call whose first leg takes longer than usual asks another as well; whichever begins to answer first has won."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import copy_context
from time import perf_counter
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import msgspec

from fluent_ai.content.reply import LegAttempt, Reply, Timing
from fluent_ai.errors import Cancelled, FluentError
from fluent_ai.observe.mailbox import Mailbox
from fluent_ai.resilience.failover import another_may_answer
from fluent_ai.streams.failover_source import FailoverSource, all_failed
from fluent_ai.streams.timing import timing_of_legs

if TYPE_CHECKING:
    from fluent_ai.content.results import Result
    from fluent_ai.resilience.waiting import Deadline, Waiting

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT", bound="Reply | Result")

CLOSING = 1.0
"""Seconds that a call waits at its end for the leg that has lost, which ends far sooner unless a function holds it."""
_dropped = Mailbox("hedges")
"""Ends the second legs of streams that were collected: a finaliser may run anywhere."""


class Hedge(Protocol):
    """When a second leg is asked; see `resilience/hedging.py`."""

    @property
    def delay(self) -> float: ...

    def answered(self, seconds: float) -> None: ...


class _Once:
    """Something that one of several threads may do: a list is emptied by one of them."""

    def __init__(self) -> None:
        self._left = [True]

    def take(self) -> bool:
        try:
            return self._left.pop()
        except IndexError:
            return False


class _Second(Generic[ItemT, ResultT]):
    """The second leg, which runs beside the call until it begins to answer, or loses."""

    def __init__(
        self, open_leg: Callable[[], FailoverSource[ItemT, ResultT] | None], win: _Once, lose: Callable[[], object]
    ) -> None:
        self.wake: Callable[[], object] = _nobody
        self.source: FailoverSource[ItemT, ResultT] | None = None
        self.items: list[ItemT] = []
        """What came until it had won, which the call hands out."""
        self.error: BaseException | None = None
        self.won = False
        self.ready = False
        """True once nothing runs beside the call any more."""
        self._open_leg = open_leg
        self._win = win
        self._lose = lose
        self._aborted = False

    async def run(self) -> None:
        try:
            if (source := self._open_leg()) is None:
                return
            self.source = source
            if self._aborted:  # checked only now, because `abort` sets the flag before it reads the source
                raise Cancelled("the stream was closed before its end")
            await source.open()
            while not source.has_content and (items := await source.next_batch()) is not None:
                self.items += items
            self.won = self._win.take()
        except BaseException as error:  # raised where the call is read, if nobody answers
            self.error = error
        finally:
            await self._end()

    def abort(self) -> None:
        self._aborted = True
        if (source := self.source) is not None:
            source.abort()

    def failed(self, error: BaseException) -> None:
        """It could not even begin."""
        self.error, self.ready = error, True
        self.wake()

    async def _end(self) -> None:
        try:
            if self.source is not None and not self.won:
                await self.source.close()
        finally:
            self.ready = True
            if self.won:
                self._lose()
            self.wake()

    @property
    def attempts(self) -> tuple[LegAttempt, ...]:
        return () if self.source is None else self.source.attempts


class HedgedSource(Generic[ItemT, ResultT]):
    """Asks the first leg, and after `hedge.delay` another one as well, which `open_second` gives, or None.

    What the loser had of its answer is dropped; that it was asked, and what it used, stands in `attempts`. If the first
    leg fails before its content, the next is asked as ever; the second one then has as much time as it needs.
    """

    def __init__(
        self,
        first: FailoverSource[ItemT, ResultT],
        open_second: Callable[[], FailoverSource[ItemT, ResultT] | None],
        hedge: Hedge,
        new_waiting: Callable[[], Waiting],
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        self._first = first
        self._hedge = hedge
        self._new_waiting = new_waiting
        self._waiting = new_waiting()
        self._clock = clock
        self._win = _Once()
        self._start = _Once()
        """Taken by who asks the second leg, or sees to it that nobody does."""
        self._second = _Second(open_second, self._win, first.lose)
        self._alone = False
        """True if no second leg was asked, and none will be."""
        self._winner: FailoverSource[ItemT, ResultT] | None = None
        self._context = copy_context()
        self._deadline: Deadline | None = None
        self._delay = self._waited = self._began = 0.0
        self._aborted = False

    def timing(self, first: float | None, end: float | None) -> Timing | None:
        winner = self._winner or self._first
        return timing_of_legs(self._first.started_at, first, end, winner.timing(None, None))

    def result(self) -> ResultT:
        winner = self._winner or self._first
        others = self._second.attempts if winner is self._first else self._first.attempts
        if self._winner is not None:
            others = tuple(_as_loser(each) for each in others)
        result = winner.result()
        return msgspec.structs.replace(result, attempts=(*others, *winner.attempts))

    async def open(self) -> None:
        self._context = copy_context()
        self._deadline = self._waiting.deadline(self, HedgedSource._ask_another)
        self._delay = self._hedge.delay
        self._watch()
        try:
            await self._first.open()
        except FluentError as error:
            await self._first_failed(error)
        finally:
            self._rest()

    async def next_batch(self) -> list[ItemT] | None:
        while (winner := self._winner) is None:
            self._watch()
            try:
                items = await self._first.next_batch()
                if not self._first.has_content or self._first_wins():
                    return items
                await self._change_over()
            except FluentError as error:
                await self._first_failed(error)
            finally:
                self._rest()
        if items := self._take_items():
            return items
        items = await winner.next_batch()
        if items is None and not self._alone:
            await self._end_loser()
        return items

    def poll(self) -> list[ItemT] | None:
        if self._winner is None and self._second.ready and self._second.won:
            self._go_over()
        if self._winner is not None:
            return self._take_items() or self._winner.poll()
        items = self._first.poll()
        if self._first.has_content and not self._first_wins():
            return []
        return items

    async def close(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        second = self._second
        alone = self._is_alone()
        if not alone and self._win.take():
            second.abort()
        try:
            await self._first.close()
        finally:
            if not alone:
                await self._until_ready(self._new_waiting(), CLOSING)
                if second.won and second.source is not None:
                    await second.source.close()

    def abort(self) -> None:
        self._aborted = True
        self._first.abort()
        self._second.abort()
        self._waiting.wake()

    def _ask_another(self) -> None:
        """The deadline rings: the second leg begins, in the context of the call."""
        if not self._start.take():
            return
        second = self._second
        _dropped.open()
        try:
            self._context.run(self._waiting.beside, second.run, "second leg", second.abort)
        except RuntimeError as error:  # the interpreter is ending, or no thread can be started
            second.failed(error)

    def _first_wins(self) -> bool:
        """The first leg begins to answer: whether it is the first to do so."""
        if not self._is_alone():
            if not self._win.take():
                return False
            self._second.abort()
        self._settle(self._first)
        return True

    async def _first_failed(self, error: FluentError) -> None:
        """Raises the error, or one for all, unless the second leg answers."""
        if self._is_alone():
            raise error
        second = self._second
        if self._aborted or not another_may_answer(error):
            if self._win.take():
                second.abort()
                raise error
        else:
            await self._until_ready(self._waiting)
            if not second.won:
                raise self._both_failed(error)
        await self._change_over()

    async def _change_over(self) -> None:
        """The second leg has begun to answer first."""
        await self._until_ready(self._new_waiting())
        self._go_over()
        await self._first.close()

    def _go_over(self) -> None:
        if (source := self._second.source) is not None:
            source.alone = False
            self._settle(source)

    def _take_items(self) -> list[ItemT]:
        """What the second leg had when it won."""
        if self._winner is self._first:
            return []
        items, self._second.items = self._second.items, []
        return items

    async def _end_loser(self) -> None:
        if self._winner is self._first:
            await self._until_ready(self._new_waiting(), CLOSING)
        else:
            await self._first.close()

    def _settle(self, winner: FailoverSource[ItemT, ResultT]) -> None:
        self._winner = winner
        self._hedge.answered(self._waited + self._clock() - self._began)

    def _is_alone(self) -> bool:
        if self._start.take():
            self._alone = True
        return self._alone

    def _both_failed(self, error: FluentError) -> FluentError:
        if self._aborted:
            return Cancelled("the stream was closed before its end")
        second = self._second.error
        if second is not None and not isinstance(second, FluentError):
            raise second
        return all_failed((*self._first.attempts, *self._second.attempts)) if self._second.attempts else error

    async def _until_ready(self, waiting: Waiting, seconds: float = 1e6) -> None:
        """Wait until nothing runs beside the call any more, for so many seconds at most, or until `abort`."""
        if not self._second.ready:
            await waiting.queue(self._second, seconds)

    def _watch(self) -> None:
        self._began = self._clock()
        if self._deadline is not None and self._winner is None:
            self._deadline.set(max(0.0, self._delay - self._waited))

    def _rest(self) -> None:
        """What the reader does meanwhile does not count."""
        self._waited += self._clock() - self._began
        if self._deadline is not None:
            self._deadline.pause()

    def __del__(self) -> None:
        if not self._is_alone() and not self._second.ready:
            _dropped.post(self._second.abort)


def _as_loser(attempt: LegAttempt) -> LegAttempt:
    if attempt.error is not None and not isinstance(attempt.error, Cancelled):
        return attempt
    return msgspec.structs.replace(attempt, error=Cancelled("another leg has begun to answer sooner"))


def _nobody() -> None:
    """Nobody waits."""
