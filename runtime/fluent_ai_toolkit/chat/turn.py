"""A turn of a chat as the source of a stream: the events of a run, which are saved as they come."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

from fluent_ai.content.events import Finish, Warned
from fluent_ai.errors import FluentError
from fluent_ai.streams.stream import Empty, Stream
from fluent_ai.streams.stream_source import StreamSource
from fluent_ai.threads import submit

from fluent_ai_toolkit.chat.messages import ChatStatus
from fluent_ai_toolkit.tools.events import RunEvent, RunResult, ToolFinished

if TYPE_CHECKING:
    from fluent_ai.content.reply import Timing

    from fluent_ai_toolkit.errors import ChatStoreFailed
    from fluent_ai_toolkit.tools.run import AsyncRun, Run

SAVE_SECONDS: Final = 0.5
"""How often a reply is saved while it is written: no more than this is lost if the process dies."""
_SAVED_AT_ONCE = (Finish, ToolFinished)
T = TypeVar("T")
RunT = TypeVar("RunT", "Run", "AsyncRun")
RunT_co = TypeVar("RunT_co", "Run", "AsyncRun", covariant=True)


class Saves(Protocol[RunT_co]):
    """What a turn asks of its chat. All methods may block, and none raises what the store raises."""

    failure: ChatStoreFailed | None

    def begin(self) -> RunT_co:
        """Write what is said; the run to read."""
        ...

    def see(self, event: RunEvent) -> None: ...
    def save(self, result: RunResult, status: ChatStatus, error: str | None) -> None: ...


class TurnSource(Generic[RunT]):
    """A run as the source of a stream, saved while it goes on. What cannot be saved is warned of, once.

    The store is used in threads if the run is awaited.
    """

    def __init__(self, run: RunT, saves: Saves[RunT]) -> None:
        self._run: RunT = run
        self._events: StreamSource[RunEvent] = StreamSource(run)
        self._saves: Saves[RunT] = saves
        self._opened = False
        self._is_saved = False
        self._warned = False
        self._next_save = 0.0
        self._left: list[RunEvent] = []
        self._error: FluentError | None = None

    def result(self) -> RunResult:
        found: RunResult = self._run.partial
        return found

    def timing(self, first: float | None, end: float | None) -> Timing | None:
        return self.result().timing

    async def open(self) -> None:
        self._run = await self._do(self._saves.begin)
        self._events = StreamSource(self._run)
        self._warn()
        self._opened = True
        self._next_save = monotonic() + SAVE_SECONDS
        try:
            await self._events.open()
        except FluentError as error:
            await self._end("failed", type(error).__name__)
            raise

    async def next_batch(self) -> list[RunEvent] | None:
        batch = self._take()
        try:
            if self._error is not None:
                raise self._error
            if not batch:
                found = await self._events.next_batch()
                if found is None:
                    await self._end("complete", None)
                    return self._take() or None
                batch = found
        except FluentError as error:
            await self._end("failed", type(error).__name__)
            raise
        batch += self._ready()
        for each in batch:
            self._saves.see(each)
        if monotonic() >= self._next_save or any(isinstance(each, _SAVED_AT_ONCE) for each in batch):
            await self._save("partial", None)
        return batch

    def poll(self) -> list[RunEvent] | None:
        if self._error is not None:
            self._end_now("failed", type(self._error).__name__)
            raise self._error
        batch = [*self._take(), *self._ready()]
        for each in batch:
            self._saves.see(each)
        if not batch and self._run.ended and self._error is None:
            self._end_now("complete", None)
            return self._take() or None
        return batch

    async def close(self) -> None:
        if not self._opened:
            return
        await self._events.close()
        await self._end("stopped", None)

    def abort(self) -> None:
        self._events.abort()

    def _ready(self) -> list[RunEvent]:
        """What has arrived and can be had without waiting."""
        found: list[RunEvent] = []
        try:
            while not isinstance(event := self._run.try_next(), Empty):
                found.append(event)
        except FluentError as error:  # it is raised after what came before it
            self._error = error
        return found

    async def _do(self, work: Callable[[], T]) -> T:
        """Do what reads or writes the store."""
        return work() if isinstance(self._run, Stream) else await in_thread(work)

    def _take(self) -> list[RunEvent]:
        found, self._left = self._left, []
        return found

    def _end_now(self, status: ChatStatus, error: str | None) -> None:
        if not self._is_saved:
            self._is_saved = True
            self._saves.save(self.result(), status, error)
            self._warn()

    async def _end(self, status: ChatStatus, error: str | None) -> None:
        if not self._is_saved:
            self._is_saved = True
            await self._save(status, error)

    async def _save(self, status: ChatStatus, error: str | None) -> None:
        result = self.result()
        await self._do(lambda: self._saves.save(result, status, error))
        self._warn()
        self._next_save = monotonic() + SAVE_SECONDS

    def _warn(self) -> None:
        if (failure := self._saves.failure) is not None and not self._warned:
            self._warned = True
            self._left.append(Warned(f"not all of this turn could be saved: {failure.message}"))


async def in_thread(work: Callable[[], T]) -> T:
    """What reads or writes the store, without blocking the event loop."""
    import asyncio

    return await asyncio.wrap_future(submit(work, name="store of chats"))
