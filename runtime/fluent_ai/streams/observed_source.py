"""A source that is watched: every way in which a call can end passes here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from fluent_ai.content.reply import Reply, Timing
from fluent_ai.observe.watching import Watch

if TYPE_CHECKING:
    from fluent_ai.content.results import Result
    from fluent_ai.streams.stream import Source

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT", bound="Reply | Result")


class ObservedSource(Generic[ItemT, ResultT]):
    """Gives on what `source` gives, and tells `watch` when it begins, says its first item, and ends."""

    def __init__(self, source: Source[ItemT, ResultT], watch: Watch) -> None:
        self._source = source
        self._watch = watch
        self._aborted = False

    def result(self) -> ResultT:
        return self._source.result()

    def timing(self, first: float | None, end: float | None) -> Timing | None:
        timing, stages = self._source.timing(first, end), self._watch.measured
        if timing is None or stages is None:
            return timing
        return msgspec.structs.replace(timing, queue=stages.pool, connect=stages.connect)

    async def open(self) -> None:
        self._watch.start()
        try:
            with self._watch.around():
                await self._source.open()
        except BaseException as error:
            self._failed(error)
            raise

    async def next_batch(self) -> list[ItemT] | None:
        self._watch.take_up()
        try:
            items = await self._source.next_batch()
        except BaseException as error:
            self._failed(error)
            raise
        self._told(items)
        return items

    def poll(self) -> list[ItemT] | None:
        self._watch.take_up()
        try:
            items = self._source.poll()
        except BaseException as error:
            self._failed(error)
            raise
        self._told(items)
        return items

    async def close(self) -> None:
        try:
            await self._source.close()
        finally:
            if not self._watch.over:
                result = self.result()
                whole = isinstance(result, Reply) and result.finish_reason is not None
                self._watch.finish("complete" if whole else "closed", result, self.timing)

    def abort(self) -> None:
        self._aborted = True
        self._source.abort()

    def _told(self, items: list[ItemT] | None) -> None:
        if items is None:
            self._watch.finish("complete", self.result(), self.timing)
        elif items:
            self._watch.hand_out()

    def _failed(self, error: BaseException) -> None:
        if not self._watch.over:
            self._watch.fail(error, self.result(), self.timing, self._aborted)

    def __del__(self) -> None:
        if not self._watch.over:
            self._watch.drop(self.result(), self.timing)
