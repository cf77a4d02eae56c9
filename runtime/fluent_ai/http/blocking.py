"""One set of coroutines serves both sync and async code.

Synchronous code passes blocking parts, whose awaits never suspend, to a coroutine and runs it to its end at once. No
event loop is involved, so this works inside a running one (notebooks).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Coroutine, Iterator
from typing import Any, TypeVar

from fluent_ai.http.messages import AsyncResponse, HttpRequest, Response, Timeouts, Transport

T = TypeVar("T")


def run_blocking(coroutine: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that never suspends."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        result: T = stop.value
        return result
    coroutine.close()
    raise RuntimeError("a blocking part suspended: an asynchronous object was given to a synchronous client")


class BlockingResponse:
    """A blocking response behind the asynchronous interface."""

    def __init__(self, response: Response) -> None:
        self.status = response.status
        self.headers = response.headers
        self.abort = response.abort
        self._response = response

    def chunks(self) -> AsyncIterator[bytes]:
        return _BlockingChunks(self._response.chunks())

    async def close(self) -> None:
        self._response.close()


class _BlockingChunks:
    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks

    def __aiter__(self) -> _BlockingChunks:
        return self

    async def __anext__(self) -> bytes:
        for chunk in self._chunks:
            return chunk
        raise StopAsyncIteration


class BlockingTransport:
    """A blocking transport behind the asynchronous interface."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def send(self, request: HttpRequest, timeouts: Timeouts) -> AsyncResponse:
        return BlockingResponse(self._transport.send(request, timeouts))

    async def close(self) -> None:
        self._transport.close()
