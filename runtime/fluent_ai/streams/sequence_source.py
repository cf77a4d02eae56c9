"""Several requests as one stream with one result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from time import perf_counter
from typing import TYPE_CHECKING, Generic, TypeVar

from fluent_ai.errors import Cancelled, StreamTruncated
from fluent_ai.streams.timing import NO_HEADERS, timing_of

if TYPE_CHECKING:
    from fluent_ai.content.reply import Reply, Timing
    from fluent_ai.content.results import Result
    from fluent_ai.interfaces import Folding
    from fluent_ai.resilience.attempts import Attempts
    from fluent_ai.streams.stream import ItemSource

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT", bound="Reply | Result")


class SequenceSource(Generic[ItemT, ResultT]):
    """Runs sources one after the other, such as the batches of a large input; each is made once the previous one ended.

    Raises StreamTruncated if all have ended and `fold` has not seen a complete result.
    """

    def __init__(
        self,
        sources: Iterable[ItemSource[ItemT]],
        fold: Folding[ItemT, ResultT],
        first: Attempts | None = None,
    ) -> None:
        """`first` are the attempts of the first request, where it is sent over HTTP."""
        self._started_at: float | None = None
        self._opened = 0
        self._sources: Iterator[ItemSource[ItemT]] = iter(sources)
        self._current: ItemSource[ItemT] | None = None
        self._fold = fold
        self._first = first
        self._aborted = False

    def result(self) -> ResultT:
        return self._fold.result()

    def timing(self, first: float | None, end: float | None) -> Timing | None:
        single = self._first is not None and self._opened == 1  # the headers of one batch say nothing of all
        headers = self._first.answer_headers if self._first is not None and single else NO_HEADERS
        return timing_of(self._started_at, first, end, self.result().usage, headers)

    async def open(self) -> None:
        if (source := next(self._sources, None)) is not None:
            self._current = source
            if self._aborted:  # checked only now, because `abort` sets the flag before it reads the current source
                raise Cancelled("the stream was closed before its end")
            self._opened += 1
            if self._started_at is None:
                self._started_at = perf_counter()
            await source.open()

    async def next_batch(self) -> list[ItemT] | None:
        while (source := self._current) is not None:
            if (items := await source.next_batch()) is not None:
                return self._folded(items)
            await self.close()
            await self.open()
        self._check_end()
        return None

    def poll(self) -> list[ItemT] | None:
        if self._current is None:
            return []
        if (items := self._current.poll()) is not None:
            return self._folded(items)
        if (following := next(self._sources, None)) is None:
            self._check_end()
            return None
        self._sources = chain((following,), self._sources)  # opening it may wait, so `next_batch` does it
        return []

    async def close(self) -> None:
        source, self._current = self._current, None
        if source is not None:
            await source.close()

    def abort(self) -> None:
        self._aborted = True
        if (source := self._current) is not None:
            source.abort()

    def _check_end(self) -> None:
        if not self._fold.finished and not self._aborted:
            raise StreamTruncated("the answer ended before it was complete")

    def _folded(self, items: list[ItemT]) -> list[ItemT]:
        for item in items:
            self._fold.add(item)
        return items
