"""Where the items of a stream come from: an HTTP exchange, or a worker in a thread of this process."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import suppress
from contextvars import copy_context
from time import perf_counter
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast

from fluent_ai.channels import Channel, ChannelSource
from fluent_ai.errors import (
    Cancelled,
    ConnectionFailed,
    FluentError,
    ProtocolError,
    StreamInterrupted,
    StreamTruncated,
    untraced,
)
from fluent_ai.events import Event
from fluent_ai.interfaces import AsyncResponse, AsyncTransport, Codec, Exchange, Folding, Timeouts, Worker
from fluent_ai.retry import RetryPolicy
from fluent_ai.vocabulary import ChatRequest, Reply, Request

if TYPE_CHECKING:
    import asyncio

    from fluent_ai.interfaces import StreamParser
    from fluent_ai.streams import Source

T = TypeVar("T")
RequestT = TypeVar("RequestT", bound=Request)
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

DRAIN_SECONDS = 0.05
"""How long the rest of a body is waited for after the reply's end, so that the connection can be used again."""
MAX_ERROR_BODY = 1024 * 1024
"""Bytes that are read of an answer that says what went wrong."""


class Pace(Protocol):
    """The waits that differ between a thread and an event loop."""

    async def sleep(self, seconds: float) -> None: ...

    async def interruptible(self, waiting: Awaitable[T]) -> T:
        """Wait for this, or raise Cancelled when `wake` is called meanwhile, where waits can be interrupted."""
        ...

    async def call(self, function: Callable[[], T]) -> T:
        """What the function gives, which may block."""
        ...

    async def drain(self, response: AsyncResponse, chunks: AsyncIterator[bytes], seconds: float) -> None:
        """Read the rest of a body and drop it; give up after `seconds`."""

    def wake(self) -> None:
        """End a wait that is under way, from any thread."""


class BlockingPace:
    def __init__(self) -> None:
        self._woken = threading.Event()

    async def sleep(self, seconds: float) -> None:
        self._woken.wait(seconds)

    async def interruptible(self, waiting: Awaitable[T]) -> T:
        return await waiting

    async def call(self, function: Callable[[], T]) -> T:
        return function()

    async def drain(self, response: AsyncResponse, chunks: AsyncIterator[bytes], seconds: float) -> None:
        timer = threading.Timer(seconds, response.abort)
        timer.daemon = True
        timer.start()
        try:
            async for _ in chunks:
                pass
        except FluentError:
            pass  # the reply is complete; a connection that breaks now is merely not used again
        finally:
            timer.cancel()

    def wake(self) -> None:
        self._woken.set()


class LoopPace:
    def __init__(self) -> None:
        self._task: asyncio.Task[Any] | None = None
        self._woken = False

    async def sleep(self, seconds: float) -> None:
        import asyncio

        await self.interruptible(asyncio.sleep(seconds))

    async def interruptible(self, waiting: Awaitable[T]) -> T:
        import asyncio

        task = self._task = asyncio.current_task()
        try:
            return await waiting
        except asyncio.CancelledError:
            # The task itself lives on, unless somebody else cancels it too.
            if not self._woken or task is None or task.uncancel() > 0:
                raise
            raise Cancelled("the stream was closed before its answer came") from None
        finally:
            self._task = None

    async def call(self, function: Callable[[], T]) -> T:
        """In a thread of its own: the loop's few resolve names, and who waits for a token would keep all others
        waiting; nor does a loop that ends wait for this one.
        """
        import asyncio
        from concurrent.futures import Future

        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        context = copy_context()

        def work() -> None:
            try:
                future.set_result(context.run(function))
            except BaseException as error:  # raised to who awaits it
                future.set_exception(error)

        threading.Thread(target=work, name="fluent-ai credentials", daemon=True).start()
        return await self.interruptible(asyncio.wrap_future(future))

    async def drain(self, response: AsyncResponse, chunks: AsyncIterator[bytes], seconds: float) -> None:
        import asyncio

        try:
            async with asyncio.timeout(seconds):
                async for _ in chunks:
                    pass
        except (FluentError, TimeoutError):
            pass  # the reply is complete; a connection that breaks now is merely not used again

    def wake(self) -> None:
        if (task := self._task) is not None:
            with suppress(RuntimeError):  # the loop has closed: nobody waits any more
                task.get_loop().call_soon_threadsafe(self._interrupt)

    def _interrupt(self) -> None:
        if self._task is not None and not self._woken:
            self._woken = True
            self._task.cancel()


class HttpSource(Generic[RequestT, ItemT]):
    """One request and the items of its answer. A failure before the first event is retried, a later one ends it."""

    def __init__(
        self,
        provider: str,
        codec: Codec[RequestT, ItemT],
        request: RequestT,
        transport: Callable[[], AsyncTransport],
        pace: Pace,
        timeouts: Timeouts,
        policy: RetryPolicy,
    ) -> None:
        self.sent_at: float | None = None
        self._provider = provider
        self._codec = codec
        self._request = request
        self._transport = transport
        self._pace = pace
        self._timeouts = timeouts
        self._policy = policy
        self._attempt = 0
        self._begun = False
        self._aborted = False
        self._prepare()
        self._response: AsyncResponse | None = None
        self._chunks: AsyncIterator[bytes] | None = None

    def _prepare(self) -> None:
        self._exchange: Exchange[ItemT] = self._codec.prepare(self._request)
        self._secrets = self._exchange.authenticator.secrets

    async def open(self) -> None:
        while True:
            try:
                return await self._send()
            except FluentError as error:
                await self._prepare_retry(error)

    async def next_batch(self) -> list[ItemT] | None:
        while (chunks := self._chunks) is not None:
            parser = self._exchange.parser
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
        response, chunks = self._response, self._chunks
        if response is None:
            return
        self._response = self._chunks = None
        if self._exchange.parser.done and chunks is not None:
            await self._pace.drain(response, chunks, DRAIN_SECONDS)
        await response.close()

    def abort(self) -> None:
        self._aborted = True
        self._pace.wake()
        if (response := self._response) is not None:
            response.abort()

    async def _send(self) -> None:
        if self.sent_at is None:
            self.sent_at = perf_counter()
        authenticator = self._exchange.authenticator
        request = await authenticator.authorize(self._exchange.request, self._pace)
        self._check_open()
        if authenticator.secrets != self._secrets:  # a token that came only now: the parser, too, must keep it back
            self._prepare()
        exchange = self._exchange
        response = await self._pace.interruptible(self._transport().send(request, self._timeouts))
        self._response = response
        self._check_open()
        if 300 <= response.status < 400:
            raise ProtocolError(f"a redirect ({response.status}), which is not followed: the base URL is wrong")
        if not 200 <= response.status < 300:
            raise exchange.decode_error(response.status, response.headers, await read_body(response, MAX_ERROR_BODY))
        if response.headers.get("content-type", "").lower().startswith("text/html"):
            raise ProtocolError("the answer is an HTML page: the base URL is wrong or a gateway stands in between")
        self._chunks = response.chunks()

    def _check_open(self) -> None:
        if self._aborted:
            raise Cancelled("the stream was closed before its answer came")

    async def _failed(self, error: FluentError) -> None:
        """Begin again if nothing was handed out yet, else raise."""
        if not self._begun:
            await self._prepare_retry(error)
            return await self.open()
        if isinstance(error, ConnectionFailed):
            error = StreamInterrupted(f"the stream broke: {error.message}")
        error.provider = error.provider or self._provider
        error.model = error.model or self._request.model
        raise untraced(error) from None

    async def _prepare_retry(self, error: FluentError) -> None:
        """Wait for the next attempt, or raise `error` when there is none. With another key there is no wait."""
        headers = {} if self._response is None else self._response.headers
        await self.close()
        error.provider = error.provider or self._provider
        error.model = error.model or self._request.model
        if not self._exchange.authenticator.rejected(error, headers):
            delay = None if self._aborted else self._policy.delay(error, self._attempt)
            if delay is None:
                raise untraced(error)
            self._attempt += 1
            await self._pace.sleep(delay)
        if self._aborted:
            raise untraced(error)
        self._prepare()


class HttpReplySource(HttpSource[ChatRequest, Event]):
    """One chat request and the events of its reply."""

    def reply(self) -> Reply:
        return cast("StreamParser", self._exchange.parser).partial


class SequenceSource(Generic[ItemT]):
    """Several requests, one after the other, as one stream: the batches of an input that is too large for one."""

    def __init__(self, sources: Iterable[Source[ItemT]]) -> None:
        self._sources = iter(sources)
        self._current: Source[ItemT] | None = None
        self._aborted = False

    async def open(self) -> None:
        if (source := next(self._sources, None)) is not None:
            self._current = source
            if self._aborted:  # looked at only now: `abort` reads the one after it has set the other
                raise Cancelled("the stream was closed before its end")
            await source.open()

    async def next_batch(self) -> list[ItemT] | None:
        while (source := self._current) is not None:
            if (items := await source.next_batch()) is not None:
                return items
            await self.close()
            await self.open()
        return None

    def poll(self) -> list[ItemT] | None:
        return [] if self._current is None else self._current.poll() or []

    async def close(self) -> None:
        source, self._current = self._current, None
        if source is not None:
            await source.close()

    def abort(self) -> None:
        self._aborted = True
        if (source := self._current) is not None:
            source.abort()


async def read_body(response: AsyncResponse, limit: int) -> bytes:
    """The body, or its first `limit` bytes."""
    body = bytearray()
    async for chunk in response.chunks():
        body += chunk
        if len(body) > limit:
            break
    return bytes(body[:limit])


class WorkerSource(Generic[RequestT, ItemT, ResultT]):
    """A worker's run in a thread of its own, started when the stream is opened."""

    def __init__(
        self,
        worker: Worker[RequestT, ItemT],
        request: RequestT,
        fold: Folding[ItemT, ResultT],
        *,
        blocking: bool,
    ) -> None:
        self.sent_at: float | None = None
        self._worker = worker
        self._request = request
        self._channel: Channel[ItemT] = Channel()
        self._items = ChannelSource(self._channel, blocking=blocking)
        self._fold = fold

    def reply(self) -> ResultT:
        return self._fold.result()

    async def open(self) -> None:
        self.sent_at = perf_counter()
        threading.Thread(
            target=copy_context().run, args=(self._work,), name=f"fluent-ai {self._request.model}", daemon=True
        ).start()

    async def next_batch(self) -> list[ItemT] | None:
        return self._folded(await self._items.next_batch())

    def poll(self) -> list[ItemT] | None:
        return self._folded(self._items.poll())

    async def close(self) -> None:
        self._channel.close()

    def abort(self) -> None:
        self._channel.close()

    def _work(self) -> None:
        try:
            self._worker.run(self._request, self._channel.emit)
        except Cancelled:
            self._channel.end()
        except BaseException as error:  # raised to the consumer, whose stream it ends
            self._channel.end(error)
        else:
            self._channel.end()

    def _folded(self, items: list[ItemT] | None) -> list[ItemT] | None:
        if items is None and not self._fold.finished and not self._channel.closed:
            raise StreamTruncated("the worker ended without Finish")
        for item in items or ():
            self._fold.add(item)
        return items
