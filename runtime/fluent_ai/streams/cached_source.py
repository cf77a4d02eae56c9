"""A source whose answer may be kept already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from fluent_ai.content.events import Ping, Progress
from fluent_ai.content.reply import Reply
from fluent_ai.errors import Cancelled
from fluent_ai.streams.timing import timing_of

if TYPE_CHECKING:
    from fluent_ai.cache.replies import AnswerCache, Caller
    from fluent_ai.content.reply import Timing
    from fluent_ai.content.results import Result
    from fluent_ai.interfaces import Folding
    from fluent_ai.streams.stream import Source

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT", bound="Reply | Result")

_WAITING = (Ping, Progress)
"""What tells of waiting, which a kept answer does not cause."""


class CachedSource(Generic[ItemT, ResultT]):
    """Gives the items that are kept under `key`, in one batch; where none are, those of `source`, which are then kept.

    Only an answer that has come whole is kept: none that failed, was left, or ended by an error of the model.
    """

    def __init__(
        self,
        source: Source[ItemT, ResultT],
        fold: Callable[[], Folding[ItemT, ResultT]],
        kinds: Sequence[type],
        cache: AnswerCache,
        key: str,
        caller: Caller,
    ) -> None:
        self._source = source
        self._new_fold = fold
        self._kinds = kinds
        self._cache = cache
        self._key = key
        self._caller = caller
        self._began: float | None = None
        self._kept: list[ItemT] | None = None
        """The items that were found and are not given yet."""
        self._fold: Folding[ItemT, ResultT] | None = None
        """What they make up."""
        self._items: list[ItemT] = []
        """What has come of an answer that is to be kept."""
        self._aborted = False

    def result(self) -> ResultT:
        if self._fold is None:
            return self._source.result()
        return msgspec.structs.replace(self._fold.result(), from_cache=True)

    def timing(self, first: float | None, end: float | None) -> Timing | None:
        if self._fold is None:
            return self._source.timing(first, end)
        return timing_of(self._began, first, end, None)

    async def open(self) -> None:
        self._began = perf_counter()
        found: list[Any] | None = await self._cache.read(self._key, self._kinds, self._caller)
        if self._aborted:
            raise Cancelled("the stream was closed before its end")
        if found:
            self._fold, self._kept = self._new_fold(), found
        else:
            await self._source.open()

    async def next_batch(self) -> list[ItemT] | None:
        if self._fold is not None:
            return self._next_kept()
        items = await self._source.next_batch()
        if items is None:
            await self._keep()
        else:
            self._items += [item for item in items if not isinstance(item, _WAITING)]
        return items

    def poll(self) -> list[ItemT] | None:
        if self._fold is not None:
            return self._next_kept()
        items = self._source.poll()
        if items is None:
            return []  # keeping it may wait, so `next_batch` does it
        self._items += [item for item in items if not isinstance(item, _WAITING)]
        return items

    async def close(self) -> None:
        await self._source.close()

    def abort(self) -> None:
        self._aborted = True
        self._source.abort()

    def _next_kept(self) -> list[ItemT] | None:
        items, self._kept = self._kept, None
        if items is not None and self._fold is not None:
            for item in items:
                self._fold.add(item)
        return items

    async def _keep(self) -> None:
        items, self._items = self._items, []
        result = self._source.result()
        whole = not isinstance(result, Reply) or result.finish_reason not in (None, "error")
        if items and whole and not self._aborted:
            await self._cache.write(self._key, items, self._caller)
