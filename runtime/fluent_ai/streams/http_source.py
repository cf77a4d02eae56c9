"""The items of an HTTP exchange, as the values of a stream."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from fluent_ai.content.events import Event
from fluent_ai.content.reply import Reply
from fluent_ai.errors import ConnectionFailed, FluentError, StreamInterrupted
from fluent_ai.resilience.attempts import Attempts

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

    async def open(self) -> None:
        self._chunks = (await self._attempts.open()).chunks()

    async def next_batch(self) -> list[ItemT] | None:
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
                    items = parser.finish()
                    await self.close()
                else:
                    items = parser.feed(chunk)
            except FluentError as error:
                await self._failed(error)
                continue
            if items:
                self._begun = True
                return items
        return None

    def poll(self) -> list[ItemT] | None:
        return []

    async def close(self) -> None:
        chunks, self._chunks = self._chunks, None
        response = self._attempts.response
        if chunks is not None and response is not None and self._parser.done:
            await self._attempts.waiting.read_within(response, chunks, DRAIN_SECONDS, MAX_REST)
        await self._attempts.close()

    def abort(self) -> None:
        self._attempts.abort()

    async def _failed(self, error: FluentError) -> None:
        """Start again if no item was handed out yet, else raise."""
        if not self._begun:
            self._chunks = None
            await self._attempts.retry(error)
            self._parser = self._new_parser()
            return await self.open()
        if isinstance(error, ConnectionFailed):
            error = StreamInterrupted(f"the stream broke: {error.message}")
        raise self._attempts.located(error) from None


class HttpReplySource(HttpSource[Event]):
    """The events of one reply, which the parser folds as it writes them."""

    @property
    def started_at(self) -> float | None:
        return self._attempts.started_at

    def result(self) -> Reply:
        return cast("StreamParser", self._parser).partial
