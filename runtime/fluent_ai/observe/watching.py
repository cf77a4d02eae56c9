"""What follows one call and tells its observers."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import copy_context
from functools import partial
from time import perf_counter, time
from typing import TYPE_CHECKING, Any, TypeAlias

from fluent_ai.content.reply import Timing
from fluent_ai.errors import Cancelled, FluentError
from fluent_ai.observe.call import Call, Ending, Price
from fluent_ai.observe.delivery import Recipient
from fluent_ai.observe.hooks import AttemptEvent
from fluent_ai.observe.mailbox import Mailbox
from fluent_ai.observe.stages import MeasuredChunks, Stages
from fluent_ai.observe.tags import current_tags

if TYPE_CHECKING:
    from fluent_ai.content.reply import Reply
    from fluent_ai.content.results import Result

TimingOf: TypeAlias = Callable[[float | None, float | None], Timing | None]
"""From when the first and the last item came, by `perf_counter`, to how long the answer took."""

_dropped = Mailbox("dropped calls")
"""Ends the calls whose streams were collected: a finaliser may run anywhere, even where an observer's lock is held."""


class Watch:
    """Tells the observers each step of a call. Whoever ends it first decides how it ended; safe from any thread."""

    def __init__(
        self,
        recipients: Sequence[Recipient],
        verb: str,
        provider: str,
        price: Callable[[Call], Price] | None = None,
        **facts: Any,
    ) -> None:
        self.call = Call(
            id=os.urandom(8).hex(), verb=verb, provider=provider, price=price, tags=current_tags(), **facts
        )
        self._context = copy_context()
        self._recipients = recipients
        self._process = os.getpid()
        self._begun: list[Call] = []
        """The call, from its start until somebody takes it out to end it."""
        self.measured: Stages | None = None
        """The stages of the call, once its transport has told how long it waited."""
        self._first: float | None = None
        self._began = self._asked = self._left = self._busy = 0.0

    def start(self) -> None:
        """The call begins."""
        call = self.call
        call.started, self._began = time(), perf_counter()
        _dropped.open()
        for each in self._recipients:
            each.open()
        self._begun.append(call)
        self._tell("started")

    @contextmanager
    def around(self) -> Iterator[None]:
        """Holds while the call is opened."""
        with ExitStack() as stack:
            for each in self._recipients:
                each.enter(stack, self.call)
            yield

    def attempt(self, event: AttemptEvent) -> None:
        """The hook of the call's attempts."""
        if event.stage == "started":
            self.call.attempts += 1
        elif event.stage == "failed":
            self.call.failures.append(event)
            self.call.retries += event.retry_in is not None
        if (spent := event.phases) is not None:
            self.measured = stages = self.call.stages
            stages.pool += spent.pool or 0.0
            stages.connect += spent.connect or 0.0
        self.call.key = event.key or self.call.key
        self._tell("attempted", event)

    def measure(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """The body of an answer, measured."""
        return MeasuredChunks(chunks, self.call.stages)

    def take_up(self) -> None:
        """The reader of the stream asks for items."""
        now = perf_counter()
        if self._first is not None:
            self.call.stages.consumer += now - self._left
        self._asked = now

    def hand_out(self) -> None:
        """The reader gets what has come."""
        now = self._left = perf_counter()
        if self._first is not None:
            self._busy += now - self._asked
            return
        stages = self.call.stages
        self._first = now
        stages.first_event = max(0.0, now - self._began - stages.pool - stages.connect)
        stages.read = 0.0  # until here, all waiting was for the first event
        self._tell("first_item")

    def fail(self, error: BaseException, result: Reply | Result | None, timing: TimingOf | None, aborted: bool) -> None:
        """End the call by what was raised."""
        outside = aborted or isinstance(error, Cancelled) or not isinstance(error, Exception)
        self.finish("cancelled" if outside else "failed", result, timing, error)

    def finish(
        self, ended: Ending, result: Reply | Result | None, timing: TimingOf | None, error: BaseException | None = None
    ) -> None:
        """End the call, unless it has ended, with the answer so far; `timing` tells how long that took."""
        if self._end(ended, result, timing, error):
            self._tell("finished")

    def drop(self, result: Reply | Result | None, timing: TimingOf | None) -> None:
        """End the call for a finaliser, which may run anywhere; so others tell it."""
        if self._end("dropped", result, timing, None):
            _dropped.post(partial(self._tell, "finished"))

    @property
    def over(self) -> bool:
        """True if it has ended, or never began, or belongs to the parent of this process."""
        return not self._begun or os.getpid() != self._process

    def _end(
        self, ended: Ending, result: Reply | Result | None, timing: TimingOf | None, error: BaseException | None
    ) -> bool:
        if self.over:
            return False
        try:
            call = self._begun.pop()
        except IndexError:  # another thread was faster
            return False
        stages, now = call.stages, perf_counter()
        call.duration = now - self._began
        if self._first is None:  # nothing came, or it came whole
            stages.first_event = max(0.0, call.duration - stages.pool - stages.connect - stages.read)
        elif stages.received:
            stages.parse = max(0.0, self._busy - stages.read)
        else:
            stages.read = self._busy
        call.timing = (timing and timing(self._first, now)) or self._own_timing(now)
        call.partial = ended != "complete"
        call.result, call.error = result, _kept(error)
        call.ended = ended
        return True

    def _own_timing(self, now: float) -> Timing:
        """For a call that has no source, or has sent nothing."""
        known, first = self.measured, None if self._first is None else self._first - self._began
        if known is None:
            return Timing(first, now - self._began)
        return Timing(first, now - self._began, known.pool, known.connect)

    def _tell(self, method: Any, *more: AttemptEvent) -> None:
        for each in self._recipients:
            each.tell(self._context, method, self.call, *more)


def _kept(error: BaseException | None) -> BaseException | None:
    """The error without the frames of its traceback, which hold the stream and what its caller knows."""
    if not isinstance(error, FluentError):
        return error
    make, state = error.__reduce__()[:2]
    kept: FluentError = make(*state)
    return kept
