"""Streams as callers iterate them. They yield only values; a failure is raised by the iteration and ends the stream."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from threading import Lock
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING, Final, Generic, Protocol, Self, TypeVar, cast

import msgspec

from fluent_ai.content.events import Event, Seam, TextDelta, Warned
from fluent_ai.content.reply import Reply, Timing
from fluent_ai.content.results import Result
from fluent_ai.errors import Cancelled, ConfigError, FluentError
from fluent_ai.http.blocking import run_blocking
from fluent_ai.streams.continuation import check_seam

if TYPE_CHECKING:
    from fluent_ai.schema.growing_output import GrowingOutput
    from fluent_ai.schema.output import OutputInput
    from fluent_ai.schema.partial_json import JsonValue

T = TypeVar("T")
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT", bound="Reply | Result")
ResultT_co = TypeVar("ResultT_co", bound="Reply | Result", covariant=True)


class Empty:
    """The type of EMPTY, which `try_next` returns if no item is available."""

    def __repr__(self) -> str:
        return "EMPTY"

    def __bool__(self) -> bool:
        return False


EMPTY: Final = Empty()


class ItemSource(Protocol[T]):
    """The source of a stream's values. For a synchronous stream the coroutines never suspend."""

    async def open(self) -> None: ...

    async def next_batch(self) -> list[T] | None:
        """The next values, at least one, or None at the end. Raises the error that ends the stream."""

    def poll(self) -> list[T] | None:
        """The values that are available now, possibly none; None at the end."""

    async def close(self) -> None: ...

    def abort(self) -> None:
        """Interrupt the current read; safe from any thread."""


class Source(ItemSource[T], Protocol[T, ResultT_co]):
    """A source whose values make up one result. A wrapper of calls, such as a failover or a hedge, is also a source."""

    def timing(self, first: float | None, end: float | None) -> Timing | None:
        """How long it took, if the first item came at `first` and the last one at `end`, in seconds of `perf_counter`.

        None before the request was sent or the worker started.
        """
        ...

    def result(self) -> ResultT_co:
        """The result of the values so far."""
        ...


class _Shared(Generic[T]):
    """The state of a stream, and the methods that do not wait."""

    def __init__(self, source: ItemSource[T]) -> None:
        self._source = source
        self._ready: deque[T] = deque()
        self._opened = False
        self._ended = False
        self._closed = False
        self._turn = Lock()
        """Held by the one who opens or reads the source."""

    @property
    def ended(self) -> bool:
        """True if no more values will come, because the stream was completed, failed, or was closed."""
        return self._ended

    def try_next(self) -> T | Empty:
        """An item that has already arrived, or EMPTY; never blocks. Raises the error that ended the stream, once."""
        if not self._ready and not self._ended and self._opened:
            if not self._turn.acquire(False):
                raise _second_reader()
            try:
                self._accept(self._source.poll())
            except FluentError as error:
                raise self._failed(error) from None
            except BaseException:
                self._ended = True
                raise
            finally:
                self._turn.release()
        try:
            return self._ready.popleft()
        except IndexError:
            return EMPTY

    def _accept(self, batch: list[T] | None) -> None:
        """Take in the next values, or the end."""
        if batch is None:
            self._ended = True
            self._finish()
        else:
            self._received(batch)
            self._ready.extend(batch)

    async def _open(self) -> None:
        """Send the request, once."""
        if self._opened or self._closed:
            return
        if not self._turn.acquire(False):
            raise _second_reader()
        self._opened = True
        try:
            await self._source.open()
        except BaseException as error:
            await self._source.close()
            self._ended = True
            if isinstance(error, FluentError):
                raise self._failed(error) from None
            raise
        finally:
            self._turn.release()

    async def _advance(self) -> None:
        """Read the next values, or the end."""
        # This takes the turn before it checks `_closed`, and `_leave` does the reverse, so one of them sees the other.
        if not self._turn.acquire(False):
            raise _second_reader()
        try:
            if self._ready:  # another reader has just received them
                return
            if self._closed:
                raise Cancelled("the stream was closed before its end")
            if not self._opened:
                self._opened = True
                await self._source.open()
            self._accept(await self._source.next_batch())
        except FluentError as error:
            await self._source.close()
            raise self._failed(error) from None
        except BaseException:
            await self._source.close()
            self._ended = True
            raise
        finally:
            self._turn.release()

    async def _leave(self) -> None:
        if self._turn.locked():
            self._source.abort()
        else:
            await self._source.close()

    def _failed(self, error: FluentError) -> FluentError:
        self._ended = True
        self._finish()
        if self._closed and not isinstance(error, Cancelled):
            # Closing from another thread breaks the read, whose error is then meaningless.
            return Cancelled("the stream was closed before its end")
        return error

    def _received(self, batch: list[T]) -> None:
        pass

    def _finish(self) -> None:
        pass


def _second_reader() -> ConfigError:
    return ConfigError("another thread or task is reading the stream; allowed: one reader at a time")


class Stream(_Shared[T]):
    """A blocking stream: iterate it, `collect()` it, or use it as a context manager that closes it."""

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T:
        ready = self._ready
        while True:
            if ready:
                try:
                    return ready.popleft()
                except IndexError:  # another reader was faster
                    continue
            if self._ended:
                raise StopIteration
            run_blocking(self._advance())

    def collect(self) -> list[T]:
        """All remaining items."""
        return list(self)

    def close(self) -> None:
        """End the stream: drop the connection, stop the worker. Safe from any thread; it wakes a blocked read."""
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
        ready = self._ready
        while True:
            if ready:
                return ready.popleft()
            if self._ended:
                raise StopAsyncIteration
            await self._advance()

    async def collect(self) -> list[T]:
        """All remaining items."""
        return [item async for item in self]

    async def close(self) -> None:
        """End the stream: drop the connection, stop the worker. A task that waits for the next item gets Cancelled."""
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
    """A stream whose items make up a result. It yields `notes`, warnings from before the request, first."""

    def __init__(self, source: Source[ItemT, ResultT], notes: Sequence[str] = ()) -> None:
        super().__init__(source)
        self._results = source
        self._notes = tuple(notes)
        self._ready.extend(cast("list[ItemT]", [Warned(note) for note in notes]))  # every verb yields warnings
        self._first_item: float | None = None
        self._ended_at: float | None = None

    @property
    def partial(self) -> ResultT:
        """The result so far, including everything that has arrived."""
        result = self._results.result()
        timing = self._results.timing(self._first_item, self._ended_at)
        return msgspec.structs.replace(result, timing=timing, warnings=(*self._notes, *result.warnings))

    def _received(self, batch: list[ItemT]) -> None:
        if self._first_item is None:
            self._first_item = perf_counter()

    def _finish(self) -> None:
        self._ended_at = perf_counter()

    def _failed(self, error: FluentError) -> FluentError:
        error = super()._failed(error)
        if error.partial is None:
            error.partial = self.partial
        return error


class ResultStream(_SharedResult[ItemT, ResultT], Stream[ItemT]):
    """The items of one result. `collect()` returns the result, including items that were already consumed."""

    def collect(self) -> ResultT:  # type: ignore[override]  # a verb's items are collected into its result
        for _ in self:
            pass
        return self.partial


class AsyncResultStream(_SharedResult[ItemT, ResultT], AsyncStream[ItemT]):
    """The asynchronous twin of `ResultStream`."""

    async def collect(self) -> ResultT:  # type: ignore[override]  # a verb's items are collected into its result
        async for _ in self:
            pass
        return self.partial


class _SharedReply(_SharedResult[Event, Reply]):
    """The stream of a chat reply. `output` is the type that the caller asked for."""

    def __init__(
        self, source: Source[Event, Reply], notes: Sequence[str] = (), *, output: OutputInput | None = None
    ) -> None:
        super().__init__(source, notes)
        self._output = output

    @property
    def partial(self) -> Reply:
        """The reply so far, including everything that has arrived."""
        reply = super().partial
        if self._output is None:
            return reply
        output, faults = self._read_output(reply)
        return msgspec.structs.replace(reply, output=output, warnings=(*reply.warnings, *faults))

    def _growing_output(self) -> GrowingOutput:
        from fluent_ai.schema.growing_output import GrowingOutput
        from fluent_ai.schema.output import output_form

        form = None if self._output is None else output_form(self._output)
        return GrowingOutput({}, wrapped=False) if form is None else GrowingOutput(form.schema, wrapped=form.wrapped)

    def _read_output(self, reply: Reply) -> tuple[object, Sequence[str]]:
        """The output of a complete reply, and what is wrong with it. A reply that calls tools need not have one."""
        if self._output is None or reply.finish_reason is None:
            return None, ()
        from fluent_ai.schema.output import output_form

        try:
            return output_form(self._output).decode(reply.text), ()
        except ValueError as error:
            return None, () if reply.tool_calls else (f"the output does not fit the requested type: {error}",)


class ReplyStream(_SharedReply, ResultStream[Event, Reply]):
    """The events of one reply. `collect()` returns the Reply, including events that were already consumed."""

    def text(self) -> Iterator[str]:
        """Only the text, as it arrives.

        Raises StreamInterrupted where a route begins again after text had come; `collect()` then has the new answer.
        """
        for event in self:
            if type(event) is TextDelta:
                yield event.text
            elif type(event) is Seam:
                check_seam(event, self)

    def outputs(self) -> Iterator[JsonValue]:
        """The output while it is generated, as plain JSON values; `collect().output` is the typed value.

        Each value is the previous one, grown in place, so copy what must not change. Raises InvalidJSON if the text is
        not JSON; the stream itself continues, and its `collect()` has the whole text.
        """
        from fluent_ai.schema.partial_json import PartialJSON

        reader, output = PartialJSON(), self._growing_output()
        for text in self.text():
            reader.feed(text)
            if reader.started:
                yield from output.values(reader.value)


class AsyncReplyStream(_SharedReply, AsyncResultStream[Event, Reply]):
    """The asynchronous twin of `ReplyStream`."""

    async def text(self) -> AsyncIterator[str]:
        """Only the text, as it arrives. Raises as `ReplyStream.text` does where a route begins again."""
        async for event in self:
            if type(event) is TextDelta:
                yield event.text
            elif type(event) is Seam:
                check_seam(event, self)

    async def outputs(self) -> AsyncIterator[JsonValue]:
        """The output while it is generated, like `ReplyStream.outputs`."""
        from fluent_ai.schema.partial_json import PartialJSON

        reader, output = PartialJSON(), self._growing_output()
        async for text in self.text():
            reader.feed(text)
            if reader.started:
                for value in output.values(reader.value):
                    yield value
