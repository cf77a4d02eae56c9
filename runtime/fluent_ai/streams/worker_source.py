"""The items that an in-process worker emits, as the values of a stream."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from fluent_ai.content.requests import Request
from fluent_ai.errors import Cancelled
from fluent_ai.interfaces import Worker
from fluent_ai.resilience.calls import Calls
from fluent_ai.streams.channel import Channel
from fluent_ai.streams.producers import ThreadSource

RequestT = TypeVar("RequestT", bound=Request)
ItemT = TypeVar("ItemT")


class WorkerSource(ThreadSource[ItemT]):
    """Runs a worker in a thread of its own, as one of the calls of its client."""

    def __init__(
        self,
        worker: Worker[RequestT, ItemT],
        request: RequestT,
        *,
        blocking: bool,
        calls: Callable[[], Calls] = Calls,
    ) -> None:
        super().__init__(partial(worker.run, request), Channel(), name=request.model, blocking=blocking)
        self._open_calls = calls
        self._calls: Calls | None = None
        self._aborted = False

    async def open(self) -> None:
        self._calls = self._open_calls()
        self._calls.add(self)
        await super().open()

    async def next_batch(self) -> list[ItemT] | None:
        return self._unless_aborted(await super().next_batch())

    def poll(self) -> list[ItemT] | None:
        return self._unless_aborted(super().poll())

    async def close(self) -> None:
        if self._calls is not None:
            self._calls.remove(self)
        await super().close()

    def abort(self) -> None:
        self._aborted = True
        super().abort()

    def _unless_aborted(self, items: list[ItemT] | None) -> list[ItemT] | None:
        if items is None and self._aborted:
            raise Cancelled("the stream or its client was closed before the end of the answer")
        return items
