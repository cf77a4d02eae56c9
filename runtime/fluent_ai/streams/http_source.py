"""The items of an HTTP exchange, as the values of a stream."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from fluent_ai.content.events import Event, Ping, UsageUpdate
from fluent_ai.content.reply import Reply, Timing, Usage
from fluent_ai.errors import ConnectionFailed, DeadlineExceeded, FluentError, StreamInterrupted
from fluent_ai.resilience.attempts import Attempts
from fluent_ai.resilience.waiting import Deadline
from fluent_ai.streams.timing import timing_of

if TYPE_CHECKING:
    from fluent_ai.interfaces import Parser, StreamParser

ItemT = TypeVar("ItemT")

DRAIN_SECONDS = 0.05
"""Seconds to wait for the rest of the body after the reply's end, so that the connection can be reused."""
MAX_REST = 1024 * 1024
"""The most bytes to read of that rest; a connection that sends more is dropped."""


class HttpSource(Generic[ItemT]):
    """The items of one request's response. A failure before the first item is retried; a later one ends the stream."""

    def __init__(self, attempts: Attempts, new_parser: Callable[[], Parser[ItemT]]) -> None:
        self._attempts = attempts
        self._new_parser = new_parser
        self._parser = new_parser()
        self._chunks: AsyncIterator[bytes] | None = None
        self._begun = False
        """True once something was handed out, so that nothing is sent again."""
        self._answered = False
        """True once that was more than a sign of life."""
        self._last: list[ItemT] = []
        """What came last; where usage is told, it is among this."""
        self._deadline: Deadline | None = None
        self._limit = 0.0
        """Seconds to wait for an event, where there is a deadline."""
        self._began = 0.0
        self._silent = 0.0
        """Seconds that were waited since the last event; what the consumer does in between does not count."""

    async def open(self) -> None:
        chunks = (await self._attempts.open()).chunks()
        self._chunks = chunks if self._attempts.measure is None else self._attempts.measure(chunks)
        self._silent = 0.0
        if (limit := self._attempts.timeouts.read) is not None:
            self._limit = limit
            self._deadline = self._attempts.waiting.deadline(self._attempts, Attempts.cut)

    async def next_batch(self) -> list[ItemT] | None:
        self._watch()
        try:
            while (chunks := self._chunks) is not None:
                parser = self._parser
                try:
                    if parser.done:
                        await self.close()
                        return None
                    if parser.error is not None:
                        items = parser.finish()
                    try:
                        chunk = await chunks.__anext__()
                    except StopAsyncIteration:
                        if self._attempts.stopped or self._too_late:
                            raise ConnectionFailed("the connection was dropped") from None
                        items = parser.finish()
                        self._last = items or self._last
                        await self.close()
                    else:
                        items = parser.feed(chunk)
                except FluentError as error:
                    await self._failed(error)
                    continue
                if items:
                    self._begun = True
                    self._last = items
                    if not self._answered and type(items[-1]) is not Ping:
                        self._answered = True
                        self._attempts.succeeded()
                    self._silent = self._silent + monotonic() - self._began if type(items[0]) is Ping else 0.0
                    return items
            return None
        finally:
            if self._deadline is not None:
                self._deadline.pause()

    def poll(self) -> list[ItemT] | None:
        return []

    async def close(self) -> None:
        chunks, self._chunks = self._chunks, None
        if self._deadline is not None:
            self._deadline.cancel()
        if self._attempts.limited and (tokens := self._tokens()):
            self._attempts.used(tokens)
        response = self._attempts.response
        if chunks is not None and response is not None and self._parser.done:
            await self._attempts.waiting.read_within(response, chunks, DRAIN_SECONDS, MAX_REST)
        await self._attempts.close()

    def abort(self) -> None:
        self._attempts.abort()

    def _tokens(self) -> int:
        """How many tokens were used, as the answer says; 0 if it does not."""
        return next((_sum(item.usage) for item in reversed(self._last) if isinstance(item, UsageUpdate)), 0)

    @property
    def _too_late(self) -> bool:
        return self._deadline is not None and self._deadline.rung

    def _watch(self) -> None:
        self._began = began = monotonic()
        if self._deadline is not None:
            self._deadline.set_at(began + self._limit - self._silent)

    async def _failed(self, error: FluentError) -> None:
        """Start again if no item was handed out yet, else raise."""
        if self._too_late:
            error = DeadlineExceeded("no event came in time (read)", stage="read")
        if not self._begun:
            self._chunks = None
            await self._attempts.retry(error)
            self._parser = self._new_parser()
            await self.open()
            return self._watch()
        if not self._attempts.stopped:
            self._attempts.failed(error)
        error = self._attempts.outcome(error)
        if isinstance(error, ConnectionFailed):
            error = StreamInterrupted(f"the stream broke: {error.message}")
        raise self._attempts.located(error) from None


class HttpReplySource(HttpSource[Event]):
    """The events of one reply, which the parser folds as it writes them."""

    def timing(self, first: float | None, end: float | None) -> Timing | None:
        attempts = self._attempts
        return timing_of(attempts.started_at, first, end, self.result().usage, attempts.answer_headers)

    def result(self) -> Reply:
        return cast("StreamParser", self._parser).partial

    def _tokens(self) -> int:
        usage = self.result().usage
        return 0 if usage is None else _sum(usage)


def _sum(usage: Usage) -> int:
    return (usage.input_tokens or 0) + (usage.output_tokens or 0)
