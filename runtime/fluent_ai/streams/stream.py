"""What a caller iterates. Streams yield values only: a failure raises from the iteration and ends the stream."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING, Final, Generic, Protocol, Self, TypeVar, cast

import msgspec

from fluent_ai.content.events import Event, TextDelta, Warned
from fluent_ai.content.reply import Reply, Timing
from fluent_ai.content.results import Result
from fluent_ai.errors import Cancelled, FluentError
from fluent_ai.http.blocking import run_blocking

if TYPE_CHECKING:
    from fluent_ai.schema.output import OutputInput
    from fluent_ai.schema.partial_json import JsonValue

T = TypeVar("T")
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT", bound="Reply | Result")
ResultT_co = TypeVar("ResultT_co", bound="Reply | Result", covariant=True)


class Empty:
    """The type of EMPTY, which `try_next` returns when nothing is there."""

    def __repr__(self) -> str:
        return "EMPTY"

    def __bool__(self) -> bool:
        return False


EMPTY: Final = Empty()


class ItemSource(Protocol[T]):
    """Where a stream's values come from. For a synchronous stream the coroutines never suspend."""

    async def open(self) -> None: ...

    async def next_batch(self) -> list[T] | None:
        """The next values, at least one; None at the end. Raises what ends the stream."""

    def poll(self) -> list[T] | None:
        """Values that are there already, possibly none; None at the end."""

    async def close(self) -> None: ...

    def abort(self) -> None:
        """End a read that is under way, from any thread."""


class Source(ItemSource[T], Protocol[T, ResultT_co]):
    """A source whose values make one result. Whatever wraps a call (a failover, a hedge) is a source of sources."""

    @property
    def started_at(self) -> float | None:
        """When the request was sent or the worker started, by `perf_counter`; None before that."""
        ...

    def result(self) -> ResultT_co:
        """The result of the values so far."""
        ...


class _Shared(Generic[T]):
    """The state of a stream, and what needs no waiting."""

    def __init__(self, source: ItemSource[T]) -> None:
        self._source = source
        self._ready: Iterator[T] = iter(())
        self._opened = False
        self._ended = False
        self._closed = False
        self._reading = False

    @property
    def ended(self) -> bool:
        """Nothing more will come, whether the stream ended well, failed, or was closed."""
        return self._ended

    def try_next(self) -> T | Empty:
        """An item that is already there, or EMPTY; never blocks. Raises what ended the stream, once."""
        for item in self._ready:
            return item
        if not self._ended and self._opened:
            try:
                batch = self._source.poll()
            except FluentError as error:
                raise self._failed(error) from None
            except BaseException:
                self._ended = True
                raise
            if self._accept(batch):
                return next(self._ready)
        return EMPTY

    def _accept(self, batch: list[T] | None) -> bool:
        """Take the next values in; False when there are none."""
        if batch is None:
            self._ended = True
            self._finish()
            return False
        self._received(batch)
        self._ready = iter(batch)
        return bool(batch)

    async def _open(self) -> None:
        """Send the request, once."""
        if self._opened or self._closed:
            return
        self._opened = self._reading = True
        try:
            await self._source.open()
        except BaseException as error:
            await self._source.close()
            self._ended = True
            if isinstance(error, FluentError):
                raise self._failed(error) from None
            raise
        finally:
            self._reading = False

    async def _next_batch(self) -> list[T] | None:
        # The flag goes up before the check, and `_leave` reads it after setting `_closed`: one sees the other.
        self._reading = True
        try:
            if self._closed:
                raise Cancelled("the stream was closed before its end")
            if not self._opened:
                self._opened = True
                await self._source.open()
            return await self._source.next_batch()
        except FluentError as error:
            await self._source.close()
            raise self._failed(error) from None
        except BaseException:
            await self._source.close()
            self._ended = True
            raise
        finally:
            self._reading = False

    async def _leave(self) -> None:
        if self._reading:
            self._source.abort()
        else:
            await self._source.close()

    def _failed(self, error: FluentError) -> FluentError:
        self._ended = True
        self._finish()
        if self._closed and not isinstance(error, Cancelled):
            # Closing from another thread breaks the read; what it broke with says nothing.
            return Cancelled("the stream was closed before its end")
        return error

    def _received(self, batch: list[T]) -> None:
        pass

    def _finish(self) -> None:
        pass


class Stream(_Shared[T]):
    """A blocking stream: iterate it, `collect()` it, or use it as a context manager that closes it."""

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T:
        for item in self._ready:
            return item
        while not self._ended:
            if self._accept(run_blocking(self._next_batch())):
                return next(self._ready)
        raise StopIteration

    def collect(self) -> list[T]:
        """All items that are still to come."""
        return list(self)

    def close(self) -> None:
        """Leave: the connection is dropped, a worker stops. Safe from another thread, whose blocked read it ends."""
        self._closed = True
        run_blocking(self._leave())

    def __enter__(self) -> Self:
        run_blocking(self._open())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncStream(_Shared[T]):
    """The asynchronous twin of `Stream`."""

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        for item in self._ready:
            return item
        while not self._ended:
            if self._accept(await self._next_batch()):
                return next(self._ready)
        raise StopAsyncIteration

    async def collect(self) -> list[T]:
        """All items that are still to come."""
        return [item async for item in self]

    async def close(self) -> None:
        """Leave: the connection is dropped, a worker stops, a task that waits for the next item gets Cancelled."""
        self._closed = True
        await self._leave()

    async def __aenter__(self) -> Self:
        await self._open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


class _SharedResult(_Shared[ItemT], Generic[ItemT, ResultT]):
    """A stream whose items make a result. `notes` were there before it began: it yields them first."""

    def __init__(self, source: Source[ItemT, ResultT], notes: Sequence[str] = ()) -> None:
        super().__init__(source)
        self._results = source
        self._notes = tuple(notes)
        self._ready = iter(cast("list[ItemT]", [Warned(note) for note in notes]))  # every verb's stream may hold notes
        self._first_item: float | None = None
        self._total: float | None = None

    @property
    def partial(self) -> ResultT:
        """The result so far, with all that has arrived."""
        result = self._results.result()
        began = self._results.started_at
        timing = None
        if began is not None:
            timing = Timing(
                None if self._first_item is None else self._first_item - began,
                None if self._total is None else self._total - began,
            )
        return msgspec.structs.replace(result, timing=timing, warnings=(*self._notes, *result.warnings))

    def _received(self, batch: list[ItemT]) -> None:
        if self._first_item is None:
            self._first_item = perf_counter()

    def _finish(self) -> None:
        self._total = perf_counter()

    def _failed(self, error: FluentError) -> FluentError:
        error = super()._failed(error)
        if error.partial is None:
            error.partial = self.partial
        return error


class ResultStream(_SharedResult[ItemT, ResultT], Stream[ItemT]):
    """The items of one result. `collect()` is the result, including what was already consumed."""

    def collect(self) -> ResultT:  # type: ignore[override]  # the items of a verb collect to its result
        for _ in self:
            pass
        return self.partial


class AsyncResultStream(_SharedResult[ItemT, ResultT], AsyncStream[ItemT]):
    """The asynchronous twin of `ResultStream`."""

    async def collect(self) -> ResultT:  # type: ignore[override]  # the items of a verb collect to its result
        async for _ in self:
            pass
        return self.partial


class _SharedReply(_SharedResult[Event, Reply]):
    """The stream of a chat reply. `output` is what the caller asked the text to be."""

    def __init__(
        self, source: Source[Event, Reply], notes: Sequence[str] = (), *, output: OutputInput | None = None
    ) -> None:
        super().__init__(source, notes)
        self._output = output

    @property
    def partial(self) -> Reply:
        """The reply so far, with all that has arrived."""
        reply = super().partial
        if self._output is None:
            return reply
        output, faults = self._read_output(reply)
        return msgspec.structs.replace(reply, output=output, warnings=(*reply.warnings, *faults))

    def _read_output(self, reply: Reply) -> tuple[object, Sequence[str]]:
        """The output of a finished reply, and what is wrong with it. A reply that calls tools need not have one."""
        if self._output is None or reply.finish_reason is None:
            return None, ()
        from fluent_ai.schema.output import output_decoder

        try:
            return output_decoder(self._output)(reply.text), ()
        except ValueError as error:
            return None, () if reply.tool_calls else (f"the output is not what was asked for: {error}",)


class ReplyStream(_SharedReply, ResultStream[Event, Reply]):
    """The events of one reply. `collect()` is the Reply, including what was already consumed."""

    def text(self) -> Iterator[str]:
        """The text alone, as it comes."""
        for event in self:
            if type(event) is TextDelta:
                yield event.text

    def outputs(self) -> Iterator[JsonValue]:
        """The output while it is written, as plain JSON values; `collect().output` is the typed one.

        Each value is the one before it, grown in place: copy what must stay as it is. Raises InvalidJSON where the
        text is not JSON; the stream itself goes on, and its `collect()` has all the text.
        """
        from fluent_ai.schema.partial_json import PartialJSON

        reader = PartialJSON()
        for text in self.text():
            reader.feed(text)
            if reader.started:
                yield reader.value


class AsyncReplyStream(_SharedReply, AsyncResultStream[Event, Reply]):
    """The asynchronous twin of `ReplyStream`."""

    async def text(self) -> AsyncIterator[str]:
        """The text alone, as it comes."""
        async for event in self:
            if type(event) is TextDelta:
                yield event.text

    async def outputs(self) -> AsyncIterator[JsonValue]:
        """The output while it is written, as for `ReplyStream.outputs`."""
        from fluent_ai.schema.partial_json import PartialJSON

        reader = PartialJSON()
        async for text in self.text():
            reader.feed(text)
            if reader.started:
                yield reader.value
